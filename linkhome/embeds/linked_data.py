"""Read the JSON-LD of a page: of all things that it describes the one that the page is about (schema.org).

It is looked at with a list of work instead of recursion, and no more of it than a page can need.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import Struct

from . import record
from .dates import iso
from .identity import path_of
from .tidy import address, aspect, license_of, line, page, paragraphs, picture, seconds

Object = dict[str, Any]
_MOST_THINGS = 300
#: Types that a page can be about: the kind of its card, and which is taken when there are several (lower first).
_TYPES: dict[str, tuple[str, int]] = {
    **dict.fromkeys(("videoobject", "clip", "movie", "tvepisode", "episode", "musicvideoobject"), ("video", 1)),
    "podcastepisode": ("episode", 1),
    "radioepisode": ("episode", 1),
    "musicrecording": ("track", 1),
    **dict.fromkeys(("musicalbum", "musicrelease"), ("album", 1)),
    "musicplaylist": ("playlist", 1),
    **dict.fromkeys(("product", "productgroup", "individualproduct", "vehicle"), ("product", 1)),
    "recipe": ("article", 1),
    **dict.fromkeys(("socialmediaposting", "discussionforumposting", "comment"), ("post", 1)),
    **dict.fromkeys(("softwaresourcecode",), ("repository", 1)),
    **dict.fromkeys(("softwareapplication", "mobileapplication", "webapplication", "videogame"), ("app", 1)),
    **dict.fromkeys(("book", "audiobook"), ("book", 1)),
    **dict.fromkeys(
        ("article", "newsarticle", "blogposting", "techarticle", "report", "scholarlyarticle"), ("article", 2)
    ),
    **dict.fromkeys(("liveblogposting", "opinionnewsarticle", "reviewnewsarticle", "course", "howto"), ("article", 2)),
    **dict.fromkeys(("imageobject", "photograph", "visualartwork", "imagegallery"), ("picture", 3)),
    **dict.fromkeys(("podcastseries", "radioseries", "creativeworkseries"), ("podcast", 3)),
    "audioobject": ("", 3),
    "creativework": ("", 3),
    **dict.fromkeys(("profilepage", "person", "musicgroup", "performinggroup"), ("profile", 4)),
    **dict.fromkeys(("localbusiness", "restaurant", "store", "organization", "review"), ("", 5)),
}
_EVENT = ("event", 1)
_PRICED = ("product", "event", "book")
_WRAPPERS = ("@graph", "mainEntity", "mainEntityOfPage")
_AMOUNT = re.compile(r"\d{1,9}(?:[.,]\d{1,3})*")


class Thing(Struct, frozen=True, kw_only=True):
    """Hold what JSON-LD says of the thing that a page is about: the clean values of a reading."""

    kind: str = ""
    title: str = ""
    text: str = ""
    author: str = ""
    author_url: str = ""
    published: str = ""
    duration: float = 0
    image: str = ""
    frame: str = ""
    audio: str = ""
    license: str = ""
    aspect: str = ""
    price: str = ""
    place: str = ""
    starts: str = ""


def about(blocks: Iterable[str], own: Iterable[str], base: str) -> Thing:
    """Return the thing that a page is about, of all that its JSON-LD texts describe; an empty one when none is.

    ``own`` are the page's addresses: a thing that names another page is not the one.
    """
    paths = {path_of(one) for one in own if one}
    best: tuple[int, Object, str] | None = None
    for thing in _things(blocks):
        for name in _names(thing):
            kind, rank = _EVENT if name.endswith("event") else _TYPES.get(name, ("", 9))
            named = _address(thing, base)
            if rank < 9 and (best is None or rank < best[0]) and (not named or path_of(named) in paths):
                best = (rank, thing, kind)
    return _thing(best[1], best[2], base) if best else Thing()


def _thing(found: Object, kind: str, base: str) -> Thing:
    who = (
        _first(found, "author", "creator", "byArtist", "artist")
        if kind != "product"
        else _first(found, "brand", "seller")
    )
    image, width, height = _image(found, base)
    return Thing(
        kind=kind,
        title=_said(found, line, "name", "headline", "title"),
        text=_said(
            found, paragraphs, *(("text", "articleBody") if kind == "post" else ()), "description", "abstract", "text"
        ),
        author=line(_name(who), record.NAME),
        author_url=page(who.get("url") or who.get("@id"), base) if isinstance(who, dict) else "",
        published=_said(found, iso, "datePublished", "uploadDate", "dateCreated"),
        duration=_said(found, seconds, "duration", "timeRequired") or 0,
        image=image,
        frame=address(_one(found.get("embedUrl")), base),
        audio=_audio(found, base) if kind == "episode" else "",
        license=license_of(_one(found.get("license"))),
        aspect=aspect(found.get("width"), found.get("height"))
        if kind == "video"
        else aspect(width, height)
        if kind == "picture"
        else "",
        price=_price(found.get("offers")) if kind in _PRICED else "",
        place=_place(_one(found.get("location"))) if kind == "event" else "",
        starts=_said(found, iso, "startDate") if kind == "event" else "",
    )


def _things(blocks: Iterable[str]) -> Iterator[Object]:
    """Return all things that stand on their own, those in lists and wrappers, too."""
    work: deque[tuple[Any, int]] = deque((_parsed(block), 0) for block in blocks)
    for _ in range(_MOST_THINGS):
        if not work:
            return
        found, depth = work.popleft()
        if isinstance(found, list):
            work.extend((one, depth + 1) for one in found[:_MOST_THINGS] if depth < 6)
        elif isinstance(found, dict):
            yield found
            work.extend((found[name], depth + 1) for name in _WRAPPERS if name in found and depth < 6)


def _parsed(block: str) -> Any:
    text = block.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = (
        text.removeprefix("//<![CDATA[")
        .removesuffix("//]]>")
        .removeprefix("<![CDATA[")
        .removesuffix("]]>")
        .strip()
        .rstrip(";")
    )
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _names(thing: Object) -> list[str]:
    """Return the types of a thing in lower case, without the vocabulary's address."""
    types = thing.get("@type")
    return [
        one.rstrip("/").rpartition("/")[2].rpartition("#")[2].rpartition(":")[2].lower()
        for one in (types[:5] if isinstance(types, list) else [types])
        if isinstance(one, str)
    ]


