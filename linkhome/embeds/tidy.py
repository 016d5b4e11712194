"""Turn values that strangers sent into clean ones: texts without markup, whole web addresses, seconds, shapes.

Every function takes anything and returns an empty value for what it cannot use.
"""

from __future__ import annotations

import math
import re
from urllib.parse import urljoin, urlsplit

from . import dates, links, record
from .markup import plain

#: How much of a text is looked at: cleaning is slower than cutting.
_LINE, _TEXT = 4_000, 40_000
#: Words that stand where an address should, when a program wrote down what it did not have.
_NO_ADDRESS = frozenset({"", "undefined", "null", "none", "false", "nan", "about:blank", "#"})
#: Marks of direction and width at either end of a text that only programs put there.
_EDGES = " \t\r\n\u200b\u200e\u200f\u00a0"
#: Shapes that people mean, when sizes come close to them.
_SHAPES = ((16, 9), (9, 16), (1, 1), (4, 3), (3, 4), (4, 5), (5, 4), (3, 2), (2, 3), (2, 1), (21, 9))
#: ISO 8601, section 5.5.2, with what is seen besides: no "T" (``P00H03M46S``), minutes before it (``P2M37S``).
_PERIOD = re.compile(r"P(?:(\d{1,3})D)?T?(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,7})(?:[.,]\d{1,9})?S)?", re.ASCII)
_COMMONS = re.compile(r"creativecommons\.org/(licenses|publicdomain)/([a-z-]{2,20})(?:/(\d\.\d))?", re.IGNORECASE)


def line(value: object, limit: int = record.LINE) -> str:
    """Return a text as one clean line: tags stripped, entities unescaped once, cut between words."""
    return record.line(plain(_text(value)[:_LINE]), limit).strip(_EDGES)


def paragraphs(value: object) -> str:
    """Return a text as clean lines, likewise."""
    return record.paragraphs(plain(_text(value)[:_TEXT])).strip(_EDGES)


def address(value: object, base: str) -> str:
    """Return a clean web address, made whole by ``base``, as it is: what is signed must not lose a parameter."""
    text = value.strip(_EDGES) if isinstance(value, str) else ""
    if text.lower() in _NO_ADDRESS or len(text) > record.ADDRESS:
        return ""
    try:
        return record.web_address(urljoin(base, text.replace(" ", "%20")))
    except ValueError:
        return ""


def page(value: object, base: str) -> str:
    """Return the address of a page, likewise, but without what only counts visits."""
    return links.address(address(value, base), "")


def picture(value: object, base: str) -> str:
    """Return the address of a picture; nothing for what is only called one."""
    found = address(value, base)
    return found if found and urlsplit(found).path not in ("", "/") else ""


def seconds(value: object) -> float:
    """Return a duration in whole seconds: numbers, ``1:02:03``, ``PT1H2M3S``. 0 when it is none, or 100 hours."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(int(value)) if 0 < value < 360_000 else 0
    text = value.strip().upper() if isinstance(value, str) else ""
    found = _PERIOD.fullmatch(text)
    if not found:
        return dates.seconds(text)
    days, hours, minutes, rest = (int(part or 0) for part in found.groups())
    total = ((days * 24 + hours) * 60 + minutes) * 60 + rest
    return float(total) if total < 360_000 else 0


def pixels(value: object) -> int:
    """Return a size that is a number, or written as one (``480``, ``480px``); 0 for percentages and all else."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value) if 0 < value < 100_000 else 0
    text = value.strip().lower().removesuffix("px") if isinstance(value, str) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 5 else 0


def aspect(width: object, height: object) -> str:
    """Return the shape of a size, ``16:9``; of one that is nearly a common shape that one."""
    across, down = pixels(width), pixels(height)
    if not across or not down:
        return ""
    for wide, high in _SHAPES:
        if abs(across * high / (down * wide) - 1) < 0.025:
            return f"{wide}:{high}"
    common = math.gcd(across, down)
    return record.ratio(f"{across // common}:{down // common}")


def license_of(value: object) -> str:
    """Return the name of a licence; of an address of Creative Commons the short name: ``CC BY-SA 4.0``."""
    text = value.strip() if isinstance(value, str) else ""
    found = _COMMONS.search(text[:300])
    if found and found[1].lower() == "licenses":
        return f"CC {found[2].upper()} {found[3] or ''}".strip()
    if found:
        return "CC0" if found[2].lower() == "zero" else "Public domain"
    return line(text, record.NAME)


def words(value: object, limit: int) -> str:
    """Return the beginning of a text as one line, in place of a title."""
    return record.line(_text(value)[:_LINE], limit)


def _text(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15:
        return str(value)
    return value if isinstance(value, str) else ""
