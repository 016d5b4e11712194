"""A page lists the files of a picture that screens would take, and no others; `ui.img` says all that a browser needs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment

from linkhome.brand.encoding import WIDTHS
from linkhome.content.model import Picture, Source
from linkhome.theme import computed, environment, locate, sizes

AVIF = Source(type="image/avif", srcset="a-375.avif 375w, a-540.avif 540w, a-750.avif 750w, a-1320.avif 1320w")
WEBP = Source(type="image/webp", srcset="a-480.webp 480w, a-960.webp 960w")
PHOTO = Picture(
    src="a-1200.jpg", sources=(AVIF, WEBP), width=1600, height=1000, alt='A "b"', colour="#aabbcd", focus="10% 20%"
)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return environment.make(locate.find("base", tmp_path_factory.mktemp("site") / "theme"))


def drawn(ready: Environment, call: str, **names: object) -> tuple[str, str]:
    """Return the markup, and the rules that belong to it."""
    template = ready.from_string('{% import "parts.html" as ui %}{{ ' + call + " }}")
    return computed.settle(template.render(picture=PHOTO, **names))


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("100vw", (750, 1320)),
        ("(min-width:60rem) 56vw, 100vw", (750, 1320)),
        ("50vw", (375, 750, 1320)),
        ("6rem", (375,)),
        ("(min-width:60rem) 18rem, 10rem", (375, 750)),
        ("(max-width: 40em) 20rem, 900px", (750, 1320)),
        ("calc(100vw - 2rem)", (375, 750, 1320)),
        ("nonsense", (375, 750, 1320)),
        ("", (375, 750, 1320)),
    ],
)
def test_only_widths_that_some_screen_takes(shown: str, expected: tuple[int, ...]) -> None:
    assert sizes.wanted((375, 750, 1320), shown) == expected


def test_the_telephone_of_the_audit_takes_the_small_file() -> None:
    """A window of 412 at 1.75 asks for 721; browsers take the first file that is wide enough."""
    assert sizes.wanted(WIDTHS, "100vw", ((412, 1.75), (375, 2))) == (750,)
    assert sizes.wanted(WIDTHS, "50vw", ((412, 1.75), (375, 2))) == (375,)
    assert sizes.wanted(WIDTHS, "100vw", ((390, 3), (402, 3), (440, 3))) == (1320,)


def test_fine_steps_are_for_what_visitors_wait_for() -> None:
    assert "540w" in sizes.offer(AVIF, "62vw", first=True)
    assert "540w" not in sizes.offer(AVIF, "62vw")
    only = Source(type="image/avif", srcset="a-540.avif 540w")
    assert sizes.offer(only, "62vw") == 'srcset="a-540.avif"'


def test_one_file_needs_no_sizes() -> None:
    assert sizes.offer(WEBP, "100vw") == 'srcset="a-960.webp"'
    assert sizes.offer(WEBP, "6rem") == 'srcset="a-480.webp"'
    assert sizes.narrowest(AVIF) == 'srcset="a-375.avif"'


def test_a_picture_says_everything(ready: Environment) -> None:
    html, rules = drawn(ready, 'ui.img(picture, "50vw", "shot")')
    assert html == (
        '<picture><source type="image/avif" srcset="a-375.avif 375w, a-750.avif 750w, a-1320.avif 1320w" sizes="50vw">'
        '<source type="image/webp" srcset="a-960.webp"><img src="a-1200.jpg" width="1600" height="1000" '
        'alt="A &#34;b&#34;" class="shot v1" loading="lazy" decoding="async"></picture>'
    )
    assert rules == ".v1{--at:10% 20%;--c:#abc}"


def test_the_first_picture_is_wanted_at_once(ready: Environment) -> None:
    html, _ = drawn(ready, "ui.img(picture, first=true)")
    assert 'fetchpriority="high"' in html and "lazy" not in html and "async" not in html


def test_the_same_picture_may_say_nothing_twice(ready: Environment) -> None:
    assert 'alt=""' in drawn(ready, 'ui.img(picture, alt="")')[0]
    assert 'alt=""' in drawn(ready, 'ui.thumb(picture, alt="")')[0]


def test_a_thumbnail_is_the_smallest_of_each_kind(ready: Environment) -> None:
    html, _ = drawn(ready, "ui.thumb(picture)")
    assert re.findall(r'srcset="([^"]*)"', html) == ["a-375.avif", "a-480.webp"]
    assert "sizes" not in html


def test_a_single_file_is_a_plain_picture(ready: Environment) -> None:
    logo = Picture(src="logo.svg", width=40, height=30)
    html, rules = drawn(ready, "ui.img(logo)", logo=logo)
    assert html == '<img src="logo.svg" width="40" height="30" alt="" loading="lazy" decoding="async">'
    assert rules == ""


def test_a_print_stands_for_its_picture(ready: Environment) -> None:
    film = Picture(src="film.jpg", sources=(WEBP,), width=640, height=400, colour="#102030")
    night = Picture(src="night.jpg", sources=(AVIF,), width=640, height=400, colour="#000000")
    day = Picture(src="a.jpg", width=1, height=1, prints={"film": film})
    assert 'src="film.jpg"' in drawn(ready, 'ui.print(p, "film")', p=day)[0]
    assert 'src="a.jpg"' in drawn(ready, 'ui.print(p, "dots")', p=day)[0]
    both = Picture(src="a.jpg", width=1, height=1, prints={"film": film, "film-dark": night})
    html, rules = drawn(ready, 'ui.print(p, "film", "50vw", first=true)', p=both)
    assert html.index('media="(prefers-color-scheme:dark)"') < html.index("a-960.webp") < html.index("film.jpg")
    assert rules == ""  # a colour of the day would flash at night


def test_no_page_has_a_style_attribute(ready: Environment, tmp_path: Path) -> None:
    for call in ("ui.img(picture)", "ui.thumb(picture)", 'ui.print(picture, "film")'):
        assert "style=" not in drawn(ready, call)[0]


def test_the_placeholder_is_short() -> None:
    assert [Picture(src="", width=1, height=1, colour=c).placeholder for c in ("", "#000000", "#ffffff", "#9a3b1f")] == [
        "", "#000", "#fff", "#932",
    ]  # fmt: skip
