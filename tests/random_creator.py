"""A creator who edits a site at random: what stands in the files, and what happens to them, is decided by the dice."""

from __future__ import annotations

import io
import json
import os
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

NOW = 1_790_000_000
DAY = 86_400
LETTERS = ("", "", "", "Ä und ß", "سلام", "🎈", "Ελλάδα", "naïve fiancée", "日本")
COLOURS = ("#9A3B1F", "#123456", "#ffee00", "#7a1fd1")
FACES = ("instrument-sans/InstrumentSans.ttf", "schibsted-grotesk/SchibstedGrotesk.ttf", "archivo/Archivo.ttf")
CHANNEL = "https://www.youtube.com/@lina"
Edit = Callable[["Creator"], None]
EDITS: dict[str, Edit] = {}


def edit(do: Edit) -> Edit:
    """Add something that creators do."""
    EDITS[do.__name__] = do
    return do


class Creator:
    """Work on a site: what stands in its files is decided by the dice."""

    def __init__(self, site: Any, dice: random.Random) -> None:
        self.site = site
        self.dice = dice
        self.now = NOW
        self.themes = _themes()
        self.name = "Lina"
        self.languages = ["en", "de"]
        self.profile: dict[str, Any] = {"portrait": {"file": "media/p.png", "alt": "me"}, "tagline": "Zines"}
        self.brand: dict[str, Any] = {"color": "#9A3B1F", "share": "pages"}
        self.blocks: list[Any] = []
        self.footer: dict[str, Any] = {"note": "See [this](pages/about.md)"}
        self.template = 0
        for name in ("media/a.png", "media/p.png", "media/p2.png", "posts/b.png", "media/bg.png"):
            self.picture(name)
        self.drawing()
        self.font()
        self.site.write("media/doc.pdf", "%PDF")
        self.page("pages/about.md")
        self.page("pages/about.de.md", "slug: ueber\n")
        self.saved()
        for number in range(3):
            self.post(f"posts/p{number}.md")
        self.post("posts/p0.de.md")
        self.save()

    # ------------------------------------------------------------------ files

    def picture(self, name: str) -> None:
        from PIL import Image

        small = Image.effect_mandelbrot((9, 9), (-2, -1, 1, 1), 9) if self.dice.random() < 0.2 else None
        colour = tuple(self.dice.randrange(256) for _ in range(3))
        image = Image.new("RGB", (self.dice.choice((40, 380)), self.dice.choice((30, 90))), colour)
        if small:
            image.paste(small, (3, 3))
        kept = io.BytesIO()
        image.save(kept, "PNG")
        self.site.write(name, kept.getvalue())

    def drawing(self) -> None:
        path = f"M0 0h{self.dice.randrange(9)}v9z"
        self.site.write(
            "media/d.svg", f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="{path}"/></svg>'
        )

    def font(self) -> None:
        from linkhome.theme.faces import shipped

        self.site.write("media/f.ttf", (shipped() / self.dice.choice(FACES)).read_bytes())

    def post(self, name: str, more: str = "") -> None:
        dice = self.dice
        image = dice.choice(
            ("", "", "image: media/a.png", "image: b.png", "image: {file: media/p.png, focus: 20% 30%, alt: x}")
        )
        share = dice.choice(("", "", "", "share: media/a.png", "share: {file: media/p2.png, alt: x}"))
        text = dice.choice(
            (
                "plain",
                "![x](b.png) ![y](media/d.svg)",
                "[d](media/doc.pdf) [o](p0.md) [ab](pages/about.md)",
                "> q\n\n| a | b |\n|--|--|\n| 1 | 2 |\n",
                "word " * 6000,
            )
        )
        head = "\n".join(filter(None, (image, share)))
        title = f"T{dice.randrange(1000)} {dice.choice(LETTERS)}".strip()
        date = f"2026-{dice.randrange(1, 13):02}-{dice.randrange(1, 28):02}"
        letters = dice.choice(LETTERS)
        self.site.write(name, f"---\ntitle: {title}\ndate: {date}\n{more}{head}\n---\n{text} {letters}\n")

    def page(self, name: str, more: str = "") -> None:
        menu = self.dice.choice(("footer", "none"))
        text = f"hi {self.dice.randrange(9)} {self.dice.choice(LETTERS)}"
        self.site.write(name, f"---\ntitle: About {self.dice.randrange(9)}\nmenu: {menu}\n{more}---\n{text}\n")

    def saved(self) -> Path:
        from linkhome.embeds.saved import place

        file = place(self.site.root / "saved", CHANNEL)
        video = {
            "good": {},
            "url": "https://www.youtube.com/watch?v=abcdefghijk",
            "kind": "video",
            "title": f"v{self.dice.randrange(99)}",
            "image": {"file": "v.png"},
        }
        copy = {"schema": 1, "url": CHANNEL, "good": {"title": "c", "items": [video]}}
        self.site.write(file.relative_to(self.site.root).as_posix(), json.dumps(copy))
        return file.parent

    def save(self) -> None:
        """Write ``linkhome.yaml`` and the template: YAML understands JSON."""
        always = [
            {"link": "https://a.example/", "title": "A", "from": "2026-09-22", "until": "2026-10-02"},
            {"latest": CHANNEL},
            {"links": "Own", "items": [{"url": "media/doc.pdf", "title": "d"}, {"url": "posts/p0.md", "title": "p"}]},
        ]
        site = {
            "url": "https://x.example/sub",
            "language": self.languages,
            "profile": {"name": self.name, **self.profile},
            "brand": self.brand,
            "contact": {"email": "lina@x.example", "address": "Basel 🎈"},
            "home": [*always, *self.blocks],
            "footer": self.footer,
        }
        self.site.write("linkhome.yaml", json.dumps(site, ensure_ascii=False, indent=1))
        if self.template:
            face = self.themes[self.brand.get("theme", "base")][0]
            said = f"{{{{ measure.fit(page.title, '{face}', 2) }}}}" if face else "ä"
            head = '{% extends "theme:post.html" %}{% block end %}'
            own = f'<p class="own {{{{ css(size={self.template}) }}}}">{said}</p>{{% endblock %}}'
            self.site.write("theme/templates/post.html", head + own)
        else:
            self.gone("theme/templates/post.html")

    def gone(self, name: str) -> bool:
        """Remove a file, and tell whether there was one."""
        file = self.site.root / name
        there = file.is_file()
        file.unlink(missing_ok=True)
        return there

    def choose(self, part: dict[str, Any], key: str, *values: Any) -> None:
        """Give a key another value; None takes it away."""
        value = self.dice.choice([value for value in values if value != part.get(key)])
        part.pop(key, None)
        if value is not None:
            part[key] = value
        self.save()

    def sources(self) -> dict[str, bytes]:
        """Return every file that the creator wrote."""
        files = self.site.files(".")
        return {name: data for name, data in files.items() if name.split("/")[0] not in (".cache", "public")}

    def restore(self, files: dict[str, bytes]) -> None:
        for name in self.sources().keys() - files.keys():
            self.gone(name)
        for name, data in files.items():
            if not (self.site.root / name).is_file() or (self.site.root / name).read_bytes() != data:
                self.site.write(name, data)


