"""Read plain values out of what a provider answered: texts, moments, whole lists. Pure, and never surprised."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec

#: A longer value is no name and no tag; it stays in the untouched answers.
LONGEST = 2000
_ODD = re.compile(r"[\x00-\x1f\x7f]+")
#: What is enough of an address to be worth keeping: one @ with something on both sides, nothing that needs quotes.
_EMAIL = re.compile(r"[^\s@,;<>()\"]{1,64}@[^\s@,;<>()\"]{1,255}")


def decoded(body: bytes) -> Any:
    """Return the JSON of an answer. Half a pair of surrogates, as cut-off names have, becomes a question mark.

    Raises:
        ValueError: it is no JSON.
    """
    body = body.removeprefix(b"\xef\xbb\xbf")
    try:
        return msgspec.json.decode(body)
    except RecursionError:
        raise ValueError("too deep") from None
    except msgspec.DecodeError as problem:
        if "surrogate" not in str(problem):
            raise ValueError("no JSON") from None
    import json  # forgives what few answers have

    try:
        return msgspec.json.decode(json.dumps(json.loads(body), ensure_ascii=False).encode("utf-8", "replace"))
    except (RecursionError, msgspec.DecodeError):
        raise ValueError("no JSON") from None


def at(record: Any, path: str) -> Any:
    """Return the value at a path such as ``data.items.0.name``, or None. ``""`` is the record itself.

    A step fits a key in any case if it does not fit as it is: providers let people name their own fields. ``*`` is what
    all things of a list have in common there, or None.
    """
    here, star, there = path.partition(".*.")
    if star:
        found = at(record, here)
        common = [at(one, there) for one in found] if type(found) is list else []
        return common[0] if common and all(one == common[0] for one in common) else None
    for step in path.split(".") if path else ():
        if type(record) is dict:
            found = record.get(step)
            if found is None and step not in record:
                low = step.lower()
                found = next((value for key, value in record.items() if type(key) is str and key.lower() == low), None)
            record = found
        elif type(record) is list and step.isdecimal() and int(step) < len(record):
            record = record[int(step)]
        else:
            return None
    return record


def text(value: Any) -> str:
    """Return a value as one line of text: empty for what is no text, number or truth."""
    if type(value) is str:
        if len(value) > LONGEST:
            return ""
        return value.strip() if value.isprintable() else _ODD.sub(" ", value).strip()
    if type(value) is bool:
        return "true" if value else "false"
    return str(value) if type(value) in (int, float) else ""


def first(record: Any, paths: Iterable[str]) -> str:
    """Return the text at the first path where there is one."""
    for path in paths:
        found = text(at(record, path))
        if found:
            return found
    return ""


def words(record: Any, paths: Iterable[str]) -> str:
    """Return a list of tags as one text, with commas: names, or things that have a name."""
    for path in paths:
        value = at(record, path)
        if type(value) is str:
            value = [part.strip() for part in value.split(",")]
        if type(value) is list and value:
            named = (text(one.get("name") or one.get("id")) if type(one) is dict else text(one) for one in value[:200])
            return ",".join(dict.fromkeys(name.replace(",", " ") for name in named if name))
    return ""


def moment(value: Any) -> str:
    """Return a moment as ``2026-01-01T10:00:00Z``, a day as ``2026-01-01``; empty for what is none of the two.

    Numbers are seconds since 1970, 0 is never. A time without a zone is UTC: that is what providers mean by it.
    """
    if type(value) is str:
        written = value.strip()
        if written.isdecimal() and len(written) > 8:
            value = int(written)
        else:
            return _written(written)
    if type(value) in (int, float) and value > 0:
        try:
            return f"{datetime.fromtimestamp(value, UTC):%Y-%m-%dT%H:%M:%SZ}"
        except (ValueError, OverflowError, OSError):
            return ""
    return ""


def _written(value: str) -> str:
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return ""
    if len(value) <= 10:
        return "" if found.year < 1971 else f"{found:%Y-%m-%d}"
    try:
        known = found.astimezone(UTC) if found.tzinfo else found
    except (ValueError, OverflowError):
        return ""
    return "" if known.year < 1971 else f"{known:%Y-%m-%dT%H:%M:%SZ}"


def email(value: Any) -> str:
    """Return an address as it is spelt, or nothing for what is no e-mail address."""
    found = text(value).removeprefix("mailto:")
    return found if _EMAIL.fullmatch(found) else ""


def key(address: str) -> str:
    """Return what two spellings of one address share: the case of letters never tells people apart."""
    return address.lower() if address.isascii() else unicodedata.normalize("NFC", address).lower()
