"""Write a site that shows every kind of card, from saved copies of an invented creator, in every layout.

``EVIL`` stands in for hostile platforms: the same site with such words in every field of every copy.
"""

from __future__ import annotations

import json
from pathlib import Path

from linkhome.embeds.places import place

AUTHOR = "Lina Marlow"
EVIL = "\"><img src=x onerror=\"document.title='evil'\"><script>document.title='evil';alert(1)</script>' onfocus=alert(1) autofocus x='"

#: Name of the picture, its size, and what is on it.
PICTURES = {
    "video": (640, 360, "A night train at a lake"),
    "short": (360, 640, "Pink ink on a roller"),
    "cover": (400, 400, "A paper cup before the moon"),
    "article": (640, 360, "Sheets drying on a line"),
    "photo": (640, 480, "Pylons below a red sky"),
    "product": (640, 480, "Six prints on a table"),
    "event": (640, 360, "A hall full of tables"),
    "repository": (640, 320, "A timetable in monospace"),
    "profile": (400, 400, "Lina at a window"),
}


def item(url: str, kind: str, title: str, picture: str = "", **more: object) -> dict[str, object]:
    """Return one thing as a copy holds it."""
    image = {"file": f"{picture}.webp", "alt": PICTURES[picture][2]} if picture else None
    return {
        "url": url,
        "kind": kind,
        "title": title,
        "author": AUTHOR,
        "published": "2026-11-18",
        "image": image,
    } | more


FILM = item("https://vimeo.com/76979871", "video", "Nine hours of night train in one take", "video", duration=768)
FILMS = [
    item(f"https://www.youtube.com/watch?v=nightLine_{n}", "video", title, "video", duration=300 + 211 * n)
    for n, title in enumerate(
        (
            "Two-colour riso at home",
            "Sketchbook tour: Basel to Zagreb",
            "How long does ink dry?",
            "Folding, slowly",
            "Reel",
        )
    )
]
SHORT = item(
    "https://www.tiktok.com/@lina/video/7000000000000000001", "short", "Mixing fluorescent pink", "short", duration=31
)
MUSIC = item("https://open.spotify.com/album/4aawyAB9vmqN3uQ7FjRGTy", "album", "Songs for slow lines", "cover")
EPISODE = item(
    "https://podcast.example/episodes/12", "episode", "Paper, ink, patience", "cover", author="Slow Lines", duration=2460,
    text="Why a print needs two days of rest.", audio="https://media.podcast.example/12.mp3",
)  # fmt: skip
POST = item(
    "https://mastodon.example/@lina/115500000000000001", "post", "",
    text="Found a 1974 timetable in a second-hand shop in Graz. The typography alone.",
)  # fmt: skip
ARTICLE = item(
    "https://lina.substack.com/p/night-trains", "article", "When the apps went dark", "article",
    text="Six hours without a feed, and what I learned about postcards.",
)  # fmt: skip
PHOTO = item("https://photos.example/52000000001", "picture", "Pylons near Buchs", "photo", license="CC BY-SA 4.0")
PRODUCT = item(
    "https://www.etsy.com/listing/123456789/night-lines", "product", "Night Lines, riso print A3", "product", price="€ 48.00",
    text="Two colours, 80 copies, numbered by hand.", author="Studio Marlow",
)  # fmt: skip
EVENT = item(
    "https://www.eventbrite.com/e/print-fair-tickets-123456789", "event", "Print fair", "event", starts="2026-12-12T11:00",
    place="Markthalle Basel", published=None,
)  # fmt: skip
BARE_EVENT = item(
    "https://lu.ma/nightlines", "event", "Workshop: two colours, one afternoon", starts="2027-01-17T10:00", place="Zürich",
)  # fmt: skip
REPOSITORY = item(
    "https://github.com/lina/timetable", "repository", "lina/timetable", "repository", text="Old timetables, set again."
)
PROFILE = item("https://www.behance.net/lina", "profile", AUTHOR, "profile", text="Illustration, riso, slow trains.")
LINK = item(
    "https://unknown.example/some/page", "page", "A page that nobody knows", text="It has words and no picture."
)
THINGS = (PHOTO, PRODUCT, EVENT, REPOSITORY, PROFILE, BARE_EVENT)
SINGLE = (FILM, SHORT, MUSIC, EPISODE, POST, ARTICLE, PRODUCT, EVENT, REPOSITORY, PROFILE, LINK)
FEEDS = {
    "https://www.youtube.com/@slowlines": FILMS[:3],
    "https://www.youtube.com/@slowlist": FILMS[:3],
    "https://www.youtube.com/@slowreel": FILMS,
    "https://www.tiktok.com/@lina": [SHORT, SHORT, SHORT],
    "https://podcast.example/feed.xml": [EPISODE, EPISODE],
    "https://things.example/feed.xml": list(THINGS),
}
HOME = """\
  - latest: https://www.youtube.com/@slowlines
  - latest: https://www.youtube.com/@slowlist
    layout: list
    title: Films, listed
  - latest: https://www.youtube.com/@slowreel
    layout: carousel
    count: 5
    title: Films in a row
  - latest: https://www.tiktok.com/@lina
    layout: carousel
    title: Shorts in a row
  - latest: https://things.example/feed.xml
    count: 6
    title: Things
  - latest: https://podcast.example/feed.xml
    title: Slow Lines
    layout: list
"""


