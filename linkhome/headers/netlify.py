"""Write the file ``_headers``, as Netlify and Cloudflare read it: only what both understand in the same way.

A header that two rules name is sent twice by one and joined by the other, so no two rules that hold for the same file
share one. Placeholders, and the sign that takes a header away, mean something at one of them only.
"""

from __future__ import annotations

from collections.abc import Iterator

from .caching import FOREVER, NEVER
from .model import Headers

FILE = "_headers"
#: What Cloudflare reads at most: rules, and characters of a line.
MOST, LONGEST = 100, 2_000


def written(headers: Headers) -> bytes:
    """Return the file. Both hosts serve by https alone, and ask for pages each time unless told otherwise."""
    return "".join(_rules(headers)).encode()


def _rules(headers: Headers) -> Iterator[str]:
    yield _rule("/*", *headers.always, *headers.secure)
    for folder in headers.hashed:
        yield _rule(f"/{folder}/*", ("Cache-Control", FOREVER))
    for path in headers.at_once:
        yield _rule(f"/{path}", ("Cache-Control", NEVER))
    for path, kind in headers.types.items():
        yield _rule(f"/{path}", ("Content-Type", kind))


def _rule(path: str, *pairs: tuple[str, str]) -> str:
    return "".join((f"{path}\n", *(f"  {name}: {value}\n" for name, value in pairs)))
