"""The base theme: every page and block renders, escapes, and keeps to its rules."""

from __future__ import annotations

import gzip
import re

import pytest
import theme_model
from jinja2 import Environment
from markupsafe import Markup
from theme_model import rendered

from linkhome.config.schema import BLOCKS
from linkhome.content.model import Block, Icon, Link, Page, Profile
from linkhome.theme import environment, locate, styles, tokens

KINDS = ("home", "post", "posts", "page", "missing")
#: Words in class names that filter lists hide.
HIDDEN = re.compile(
    r"\b(social|share|sharing|sponsor|banner|advert|ads?|promo|twitter|facebook|popup|cookie)\b", re.IGNORECASE
)


@pytest.fixture(scope="module")
def theme(tmp_path_factory: pytest.TempPathFactory) -> locate.Theme:
    return locate.find("base", tmp_path_factory.mktemp("site") / "theme")


@pytest.fixture(scope="module")
def ready(theme: locate.Theme) -> Environment:
    return environment.make(theme)


def block(ready: Environment, name: str) -> str:
    page = theme_model.page(blocks=(theme_model.BLOCKS[name],))
    return re.sub(r".*<main id=\"main\">(.*)</main>.*", r"\1", rendered(ready, page), flags=re.DOTALL)


def test_the_sample_holds_every_block_type() -> None:
    assert {block.type for block in theme_model.BLOCKS.values()} == set(BLOCKS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_keeps_the_rules(ready: Environment, kind: str) -> None:
    html = rendered(ready, theme_model.page(kind))
    assert html.startswith('<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8">')
    assert len(re.findall(r"<h1\b", html)) == 1
    assert not re.search(r"\sstyle=|\son\w+=|javascript:", html)
    assert not [names for names in re.findall(r'class="([^"]*)"', html) if HIDDEN.search(names)]
    assert all("width=" in img and "height=" in img and "alt=" in img for img in re.findall(r"<img[^>]*>", html))
    assert 'href="#main"' in html and '<main id="main">' in html and "<footer" in html
    assert "None" not in html and "  " not in html.replace("80)  # a", "").replace("\n    number", "")


def test_only_the_pictures_of_the_first_screen_are_loaded_at_once(ready: Environment) -> None:
    html = rendered(ready, theme_model.page())
    eager = [img for img in re.findall(r"<img[^>]*>", html) if 'loading="lazy"' not in img]
    assert len(eager) == 2 and "cover" in eager[0] and 'class="u-photo \x02css:--at:50% 30%' in eager[1]
    assert all('fetchpriority="high"' in img for img in eager)


def test_the_head_says_who_this_is(ready: Environment) -> None:
    html = rendered(ready, theme_model.page())
    for wanted in (
        '<link rel="canonical" href="https://lina.example/">',
        '<meta property="og:image" content="https://lina.example/card.jpg">',
        '<meta name="twitter:card" content="summary_large_image">',
        '<meta name="theme-color" content="#17120f" media="(prefers-color-scheme:dark)">',
        '<link rel="me" href="https://mastodon.social/@lina">',
        '<link rel="alternate" hreflang="de" href="https://lina.example/de/">',
        '<link rel="alternate" hreflang="x-default" href="https://lina.example/">',
        '<link rel="alternate" type="application/atom+xml" title="Lina Marlow" href="feed.xml">',
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"ProfilePage"}</script>',
    ):
        assert wanted in html
    assert html.index("<style>") < html.index("<link")


def test_a_forced_mode_is_said_to_the_browser(ready: Environment) -> None:
    html = rendered(ready, theme_model.page(shell=theme_model.shell(mode="dark")))
    assert '<meta name="color-scheme" content="dark">' in html
    assert '<meta name="theme-color" content="#17120f">' in html


def test_right_to_left_is_said_on_the_root(ready: Environment) -> None:
    html = rendered(ready, theme_model.page(shell=theme_model.shell("ar", direction="rtl")))
    assert '<html lang="ar" dir="rtl">' in html


def test_the_home_page_is_one_representative_h_card(ready: Environment) -> None:
    html = rendered(ready, theme_model.page())
    assert html.count("h-card") == 1
    assert '<data class="u-url u-uid" value="https://lina.example/" hidden></data>' in html
    assert html.count('rel="me"') == 2 * len(theme_model.SOCIALS) + 1


def test_a_bare_profile_has_a_door_with_initials(ready: Environment) -> None:
    page = Page(
        kind="home", path="index.html", shell=theme_model.shell(), head=theme_model.head(feeds=()),
        profile=Profile(name="Jo", initials="J"),
    )  # fmt: skip
    html = rendered(ready, page)
    assert '<div class="wall bare"><div class="door"><span aria-hidden="true">J</span></div></div>' in html
    assert '<h1 class="p-name \x02css:--w:34\x03">Jo</h1></div>' in html
    assert '<ul class="icons"' not in html and "<img" not in html


