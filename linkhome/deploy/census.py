"""Compare what lies on a host with the notes about it: which files are ours and as we left them, which are not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from ..snapshot import folders_of
from .notes import FOLDER, Noted, Notes
from .nouns import There
from .remote import Seen
from .sending import Tally, send_all

#: The mark of a file whose content is not known; no hash is equal to it.
UNKNOWN = "?"

#: So many folders are looked into; what lies in further ones is believed to be as the notes say. Each one takes several
#: ways to the host and back, and a site with a thousand posts has a thousand folders.
MOST_FOLDERS = 200

#: Lists a folder of the host; see `remote.Remote.listed`.
Lists = Callable[[str, Collection[str]], Mapping[str, Seen] | None]


class Census:
    """Hold what was seen on a host. ``lists`` asks it, from several threads at once; what that raises passes through.

    ``folders`` are ours, or were looked into, and are there.
    """

    def __init__(self, lists: Lists, notes: Notes) -> None:
        self._lists = lists
        self.notes = notes
        self.seen: dict[str, Seen] = {}
        self.staged: Mapping[str, Seen] = {}
        self.folders: set[str] = set()

    def take(self) -> bool:
        """See what is in our folders; False if there is no folder for the site at all."""
        if not self._survey(""):
            return False
        sure = folders_of(self.notes.coming)
        ours = [one for one in folders_of({*self.notes.files, *self.notes.coming}) if self._may_be(one)]
        ours.sort(key=lambda one: (one not in sure, one.count("/"), one))
        looked = ours[: max(MOST_FOLDERS, len(sure))]
        send_all(looked, self._look_into, Tally(0, lambda *_: None))
        believed = set(ours[len(looked) :])
        self.folders |= believed
        for path, noted in self.notes.files.items():
            if path.rpartition("/")[0] in believed:
                self.seen[path] = Seen(noted.size, noted.time)
        self.staged = self._lists(FOLDER, []) or {}
        return True

    def widen(self, paths: Iterable[str]) -> None:
        """See also what is in the folders of these paths, whosoever they are."""
        for folder in folders_of(paths):
            if folder not in self.folders and self.seen.get(folder, Seen()).kind == "folder":
                self._survey(folder)

    def strange(self, paths: Iterable[str]) -> list[str]:
        """Return those of the paths at which something lies that linkhome did not put there."""
        return [path for path in paths if path in self.seen and not self._ours(path)]

    def there(self) -> There:
        """Return what a plan has to know. Files that are about to go are in it neither as ours nor as foreign."""
        notes = self.notes
        files: dict[str, str] = {}
        foreign: list[str] = []
        for path, seen in self.seen.items():
            if seen.kind == "folder":
                foreign += [] if path in self.folders else [f"{path}/"]
            elif not self._ours(path):
                foreign.append(path)
            elif path not in notes.leaving:
                files[path] = self.mark(path)
        staying = {path: noted.sha256 for path, noted in notes.files.items() if path not in notes.leaving}
        whole = not notes.coming and files == staying
        files |= dict.fromkeys(foreign, UNKNOWN)
        return There(notes.build if whole else "", notes.tree if whole else "", files, tuple(sorted(foreign)))

    def mark(self, path: str) -> str:
        """Return the hash of what lies at a path, if it is certain."""
        noted = self._noted(path)
        return noted.sha256 if noted else UNKNOWN

    def settled(self) -> dict[str, Noted]:
        """Return the notes on all files that are ours, those included that a deploy moved before it broke off."""
        files = dict(self.notes.files)
        for path, noted in self.notes.coming.items():
            if (known := self._noted(path)) is not None:
                files[path] = known
            else:
                files.setdefault(path, Noted(noted.sha256, noted.size))
        return files

    def _noted(self, path: str) -> Noted | None:
        """Return the notes that fit what lies at a path; None if none do, or two that differ."""
        seen = self.seen.get(path)
        both = (self.notes.files.get(path), self.notes.coming.get(path))
        fitting = [one for one in both if one is not None and seen is not None and one.shows(seen)]
        return fitting[0] if len({one.sha256 for one in fitting}) == 1 else None

    def _may_be(self, folder: str) -> bool:
        """Tell whether the root, which was listed, shows where a folder of ours begins; some hosts hide dots."""
        first = folder.partition("/")[0]
        return first in self.seen or first.startswith(".")

    def _ours(self, path: str) -> bool:
        return path in self.notes.files or path in self.notes.coming

    def _look_into(self, folder: str) -> None:
        self._survey(folder)

    def _survey(self, folder: str) -> bool:
        names = [path.rpartition("/")[2] for path in self.notes.files if path.rpartition("/")[0] == folder]
        found = self._lists(folder, names)
        if found is None:
            return False
        self.folders.add(folder)
        prefix = f"{folder}/" if folder else ""
        self.seen.update({prefix + name: seen for name, seen in found.items() if prefix + name != FOLDER})
        return True
