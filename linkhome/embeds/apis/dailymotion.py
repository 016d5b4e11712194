"""Read what Dailymotion lists of somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..dates import iso
from ..links import picture
from ..reading import Reading
from . import values
from .values import Object

if TYPE_CHECKING:
    from ...platforms.asking import Ask
    from ..fetch import Answer


def films(answer: Answer, ask: Ask, address: str) -> Reading:
    """Return the films of somebody or of a playlist (api.dailymotion.com, ``fields=id,title,…``).

    Raises:
        Unusable: there are none.
    """
    return values.listed(_film(one) for one in values.objects(values.json_object(answer).get("list")))


def _film(one: Object) -> Reading | None:
    key = values.text(one, "id")
    if not (key.isascii() and key.isalnum()):
        return None
    sizes = ("thumbnail_1080_url", "thumbnail_720_url", "thumbnail_480_url", "thumbnail_360_url", "thumbnail_url")
    return Reading(
        source="api",
        url=f"https://www.dailymotion.com/video/{key}",
        kind="video",
        title=values.line(one, "title"),
        text=values.paragraphs(values.text(one, "description")),
        author=values.name(one, "owner.screenname"),
        published=iso(one.get("created_time")),
        image=next((found for size in sizes if (found := picture(one.get(size), ""))), ""),
        duration=values.number(one, "duration"),
        sensitive=one.get("explicit") is True,
    )
