"""Hear from every folder that tells of the inputs, and know those that have to be looked at instead."""

from __future__ import annotations

import contextlib
import errno
import threading
from collections.abc import Callable, Collection, Iterable

from . import mounts, notices
from .ground import Ground, mark
from .journal import Journal, Kind
from .known import Item

_SCARCE = (errno.ENOSPC, errno.EMFILE, errno.ENFILE, errno.ENOMEM)
_OFTEN = "files are looked at several times a second instead"


class Hearing:
    """Keep to the folders around a set of inputs, wherever their names lead at the moment.

    ``poll``: hear of nothing, look at everything. ``tell`` hears, once for every reason, why files are looked at.
    """

    def __init__(self, root: str, poll: bool, tell: Callable[[str], None], journal: Journal) -> None:
        self.ground = Ground(root)
        #: Folders, as they are named, in which files have to be looked at.
        self.polled: list[str] = []
        self._root = root
        self._poll = poll
        self._tell = tell
        self._journal = journal
        self._said: set[str] = set()
        self._source: notices.Source | None = None
        self._heard: dict[str, tuple[int, int]] = {}
        self._begun = self._closed = False
        self._lock = threading.Lock()

    def lay(self, items: Iterable[Item], stale: Collection[str] = ()) -> set[str]:
        """Find out anew where everything is; return the folders in which something may have happened unheard.

        Those are folders that were not heard of before, those that are others now, and those below ``stale``.
        """
        before = self.ground.places
        ground = Ground(self._root, items)
        again = ground.under(stale)
        fresh = {name for name, place in ground.places.items() if name in again or before.get(name) != place}
        with self._lock:
            if not self._closed:
                self._hear(ground, {ground.places[name].real for name in fresh})
        self.ground = self._journal.ground = ground
        return fresh

    def ended(self) -> bool:
        """Tell, once, that nothing is heard any more because a thread died; from then on everything is looked at."""
        source = self._source
        if source is None or source.alive():
            return False
        self._say(f"What tells of changes has stopped, so {_OFTEN}.")
        self._source, self._heard = None, {}
        with contextlib.suppress(OSError):
            source.close()
        return True

    def close(self) -> None:
        """End all threads."""
        with self._lock:
            self._closed = True
            source, self._source = self._source, None
        if source:
            source.close()

    def _hear(self, ground: Ground, again: Collection[str]) -> None:
        self._begin()
        self.ended()
        reals = ground.reals()
        for real in self._heard.keys() - reals.keys():
            self._leave(real)
        table = mounts.table()
        silent = [real for real, found in reals.items() if not self._hears(real, found, again, table)]
        self.polled = [name for real in silent for name in ground.at(real)]

    def _begin(self) -> None:
        """Start what tells of changes, when there is something to be told of: a first build is quicker without."""
        if self._begun or self._poll:
            return
        self._begun = True
        try:
            self._source = notices.source(self._journal.note)
        except OSError:
            self._say(f"The system has no more file watches to give, so {_OFTEN}.")

    def _hears(self, real: str, found: tuple[int, int], again: Collection[str], table: str) -> bool:
        """Tell whether a folder is heard from now."""
        if self._source is None:
            return False
        if self._heard.get(real) == found and real not in again:
            return True
        if kind := mounts.silent(real, table):
            self._say(f"A {kind} file system does not tell of all changes, so {_OFTEN}.")
            self._leave(real)
            return False
        try:
            self._source.add(real)
        except OSError as problem:
            if problem.errno in _SCARCE:
                hint = "; more are given with the system's setting fs.inotify.max_user_watches"
                self._say(f"The system has no more file watches to give, so {_OFTEN}{hint}.")
            self._leave(real)
            return False
        self._heard[real] = found
        if mark(real) != found:  # replaced at this very moment: which of the two is heard from?
            self._journal.note(real, "", Kind.LOST)
        return True

    def _leave(self, real: str) -> None:
        if self._heard.pop(real, None) and self._source:
            with contextlib.suppress(OSError):
                self._source.remove(real)

    def _say(self, sentence: str) -> None:
        if sentence not in self._said:
            self._said.add(sentence)
            self._tell(sentence)
