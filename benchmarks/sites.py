"""Write the same made-up site for each generator: seeded, so that every run measures the same bytes."""

from __future__ import annotations

import json
import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

WORDS = [
    "paper",
    "ink",
    "press",
    "table",
    "lamp",
    "kettle",
    "window",
    "track",
    "signal",
    "bridge",
    "tunnel",
    "river",
    "harbour",
    "field",
    "orchard",
    "meadow",
    "village",
    "tower",
    "stair",
    "corridor",
    "ticket",
    "luggage",
    "blanket",
    "letter",
    "stamp",
    "pencil",
    "margin",
    "column",
    "cover",
    "spine",
    "stitch",
    "fold",
    "edge",
    "morning",
    "evening",
    "winter",
    "market",
    "studio",
    "workshop",
    "neighbour",
    "stranger",
    "visitor",
    "friend",
    "baker",
    "printer",
    "binder",
    "driver",
    "slow",
    "quiet",
    "early",
    "late",
    "bright",
    "faded",
    "narrow",
    "wide",
    "heavy",
    "light",
    "plain",
    "careful",
    "patient",
    "small",
    "old",
    "new",
    "cold",
    "warm",
    "carries",
    "folds",
    "prints",
    "draws",
    "waits",
    "leaves",
    "reads",
    "writes",
    "opens",
    "closes",
    "turns",
    "follows",
    "keeps",
    "sends",
    "finds",
    "mends",
    "and",
    "but",
    "while",
    "because",
    "until",
    "where",
    "under",
    "over",
    "along",
    "beside",
    "between",
    "after",
    "before",
    "without",
]
MARK = "revision 000"


class Post(NamedTuple):
    """One made-up post."""

    slug: str
    title: str
    date: str
    summary: str
    body: str


class Site(NamedTuple):
    """One made-up site."""

    links: list[tuple[str, str, str]]
    cards: list[tuple[str, str, str]]
    about: str
    posts: list[Post]


def make(posts: int, seed: int = 7) -> Site:
    """Return a site with 30 links, 12 cards with pictures, one page, and so many posts of about 2.6 kB."""
    dice = random.Random(seed)
    links = [(_title(dice), f"https://example.com/l/{n}", _words(dice, 5, 9)) for n in range(30)]
    cards = [(_title(dice), f"https://example.com/c/{n}", _words(dice, 14, 26)) for n in range(12)]
    texts = []
    for number in range(posts):
        dice = random.Random(seed * 1_000_003 + number)
        date = f"{2010 + number % 16}-{1 + number % 12:02}-{1 + number % 28:02}"
        texts.append(Post(f"post-{number:05}", _title(dice), date, _words(dice, 8, 14), _body(dice)))
    return Site(links, cards, f"{MARK}\n\n{_body(random.Random(seed + 1))}", texts)


def linkhome(site: Site, folder: Path) -> Path:
    """Write the site for linkhome; return the file that the benchmark changes."""
    home = [{"links": "Elsewhere", "items": [{"url": u, "title": t, "note": n} for t, u, n in site.links]}]
    for number, (title, address, text) in enumerate(site.cards):
        home.append({"embed": address, "title": title, "text": text, "image": f"media/{number}.png"})  # type: ignore[dict-item]
    home.append("newsletter")  # type: ignore[arg-type]
    if site.posts:
        home.append({"posts": 20})  # type: ignore[dict-item]
    config = {
        "url": "https://ada.example",
        "profile": {"name": "Ada Example", "tagline": "Maker of small things"},
        "newsletter": {"action": "https://example.com/subscribe"},
        "home": home,
    }
    # JSON is YAML; a creator's own file is as long.
    put(folder / "linkhome.yaml", json.dumps(config, indent=1))
    pictures(folder / "media")
    put(folder / "pages/about.md", f"---\ntitle: About\n---\n{site.about}")
    for post in site.posts:
        put(folder / f"posts/{post.slug}.md", _front(post, "summary") + post.body)
    return folder / (f"posts/{site.posts[len(site.posts) // 2].slug}.md" if site.posts else "pages/about.md")


