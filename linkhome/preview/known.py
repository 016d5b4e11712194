"""Know what the last build read, and tell whether it is different now."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from ..inputs import RACY_NS, Stamp, names_digest
from . import sweep

#: How something looked: a file's stamp, the digest of a folder's lasting names; None when it was not there.
State = Stamp | str | None


class Item(NamedTuple):
    """Name one input of a build as `Inputs` does: a file that was read, or a folder that was listed."""

    name: str
    folder: bool = False


class Look(NamedTuple):
    """Say how an input looks.

    ``delicate``: a save may be under way, because it is gone, empty or not to be read, or because a folder has names
    that may be about to be renamed.
    """

    differs: bool
    state: State = None
    delicate: bool = False


def path_of(root: str, name: str) -> str:
    """Return where an input of the site in ``root`` lies."""
    path = name if os.path.isabs(name) else f"{root}{os.sep}{name}"
    return path if os.sep == "/" else path.replace("/", os.sep)


class Hints(NamedTuple):
    """Say what is known of a folder: names that were told of, and those that editors gave there lately."""

    named: Collection[str] = ()
    passed: Collection[str] = ()


NONE = Hints()


class Known:
    """Hold what was read, as a build told it. For one thread."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.files: dict[str, Stamp | None] = {}
        self.folders: dict[str, str | None] = {}
        #: What was told to be different, and how it looked then: the builder is at it.
        self.reported: dict[Item, State] = {}
        # What was reported, and not read again by a build that failed before it came there.
        self._unread: dict[Item, State] = {}
        # The same content under a new time, and folders that were proved to be the same.
        self._proved: dict[Item, State] = {}
        self._names: dict[Item, set[str]] = {}
        self._first: dict[Stamp, float] = {}

    def learn(self, files: Mapping[str, Stamp | None], folders: Mapping[str, str | None]) -> list[Item]:
        """Take over what a build read; return the folders of which it must yet be proved that they are the same."""
        before, after = (self.files, self.folders), (files, folders)
        told = {**self._unread, **self.reported}
        # A build that did not come to an input hands on the very object that it had been given.
        self._unread = {
            item: state
            for item, state in told.items()
            if before[item.folder].get(item.name, self) is after[item.folder].get(item.name)
        }
        self._proved = {
            item: state
            for item, state in self._proved.items()
            if item not in self.reported and before[item.folder].get(item.name) == after[item.folder].get(item.name)
        }
        self.files, self.folders, self.reported, self._first = dict(files), dict(folders), {}, {}
        self._names = {item: names for item, names in self._names.items() if item in self._proved}
        known = self._proved.keys() | self._unread.keys()
        return [item for name in folders if (item := Item(name, folder=True)) not in known]

    def has(self, item: Item) -> bool:
        """Tell whether the last build read this."""
        return item.name in (self.folders if item.folder else self.files)

    def check(self, item: Item, sure: bool = False, hints: Hints = NONE) -> Look:
        """Compare an input with what the last build read of it. ``sure``: something happened to it."""
        if not item.folder:
            return self._file(item, sure)
        return Look(False) if sure and self._as_named(item, hints.named) else self._folder(item, hints.passed)

    def again(self, item: Item, hints: Hints = NONE) -> bool:
        """Tell whether an input is different from how it looked when it was last reported, or else read."""
        if item not in self.reported:
            return self.check(item, not item.folder, hints).differs
        before = self.reported[item]
        if item.folder:
            return self._listed(item)[0] != before
        stamp = _stamp(before)
        return not sweep.same(sweep.look(path_of(self.root, item.name), stamp, sure=True), stamp)

    def doubtful(self, items: Iterable[Item], hints: Callable[[Item], Hints]) -> tuple[list[Item], list[Item]]:
        """Return the inputs that look different, and the files that must be read to know; one stat for each."""
        differ: list[Item] = []
        unsure: list[Item] = []
        for item in items:
            if item.folder:
                same: bool | None = not self._folder(item, hints(item).passed).differs
            else:
                same = sweep.proof(path_of(self.root, item.name), self._before(item))
            if not same:
                (unsure if same is None else differ).append(item)
        return differ, unsure

    def _before(self, item: Item) -> Stamp | None:
        """Return how a file looked to the last build, as far as is known now."""
        for known in (self._unread, self._proved):
            if item in known:
                return _stamp(known[item])
        return self.files.get(item.name)

    def _file(self, item: Item, sure: bool) -> Look:
        before = self._before(item)
        now = sweep.look(path_of(self.root, item.name), before, sure)
        if not sweep.same(now, before):
            return Look(True, now, delicate=now is None or now.size <= 0)
        if now is not None and (now is not before or now.racy):
            known = self._unread if item in self._unread else self._proved
            known[item] = self._settled(now)
        return Look(False, now)

    def _settled(self, stamp: Stamp) -> Stamp:
        """Take a time as proof once the same was seen for long enough, also one that lies in the future."""
        since = self._first.setdefault(stamp, time.monotonic())
        return stamp._replace(racy=False) if time.monotonic() - since > RACY_NS / 1e9 else stamp

    def _folder(self, item: Item, passed: Collection[str]) -> Look:
        state, found = self._listed(item)
        told = self.folders.get(item.name)
        for known in (self._unread, self._proved):
            if item in known:
                return Look(state != known[item], state, delicate=True)
        differs = state != told if found is None else not sweep.could_be(told, found, passed)
        if not differs:
            self._proved[item], self._names[item] = state, set(sweep.lasting(found or ()))
        return Look(differs, state, delicate=True)

    def _as_named(self, item: Item, named: Collection[str]) -> bool:
        """Tell whether these names are in a folder, or not, as they were: however many others there are."""
        if item in self._unread or item not in self._proved:
            return False
        path, names = path_of(self.root, item.name), self._names[item]
        return all(os.path.lexists(os.path.join(path, name)) == (name in names) for name in sweep.lasting(named))

    def _listed(self, item: Item) -> tuple[str | None, list[str] | None]:
        """Return the digest of the lasting names of a folder, and all its names."""
        try:
            found = sweep.names(path_of(self.root, item.name))
        except OSError:
            return sweep.UNLISTED, None
        return (None, None) if found is None else (names_digest(sweep.lasting(found)), found)


def _stamp(state: State) -> Stamp | None:
    return state if isinstance(state, Stamp) else None
