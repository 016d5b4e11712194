"""Turn one entry of a feed into a reading, whatever dialect it is written in.

An entry comes as what feedparser makes of it: a mapping of plain values. Nothing in it is believed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..platforms import recognise
from . import record
from .dates import iso, seconds
from .links import absolute, address, first_picture, picture, small
from .markup import plain
from .reading import Reading
from .tidy import license_of
from .trimming import SHOWN

#: How much text an entry of a list takes, and how many words stand for a title that is missing, in characters.
TEXT, FIRST_WORDS = 1_000, 90
#: What an entry of a feed can be; an address of another kind says nothing about it.
_PUBLISHED = frozenset(
    {
        *("video", "short", "live", "clip", "playlist", "post", "article", "track", "album", "episode", "podcast"),
        *("book", "product", "repository", "code", "design", "event", "app", "picture"),
    }
)
#: What servers call a file that they do not know, and the endings by which sounds are known then.
_ANYTHING = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/ogg"})
_SOUNDS = (".mp3", ".m4a", ".m4b", ".aac", ".ogg", ".oga", ".opus", ".flac", ".wav")
_WARNED = re.compile(r"\s*<p>\s*<strong>[^<]{1,80}</strong>\s*([^<]{1,1000})</p>\s*<hr", re.IGNORECASE)
#: What platforms add to every text.
_ADDED = re.compile(
    r"(?:^|\s+)(?:The post .{1,300} (?:appeared first on|first appeared on) .{1,200}|Continue reading on .{0,100}»"
    r"|submitted by\s{0,5}[^\n]{1,80}\n?\s{0,5}(?:to r/\S{1,40}\s{0,5})?\[link\].{0,60})\s*$",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\s{0,50}&(?:amp;)?lt;(?:!--|(?:p|div|br|img|table|figure|blockquote|h[1-6]|[uo]l)\b)")
_Entry = Mapping[str, Any]


def reading(entry: dict[str, Any], home: str, base: str, warns: bool) -> Reading | None:
    """Return what an entry says, or None when it says nothing or cannot be told from others.

    ``home`` is the page of the feed, for entries without an address of their own; ``base`` is what relative
    addresses begin at; ``warns`` says that the feed's software writes content warnings in front of the text.
    """
    body = _body(entry)
    text, title = _text(body), record.line(plain(_value(entry, "title")[:3_000]))
    audio = _audio(entry, base)
    url = _link(entry, base) or audio or (home if entry.get("id") else "")
    known = recognise(url)
    if known.slug == "bluesky":
        title = ""  # it is the same for all posts
    if not url or not (text or title):
        return None
    warning = _WARNED.match(body) if warns else None
    if warning:
        text, title = record.paragraphs(plain(warning[1]), TEXT), ""
    sensitive = bool(warning) or _is_adult(entry)
    image, alt = ("", "") if sensitive else _picture(entry, base)
    kind = known.kind if known.kind in _PUBLISHED else "episode" if audio else "article" if title else "post"
    return Reading(
        source="feed",
        url=url,
        kind=kind,
        title=title or record.line(text, FIRST_WORDS),
        text=text,
        author=author(entry),
        author_url=record.web_address(_value(_inside(entry, "author_detail"), "href")),
        published=published(entry),
        image=image,
        image_alt=alt,
        audio=audio,
        duration=seconds(_value(entry, "itunes_duration")) or _longest(entry),
        aspect="9:16" if kind == "short" else "",
        sensitive=sensitive,
        license=_license(entry),
    )


def published(entry: dict[str, Any]) -> str:
    """Return when an entry appeared, as ISO 8601; nothing when it does not say."""
    for name in ("published", "created", "updated"):
        # `dict.get`, since feedparser's own looks for one name in place of another.
        found = iso(dict.get(entry, name))
        parsed = dict.get(entry, f"{name}_parsed")
        if not found and parsed:  # in a language other than English
            found = iso("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*tuple(parsed)[:6]))
        if found:
            return found
    return ""


def author(entry: _Entry) -> str:
    """Return who wrote an entry or a feed; never somebody's mail address."""
    name = _value(_inside(entry, "author_detail"), "name") or _value(entry, "author")
    name = record.line(plain(name[:500]), record.NAME)
    return "" if "@" in name and " " not in name and not name.startswith("@") else name


