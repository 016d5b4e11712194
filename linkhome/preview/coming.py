"""Say what of a site the studio can play with: which platforms it uses, and when it will look different."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo

import msgspec
from msgspec import Struct

from ..config import schema
from ..config.load import Config, text_in
from ..content.moments import bounds, zone
from ..outage.links import links
from ..platforms import recognise

#: So many changes are offered, the next ones; nobody reads a longer list.
MOST = 12
#: How `datetime-local` fields of browsers write a time.
FIELD = "%Y-%m-%dT%H:%M"


class Change(Struct, frozen=True):
    """Say what comes or goes, and when: in seconds since 1970, and as a field of a form has it in the site's zone.

    ``how`` is ``comes`` or ``goes``.
    """

    at: float
    local: str
    what: str
    how: str


class Used(Struct, frozen=True):
    """Hold a platform that the site links to, whose it is, and how many links lead there."""

    slug: str
    name: str
    owner: str
    links: int


class Coming(Struct, frozen=True):
    """Hold what the studio offers: platforms, those with most links first, and the next changes."""

    zone: str = "UTC"
    platforms: tuple[Used, ...] = ()
    changes: tuple[Change, ...] = ()


def coming(config: Config, outages: Iterable[schema.OutageEntry], now: float) -> Coming:
    """Return what a site holds for the studio; ``now`` is in seconds since 1970."""
    where = zone(config.site.timezone)
    found = {(one.at, one.what, one.how): one for one in _changes(config, outages, where) if one.at > now}
    changes = tuple(found[key] for key in sorted(found))[:MOST]
    return Coming(config.site.timezone, _platforms(config.site), changes)


def moment(text: str, where: tzinfo) -> float:
    """Return the seconds since 1970 that ``2026-12-01T18:00`` means in a zone; one with a zone of its own keeps it.

    Raises:
        ValueError: it is no time, or one outside of what calendars of programs can bear.
    """
    if len(text) > 40:
        raise ValueError("too long")
    at = datetime.fromisoformat(text)
    if not 1971 <= at.year <= 9000:
        raise ValueError("too far away")
    return (at if at.tzinfo else at.replace(tzinfo=where)).timestamp()


def local(at: float, where: tzinfo) -> str:
    """Return a point in time as a field of a form has it."""
    return datetime.fromtimestamp(at, UTC).astimezone(where).strftime(FIELD)


def _platforms(site: schema.Site) -> tuple[Used, ...]:
    found: dict[str, Used] = {}
    for one in links(site):
        known = one.known
        if known.slug and known.name:
            before = found.get(known.slug) or Used(known.slug, known.name, known.owner, 0)
            found[known.slug] = msgspec.structs.replace(before, links=before.links + 1)
    return tuple(sorted(found.values(), key=lambda used: (-used.links, used.name.casefold())))


def _changes(config: Config, outages: Iterable[schema.OutageEntry], where: tzinfo) -> Iterator[Change]:
    for since, until, what in (*_scheduled(config.site.home, config), *_of(outages)):
        start, end = bounds(since, until, where)
        if start:
            yield Change(start, local(start, where), what, "comes")
        if end:
            yield Change(end, local(end, where), what, "goes")


def _of(outages: Iterable[schema.OutageEntry]) -> Iterator[tuple[str | None, str | None, str]]:
    return ((one.since, one.until, one.platform) for one in outages)


def _scheduled(value: object, config: Config) -> Iterator[tuple[str | None, str | None, str]]:
    """Walk through all that was written, so that a new block needs nothing here."""
    if isinstance(value, (list, tuple)):
        for one in value:
            yield from _scheduled(one, config)
    elif isinstance(value, Struct):
        what = _name(value, config)
        if isinstance(value, schema.Scheduled) and (value.from_ or value.until):
            yield value.from_, value.until, what
        elif isinstance(value, schema.Event):
            yield None, value.end or value.date, what
        for name in value.__struct_fields__:
            yield from _scheduled(getattr(value, name), config)


def _name(value: Struct, config: Config) -> str:
    """Return what the creator calls a thing: its title, else its address, else its type."""
    kind = str(getattr(value, "type", ""))
    if title := text_in(getattr(value, "title", None), config.languages[0], config.languages):
        return title
    address = getattr(value, "url", None) or (getattr(value, kind, None) if kind else None)
    return recognise(address).label if isinstance(address, str) and address else kind
