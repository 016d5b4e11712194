"""Bring a build to the disk: build, write, and remember what was done for the next time."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from . import ledger, output, pipeline
from .diagnostics import Diagnostic
from .ledger import Ledger
from .project import Project


class Published(NamedTuple):
    """Report a build that was written."""

    pages: int
    files: int
    new: int
    removed: int
    unchanged: int
    build: str
    diagnostics: tuple[Diagnostic, ...]


def publish(
    project: Project,
    theme: str | None = None,
    before: Ledger | None = None,
    accept: Callable[[tuple[Diagnostic, ...]], None] | None = None,
    tell: Callable[[str], None] | None = None,
) -> Published:
    """Build the site into its output folder. ``accept`` sees the warnings first and may refuse them by raising.

    ``tell`` hears what takes long.

    Raises:
        LinkhomeError: with every mistake of the site, or why it cannot be written; the old site stays.
    """
    built = pipeline.build(project, theme, before, tell)
    try:
        if accept:
            accept(built.snapshot.diagnostics)
        try:
            written = output.write(built.snapshot, project.out, _stamps(before))
        except output.Vanished:
            # Somebody changed the output while we built upon it: build again, this time from nothing.
            built.cache.close()
            built = pipeline.build(project, theme, None, tell)
            written = output.write(built.snapshot, project.out)
        done = built.ledger
        done.outputs = {path: (stamp.sha256, stamp.size, stamp.mtime_ns) for path, stamp in written.stamps.items()}
        done.places = ledger.folder_times(done.outputs, f"{project.out}/")
        ledger.save(project, theme, done)
        built.cache.save()
    finally:
        built.cache.close()
    files = len(built.snapshot.files)
    return Published(
        pages=built.pages,
        files=files,
        new=written.new,
        removed=written.removed,
        unchanged=written.linked,
        build=done.build,
        diagnostics=built.snapshot.diagnostics,
    )


def _stamps(before: Ledger | None) -> dict[str, output.Stamp] | None:
    if before is None:
        return None
    return {path: output.Stamp(digest, size, time) for path, (digest, size, time) in before.outputs.items()}
