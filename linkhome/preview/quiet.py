"""Decide when a save is over: soon for one file, later where more may come or where something is half done."""

from __future__ import annotations

import enum
import os
import time

#: How long nothing may happen before it is over, in seconds: after a file that was closed or moved; after one or two
#: of which nobody knows; where one is gone, empty or still open, so that a save by truncation or by renaming is under
#: way; after three files and more.
DONE, ONE, DELICATE, MANY = 0.001, 0.005, 0.06, 0.05
#: Where nothing tells of changes, a file must look the same for so long.
LOOKED = 0.02
#: How long it may go on altogether; and while one file is being written, or while git is at work.
MOST, LONGEST = 0.3, 2.0
#: An older lock was left behind by a git that died.
_LEFT_BEHIND = 10.0


class State(enum.Enum):
    """Say how far somebody is with one file."""

    WRITING = enum.auto()
    UNKNOWN = enum.auto()
    DONE = enum.auto()


class Batch:
    """Collect what happens together. Times are those of `time.monotonic`."""

    def __init__(self) -> None:
        self._began = self._first = self._last = 0.0
        self._places: dict[object, State] = {}

    def add(self, place: object, at: float, state: State = State.UNKNOWN) -> None:
        """Note that something happened at a place, and how far that is."""
        if not self._places:
            self._began = self._first = at
        self._last = max(self._last, at)
        self._places[place] = state

    def prolong(self, now: float) -> None:
        """Ask for as much quiet again: whoever held everything up has just finished."""
        self._first = self._last = now

    @property
    def few(self) -> bool:
        """Tell whether this is about one file, or one and another that is made on the way."""
        return len(self._places) < 3

    def over(self, delicate: bool = False, polled: bool = False) -> float:
        """Return when it will be over if nothing more happens."""
        states = set(self._places.values()) if self.few else set()
        writing = State.WRITING in states
        if delicate or writing:
            quiet = DELICATE
        elif not self.few:
            quiet = MANY
        elif polled:
            quiet = LOOKED
        else:
            quiet = DONE if states == {State.DONE} else ONE
        return min(self._last + quiet, self._first + (LONGEST if writing else MOST))

    def longest(self) -> float:
        """Return when it is over, whatever goes on."""
        return self._began + LONGEST


def git_is_at_work(root: str) -> bool:
    """Tell whether git is changing files of the repository that the folder ``root`` lies in."""
    folder = root
    while not os.path.lexists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return False
        folder = above
    try:
        began = os.stat(os.path.join(_git_folder(os.path.join(folder, ".git")), "index.lock")).st_mtime
    except OSError:
        return False
    return abs(time.time() - began) < _LEFT_BEHIND


def _git_folder(place: str) -> str:
    """Return the folder of the index: a worktree names it in a file."""
    try:
        with open(place, encoding="utf-8", errors="replace") as file:
            named = file.read(4096).partition("gitdir:")[2].strip()
    except OSError:
        return place
    return os.path.join(os.path.dirname(place), named)
