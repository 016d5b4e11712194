"""Read a date or a duration as strangers write it: dates come out as ISO 8601 says, durations in seconds."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

#: Longer texts are no dates.
_LONGEST = 64


def iso(text: object) -> str:
    """Return a day (``2026-11-14``) or a moment to the second with its offset (``2026-11-14T09:30:00+01:00``).

    Read are ISO 8601, the form of e-mail (RFC 5322, section 3.3, which RSS uses), seconds since 1970, and
    ``2026/1/31 14:33:00``. A moment without an offset is taken for UTC. Nothing for all else, and for years in
    which there was no such page.
    """
    if isinstance(text, int | float) and not isinstance(text, bool):
        return _written(_counted(text))
    if not isinstance(text, str) or not 8 <= len(text.strip()) <= _LONGEST:
        return ""
    plain = text.strip()
    try:
        found = datetime.fromisoformat(plain.replace("/", "-") if plain[:4].isdigit() else plain)
    except ValueError:
        return _written(_mailed(plain))
    return found.date().isoformat() if len(plain) <= 10 and 1980 <= found.year <= 2100 else _written(found)


def instant(text: str) -> datetime:
    """Return a date that `iso` wrote as a moment that can be compared."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def seconds(text: str) -> float:
    """Return a duration that is written as ``1:02:03``, ``62:03`` or ``3723`` in seconds; 0 for all else."""
    parts = text.strip().split(":")
    if not 1 <= len(parts) <= 3 or not all(re.fullmatch(r"\d{1,6}(?:\.\d{1,9})?", part, re.ASCII) for part in parts):
        return 0
    total = 0.0
    for part in parts:
        total = total * 60 + float(part)
    return float(int(total)) if total < 360_000 else 0


def _counted(seconds: float) -> datetime | None:
    if not 0 < seconds < 5e9:
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(seconds))


def _mailed(text: str) -> datetime | None:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return _slashed(text)


def _slashed(text: str) -> datetime | None:
    """Read ``2020/1/10 14:33:00``."""
    day, _, rest = text.replace("/", "-").partition(" ")
    parts = day.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    year, month, date = (int(part) for part in parts)
    try:
        return datetime.fromisoformat(f"{year:04}-{month:02}-{date:02} {rest or '00:00'}")
    except ValueError:
        return None


def _written(found: datetime | None) -> str:
    if found is None or not 1980 <= found.year <= 2100:
        return ""
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return aware.replace(microsecond=0).isoformat().replace("+00:00", "Z")
