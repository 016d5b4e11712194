"""Read Apple's look-up service (``itunes.apple.com/lookup``): podcasts and where their feeds are, albums, pieces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import structs

from .. import record
from ..dates import iso
from ..links import absolute, picture
from ..links import address as clean
from ..reading import Reading, Unusable
from . import values
from .values import Object

if TYPE_CHECKING:
    from ...platforms.asking import Ask
    from ..fetch import Answer

_KINDS = {"podcast": "podcast", "podcast-episode": "episode", "song": "track", "album": "album", "music-video": "video"}
_SIZE = re.compile(r"/\d{2,4}x\d{2,4}(bb|cc)?(?=[.-][\w.-]{3,12}$)")


def lookup(answer: Answer, ask: Ask, address: str) -> Reading:
    """Return what a podcast, an album, a piece or an episode is; of a podcast also its feed, as a question and a fact.

    Raises:
        Unusable: there is nothing of this number.
    """
    results = _results(answer)
    numbers = re.findall(r"\d{5,}", address.partition("//")[2])
    episode = re.search(r"[?&]i=(\d+)", address)
    if episode:
        chosen = next((one for one in results if values.text(one, "trackId") == episode[1]), None)
        if chosen is None:
            raise Unusable("empty", "Apple does not list this episode (any more)")
        return _made(chosen)
    first = results[0]
    ids = [values.text(first, name) for name in ("collectionId", "trackId", "artistId")]
    if numbers:
        values.about(next((one for one in numbers if one in ids), numbers[-1]), *ids)
    feed = record.web_address(values.text(first, "feedUrl"))
    if not feed:
        return _made(first)
    from ...platforms.asking import Ask

    return structs.replace(_made(first), asks=(Ask("feed", feed),), facts={"feed": feed})


def albums(answer: Answer, ask: Ask, address: str) -> Reading:
    """Return the albums of an artist (``entity=album``).

    Raises:
        Unusable: there are none.
    """
    results = _results(answer)
    artist = next((one for one in results if values.text(one, "wrapperType") == "artist"), {})
    called, url = values.name(artist, "artistName"), clean(artist.get("artistLinkUrl"), "")
    whose = Reading(source="api", title=called, author=called, url=url, author_url=url)
    return values.listed((_made(one) for one in results if one is not artist), whose)


def _results(answer: Answer) -> list[Object]:
    results = values.objects(values.json_object(answer).get("results"))
    if not results:
        raise Unusable("empty", "Apple's list has nothing of this number")
    return results


def _made(one: Object) -> Reading:
    kind = _KINDS.get(values.text(one, "kind")) or ("album" if values.text(one, "wrapperType") == "collection" else "")
    whole = kind in ("podcast", "album")
    names = ("collectionName", "trackName", "artistName") if whole else ("trackName", "collectionName", "artistName")
    links = ("collectionViewUrl", "trackViewUrl", "artistLinkUrl")
    audio = absolute(one.get("episodeUrl"), "") if values.text(one, "episodeContentType") in ("", "audio") else ""
    art = ("artworkUrl600", "artworkUrl160", "artworkUrl100", "artworkUrl60")
    return Reading(
        source="api",
        url=next((url for name in (links if whole else links[1:]) if (url := clean(one.get(name), ""))), ""),
        kind=kind,
        title=next((title for name in names if (title := values.line(one, name))), ""),
        text=values.paragraphs(values.text(one, "description") or values.text(one, "shortDescription")),
        author=values.name(one, "collectionName" if kind == "episode" else "artistName"),
        author_url=clean(one.get("artistViewUrl"), ""),
        # Of a podcast this is the day of its newest episode.
        published="" if kind == "podcast" else iso(values.text(one, "releaseDate")),
        image=next((_large(image) for name in art if (image := picture(one.get(name), ""))), ""),
        duration=float(int(values.number(one, "trackTimeMillis") / 1000)) if not whole else 0,
        audio=audio if kind == "episode" else "",
    )


def _large(image: str) -> str:
    """Return the address of the same picture 600 pixels wide: the size is a part of its name."""
    return _SIZE.sub(r"/600x600\1", image)
