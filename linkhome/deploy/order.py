"""Order files for hosts that show each one as soon as it is there: nothing is shown before what it needs.

A page needs its styles and pictures, a list of pages needs the pages, the service worker fetches all of them, and
``build.json`` says that everything is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..snapshot import SEAL

#: What has a piece of its content's hash in its name never changes, so no visitor ever sees the wrong one.
_HASHED = re.compile(r"(?:media|assets)/(?:.*/)?[^/]*\.[0-9a-f]{8}(?:[-.][^/]*)?")
_PAGE = (".html", ".htm")
_WORKER = "sw.js"


def hashed(path: str) -> bool:
    """Tell whether a file bears the hash of its content in its name."""
    return _HASHED.fullmatch(path) is not None


def stages(paths: Iterable[str]) -> list[list[str]]:
    """Return the paths in groups, the first to be shown first; inside of a group no order is needed.

    The groups: files with a hash, other files, pages (the deepest first, a group for each depth), the service worker,
    ``build.json``. None of them is empty.
    """
    groups: dict[tuple[int, int], list[str]] = {}
    for path in sorted(paths):
        groups.setdefault(_rank(path), []).append(path)
    return [groups[rank] for rank in sorted(groups)]


def is_page(path: str) -> bool:
    """Tell whether a file is a page, so that visitors see from it which site they are on."""
    return path.endswith(_PAGE)


def _rank(path: str) -> tuple[int, int]:
    if path == SEAL:
        return 4, 0
    if path == _WORKER:
        return 3, 0
    if is_page(path):
        return 2, -path.count("/")
    return (0, 0) if hashed(path) else (1, 0)
