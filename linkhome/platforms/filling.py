"""Fill the templates of questions and frames with the parts of an address, so that only sound addresses come out.

A template is an address with names in braces::

    https://www.youtube.com/feeds/videos.xml?channel_id={id}
    https://www.youtube.com/feeds/videos.xml?playlist_id=UU{id-UC}    without ``UC`` in front, which it must have
    https://{host}/@{at!@}.rss                                        only if there is no ``@`` in it
    https://www.flickr.com/…?id={name~@N}                             only if ``@N`` is in it
    https://player.vimeo.com/video/{id/0}?h={id/1}                    the first and second part between slashes

Names are those of the pattern that the address fitted, and ``host``, ``path`` and ``query`` (with its question
mark) of the canonical address, ``address`` (all of it, as the value of a parameter), and ``land`` (the country in
an address such as ``/ch/podcast/…``). What has no value, or one that could leave its place, fills nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from .addresses import decode

#: Longer addresses are nobody's.
LONGEST = 2048
#: Ends of names that are not on the internet, or not for everybody.
_INSIDE = frozenset({"localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa", "onion", "invalid"})
#: Values that are encoded already.
_READY = frozenset({"host", "path", "query", "address", "canonical"})
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.")
#: Characters that stay as they are in a part of a path, and in what follows the question mark.
_PART, _QUERY = "@:,!$*()~", "@:,!$*()~/?;+="


class _Gap(NamedTuple):
    """A name in braces: what stands before it, the name, and what must be so (``-``, ``~``, ``!`` or ``/``)."""

    before: str
    name: str
    sign: str
    word: str


def fill(template: str, values: Mapping[str, str]) -> str:
    """Return the address that the template and the values make, in ASCII; nothing where it cannot be made."""
    made: list[str] = []
    gaps, after = _gaps(template)
    for gap in gaps:
        value = _value(values.get(gap.name, ""), gap)
        if not value and gap.name != "query":
            return ""
        made += (gap.before, value)
    address = "".join((*made, after))
    host = address.partition("://")[2].partition("/")[0].partition("?")[0]  # a value may be a part of it
    return address if len(address) <= LONGEST and public(host) == host else ""


def missing(template: str, names: frozenset[str]) -> set[str]:
    """Return the names of a template that are none of these."""
    return {gap.name for gap in _gaps(template)[0]} - names


def _value(value: str, gap: _Gap) -> str:
    if gap.sign and not (value := _kept(value, gap)):
        return ""
    return value if gap.name in _READY else parts(value)


def _kept(value: str, gap: _Gap) -> str:
    """Return what of a value the sign lets through."""
    if gap.sign == "-":
        return value[len(gap.word) :] if value.startswith(gap.word) else ""
    if gap.sign == "/":
        pieces = value.split("/")
        return pieces[int(gap.word)] if int(gap.word) < len(pieces) else ""
    seen = gap.word in (value if gap.name in _READY else decode(value))
    return value if seen is (gap.sign == "~") else ""


def parts(value: str) -> str:
    """Return path parts with every character encoded that could end or leave them; nothing for ``..`` and the like."""
    made = [_plain(part) for part in value.split("/")]
    return "" if not all(made) else "/".join(made)


def _plain(part: str) -> str:
    if part.isascii() and part.isalnum():
        return part
    from urllib.parse import quote, unquote_to_bytes

    raw = unquote_to_bytes(part.encode("utf-8", "replace"))
    if raw in (b".", b"..") or any(byte < 32 or byte == 127 for byte in raw):
        return ""
    return quote(raw, safe=_PART)


def pairs(query: tuple[tuple[str, str], ...]) -> str:
    """Return parameters behind a question mark, encoded; nothing for none."""
    if not query:
        return ""
    from urllib.parse import quote, unquote_to_bytes

    def plain(text: str) -> str:
        return quote(unquote_to_bytes(text.encode("utf-8", "replace")), safe=_QUERY)

    return "?" + "&".join(f"{plain(name)}={plain(value)}" if value else plain(name) for name, value in query)


def public(host: str) -> str:
    """Return a host's name in ASCII if it looks like one that everybody can reach; nothing otherwise.

    An address in numbers is none, nor one with a port, nor a name that only a house or a company knows. Whether
    the name leads to a public address is the guarded client's business.
    """
    if not host or len(host) > 253:
        return ""
    host = host.lower()
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    if not _LETTERS.issuperset(host):
        return ""
    labels = host.split(".")
    if len(labels) < 2 or not all(label and len(label) < 64 and "-" not in (label[0], label[-1]) for label in labels):
        return ""
    last = labels[-1]
    return "" if last in _INSIDE or last.isdigit() or last.startswith("0x") else host


@cache
def _gaps(template: str) -> tuple[tuple[_Gap, ...], str]:
    gaps = []
    before, brace, rest = template.partition("{")
    while brace:
        inside, _, rest = rest.partition("}")
        name, sign, word = inside, "", ""
        for mark in "-~!/":
            if mark in inside:
                name, sign, word = inside.partition(mark)
                break
        gaps.append(_Gap(before, name, sign, word))
        before, brace, rest = rest.partition("{")
    return tuple(gaps), before
