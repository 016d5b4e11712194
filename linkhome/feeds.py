"""Make feeds of posts: Atom (RFC 4287) and JSON Feed 1.1. Pure: the same posts give the same bytes, whatever the clock.

An entry's id is a ``tag:`` address of the site's host, the day of first publication, the language and the name of
the post's file: ``tag:lina.example,2026-11-14:en/numbered-by-hand``. So a feed reader shows a post once, also when
its title, its address or the way the site is built changes. Changing the file's name or date makes it a new post.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from datetime import datetime


class Enclosure(Struct, frozen=True):
    """A file that belongs to an entry: an episode, a film. ``size`` is in bytes, 0 when it is not known."""

    url: str
    type: str
    size: int = 0


class Entry(Struct, frozen=True, kw_only=True):
    """One post. Addresses are absolute; dates are ISO 8601; ``html`` is the rendered text."""

    stem: str
    url: str
    title: str
    published: str
    updated: str = ""
    summary: str = ""
    html: str = ""
    tags: tuple[str, ...] = ()
    image: str = ""
    enclosure: Enclosure | None = None


class Feed(Struct, frozen=True, kw_only=True):
    """The posts of one language, the newest first. A site without an address has no feeds."""

    url: str
    atom_url: str
    json_url: str
    title: str
    description: str = ""
    language: str = "en"
    author: str = ""
    icon: str = ""
    entries: tuple[Entry, ...] = ()


def atom(feed: Feed) -> bytes:
    """Return the feed as Atom. Entries without a date that can be read are left out: Atom asks for one."""
    dated = _dated(feed)
    newest = max((updated for _, _, updated in dated), default=None)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_xml(feed.language)}" xml:base="{_xml(feed.url)}">',
        f"  <id>{_xml(feed.url)}</id>",
        f"  <title>{_xml(feed.title)}</title>",
        *([f"  <subtitle>{_xml(feed.description)}</subtitle>"] if feed.description else []),
        f"  <updated>{_stamp(newest) if newest else '1970-01-01T00:00:00Z'}</updated>",
        f'  <link rel="self" type="application/atom+xml" href="{_xml(feed.atom_url)}"/>',
        f'  <link rel="alternate" type="text/html" href="{_xml(feed.url)}"/>',
        f"  <author><name>{_xml(feed.author or feed.title)}</name><uri>{_xml(feed.url)}</uri></author>",
        *([f"  <icon>{_xml(feed.icon)}</icon>"] if feed.icon else []),
        "  <generator>linkhome</generator>",
    ]
    for entry, published, updated in dated:
        lines += _atom_entry(feed, entry, published, updated)
    return ("\n".join(lines) + "\n</feed>\n").encode()


def json_feed(feed: Feed) -> bytes:
    """Return the feed as JSON Feed 1.1, with the same entries and ids as `atom`."""
    from msgspec import json

    whole: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": feed.json_url,
        "description": feed.description,
        "icon": feed.icon,
        "authors": [_filled({"name": feed.author or feed.title, "url": feed.url})],
        "language": feed.language,
    }
    items = [_json_item(feed, entry, published, updated) for entry, published, updated in _dated(feed)]
    return json.format(json.encode({**_filled(whole), "items": items}), indent=2) + b"\n"


def identity(feed: Feed, entry: Entry) -> str:
    """Return the id of an entry; it depends on nothing that a creator changes about a post later on."""
    from urllib.parse import quote, urlsplit

    host = urlsplit(feed.url).hostname or ""
    if not host.isascii():
        host = quote(host)
    return f"tag:{host},{entry.published[:10]}:{quote(f'{feed.language}/{entry.stem}')}"


def _atom_entry(feed: Feed, entry: Entry, published: datetime, updated: datetime) -> list[str]:
    lines = [
        f'  <entry xml:base="{_xml(entry.url)}">',
        f"    <id>{_xml(identity(feed, entry))}</id>",
        f"    <title>{_xml(entry.title)}</title>",
        f'    <link rel="alternate" type="text/html" href="{_xml(entry.url)}"/>',
        f"    <published>{_stamp(published)}</published>",
        f"    <updated>{_stamp(updated)}</updated>",
        *(f'    <category term="{_xml(tag)}"/>' for tag in entry.tags),
    ]
    if entry.enclosure:
        size = f' length="{entry.enclosure.size}"' if entry.enclosure.size else ""
        kind, url = _xml(entry.enclosure.type), _xml(entry.enclosure.url)
        lines.append(f'    <link rel="enclosure" type="{kind}"{size} href="{url}"/>')
    if entry.image:
        lines.append(f'    <link rel="enclosure" type="{_picture_type(entry.image)}" href="{_xml(entry.image)}"/>')
    if entry.summary:
        lines.append(f"    <summary>{_xml(entry.summary)}</summary>")
    if entry.html:
        lines.append(f'    <content type="html">{_xml(entry.html)}</content>')
    return [*lines, "  </entry>"]


def _json_item(feed: Feed, entry: Entry, published: datetime, updated: datetime) -> dict[str, Any]:
    enclosure = entry.enclosure
    attachments = (
        [_filled({"url": enclosure.url, "mime_type": enclosure.type, "size_in_bytes": enclosure.size})]
        if enclosure
        else []
    )
    item = {
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "image": entry.image,
        "date_published": _stamp(published),
        "date_modified": _stamp(updated) if updated != published else "",
        "tags": list(entry.tags),
        "attachments": attachments,
    }
    # An item must have a text, even an empty one.
    return {"id": identity(feed, entry), **_filled(item), "content_html": _legal(entry.html)}


def _dated(feed: Feed) -> list[tuple[Entry, datetime, datetime]]:
    """Return the entries that have a date, with the moments of publication and of the last change."""
    found = []
    for entry in feed.entries:
        published = _moment(entry.published)
        if published:
            found.append((entry, published, max(published, _moment(entry.updated) or published)))
    return found


def _moment(iso: str) -> datetime | None:
    from datetime import UTC, datetime

    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty, and what neither XML nor JSON may hold."""
    return {name: _clean(value) for name, value in values.items() if value}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _legal(value)
    return [_clean(one) for one in value] if isinstance(value, list) else value


def _xml(text: str) -> str:
    plain = _legal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.replace('"', "&quot;")


def _legal(text: str) -> str:
    """Drop the characters that XML forbids: control characters, halves of characters, two that are none."""
    if text.isprintable():
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if letter in "\t\n" or (letter >= " " and not _forbidden(letter)))


def _forbidden(letter: str) -> bool:
    return "\ud800" <= letter <= "\udfff" or letter in "\ufffe\uffff"


def _picture_type(url: str) -> str:
    ending = url.rpartition(".")[2].lower()
    return f"image/{ {'jpg': 'jpeg', 'svg': 'svg+xml'}.get(ending, ending if ending.isalnum() else 'jpeg') }"
