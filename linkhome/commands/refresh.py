"""Ask the platforms for what the site shows of them, and keep the answers that are better than what is there."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from ..console import Console
from ..diagnostics import Diagnostic, Exit, LinkhomeError, error, reason_of, warning
from ..embeds import keep, state
from ..embeds.record import DamagedError, NewerError
from ..embeds.wanted import Wanted
from .shelf import NOTHING, Shelf, held, open_shelf, row_of

if TYPE_CHECKING:
    from ..config.load import Config
    from ..embeds.refresh import Report, Row
    from ..outage.seen import Seen
    from ..outage.watch import Watching

_AGE = re.compile(r"(\d{1,5})\s*([smhdw]?)")
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


class Options(NamedTuple):
    """What the command line said."""

    site: str | None = None
    only: tuple[str, ...] = ()
    max_age: str | None = None
    strict: bool = False
    json: bool = False
    quiet: bool = False


def run(options: Options, console: Console | None = None) -> Exit:
    """Renew what is due, and tell. Platforms that fail are no failure, unless ``strict``."""
    console = console or Console(quiet=options.quiet)
    oldest = seconds_of(options.max_age)
    shelf = open_shelf(options.site)
    chosen = shelf.chosen(options.only)
    now = time.time()
    started = time.perf_counter()
    report, diagnostics = renewed(shelf, chosen, console, lambda: due(shelf, chosen, now, oldest))
    problems = [row for row in report.rows if row.renewed and row.renewed.problem and row.renewed.asked]
    missed = sum(row.renewed is None for row in report.rows)
    if options.json:
        console.json(_summary(shelf, chosen, report, diagnostics, now))
    else:
        console.report(diagnostics)
        _tell(console, report, len(chosen) - len(report.rows), time.perf_counter() - started)
    failed = bool(problems or missed or report.offline)
    return Exit.NETWORK if options.strict and failed else Exit.FINE


def due(shelf: Shelf, chosen: Sequence[Wanted], now: float, oldest: float | None) -> list[Wanted]:
    """Return what should be asked now: what is old enough, and what somebody lost or damaged since it was fetched."""

    def is_due(want: Wanted) -> bool:
        entry = shelf.known.entries.get(keep.key(want.address))
        if oldest == 0 or state.due(entry, now, oldest):
            return True
        try:
            return bool(entry and not entry.fails) and keep.load(shelf.project.saved, want.address) is None
        except NewerError:
            return False
        except DamagedError:
            return True
        except OSError:
            return False

    return [want for want in chosen if is_due(want)]


def renewed(
    shelf: Shelf,
    chosen: Sequence[Wanted],
    console: Console,
    which: Callable[[], Sequence[Wanted]] | None = None,
    accept: Collection[str] = (),
) -> tuple[Report, list[Diagnostic]]:
    """Ask about some addresses while nobody else does, with a bar on a terminal; return what came of it.

    ``which`` says which of them it is to be, and is asked once more when another refresh was waited for.

    Raises:
        LinkhomeError: another refresh is at work, or a copy cannot be written.
    """
    from ..embeds.refresh import Report, refresh
    from ..progress import Bar

    which = which or (lambda: chosen)
    diagnostics = list(shelf.diagnostics)
    if not which():
        return Report(()), diagnostics
    with held(shelf.project), watching(shelf.config, console) as client:
        shelf.known.entries = state.load(shelf.journal).entries
        waiting = which()
        began = time.time()
        try:
            with Bar(console, "Asking", len(waiting)) as bar:
                report = refresh(
                    waiting, shelf.project.saved, client, shelf.known, accept=accept, tell=bar.step, now=time.time()
                )
        except OSError as problem:
            where = f"{shelf.project.saved.name}/"
            reason = reason_of(problem)
            hint = "free some space or allow writing there, then refresh again"
            found = error(f"a copy cannot be written to {where}: {reason}; the older copies are untouched", hint=hint)
            raise LinkhomeError(found) from None
        finally:
            _remember(shelf, diagnostics)
            _note(shelf, client.seen(began), began, diagnostics)
            keep.sweep(shelf.project.saved)
    for row in report.rows:
        diagnostics += [warning(sentence) for sentence in (row.renewed.warnings if row.renewed else ())]
    return report, diagnostics


@contextmanager
def watching(config: Config, console: Console) -> Iterator[Watching]:
    """Give out a client that asks for this site, and notes who answers."""
    from ..embeds.net import Net
    from ..outage.watch import Watching

    site = config.site
    net = Net.from_environment()
    if net.is_double:
        console.complain("LINKHOME_TEST_INTERNET is set: nothing of the real internet is asked")
    client = Watching(site.embeds.agent or "", config.languages[0], site.url or "", net)
    with client:
        yield client


def _remember(shelf: Shelf, diagnostics: list[Diagnostic]) -> None:
    """Write what is known of each copy; when that fails only the next run asks more than it would need to."""
    try:
        state.save(shelf.journal, shelf.known)
    except OSError as problem:
        reason = reason_of(problem)
        diagnostics.append(warning(f"when the copies are due could not be noted in .cache/: {reason}"))


def _note(shelf: Shelf, fresh: Sequence[Seen], now: float, diagnostics: list[Diagnostic]) -> None:
    """Write into the journal of outages who answered and who did not: 'linkhome outage auto' decides from it."""
    from ..outage import record, seen
    from ..outage.place import journal_of

    if not fresh:
        return
    try:
        with record.held(shelf.project):
            path = journal_of(shelf.project)
            journal = seen.load(path)
            seen.add(journal, fresh, now)
            seen.save(path, journal)
    except LinkhomeError as problem:
        diagnostics += [warning(one.message, hint=one.hint) for one in problem.diagnostics]
    except OSError as problem:
        reason = reason_of(problem)
        diagnostics.append(warning(f"who answered could not be noted in .cache/: {reason}"))


def seconds_of(age: str | None) -> float | None:
    """Return ``12h``, ``30m``, ``2d`` in seconds.

    Raises:
        LinkhomeError: it is no such text.
    """
    if age is None:
        return None
    fits = _AGE.fullmatch(age.strip().lower())
    if not fits:
        raise LinkhomeError(error(f"'{age}' is no age", hint="write 30m, 12h, 2d, or 0 for everything"), Exit.USAGE)
    return float(fits[1]) * _UNITS[fits[2]]


def _addresses(number: int) -> str:
    return f"{number:,} address{'' if number == 1 else 'es'}"


def _tell(console: Console, report: Report, resting: int, seconds: float) -> None:
    if not report.rows:
        were = "was" if resting == 1 else "were"
        late = f"Nothing is due yet: {_addresses(resting)} {were} asked not long ago. '--max-age 0' asks all the same."
        console.result(late if resting else NOTHING)
        return
    if report.offline:
        console.result("Nobody could be reached: is this computer online? The copies stay as they are.")
        return
    asked = [row.renewed for row in report.rows if row.renewed and row.renewed.asked]
    failed = [row for row in report.rows if row.renewed and row.renewed.problem]
    for row in failed:
        if row.renewed and (row.renewed.asked or not row.want.told):
            console.talk(f"{row.key}: {row.renewed.problem}")
    if any(row.renewed and row.renewed.entry.held for row in failed):
        console.talk("An answer that was held back can be taken all the same: 'linkhome embeds accept KEY'.")
    kept = sum(bool(one.problem) for one in asked)
    missed = sum(row.renewed is None for row in report.rows)
    if not asked and not missed:
        console.result("Nobody was asked." if not resting else f"Nobody was asked: {resting} not due yet.")
        return
    parts = [f"Asked about {_addresses(len(asked))} in {seconds:.1f} s"]
    parts += [f"{sum(one.changed for one in asked)} new or better"]
    parts += [f"{kept} kept as {'it was' if kept == 1 else 'they were'}"] if kept else []
    parts += [f"{missed} not tried, first next time"] if missed else []
    parts += [f"{resting} not due yet"] if resting else []
    console.result(f"{parts[0]}: {', '.join(parts[1:])}.")


def _summary(
    shelf: Shelf, chosen: Sequence[Wanted], report: Report, diagnostics: Sequence[Diagnostic], now: float
) -> dict[str, object]:
    done = {row.key: row for row in report.rows}
    return {
        "ok": not any(row.renewed is None or (row.renewed.problem and row.renewed.asked) for row in report.rows),
        "offline": report.offline,
        "embeds": [row_of(shelf, want, now) | _came_of(done.get(keep.key(want.address))) for want in chosen],
        "diagnostics": [d.as_dict() for d in diagnostics],
    }


def _came_of(row: Row | None) -> dict[str, object]:
    if row is None or row.renewed is None:
        return {"asked": False, "changed": False, "problem": ""}
    return {"asked": row.renewed.asked, "changed": row.renewed.changed, "problem": row.renewed.problem}