def write(folder: Path, *, evil: bool = False, art: Path | None = None) -> Path:
    """Write the site and return its folder; ``art`` has a picture for each name of `PICTURES`, else they are plain."""
    saved = folder / "saved"
    for thing in SINGLE:
        _keep(saved, str(thing["url"]), thing, evil)
    for address, things in FEEDS.items():
        _keep(saved, address, {"title": "Slow Lines", "items": things}, evil)
    for name, (width, height, _) in PICTURES.items():
        for place_ in {file.parent for file in saved.rglob("*.json")}:
            _draw(place_ / f"{name}.webp", width, height, art)
    embeds = "".join(f"  - embed: {thing['url']}\n" for thing in SINGLE)
    (folder / "linkhome.yaml").write_text(
        "url: https://lina.example\nprofile:\n  name: Lina Marlow\nnewsletter: false\n"
        f"embeds:\n  as_of: 1\nhome:\n{HOME}{embeds}".replace("newsletter: false\n", "")
    )
    (folder / "posts").mkdir(parents=True, exist_ok=True)
    below = "".join(f"  - {thing['url']}\n" for thing in SINGLE)
    (folder / "posts/2026-11-14-cards.md").write_text(
        f"---\ntitle: Cards below a text\ndate: 2026-11-14\nembeds:\n{below}---\n\nWhat others keep of mine.\n"
    )
    return folder


def _keep(saved: Path, address: str, good: dict[str, object], evil: bool) -> None:
    file = place(saved, address)
    file.parent.mkdir(parents=True, exist_ok=True)
    good = {name: value for name, value in good.items() if value is not None} | {"fetched": "2026-11-20"}
    if evil:
        good = _poisoned(good)
    file.write_text(json.dumps({"schema": 1, "url": address, "good": good}))


def _poisoned(good: dict[str, object]) -> dict[str, object]:
    words = dict.fromkeys(("title", "author", "text", "license", "price", "place"), EVIL)
    made = good | words | {"author_url": "javascript:alert(1)", "frame": "javascript:alert(1)"}
    image = good.get("image")
    if isinstance(image, dict):
        made["image"] = image | {"alt": EVIL}
    if "audio" in good:
        made["audio"] = f"https://media.podcast.example/{EVIL}"
    items = good.get("items")
    if isinstance(items, list):
        made["items"] = [_poisoned(one) for one in items] + [{"url": "javascript:alert(1)", "title": EVIL}]
    return made


def _draw(file: Path, width: int, height: int, art: Path | None) -> None:
    if file.exists():
        return
    if art:
        file.write_bytes((art / file.name).read_bytes())
        return
    from PIL import Image

    Image.new("RGB", (width, height), (154, 59 + height % 97, 31)).save(file)
