"""Take the values of a card from what a page says of itself: the best source of each first."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from ..platforms import Known, recognise
from . import identity, linked_data, record, rubbish, tidy
from .dates import iso
from .head import Head
from .linked_data import Thing
from .reading import Reading

#: What is played by the browser itself, and is no page to put into a frame.
_MEDIA = (
    ".mp4",
    ".m4v",
    ".webm",
    ".mov",
    ".ogv",
    ".m3u8",
    ".mp3",
    ".m4a",
    ".ogg",
    ".oga",
    ".wav",
    ".swf",
    ".gifv",
    ".jpg",
    ".png",
    ".gif",
)
_SOUNDS = (".mp3", ".m4a", ".ogg", ".oga", ".opus", ".aac")
#: Kinds of Open Graph and what cards call them; ``video.…`` and ``product.…`` are all one.
_KINDS = {
    "article": "article",
    "video": "video",
    "profile": "profile",
    "product": "product",
    "book": "book",
    "event": "event",
    "music.song": "track",
    "song": "track",
    "music.album": "album",
    "album": "album",
    "music.playlist": "playlist",
    "books.book": "book",
    "image": "picture",
    "photo": "picture",
    "podcast": "podcast",
    "podcast_episode": "episode",
}
_FILMS = ("video", "short", "live", "clip")
#: Kinds that say what a thing is; of the others a page knows more than its address does.
_VAGUE = ("", "page", "site")
_PRICED = ("product", "event", "book")
#: Platforms whose pages play a few seconds of what they sell.
_SNIPPETS = ("spotify", "deezer", "tidal", "applemusic", "applepodcasts", "amazonmusic", "audible")
_DATES = (
    *(
        "article:published_time",
        "article:published",
        "og:article:published_time",
        "og:published_time",
        "video:release_date",
    ),
    *(
        "music:release_date",
        "date",
        "pubdate",
        "publishdate",
        "publish-date",
        "parsely-pub-date",
        "dc.date",
        "dc.date.issued",
    ),
    *("dcterms.created", "dcterms.date", "citation_publication_date", "citation_date", "sailthru.date", "og:pubdate"),
)
_WRITER = re.compile(r"(.{1,100}?) \(@[\w.@-]{1,100}\)(?: .{1,60})?")


class Page:
    """Hold a page while it is read. ``asked`` is the address that is wanted, ``here`` the one that answered."""

    def __init__(self, text: str, here: str, asked: str) -> None:
        self.here, self.asked = here, asked
        self.known: Known = recognise(asked)
        self.head = head = Head(text)
        self.base = _joined(here, head.base)
        #: What the page calls its own address: Open Graph's and the canonical one, empty where it names none.
        self.named = [tidy.address(one, self.base) for one in (head.first("og:url"), head.linked("canonical"))]
        self.thing: Thing = linked_data.about(head.blocks, (*self.named, here, asked), self.base)
        self.site = tidy.line(head.first("og:site_name", "application-name"), record.NAME)
        self.kind = self._kind()
        self.title = self._title()
        self.text = self._text()
        self.image = self._image()

    def names_itself(self) -> bool:
        """Tell whether the page names the path that was asked for as its own."""
        paths = {identity.path_of(self.asked), identity.path_of(self.here)} - {""}
        return any(identity.path_of(one) in paths for one in self.named if one)

    def reading(self, title: str) -> Reading:
        """Return all values but what the page leads to."""
        head, thing = self.head, self.thing
        event = self.kind == "event"
        return Reading(
            source="page",
            title=title,
            author=self._author(),
            author_url=self._author_url(),
            text=self.text,
            published=self._published(),
            license=tidy.license_of(head.linked("license")) or thing.license,
            image=self.image,
            image_alt=tidy.line(head.first("og:image:alt", "twitter:image:alt")) if self.image else "",
            url=self._url(),
            kind=self.kind,
            frame=self._frame(),
            aspect=self._aspect(),
            duration=self._duration(),
            sensitive=self._is_adult(),
            audio=self._audio(),
            price=self._price() if self.kind in _PRICED else "",
            place=thing.place if event else "",
            starts=(thing.starts or iso(head.first("event:start_time"))) if event else "",
        )

    def _title(self) -> str:
        head = self.head
        values = [*head.meta["og:title"], *head.meta["twitter:title"], self.thing.title, head.title]
        values += [*head.meta["title"], *head.meta["dc.title"], head.item("headline"), head.item("name")]
        return next((text for value in values if (text := tidy.line(value))), "")

    def _text(self) -> str:
        values = [*(self.head.meta[name] for name in ("og:description", "twitter:description"))]
        texts = [*values[0], *values[1], self.thing.text, *self.head.meta["description"], self.head.item("description")]
        if self.kind == "post" and self.thing.text:
            texts.insert(0, self.thing.text)
        return next((text for one in texts if (text := tidy.paragraphs(one)) and not rubbish.bad_text(text)), "")

    def _kind(self) -> str:
        if self.known.slug and self.known.kind not in _VAGUE:
            return self.known.kind
        written = self.head.first("og:type").strip().lower()
        film = written.startswith("video.") and "video"
        sold = written.startswith("product.") and "product"
        return self.thing.kind or _KINDS.get(written, "") or film or sold or ""

    def _image(self) -> str:
        head = self.head
        names = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
        values = [value for name in names for value in head.meta[name]]
        values += [
            self.thing.image,
            head.linked("image_src"),
            head.item("thumbnailurl"),
            head.item("image"),
            head.first("thumbnail"),
        ]
        for value in values:
            image = tidy.picture(value, self.base)
            if image and not rubbish.bad_picture(image):
                return image
        return ""

    def _author(self) -> str:
        head = self.head
        own = {self.site.lower(), self.known.name.lower(), self.title.lower()}
        written = _WRITER.fullmatch(self.title)
        signed = [head.first("author"), *head.meta["article:author"], *head.meta["book:author"]]
        signed.append(head.first("dc.creator", "parsely-author", "citation_author"))
        names = [name for value in signed if (name := tidy.line(value, record.NAME)).lower() not in own]
        sure = [tidy.line(value, record.NAME) for value in (self.thing.author, head.author)]
        return next((name for name in (*sure, *names, written[1] if written else "") if _is_name(name)), "")

    def _author_url(self) -> str:
        head = self.head
        values = (self.thing.author_url, head.author_url, *head.meta["article:author"], head.linked("author"))
        whole = (value for value in values if value and ("/" in value))
        return next((found for value in whole if (found := tidy.page(value, self.base))), "")

    def _published(self) -> str:
        head = self.head
        first = [*head.meta["article:published_time"], self.thing.published, head.item("datepublished", "uploaddate")]
        values = [*first, *(value for name in _DATES for value in head.meta[name])]
        labelled = head.first("twitter:label1").strip().lower() == "posted at"
        values.append(head.first("twitter:value1", "twitter:data1") if labelled else "")
        return next((day for value in values if (day := iso(value))), "")

    def _url(self) -> str:
        for value in reversed(self.named):
            ours = identity.same_site(value, self.asked) or identity.same_site(value, self.here)
            if value and ours and not urlsplit(value).path.lower().endswith(_MEDIA):
                return tidy.page(value, self.base)
        return ""

    def _frame(self) -> str:
        head = self.head
        names = ("og:video:secure_url", "og:video:url", "og:video")
        films = (
            [] if head.first("og:video:type").startswith("video/") else [v for name in names for v in head.meta[name]]
        )
        for value in (*head.meta["twitter:player"], *films, self.thing.frame, head.item("embedurl")):
            found = tidy.address(value, self.base)
            if found.lower().startswith("https://") and not urlsplit(found).path.lower().endswith(_MEDIA):
                return found
        return ""

    def _aspect(self) -> str:
        if self.kind not in _FILMS:
            return self.thing.aspect if self.kind == "picture" else ""
        head = self.head
        shapes = ((head.first(f"{one}:width"), head.first(f"{one}:height")) for one in ("og:video", "twitter:player"))
        return self.thing.aspect or next((shape for one in shapes if (shape := tidy.aspect(*one))), "")

    def _duration(self) -> float:
        names = (
            "video:duration",
            "og:video:duration",
            "music:duration",
            "og:duration",
            "duration",
            "og:audio:duration",
        )
        values = [self.thing.duration, self.head.item("duration"), *(self.head.first(name) for name in names)]
        return next((length for value in values if (length := tidy.seconds(value))), 0)

    def _is_adult(self) -> bool:
        ages = self.head.first("og:restrictions:age")
        rating = self.head.first("rating").strip().lower()
        return "18" in ages or rating in ("adult", "mature", "restricted") or rating.startswith("rta-")

    def _audio(self) -> str:
        if self.kind != "episode" or self.known.slug in _SNIPPETS:
            return ""
        for value in (*self.head.meta["og:audio:secure_url"], *self.head.meta["og:audio"], self.thing.audio):
            found = tidy.address(value, self.base)
            if found and (
                urlsplit(found).path.lower().endswith(_SOUNDS) or self.head.first("og:audio:type").startswith("audio/")
            ):
                return found
        return ""

    def _price(self) -> str:
        for name in ("product:price", "og:price", "product:sale_price"):
            paid = linked_data.amount(self.head.first(f"{name}:amount"))
            if paid:
                return f"{paid} {linked_data.money(self.head.first(f'{name}:currency'))}".strip()
        return self.thing.price


def _is_name(text: str) -> bool:
    """Tell whether a text is the name of somebody, and no address of the web or of mail."""
    mail = "@" in text and " " not in text and not text.startswith("@")
    return bool(text) and not mail and not text.startswith(("http:", "https:", "//"))


def _joined(base: str, address: str) -> str:
    try:
        return record.web_address(urljoin(base, address.strip())) or base
    except ValueError:
        return base
