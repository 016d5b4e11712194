"""Know which names of the site are taken, as computers see them that do not tell small letters from capital ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

_FRONT = "index.html"


class Taken:
    """Hold the names of files and of their folders; more can be noted."""

    def __init__(self, files: Iterable[str]) -> None:
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        for path in files:
            self.note(path)

    def note(self, path: str) -> None:
        """Take a name."""
        self._files.setdefault(_folded(path), path)
        for folder in _above(path):
            self._folders.setdefault(_folded(folder), folder)

    def why_not(self, key: str, inside: str, page: str) -> str:
        """Return why the address ``inside``, written as ``key``, cannot have a page of its own; nothing if it can."""
        for path in dict.fromkeys((page, inside, f"{inside}/{_FRONT}")):
            if taken := self._files.get(_folded(path)):
                same = taken in (page, inside, f"{inside}/{_FRONT}")
                return f"'{key}' is an address of the site already: {taken}" if same else _alike(key, taken)
        if page == inside and _folded(inside) in self._folders:
            return f"'{key}' is a folder of the site already"
        for folder in _above(page):
            if taken := self._files.get(_folded(folder)):
                return f"'{key}' lies below a file of the site: {taken}"
            if (there := self._folders.get(_folded(folder), folder)) != folder:
                return _alike(key, there)
        return ""


def _alike(key: str, other: str) -> str:
    return f"'{key}' and '/{other.removesuffix(f'/{_FRONT}')}' are the same name on a Mac or on Windows"


def _above(path: str) -> Iterator[str]:
    """Give the folders that a path lies in, without that of the site."""
    while path := path.rpartition("/")[0]:
        yield path


def _folded(text: str) -> str:
    # Folding may undo the normal form and the form may undo folding: once more settles it.
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
