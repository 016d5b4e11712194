"""Order files for hosts that show each one as soon as it is there: nothing is shown before what it needs.

A page needs its styles and pictures, a list of pages needs the pages, the service worker fetches all of them, and
``build.json`` says that everything is there.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..headers.caching import hashed, is_page
from ..snapshot import SEAL

__all__ = ["hashed", "is_page", "stages"]

_WORKER = "sw.js"


def stages(paths: Iterable[str]) -> list[list[str]]:
    """Return the paths in groups, the first to be shown first; inside of a group no order is needed.

    The groups: files with a hash, other files, pages (the deepest first, a group for each depth), the service worker,
    ``build.json``. None of them is empty.
    """
    groups: dict[tuple[int, int], list[str]] = {}
    for path in sorted(paths):
        groups.setdefault(_rank(path), []).append(path)
    return [groups[rank] for rank in sorted(groups)]


def _rank(path: str) -> tuple[int, int]:
    if path == SEAL:
        return 4, 0
    if path == _WORKER:
        return 3, 0
    if is_page(path):
        return 2, -path.count("/")
    return (0, 0) if hashed(path) else (1, 0)
