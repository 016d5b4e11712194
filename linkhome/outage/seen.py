"""Keep the journal of who answered when: ``.cache/seen.json``, from which an outage is decided.

It holds hosts, never whole addresses, and it may be lost at any time: then the next rounds begin it anew. One run of
``refresh`` or ``outage auto`` is a round; all that it saw has the same time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct, field

from .. import durable

DAY = 86_400.0
#: For so long, and so many at most, observations are kept.
LASTS = 14 * DAY
MOST = 5_000
#: A clock may go wrong by so much between two machines; what lies further ahead cannot have been seen.
AHEAD = 60.0
#: A larger file is none of ours.
_LIMIT = 4 * 1024 * 1024
_LONGEST = 253

#: What went wrong, as `FetchError` calls it, in the two families that an outage can belong to.
FAMILIES = {"dns": "network", "connect": "network", "slow": "network", "reset": "network", "tls": "network"} | {
    "5xx": "server"
}


class Seen(Struct, frozen=True, array_like=True):
    """Hold one observation: when (seconds since 1970), which host, whose it is, and how it failed.

    ``platform`` is a slug, empty for a host of nobody whom linkhome knows; ``owner`` is the company, or the host where
    there is none. ``code`` is one of `FAMILIES`, empty when there was an answer: 403, 429 and a wall are answers, too.
    """

    at: float
    host: str
    platform: str
    owner: str
    code: str


class Journal(Struct, kw_only=True, omit_defaults=True):
    """Hold what is remembered between runs.

    ``refused`` says by company when somebody switched its outage off by hand; ``texts`` has the SHA-256 of each text
    that was written to ``outage/``, by its name, so that only what nobody changed is ever removed.
    """

    seen: list[Seen] = field(default_factory=list)
    refused: dict[str, float] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


def load(path: Path) -> Journal:
    """Return the journal; an empty one when the file is missing, damaged or unreadable."""
    try:
        with path.open("rb") as file:
            found = msgspec.json.decode(file.read(_LIMIT), type=Journal)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return Journal()
    found.seen = [one for one in found.seen if _is_ours(one)]
    return found


def save(path: Path, journal: Journal) -> None:
    """Write the journal; the folder is made if it is missing.

    Raises:
        OSError: it cannot be written; the file is as it was.
    """
    durable.make_folders(path.parent)
    durable.write_file(path, msgspec.json.encode(journal, order="sorted") + b"\n")


def add(journal: Journal, fresh: Iterable[Seen], now: float) -> None:
    """Add the observations of a round, and forget what is too old, too much or from a future that never was."""
    known = [one for one in (*journal.seen, *fresh) if now - LASTS <= one.at <= now + AHEAD]
    journal.seen = _newest(sorted(known, key=lambda one: one.at))
    journal.refused = {owner: at for owner, at in journal.refused.items() if now - LASTS <= at <= now + AHEAD}


def _newest(known: Sequence[Seen]) -> list[Seen]:
    """Return as many of the newest as are kept, and of each platform its last answer, however long ago that was."""
    if len(known) <= MOST:
        return list(known)
    last = {one.platform: number for number, one in enumerate(known) if one.platform and not one.code}
    spared = sorted(last.values())[:MOST]
    room = MOST - len(spared)
    others = [number for number in range(len(known)) if number not in set(spared)]
    return [known[number] for number in sorted([*spared, *(others[-room:] if room else [])])]


def _is_ours(one: Seen) -> bool:
    return bool(one.host) and len(one.host) <= _LONGEST and (not one.code or one.code in FAMILIES)