def _themes() -> dict[str, tuple[str, dict[str, list[str]]]]:
    """Return a face of each theme, and what its options can be."""
    from linkhome.theme import locate

    found = {}
    for name in locate.bundled():
        theme = locate.find(name, Path("no-such-folder"))
        kinds = {"switch": ["true", "false"], "colour": ["#112233", "#ffeedd"]}
        options = {
            key: kinds.get(option.type) or option.values or [f"{option.least:g}", f"{option.most:g}"]
            for key, option in theme.options.items()
        }
        found[name] = (next(iter(theme.faces), ""), options)
    return found


# ---------------------------------------------------------------------- the brand


@edit
def another_theme(me: Creator) -> None:
    me.brand.pop("options", None)
    me.choose(me.brand, "theme", *me.themes)


@edit
def an_option(me: Creator) -> None:
    options = me.themes[me.brand.get("theme", "base")][1]
    name = me.dice.choice(list(options) or [""])
    me.brand["options"] = {name: me.dice.choice(options[name])} if name else {}
    me.save()


@edit
def a_colour(me: Creator) -> None:
    me.choose(me.brand, me.dice.choice(("color", "second")), *COLOURS, None)


@edit
def a_setting(me: Creator) -> None:
    settings = {
        "mode": ("auto", "light", "dark"),
        "shape": ("square", "soft", "round", None),
        "density": ("airy", "normal", "compact"),
        "background": ("plain", "gradient", "grain", "media/bg.png", "media/bg.png", None),
        "share": ("all", "pages", "none"),
        "share_image": ("media/a.png", {"file": "media/p2.png", "alt": "x"}, None, None),
        "kit": (True, False),
        "icon": ("media/d.svg", "media/a.png", None),
        "logo": ("media/d.svg", "media/p2.png", None),
        "fonts": ("theme", "system", {"heading": "media/f.ttf"}, {"text": "media/f.ttf"}),
    }
    key = me.dice.choice(list(settings))
    me.choose(me.brand, key, *settings[key])


