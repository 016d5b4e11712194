"""Build the site: options in, a report and an exit code out."""

from __future__ import annotations

import os
import time
from typing import Any, NamedTuple

from ..console import Console, plural
from ..diagnostics import Diagnostic, Exit, LinkhomeError, Severity, Span, error, in_order
from ..project import Project, find


class Options(NamedTuple):
    """What the command line said; the defaults are those of a bare ``linkhome build``."""

    site: str | None = None
    out: str | None = None
    theme: str | None = None
    strict: bool = False
    json: bool = False
    quiet: bool = False


class Outcome(NamedTuple):
    """What came of a build: how many pages and files the site has, and how many of those are new."""

    pages: int
    files: int
    new: int
    removed: int
    unchanged: int
    build: str
    diagnostics: tuple[Diagnostic, ...]


def run(options: Options, console: Console | None = None) -> Exit:
    """Build the site, or find that it is built already, and tell."""
    console = console or Console(quiet=options.quiet)
    started = time.perf_counter()
    out = options.out or ""
    try:
        project = find(options.site, options.out)
        out = _as_seen(project.out)
        outcome = built(project, options, console)
    except LinkhomeError as problem:
        if not options.json:
            raise
        console.json(_summary(out, None, problem.diagnostics))
        return problem.code
    if options.json:
        console.json(_summary(out, outcome, outcome.diagnostics))
        return Exit.FINE
    console.report(outcome.diagnostics)
    if outcome.new or outcome.removed:
        others = plural(outcome.files - outcome.pages, "other file")
        seconds = time.perf_counter() - started
        console.result(f"Built {plural(outcome.pages, 'page')} and {others} into {out} in {seconds:.2f} s.")
        console.result(f"To see it, open {out}index.html in your browser.")
    else:
        console.result(f"Nothing has changed; {out} is up to date.")
    return Exit.FINE


def built(project: Project, options: Options, console: Console) -> Outcome:
    """Build the site unless it is built already, and return what came of it.

    Raises:
        LinkhomeError: with every mistake of the site; the old one stays.
    """
    from .. import ledger

    known = ledger.load(project, options.theme)
    if known and ledger.still_true(known, project, ledger.build_time()):
        found = tuple(_restored(d) for d in known.diagnostics)
        _refuse_warnings(options, found)
        files = len(known.outputs)
        return Outcome(len(known.pages), files, 0, 0, files, known.build, found)

    from ..publish import publish
    from .schema import restore_for_editors

    with console.working("Building") as working:
        published = publish(project, options.theme, known, lambda found: _refuse_warnings(options, found), working.say)
    restore_for_editors(project)
    return Outcome(*published)


def _refuse_warnings(options: Options, found: tuple[Diagnostic, ...]) -> None:
    if options.strict and any(one.severity is not Severity.NOTE for one in found):
        raise LinkhomeError((*found, error("nothing was written: --strict lets no warning pass")))


def _restored(kept: Any) -> Diagnostic:
    severity, message, span, hint, source = kept
    return Diagnostic(Severity(severity), message, Span(*span) if span else None, hint, source)


def _as_seen(folder: os.PathLike[str]) -> str:
    """Return the folder as somebody who stands here would name it, with a slash at its end."""
    path = os.fspath(folder)
    try:
        near = os.path.relpath(path)
    except ValueError:  # another drive
        near = path
    return (path if near.startswith("..") else near).replace(os.sep, "/").rstrip("/") + "/"


def _summary(out: str, outcome: Outcome | None, found: tuple[Diagnostic, ...]) -> dict[str, object]:
    made = outcome or Outcome(0, 0, 0, 0, 0, "", ())
    return {
        "ok": outcome is not None,
        "out": out,
        "pages": made.pages,
        "files": made.files,
        "new": made.new,
        "removed": made.removed,
        "unchanged": made.unchanged,
        "build": made.build,
        "diagnostics": [d.as_dict() for d in in_order(found)],
    }
