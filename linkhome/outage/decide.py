"""Decide from what was seen whether a company is down. Pure: no clock, no network, no file.

One blocked fetch is no outage, and silence on our own line is none either. Therefore:

- A *round* is what one run saw. A platform fails in it when everything that was asked of it failed as in an outage:
  no name, no connection, no end, a broken answer, a wrong certificate (family ``network``), 5xx (``server``).
- A company is *down* in a round when at least two of its platforms, on two hosts, were asked and all of them failed in
  the same family, while at least two hosts of others answered. A platform that never answered from here does not
  count: it may be blocked here, and not be down.
- It is switched on after three such rounds in a row over at least 20 minutes, and off after three good ones over at
  least 30. A round in which some answered and some did not ends both rows, and so do six hours without a round.
- Only what this wrote itself is ever changed. Whoever switched it off by hand is believed until it answered again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import groupby

from msgspec import Struct

from .current import Current
from .seen import AHEAD, FAMILIES, LASTS, Seen

MINUTE, HOUR = 60.0, 3600.0
ROUNDS = 3
ON_AFTER, OFF_AFTER = 20 * MINUTE, 30 * MINUTE
#: A longer silence between two rounds, or since the last one, breaks a row.
GAP = 6 * HOUR
PLATFORMS = HOSTS = OTHERS = 2
#: How far ahead the end is written, and how near it must be to be written anew: a file that changes with every run
#: would be committed with every run.
AHEAD_BY, RENEWED_AT = 24 * HOUR, 12 * HOUR


class How(StrEnum):
    """Say what one round tells of a company."""

    WELL = "well"
    #: One platform answered, and nothing else was asked.
    GLIMPSE = "glimpse"
    DOWN = "down"
    #: One platform failed, and nothing else was asked.
    HINT = "hint"
    MIXED = "mixed"
    #: All failed, but not in the same way.
    UNLIKE = "unlike"


class Round(Struct, frozen=True):
    """Hold what one round tells of a company; ``failed`` are the slugs of its platforms that failed."""

    at: float
    how: How
    failed: tuple[str, ...] = ()


class Row(Struct, frozen=True):
    """Count rounds of one kind without a break: how many, the first and the last (seconds since 1970)."""

    count: int = 0
    first: float = 0.0
    last: float = 0.0

    def lasts(self, seconds: float) -> bool:
        """Tell whether there were enough, over so many seconds."""
        return self.count >= ROUNDS and self.last - self.first >= seconds


class Company(Struct, frozen=True):
    """Hold what the journal says of a company: every round that tells of it, and how the last ones went.

    ``down`` counts rounds in which all of it was down, ``well`` those in which it was well, ``alone`` those in which
    its only platform failed.
    """

    owner: str
    platforms: tuple[str, ...]
    rounds: tuple[Round, ...]
    down: Row
    well: Row
    alone: Row


class SwitchOn(Struct, frozen=True):
    """Tell to write an entry: the platform's slug, and its times in seconds since 1970."""

    slug: str
    owner: str
    since: float
    until: float


class Decision(Struct, frozen=True):
    """Hold what is to be done: entries to write, to take away, to give another end. Mostly nothing."""

    on: tuple[SwitchOn, ...] = ()
    off: tuple[Current, ...] = ()
    renew: tuple[tuple[Current, float], ...] = ()


def decide(
    seen: Iterable[Seen],
    outages: Sequence[Current],
    now: float,
    refused: Mapping[str, float] = {},
    order: Sequence[str] = (),
) -> Decision:
    """Return what is to be switched, from all observations and the ``outages`` that are not over.

    ``refused`` says by company when its outage was switched off by hand. ``order`` are the platforms in the order of
    the site: an entry names the first of them that failed.
    """
    on, off, renew = [], [], []
    marked = {one.owner for one in outages if one.owner}
    for company in companies(seen, now):
        for one in outages:
            if one.owner != company.owner or one.entry.by != "auto":
                continue
            if company.well.lasts(OFF_AFTER):
                off.append(one)
            elif company.down.count and one.until and not RENEWED_AT <= one.until - now <= AHEAD_BY + HOUR:
                renew.append((one, now + AHEAD_BY))
        if company.owner not in marked and company.down.lasts(ON_AFTER) and not _refused(company, refused):
            failed = company.rounds[-1].failed or company.platforms
            slug = min(failed, key=lambda one: (order.index(one) if one in order else len(order), one))
            on.append(SwitchOn(slug, company.owner, company.down.first, now + AHEAD_BY))
    return Decision(tuple(on), tuple(off), tuple(renew))


def companies(seen: Iterable[Seen], now: float) -> tuple[Company, ...]:
    """Return what the observations until ``now`` say of each company, in order of their names."""
    known = sorted((one for one in seen if now - LASTS <= one.at <= now + AHEAD), key=lambda one: one.at)
    together = [(at, list(group)) for at, group in groupby(known, key=lambda one: one.at)]
    found = []
    for owner in sorted({one.owner for one in known if one.platform}):
        rounds = tuple(_rounds(owner, together))
        found.append(
            Company(
                owner,
                tuple(sorted({one.platform for one in known if one.owner == owner and one.platform})),
                rounds,
                _row(rounds, now, (How.DOWN,), (How.HINT,)),
                _row(rounds, now, (How.WELL,), (How.GLIMPSE,)),
                _row(rounds, now, (How.HINT,), ()),
            )
        )
    return tuple(found)


def _rounds(owner: str, together: Iterable[tuple[float, Sequence[Seen]]]) -> Iterator[Round]:
    """Yield what each round tells of a company; nothing where it tells nothing."""
    met: set[str] = set()
    for at, group in together:
        mine = [one for one in group if one.owner == owner and one.platform]
        met |= {one.platform for one in mine if not one.code}
        mine = [one for one in mine if one.platform in met]
        if not mine:
            continue
        others = {one.host for one in group if one.owner != owner and not one.code}
        answered = {one.platform for one in mine if not one.code}
        failed = {one.platform for one in mine} - answered
        families = {FAMILIES.get(one.code, "") for one in mine if one.platform in failed}
        hosts = {one.host for one in mine if one.platform in failed}
        if not failed:
            yield Round(at, How.WELL if len(answered) >= PLATFORMS else How.GLIMPSE)
        elif answered:
            yield Round(at, How.MIXED, tuple(sorted(failed)))
        elif len(others) < OTHERS:
            continue  # nobody else could be reached: this may be our own line
        elif len(failed) < PLATFORMS or len(hosts) < HOSTS:
            yield Round(at, How.HINT, tuple(sorted(failed)))
        else:
            yield Round(at, How.DOWN if len(families) == 1 else How.UNLIKE, tuple(sorted(failed)))


def _row(rounds: Sequence[Round], now: float, counted: Collection[How], passed: Collection[How]) -> Row:
    """Return the row of rounds that lasts until now; those of ``passed`` neither count nor break it."""
    found: list[float] = []
    later = now
    for one in reversed(rounds):
        if later - one.at > GAP or one.how not in (*counted, *passed):
            break
        later = one.at
        if one.how in counted:
            found.append(one.at)
    return Row(len(found), found[-1], found[0]) if found else Row()


def _refused(company: Company, refused: Mapping[str, float]) -> bool:
    """Tell whether somebody switched it off by hand, and nothing of it answered since."""
    at = refused.get(company.owner)
    if at is None:
        return False
    return not any(one.at > at and one.how in (How.WELL, How.GLIMPSE, How.MIXED) for one in company.rounds)
