"""Build sample pages straight from the model, and draw them: the invented illustrator, with every block type."""

from __future__ import annotations

import re
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from msgspec import structs

from linkhome.content import model
from linkhome.content.model import Block, Card, Event, Icon, Input, Link, Moment, Page, Picture, PostLink, Question
from linkhome.texts import interface
from linkhome.theme import computed

SIZES = {
    "portrait": (960, 1200), "cover": (1600, 1000), "prints": (1600, 1000), "zine": (1200, 900), "podcast": (800, 800),
    "short": (720, 1280), "video-1": (1280, 720), "video-2": (1280, 720), "video-3": (1280, 720),
    "gallery-1": (1000, 1250), "gallery-2": (1250, 1000), "gallery-3": (1000, 1000), "gallery-4": (1000, 1250),
}  # fmt: skip
OUTLINES = {
    name: Icon(name=name, path=Markup('<path d="M4 4h16v16H4z"/>'))
    for name in ("instagram", "tiktok", "youtube", "mastodon", "spotify", "mail", "phone", "signal", "etsy", "globe")
}
WINDOW = model.Window(since=1_700_000_000_000, until=1_900_000_000_000)


class Ruler:
    """Stand for `measure`: half an em a letter."""

    def width(self, text: str, face: str) -> float:
        """Return how wide a text is."""
        return len(text) / 2

    def fit(self, text: str, face: str, most: int) -> float:
        """Return how wide the widest line is."""
        return len(text) / 2 / most

    def lines(self, text: str, face: str, most: int) -> list[str]:
        """Return the lines of a text: all of it on one."""
        return [text]


def picture(name: str, alt: str = "", **more: Any) -> Picture:
    width, height = SIZES[name]
    return Picture(src=f"art/{name}.webp", width=width, height=height, alt=alt, **more)


def day(iso: str, text: str, **parts: str) -> Moment:
    return Moment(iso=iso, text=text, **parts)


def shell(language: str = "en", **more: Any) -> model.Shell:
    facts: dict[str, Any] = {
        "direction": "ltr", "name": "Lina Marlow", "home": "index.html", "root": "",
        "texts": interface(language, {})[0], "footer_note": Markup("This page works without any of the apps above."),
        "footer": (Link(href="imprint.html", title="Imprint"), Link(href="feed.xml", title="Feed")),
        "theme_colours": ("#f7f1eb", "#17120f"), "icon": "icon.svg", "manifest": "site.webmanifest",
        "generator": "linkhome 0.1.0",
    }  # fmt: skip
    return model.Shell(language=language, **(facts | more))


def profile(**more: Any) -> model.Profile:
    facts: dict[str, Any] = {
        "name": "Lina Marlow", "handle": "@linamarlow", "tagline": "Illustrator, zine-maker, night-train regular",
        "bio": Markup("<p>I draw what slips past the window of slow trains, and print it in small runs.</p>"),
        "bio_text": "I draw what slips past the window of slow trains, and print it in small runs.",
        "pronouns": "she/her", "location": "Basel", "initials": "LM",
        "portrait": picture("portrait", "Portrait of Lina Marlow", focus="50% 30%"), "cover": picture("cover"),
    }  # fmt: skip
    return model.Profile(**(facts | more))


def head(**more: Any) -> model.Head:
    facts: dict[str, Any] = {
        "title": "Lina Marlow: illustrator, zine-maker, night-train regular",
        "description": "I draw what slips past the window of slow trains, and print it in small runs.",
        "canonical": "https://lina.example/", "image": "https://lina.example/card.jpg", "image_size": (1200, 630),
        "image_alt": "Lina Marlow", "kind": "profile", "locale": "en", "author": "Lina Marlow",
        "json_ld": Markup('{"@context":"https://schema.org","@type":"ProfilePage"}'),
        "me": ("https://mastodon.social/@lina",),
        "feeds": (("feed.xml", "application/atom+xml", "Lina Marlow"),),
    }  # fmt: skip
    return model.Head(**(facts | more))


TRANSLATIONS = (
    model.Translation(language="en", name="English", href="index.html", url="https://lina.example/", current=True),
    model.Translation(language="de", name="Deutsch", href="de/index.html", url="https://lina.example/de/"),
)


def to(name: str, title: str, note: str = "", **more: Any) -> Link:
    return Link(href=f"https://{name}.example/", title=title, note=note, icon=OUTLINES.get(name), host=name, **more)


