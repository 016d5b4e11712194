"""Say in sentences, and in rows for programs, what is down and who was seen when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo

from ..config.words import listed
from ..console import plural
from ..diagnostics import Diagnostic, warning
from ..platforms.table import PLATFORMS
from .current import Current
from .decide import Company, How
from .place import Place
from .times import ago, written

_STATES = {
    How.WELL: "well",
    How.GLIMPSE: "well",
    How.DOWN: "down",
    How.HINT: "unclear",
    How.MIXED: "unclear",
    How.UNLIKE: "unclear",
}


def sentence(place: Place, outage: Current, now: float) -> str:
    """Return one line about an outage."""
    when = "down since" if outage.is_on(now) else "will be down from"
    until = f" until {outage.entry.until}" if outage.entry.until else ""
    of = f" ({outage.owner})" if outage.owner not in ("", outage.name) else ""
    how = "automatically" if outage.entry.by == "auto" else "by hand"
    marked = plural(len(place.links(outage)), "link")
    return f"{outage.name}{of}: {when} {outage.entry.since}{until}, switched on {how}; {marked} of the site marked."


def row(place: Place, outage: Current, now: float) -> dict[str, object]:
    """Return what there is to say of an outage, for programs."""
    return {
        "platform": outage.slug,
        "name": outage.name,
        "owner": outage.owner,
        "on": outage.is_on(now),
        "since": outage.entry.since,
        "until": outage.entry.until,
        "note": outage.entry.note,
        "by": outage.entry.by,
        "links": [one.address for one in place.links(outage)],
    }


def company(one: Company, now: float, zone: tzinfo) -> str:
    """Return one line about a company: when something of it was asked last, and how that went."""
    if not one.rounds:
        return f"{one.owner}: never answered from here; that may be a block here, and counts for nothing"
    last = one.rounds[-1]
    when = ago(now - last.at)
    if not last.failed:
        return f"{one.owner}: answered {when}"
    failed = f"{one.owner}: {names(last.failed)} did not answer {when}"
    if last.how is How.MIXED:
        return f"{failed}, others did"
    if one.down.count:
        return f"{failed}; {_row(one.down.count)} since {written(one.down.first, zone)}"
    if one.alone.count:
        return f"{failed}; {_row(one.alone.count)} since {written(one.alone.first, zone)}"
    return failed


def company_row(one: Company) -> dict[str, object]:
    """Return what there is to say of a company, for programs; times are in UTC."""
    last = one.rounds[-1] if one.rounds else None
    return {
        "company": one.owner,
        "platforms": list(one.platforms),
        "state": _STATES[last.how] if last else "unknown",
        "asked": _iso(last.at) if last else None,
        "failed": list(last.failed) if last else [],
        "down_rounds": one.down.count,
        "down_since": _iso(one.down.first) if one.down.count else None,
    }


def names(slugs: Iterable[str]) -> str:
    """Return the names of platforms, for a sentence."""
    return listed(PLATFORMS[slug].name if slug in PLATFORMS else slug for slug in slugs)


def untouched(files: Sequence[str]) -> list[Diagnostic]:
    """Return a warning for texts that somebody changed, which stay as they are."""
    if not files:
        return []
    were = "was changed by hand and stays as it is" if len(files) == 1 else "were changed by hand and stay as they are"
    return [warning(f"{listed(files)} {were}", hint="remove it yourself when it is of no use any more")]


def dicts(found: Iterable[Diagnostic]) -> list[dict[str, object]]:
    """Return findings as ``--json`` prints them."""
    return [one.as_dict() for one in found]


def _row(count: int) -> str:
    return "1 round" if count == 1 else f"{count} rounds in a row"


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
