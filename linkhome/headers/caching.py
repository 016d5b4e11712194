"""Say for how long browsers may keep a file of the site, by its kind."""

from __future__ import annotations

import re

#: What has a hash in its name never changes; other files may, some day; pages are asked for each time.
FOREVER, A_WHILE, NEVER = "public, max-age=31536000, immutable", "public, max-age=3600", "no-cache"
#: Files that tell of a new site: an old copy of one of them would keep the old site.
AT_ONCE = ("sw.js", "build.json")
_HASHED = re.compile(r"(?:media|assets)/(?:.*/)?[^/]*\.[0-9a-f]{8}(?:[-.][^/]*)?")
_PAGE = (".html", ".htm")


def hashed(path: str) -> bool:
    """Tell whether a file bears the hash of its content in its name."""
    return _HASHED.fullmatch(path) is not None


def is_page(path: str) -> bool:
    """Tell whether a file is a page, so that visitors see from it which site they are on."""
    return path.endswith(_PAGE)


def cache_of(path: str) -> str:
    """Return for how long browsers may keep a file: its header ``Cache-Control`` (RFC 9111, RFC 8246)."""
    if is_page(path) or path in AT_ONCE:
        return NEVER
    return FOREVER if hashed(path) else A_WHILE