def _value(entry: Any, name: str) -> str:
    found = entry.get(name) if isinstance(entry, Mapping) else None
    return found if isinstance(found, str) else ""


def _inside(entry: _Entry, name: str) -> _Entry:
    found = entry.get(name)
    return found if isinstance(found, Mapping) else {}


def _all(entry: _Entry, name: str) -> Iterator[_Entry]:
    found = entry.get(name)
    if isinstance(found, list):
        yield from (one for one in found if isinstance(one, Mapping))


def _contents(entry: _Entry) -> Iterable[str]:
    return (_value(one, "value") for one in _all(entry, "content"))


def _body(entry: _Entry) -> str:
    """Return the text of an entry, as markup: its summary, or else all of it."""
    return next((one for one in map(_once, (_value(entry, "summary"), *_contents(entry))) if one.strip()), "")


def _once(markup: str) -> str:
    """Return markup that was escaped once or twice too often as it was meant."""
    for _ in range(2):
        if _ESCAPED.match(markup):
            markup = html.unescape(markup)
    return markup


def _text(body: str) -> str:
    return record.paragraphs(_ADDED.sub("", record.paragraphs(plain(body[:20_000]), 5 * TEXT)), TEXT)


def _link(entry: _Entry, base: str) -> str:
    own = (one.get("href") for one in _all(entry, "links") if one.get("rel") == "alternate")
    for link in (entry.get("feedburner_origlink"), *own, entry.get("link"), entry.get("id")):
        relative = base if link is not entry.get("id") else ""
        found = address(link, relative)
        if found:
            return found
    return ""


def _audio(entry: _Entry, base: str) -> str:
    for one in (*_all(entry, "enclosures"), *_all(entry, "media_content")):
        kind = _value(one, "type").lower()
        found = absolute(one.get("href") or one.get("url"), base)
        path = found.partition("?")[0].lower()
        if found and (_sounds(kind) or (kind in _ANYTHING and path.endswith(_SOUNDS))):
            return found
    return ""


def _sounds(kind: str) -> bool:
    return kind.startswith("audio/") and "mpegurl" not in kind


def _picture(entry: _Entry, base: str) -> tuple[str, str]:
    """Return the address of an entry's picture and what it shows; a large one before a small one."""
    second = ""
    for one in _declared(entry):
        found = picture(one.get("url") or one.get("href"), base)
        if not found or any(small(one.get(side), 64) for side in ("width", "height")):
            continue
        if not any(small(one.get(side), 200) for side in ("width", "height")):
            return found, record.line(plain(_value(entry, SHOWN)))
        second = second or found
    for markup in (*_contents(entry), _value(entry, "summary")):
        found, alt = first_picture(_once(markup[:20_000]), base)
        if found:
            return found, alt
    return second.replace("/s72-c/", "/s640/"), ""


def _declared(entry: _Entry) -> Iterator[_Entry]:
    yield from _all(entry, "media_thumbnail")
    for one in _all(entry, "media_content"):
        kind = _value(one, "type")
        if kind.startswith("image/") or (not kind and one.get("medium") == "image"):
            yield one
    for one in _all(entry, "enclosures"):
        if _value(one, "type").startswith("image/"):
            yield one
    yield _inside(entry, "image")


def _longest(entry: _Entry) -> float:
    return max((seconds(_value(one, "duration")) for one in _all(entry, "media_content")), default=0)


def _is_adult(entry: _Entry) -> bool:
    return _value(_inside(entry, "media_rating"), "content").strip().lower() == "adult"


def _license(entry: _Entry) -> str:
    linked = (_value(one, "href") for one in _all(entry, "links") if one.get("rel") == "license")
    return next((license_of(one) for one in (_value(entry, "license"), *linked) if "creativecommons.org/" in one), "")
