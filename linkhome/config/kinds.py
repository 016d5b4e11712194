"""Check and clean texts that must be more than text: colours, days, languages, addresses.

Each check takes the text as it was written and returns it as the site uses it, or raises `KindError`. The names
of `KINDS` are the ones that `schema` puts into the types.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ..diagnostics import did_you_mean
from .addresses import address, email, path, phone, web
from .identities import account, did, nostr, relay
from .nodes import shorten
from .redirects import onward, source
from .wrong import KindError

_COLOUR = re.compile("#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
_WHEN = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2}))?")
_LOOSE = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})(?:[T ]+([0-9]{1,2}):([0-9]{2}).*)?")
_LOOSE_BACKWARDS = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})(?:,? +([0-9]{1,2})[:.]([0-9]{2}).*)?")
_LANGUAGE = re.compile(
    "([A-Za-z]{2,3})(?:-([A-Za-z]{4}))?(?:-([A-Za-z]{2}|[0-9]{3}))?((?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*)"
)
_FOCUS = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,2})?)% +([0-9]{1,3}(?:\.[0-9]{1,2})?)%")
_SLUG = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_MATRIX = re.compile(r"[@#][^\s:/?#@]{1,200}:[A-Za-z0-9.-]{1,200}(?::[0-9]{1,5})?")
_ZONE = re.compile("[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NAMED_COLOURS = {
    "black": "#000000", "white": "#ffffff", "grey": "#808080", "gray": "#808080", "red": "#d32f2f", "orange": "#f57c00",
    "yellow": "#fbc02d", "green": "#388e3c", "blue": "#1976d2", "purple": "#7b1fa2", "pink": "#d81b60",
    "brown": "#795548", "teal": "#00796b", "navy": "#1a237e",
}  # fmt: skip
_NAMED_LANGUAGES = {
    "arabic": "ar", "chinese": "zh", "czech": "cs", "danish": "da", "dutch": "nl", "english": "en", "finnish": "fi",
    "french": "fr", "français": "fr", "german": "de", "deutsch": "de", "greek": "el", "hebrew": "he", "hungarian": "hu",
    "italian": "it", "italiano": "it", "japanese": "ja", "korean": "ko", "norwegian": "no", "polish": "pl",
    "polski": "pl", "portuguese": "pt", "português": "pt", "romanian": "ro", "russian": "ru", "spanish": "es",
    "español": "es", "swedish": "sv", "turkish": "tr", "ukrainian": "uk",
}  # fmt: skip


def colour(text: str) -> str:
    """Return a colour that is written ``#rgb`` or ``#rrggbb``."""
    text = text.strip(" ")
    if _COLOUR.fullmatch(text):
        return text
    if _COLOUR.fullmatch(f"#{text}"):
        hint = f'did you mean "#{text}"? (with the quotes)'
    elif text.lower() in _NAMED_COLOURS:
        hint = f'did you mean "{_NAMED_COLOURS[text.lower()]}"? (with the quotes)'
    else:
        hint = 'it looks like this: "#9A3B1F"'
    raise KindError(f"'{shorten(text)}' is not a colour", hint)


def when(text: str) -> str:
    """Return a day, or a day and a time, that exists in the calendar."""
    text = text.strip(" ")
    found = _WHEN.fullmatch(text)
    if not found:
        raise KindError(f"'{shorten(text)}' is not a day that can be read", _rewritten(text))
    year, month, day, hour, minute = (int(part or 0) for part in found.groups())
    if not 1000 <= year < 3000:
        raise KindError(f"'{text}' is a year that cannot be right", "a day looks like this: 2026-12-01")
    if not 1 <= month <= 12 or not 1 <= day <= _days(year, month):
        raise KindError(f"there is no day '{text[:10]}'", "a day is written year, month, day: 2026-12-01")
    if hour > 23 or minute > 59:
        raise KindError(f"there is no time '{text[11:]}'", "a time is written 18:00; midnight is 00:00 of the next day")
    return text


def _days(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 28 if month == 2 and not leap else _DAYS[month - 1]


def _rewritten(text: str) -> str:
    if found := _LOOSE.fullmatch(text):
        year, month, day, hour, minute = found.groups()
    elif found := _LOOSE_BACKWARDS.fullmatch(text):
        day, month, year, hour, minute = found.groups()
    else:
        return "it looks like this: 2026-12-01, or 2026-12-01 18:00"
    return f"did you mean '{year}-{month:0>2}-{day:0>2}{f' {hour:0>2}:{minute}' if hour else ''}'?"


def language(text: str) -> str:
    """Return a language tag in its usual spelling: ``de``, ``pt-BR``, ``zh-Hant``."""
    text = text.strip(" ")
    if found := _LANGUAGE.fullmatch(text):
        name, script, region, rest = found.groups()
        return "-".join(filter(None, (name.lower(), (script or "").title(), (region or "").upper()))) + rest.lower()
    if near := _NAMED_LANGUAGES.get(text.lower()):
        hint = f"did you mean '{near}'?"
    elif _LANGUAGE.fullmatch(text.replace("_", "-")):
        hint = f"did you mean '{language(text.replace('_', '-'))}'?"
    else:
        hint = "a language is written with its short name: en, de, pt-BR"
    raise KindError(f"'{shorten(text)}' is not a language", hint)


def zone(text: str) -> str:
    """Return the name of a time zone that this computer knows."""
    if text == "UTC":
        return text
    from zoneinfo import ZoneInfo, available_timezones

    try:
        if not _ZONE.fullmatch(text) or len(text) > 60:
            raise ValueError
        ZoneInfo(text)
    except (ValueError, KeyError, OSError):
        hint = did_you_mean(text[:60], sorted(available_timezones()), "it looks like this: Europe/Zurich")
        raise KindError(f"'{shorten(text)}' is not a time zone", hint) from None
    return text


def focus(text: str) -> str:
    """Return a point of a picture as two percentages."""
    text = text.strip(" ")
    found = _FOCUS.fullmatch(text)
    if not found or any(float(part) > 100 for part in found.groups()):
        hint = "write how far from the left and from the top it is: 40% 20%"
        raise KindError(f"'{shorten(text)}' is not a point of a picture", hint)
    return f"{found[1]}% {found[2]}%"


def matrix(text: str) -> str:
    """Return the Matrix address of a person or of a room (Matrix specification, appendix "Identifier grammar")."""
    text = text.strip(" ").removeprefix("https://matrix.to/#/")
    if _MATRIX.fullmatch(text):
        return text
    raise KindError(f"'{shorten(text)}' is not a Matrix address", 'it looks like this: "@lina:matrix.example"')


def slug(text: str) -> str:
    """Return the last part of an address: small letters, digits and hyphens."""
    if _SLUG.fullmatch(text) and text == text.lower() and len(text.encode()) <= 200:
        return text
    near = "-".join(re.findall(r"[^\W_]+", text.lower()))[:60]
    hint = f"did you mean '{near}'?" if near else "it looks like this: night-trains"
    raise KindError(f"'{shorten(text)}' cannot be part of an address", hint)


KINDS: dict[str, Callable[[str], str]] = {
    "account": account,
    "address": address,
    "colour": colour,
    "did": did,
    "email": email,
    "focus": focus,
    "language": language,
    "matrix": matrix,
    "nostr": nostr,
    "onward": onward,
    "path": path,
    "phone": phone,
    "relay": relay,
    "slug": slug,
    "source": source,
    "web": web,
    "when": when,
    "zone": zone,
}
