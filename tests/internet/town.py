"""Be thirty platforms on which one invented creator is at home. All of them speak as the real ones do.

`Town.edition` is part of every title, so that a test can let the whole world publish something new.
"""

from __future__ import annotations

import io
import json
import zlib
from functools import cache
from urllib.parse import parse_qs, urlsplit

from PIL import Image, ImageOps

from .world import Answer, Host

ALBUM = "4aawyAB9vmqN3uQ7FjRGTy"
VIDEO = "0123456789a"
CHANNEL = "UC0123456789abcdefghijkl"
POST = "115500000000000001"
TUBE = "9c9de5e8-0a1e-484a-b099-e80766180a6d"
IMAGES = "images.example"

#: Every address by the name of its platform, as a creator pastes it.
EMBEDS = {
    "youtube": f"https://www.youtube.com/watch?v={VIDEO}",
    "vimeo": "https://vimeo.com/76979871",
    "tiktok": "https://www.tiktok.com/@ada/video/7000000000000000001",
    "twitch": "https://www.twitch.tv/videos/1234567890",
    "dailymotion": "https://www.dailymotion.com/video/x8abcde",
    "peertube": f"https://tube.example/w/{TUBE}",
    "loom": "https://www.loom.com/share/0281766fa2d04bb788eaf19e65135184",
    "ted": "https://www.ted.com/talks/ada_example_how_to_draw",
    "bluesky": "https://bsky.app/profile/ada.example/post/3kabcdefgh2x",
    "mastodon": f"https://mastodon.example/@ada/{POST}",
    "reddit": "https://www.reddit.com/r/risograph/comments/1abcde/a_title/",
    "pinterest": "https://www.pinterest.com/pin/1234567890123/",
    "telegram": "https://t.me/adachannel/42",
    "spotify": f"https://open.spotify.com/album/{ALBUM}",
    "soundcloud": "https://soundcloud.com/ada/night-train",
    "bandcamp": "https://ada.bandcamp.com/album/night-lines",
    "deezer": "https://www.deezer.com/album/302127",
    "tidal": "https://tidal.com/browse/album/77646170",
    "mixcloud": "https://www.mixcloud.com/ada/night-set/",
    "flickr": "https://www.flickr.com/photos/ada/50123456789",
    "giphy": "https://giphy.com/gifs/train-abcdefghij123",
    "github": "https://github.com/ada/press",
    "figma": "https://www.figma.com/design/AbCdEfGhIjKlMn/Night",
    "etsy": "https://www.etsy.com/listing/123456789/night-print",
    "eventbrite": "https://www.eventbrite.com/e/print-fair-tickets-123456789",
    "story": "https://story.example/a-story",
    "x": "https://x.com/ada/status/1234567890123456789",
}
#: Whose newest are shown.
LATEST = {
    "youtube": "https://www.youtube.com/@ada",
    "mastodon": "https://mastodon.example/@ada",
    "podcast": "https://podcasts.apple.com/de/podcast/slow-lines/id1234567890",
    "substack": "https://ada.substack.com",
    "blog": "https://blog.example",
    "medium": "https://medium.com/@ada",
}
#: Two that stay well whatever happens to the others: a page and a feed.
CONTROLS = {"well": "https://well.example/a-page", "well feed": "https://well-feed.example"}