def _address(thing: Object, base: str) -> str:
    for name in ("url", "mainEntityOfPage", "@id"):
        value = _one(thing.get(name))
        value = value.get("@id") or value.get("url") if isinstance(value, dict) else value
        found = address(value, base) if isinstance(value, str) and not value.startswith("#") else ""
        if found:
            return found
    return ""


def _said(found: Object, clean: Callable[[Any], Any], *names: str) -> Any:
    """Return the first of these values that is something once it is clean."""
    return next((value for name in names if (value := clean(_one(found.get(name))))), "")


def _one(value: Any) -> Any:
    """Return a value, of a list its first, of a value in a language the value."""
    if isinstance(value, list):
        value = value[0] if value else None
    return value.get("@value", value) if isinstance(value, dict) else value


def _first(found: Object, *names: str) -> Any:
    return next((value for name in names if _name(value := _one(found.get(name)))), {})


def _name(who: Any) -> Any:
    name = _one(who.get("name")) if isinstance(who, dict) else who
    return name if isinstance(name, str) and not name.startswith(("http:", "https:")) else ""


def _image(found: Object, base: str) -> tuple[str, Any, Any]:
    for name in ("image", "thumbnailUrl", "thumbnail", "contentUrl"):
        value = _one(found.get(name))
        if name == "contentUrl" and not any(one in ("imageobject", "photograph") for one in _names(found)):
            continue
        details = value if isinstance(value, dict) else {}
        image = picture(_one(details.get("url")) or _one(details.get("contentUrl")) or value, base)
        if image:
            return image, details.get("width") or found.get("width"), details.get("height") or found.get("height")
    return "", None, None


def _audio(found: Object, base: str) -> str:
    for name in ("associatedMedia", "audio", "encoding"):
        media = _one(found.get(name))
        heard = address(_one(media.get("contentUrl")) if isinstance(media, dict) else None, base)
        if heard:
            return heard
    return ""


def _price(offers: Any) -> str:
    """Return what a thing costs: ``12.00 EUR``, of several offers ``12.00–20.00 EUR``; nothing for what is free."""
    each = [one for one in (offers[:20] if isinstance(offers, list) else [offers]) if isinstance(one, dict)]
    amounts: list[str] = []
    currency = ""
    for offer in each:
        inner = _one(offer.get("priceSpecification"))
        source = offer if any(offer.get(name) is not None for name in ("price", "lowPrice")) else inner
        if not isinstance(source, dict):
            continue
        found = [amount(source.get(name)) for name in ("price", "lowPrice", "highPrice")]
        amounts += [one for one in found if one]
        currency = currency or money(source.get("priceCurrency") or offer.get("priceCurrency"))
    if not amounts:
        return ""
    low, high = min(amounts, key=_value), max(amounts, key=_value)
    return f"{low if low == high else f'{low}–{high}'} {currency}".strip()


def amount(value: object) -> str:
    """Return a price as it was written, without the sign of its currency; nothing for what is no price, or zero."""
    text = str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
    found = _AMOUNT.search(text[:40].replace(" ", "")) if isinstance(text, str) else None
    return found[0] if found and _value(found[0]) > 0 else ""


def money(value: object) -> str:
    """Return the code of a currency (ISO 4217), or nothing."""
    text = value.strip().upper() if isinstance(value, str) else ""
    return text if len(text) == 3 and text.isascii() and text.isalpha() else ""


def _value(text: str) -> float:
    digits = "".join(letter for letter in text if letter.isdigit()) or "0"
    last = max(text.rfind("."), text.rfind(","))
    decimals = len(text) - last - 1 if last >= 0 and len(text) - last - 1 < 3 else 0
    return float(int(digits) / 10.0**decimals)


def _place(where: Any) -> str:
    """Return where an event is: the name of the place, the town, the land; of one on the internet its host."""
    if not isinstance(where, dict):
        return line(where, record.NAME)
    if "virtuallocation" in _names(where):
        return line(where.get("name"), record.NAME) or "online"
    inside = _one(where.get("address"))
    parts: list[Any] = [where.get("name")]
    if isinstance(inside, dict):
        land = _one(inside.get("addressCountry"))
        parts += [inside.get("addressLocality"), land.get("name") if isinstance(land, dict) else land]
    elif not _name(where):
        parts.append(inside)
    clean = [text for one in parts if (text := line(_one(one), 60))]
    return record.line(", ".join(dict.fromkeys(clean)), record.NAME)