SOCIALS = tuple(
    to(name, title, me=True)
    for name, title in (
        ("instagram", "Instagram"), ("tiktok", "TikTok"), ("youtube", "YouTube"), ("mastodon", "Mastodon"),
        ("spotify", "Spotify"), ("mail", "Mail"),
    )
)  # fmt: skip


def video(number: int, title: str, length: str, when: str) -> Card:
    return Card(
        kind="video", href="https://youtube.example/watch", platform="YouTube", title=title, duration=length,
        picture=picture(f"video-{number}"), published=day("2026-11-18", when), icon=OUTLINES["youtube"],
    )  # fmt: skip


MAIL = Link(href="mailto:hello@lina.example?subject=Newsletter", title="hello@lina.example")
EMAIL = Input(
    name="email", type="email", label="E-mail", autocomplete="email", required=True, inputmode="email", most=254
)
FIRST_NAME = Input(name="first_name", type="text", label="First name", autocomplete="given-name")
CONSENT = model.Box(
    name="consent", value="v1", required=True,
    text=Markup('Yes, send me the letters. How my address is kept: <a href="privacy.html">privacy page</a>.'),
)  # fmt: skip
FORM = model.Form(
    action="https://letters.example/join", title="Letters from the sleeper car.",
    text=Markup("<p>One letter a month, with a drawing. Also when the apps are down.</p>"),
    inputs=(EMAIL, FIRST_NAME), hidden=(("list", "lina"),), button="Write to me", boxes=(CONSENT,), mail=MAIL,
    small=Markup("You get one mail to confirm. Unsubscribe with one click."),
)  # fmt: skip
#: Everything that a sign-up can have: a second step, a hint, two boxes, a trap, a page to sign up by hand.
FULL_FORM = structs.replace(
    FORM,
    inputs=(EMAIL,),
    further=(
        FIRST_NAME,
        Input(name="last_name", type="text", label="Last name", autocomplete="family-name"),
        Input(name="phone", type="tel", label="Mobile", autocomplete="tel", inputmode="tel", hint="With the country"),
    ),
    more="Add more about you",
    boxes=(CONSENT, model.Box(name="sms", value="v1", text=Markup("Yes, also by telephone."), about="tel")),
    legend="Your consent",
    trap="website",
    link=Link(href="https://letters.example/", title="Sign up on letters.example"),
)
#: A list that is kept by hand: no form, only a button that opens a mail.
MAIL_FORM = structs.replace(FORM, action="", inputs=(), hidden=(), boxes=())

OVER = model.Window(until=1_900_000_000_000)
DOWN = model.Down(text="Down right now", window=OVER)
OUTAGE = model.Outage(
    platform="Instagram", text="Instagram is down right now. So we don’t lose touch: sign up here.",
    note="It began at seven.", button=Link(href="index.html#newsletter", title="Sign up"),
    instead=(Link(href="https://mastodon.example/@lina", title="Mastodon"), MAIL), window=OVER,
)  # fmt: skip

POSTS = (
    PostLink(
        href="posts/numbered.html", title="Why my prints are numbered by hand",
        date=day("2026-11-14", "14 November 2026"), summary="Eighty sheets, one pencil, and a mistake that I kept.",
    ),
    PostLink(
        href="posts/packing.html", title="Packing list for a night-train studio",
        date=day("2026-11-02", "2 November 2026"),
    ),
)  # fmt: skip

