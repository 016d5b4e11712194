"""Read the API of PeerTube: a film, the films of a channel, an account or a playlist."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..dates import iso
from ..links import address as clean
from ..links import picture
from ..reading import Reading, Unusable
from . import values
from .values import Object

if TYPE_CHECKING:
    from ...platforms.asking import Ask
    from ..fetch import Answer


def films(answer: Answer, ask: Ask, address: str) -> Reading:
    """Return the films of a channel or an account (``/api/v1/video-channels/…/videos``).

    Raises:
        Unusable: there are none.
    """
    found = values.objects(values.json_object(answer).get("data"))
    # A playlist has its films one level deeper.
    films = [values.inside(one, "video") or one for one in found]
    base = answer.url or ask.url
    whose = next((_channel(one) for one in films if values.inside(one, "channel")), None)
    return values.listed((_film(one, base) for one in films), whose)


def film(answer: Answer, ask: Ask, address: str) -> Reading:
    """Return what one film of PeerTube is (``/api/v1/videos/…``).

    Raises:
        Unusable: it is none.
    """
    made = _film(values.json_object(answer), answer.url or ask.url)
    if made is None or not made.title:
        raise Unusable("empty", "the answer has no film")
    return made


def _film(one: Object, base: str) -> Reading | None:
    key = values.text(one, "shortUUID") or values.text(one, "uuid")
    if not (key.isascii() and key.replace("-", "").isalnum()):
        return None
    channel = _channel(one)
    sensitive = one.get("nsfw") is True
    images = ("previewUrl", "previewPath", "thumbnailUrl", "thumbnailPath")
    return Reading(
        source="api",
        url=clean(one.get("url"), base) or f"https://{urlsplit(base).netloc}/w/{key}",
        kind="video",
        title=values.line(one, "name"),
        text=values.paragraphs(values.text(one, "truncatedDescription") or values.text(one, "description")),
        author=channel.author,
        author_url=channel.author_url,
        published=iso(values.text(one, "originallyPublishedAt")) or iso(values.text(one, "publishedAt")),
        image="" if sensitive else next((found for name in images if (found := picture(one.get(name), base))), ""),
        frame=clean(one.get("embedUrl") or one.get("embedPath"), base),
        duration=values.number(one, "duration"),
        sensitive=sensitive,
        license=values.line(one, "licence", "label") if values.text(one, "licence", "id") else "",
    )


def _channel(one: Object) -> Reading:
    channel = values.inside(one, "channel") or values.inside(one, "account")
    called, url = values.name(channel, "displayName"), clean(channel.get("url"), "")
    return Reading(source="api", title=called, author=called, author_url=url, url=url)