class Town:
    """Answer for every host. Change ``edition``, and everybody has something new to say."""

    def __init__(self) -> None:
        self.edition = 1
        #: Whether each edition has pictures of its own.
        self.repaints = False
        self.hosts: dict[str, Host] = {
            IMAGES: lambda path: Answer(picture(path), "image/jpeg"),
            "i.ytimg.com": lambda path: Answer(picture(path), "image/jpeg"),
            "www.youtube.com": self._youtube,
            "vimeo.com": self._oembed("A film"),
            "www.tiktok.com": self._oembed("A short film"),
            "www.twitch.tv": self._page("A long stream"),
            "www.dailymotion.com": self._oembed("Another film"),
            "tube.example": self._peertube,
            "www.loom.com": self._oembed("How to fold"),
            "www.ted.com": self._oembed("How to draw", description="Twelve minutes about lines."),
            "public.api.bsky.app": self._bluesky,
            "mastodon.example": self._mastodon,
            "www.reddit.com": self._oembed("Which ink dries fastest"),
            "www.pinterest.com": self._oembed("A pin"),
            "t.me": self._page("Ada's channel", text="Tomorrow at six, by the stairs."),
            "open.spotify.com": self._oembed("Night Lines"),
            "soundcloud.com": self._oembed("Night train", version=1.0, width="100%", height=400),
            "ada.bandcamp.com": self._page("Night Lines, by Ada"),
            "api.deezer.com": self._oembed("Night Lines on record"),
            "oembed.tidal.com": self._oembed("Night Lines in full"),
            "www.mixcloud.com": self._oembed("Night set"),
            "www.flickr.com": self._flickr,
            "giphy.com": self._oembed("A train, turning"),
            "github.com": self._page("ada/press", text="A press for zines."),
            "www.figma.com": self._oembed("A plan of the night"),
            "www.etsy.com": self._product,
            "www.eventbrite.com": self._event,
            "story.example": self._page("A story about ink", text="It begins in Graz."),
            "publish.x.com": self._x,
            "itunes.apple.com": self._itunes,
            "feeds.example": self._feed("An episode", audio=True),
            "ada.substack.com": self._feed("A letter"),
            "medium.com": self._feed("An essay"),
            "blog.example": self._blog("A note"),
            "well.example": self._page("All is well", text="Here, at least."),
            "well-feed.example": self._blog("Good news"),
            # Doors that are only tried when a better one is shut.
            "bsky.app": self._page("The ink is dry, says the page"),
            "www.deezer.com": self._page("Night Lines on record, says the page"),
            "tidal.com": self._page("Night Lines in full, says the page"),
            "podcasts.apple.com": self._page("Slow Lines, says the page"),
        }

    def title(self, words: str) -> str:
        """Return a title of this edition."""
        return f"{words}, no. {self.edition}"

    def image(self, words: str) -> str:
        """Return the address of the picture for these words."""
        return f"https://{IMAGES}/{zlib.crc32(words.encode()):08x}{f'-{self.edition}' if self.repaints else ''}.jpg"

    # ---------------------------------------------------------------- shapes that many share

    def _oembed(self, words: str, **more: object) -> Host:
        def say(path: str) -> Answer:
            asked = parse_qs(urlsplit(path).query).get("url", [""])[0]
            if not asked:
                return Answer(b"<title>404 Not Found</title>", "text/html", 404)
            said = {
                "version": "1.0",
                "type": "rich",
                "title": self.title(words),
                "author_name": "Ada Example",
                "author_url": "https://ada.example/",
                "thumbnail_url": self.image(words),
                "thumbnail_width": 640,
                "thumbnail_height": 360,
                "html": f'<blockquote><a href="{asked}">{words}</a></blockquote>',
            }
            return _json(said | more)

        return say

    def _page(self, words: str, text: str = "") -> Host:
        return lambda path: _html(self.title(words), self.image(words), text)

    def _feed(self, words: str, audio: bool = False) -> Host:
        def say(path: str) -> Answer:
            items = "".join(
                f"<item><title>{self.title(words)}{'' if n == 0 else f' ({n})'}</title>"
                f"<link>https://ada.example/{zlib.crc32(words.encode()):08x}/{self.edition}-{n}</link>"
                f"<guid>{self.edition}-{n}</guid>"
                f"<pubDate>{_date(self.edition, n)}</pubDate><description>Words about it.</description>"
                + (f'<enclosure url="https://sound.example/{n}.mp3" type="audio/mpeg" length="1"/>' if audio else "")
                + f'<media:thumbnail url="https://{IMAGES}/{zlib.crc32(words.encode()):08x}-{n}.jpg"/></item>'
                for n in range(4)
            )
            head = '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/">'
            xml = f'<?xml version="1.0"?>{head}<channel><title>Ada</title>{items}</channel></rss>'
            return Answer(xml.encode(), "application/rss+xml; charset=utf-8", headers={"ETag": f'"{self.edition}"'})

        return say

    # ---------------------------------------------------------------- those with ways of their own

    def _youtube(self, path: str) -> Answer:
        if path.startswith("/oembed"):
            image = f"https://i.ytimg.com/vi/{VIDEO}/hqdefault.jpg"
            return self._oembed("A film about rails", type="video", thumbnail_url=image)(path)
        if path.startswith("/feeds/"):
            entries = "".join(
                f"<entry><id>yt:video:{self.edition:05d}{n:06d}</id><yt:videoId>{self.edition:05d}{n:06d}</yt:videoId>"
                f"<yt:channelId>{CHANNEL}</yt:channelId><title>{self.title('A film')} ({n})</title>"
                f'<link rel="alternate" href="https://www.youtube.com/watch?v={self.edition:05d}{n:06d}"/>'
                f"<author><name>Ada</name></author><published>{_month(self.edition)}-1{4 - n}T10:00:00+00:00</published>"
                f'<media:group><media:thumbnail url="https://i.ytimg.com/vi/{self.edition:05d}{n:06d}/hqdefault.jpg"/>'
                "<media:description>About it</media:description></media:group></entry>"
                for n in range(4)
            )
            names = 'xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/"'
            head = f'<feed {names} xmlns="http://www.w3.org/2005/Atom"><title>Ada</title>'
            return Answer(f'<?xml version="1.0"?>{head}{entries}</feed>'.encode(), "text/xml; charset=UTF-8")
        filler = "<script>var a = 1;</script>" * 4000
        feed = f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}"
        link = f'<link rel="alternate" type="application/rss+xml" title="RSS" href="{feed}">'
        home = f"https://www.youtube.com/channel/{CHANNEL}"
        text = (
            f'<!doctype html><html><head><title>Ada - YouTube</title>{filler}{link}<link rel="canonical" href="{home}">'
        )
        return Answer(text.encode(), "text/html; charset=utf-8")

    def _peertube(self, path: str) -> Answer | None:
        if path.startswith("/lazy-static/"):
            return Answer(picture(path), "image/jpeg")
        if not path.startswith("/api/v1/videos/"):
            return None
        video = {
            "uuid": TUBE,
            "name": self.title("A free film"),
            "description": "On a server of our own.",
            "duration": 95,
            "publishedAt": "2026-11-01T10:00:00.000Z",
            "previewPath": "/lazy-static/previews/a.jpg",
            "thumbnailPath": "/lazy-static/previews/a.jpg",
            "account": {"name": "ada", "displayName": "Ada Example", "url": "https://tube.example/accounts/ada"},
            "channel": {"name": "ada", "displayName": "Ada Example", "url": "https://tube.example/c/ada"},
            "embedPath": f"/videos/embed/{TUBE}",
            "url": f"https://tube.example/w/{TUBE}",
            "nsfw": False,
        }
        return _json(video)

    def _bluesky(self, path: str) -> Answer:
        post = {
            "uri": "at://did:plc:ada/app.bsky.feed.post/3kabcdefgh2x",
            "cid": "a",
            "author": {"did": "did:plc:ada", "handle": "ada.example", "displayName": "Ada Example", "labels": []},
            "record": {
                "$type": "app.bsky.feed.post",
                "text": self.title("The ink is dry"),
                "createdAt": "2026-11-01T10:00:00.000Z",
            },
            "indexedAt": "2026-11-01T10:00:01.000Z",
            "labels": [],
        }
        return _json({"thread": {"$type": "app.bsky.feed.defs#threadViewPost", "post": post, "replies": []}})

    def _status(self, number: int) -> dict[str, object]:
        return {
            "id": str(int(POST) + number),
            "uri": f"https://mastodon.example/users/ada/statuses/{int(POST) + number}",
            "url": f"https://mastodon.example/@ada/{int(POST) + number}",
            "created_at": f"{_month(self.edition)}-1{4 - number}T10:00:00.000Z",
            "content": f"<p>{self.title('The press runs')} ({number})</p>",
            "sensitive": False,
            "spoiler_text": "",
            "visibility": "public",
            "in_reply_to_id": None,
            "reblog": None,
            "account": {
                "id": "1",
                "acct": "ada",
                "username": "ada",
                "display_name": "Ada Example",
                "url": "https://mastodon.example/@ada",
            },
            "media_attachments": [],
            "language": "en",
        }

    def _mastodon(self, path: str) -> Answer | None:
        if path.startswith("/api/v1/accounts/lookup"):
            account = {"id": "1", "acct": "ada", "username": "ada", "url": "https://mastodon.example/@ada"}
            return _json(account | {"display_name": "Ada Example"})
        if path.startswith("/api/v1/accounts/1/statuses"):
            return _json([self._status(n) for n in range(4)])
        if path.startswith(f"/api/v1/statuses/{POST}"):
            return _json(self._status(0))
        return None

    def _flickr(self, path: str) -> Answer:
        image = f"https://{IMAGES}/photo.jpg"
        more = {"type": "photo", "url": image, "license": "CC BY 4.0", "web_page": EMBEDS["flickr"], "width": 640}
        return self._oembed("Snow on the line", **more, height=360)(path)

    def _product(self, path: str) -> Answer:
        offer = {"@type": "Offer", "price": f"{17 + self.edition}.00", "priceCurrency": "EUR"}
        data = {"@context": "https://schema.org", "@type": "Product", "name": self.title("A print"), "offers": offer}
        return _html(self.title("A print"), f"https://{IMAGES}/print.jpg", "Two colours.", data)

    def _event(self, path: str) -> Answer:
        where = {"@type": "Place", "name": "Market hall"}
        data = {"@context": "https://schema.org", "@type": "Event", "name": self.title("A fair"), "location": where}
        more = {"startDate": "2027-03-03T11:00:00+01:00"}
        return _html(self.title("A fair"), f"https://{IMAGES}/fair.jpg", "Bring a bag.", data | more)

    def _x(self, path: str) -> Answer:
        words = self.title("The train is late")
        html = (
            f'<blockquote class="twitter-tweet"><p lang="en" dir="ltr">{words}</p>&mdash; Ada (@ada) November 1, 2026'
        )
        said = {"url": "https://x.com/ada/status/1234567890123456789", "author_name": "Ada", "html": html}
        more = {"type": "rich", "version": "1.0", "author_url": "https://x.com/ada", "cache_age": "3153600000"}
        return _json(said | more)

    def _itunes(self, path: str) -> Answer:
        show = {
            "wrapperType": "track",
            "kind": "podcast",
            "collectionId": 1234567890,
            "collectionName": "Slow Lines",
            "trackName": "Slow Lines",
            "artistName": "Ada Example",
            "feedUrl": "https://feeds.example/slow-lines.xml",
            "artworkUrl600": f"https://{IMAGES}/show.jpg",
            "collectionViewUrl": "https://podcasts.apple.com/de/podcast/slow-lines/id1234567890",
        }
        return _json({"resultCount": 1, "results": [show]})

    def _blog(self, words: str) -> Host:
        def say(path: str) -> Answer:
            if path.startswith("/feed"):
                return self._feed(words)(path)
            link = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
            page = f"<!doctype html><title>Ada's notes</title>{link}".encode()
            return Answer(page, "text/html", headers={"ETag": '"never changes"'})

        return say