BLOCKS: dict[str, Block] = {
    block.id: block
    for block in (
        Block(
            type="link", id="night-lines", style="featured", window=WINDOW,
            links=(
                to("shop", "Night Lines", "The new riso series. 12 sheets, 80 copies each. Friday, 18:00.",
                   style="featured", picture=picture("prints", "A fan of riso prints"), button="See the series"),
            ),
        ),
        Block(type="newsletter", id="newsletter", form=FORM),
        Block(
            type="links", id="shop", title="Shop and support",
            links=(
                to("etsy", "Print shop", "14 new sheets"),
                to("zine", "Zine No. 7 “Umsteigen”", "32 pages, risograph", picture=picture("zine")),
                to("commission", "Commission a drawing", "Open for March", window=WINDOW),
                to("tips", "Buy me a ticket", "Tips"),
            ),
        ),
        Block(
            type="latest", id="latest", title="Latest from YouTube", platform="YouTube", icon=OUTLINES["youtube"],
            layout="grid", more=to("youtube", "YouTube"),
            cards=(
                video(1, "Nine hours of night train in one take", "12:48", "3 days ago"),
                video(2, "Two-colour riso at home", "18:02", "2 weeks ago"),
                video(3, "Sketchbook tour: Basel to Zagreb", "9:31", "Last month"),
            ),
        ),
        Block(
            type="embed", id="embed", platform="Mastodon", style="post",
            cards=(Card(kind="post", href="https://mastodon.example/1", platform="Mastodon", author="Lina Marlow",
                        text="Found a 1974 timetable in a second-hand shop in Graz. The typography alone.",
                        icon=OUTLINES["mastodon"], published=day("2026-11-19", "2 days ago")),),
        ),
        Block(
            type="embed", id="embed-2", platform="TikTok", style="short",
            cards=(
                Card(kind="short", href="https://tiktok.example/1", platform="TikTok", title="Mixing fluorescent pink",
                     picture=picture("short"), icon=OUTLINES["tiktok"]),
            ),
        ),
        Block(
            type="embed", id="embed-3", platform="Spotify", style="audio",
            cards=(
                Card(kind="audio", href="https://spotify.example/1", platform="Spotify", title="Paper, ink, patience",
                     text="Slow Lines, episode 12", duration="41 min", picture=picture("podcast"),
                     icon=OUTLINES["spotify"]),
            ),
        ),
        Block(
            type="events", id="events", title="On the road",
            events=(
                Event(
                    title="Print fair", place="Markthalle Basel", href="https://fair.example/", window=WINDOW,
                    start=day(
                        "2026-12-12", "12 December 2026", day="12", month="Dec", year="2026", weekday="Saturday"
                    ),
                ),
                Event(
                    title="Workshop two-colour riso", place="Zürich", note="Waiting list",
                    start=day("2027-01-17T18:00", "17 January 2027, 18:00", day="17", month="Jan", year="2027",
                              weekday="Sunday", time="18:00"),
                ),
                Event(
                    title="Exhibition opening", place="Graz", end=day("2027-03-09", "9 March 2027"),
                    start=day("2027-03-03", "3 March 2027", day="3", month="Mar", year="2027", weekday="Wednesday"),
                ),
            ),
        ),
        Block(
            type="gallery", id="gallery", title="Drawings",
            pictures=tuple(picture(f"gallery-{n}", f"Drawing {n}") for n in (1, 2, 3, 4)),
        ),
        Block(
            type="posts", id="posts", title="Notebook", posts=POSTS,
            more=Link(href="posts/index.html", title="All posts"),
        ),
        Block(
            type="faq", id="faq", title="Asked often",
            questions=(
                Question(question="Do you ship abroad?", answer=Markup("<p>Yes, flat and well wrapped.</p>")),
                Question(question="Can I use a drawing for a tattoo?", answer=Markup("<p>Ask me <em>first</em>.</p>")),
            ),
        ),
        Block(
            type="quote", id="quote", title="The quietest zine I own, and the one I reread most.",
            note="Paper & Parcel", href="https://parcel.example/",
        ),
        Block(
            type="links", id="elsewhere", title="Elsewhere", collapsed=True,
            links=(
                to("globe", "Portfolio", "PDF, 12 pages", download="fold.zip"), to("etsy", "Etsy"), to("youtube", "YouTube"),
            ),
        ),
        Block(
            type="links", id="tiles", title="Prints", layout="grid",
            links=(to("one", "Signal box", "Two colours", picture=picture("gallery-3")),
                   to("two", "Viaduct", picture=picture("gallery-2")),
                   to("three", "A whole wall", style="featured", picture=picture("prints")),
                   to("globe", "Price list")),
        ),
        Block(type="link", id="single", style="row", links=(to("spotify", "Listen to the train"),)),
        Block(type="link", id="card", style="card",
              links=(to("zine", "Zine No. 6", "Sold out soon", style="card", picture=picture("zine")),)),
        Block(type="socials", id="socials", title="Find me", links=SOCIALS),
        Block(type="text", id="text", title="How I work",
              text=Markup("<p>Slowly, and <strong>by hand</strong>.</p><ul><li>Pencil</li><li>Ink</li></ul>")),
        Block(
            type="image", id="image", pictures=(picture("cover", "A night train by a lake"),),
            note="Somewhere after Buchs",
        ),
        Block(
            type="video", id="video", title="In the studio", note="Two minutes, no sound",
            media=model.Media(src="studio.mp4", type="video/mp4", poster=picture("video-2"), captions="studio.vtt", language="en"),
        ),
        Block(
            type="audio", id="audio", title="Field recording", note="Platform 4, 23:10", pictures=(picture("podcast"),),
            media=model.Media(src="field.mp3", type="audio/mpeg"),
        ),
        Block(
            type="support", id="support", title="Support", text=Markup("<p>Keeps the ink flowing.</p>"),
            links=(to("coffee", "Buy me a coffee"), to("patron", "Become a patron", "From 3 a month")),
        ),
        Block(type="divider", id="divider"),
        Block(
            type="contact", id="contact", title="Contact", note="Rheingasse 1, 4058 Basel",
            text=Markup("<p>Still here when the apps are not.</p>"),
            links=(
                Link(href="mailto:hello@lina.example", title="hello@lina.example", note="Mail", icon=OUTLINES["mail"]),
                Link(href="", title="lina.42", note="Signal", icon=OUTLINES["signal"]),
                Link(href="tel:+41615550123", title="+41 61 555 01 23", note="Phone", icon=OUTLINES["phone"]),
            ),
        ),
    )
}  # fmt: skip

