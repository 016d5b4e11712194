"""Know which folders tell of which inputs: also through symbolic links, also before they exist."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable
from stat import S_ISDIR, S_ISLNK

from msgspec import Struct

from ..inputs import hidden
from .known import Item, path_of
from .passing import passing

#: More links one after the other lead nowhere.
_LINKS = 40
#: Whether names that differ in case, or in how they compose their letters, may be the same file.
_FOLDS = sys.platform in ("darwin", "win32")


class Place(Struct, frozen=True):
    """Say where the name of a folder leads: its real path, empty where there is none, and what it is there.

    ``mark`` is the device and number of the folder: another one of the same name has another.
    """

    real: str = ""
    mark: tuple[int, int] = (0, 0)


NOWHERE = Place()


class Ground:
    """Hold the folders around a set of inputs, as they were found when this was made. It never changes.

    Those are the folder of every file, and of what it links to, every folder that was listed, the folders between
    these and the site's own, and the nearest one that exists above one that does not.
    """

    def __init__(self, root: str, items: Iterable[Item] = ()) -> None:
        self.root = root
        self.places: dict[str, Place] = {}
        self._files: dict[str, dict[str, list[Item]]] = defaultdict(dict)
        self._listed: dict[str, Item] = {}
        self._chains: dict[Item, tuple[str, ...]] = {}
        folders: dict[str, dict[str, list[Item]]] = {}
        for item in items:
            if item.folder:
                self._listed[path_of(root, item.name)] = item
            else:
                above, slash, name = (item.name if os.sep == "/" else item.name.replace(os.sep, "/")).rpartition("/")
                if above not in folders:  # there may be ten thousand files, but not so many folders
                    folders[above] = self._files[path_of(root, above or slash).rstrip(os.sep) or os.sep]
                folders[above].setdefault(_fold(name), []).append(item)
        for folder in [root, *self._files, *self._listed]:
            self._find(folder)
        for folder in list(self._files):
            self._follow_links(folder)
        self._at: dict[str, list[str]] = defaultdict(list)
        self._below: dict[str, dict[str, list[str]]] = defaultdict(dict)
        for folder, place in self.places.items():
            if place.real:
                self._at[place.real].append(folder)
            above, name = os.path.split(folder)
            if name and above in self.places:
                self._below[above].setdefault(_fold(name), []).append(folder)

    def reals(self) -> dict[str, tuple[int, int]]:
        """Return the real folders that tell of these inputs, each with its mark."""
        return {place.real: place.mark for place in self.places.values() if place.real}

    def at(self, real: str) -> list[str]:
        """Return the names that lead to a real folder."""
        return self._at.get(real, [])

    def meaning(self, real: str, name: str, named: bool) -> tuple[list[Item], list[str]]:
        """Return which inputs and which folders an event may concern.

        ``real`` and ``name`` say where it happened; ``named``: a name came, went or now means something else.
        """
        items: list[Item] = []
        below: list[str] = []
        name = _fold(name)
        for folder in self._at.get(real, ()):
            if folder in self._files:
                items += self._files[folder].get(name, ())
            if folder in self._below:
                below += self._below[folder].get(name, ())
            if named and folder in self._listed and not hidden(name) and not passing(name):
                items.append(self._listed[folder])
        return items, below

    def under(self, folders: Collection[str]) -> set[str]:
        """Return these folders with all that are below them."""
        heads = tuple(folder.rstrip(os.sep) + os.sep for folder in folders)
        return {folder for folder in self.places if folder in folders or folder.startswith(heads)}

    def items(self, folders: Iterable[str]) -> list[Item]:
        """Return the inputs that these folders tell of."""
        found: dict[Item, None] = {}
        for folder in folders:
            for items in self._files.get(folder, {}).values():
                found.update(dict.fromkeys(items))
            if folder in self._listed:
                found[self._listed[folder]] = None
        return list(found)

    def moved(self, folders: Iterable[str] | None = None) -> list[str]:
        """Return the folders that are not any more what they were."""
        return [name for name in (self.places if folders is None else folders) if mark(name) != self._mark(name)]

    def _mark(self, folder: str) -> tuple[int, int]:
        return self.places.get(folder, NOWHERE).mark

    def _put(self, path: str, item: Item) -> str:
        folder, name = os.path.split(path)
        self._files[folder].setdefault(_fold(name), []).append(item)
        return folder

    def _find(self, folder: str) -> Place:
        """Find out where a folder is, and first where those above it are, as far as they matter."""
        if folder in self.places:
            return self.places[folder]
        above, name = os.path.split(folder)
        inside = folder.startswith(self.root.rstrip(os.sep) + os.sep) and name not in (os.curdir, os.pardir)
        place = _place(self._find(above).real, name) if inside else _place("", folder)
        if not place.real and above != folder:
            self._find(above)
        self.places[folder] = place
        return place

    def relinked(self, items: Iterable[Item]) -> list[str]:
        """Return the folders of the files that are symbolic links now and were not, or lead elsewhere."""
        paths = {path_of(self.root, item.name): item for item in items if not item.folder}
        return [os.path.dirname(path) for path, item in paths.items() if _chain(path) != self._chains.get(item, ())]

    def _follow_links(self, folder: str) -> None:
        """Add the folders in which those files lie that are symbolic links here."""
        try:
            with os.scandir(self.places[folder].real) as found:
                links = [entry.name for entry in found if entry.is_symlink()]
        except OSError:
            return
        for name in links:
            for item in tuple(self._files[folder].get(_fold(name), ())):
                self._chains[item] = _chain(path_of(self.root, item.name))
                for path in self._chains[item]:
                    self._find(self._put(path, item))


def mark(path: str) -> tuple[int, int]:
    """Return what a folder is there: its device and number, zeros where there is none."""
    try:
        seen = os.stat(path)
    except (OSError, ValueError):
        return NOWHERE.mark
    return (seen.st_dev, seen.st_ino) if S_ISDIR(seen.st_mode) else NOWHERE.mark


def _chain(path: str) -> tuple[str, ...]:
    """Return where a symbolic link leads, and where that leads, to the end; nothing for a file."""
    found: list[str] = []
    while len(found) < _LINKS:
        try:
            path = os.path.join(os.path.dirname(path), os.readlink(path))
        except (OSError, ValueError):
            break
        found.append(path)
    return tuple(found)


def _place(above: str, name: str) -> Place:
    """Return where a folder is: ``name`` in the real folder ``above``, or by its whole path where that is empty."""
    path = os.path.join(above, name)
    if not os.path.isabs(path):
        return NOWHERE
    try:
        seen = os.lstat(path)
        if not above or S_ISLNK(seen.st_mode):
            path = os.path.realpath(path, strict=True)
            seen = os.lstat(path)
    except (OSError, ValueError):
        return NOWHERE
    return Place(path, (seen.st_dev, seen.st_ino)) if S_ISDIR(seen.st_mode) else NOWHERE


def _fold(name: str) -> str:
    """Return what tells one name from another on this system."""
    if not _FOLDS:
        return name
    import unicodedata

    return unicodedata.normalize("NFC", name).casefold()
