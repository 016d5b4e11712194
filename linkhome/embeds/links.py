"""Clean the addresses of pages and pictures as strangers write them, and find the picture in a text."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

from ..platforms.addresses import TRACKING
from . import record
from .markup import tags
from .rubbish import bad_picture

_IMG = frozenset({"img"})
#: Pictures that count visits, smile, or show who wrote it instead of what.
_NO_PICTURE = re.compile(
    r"medium\.com/_/stat|//pixel\.|//stats\.|/pixel[./?]|[/.]feedburner\.com/~|feedsportal|doubleclick|/b\.gif"
    r"|/images/core/emoji|/smilies/|/emoji/|gravatar\.com/avatar|/tracking[./?]|count(?:er)?\.gif|\.svg(?:$|\?)"
    r"|(?:twitter|facebook|linkedin|pinterest|reddit|e?mail|share|rss)[_-]?(?:icon|button|logo)",
    re.IGNORECASE,
)


def absolute(text: object, base: str) -> str:
    """Return a clean web address, relative ones from a base on; nothing for all else."""
    if not isinstance(text, str) or not text.strip():
        return ""
    try:
        return record.web_address(urljoin(base, text.strip().replace(" ", "%20")))
    except ValueError:
        return ""


def address(text: object, base: str) -> str:
    """Return the clean address of a page without what only counts visits; nothing for all else."""
    found = absolute(text, base)
    try:
        parts = urlsplit(found)
    except ValueError:
        return ""
    given = parts.query.split("&")
    kept = [pair for pair in given if not _counts(pair)]
    return urlunsplit(parts._replace(query="&".join(kept))) if len(kept) < len(given) else found


def picture(text: object, base: str) -> str:
    """Return the https address of a picture; nothing for placeholders and what only counts visits.

    What is written with http is asked for by https, as browsers do.
    """
    found = absolute(text, base)
    if not found or bad_picture(found) or _NO_PICTURE.search(found):
        return ""
    return "https" + found[4:] if found[:5].lower() == "http:" else found


def first_picture(markup: str, base: str) -> tuple[str, str]:
    """Return the first picture in a text that is made to be looked at, and what it shows."""
    second = ("", "")
    for found in tags(markup, _IMG):
        given = found.attributes
        if any(small(given.get(side), 48) for side in ("width", "height")):
            continue
        if "emoji" in given.get("class", "") or "smiley" in given.get("class", ""):
            continue
        for name in ("src", "data-src"):
            source = picture(given.get(name), base)
            if not source:
                continue
            shown = (source, record.line(given.get("alt")))
            if not source.lower().partition("?")[0].endswith(".gif"):
                return shown
            second = second if second[0] else shown  # most of these are ornaments
    return second


def _counts(pair: str) -> bool:
    name, _, value = pair.partition("=")
    return name in TRACKING or name.startswith("utm_") or (name == "source" and value.startswith("rss-"))


def small(size: object, least: int) -> bool:
    """Tell whether a size is given, as a text, and is less than so many pixels."""
    return isinstance(size, str) and size.strip().isdecimal() and len(size) < 7 and int(size) < least