PROSE = Markup(
    "<p>Every sheet gets its number in pencil, <em>after</em> it has dried. It takes an evening, and I like that "
    'evening. See <a href="https://print.example/">the print room</a> for how it looks.'
    '<sup><a href="#fn1" id="fnref1">1</a></sup></p>'
    "<h2>Why pencil</h2><p>Because it is honest: <code>12/80</code> means that there are eighty.</p>"
    "<blockquote><p>A number is a promise to the next person.</p></blockquote>"
    "<ul><li>Dry for a night</li><li>Sort by hand<ul><li>first the good ones</li></ul></li></ul>"
    "<ol><li>Count</li><li>Write</li></ol><h3>The tools</h3>"
    "<pre><code>for sheet in range(1, 81):\n    number(sheet, of=80)  # a long line that must break by itself\n"
    "</code></pre>"
    "<table><thead><tr><th>Series</th><th>Sheets</th><th>Copies</th></tr></thead><tbody>"
    "<tr><td>Night Lines</td><td>12</td><td>80</td></tr>"
    "<tr><td>Umsteigen</td><td>32</td><td>200</td></tr></tbody></table>"
    '<figure><img src="art/video-2.webp" width="1280" height="720" alt="Two colours on a drum" loading="lazy">'
    "<figcaption>Two colours, one drum.</figcaption></figure><hr>"
    '<section class="footnotes"><ol><li id="fn1"><p>Bring gloves. <a href="#fnref1">↩</a></p></li></ol></section>'
)


def page(kind: str = "home", **more: Any) -> Page:
    facts: dict[str, Any] = {
        "path": "index.html", "shell": shell(), "head": head(), "profile": profile(), "translations": TRANSLATIONS,
        "icons": tuple(OUTLINES.values()),
    }  # fmt: skip
    if kind == "home":
        facts |= {"socials": SOCIALS, "blocks": tuple(BLOCKS.values()), "timed": True}
    elif kind == "posts":
        facts |= {"title": "Posts", "posts": POSTS, "number": 1, "pages": 2, "older": POSTS[1]}
    elif kind == "post":
        facts |= {
            "title": POSTS[0].title, "summary": POSTS[0].summary, "date": POSTS[0].date, "body": PROSE,
            "picture": picture("prints", "Prints"), "tags": ("riso", "zines"), "older": POSTS[1],
            "updated": day("2026-11-16", "16 November 2026"),
        }  # fmt: skip
    elif kind == "page":
        facts |= {"title": "Imprint", "body": Markup("<p>Lina Marlow, Rheingasse 1, 4058 Basel</p>")}
    return Page(kind=kind, **(facts | more))


def rendered(ready: Environment, page: Page, **more: Any) -> str:
    """Return the HTML of a page."""
    template = ready.get_template(f"{page.kind}.html")
    return template.render(page.as_context(), style=Markup("<style></style>"), **more)


def settled(ready: Environment, page: Page) -> tuple[str, dict[str, str]]:
    """Return the page's HTML, and what its own classes set."""
    html, rules = computed.settle(rendered(ready, page))
    return html, dict(re.findall(r"\.(v\d+)\{([^}]*)\}", rules))
