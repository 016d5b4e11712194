"""Read what Deezer lists: the albums of an artist, the pieces of a playlist, the episodes of a podcast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..dates import iso
from ..links import address as clean
from ..links import picture
from ..reading import Reading
from . import values
from .values import Object

if TYPE_CHECKING:
    from ...platforms.asking import Ask
    from ..fetch import Answer

_KINDS = frozenset({"album", "track", "playlist", "podcast", "episode"})
_COVERS = ("cover_xl", "cover_big", "picture_xl", "picture_big", "cover_medium", "cover")


def records(answer: Answer, ask: Ask, address: str) -> Reading:
    """Return the albums of an artist, the pieces of a playlist or the episodes of a podcast (``api.deezer.com``).

    Raises:
        Unusable: there are none, or they are not for this country.
    """
    return values.listed(_record(one) for one in values.objects(values.json_object(answer).get("data")))


def _record(one: Object) -> Reading:
    kind = values.text(one, "type") if values.text(one, "type") in _KINDS else "album"
    key = values.text(one, "id")
    covers = (*(one.get(size) for size in _COVERS), *(values.inside(one, "album").get(size) for size in _COVERS))
    return Reading(
        source="api",
        url=clean(one.get("link"), "") or (f"https://www.deezer.com/{kind}/{key}" if key.isdecimal() else ""),
        kind=kind,
        title=values.line(one, "title"),
        text=values.paragraphs(values.text(one, "description")),
        author=values.name(one, "artist", "name"),
        author_url=clean(values.inside(one, "artist").get("link"), ""),
        published=iso(values.text(one, "release_date")),
        image=next((found for cover in covers if (found := picture(cover, ""))), ""),
        duration=values.number(one, "duration"),
    )
