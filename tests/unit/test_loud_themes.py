"""Mosaic, poster and stage: how a sign-up and an outage stand in tiles, in fields of ink and in large type."""

from __future__ import annotations

import random
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import theme_model
from jinja2 import Environment
from msgspec import structs
from theme_model import DOWN, FORM, FULL_FORM, MAIL_FORM, OUTAGE

from linkhome.content.model import Block, Form, Page
from linkhome.theme import computed, environment, locate, styles

SETTINGS = {"print": "dots", "star": True}
KINDS = ("home", "post", "posts", "page", "missing")
MARK = '<small class="down" data-until="1900000000000">Down right now</small>'
#: What is only loaded for what few pages have, by the use that wants it.
RARE = {"further": ".further", "boxes": ".boxes", "outage": ".outage", "down": "small.down"}


class Ruler:
    """Measure as if every letter were half an em wide; break where a line would be longer than eleven letters."""

    def width(self, text: str, face: str, capitals: bool = False, wdth: float = 62, wght: float = 400) -> float:
        return len(text) * 0.5 * wdth / 62

    def lines(self, text: str, face: str, most: int = 4, capitals: bool = False) -> tuple[str, ...]:
        made = [""]
        for word in text.split():
            if made[-1] and len(made[-1]) + len(word) > 11 and len(made) < most:
                made.append(word)
            else:
                made[-1] = f"{made[-1]} {word}".strip()
        return tuple(made)

    def fit(self, text: str, face: str, most: int = 4, capitals: bool = False, wdth: float = 62, wght: float = 400):
        return max(self.width(line, face) for line in self.lines(text, face, most))

    def lockup(self, text: str, face: str, most: int = 4, low: float = 62) -> SimpleNamespace:
        lines = self.lines(text.upper(), face, most)
        goal = max(self.width(line, face) for line in lines)
        made = [SimpleNamespace(text=line, x=62, k=goal, o=-0.04) for line in lines]
        return SimpleNamespace(lines=tuple(made), one=goal)


@pytest.fixture(scope="module", params=["mosaic", "poster", "stage"])
def theme(request: pytest.FixtureRequest) -> locate.Theme:
    return locate.find(request.param, Path("/nowhere"))


@pytest.fixture(scope="module")
def ready(theme: locate.Theme) -> Environment:
    return made(theme)


def made(theme: locate.Theme) -> Environment:
    return environment.make(theme, options=SETTINGS, measure=Ruler())  # type: ignore[arg-type]


def rendered(ready: Environment, page: Page) -> str:
    return theme_model.rendered(ready, page, options=SETTINGS)


def sign_up(form: Form, **more: Any) -> Page:
    return theme_model.page(blocks=(Block(type="newsletter", id="newsletter", form=form),), **more)


def drawn(ready: Environment, form: Form) -> str:
    """Return the block of a sign-up."""
    found = re.search(
        r'<section class="[^"]*"? ?[^>]* id="newsletter".*?</section>', rendered(ready, sign_up(form)), re.DOTALL
    )
    assert found
    return found[0]


def css(theme: locate.Theme, page: Page) -> str:
    return styles.stylesheet(theme, styles.uses(page))


def in_an_outage(kind: str = "home", **more: Any) -> Page:
    return theme_model.page(kind, shell=theme_model.shell(outage=OUTAGE), **more)


def banner_of(html: str) -> str:
    return html[html.index("<aside") : html.index("</aside>")]


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


def test_the_fields_lie_in_one_holder_for_which_the_styles_are_written(ready, theme):
    assert re.search(
        r'<form class="ask" action="https://letters\.example/join" method="post" data-signup>', drawn(ready, FORM)
    )
    assert ".ask{" in css(theme, sign_up(FORM))


def test_a_full_form_has_every_part_once_and_inside_of_the_form(ready):
    html = drawn(ready, FULL_FORM)
    inside = html[html.index("<form") : html.index("</form>")]
    parts = ['autocomplete="email"', '<details class="further"', 'autocomplete="tel"', "With the country</small>"]
    parts += [
        '<fieldset class="boxes">',
        '<div class="skip"',
        "<button",
        'role="status"',
        'class="small"',
        'class="last"',
    ]
    places = [inside.index(part) for part in parts]
    assert places == sorted(places)
    assert [inside.count(part) for part in parts] == [1] * (len(parts) - 1) + [2]


def test_without_fields_there_is_a_button_that_opens_a_mail(ready):
    html = drawn(ready, MAIL_FORM)
    assert "<form" not in html and "<input" not in html
    assert re.search(
        r'<a class="(btn|go)" href="mailto:hello@lina\.example[^"]*">Write to me</a><p class="last">', html
    )


def test_an_empty_line_takes_no_room_and_is_still_told_when_it_speaks(theme):
    said = css(theme, sign_up(FORM))
    assert ".ask p:empty{position:absolute}" in said
    assert not re.search(r":empty\{[^}]*(display:none|visibility:hidden)", said), "what is not there is not read out"


def test_nobody_sees_the_trap_wherever_it_stands(theme):
    """Fixed above the window it would be seen in a block that is a container: that is what it is fixed to."""
    said = css(theme, sign_up(FULL_FORM))
    assert ".skip:not(:focus){clip-path:inset(50%)}" in said
    assert not re.search(r"\.skip\{[^}]*position:fixed", said)


@pytest.mark.parametrize("use", RARE)
def test_what_is_rare_is_loaded_where_it_is_wanted_and_nowhere_else(theme, use):
    plain = {word for wanted in theme.styles.values() for word in wanted} - RARE.keys()
    assert RARE[use] in styles.stylesheet(theme, frozenset({"@home", "newsletter", "links", use}))
    assert RARE[use] not in styles.stylesheet(theme, frozenset(plain))


