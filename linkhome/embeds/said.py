"""Turn a reading into what a copy holds: every value cleaned once more, for it stays for years."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import msgspec

from ..platforms import KINDS
from . import record
from .record import Good, Image, Item

if TYPE_CHECKING:
    from .reading import Reading

#: How much of the text of one entry of a list is kept, in characters: cards of lists are small, files should be.
ENTRY = 500
#: What an answer may leave out without meaning that it is gone: answers from elsewhere know less.
STAYING = (
    *("title", "author", "author_url", "text", "published", "duration", "aspect", "url", "kind"),
    *("frame", "audio", "license", "price", "place", "starts", "sensitive"),
)


def good(new: Reading, image: Image | None, *, listed: bool = False) -> Good:
    """Return what a reading says about one thing, without its list."""
    return Good(**_values(new, record.TEXT), image=image, source="feed" if listed else record.line(new.source, 40))


def item(new: Reading, image: Image | None) -> Item:
    """Return what a reading says as one entry of a list."""
    return Item(**_values(new, ENTRY), image=image)


def over(old: Good, new: Good) -> dict[str, Any]:
    """Return which values of the old stay, because the new ones say nothing in their place."""
    kept = {name: getattr(old, name) for name in STAYING if getattr(new, name) is None}
    if is_cut(new.text, old.text):
        kept["text"] = old.text
    kept["image"] = image(old.image, new.image)
    return {name: value for name, value in kept.items() if value is not None}


def image(old: Image | None, new: Image | None) -> Image | None:
    """Return the picture to keep: a lost one stays, a described one keeps its description."""
    if new is None or old is None or old.sha256 != new.sha256:
        return new or old
    return msgspec.structs.replace(new, alt=new.alt or old.alt)


def is_cut(new: str | None, old: str | None) -> bool:
    """Tell whether a text is the beginning of one that we have whole."""
    if not new or not old or len(new) >= len(old):
        return False
    begin = new.removesuffix("…").removesuffix("...")
    return begin != new and " ".join(old.split()).startswith(" ".join(begin.split()))


def _values(new: Reading, text: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "title": record.line(new.title),
        "author": record.line(new.author, record.NAME),
        "author_url": record.web_address(new.author_url),
        "text": record.paragraphs(new.text, text),
        "published": record.moment(new.published),
        "duration": _seconds(new.duration),
        "aspect": record.ratio(new.aspect),
        "sensitive": bool(new.sensitive),
        "url": record.web_address(new.url),
        "kind": record.one_of(new.kind, KINDS),
        "frame": record.web_address(new.frame),
        "audio": record.web_address(new.audio),
        "license": record.line(new.license, record.NAME),
        "price": record.line(new.price, record.NAME),
        "place": record.line(new.place, record.NAME),
        "starts": record.moment(new.starts),
    }
    return {name: value for name, value in found.items() if value}


def _seconds(duration: float) -> float | None:
    return duration if duration > 0 and math.isfinite(duration) else None