@edit
def another_font_file(me: Creator) -> None:
    me.font()


# ---------------------------------------------------------------------- what is said


@edit
def the_name(me: Creator) -> None:
    me.name = f"Lina {me.dice.choice('abc')} {me.dice.choice(LETTERS)}".strip()
    me.save()


@edit
def the_profile(me: Creator) -> None:
    keys = {
        "portrait": ({"file": "media/p.png", "alt": "me"}, {"file": "media/p2.png", "focus": "10% 90%"}, None),
        "cover": ("media/a.png", "media/bg.png", None),
        "tagline": ("Zines", "Straße", None),
        "handle": ("@lina", None),
        "bio": ("See [p](pages/about.md)", "*Hi*", None),
    }
    key = me.dice.choice(list(keys))
    me.choose(me.profile, key, *keys[key])


@edit
def the_blocks(me: Creator) -> None:
    blocks = [
        {"posts": 2},
        {"quote": "So good ß"},
        {"image": {"file": "media/d.svg", "alt": "x"}},
        "contact",
    ]
    me.blocks = me.dice.sample(blocks, me.dice.randrange(4))
    me.save()


@edit
def the_footer(me: Creator) -> None:
    links = [
        {"url": "https://f.example", "title": "F", "until": "2026-10-05"},
        {"url": "media/doc.pdf", "title": "Doc"},
    ]
    me.choose(me.footer, "links", links, None)


@edit
def the_languages(me: Creator) -> None:
    me.languages = me.dice.choice((["en"], ["en", "de"], ["en", "de", "ar"], ["de", "en"]))
    me.save()


@edit
def a_post(me: Creator) -> None:
    me.post(f"posts/p{me.dice.randrange(5)}{me.dice.choice(('', '', '.de'))}.md")


@edit
def an_unfinished_post(me: Creator) -> None:
    me.post(f"posts/p{me.dice.randrange(1, 5)}.md", "draft: true\n")


@edit
def a_post_moves(me: Creator) -> None:
    me.post(f"posts/p{me.dice.randrange(5)}.md", f"slug: s{me.dice.randrange(99)}\n")


@edit
def a_post_goes(me: Creator) -> None:
    me.gone(f"posts/p{me.dice.randrange(1, 5)}{me.dice.choice(('', '.de'))}.md")


@edit
def a_page(me: Creator) -> None:
    name = me.dice.choice(("pages/about.md", "pages/q.md", "pages/about.de.md"))
    if name == "pages/about.md" or not me.gone(name):
        me.page(name, "slug: ueber\n" if ".de" in name else "")


# ---------------------------------------------------------------------- files beside


@edit
def another_picture(me: Creator) -> None:
    me.picture(me.dice.choice(("media/a.png", "media/p.png", "media/p2.png", "media/bg.png", "posts/b.png")))


