"""Read JSON Feed, versions 1 and 1.1 (jsonfeed.org). Nothing in it is believed."""

from __future__ import annotations

import json
from typing import Any

from ..platforms import recognise
from . import record
from .dates import iso
from .entries import FIRST_WORDS, TEXT
from .links import absolute, address, first_picture, picture
from .markup import plain
from .reading import Reading

#: Entries that are looked at.
_MOST = 60


def read(text: str, base: str, home: str) -> Reading | None:
    """Return what the feed says, its entries in its own order; None when it is no JSON Feed.

    ``home`` is where entries without an address of their own lead when the feed has no page.
    """
    try:
        feed = json.loads(text.lstrip("\ufeff \t\r\n"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or "jsonfeed.org/version" not in _text(feed, "version"):
        return None
    page = address(feed.get("home_page_url"), base)
    items: dict[str, Reading] = {}
    for entry in _objects(feed.get("items"))[: 20 * _MOST]:
        key, item = _item(entry, base, page or home)
        if item and len(items) < _MOST:
            items.setdefault(key, item)
    return Reading(
        source="feed",
        title=_line(feed, "title"),
        author=_author(feed),
        text=_paragraphs(_text(feed, "description")),
        url=page,
        image=picture(feed.get("icon"), base),
        items=tuple(items.values()),
    )


def _item(entry: dict[str, Any], base: str, home: str) -> tuple[str, Reading | None]:
    name = str(entry.get("id") or "")
    audio, duration, shown = _attached(entry, base)
    own = address(entry.get("url"), base) or address(name, "") or address(entry.get("external_url"), base)
    url = own or audio or (home if name else "")
    markup = _text(entry, "content_html")
    text = _paragraphs(_text(entry, "summary") or _text(entry, "content_text") or markup)
    title = _line(entry, "title")
    if not url or not (text or title):
        return "", None
    kind = recognise(url).kind
    known = kind not in ("page", "site", "feed", "file", "audio", "profile", "channel")
    found, alt = first_picture(markup[:20_000], base)
    image = picture(entry.get("image"), base) or picture(entry.get("banner_image"), base)
    return name or url, Reading(
        source="feed",
        url=url,
        kind=kind if known else "episode" if audio else "article" if title else "post",
        title=title or record.line(text, FIRST_WORDS),
        text=text,
        author=_author(entry),
        published=iso(entry.get("date_published")) or iso(entry.get("date_modified")),
        image=image or shown or found,
        image_alt="" if image or shown else alt,
        audio=audio,
        duration=duration,
        aspect="9:16" if kind == "short" else "",
    )


def _attached(entry: dict[str, Any], base: str) -> tuple[str, float, str]:
    """Return the sound, its seconds, and the picture that are attached to an entry."""
    audio, duration, shown = "", 0.0, ""
    for one in _objects(entry.get("attachments"))[:20]:
        kind = _text(one, "mime_type")
        length = one.get("duration_in_seconds")
        if kind.startswith("audio/") and not audio:
            audio = absolute(one.get("url"), base)
        if kind.startswith(("audio/", "video/")) and isinstance(length, int | float) and 0 < length < 360_000:
            duration = duration or float(int(length))
        if kind.startswith("image/"):
            shown = shown or picture(one.get("url"), base)
    return audio, duration, shown


def _author(entry: dict[str, Any]) -> str:
    authors = [*_objects(entry.get("authors")), *_objects([entry.get("author")])]
    return next((name for one in authors if (name := record.line(_text(one, "name"), record.NAME))), "")


def _objects(found: Any) -> list[dict[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _text(entry: dict[str, Any], name: str) -> str:
    found = entry.get(name)
    return found if isinstance(found, str) else ""


def _line(entry: dict[str, Any], name: str) -> str:
    return record.line(plain(_text(entry, name)[:3_000]))


def _paragraphs(text: str) -> str:
    return record.paragraphs(plain(text[:20_000]), TEXT)
