"""Read an oEmbed answer (oembed.com, version 1.0) as platforms really send it.

Of its ``html`` only three things are taken: the https address of the first iframe, and for posts the words of the
first paragraph and the day in the last link. Everything else in there is somebody else's program.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..platforms import Known, recognise
from . import identity, record, rubbish
from .dates import iso
from .json_answer import Object, json_object
from .markup import plain, tags
from .reading import Reading, Unusable
from .signatures import SENTENCES
from .tidy import address as clean
from .tidy import aspect, license_of, line, page, paragraphs, picture, pixels, seconds, words

if TYPE_CHECKING:
    from ..platforms.asking import Ask
    from .fetch import Answer

_TYPES = ("photo", "video", "link", "rich")
_TELLING = ("title", "html", "url", "thumbnail_url")
#: Blockquotes whose first paragraph is the post itself.
_POSTS = (
    "twitter-tweet",
    "twitter-video",
    "text-post-media",
    "bluesky-embed",
    "fb-xfbml-parse-ignore",
    "mastodon-embed",
)
_SEEN = frozenset({"iframe", "blockquote", "p", "a", "div"})
_PICTURE_LINK = re.compile(r"\s*(?:https?://)?(?:pic\.twitter\.com|pic\.x\.com)/\w+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(r"\b([A-Z][a-z]{2,8}) (\d{1,2}), (\d{4})$")


class _Html:
    """Hold what may be taken from the html of an answer."""

    def __init__(self, markup: str) -> None:
        self.frame = ""
        self.named: list[str] = []
        self.text = self.day = self.heading = ""
        quote, paragraph, link = "", -1, -1
        for tag in tags(markup, _SEEN):
            own = tag.attributes
            if tag.name == "iframe" and not tag.closing:
                self.named.append(own.get("src", ""))
                self.frame = self.frame or own.get("src", "")
            elif tag.name in ("blockquote", "div") and not tag.closing:
                quote = own.get("class", "") or quote
                self.named += [own.get(name, "") for name in ("cite", "data-instgrm-permalink", "data-href")]
            elif tag.name == "p" and not self.text and quote.startswith(_POSTS):
                if tag.closing and paragraph >= 0:
                    self.text = markup[paragraph : tag.start]
                elif not tag.closing:
                    paragraph = tag.end
            elif tag.name == "a" and tag.closing and link >= 0:
                self.day = markup[link : tag.start]
                self.heading = self.heading or (self.day if quote.startswith("fb-") else "")
                link = -1
            elif tag.name == "a":
                link = tag.end
            elif tag.name == "blockquote" and tag.closing and quote.startswith("fb-"):
                self.day = plain(markup[max(link, tag.start - 60, 0) : tag.start])


def read_oembed(answer: Answer, ask: Ask, address: str) -> Reading:  # noqa: ARG001 (all readers have one form)
    """Return what an oEmbed answer says.

    ``version`` is not looked at (it is missing, or a number), nor is ``cache_age``. Relative addresses begin at the
    address that answered.

    Raises:
        Unusable: it is none (``not-json``, ``error``), about another thing, private, or says nothing.
    """
    found, known = json_object(answer), recognise(address)
    if found.get("type") not in _TYPES and not any(_string(found, name) for name in _TELLING):
        raise Unusable("error", "the answer is no oEmbed answer")
    inner = _Html(_string(found, "html"))
    title = line(found.get("title"))
    image = _image(found, answer.url)
    _check(found, inner, title, image, known, address)
    text = _text(found, inner)
    author = line(found.get("author_name"), record.NAME)
    if not (title or text or author or image):
        raise Unusable("empty", SENTENCES["empty"])
    kind = known.kind if known.slug else {"video": "video", "photo": "picture"}.get(_string(found, "type"), "")
    return Reading(
        source="oembed",
        title=title or line(inner.heading) or _instead(found, text, author, known),
        author=author,
        author_url=page(found.get("author_url"), answer.url),
        text=text,
        published=_published(found, inner),
        license=license_of(found.get("license")) or license_of(found.get("license_url")),
        image=image,
        url=_page(found, answer.url),
        kind=kind,
        frame=_frame(found, inner, answer.url),
        aspect=_shape(found),
        duration=seconds(found.get("duration")),
        sensitive=_string(found, "safety").lower() == "adult",
    )


def _check(found: Object, inner: _Html, title: str, image: str, known: Known, address: str) -> None:
    """Refuse what is private, a placeholder, or about another thing."""
    provider = _string(found, "provider_name").lower()
    if not title and (known.slug == "vimeo" or provider == "vimeo"):
        raise Unusable("private", "the video is private, or may only be shown on certain sites")
    named = [inner.frame, _string(found, "iframe_url"), *inner.named, _string(found, "web_page")]
    named += [_string(found, "url")] if found.get("type") != "photo" else []
    if (
        known.slug in ("youtube", "youtubemusic")
        and len(known.id) > 4
        and known.kind in ("video", "short", "live", "clip", "playlist")
    ):
        if not any(known.id in one for one in (*named, _string(found, "thumbnail_url"))):
            raise Unusable("other-thing", SENTENCES["other-thing"])
    elif identity.other_thing(named, address):
        raise Unusable("other-thing", SENTENCES["other-thing"])
    code = rubbish.bad_title(title) if title else ""
    if title.lower() in {provider, known.name.lower()} - {""} or (code and not image):
        raise Unusable(code or "shell", SENTENCES[code or "shell"])


def _image(found: Object, base: str) -> str:
    """Return the picture: of a photo the photo itself. Placeholders are none."""
    own = [found.get("url")] if found.get("type") == "photo" else []
    for value in (*own, found.get("thumbnail_url"), found.get("thumbnail"), found.get("image")):
        image = picture(value, base)
        if image and not rubbish.bad_picture(image):
            return image
    return ""


def _text(found: Object, inner: _Html) -> str:
    text = paragraphs(found.get("description"))
    if text or not inner.text:
        return "" if rubbish.bad_text(text) else text
    return _PICTURE_LINK.sub("", paragraphs(inner.text)).strip()


def _instead(found: Object, text: str, author: str, known: Known) -> str:
    """Return what stands for a title that is missing: whose it is, or the first words."""
    platform = known.name or line(found.get("provider_name"), record.NAME)
    return " · ".join(part for part in (author, platform) if part) if author else words(text, 90)


def _published(found: Object, inner: _Html) -> str:
    for name in ("upload_date", "pubdate", "published", "created_at", "date_published"):
        day = iso(found.get(name))
        if day:
            return day
    written = _DAY.search(line(inner.day, 80))
    if not written or written[1][:3].lower() not in _MONTHS:
        return ""
    return iso(f"{written[3]}-{_MONTHS.index(written[1][:3].lower()) + 1:02}-{int(written[2]):02}")


def _page(found: Object, base: str) -> str:
    own = "" if found.get("type") == "photo" else found.get("url")
    return page(found.get("web_page"), base) or page(own, base)


def _frame(found: Object, inner: _Html, base: str) -> str:
    for value in (inner.frame, found.get("iframe_url")):
        frame = clean(value, base)
        if frame.lower().startswith("https://"):
            return frame
    return ""


def _shape(found: Object) -> str:
    if found.get("type") == "video" and pixels(found.get("width")) and pixels(found.get("height")):
        return aspect(found.get("width"), found.get("height"))
    if found.get("type") == "photo":
        return aspect(found.get("width"), found.get("height"))
    return aspect(found.get("thumbnail_width"), found.get("thumbnail_height")) if found.get("type") == "video" else ""


def _string(found: Object, name: str) -> str:
    value = found.get(name)
    return value if isinstance(value, str) else ""