def hugo(site: Site, folder: Path) -> Path:
    """Write the site for Hugo, with templates that say about as much as linkhome's."""
    put(
        folder / "hugo.toml",
        'baseURL = "https://ada.example/"\ntitle = "Ada Example"\ndisableKinds = ["taxonomy", "term"]\n',
    )
    put(folder / "data/site.json", json.dumps({"links": site.links, "cards": site.cards}))
    pictures(folder / "static/media")
    page = document(
        "{{ .Title }}",
        "{{ .Summary }}",
        '<h1>{{ .Title }}</h1>{{ with .Date }}<time>{{ .Format "2 January 2006" }}</time>{{ end }}{{ .Content }}',
    )
    rows = "{{ range (.Paginate .RegularPages 50).Pages }}"
    item = '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> <time>{{ .Date.Format "2 January 2006" }}</time><p>{{ .Params.summary }}</p></li>'
    links = '{{ range hugo.Data.site.links }}<li><a href="{{ index . 1 }}">{{ index . 0 }} <span>{{ index . 2 }}</span></a></li>{{ end }}'
    cards = '{{ range $n, $c := hugo.Data.site.cards }}<li><img src="/media/{{ $n }}.png" alt="" width="160" height="90"><a href="{{ index $c 1 }}">{{ index $c 0 }}</a><p>{{ index $c 2 }}</p></li>{{ end }}'
    newest = '{{ range first 20 (where .Site.RegularPages "Section" "posts") }}' + item + "{{ end }}"
    body = f"<h1>Ada Example</h1><ul>{links}</ul><ul>{cards}</ul>{FORM}<ul>{newest}</ul>"
    put(folder / "layouts/index.html", document("Ada Example", "Maker of small things", body))
    put(folder / "layouts/_default/single.html", page)
    put(
        folder / "layouts/_default/list.html",
        document("{{ .Title }}", "", f"<h1>{{{{ .Title }}}}</h1><ul>{rows}{item}{{{{ end }}}}</ul>"),
    )
    put(folder / "content/about.md", f"---\ntitle: About\n---\n{site.about}")
    put(folder / "content/posts/_index.md", "---\ntitle: Posts\n---\n")
    for post in site.posts:
        put(folder / f"content/posts/{post.slug}.md", _front(post, "summary") + post.body)
    return folder / (f"content/posts/{site.posts[len(site.posts) // 2].slug}.md" if site.posts else "content/about.md")


def pelican(site: Site, folder: Path) -> Path:
    """Write the site for Pelican."""
    settings = {
        "SITENAME": "Ada Example", "SITEURL": "", "AUTHOR": "Ada", "TIMEZONE": "UTC", "DEFAULT_LANG": "en",
        "THEME": "theme", "STATIC_PATHS": ["media"], "ARTICLE_PATHS": ["posts"], "PAGE_PATHS": ["pages"],
        "ARTICLE_URL": "posts/{slug}/", "ARTICLE_SAVE_AS": "posts/{slug}/index.html", "SLUGIFY_SOURCE": "basename",
        "PAGE_URL": "{slug}/", "PAGE_SAVE_AS": "{slug}/index.html", "ARCHIVES_SAVE_AS": "posts/index.html",
        "DIRECT_TEMPLATES": ["index", "archives"], "AUTHOR_SAVE_AS": "", "CATEGORY_SAVE_AS": "", "TAG_SAVE_AS": "",
        "FEED_ALL_ATOM": "feed.xml", "CATEGORY_FEED_ATOM": None, "TRANSLATION_FEED_ATOM": None, "AUTHOR_FEED_ATOM": None,
        "AUTHOR_FEED_RSS": None, "LINKS": site.links, "CARDS": site.cards,
    }  # fmt: skip
    put(folder / "pelicanconf.py", "".join(f"{key} = {value!r}\n" for key, value in settings.items()))
    pictures(folder / "content/media")
    (folder / "theme/static").mkdir(parents=True)
    item = '<li><a href="/{{ a.url }}">{{ a.title }}</a> <time>{{ a.date.date() }}</time><p>{{ a.summary }}</p></li>'
    links = "{% for t, u, n in LINKS %}<li><a href='{{ u }}'>{{ t }} <span>{{ n }}</span></a></li>{% endfor %}"
    cards = "{% for t, u, n in CARDS %}<li><img src='/media/{{ loop.index0 }}.png' alt='' width='160' height='90'><a href='{{ u }}'>{{ t }}</a><p>{{ n }}</p></li>{% endfor %}"
    newest = "{% for a in articles[:20] %}" + item + "{% endfor %}"
    body = f"<h1>Ada Example</h1><ul>{links}</ul><ul>{cards}</ul>{FORM}<ul>{newest}</ul>"
    put(folder / "theme/templates/index.html", document("Ada Example", "Maker of small things", body))
    every = "{% for a in dates %}" + item + "{% endfor %}"
    put(folder / "theme/templates/archives.html", document("Posts", "", f"<h1>Posts</h1><ul>{every}</ul>"))
    for name in ("article", "page"):
        inner = f"<h1>{{{{ {name}.title }}}}</h1>{{{{ {name}.content }}}}"
        put(folder / f"theme/templates/{name}.html", document(f"{{{{ {name}.title }}}}", "", inner))
    put(folder / "content/pages/about.md", f"Title: About\n\n{site.about}")
    for post in site.posts:
        head = f"Title: {post.title}\nDate: {post.date}\nSummary: {post.summary}\n\n"
        put(folder / f"content/posts/{post.slug}.md", head + post.body)
    name = f"posts/{site.posts[len(site.posts) // 2].slug}.md" if site.posts else "pages/about.md"
    return folder / "content" / name