def test_what_the_script_says_has_the_looks_of_the_theme(theme):
    said = styles.scripted(theme, styles.SIGNING)
    file = theme.static_file("signup.css")
    assert file and file.parent.parent.name == theme.name
    assert ".said:not(:empty)" in said and "[aria-invalid=true]" in said and "[role=status]" in said
    named = set(re.findall(r"var\(--([\w-]+)\)", said))
    known = set(re.findall(r"--([\w-]+):", css(theme, sign_up(FULL_FORM)))) | {"font-text", *theme.colours.light}
    assert named <= known, "a colour or size that is not set on the page is no colour at all"


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_says_first_what_is_down(ready, kind):
    html = rendered(ready, in_an_outage(kind))
    banner = banner_of(html)
    assert html.count("<aside") == 1
    assert html.index('class="skip"') < html.index("<aside") < html.index("<header") < html.index("<main")
    assert words(banner).startswith(
        "Instagram is down right now. So we don’t lose touch: sign up here. It began at seven."
    )
    assert f'href="{"" if kind == "home" else "index.html"}#newsletter">Sign up</a>' in banner
    assert banner.count('class="btn"') == 1, "one thing to do"
    assert ">Mastodon</a>" in banner and "mailto:" in banner


@pytest.mark.parametrize("kind", KINDS)
def test_at_other_times_there_is_not_a_byte_of_it(ready, theme, kind):
    calm = theme_model.page(kind)
    assert not re.search(r"outage|\"down\"|\.down", rendered(ready, calm) + css(theme, calm))


@pytest.mark.parametrize(
    "name", ["shop", "night-lines", "tiles", "single", "support", "contact", "latest", "embed", "embed-2", "embed-3"]
)
def test_every_link_and_card_that_leads_nowhere_is_marked_once(ready, theme, name):
    known = theme_model.BLOCKS[name]
    links = tuple(structs.replace(link, down=DOWN) for link in known.links)
    cards = tuple(structs.replace(card, down=DOWN) for card in known.cards)
    page = in_an_outage(blocks=(structs.replace(known, links=links, cards=cards),))
    assert rendered(ready, page).count(MARK) == len(links) + len(cards) > 0
    assert "small.down" in css(theme, page)


@pytest.mark.parametrize("layout", ["list", "carousel"])
def test_cards_in_rows_and_in_a_carousel_are_marked_too(ready, layout):
    known = theme_model.BLOCKS["latest"]
    cards = tuple(structs.replace(card, down=DOWN) for card in known.cards)
    html = rendered(ready, in_an_outage(blocks=(structs.replace(known, cards=cards, layout=layout),)))
    assert html.count(MARK) == len(cards)


def test_long_and_folded_groups_are_marked_too(ready):
    known = theme_model.BLOCKS["shop"]
    down = structs.replace(known.links[0], down=DOWN, note="")
    for more in (
        {"links": (down,) * 12},
        {"links": (down,), "collapsed": True},
        {"links": (down,) * 3, "layout": "grid"},
    ):
        html = rendered(ready, in_an_outage(blocks=(structs.replace(known, **more),)))
        assert html.count(MARK) == len(more["links"])


def test_an_icon_is_struck_out_for_eyes_and_for_ears(ready, theme):
    first, *others = theme_model.SOCIALS
    page = in_an_outage(socials=(structs.replace(first, down=DOWN), *others), blocks=())
    html = rendered(ready, page)
    assert html.count('<i class="down" data-until="1900000000000"></i>') == 1
    assert 'aria-label="Instagram, Down right now"' in html and 'aria-label="TikTok"' in html
    assert "i.down" in css(theme, page)


def test_a_card_below_a_text_is_marked(ready):
    for name in ("embed", "embed-3"):
        card = structs.replace(theme_model.BLOCKS[name].cards[0], down=DOWN)
        assert rendered(ready, in_an_outage("post", cards=(card,))).count(MARK) == 1


@pytest.mark.parametrize(("form", "spans"), [(MAIL_FORM, "--w:2"), (FORM, "--w:2;--h:2"), (FULL_FORM, ".*--h:3")])
def test_a_tile_of_the_mosaic_is_as_large_as_its_form_wants(form, spans):
    ready = made(locate.find("mosaic", Path("/nowhere")))
    html, rules = computed.settle(rendered(ready, sign_up(form)))
    name = re.search(r'<section class="t (v\d+) form" id="newsletter"', html)
    assert name and re.search(rf"\.{name[1]}\{{{spans}[;}}]", rules)


def test_the_poster_gives_what_stands_below_its_band_another_ink():
    """The band is printed in the first ink: on a wide page the first row of fields touches it."""
    ready = made(locate.find("poster", Path("/nowhere")))
    chance = random.Random(11)
    kinds = [block for block in theme_model.BLOCKS.values() if block.type not in ("divider", "contact")]
    for _ in range(30):
        blocks = tuple(structs.replace(block, id=f"b{n}") for n, block in enumerate(chance.choices(kinds, k=4)))
        for socials in ((), theme_model.SOCIALS):
            html = rendered(ready, in_an_outage(blocks=blocks, socials=socials))
            looks = re.findall(r'<(?:section|div|figure) class="b ([^"]*)"', html)
            row = looks[:2] if "hf" in looks[0].split() and "hf" in looks[1].split() else looks[:1]
            assert not [look for look in row if "f1" in look.split()]


def test_the_card_of_the_stage_is_set_in_lines_of_one_width():
    ready = made(locate.find("stage", Path("/nowhere")))
    banner = banner_of(rendered(ready, in_an_outage()))
    (lead,) = re.findall(r'<p class="lead"><b class="lk">(.*?)</b></p>', banner, re.DOTALL)
    assert lead.count("<span") > 1 and words(lead) == OUTAGE.text
