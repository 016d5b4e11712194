"""Remember between refreshes what is of no use to anybody else: when each address was asked, and how it went.

It lies in ``.cache/embeds.json`` and may be lost at any time: that costs a few requests. Every function of time takes
``now`` in seconds since 1970, so that a test can live through a month.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct, field

from .. import durable
from .record import Owner, Record

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
#: How long an answer is good, by what was asked; a card without a picture may get one soon.
LIVES = {"card": 7 * DAY, "feed": HOUR, "live": 15 * MINUTE}
PICTURELESS = DAY
#: How long to stay away after the first, second, … failure in a row.
INTERVALS = (HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY)
#: Longer than this nobody is stayed away from, whatever the platform asked for.
LONGEST = 7 * DAY
#: So often, and over so long, must a platform say that it knows no such thing.
GONE_TIMES, GONE_SPAN = 3, 7 * DAY
GONE_AGAIN = DAY
#: An address that was due for so long was forgotten rather than waited for.
FORGOTTEN = 7 * DAY
#: A larger file is none of ours.
_LIMIT = 32 * 1024 * 1024


class Gone(Struct, frozen=True, omit_defaults=True):
    """Count the answers 404 and 410 in a row: how many, the first and the last."""

    count: int = 0
    first: float = 0.0
    last: float = 0.0


class Entry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of asking for one address. All times are seconds since 1970, 0 for never.

    ``checked`` is the last good answer (also: nothing new), ``tried`` the last attempt, ``since`` the first failure
    after the last good answer; ``code`` is for programs, ``why`` for the creator; ``held`` says why the last answer was
    held back; ``asks`` are the ETag and Last-Modified of each address that was asked.
    """

    checked: float = 0.0
    tried: float = 0.0
    next_try: float = 0.0
    fails: int = 0
    since: float = 0.0
    code: str = ""
    why: str = ""
    held: str = ""
    gone: Gone = Gone()
    asks: dict[str, tuple[str, str]] = field(default_factory=dict)


class State(Struct):
    """Every entry by the key of its copy (`keep.key`)."""

    entries: dict[str, Entry] = field(default_factory=dict)


def load(path: Path) -> State:
    """Return what the last refresh remembered; nothing when the file is missing, damaged or unreadable."""
    try:
        with path.open("rb") as file:
            return msgspec.json.decode(file.read(_LIMIT), type=State)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return State()


def save(path: Path, state: State) -> None:
    """Write what to remember; the folder is made if it is missing.

    Raises:
        OSError: it cannot be written; the file is as it was.
    """
    durable.make_folders(path.parent)
    durable.write_file(path, msgspec.json.format(msgspec.json.encode(state, order="sorted"), indent=1) + b"\n")


# ------------------------------------------------------------------ when to ask


def life(kind: str, pictured: bool = True) -> float:
    """Return for how many seconds an answer is good: ``card``, ``feed`` or ``live``."""
    lasts = LIVES.get(kind, LIVES["card"])
    return lasts if pictured else min(lasts, PICTURELESS)


def due(entry: Entry | None, now: float, max_age: float | None = None) -> bool:
    """Tell whether to ask now. ``max_age`` asks earlier for answers that are older than so many seconds.

    A failed address waits for its time all the same. Times that cannot be (somebody set the clock) count for nothing.
    """
    if entry is None or max(entry.checked, entry.tried) > now + MINUTE or entry.next_try > now + LONGEST + MINUTE:
        return True
    if now >= entry.next_try:
        return True
    return max_age is not None and not entry.fails and now - entry.checked >= max_age


def after_success(
    entry: Entry | None, now: float, life: float, asks: Mapping[str, tuple[str, str]] | None = None
) -> Entry:
    """Return the entry after a good answer, or one that said that nothing is new; what went wrong is forgotten."""
    known = entry.asks if entry else {}
    return Entry(checked=now, tried=now, next_try=now + life, asks=known | dict(asks or {}))


def after_failure(
    entry: Entry | None, now: float, code: str, why: str, *, wait: float = 0.0, gone: bool = False
) -> Entry:
    """Return the entry after no answer, or one that is worth nothing.

    ``wait`` is how many seconds the platform asked us to stay away. ``gone`` says that it answered 404 or 410: it is
    asked again in a day, for that proves nothing yet.
    """
    entry = entry or Entry()
    known = entry.gone
    if gone:
        known = Gone(known.count + 1, known.first or now, now)
    pause = GONE_AGAIN if gone else INTERVALS[min(entry.fails, len(INTERVALS) - 1)]
    return msgspec.structs.replace(
        entry,
        tried=now,
        next_try=now + max(pause, min(max(wait, 0.0), LONGEST)),
        fails=entry.fails + 1,
        since=entry.since or now,
        code=code,
        why=why,
        gone=known,
        held="",
    )


def after_held(entry: Entry | None, now: float, why: str) -> Entry:
    """Return the entry after an answer that was worse than the copy, and therefore held back.

    Conditional requests are forgotten: who accepts the answer, or hopes for a better one, must get it whole.
    """
    failed = after_failure(entry, now, "held", why)
    return msgspec.structs.replace(failed, held=why, gone=Gone(), asks={})


# ------------------------------------------------------------------ what to say


def is_gone(entry: Entry) -> bool:
    """Tell whether a platform said often enough, and over long enough, that it knows no such thing."""
    return entry.gone.count >= GONE_TIMES and entry.gone.last - entry.gone.first >= GONE_SPAN


def status(record: Record | None, entry: Entry | None, now: float) -> tuple[str, str]:
    """Return how a copy stands, in one word and one sentence for the creator.

    The word is ``fresh``, ``stale``, ``held``, ``link only``, ``gone?`` or ``owner``.
    """
    entry = entry or Entry()
    good = record.good if record else None
    if good is None and record and record.owner != Owner():
        return "owner", "only your own words; nothing of the platform is kept"
    if is_gone(entry):
        return "gone?", f"not found {entry.gone.count} times since {_day(entry.gone.first)}"
    if good is None:
        return "link only", f"nothing could be fetched yet: {entry.why}" if entry.why else "never fetched"
    if entry.held:
        return "held", f"an answer was refused, the copy stays: {entry.held}"
    if entry.fails:
        return "stale", f"since {_day(entry.since)}: {entry.why}"
    if not entry.checked:
        return "stale", f"last changed {good.fetched}, not asked from here yet" if good.fetched else "not asked yet"
    if now > entry.next_try + FORGOTTEN:
        return "stale", f"not asked since {_day(entry.checked)}"
    return "fresh", f"asked on {_day(entry.checked)}"


def _day(seconds: float) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    except (OverflowError, OSError, ValueError):
        return "an unknown day"
