"""Write which addresses lead on, for every kind of host: only what all of them understand in the same way.

Each rule is one literal address, and names its code: without one, hosts choose different ones. Where a host cannot be
told (a mail address, a host's name in letters that headers cannot hold), the page at that address does it, see
`content.redirects`; so nothing is lost by leaving a rule out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote, unquote

from msgspec import Struct

FILE = "_redirects"
#: By this line a file is known as ours: then it may be rewritten for another place.
MARK = "# Written by linkhome from 'redirects' in linkhome.yaml"
#: What a page holds that leads on by itself.
REFRESH = '<meta http-equiv="refresh"'
#: What Cloudflare reads of a line, in characters.
LONGEST = 1_000
_PAGE = (".html", ".htm")
_FRONT = "index.html"
#: After a colon or a star hosts put in what they found elsewhere in an address.
_FILLED = re.compile(r":[A-Za-z_]|\*")
#: What Apache leaves as it is when it writes an address, beside letters and digits.
_APACHE = "$-_.+!*'(),:;@&=/~"
_APACHE_RULE = re.compile(r'(?P<start>\s*RedirectMatch \d+ )"\^(?P<source>[^"]*)\$" "(?P<to>[^"]*)"')


class Onward(Struct, frozen=True):
    """Say that one address leads on.

    ``source`` is a decoded path from the site's folder that begins with ``/`` and does not end with it. ``to`` is a
    path from the site's folder (``/posts/new/#top``), or an address elsewhere; both percent-encoded. ``code`` is 301
    or 302 (RFC 9110, section 15.4).
    """

    source: str
    to: str
    code: int = 302


def quoted(path: str) -> str:
    """Return a path as it stands in an address; the same one always in the same way."""
    return quote(path, safe="/~@+,=!")


def page_of(source: str) -> str:
    """Return the file of the site that leads on where the host does not."""
    inside = source.removeprefix("/")
    return inside if inside.endswith(_PAGE) else f"{inside}/{_FRONT}"


def is_page(data: bytes) -> bool:
    """Tell whether a file of the site is such a page: visitors never stay there."""
    return REFRESH.encode() in data[:1_000]


def written(redirects: Sequence[Onward], base: str) -> bytes:
    """Return the file ``_redirects`` of a site at this path; empty if no rule can stand in it."""
    lines = [line for one in redirects for line in _lines(one, base)]
    return "".join(f"{line}\n" for line in (MARK, *lines)).encode() if lines else b""


def replaced(text: str, base: str) -> frozenset[str]:
    """Return the pages for which a ``_redirects`` of ours has rules; of another one nothing is known."""
    rules = [line.split() for line in text.splitlines()] if text.startswith(MARK) else []
    own = quoted(unquote(base))
    return frozenset(page_of(unquote(rule[0].removeprefix(own)).rstrip("/")) for rule in rules if len(rule) == 3)


def apache(redirects: Sequence[Onward], base: str) -> Iterator[str]:
    """Give the lines for ``.htaccess``."""
    rules = [rule for one in redirects if (rule := _of_apache(one, base))]
    if rules:
        yield "<IfModule mod_alias.c>"
        yield from rules
        yield "</IfModule>"


def nginx(redirects: Sequence[Onward], base: str) -> Iterator[str]:
    """Give the lines for a ``server`` block. nginx shall not put its own name and port before a path."""
    for one in redirects:
        if _in_header(one.to):
            for source in filter(_harmless, _ways(unquote(base) + one.source[1:])):
                yield f'location = "{source}" {{ absolute_redirect off; return {one.code} "{_placed(one.to, base)}"; }}'


def moved(path: str, text: str, old: str, new: str) -> str:
    """Return a header file of ours for a site that stands at the path ``new`` instead of ``old``."""
    if path == FILE and text.startswith(MARK):
        before, after = quoted(unquote(old)), quoted(unquote(new))
        return "\n".join(" ".join(_shift(part, before, after) for part in line.split(" ")) for line in text.split("\n"))
    if path == ".htaccess":
        return "\n".join(_APACHE_RULE.sub(_mover(unquote(old), unquote(new)), line) for line in text.split("\n"))
    return text


def _lines(one: Onward, base: str) -> list[str]:
    """Return the rules for one address, with and without a slash at its end; none if a host would misread them.

    Cloudflare leads to no address without https.
    """
    to = _placed(one.to, base)
    lines = [f"{quoted(way)} {to} {one.code}" for way in _ways(unquote(base) + one.source[1:])]
    fits = _in_header(to) and not to.lower().startswith("http:") and max(map(len, lines)) <= LONGEST
    return lines if fits and not _FILLED.search(to) else []


def _of_apache(one: Onward, base: str) -> str:
    """Return the rule of one address. Apache encodes the path of where it leads itself, so it is written decoded."""
    if not _in_header(one.to):
        return ""
    to = _placed(one.to, base)
    before, path, after = _cut(to)
    decoded = unquote(path)
    if quote(decoded, safe=_APACHE).lower() != path.lower() or re.search(r'["\\?#]', decoded):
        return ""
    slash = "" if one.source.endswith(_PAGE) else "/?"
    source = unquote(base) + one.source[1:]
    rule = f'  RedirectMatch {one.code} "^{re.escape(source)}{slash}$" "{before}{decoded}{after}"'
    return rule if _harmless(source) else ""


def _cut(to: str) -> tuple[str, str, str]:
    """Return an address in three parts: scheme and host, path, and the rest."""
    found = re.fullmatch(r"(https?://[^/?#]*)?([^?#]*)(.*)", to, re.IGNORECASE | re.DOTALL)
    assert found, "it matches anything"
    return found[1] or "", found[2], found[3]


def _ways(source: str) -> tuple[str, ...]:
    return (source,) if source.endswith(_PAGE) else (source, f"{source}/")


def _placed(to: str, base: str) -> str:
    return quoted(unquote(base)) + to[1:] if to.startswith("/") else to


def _harmless(source: str) -> bool:
    """Tell whether a path can stand between double quotes: the address of a site may hide anything in its escapes."""
    return not re.search(r'["\\\x00-\x1f\x7f]', source)


def _in_header(to: str) -> bool:
    """Tell whether a host can send an address: others are for browsers alone."""
    return to.isascii() and to.lower().startswith(("/", "http://", "https://"))


def _shift(part: str, old: str, new: str) -> str:
    return new + part[len(old) :] if part.startswith(old) else part


def _mover(old: str, new: str) -> Callable[[re.Match[str]], str]:
    def move(found: re.Match[str]) -> str:
        source = _shift(found["source"], re.escape(old), re.escape(new))
        return f'{found["start"]}"^{source}$" "{_shift(found["to"], old, new)}"'

    return move
