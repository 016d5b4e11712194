"""Read a feed: RSS, Atom, RDF or JSON Feed, whatever state it is in.

feedparser does the reading of XML, on a text that was trimmed before (`trimming`), so that no feed takes longer
than a second, and without its own treatment of markup, which is slow on hostile texts: all markup leaves here as
plain text anyway. A feed counts when it has an entry that says something.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import structs

from . import entries, jsonfeed, links, record
from .dates import instant
from .decode import text as decoded
from .entries import reading
from .markup import plain
from .reading import Reading, Unusable
from .trimming import trim

if TYPE_CHECKING:
    from ..platforms.asking import Ask
    from .fetch import Answer

_NONE = "the answer is no feed (neither RSS nor Atom nor JSON Feed)"
_EMPTY = "the feed has no entries that could be shown"


def read_feed(answer: Answer, ask: Ask, address: str) -> Reading:
    """Return a feed's title, page and picture, and its entries as ``items``: at most 50, each once, newest first.

    The order is the feed's own unless all entries have dates. ``facts`` has ``channel`` for a channel of YouTube.

    Raises:
        Unusable: it is no feed (``not-feed``), or nothing in it can be shown (``empty``). Nothing else comes out.
    """
    gone = answer.status in (404, 410)
    text = decoded(answer)
    base = answer.url or ask.url
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        found = jsonfeed.read(text, base, address)
    else:
        found = _read_xml(text, base, address)
    if found is None:
        raise Unusable("not-feed", _NONE, gone=gone)
    items = chosen(found.items)
    if not items:
        raise Unusable("empty", _EMPTY, gone=gone)
    return structs.replace(found, items=items)


def chosen(items: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Return entries newest first if all have dates, at most as many as a copy holds."""
    if all(item.published for item in items):
        items = tuple(sorted(items, key=lambda item: instant(item.published), reverse=True))
    return items[: record.MOST_ITEMS]


def _read_xml(text: str, base: str, address: str) -> Reading | None:
    trimmed = trim(text)
    parsed = _parsed(trimmed, base) if trimmed else {}
    if not parsed.get("version"):
        return None
    feed = parsed["feed"]
    home = links.address(feed.get("link"), base)
    page = home or address
    warns = str(feed.get("generator", "")).startswith(("Mastodon", "Hometown", "Glitch"))
    items: dict[str, Reading] = {}
    ids: set[str] = set()
    for entry in parsed["entries"]:
        item = reading(entry, page, base, warns)
        own = str(entry.get("id") or "")
        if item and not (own and own in ids):
            ids.add(own)
            items.setdefault(own if item.url == page else item.url, item)
    title = record.line(plain(str(feed.get("title") or "")[:3_000]))
    channel = str(feed.get("yt_channelid") or "")
    return Reading(
        source="feed",
        title=title,
        author=entries.author(feed),
        text=record.paragraphs(plain(str(feed.get("subtitle") or feed.get("summary") or "")[:20_000]), entries.TEXT),
        url=home,
        image=_image(feed, base),
        items=tuple(items.values()),
        facts=_facts(channel),
    )


def _parsed(trimmed: str, base: str) -> Mapping[str, Any]:
    import feedparser  # only a refresh needs it

    # The declared character set is the one that the text is in now: it was decoded already.
    data = b"<?xml version='1.0' encoding='utf-8'?>\n" + trimmed.encode("utf-8", "replace")
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": base}
    try:
        found: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(data), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
        )
    except Exception:  # whatever a parser of strangers' texts stumbles over, the answer is no feed
        return {}
    return found


def _image(feed: Mapping[str, Any], base: str) -> str:
    image = feed.get("image")
    own = image.get("href") or image.get("url") if isinstance(image, Mapping) else ""
    return next((found for one in (own, feed.get("logo")) if (found := links.picture(one, base))), "")


def _facts(channel: str) -> dict[str, str]:
    """Return the id of a channel of YouTube. (Feeds of some years leave out the ``UC`` that it begins with.)"""
    full = channel if channel.startswith("UC") else f"UC{channel}"
    plain_id = full.replace("-", "").replace("_", "")
    return {"channel": full} if len(full) == 24 and plain_id.isascii() and plain_id.isalnum() else {}
