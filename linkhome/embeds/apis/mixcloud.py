"""Read what Mixcloud lists of somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...platforms import recognise
from ..dates import iso
from ..links import address as clean
from ..links import picture
from ..reading import Reading
from . import values
from .values import Object

if TYPE_CHECKING:
    from ...platforms.asking import Ask
    from ..fetch import Answer


def shows(answer: Answer, ask: Ask, address: str) -> Reading:
    """Return somebody's shows (``api.mixcloud.com/…/cloudcasts/``).

    Raises:
        Unusable: there are none.
    """
    found = values.objects(values.json_object(answer).get("data"))
    whose = next((_person(one) for one in found if values.inside(one, "user")), None)
    return values.listed((_show(one) for one in found), whose)


def _show(one: Object) -> Reading:
    pictures = values.inside(one, "pictures")
    sizes = ("1024wx1024h", "768wx768h", "640wx640h", "extra_large", "large", "medium")
    who, url = _person(one), clean(one.get("url"), "")
    return Reading(
        source="api",
        url=url,
        kind=recognise(url).kind,
        title=values.line(one, "name"),
        text=values.paragraphs(values.text(one, "description")),
        author=who.author,
        author_url=who.author_url,
        published=iso(values.text(one, "created_time")),
        image=next((found for size in sizes if (found := picture(pictures.get(size), ""))), ""),
        duration=values.number(one, "audio_length"),
    )


def _person(one: Object) -> Reading:
    user = values.inside(one, "user")
    called, url = values.name(user, "name") or values.name(user, "username"), clean(user.get("url"), "")
    return Reading(source="api", title=called, author=called, author_url=url, url=url)