WRITERS: dict[str, Callable[[Site, Path], Path]] = {"linkhome": linkhome, "hugo": hugo, "pelican": pelican}

FORM = (
    '<form action="https://example.com/subscribe" method="post"><label>E-mail '
    '<input type="email" name="email" required></label><button>Subscribe</button></form>'
)


def document(title: str, description: str, body: str) -> str:
    """Return a page that says about as much as linkhome's."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>{title}</title><meta name="description" content="{description}"></head><body>'
        '<header><a href="/">Ada Example</a> <a href="/about/">About</a> <a href="/posts/">Posts</a></header>'
        f"<main>{body}</main><footer>Made by hand.</footer></body></html>\n"
    )


def _front(post: Post, summary: str) -> str:
    return f"---\ntitle: {post.title}\ndate: {post.date}\n{summary}: {post.summary}\n---\n"


def put(file: Path, text: str) -> Path:
    """Write a file of a site; return it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def _words(dice: random.Random, low: int, high: int) -> str:
    return " ".join(dice.choice(WORDS) for _ in range(dice.randint(low, high)))


def _title(dice: random.Random) -> str:
    return _words(dice, 3, 6).capitalize()


def _sentence(dice: random.Random) -> str:
    words = _words(dice, 7, 18).split()
    at = dice.randrange(len(words) - 2)
    form = dice.choice(("{}", "{}", "{}", "{}", "*{}*", "**{}**", "[{}](https://example.com/x)", "`{}`", '"{}"'))
    words[at] = form.format(words[at])
    return " ".join(words).capitalize() + "."


def _body(dice: random.Random) -> str:
    paragraph = lambda: " ".join(_sentence(dice) for _ in range(dice.randint(3, 6)))  # noqa: E731
    parts = [MARK, paragraph(), paragraph(), f"## {_title(dice)}", paragraph()]
    parts.append("\n".join(f"- {_sentence(dice)}" for _ in range(4)))
    parts += [f"> {_sentence(dice)}", f"## {_title(dice)}", paragraph(), paragraph()]
    return "\n\n".join(parts) + "\n"


def pictures(folder: Path) -> None:
    """Write the twelve pictures of the cards."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(12):
        (folder / f"{number}.png").write_bytes(_png(number))


def _png(seed: int, width: int = 160, height: int = 90) -> bytes:
    dice = random.Random(seed)
    left, right = ([dice.randrange(256) for _ in range(3)] for _ in range(2))
    row = bytes((a * (width - x) + b * x) // width for x in range(width) for a, b in zip(left, right, strict=True))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress((b"\0" + row) * height, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
