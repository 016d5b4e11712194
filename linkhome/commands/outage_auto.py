"""Look who is there, decide whether a company is down, and switch its outage on or off: safe in a scheduled job."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import structs

from ..config.schema import OutageEntry
from ..console import Console, plural
from ..diagnostics import Diagnostic, Exit, LinkhomeError, error, reason_of, warning
from ..outage import pasting, record, seen, telling
from ..outage.current import Current, current
from ..outage.decide import OTHERS, ROUNDS, Company, Decision, companies, decide
from ..outage.doors import Door, doors, look
from ..outage.links import links
from ..outage.place import Place, open_place
from ..outage.seen import Seen
from ..outage.times import written
from ..platforms.table import PLATFORMS
from .outage import BUILD
from .refresh import watching


class _Outcome(NamedTuple):
    """Hold what a run found and did; ``on``, ``off`` and ``renewed`` are outages as they are, or were."""

    asked: tuple[Seen, ...]
    on: tuple[Current, ...]
    off: tuple[Current, ...]
    renewed: tuple[Current, ...]
    known: tuple[Company, ...]
    diagnostics: tuple[Diagnostic, ...]


def run_auto(site: str | None, json: bool = False, quiet: bool = False, console: Console | None = None) -> Exit:
    """Add a round to the journal and do what it says; mostly that is nothing.

    Two at the same time do no harm: each adds its round, one writes after the other.
    """
    console = console or Console(quiet=quiet)
    place = open_place(site)
    place.outages(time.time())  # a damaged file is told before anybody is asked
    chosen = doors(place.config.site)
    now = time.time()
    with watching(place.config, console) as client:
        with console.working("Asking front doors"):
            look(chosen, client)
        asked = client.seen(now)
    outcome = _settled(place, asked, now)
    found = (*place.diagnostics, *_about(chosen), *outcome.diagnostics)
    if json:
        console.json(_summary(place, outcome, now) | {"diagnostics": telling.dicts(found)})
        return Exit.FINE
    console.report(found)
    _tell(console, place, outcome, now)
    return Exit.FINE


def _settled(place: Place, asked: Sequence[Seen], now: float) -> _Outcome:
    """Write the round into the journal, decide, and write what that changes."""
    with record.held(place.project):
        journal = seen.load(place.journal)
        seen.add(journal, asked, now)
        try:
            seen.save(place.journal, journal)
        except OSError as problem:
            reason = reason_of(problem)
            hint = "allow writing in the site's folder, or free some space"
            raise LinkhomeError(error(f"the journal cannot be written to .cache/: {reason}", hint=hint)) from None
        entries, found = record.load(place.project, place.config.languages)
        before = current(entries, now, place.zone)
        order = [one.known.slug for one in links(place.config.site)]
        decision = decide(journal.seen, before, now, journal.refused, order)
        after, on, renewed = _applied(entries, before, decision, place)
        if after != entries:
            record.save(place.project, after)
        outages = current(on, now, place.zone)
        left = pasting.lay(place.project, place.journal, [one for new in outages for one in place.texts(new)])[1]
        gone = [paste for old in decision.off for paste in place.texts(old)]
        left += pasting.clear(place.project, place.journal, gone)[1]
    found += telling.untouched(left)
    again = current(renewed, now, place.zone)
    return _Outcome(tuple(asked), outages, decision.off, again, companies(journal.seen, now), tuple(found))


def _applied(
    entries: Sequence[OutageEntry], before: Sequence[Current], decision: Decision, place: Place
) -> tuple[tuple[OutageEntry, ...], list[OutageEntry], list[OutageEntry]]:
    """Return the entries as they are to be, the new ones, and those with a new end.

    What this wrote earlier and is over goes; what somebody wrote by hand stays, whatever it says.
    """
    ends = {id(one.entry): structs.replace(one.entry, until=written(end, place.zone)) for one, end in decision.renew}
    ended = {id(one.entry) for one in decision.off}
    alive = {id(one.entry) for one in before}
    kept = [
        ends.get(id(entry), entry)
        for entry in entries
        if entry.by != "auto" or (id(entry) in alive and id(entry) not in ended)
    ]
    on = [
        OutageEntry(
            platform=one.slug, since=written(one.since, place.zone), until=written(one.until, place.zone), by="auto"
        )
        for one in decision.on
    ]
    return (*kept, *on), on, list(ends.values())


def _about(chosen: Sequence[Door]) -> list[Diagnostic]:
    """Return a warning when an outage of a company could never be told from trouble with our own line."""
    owners = [(door.platform and PLATFORMS[door.platform].owner) or door.host for door in chosen]
    lonely = sorted({one for one in owners if owners.count(one) > 1 and len(owners) - owners.count(one) < OTHERS})
    if not lonely:
        return []
    what = f"the site names too few other hosts to tell an outage of {lonely[0]} from trouble with your own line"
    return [warning(what, hint="add 'url' or links elsewhere; until then, switch it on by hand")]


def _tell(console: Console, place: Place, outcome: _Outcome, now: float) -> None:
    silent = [one for one in outcome.asked if one.code]
    if not outcome.asked:
        console.result("There is nobody to look at: the site links to no platform.")
    elif len(silent) == len(outcome.asked):
        console.result("Nobody could be reached: is this computer online? This round counts for nothing.")
    else:
        hosts = ", ".join(f"{one.host} ({one.code})" for one in silent)
        answered = "all answered" if not silent else f"no answer from {hosts}"
        console.result(f"Asked {plural(len({one.host for one in outcome.asked}), 'front door')}: {answered}.")
    for outage in outcome.on:
        console.result(f"{outage.owner} is down. {telling.sentence(place, outage, now)}")
        console.result(f"The texts to paste are in {pasting.FOLDER}/.")
    for outage in outcome.renewed:
        console.result(f"{outage.owner} is still down: {outage.name} stays marked until {outage.entry.until}.")
    for outage in outcome.off:
        console.result(f"{outage.owner} is back: {outage.name} is marked no longer.")
    down = {one.owner for one in place.outages(now)}
    for company in outcome.known:
        if company.owner not in down and company.down.count:
            since = written(company.down.first, place.zone)
            rounds = plural(company.down.count, "round")
            console.result(
                f"{company.owner} seems to be down: {rounds} since {since}. That is not enough to be sure yet."
            )
        if company.owner not in down and company.alone.count >= ROUNDS:
            console.result(_alone(company, place))
    if outcome.on or outcome.off or outcome.renewed:
        console.result(BUILD)


def _alone(company: Company, place: Place) -> str:
    """Return what is said of a single platform that has not answered for a while."""
    slug = company.rounds[-1].failed[0]
    what = f"{telling.names([slug])} has not answered since {written(company.alone.first, place.zone)}."
    advice = f"A platform alone is never switched on automatically: if it is down, run 'linkhome outage on {slug}'."
    return f"{what} {advice}"


def _summary(place: Place, outcome: _Outcome, now: float) -> dict[str, object]:
    return {
        "ok": True,
        "asked": [{"host": one.host, "platform": one.platform, "problem": one.code} for one in outcome.asked],
        "on": [telling.row(place, one, now) for one in outcome.on],
        "off": [telling.row(place, one, now) for one in outcome.off],
        "renewed": [telling.row(place, one, now) for one in outcome.renewed],
        "companies": [telling.company_row(one) for one in outcome.known],
    }