@edit
def a_picture_of_the_same_name(me: Creator) -> None:
    if not me.gone("b.png"):
        me.picture("b.png")


@edit
def another_drawing(me: Creator) -> None:
    me.drawing()


@edit
def another_document(me: Creator) -> None:
    me.site.write("media/doc.pdf", f"%PDF{me.dice.randrange(9)}")


@edit
def a_saved_copy(me: Creator) -> None:
    picture = f"{me.saved().relative_to(me.site.root).as_posix()}/v.png"
    if me.dice.random() < 0.7:
        me.picture(picture)
    else:
        me.gone(picture)


# ---------------------------------------------------------------------- the own theme


@edit
def an_own_template(me: Creator) -> None:
    me.template = me.dice.choice((0, me.dice.randrange(1, 9)))
    me.save()


@edit
def own_styles(me: Creator) -> None:
    me.picture("theme/static/img/own.png")
    rules = (
        "",
        "a{color:red}",
        "b{background:url(img/own.png)}",
        'b{background:url("site:media/a.png")}',
        'b::after{content:"Ж"}',
    )
    me.site.write("theme/custom.css", me.dice.choice(rules))


@edit
def an_ejected_style(me: Creator) -> None:
    name = me.dice.choice(("tokens", "prose", "base"))
    if not me.gone(f"theme/static/css/{name}.css"):
        me.site.run("theme", "eject", f"{name}.css")
        for file in (me.site.root / "theme").rglob(f"{name}.css"):
            file.write_text(f"{file.read_text('utf-8')}\np{{margin:{me.dice.randrange(9)}px}}", "utf-8")


@edit
def a_file_as_it_is(me: Creator) -> None:
    name = f"theme/static/x{me.dice.randrange(3)}.txt"
    if not me.gone(name):
        me.site.write(name, str(me.dice.randrange(99)))


# ---------------------------------------------------------------------- time, and what befalls a computer


@edit
def days_pass(me: Creator) -> None:
    me.now = me.dice.choice((NOW, me.now + DAY, me.now + 9 * DAY))


@edit
def a_look_at_another_theme(me: Creator) -> None:
    me.site.build("--theme", me.dice.choice(list(me.themes)))


@edit
def memory_is_lost(me: Creator) -> None:
    what = me.dice.choice(("", "store", "ledger", "templates"))
    for file in list((me.site.root / ".cache").rglob("*")):
        if file.is_file() and what in file.as_posix():
            file.unlink()


@edit
def a_hand_in_the_output(me: Creator) -> None:
    files = [
        path for path in sorted((me.site.root / "public").rglob("*")) if path.is_file() and path.name != "build.json"
    ]
    if not files:
        return
    file, data = me.dice.choice(files), b""
    match me.dice.choice(("remove", "change", "touch")):
        case "touch":
            os.utime(file)
        case "change":
            data = b"X" + file.read_bytes()[1:]
            file.unlink()
            file.write_bytes(data)
        case _:
            file.unlink()


@edit
def everything_is_touched(me: Creator) -> None:
    for name in me.sources():
        os.utime(me.site.root / name)


def state_of(me: Creator) -> dict[str, Any]:
    """Return a copy of what the creator has in mind, to come back to."""
    plain = {key: value for key, value in me.__dict__.items() if key not in ("site", "dice", "themes", "now")}
    return json.loads(json.dumps(plain))


def differences(ours: dict[str, bytes], theirs: dict[str, bytes]) -> str:
    """Return which files differ (``+`` and ``-`` are too many and missing), and where the first page does."""
    names = sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
    lines = [f"{'+' if name not in theirs else '-' if name not in ours else '~'} {name}" for name in names]
    for name in names:
        if name.endswith(".html") and name in ours and name in theirs:
            parts = [re.findall(rb"<[^>]*>[^<]*", files[name]) for files in (ours, theirs)]
            pair = next(((a, b) for a, b in zip(*parts, strict=False) if a != b), None)
            lines += [f"  {part[:300]!r}" for part in pair or ()]
            break
    return "\n".join(lines)