def test_what_is_timed_carries_its_bounds_and_the_script_comes_along(ready: Environment) -> None:
    html = rendered(ready, theme_model.page())
    assert '<section class="b feat" id="night-lines" data-since="1700000000000" data-until="1900000000000">' in html
    assert '<script defer src="timed.js"></script>' in html
    assert "<script defer" not in rendered(ready, theme_model.page(timed=False))


def test_a_page_asks_for_one_script_file_at_most(ready: Environment) -> None:
    html = rendered(ready, theme_model.page(signs_up=True, frames=("player.vimeo.com",)))
    assert html.count("<script defer") == 1 and '<script defer src="timed.js+signup.js+play.js"></script>' in html


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("night-lines", '<h2>Night Lines</h2>'),
        ("newsletter", '<label for="newsletter-email">E-mail</label><input id="newsletter-email" name="email" type="email" '
                       'autocomplete="email" maxlength="254" required>'),
        ("newsletter", '<label class="yes"><input type="checkbox" name="consent" value="v1" required><span>Yes'),
        ("shop", '<a class="row" href="https://etsy.example/"><span>Print shop <small>14 new sheets</small></span>'),
        ("latest", '<span>Plays from YouTube</span>'),
        ("embed", '<blockquote><p>Found a 1974 timetable'),
        ("events", '<time class="plate" datetime="2027-01-17T18:00"><b>17</b> Jan<small> 2027</small></time>'),
        ("events", "<p>Sunday, 18:00</p><p>Zürich</p>"),
        ("gallery", '<li class="\x02css:--r:0.8\x03"><img src="art/gallery-1.webp" width="1000" height="1250" alt="Drawing 1" loading'),
        ("elsewhere", '<details class="group"><summary><h2>Elsewhere</h2><span class="count">3</span></summary>'),
        ("elsewhere", '<a class="row" href="https://globe.example/" download="fold.zip">'),
        ("tiles", '<ul class="tiles"><li class="card">'),
        ("single", '<div class="b one"><a class="row" href="https://spotify.example/">'),
        ("video", '<track kind="captions" src="studio.vtt" srclang="en" label="Captions" default>'),
        ("audio", '<audio controls preload="none" src="field.mp3" aria-label="Field recording"></audio>'),
        ("faq", "<details><summary>Do you ship abroad?</summary>"),
        ("quote", '<figcaption><a href="https://parcel.example/">Paper &amp; Parcel</a></figcaption>'),
        ("contact", '<a href="mailto:hello@lina.example">'),
        ("contact", "<span>Signal <bdi>lina.42</bdi></span></div>"),
        ("posts", '<p class="more"><a href="posts/index.html">All posts</a></p>'),
        ("divider", '<hr class="b">'),
    ],
)  # fmt: skip
def test_blocks(ready: Environment, name: str, wanted: str) -> None:
    assert wanted in block(ready, name)


def test_a_post_is_an_h_entry_with_the_way_home(ready: Environment) -> None:
    html = rendered(ready, theme_model.page("post"))
    assert '<header class="top"><a href="index.html">' in html
    assert '<article class="h-entry">' in html
    assert '<time class="dt-published" datetime="2026-11-14">14 November 2026</time>' in html
    assert 'Updated <time class="dt-updated" datetime="2026-11-16">16 November 2026</time>' in html
    assert '<li class="p-category">riso</li>' in html


def test_hostile_texts_stay_texts(ready: Environment) -> None:
    evil = '"><script>alert(1)</script>'
    page = theme_model.page(
        profile=theme_model.profile(name=evil, handle=evil, tagline=evil, location=evil),
        head=theme_model.head(title=evil, description=evil),
        blocks=(
            Block(
                type="links",
                id="x",
                title=evil,
                links=(Link(href="https://x.example/?a=" + evil, title=evil, note=evil),),
            ),
            Block(type="quote", id="y", title=evil, note=evil),
        ),
    )
    html = rendered(ready, page)
    assert "<script>alert" not in html and html.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 10


def test_the_home_page_fits_the_first_flight(ready: Environment, theme: locate.Theme) -> None:
    # Outlines of platforms are the largest part of a page that compression cannot help: eight real ones are 3 kB.
    outlines = tuple(
        Icon(
            name=name, path=Markup('<path d="{}"/>').format(" ".join(str(n * n % 977 / 10) for n in range(k, k + 110)))
        )
        for k, name in enumerate(theme_model.OUTLINES)
    )
    page = theme_model.page(icons=outlines)
    css = styles.stylesheet(theme, styles.uses(page), styles.Finish(tokens.tokens("#9A3B1F", "#1F4E5F")))
    html = rendered(ready, page).replace("<style></style>", f"<style>{css}</style>")
    assert len(gzip.compress(html.encode(), 9)) <= 14_000
