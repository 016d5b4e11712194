"""Read the creator's dates and print them; decide what is to be seen at the time of the build.

The clock is never asked here: the time of the build comes from the caller.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from .model import Moment, Window


def zone(name: str) -> tzinfo:
    """Return the time zone; `config` has checked that it exists."""
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def read(when: str, where: tzinfo) -> tuple[datetime, bool]:
    """Return the point in time that ``2026-12-01`` or ``2026-12-01 18:00`` means, and whether it names a time."""
    timed = len(when) > 10
    return datetime.fromisoformat(when.replace(" ", "T")).replace(tzinfo=where), timed


def moment(when: str, where: tzinfo, texts: dict[str, str]) -> Moment:
    """Print a date in the texts' language, with its parts for tickets."""
    at, timed = read(when, where)
    months, short = texts["months"].split(), texts["months_short"].split()
    parts = {
        "day": str(at.day),
        "month": months[at.month - 1] if len(months) == 12 else f"{at.month:02}",
        "month_short": short[at.month - 1] if len(short) == 12 else f"{at.month:02}",
        "year": str(at.year),
        "time": f"{at:%H:%M}" if timed else "",
    }
    weekdays = texts["weekdays"].split()
    return Moment(
        iso=at.isoformat(timespec="minutes") if timed else when,
        text=texts["date_time" if timed else "date"].format(**parts),
        day=parts["day"],
        month=parts["month_short"],
        year=parts["year"],
        time=parts["time"],
        weekday=weekdays[at.weekday()] if len(weekdays) == 7 else "",
    )


def bounds(since: str | None, until: str | None, where: tzinfo) -> tuple[float, float]:
    """Return both bounds in seconds since 1970, 0 for none; a day that is named as the last one is shown whole."""
    start = end = 0.0
    if since:
        start = read(since, where)[0].timestamp()
    if until:
        at, timed = read(until, where)
        end = (at if timed else at + timedelta(days=1)).timestamp()
    return start, end


def window(since: str | None, until: str | None, where: tzinfo, now: float) -> tuple[Window | None, bool, float]:
    """Decide what the build shows: (window, over, next change in seconds since 1970 or 0 for never).

    What is over is left out of the page; what is still to come is in it, hidden.
    """
    start, end = bounds(since, until, where)
    if not start and not end:
        return None, False, 0.0
    if end and now >= end:
        return None, True, 0.0
    early = bool(start) and now < start
    if not early and not end:
        return None, False, 0.0
    shown = Window(since=int(start * 1000) if early else 0, until=int(end * 1000), hidden=early)
    return shown, False, start if early else end
