"""Switch on by hand that a platform is down, switch it off again, and say how things stand."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from ..config.load import text_in
from ..config.schema import OutageEntry
from ..config.wrong import KindError
from ..console import Console, plural
from ..content.moments import bounds
from ..diagnostics import Diagnostic, Exit, LinkhomeError, error, warning
from ..outage import pasting, record, seen, telling
from ..outage.current import current
from ..outage.decide import companies
from ..outage.named import likely, platform_named
from ..outage.place import Place, open_place
from ..outage.times import FORMS, as_when, shortened
from ..platforms.table import PLATFORMS

if TYPE_CHECKING:
    from ..platforms.entry import Platform

BUILD = "Now run 'linkhome build', and publish."


class Options(NamedTuple):
    """What the command line said of ``outage on``."""

    platform: str
    since: str | None = None
    until: str | None = None
    note: str | None = None
    site: str | None = None
    json: bool = False
    quiet: bool = False


def run_on(options: Options, console: Console | None = None) -> Exit:
    """Write that a platform is down, and print what there is to paste. Once more, it changes what was written."""
    console = console or Console(quiet=options.quiet)
    platform = named(options.platform)
    place = open_place(options.site)
    now = time.time()
    with record.held(place.project):
        entries, found = record.load(place.project, place.config.languages)
        entry = _entry(options, platform.slug, _before(entries, platform.slug, now, place), now, place)
        (outage,) = current((entry,), now, place.zone)
        record.save(place.project, record.put(entries, entry))
        pastes, left = pasting.lay(place.project, place.journal, place.texts(outage))
    found += place.diagnostics
    concerned = place.links(outage)
    if not concerned:
        whose = f" or anything else of {outage.owner}" if outage.owner not in ("", outage.name) else ""
        found.append(warning(f"the site has no link to {outage.name}{whose}: only the banner will say that it is down"))
    if not place.config.site.url:
        found.append(warning("the texts cannot name your page", hint="add the key 'url' to linkhome.yaml"))
    found += telling.untouched(left)
    if options.json:
        rows, texts = [telling.row(place, outage, now)], [structs.asdict(one) for one in pastes]
        console.json({"ok": True, "outages": rows, "texts": texts, "diagnostics": telling.dicts(found)})
        return Exit.FINE
    console.report(found)
    console.result(telling.sentence(place, outage, now))
    for paste in pastes:
        console.result("", f"{paste.kind}, {paste.language} ({paste.file}):", "", *paste.text.splitlines())
    console.result("", BUILD)
    if not outage.until:
        console.talk(f"It stays on until you run 'linkhome outage off {outage.slug}'.")
    return Exit.FINE


def run_off(
    platform: str | None, site: str | None, json: bool = False, quiet: bool = False, console: Console | None = None
) -> Exit:
    """Take a platform off the list, or all; and the texts that were written for it, if nobody changed them."""
    console = console or Console(quiet=quiet)
    slug = named(platform).slug if platform else ""
    place = open_place(site)
    now = time.time()
    found: list[Diagnostic] = list(place.diagnostics)
    with record.held(place.project):
        try:
            entries, more = record.load(place.project, place.config.languages)
            found += more
        except LinkhomeError:
            if slug:
                raise
            entries = ()
            found.append(warning(f"{record.FILE} had mistakes; it is gone as a whole"))
        gone = [entry for entry in entries if not slug or record.is_of(entry, slug)]
        stay = [entry for entry in entries if entry not in gone]
        outages = current([_endless(entry) for entry in gone], now, place.zone)
        if gone or not slug:
            record.save(place.project, stay)
        refused = {one.owner: now for one in outages if one.owner}
        pastes = [paste for one in outages for paste in place.texts(one)]
        removed, left = pasting.clear(place.project, place.journal, pastes, refused)
    found += telling.untouched(left)
    if json:
        rows = [{"platform": one.slug, "name": one.name, "owner": one.owner} for one in outages]
        console.json(
            {"ok": True, "outages": rows, "removed": removed, "left": left, "diagnostics": telling.dicts(found)}
        )
        return Exit.FINE
    console.report(found)
    names = ", ".join(dict.fromkeys(one.name for one in outages))
    if not outages:
        console.result(
            f"{PLATFORMS[slug].name if slug in PLATFORMS else slug} was not on." if slug else "Nothing was on."
        )
        return Exit.FINE
    also = f" {plural(len(removed), 'text')} of {pasting.FOLDER}/ went with it." if removed else ""
    console.result(f"{names}: off.{also}", BUILD)
    return Exit.FINE


def run_status(site: str | None, json: bool, console: Console | None = None) -> Exit:
    """Say what is on, since when and by whom, which links that concerns, and who was seen lately."""
    console = console or Console()
    place = open_place(site)
    now = time.time()
    outages = place.outages(now)
    known = companies(seen.load(place.journal).seen, now)
    if json:
        rows = [telling.row(place, one, now) for one in outages]
        console.json({"outages": rows, "companies": [telling.company_row(one) for one in known]})
        return Exit.FINE
    if not outages:
        console.result("No platform is marked as down.")
    for outage in outages:
        console.result(telling.sentence(place, outage, now))
        console.result(*(f"  {one.address}" for one in place.links(outage)))
        if outage.entry.note:
            note = text_in(outage.entry.note, place.config.languages[0], place.config.languages)
            console.result(f"  note: {' '.join(note.split())}")
    if known:
        console.result("", "Seen lately:", *(f"  {telling.company(one, now, place.zone)}" for one in known))
    else:
        console.result("", "Nobody was looked at yet: 'linkhome outage auto' and 'linkhome refresh' do.")
    return Exit.FINE


def named(word: str) -> Platform:
    """Return the platform that the creator means.

    Raises:
        LinkhomeError: there is none of that name; the hint says which may be meant.
    """
    platform = platform_named(word)
    if platform:
        return platform
    of_company = [one.slug for one in PLATFORMS.values() if one.owner.casefold() == word.strip().casefold() != ""]
    hint = f"name one of its platforms, all are marked: {', '.join(of_company[:6])}" if of_company else ""
    near = likely(word)
    hint = hint or (f"did you mean '{near}'?" if near else "write it as in its address: instagram, youtube, x")
    found = error(f"linkhome knows no platform '{shortened(word)}'", hint=hint)
    raise LinkhomeError(found, Exit.USAGE)


def _entry(options: Options, slug: str, before: OutageEntry | None, now: float, place: Place) -> OutageEntry:
    """Return the entry that was asked for; what is not said stays as it was.

    Raises:
        LinkhomeError: a time cannot be read, or does not fit the other, or the note is too long.
    """
    since = _time("--since", options.since, now, place) or (before.since if before else None)
    until = _time("--until", options.until, now, place) or (before.until if before else None)
    entry = OutageEntry(platform=slug, since=since or as_when("now", now, place.zone), until=until)
    start, end = bounds(entry.since, entry.until, place.zone)
    if end and end <= max(start, now):
        what = f"before it begins ({entry.since})" if end <= start else "over already"
        raise LinkhomeError(error(f"'--until {entry.until}' is {what}", hint=FORMS), Exit.USAGE)
    try:
        note = record.clean_note(options.note) if options.note is not None else (before.note if before else None)
    except ValueError as problem:
        raise LinkhomeError(error(str(problem), hint="shorten it: it stands in the banner"), Exit.USAGE) from None
    return OutageEntry(platform=slug, since=entry.since, until=until, note=note or None)


def _before(entries: Sequence[OutageEntry], slug: str, now: float, place: Place) -> OutageEntry | None:
    """Return the entry of the platform that is not over, if there is one."""
    mine = [entry for entry in entries if record.is_of(entry, slug)]
    return next((one.entry for one in current(mine, now, place.zone)), None)


def _time(option: str, text: str | None, now: float, place: Place) -> str | None:
    if text is None:
        return None
    try:
        return as_when(text, now, place.zone)
    except KindError as problem:
        raise LinkhomeError(error(f"{option}: {problem.message}", hint=problem.hint or FORMS), Exit.USAGE) from None


def _endless(entry: OutageEntry) -> OutageEntry:
    """Return an entry that is not over: it had texts, too."""
    return OutageEntry(platform=entry.platform, since=entry.since, note=entry.note, by=entry.by)
