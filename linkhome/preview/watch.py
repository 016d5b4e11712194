"""Wait until a file that the last build read is really different, or a folder that it listed.

Whatever tells of changes is only a hint of where to look: what counts is the content, against what the build read. So
a change during a build is seen afterwards, and a save of the same text builds nothing. Where hints fail (a folder put
in the place of another, a link that leads elsewhere, a system that slept or told too much), everything is compared.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from ..inputs import Stamp
from .hearing import Hearing
from .journal import Journal
from .known import NONE, Hints, Item, Known, Look, path_of
from .quiet import Batch, git_is_at_work

#: How often it is asked whether all folders are still where they were, in seconds.
_PULSE = 1.0
#: How often everything is looked at where nothing tells of changes, and the part of the time that may go into that.
_SOONEST, _LATEST, _SHARE = 0.15, 0.5, 0.1
#: A clock that jumped so far, in seconds, tells of a system that slept.
_JUMP = 2.0
#: How long doubts are settled at a stretch, and how long git is left alone before it is asked again, in seconds.
_SLICE, _GIT = 0.005, 0.01


class Watch:
    """Say what is different from what the last build read. All but `wake` and `close` is for one thread.

    ``poll``: look at the files again and again, and rely on nobody to tell. ``tell`` hears one sentence when that is
    done unasked, and why. Threads are begun by the first `follow`, never in polling.
    """

    def __init__(self, root: Path, poll: bool = False, tell: Callable[[str], None] = lambda _: None) -> None:
        self._root = os.path.abspath(root)
        self._journal = Journal()
        self._known = Known(self._root)
        self._hearing = Hearing(self._root, poll, tell, self._journal)
        #: What may be different; True where something is known to have happened to it, to a folder under these names.
        self._suspects: dict[Item, bool] = {}
        self._named: dict[Item, set[str]] = {}
        #: What nobody tells of, or did not tell of until now: to be compared when nothing else is to be done.
        self._doubts: list[Item] = []
        #: Folders that may be others now.
        self._stale: set[str] = set()
        self._batch = Batch()
        self._taken = self._peeked = 0
        self._touched = self._git = False
        self._pulse_at = self._sweep_at = 0.0
        self._clock = time.time() - time.monotonic()

    def follow(self, files: Mapping[str, Stamp | None], folders: Mapping[str, str | None]) -> None:
        """Take over what the last build read, also a failed one: names and stamps as in `linkhome.inputs.Inputs`.

        A name may be handed on with the very same stamp if that build did not come to it: then it counts as it was
        when `wait` returned it.
        """
        others = files.keys() != self._known.files.keys() or folders.keys() != self._known.folders.keys()
        unproved = self._known.learn(files, folders)
        self._touched, self._peeked = False, self._taken
        if others:
            self._doubts = list(dict.fromkeys([*self._doubts, *self._lay()]))
        self._suspect(unproved)

    def wait(self, seconds: float | None = None) -> frozenset[str]:
        """Block until inputs differ from what `follow` was told and a save is over; return their names.

        Returns nothing after so many seconds, when woken, and when closed. What was returned before, and was not
        followed since, is returned again if it still differs.
        """
        end = math.inf if seconds is None else time.monotonic() + seconds
        for item in self._known.reported:
            self._mark(item, sure=True)
        before: dict[Item, Look] = {}
        while not self._journal.woken():
            now = time.monotonic()
            self._ask_git(now)
            self._hark(now)
            if not self._suspects and not self._stale:
                self._batch = Batch()
                if self._doubts:
                    self._settle_doubts(now + _SLICE)
                elif now >= end:
                    break
                else:
                    self._journal.pause(min(end, self._pulse_at, self._sweep_at), eager=True)
            elif (over := self._batch.over(polled=bool(self._hearing.polled))) > now:
                if self._doubts:
                    self._settle_doubts(min(over, now + _SLICE))
                else:
                    self._journal.pause(over, eager=self._batch.few)
            elif self._stale:
                self._suspect(self._lay())
            elif found := self._compare():
                if self._hearing.polled and found != before:  # nobody tells whether somebody still writes
                    before = found
                    self._batch.add(None, now)
                over = self._over(found, now)
                if over <= now:
                    return self._report(found)
                self._journal.pause(over, eager=self._batch.few)
        self._touched, self._peeked = False, self._taken
        return frozenset()

    def touched(self) -> bool:
        """Tell whether an input is different from how it was when `wait` returned: worth to begin a build again.

        It is quick where nothing happened, so that a build may ask often.
        """
        if self._touched:
            return True
        number = self._journal.number
        suspects: dict[Item, None] = {}
        if self._hearing.polled and time.monotonic() >= self._sweep_at:
            self._sweep()
            suspects.update(dict.fromkeys(self._suspects))
        if number != self._peeked:
            for (folder, name), note in self._journal.since(self._peeked).items():
                items, below = self._hearing.ground.meaning(folder, name, note.named)
                suspects.update(dict.fromkeys(items))
                self._touched = self._touched or bool(self._hearing.ground.moved(below))
            self._peeked = number
        self._touched = self._touched or any(self._known.again(item, self._hints(item)) for item in suspects)
        return self._touched

    def wake(self) -> None:
        """Let `wait` return nothing now, or else the next time it is called; from any thread."""
        self._journal.wake()

    def close(self) -> None:
        """End all threads, and let `wait` return nothing from now on; from any thread."""
        self._journal.wake(for_good=True)
        self._hearing.close()

    def _ask_git(self, now: float) -> None:
        """See whether git is at work, before hearing what it did: or its last deeds would be missed."""
        before, self._git = self._git, bool(self._suspects) and git_is_at_work(self._root)
        if before and not self._git:
            self._batch.prolong(now)

    def _hark(self, now: float) -> None:
        """Take in what was told, and look where nothing is told."""
        told, ground = self._journal.take(), self._hearing.ground
        self._taken = told.number
        for (folder, name), note in told.notes.items():
            items, below = ground.meaning(folder, name, note.named)
            if items or below:
                self._batch.add((folder, name), note.at, note.state)
            for item in items:
                self._suspects[item] = self._suspects.get(item, True) if item.folder else True
                if item.folder:
                    self._named.setdefault(item, set()).add(name)
            self._stale.update(below)
            if note.named:
                self._stale.update(ground.relinked(items))
        for folder in told.lost:
            self._stir(ground.at(folder))
        if told.flood:
            self._stir(ground.places)
        if now >= self._pulse_at:
            self._pulse()
        if now >= self._sweep_at:
            self._sweep()

    def _pulse(self) -> None:
        """See whether all folders are still where they were, the threads alive, and the clock in step."""
        began, ground = time.monotonic(), self._hearing.ground
        clock = time.time() - began
        self._stir(ground.moved())
        if self._hearing.ended() or abs(clock - self._clock) > _JUMP:
            self._stir(ground.places)
        self._clock = clock
        self._pulse_at = began + max(_PULSE, (time.monotonic() - began) / _SHARE)

    def _sweep(self) -> None:
        """Look at everything of which nothing is told."""
        began, ground = time.monotonic(), self._hearing.ground
        self._sweep_at = math.inf
        if self._hearing.polled:
            self._stir(ground.moved(self._hearing.polled))
            self._suspect(ground.items(self._hearing.polled))
            took = time.monotonic() - began
            self._sweep_at = time.monotonic() + min(max(_SOONEST, took / _SHARE), _LATEST)

    def _stir(self, folders: Collection[str]) -> None:
        """Have folders found anew."""
        if folders:
            self._stale.update(folders)
            self._batch.add("folders", time.monotonic())

    def _lay(self) -> list[Item]:
        """Find out where all inputs are; return those of which nothing was told until now."""
        known = self._known
        items = [*map(Item, known.files), *(Item(name, folder=True) for name in known.folders)]
        stale, self._stale = self._stale, set()
        fresh = self._hearing.lay(items, stale)
        now = time.monotonic()
        self._pulse_at, self._sweep_at = now + _PULSE, now + _SOONEST if self._hearing.polled else math.inf
        return self._hearing.ground.items(fresh)

    def _suspect(self, items: Iterable[Item]) -> None:
        """Look at inputs as quickly as may be, and remember those that are not as they were, or may not be."""
        differ, unsure = self._known.doubtful(items, self._hints)
        for item in differ:
            self._mark(item)
        self._doubts = list(dict.fromkeys([*self._doubts, *unsure]))

    def _mark(self, item: Item, sure: bool = False) -> None:
        if item not in self._suspects:
            self._batch.add(item, time.monotonic())
        self._suspects[item] = not item.folder and (sure or self._suspects.get(item, False))

    def _settle_doubts(self, until: float) -> None:
        """Compare what nobody told of; not all at once, so that whatever is told in the meantime comes first."""
        while self._doubts and time.monotonic() < until:
            item = self._doubts.pop()
            if self._known.has(item) and self._known.check(item, False, self._hints(item)).differs:
                self._mark(item)

    def _compare(self) -> dict[Item, Look]:
        """Return the suspects that really differ, and forget the others."""
        found = {}
        for item, sure in list(self._suspects.items()):
            look = self._known.check(item, sure, self._hints(item)) if self._known.has(item) else Look(False)
            if look.differs:
                found[item] = look
            else:
                del self._suspects[item]
                self._named.pop(item, None)
        return found

    def _over(self, found: Mapping[Item, Look], now: float) -> float:
        over = self._batch.over(any(look.delicate for look in found.values()), bool(self._hearing.polled))
        return now + _GIT if self._git and over <= now < self._batch.longest() else over

    def _report(self, found: Mapping[Item, Look]) -> frozenset[str]:
        self._known.reported = {item: look.state for item, look in found.items()}
        self._suspects, self._named, self._batch = {}, {}, Batch()
        self._touched, self._peeked = False, self._taken
        return frozenset(item.name for item in found)

    def _hints(self, item: Item) -> Hints:
        if not item.folder:
            return NONE
        place = self._hearing.ground.places.get(path_of(self._root, item.name))
        return Hints(self._named.get(item, ()), self._journal.passed(place.real) if place else ())
