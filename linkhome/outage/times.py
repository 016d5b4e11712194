"""Read the times that a creator types, and write times as ``outage.yaml`` has them: in the zone of the site."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

from ..config.kinds import when
from ..config.wrong import KindError

_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_FROM_NOW = re.compile(r"([+-]) *([0-9]{1,4}) *([mhd])")
_UNITS = {"m": 60.0, "h": 3600.0, "d": 86_400.0}

#: What can be typed, for a sentence.
FORMS = "write 2026-11-22 14:00, 14:00 for today, +6h, or now"


def as_when(text: str, now: float, zone: tzinfo) -> str:
    """Return ``2026-11-22 14:00``, ``14:00``, ``+6h``, ``-30m``, ``now`` as the file has it; a day stays a day.

    ``now`` is in seconds since 1970; what is counted is counted from it.

    Raises:
        KindError: it is none of these, or no time that there is.
    """
    plain = text.strip()
    if plain.lower() == "now":
        return written(now, zone)
    if fits := _FROM_NOW.fullmatch(plain.lower()):
        ahead = float(fits[2]) * _UNITS[fits[3]]
        return written(now + (ahead if fits[1] == "+" else -ahead), zone)
    if fits := _CLOCK.fullmatch(plain):
        return when(f"{datetime.fromtimestamp(now, zone):%Y-%m-%d} {fits[1]:0>2}:{fits[2]}")
    if not plain[:1].isdigit():
        raise KindError(f"'{shortened(plain)}' is no time", FORMS)
    return when(re.sub("(?<=[0-9])[Tt](?=[0-9])", " ", plain))


def written(at: float, zone: tzinfo) -> str:
    """Return a point in time (seconds since 1970) as the file has it, to the minute."""
    return f"{datetime.fromtimestamp(at, zone):%Y-%m-%d %H:%M}"


def shortened(text: str) -> str:
    """Return what somebody typed, short enough for a sentence."""
    plain = "".join(one if one.isprintable() else "?" for one in text)
    return plain if len(plain) <= 40 else f"{plain[:39]}…"


def ago(seconds: float) -> str:
    """Return how long ago something was, in words."""
    for size, noun in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= 1.5 * size:
            return f"{round(seconds / size)} {noun}s ago"
    return "just now"
