"""Take values out of the JSON that a platform sent, without believing any of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import structs

from .. import record
from ..entries import FIRST_WORDS, TEXT
from ..feed import chosen
from ..json_answer import Object, json_object, json_value
from ..markup import plain
from ..reading import Reading, Unusable

__all__ = [
    "Object",
    "about",
    "first_words",
    "inside",
    "json_object",
    "json_value",
    "line",
    "listed",
    "name",
    "number",
    "objects",
    "paragraphs",
    "text",
]

#: Things of a list that are looked at.
MOST = 100


def inside(found: Any, *names: str) -> Object:
    """Return the object at the end of a path of names; an empty one when there is none."""
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def objects(found: Any) -> list[Object]:
    """Return the objects of a list, at most `MOST`; none when it is no list."""
    return [one for one in found[:MOST] if isinstance(one, dict)] if isinstance(found, list) else []


def text(found: Any, *names: str) -> str:
    """Return the text at the end of a path of names (numbers, too), or nothing."""
    value = inside(found, *names[:-1]).get(names[-1])
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**20:
        return str(value)
    return value if isinstance(value, str) else ""


def number(found: Any, *names: str) -> float:
    """Return the number at the end of a path of names; 0 when there is none that a duration can be."""
    value = inside(found, *names[:-1]).get(names[-1])
    return float(int(value)) if isinstance(value, int | float) and 0 < value < 1e12 else 0


def line(found: Any, *names: str) -> str:
    """Return the text at the end of a path as one clean line without markup."""
    return record.line(plain(text(found, *names)[:3_000]))


def name(found: Any, *names: str) -> str:
    """Return the text at the end of a path as the name of somebody."""
    return record.line(plain(text(found, *names)[:1_000]), record.NAME)


def paragraphs(markup: str) -> str:
    """Return markup as clean plain lines, as many as a card of a list takes."""
    return record.paragraphs(plain(markup[:20_000]), TEXT)


def first_words(*texts: str) -> str:
    """Return the beginning of the first of these texts that has one, in place of a title."""
    return next((found for one in texts if (found := record.line(one, FIRST_WORDS))), "")


def listed(made: Iterable[Reading | None], whose: Reading | None = None) -> Reading:
    """Return the reading of a list: each thing once, newest first, with what is known of whose they are.

    Raises:
        Unusable: there is nothing in it (``empty``).
    """
    items = {item.url: item for item in made if item and item.url and (item.title or item.text)}
    if not items:
        raise Unusable("empty", "the list has nothing that could be shown")
    return structs.replace(whose or Reading(source="api"), items=chosen(tuple(items.values())))


def about(asked: str, *answered: str) -> None:
    """Check that an answer is about what was asked for; an empty id of either side fits.

    Raises:
        Unusable: it is about another thing (``other-thing``).
    """
    ids = [one for one in answered if one]
    if asked and ids and asked not in ids:
        raise Unusable("other-thing", "the answer is about another thing than the one that was asked for")
