"""Collect what is told of changes, in whatever thread, for the one thread that waits for them."""

from __future__ import annotations

import enum
import threading
import time
from collections.abc import Collection

from msgspec import Struct

from .ground import Ground
from .passing import passing
from .quiet import State

#: How many names that come and go are remembered for a folder, and for how many folders.
_NAMES, _FOLDERS = 8, 500


class Kind(enum.Enum):
    """Say what happened to a name in a folder, or to the folder itself, or to the telling."""

    WRITTEN = enum.auto()
    #: Closed by somebody who may have written into it.
    CLOSED = enum.auto()
    #: Its time or its permissions are others.
    TOUCHED = enum.auto()
    #: There was nothing of this name, and now there is.
    MADE = enum.auto()
    #: It was moved there or away, or removed.
    NAMED = enum.auto()
    #: Nothing more will be told of this folder under this name: it is gone, or another one.
    LOST = enum.auto()
    #: Something happened somewhere, and it was too much to be told.
    FLOOD = enum.auto()


_STATES = {
    Kind.WRITTEN: State.WRITING,
    Kind.MADE: State.UNKNOWN,
    Kind.CLOSED: State.DONE,
    Kind.NAMED: State.DONE,
}


class Note(Struct, frozen=True):
    """Hold what happened to one name: when, the number it had, and how far somebody is with it.

    ``named``: the name came, went, or means something else now.
    """

    number: int
    at: float
    state: State
    named: bool


class Told(Struct, frozen=True):
    """Hold what was told since the last look; the keys are a real folder and a name in it."""

    number: int
    notes: dict[tuple[str, str], Note]
    lost: frozenset[str] = frozenset()
    flood: bool = False


class Journal:
    """Take notes of changes; let one thread pause until there is one that matters."""

    def __init__(self) -> None:
        #: What matters; another one is put here when the inputs are others.
        self.ground = Ground("")
        #: How many notes were taken altogether.
        self.number = 0
        self._notes: dict[tuple[str, str], Note] = {}
        self._lost: set[str] = set()
        self._passed: dict[str, dict[str, None]] = {}
        self._flood = self._loud = self._woken = self._closed = False
        self._changed = threading.Condition()

    def note(self, folder: str, name: str, kind: Kind) -> None:
        """Take a note. ``folder`` is a real path."""
        at = time.monotonic()
        with self._changed:
            self.number += 1
            if kind is Kind.FLOOD:
                self._flood = loud = True
            elif kind is Kind.LOST:
                self._lost.add(folder)
                loud = True
            else:
                loud = self._take_down(folder, name, kind, at)
            if loud:
                self._loud = True
                self._changed.notify_all()

    def _take_down(self, folder: str, name: str, kind: Kind, at: float) -> bool:
        before = self._notes.get((folder, name))
        named = kind is Kind.NAMED or kind is Kind.MADE
        state = _STATES.get(kind, before.state if before else State.UNKNOWN)
        if named and passing(name):
            self._remember(folder, name)
        self._notes[folder, name] = Note(self.number, at, state, named or (before is not None and before.named))
        return any(self.ground.meaning(folder, name, named))

    def _remember(self, folder: str, name: str) -> None:
        names = self._passed.setdefault(folder, {})
        names.pop(name, None)
        names[name] = None
        if len(names) > _NAMES:
            del names[next(iter(names))]
        if len(self._passed) > _FOLDERS:
            del self._passed[next(iter(self._passed))]

    def passed(self, folder: str) -> Collection[str]:
        """Return names that editors gave to files of theirs in a real folder lately."""
        with self._changed:
            return list(self._passed.get(folder, ()))

    def take(self) -> Told:
        """Return all that was told since this was called last."""
        with self._changed:
            told = Told(self.number, self._notes, frozenset(self._lost), self._flood)
            self._notes, self._lost = {}, set()
            self._flood = self._loud = False
            return told

    def since(self, number: int) -> dict[tuple[str, str], Note]:
        """Return the notes after a certain one, and leave them where they are."""
        with self._changed:
            return {place: note for place, note in self._notes.items() if note.number > number}

    def pause(self, until: float, eager: bool) -> None:
        """Wait until that time (as of `time.monotonic`), or until woken; if ``eager``, also until something matters."""
        with self._changed:
            seconds = until - time.monotonic()
            if seconds > 0:
                self._changed.wait_for(lambda: self._woken or self._closed or (eager and self._loud), seconds)

    def wake(self, for_good: bool = False) -> None:
        """Let the one who pauses go on, and know why."""
        with self._changed:
            self._woken, self._closed = True, self._closed or for_good
            self._changed.notify_all()

    def woken(self) -> bool:
        """Tell, once, whether somebody called `wake`; and always after it was for good."""
        with self._changed:
            woken, self._woken = self._woken, False
            return woken or self._closed
