"""Build for the preview, again and again in one process: first what is open in a browser, then everything.

The last good site is never given up for one with mistakes. Nothing is written but the cache.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Mapping

from .. import pipeline
from ..content.addresses import base_path
from ..content.arrangement import Arrangement
from ..diagnostics import Diagnostic, LinkhomeError, error
from ..glance import Moved, look, restyle
from ..inputs import Inputs, Stamp
from ..pipeline import Build, Order
from ..project import Project
from ..snapshot import Artifact
from ..viewing import Settings
from .stage import Shown, Stage

#: Files whose change concerns the styles of pages alone.
STYLES = ("theme/custom.css", "theme/static/css/")
#: So long a whole build may be put off by further changes, in seconds: what is open is shown all the same.
PATIENCE = 30.0


class Abandoned(Exception):  # noqa: N818 (not a mistake)
    """Say that a whole build was given up, because something newer is to be built."""


class Builder:
    """Put on the stage what the creator's files say."""

    def __init__(self, project: Project, stage: Stage) -> None:
        self.project = project
        self.stage = stage
        #: Tells whether files were changed since a build began.
        self.touched: Callable[[], bool] = lambda: False
        self.last: Build | None = None
        #: What the last build read, also a failed one: names and stamps as in `Inputs`.
        self.files: Mapping[str, Stamp | None] = {}
        self.folders: Mapping[str, str | None] = {}
        #: When the page will look different by itself, in seconds since 1970; 0 for never.
        self.changes_at = 0.0
        self._known: dict[str, Stamp] = {}
        self._arranged: Arrangement | None = None
        self._since_good: frozenset[str] = frozenset()
        self._built_at = time.monotonic()
        self._begun = stage.wanted

    def glance(self, changed: Iterable[str]) -> bool:
        """Show the pages that are open somewhere as they are after a change; False when that has to wait."""
        self._since_good |= frozenset(changed)
        last, pages = self.last, self.stage.open_pages()
        shown = self.stage.shown
        pages = frozenset(page for page in pages if page in shown.files)
        if last is None or not pages or not self._since_good or shown.settings != self.stage.wanted:
            return False
        try:
            files = self._glanced(last, shown, pages)
        except Exception:
            return False  # the whole build tells what is wrong
        if all(name in shown.files and shown.files[name].sha256 == files[name].sha256 for name in pages & files.keys()):
            return False
        self.stage.show(_with(shown, files={**shown.files, **files}, settled=False))
        return True

    def _glanced(self, last: Build, shown: Shown, pages: frozenset[str]) -> dict[str, Artifact]:
        inputs = Inputs(self.project.root, self._known)
        if all(name.startswith(STYLES) for name in self._since_good) and shown.settled and not shown.broken:
            with contextlib.suppress(Moved, KeyError):
                return restyle(last, shown.files, pages, inputs)
        order = self._order(inputs)
        if self._arranged is None:
            raise Moved
        files, self._arranged = look(order, last, self._arranged, pages, self._since_good)
        return files

    def whole(self) -> bool:
        """Build everything and show it, or what is wrong; False when there were mistakes.

        Raises:
            Abandoned: something was changed meanwhile, so that another build is due.
        """
        inputs = Inputs(self.project.root, self._known)
        settings = self._begun = self.stage.wanted
        try:
            built = pipeline.build_to(self._order(inputs, self._hear))
        except LinkhomeError as problem:
            self._show_mistakes(inputs, problem.diagnostics, settings)
            return False
        except Abandoned:
            raise
        except Exception as problem:  # a preview goes on, whatever a build meets
            self._show_mistakes(inputs, (_unforeseen(problem),), settings)
            return False
        built.cache.save()
        built.cache.close()
        self._take(built, settings)
        return True

    def _order(self, inputs: Inputs, tell: Callable[[str], None] | None = None) -> Order:
        return Order(
            self.project,
            before=self.last.ledger if self.last else None,
            kept=self.last.snapshot.files if self.last else None,
            tell=tell,
            settings=self.stage.wanted,
            inputs=inputs,
            styles=self.last.traces.styles if self.last else None,
        )

    def _hear(self, _: str) -> None:
        """Give a build up as soon as there is something newer; not for ever, though."""
        if (
            self.last
            and (self.touched() or self.stage.wanted != self._begun)
            and time.monotonic() - self._built_at < PATIENCE
        ):
            raise Abandoned

    def _take(self, built: Build, settings: Settings) -> None:
        ledger = built.ledger
        self.last, self._known = built, ledger.known()
        self.files, self.folders = ledger.files, ledger.folders
        self.changes_at = ledger.changes_at if settings.at is None else 0.0
        self._arranged, self._since_good = built.traces.arranged, frozenset()
        self._built_at = time.monotonic()
        rules = built.traces.arranged.rules if built.traces.arranged else None
        before = self.stage.shown
        shown = Shown(
            files=built.snapshot.files,
            diagnostics=built.snapshot.diagnostics,
            base=base_path(built.traces.address),
            languages=rules.languages if rules else (),
            settings=settings,
        )
        if _says(shown) != _says(before):
            self.stage.show(shown)

    def _show_mistakes(self, inputs: Inputs, found: tuple[Diagnostic, ...], settings: Settings) -> None:
        self._built_at = time.monotonic()
        # What the failed build did not come to may still be what has to be repaired.
        self.files, self.folders = {**self.files, **inputs.files}, {**self.folders, **inputs.folders}
        before = self.stage.shown
        shown = _with(before, diagnostics=found, broken=True, settled=True, settings=settings)
        if _says(shown) != _says(before):
            self.stage.show(shown)


def _with(shown: Shown, **changes: object) -> Shown:
    return Shown(**{name: getattr(shown, name) for name in shown.__struct_fields__} | changes)


def _says(shown: Shown) -> tuple[object, ...]:
    """Return what of a stage browsers can tell from another one."""
    marks = {name: artifact.sha256 for name, artifact in shown.files.items()}
    return marks, shown.diagnostics, shown.broken, shown.settled, shown.base, shown.settings


def _unforeseen(problem: Exception) -> Diagnostic:
    from ..surprise import explain

    first, *more = explain(problem, ["serve"])
    return error(first, hint="\n".join(line.removeprefix("      = ") for line in more))