@cache
def picture(path: str) -> bytes:
    """Return a JPEG of 640 × 360 that differs from path to path."""
    number = zlib.crc32(path.encode())
    dark, light = f"#{number & 0x7F7F7F:06x}", f"#{number >> 8 | 0x808080:06x}"
    made = ImageOps.colorize(Image.linear_gradient("L").resize((640, 360)), dark, light)
    target = io.BytesIO()
    made.save(target, "JPEG")
    return target.getvalue()


def _json(value: object) -> Answer:
    return Answer(json.dumps(value).encode(), "application/json; charset=utf-8")


def _html(title: str, image: str, text: str, data: dict[str, object] | None = None) -> Answer:
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data else ""
    head = (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:image" content="{image}">'
        f'<meta property="og:description" content="{text}">{script}</head><body><p>Hello</p></body></html>'
    )
    return Answer(head.encode(), "text/html; charset=utf-8", headers={"ETag": f'W/"{zlib.crc32(head.encode()):x}"'})


def _month(edition: int) -> str:
    return f"{2026 + (edition - 1) // 12}-{(edition - 1) % 12 + 1:02d}"


def _date(edition: int, number: int) -> str:
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    year, month = _month(edition).split("-")
    return f"1{4 - number} {months[int(month) - 1]} {year} 10:00:00 GMT"
