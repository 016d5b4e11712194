"""Hold what is shown right now: one reference that is swapped, so that nobody who asks ever waits for a build."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from msgspec import Struct

from ..diagnostics import Diagnostic
from ..snapshot import Artifact
from ..viewing import PUBLIC, Settings

__all__ = ["Settings", "Shown", "Stage"]


class Shown(Struct, frozen=True):
    """Hold what browsers see: the last good site, and what is wrong with the one that is being written.

    ``number`` counts up by one with every change. ``broken``: the last build failed, ``files`` are those of the one
    before, and ``diagnostics`` say why; else ``diagnostics`` are its warnings and notes. ``settled`` is False while
    only the pages that are open somewhere were made anew, and the others are still being made.
    """

    number: int = 0
    files: Mapping[str, Artifact] = {}
    diagnostics: tuple[Diagnostic, ...] = ()
    broken: bool = False
    settled: bool = True
    base: str = "/"
    languages: tuple[str, ...] = ()
    settings: Settings = PUBLIC


class Stage:
    """Be the one place that the builder writes and all others read. Every method may be called from any thread."""

    def __init__(self, settings: Settings | None = None) -> None:
        #: Another one for every process, so that browsers notice that the preview was started anew.
        self.run = secrets.token_hex(4)
        #: What a page of the preview itself shows to be allowed to change something.
        self.token = secrets.token_urlsafe(16)
        self._shown = Shown()
        self._wanted = settings or PUBLIC
        self._changed = threading.Condition()
        self._open: dict[object, tuple[str, ...]] = {}
        self._closed = False
        #: Called when somebody chose other settings; set by the loop.
        self.on_settings: Callable[[], None] = lambda: None

    @property
    def shown(self) -> Shown:
        """Return what is shown at this moment; it never changes under the reader."""
        return self._shown

    @property
    def closed(self) -> bool:
        """Tell whether the preview is ending."""
        return self._closed

    @property
    def wanted(self) -> Settings:
        """Return the settings that were asked for last; what is shown may still be of those before."""
        return self._wanted

    def show(self, shown: Shown) -> None:
        """Put another site on the stage, under the next number, and wake all who wait."""
        with self._changed:
            fields = {name: getattr(shown, name) for name in shown.__struct_fields__}
            self._shown = Shown(**fields | {"number": self._shown.number + 1})
            self._changed.notify_all()

    def wait(self, after: int, seconds: float) -> Shown:
        """Return what is shown as soon as its number is beyond ``after``, or else after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._shown.number > after, seconds)
            return self._shown

    def want(self, settings: Settings) -> None:
        """Ask for the site with other settings."""
        with self._changed:
            self._wanted = settings
        self.on_settings()

    @contextmanager
    def watched(self, pages: tuple[str, ...]) -> Iterator[None]:
        """Count pages (paths in the output) as open in a browser for as long as the block runs."""
        key = object()
        with self._changed:
            self._open[key] = pages
        try:
            yield
        finally:
            with self._changed:
                del self._open[key]

    def open_pages(self) -> frozenset[str]:
        """Return the pages that are open somewhere: those are made first."""
        with self._changed:
            return frozenset(page for pages in self._open.values() for page in pages)

    def close(self) -> None:
        """End the preview: all who wait return."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
