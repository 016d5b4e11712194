"""Tell how a deploy goes: the plan, a bar while things are sent, and at the end which site visitors see where."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from ..console import Console, plural
from ..deploy.entries import Wanted
from ..deploy.nouns import Plan
from ..deploy.outcome import End, Outcome
from ..diagnostics import Diagnostic, Exit, error

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress, TaskID

#: So many paths of each kind are listed; ``--json`` lists all.
MOST = 20


class Telling:
    """Be who watches a deploy for the creator; a context manager. Silent beside ``--json`` and ``--quiet``."""

    def __init__(self, console: Console, json: bool, plan: bool) -> None:
        self._console = console
        self._json, self._plan = json, plan
        self._silent = json or console.quiet
        self._text, self._measured = "", False
        self._lock = Lock()
        self._shown: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Telling:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hide()

    def step(self, text: str) -> None:
        """Show on a terminal what is being done now."""
        self._text, self._measured = text, False
        self._show()

    def sent(self, done: int, total: int, path: str) -> None:
        """Show how far the upload is; called from several threads."""
        with self._lock:
            if not self._measured:
                self._measured = True
                self._show()
        bar, task = self._shown, self._task
        if bar is not None and task is not None:
            bar.update(task, completed=done, total=total or None, path=path[-40:] if path.isprintable() else "")

    def planned(self, place: Wanted, plan: Plan) -> None:
        """Say what is about to be sent; with ``--plan``, file by file."""
        self._hide()
        if self._silent:
            return
        say = self._console.result if self._plan else self._console.talk
        say(f"{place.name}: {summed(plan)}.")
        if self._plan:
            for sign, paths in (("+", plan.adds), ("~", plan.changes), ("-", plan.deletes)):
                say(*(f"  {sign} {path}" for path in paths[:MOST]))
                if len(paths) > MOST:
                    say(f"  {sign} and {len(paths) - MOST:,} more: --json lists them all")

    def agrees(self, question: str) -> bool:
        """Ask the creator, if there is one who can answer."""
        self._hide()
        if self._json or not sys.stdin.isatty():
            return False
        import click

        try:
            return click.confirm(question, default=False, err=True)
        except click.Abort:
            raise KeyboardInterrupt from None

    def report(self, found: Iterable[Diagnostic]) -> None:
        """Show the warnings of the build."""
        self._hide()
        self._console.report(found)

    def ended(self, outcome: Outcome) -> None:
        """Say how a place stands."""
        self._hide()
        if self._json:
            return
        self._console.report(outcome.remarks)
        if outcome.code is not Exit.FINE:
            self._console.report([error(f"{outcome.name}: {outcome.message}; {outcome.seen()}", hint=outcome.hint)])
        elif outcome.end is not End.PLANNED:
            self._console.result(sentence(outcome))

    def _show(self) -> None:
        self._hide()
        if self._silent or not self._console.talks_to_a_person:
            return
        from rich.console import Console as Terminal
        from rich.progress import BarColumn, DownloadColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Shown

        what = TextColumn("{task.description}", markup=False)
        where = TextColumn("{task.fields[path]}", markup=False)
        bar = (BarColumn(24), DownloadColumn()) if self._measured else ()
        terminal = Terminal(file=self._console.err, highlight=False)
        columns = (SpinnerColumn("line"), what, *bar, TimeElapsedColumn(), where)
        self._shown = Shown(*columns, console=terminal, transient=True, redirect_stdout=False, redirect_stderr=False)
        self._shown.start()
        self._task = self._shown.add_task(self._text, total=None, path="")

    def _hide(self) -> None:
        if self._shown is not None:
            self._shown.stop()
            self._shown = self._task = None


def sentence(outcome: Outcome) -> str:
    """Say in one line how a deploy that went well ended."""
    where = f" at {outcome.url}" if outcome.url else ""
    build = f"(build {outcome.build[:8]})"
    if outcome.written:
        return f"{outcome.name}: {'written' if outcome.end is End.LIVE else 'nothing has changed'}."
    if outcome.end is End.LIVE:
        return f"{outcome.name}: live{where} {build}."
    if outcome.verified:
        return f"{outcome.name}: nothing has changed; the site is live{where} {build}."
    return f"{outcome.name}: nothing to send; whether it is live was not looked at."


def summed(plan: Plan) -> str:
    """Say in a few words what a plan does."""
    parts = [
        f"{len(paths):,} to {verb}"
        for paths, verb in ((plan.adds, "add"), (plan.changes, "change"), (plan.deletes, "delete"))
        if paths
    ]
    if plan.size:  # of what is written as one file, or only changes its name, nobody knows the bytes before
        parts.append(f"{size(plan.size)} to send")
    return ", ".join(parts) or "nothing to send"


def written(plan: Plan) -> str:
    """Say in a few words what was done to a folder."""
    counted = ((plan.adds, "added"), (plan.changes, "changed"), (plan.deletes, "removed"))
    return ", ".join(f"{len(paths):,} {done}" for paths, done in counted if paths) or "nothing has changed"


def size(number: int) -> str:
    """Return a number of bytes as people read it."""
    if number < 1000:
        return plural(number, "byte")
    amount = float(number)
    for unit in ("kB", "MB", "GB"):
        amount /= 1000
        if amount < 999.5 or unit == "GB":
            return f"{amount:.1f} {unit}" if amount < 10 else f"{amount:,.0f} {unit}"
    raise AssertionError("the last unit takes every number")


def closing(
    console: Console, wanted: Sequence[Wanted], outcomes: Sequence[Outcome], rollback: str | None = None
) -> None:
    """Say where the site is now, once several places were asked for; ``rollback`` is the build that was gone back to.

    It is empty for the one before, None where nothing is taken back.
    """
    never = {place.name for place in wanted if rollback is not None and place.about.builds}
    fine = [one.name for one in outcomes if one.verified]
    left = [place.name for place in wanted[len(outcomes) :]]
    bad = [one.name for one in outcomes if one.code is not Exit.FINE]
    if not bad and not left:
        return
    if fine:
        console.talk(f"This build is live at: {', '.join(fine)}.")
    if left:
        console.talk(f"Not begun: {', '.join(left)}.")
    if again := [f"--to {name}" for name in (*bad, *left) if name not in never]:
        back = [] if rollback is None else ["--rollback", *([rollback] if rollback else [])]
        console.talk(f"To try the rest again: linkhome deploy {' '.join((*back, *again))}")


def summary(outcomes: Sequence[Outcome], found: Iterable[Diagnostic] = ()) -> dict[str, object]:
    """Return what ``--json`` prints; ``diagnostics`` are those that kept every place from getting anything."""
    diagnostics = [one.as_dict() for one in found]
    return {
        "ok": not diagnostics and all(one.code is Exit.FINE for one in outcomes),
        "build": next((one.build for one in outcomes if one.build), ""),
        "places": [_row(one) for one in outcomes],
        "diagnostics": diagnostics,
    }


def _row(one: Outcome) -> dict[str, object]:
    plan = one.plan or Plan()
    return {
        "name": one.name,
        "target": one.target,
        "end": str(one.end),
        "visitors_see": str(one.live),
        "verified": one.verified,
        "url": one.url,
        "build": one.build,
        "release": one.release,
        "adds": list(plan.adds),
        "changes": list(plan.changes),
        "deletes": list(plan.deletes),
        "size": plan.size,
        "message": one.message,
        "hint": one.hint,
        "remarks": [remark.as_dict() for remark in one.remarks],
    }
