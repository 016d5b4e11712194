"""Show how far long work is, on a terminal: a bar that is gone when the work is done, and nothing anywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .console import Console

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress, TaskID


class Bar:
    """Hold the bar of one piece of work with ``total`` steps; silent when there is no terminal or nobody listens."""

    def __init__(self, console: Console, text: str, total: int) -> None:
        self._console = console
        self._text = text
        self._total = total
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Bar:
        if self._total and not self._console.quiet and self._console.talks_to_a_person:
            from rich.console import Console as Terminal
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

            columns = (
                TextColumn("{task.description}", markup=False),
                BarColumn(24),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.fields[now]}", markup=False),
            )
            terminal = Terminal(file=self._console.err, highlight=False)
            self._progress = Progress(*columns, console=terminal, transient=True, redirect_stdout=False)
            self._progress.start()
            self._task = self._progress.add_task(self._text, total=self._total, now="")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress:
            self._progress.stop()

    def step(self, done: int, now: str = "") -> None:
        """Show that ``done`` steps are behind us, and what is worked on now."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=done, now=now[:40] if now.isprintable() else "")
