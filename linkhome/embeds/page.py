"""Read a web page: Open Graph (ogp.me), Twitter cards, JSON-LD, microdata, title; and what else it leads to.

A page that says little may still lead on: to its oEmbed answer, its feeds, or elsewhere by itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import structs

from ..platforms import recognise
from . import identity, rubbish, tidy
from .decode import text as decoded
from .page_values import Page
from .reading import Reading, Unusable
from .signatures import BLOCKED, SENTENCES

if TYPE_CHECKING:
    from ..platforms.asking import Ask
    from .fetch import Answer

_OEMBED = ("application/json+oembed", "text/json+oembed")
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_MOST_ANSWERS, _MOST_FEEDS = 2, 5
#: Feeds of what others say; they come after all others.
_TALK = re.compile(r"comment|replies|antwort|kommentar|commentaire", re.IGNORECASE)
_IS_FEED = re.compile(r"<(?:rss|feed|rdf:rdf)[\s>]", re.IGNORECASE)
_JSON_FEED = '"https://jsonfeed.org/version/'


def read_page(answer: Answer, ask: Ask, address: str) -> Reading:  # noqa: ARG001 (all readers have one form)
    """Return what a page says, and in ``asks`` what it leads to.

    A reading without a title has ``asks`` and no more: the page only leads on, perhaps to ``url``.

    Raises:
        Unusable: it is no page, is rubbish, about another thing, an error page, or says nothing.
    """
    text = markup(answer)
    if is_feed(text):
        return Reading(source="page", asks=_asks(("feed", answer.url)))
    page = Page(text, answer.url, address)
    refuse_challenge(page, answer.body)
    refuse_signature(page, answer.status)
    refuse_error(page, answer.status)
    refuse_other(page)
    onward = leads_to(page)
    if onward:
        return Reading(source="page", url=onward, asks=_asks(("page", onward)))
    asks = _discovered(page)
    title = page.title or tidy.words(page.text, 90)
    if not title and not asks:
        raise Unusable("empty", SENTENCES["empty"])
    return structs.replace(page.reading(title), asks=asks) if title else Reading(source="page", asks=asks)


def markup(answer: Answer) -> str:
    """Return the text of a web page or of a feed.

    Raises:
        Unusable: it is neither (``error``).
    """
    text = decoded(answer).lstrip("\ufeff \t\r\n\f\0")
    if not text.startswith("<") and _JSON_FEED not in text[:500]:
        raise Unusable("error", "the answer is no web page")
    return text


def is_feed(text: str) -> bool:
    """Tell whether the text is a feed instead of a page."""
    head = text[:1_000]
    return not text.startswith("<") or bool(_IS_FEED.search(head) and "<html" not in head.lower())


def refuse_challenge(page: Page, body: bytes) -> None:
    """Refuse a check for humans. It has no Open Graph title; a page that quotes one has."""
    if not page.head.first("og:title") and rubbish.is_challenge(body):
        raise Unusable("blocked", BLOCKED)


def refuse_signature(page: Page, status: int) -> None:
    """Refuse titles of rubbish, and those that are only the platform's name.

    A thing may be called so (a film "Threads", a track "404") when its page names its own address and picture.
    """
    title, host = page.title.lower(), identity.host_of(page.here)
    google = any(f".{host}".rpartition(name)[1] for name in (".google.", ".youtube."))
    code = rubbish.bad_title(page.title, google=google or not page.head.first("og:title"))
    if title.startswith("telegram: contact @") and not page.text:
        code = "shell"
    here = recognise(page.here)
    names = {one.lower() for one in (page.known.name, here.name, page.site, page.known.host, host)} - {""}
    own = bool(page.known.slug or here.slug) and title in names
    if own and (page.known.kind not in ("site", "page") or not page.known.slug):
        raise Unusable(code or "shell", SENTENCES[code or "shell"])
    if code and not (code != "consent" and status < 400 and page.image and page.names_itself()):
        raise Unusable(code, SENTENCES[code])


def refuse_error(page: Page, status: int) -> None:
    """Refuse an error status, unless the page has the title and picture of a thing; with 404 also its address."""
    if status < 400:
        return
    whole = page.head.first("og:title") and page.image
    if not whole or (status in (404, 410) and not page.names_itself()):
        raise Unusable("error", SENTENCES["error"])


def refuse_other(page: Page) -> None:
    """Refuse a page that says of itself that it is another one."""
    foreign = identity.other_site(page.named, page.asked, page.here)
    if foreign or identity.other_thing(page.named, page.asked):
        raise Unusable("other-thing", SENTENCES["other-thing"])


def leads_to(page: Page) -> str:
    """Return where a page leads by itself that says nothing else; nothing for all others.

    Raises:
        Unusable: it leads to a login, consent or error page.
    """
    onward = tidy.address(page.head.refresh, page.base)
    if not onward or onward == page.here or page.head.first("og:title"):
        return ""
    places = [(identity.host_of(one), identity.path_of(one)) for one in (page.here, onward)]
    code = rubbish.detour(places[0], places[1])
    if code:
        raise Unusable(code, SENTENCES[code])
    return onward


def _discovered(page: Page) -> tuple[Ask, ...]:
    """Return the questions that a page leads to: its oEmbed answer, then its feeds."""
    links = [link for link in page.head.links if {"alternate", "alternative"} & set(link.rel.split())]
    answers = [("oembed", tidy.address(link.href, page.base)) for link in links if link.type in _OEMBED]
    feeds = [link for link in links if link.type in _FEEDS]
    feeds.sort(key=lambda link: bool(_TALK.search(f"{link.href[:500]} {link.title[:500]}")))
    found = [("feed", tidy.address(link.href, page.base)) for link in feeds]
    return _asks(*answers[:_MOST_ANSWERS], *found[:_MOST_FEEDS])


def _asks(*found: tuple[str, str]) -> tuple[Ask, ...]:
    from ..platforms.asking import Ask

    return tuple(Ask(how, address) for how, address in dict.fromkeys(found) if address)
