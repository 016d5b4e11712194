"""Read for how long a host wants to be left alone, in each of the ways in which hosts say it."""

from __future__ import annotations

import email.utils
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime

#: A host that wants to be left alone for longer, in seconds, is asked another time.
LONGEST = 120.0
_LEAST = 1.0
#: From here on a number is a moment and no duration: nobody is sent away for thirty years.
_MOMENTS = 1_000_000_000.0


def seconds_asked_for(headers: Mapping[str, str]) -> float:
    """Return for how many seconds a host wants to be left alone, at least one if it says so at all, else 0.

    ``headers`` have lower-case names. ``Retry-After`` holds seconds or a date (RFC 9110, 10.2.3),
    ``X-RateLimit-Reset`` seconds, a Unix time, or what Netlify was seen to send: ``2022-01-27 22:20:17 UTC``. Moments
    are compared with the host's own clock, as that of this machine may be wrong by years.
    """
    for name in ("retry-after", "x-ratelimit-reset"):
        written = headers.get(name, "").strip()
        if re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", written):
            number = float(written)
            return max(_LEAST, number - _now(headers) if number >= _MOMENTS else number)
        moment = _moment(written)
        if moment is not None:
            return max(_LEAST, moment - _now(headers))
    return 0.0


def _now(headers: Mapping[str, str]) -> float:
    return _moment(headers.get("date", "")) or time.time()


def _moment(written: str) -> float | None:
    try:
        return email.utils.parsedate_to_datetime(written).timestamp()
    except (ValueError, TypeError, OverflowError):
        pass
    try:
        return datetime.strptime(written, "%Y-%m-%d %H:%M:%S UTC").replace(tzinfo=UTC).timestamp()
    except (ValueError, OverflowError):
        return None
