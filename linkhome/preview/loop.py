"""Wait for changes, have them built, and say a line about each: the heart of ``linkhome serve``.

Runs in the main thread, so that Ctrl-C ends it at once wherever it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Protocol

from ..console import Console, count, plural
from ..diagnostics import Diagnostic, Severity
from ..headers import redirects
from ..inputs import Stamp
from ..snapshot import Artifact
from .builder import Abandoned, Builder
from .stage import Shown, Stage

#: A change of the clock is looked for this often, in seconds: a laptop that slept must not wait for its next event.
LOOK = 30.0
#: So long the streams may take to pass a glance on before all else is built, in seconds; and so long browsers are
#: left to paint it, for which they want the same processors.
FIRST, PAINTED = 0.1, 0.03
NAMED = 2


class Changes(Protocol):
    """Say what was really changed; `linkhome.preview.watch.Watch` does."""

    def follow(self, files: Mapping[str, Stamp | None], folders: Mapping[str, str | None]) -> None:
        """Look after what the last build read."""

    def wait(self, seconds: float | None = None) -> frozenset[str]:
        """Return what is different now; nothing after so many seconds, or when woken."""


class Loop:
    """Build whenever something was changed, until the stage is closed. ``told`` waits until browsers know."""

    def __init__(self, builder: Builder, console: Console, told: Callable[[float], bool] = lambda _: True) -> None:
        self.builder = builder
        self.console = console
        self.stage: Stage = builder.stage
        self.told = told
        self._said: set[Diagnostic] = set()
        self._seen = self.stage.shown

    def begin(self) -> None:
        """Build for the first time, and say how that went."""
        began = time.perf_counter()
        with self.console.working("Building"):
            good = self.builder.whole()
        if good:
            pages = plural(_pages(self.stage.shown.files), "page")
            self.console.result(f"Built {pages} in {time.perf_counter() - began:.2f} s.")
        self._seen = self.stage.shown
        self._report()

    def run(self, changes: Changes) -> None:
        """Go on until the stage is closed; ``changes`` follow what was built first."""
        owed: frozenset[str] = frozenset()
        while not self.stage.closed:
            # What was glanced at must be built, also when it was put back meanwhile and nothing differs any more.
            changed = changes.wait(0.0 if owed else self._pause()) | owed
            owed = frozenset()
            if self.stage.closed or not (why := self._why(changed)):
                continue
            if self._renew(changed, why):
                changes.follow(self.builder.files, self.builder.folders)
                self._report()
            else:
                owed = changed

    def _pause(self) -> float:
        """Return how long nothing will change by itself, in seconds."""
        at = self.builder.changes_at
        return min(max(at - time.time(), 0.0), LOOK) if at else LOOK

    def _why(self, changed: Collection[str]) -> str:
        """Return what a rebuild is for; empty when none is due."""
        if changed:
            return named(changed)
        if self.stage.wanted != self.stage.shown.settings:
            return "another view"
        at = self.builder.changes_at
        return "its time has come" if at and time.time() >= at else ""

    def _renew(self, changed: frozenset[str], why: str) -> bool:
        """Build anew, and say a line about it; False when that was given up for something newer."""
        began = time.perf_counter()
        waited = 0.0
        if self.builder.glance(changed):
            self.told(FIRST)
            waited = self._let_paint()
        try:
            good = self.builder.whole()
        except Abandoned:
            return False
        self._say(why, self._seen, good, time.perf_counter() - began - waited)
        self._seen = self.stage.shown
        return True

    def _let_paint(self) -> float:
        """Leave the processors to the browsers for a moment, unless something new was saved; return the seconds."""
        began = time.perf_counter()
        while (waited := time.perf_counter() - began) < PAINTED and not self.builder.touched():
            time.sleep(0.003)
        return waited

    def _say(self, why: str, before: Shown, good: bool, seconds: float) -> None:
        shown = self.stage.shown
        if not good:
            errors = [one for one in shown.diagnostics if one.severity is Severity.ERROR]
            outcome = f"{count(errors)}; the page stays as it was"
        else:
            pages, others = _difference(before.files, shown.files)
            made = [plural(pages, "page")] * (pages > 0) + [plural(others, "other file")] * (others > 0 and not pages)
            outcome = ", ".join((["repaired"] if before.broken else []) + made) or "nothing on the page changed"
            outcome += f", {seconds:.2f} s" if made else ""
        self.console.result(f"{datetime.now():%H:%M:%S} {why}: {outcome}")

    def _report(self) -> None:
        """Print what is wrong, once; warnings not again after a mistake that was repaired."""
        shown = self.stage.shown
        self.console.report(one for one in shown.diagnostics if one not in self._said)
        self._said = {*shown.diagnostics, *(self._said if shown.broken else ())}


def named(changed: Collection[str]) -> str:
    """Return what was changed in a few words: two names, and how many more."""
    names = sorted(changed)
    shown, more = names[:NAMED], len(names) - NAMED
    if more == 1:
        shown, more = names, 0
    if more > 0:
        return f"{', '.join(shown)} and {more} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def _pages(files: Mapping[str, Artifact]) -> int:
    return sum(name.endswith(".html") and not redirects.is_page(one.data or b"") for name, one in files.items())


def _difference(before: Mapping[str, Artifact], after: Mapping[str, Artifact]) -> tuple[int, int]:
    """Return how many pages, and how many other files, came, went or changed."""
    names = [
        name
        for name in before.keys() | after.keys()
        if (before[name].sha256 if name in before else "") != (after[name].sha256 if name in after else "")
    ]
    pages = sum(name.endswith(".html") for name in names)
    return pages, len(names) - pages - ("build.json" in names)
