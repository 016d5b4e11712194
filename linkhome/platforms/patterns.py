"""Match an address against patterns that read like addresses, in time linear in its length.

A pattern is a path as the browser shows it, with names where the parts vary::

    /@{at}/video/{id:digits}      the platform's own host is meant
    youtu.be/{id:11}              this host only
    {name}.bandcamp.com/album/*   a part of the host, and any one path part
    /watch?v={id:11}              parameters may stand in any order, others are allowed
    /listing/{id:digits}/**       anything may follow
    /pin/*-{id:digits}            a readable text before the last dash is skipped
    /podcast/*/id{id:digits}      fixed text before the value

``{at}`` is a handle that is written with ``@``, ``{name}`` one without, ``{id}`` the thing itself; ``{x}`` is
kept for the canonical spelling only. The words of `RESERVED` are never handles. After a colon stands what
the value must look like: see `_fits`.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

#: First path parts that platforms keep for themselves, so that they are never somebody's name.
_RESERVED = """
    about accounts ads api app apps blog business careers contact developer developers directory discover discovery
    download explore features feed help hashtag home i info intent jobs join legal login logout messages music
    notifications oauth policies policy press privacy pricing public register s search settings share sharer
    sharer.php shop signin signup static stories store support tags terms topics trending tos upload us watch web
"""
RESERVED = frozenset(_RESERVED.split())


class Address(NamedTuple):
    """Hold the parts of a web address that patterns look at; ``query`` keeps the order of the parameters."""

    host: str
    parts: tuple[str, ...]
    query: tuple[tuple[str, str], ...]


class _Value(NamedTuple):
    """One part of a pattern that varies: fixed text, the name of the value, what it must look like."""

    before: str
    name: str
    want: str
    after: str


class _Pattern(NamedTuple):
    host: str | _Value
    parts: tuple[str | _Value, ...]
    query: tuple[tuple[str, str | _Value], ...]
    open: bool


def match(pattern: str, address: Address) -> dict[str, str] | None:
    """Return the named values of the address, or None when the pattern does not fit.

    A name that occurs twice gets both values, joined by a slash.
    """
    want = _parse(pattern)
    if len(address.parts) != len(want.parts) and not (want.open and len(address.parts) > len(want.parts)):
        return None
    found: dict[str, str] = {}
    if want.host and not _part(want.host, address.host, found):
        return None
    for wanted, part in zip(want.parts, address.parts, strict=False):
        if not _part(wanted, part, found):
            return None
    if want.query:
        given = dict(address.query)
        for key, wanted in want.query:
            if key not in given or not _part(wanted, given[key], found):
                return None
    return found


def check(pattern: str) -> None:
    """Raise ValueError for a pattern that could not be matched."""
    parsed = _parse(pattern)
    for piece in (parsed.host, *parsed.parts, *(value for _, value in parsed.query)):
        if not isinstance(piece, str):
            _fits("0", piece.want)


@cache
def _parse(pattern: str) -> _Pattern:
    path, _, query = pattern.partition("?")
    host, _, path = path.partition("/")
    parts = path.split("/") if path else []
    rest = bool(parts) and parts[-1] == "**"
    if rest:
        parts.pop()
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    return _Pattern(
        _piece(host),
        tuple(_piece(part) for part in parts),
        tuple((key, _piece(value)) for key, _, value in pairs),
        rest,
    )


def _piece(text: str) -> str | _Value:
    before, brace, rest = text.partition("{")
    if not brace:
        return text
    inside, _, after = rest.partition("}")
    name, _, want = inside.partition(":")
    return _Value(before, name, want, after)


def _part(wanted: str | _Value, part: str, found: dict[str, str]) -> bool:
    if isinstance(wanted, str):
        return wanted in ("*", part)
    before, name, want, after = wanted
    if before == "*-":
        part = part.rpartition("-")[2]
        before = ""
    if not part.startswith(before) or not part.endswith(after) or len(part) <= len(before) + len(after):
        return False
    value = part[len(before) : len(part) - len(after)]
    if not _fits(value, want) or (name in ("at", "name") and not before and value.lower() in RESERVED):
        return False
    found[name] = f"{found[name]}/{value}" if name in found else value
    return True


def _fits(value: str, want: str) -> bool:
    """Tell whether a value looks as wanted.

    ``digits`` (``6digits``: at least six); ``hex`` (six or more); ``any`` text; a number: as many of the
    characters that ids are made of; a number and a plus sign: at least as many; words with ``|`` between
    them: one of these; nothing: a word of letters, digits and ``._-~%+`` (and ``@``, for other servers).
    """
    if not want:
        return len(value) <= 200 and _plain(value, "._-~%@+")
    if want.endswith("digits"):
        return value.isascii() and value.isdigit() and len(value) >= int(want[:-6] or 1)
    if want == "hex":
        return len(value) >= 6 and all(letter in "0123456789abcdefABCDEF" for letter in value)
    if want == "any":
        return True
    if want.isdigit():
        return len(value) == int(want) and value.isascii() and _plain(value, "-_")
    if want[-1] == "+":
        return len(value) >= int(want[:-1]) and value.isascii() and _plain(value, "-_")
    return value in want.split("|")


def _plain(value: str, more: str) -> bool:
    return value.isalnum() or all(letter.isalnum() or letter in more for letter in value)
