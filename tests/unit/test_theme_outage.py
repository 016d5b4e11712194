"""While a platform is down: what every page says at its top, and the marks of what leads nowhere; at other times not a byte."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import theme_model
from msgspec import structs
from theme_model import DOWN, OUTAGE, Ruler, rendered

from linkhome.content.model import Block, Page
from linkhome.theme import environment, locate, styles

THEMES = ("base", "atelier", "aurora")
KINDS = ("home", "post", "posts", "page", "missing")
MARK = '<small class="down" data-until="1900000000000">Down right now</small>'


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> locate.Theme:
    return locate.find(request.param, Path("/nowhere"))


@pytest.fixture
def ready(theme: locate.Theme) -> Any:
    return environment.make(theme, options={"stamp": True, "end": True, "chip": True}, measure=Ruler())


def page(kind: str = "home", **more: Any) -> Page:
    """Return a page of a site while Instagram is down."""
    return theme_model.page(kind, shell=theme_model.shell(outage=OUTAGE), **more)


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_says_it_first_and_leads_to_the_list(ready, kind):
    html = rendered(ready, page(kind))
    banner = html[html.index("<aside") : html.index("</aside>")]
    assert banner.startswith('<aside class="outage" data-until="1900000000000" aria-label="Down right now"><div>')
    assert '<p class="lead">Instagram is down right now.' in banner and "<p>It began at seven.</p>" in banner
    assert f'<a class="btn" href="{"" if kind == "home" else "index.html"}#newsletter">Sign up</a>' in banner
    assert '<a href="https://mastodon.example/@lina">Mastodon</a>, <a href="mailto:' in banner
    assert html.index('class="skip"') < html.index("<aside") < html.index("<header") < html.index("<main")
    assert '<script defer src="timed.js"></script>' in html


@pytest.mark.parametrize("kind", KINDS)
def test_at_other_times_there_is_not_a_byte_of_it(ready, theme, kind):
    calm = theme_model.page(kind)
    told = rendered(ready, calm) + styles.stylesheet(theme, styles.uses(calm))
    assert not re.search(r'outage|"down"|\.down', told)


def test_without_a_list_or_other_channels_only_the_sentence_is_there(ready):
    bare = structs.replace(OUTAGE, button=None, note="", instead=(), window=None)
    html = rendered(ready, theme_model.page("page", shell=theme_model.shell(outage=bare)))
    banner = html[html.index("<aside") : html.index("</aside>")]
    assert banner.count("<p") == 1 and "<a " not in banner and "data-until" not in banner


def test_an_icon_is_struck_through_and_says_so(ready):
    first, *others = theme_model.SOCIALS
    html = rendered(ready, page(socials=(structs.replace(first, down=DOWN), *others), blocks=()))
    assert html.count('<i class="down" data-until="1900000000000"></i>') == 1
    assert 'aria-label="Instagram, Down right now"' in html and 'aria-label="TikTok"' in html


@pytest.mark.parametrize(
    "name", ["shop", "night-lines", "tiles", "single", "contact", "latest", "embed", "embed-2", "embed-3"]
)
def test_whatever_leads_nowhere_is_marked(ready, theme, name):
    known = theme_model.BLOCKS[name]
    links = tuple(structs.replace(link, down=DOWN) for link in known.links)
    cards = tuple(structs.replace(card, down=DOWN) for card in known.cards)
    marked = page(blocks=(structs.replace(known, links=links, cards=cards),))
    assert rendered(ready, marked).count(MARK) == len(links) + len(cards) > 0
    assert "small.down" in styles.stylesheet(theme, styles.uses(marked))


def test_a_card_below_a_text_is_marked_as_well(ready, theme):
    card = structs.replace(theme_model.BLOCKS["embed-3"].cards[0], down=DOWN)
    marked = page("post", cards=(card,))
    assert rendered(ready, marked).count(MARK) == 1
    assert "down" in styles.uses(marked)


def test_a_sign_up_that_leads_the_page_touches_what_stands_above_it():
    """The letter of atelier lies on a coloured table; a band in the same colour ends where it begins."""
    theme = locate.find("atelier", Path("/nowhere"))
    block = Block(type="newsletter", id="newsletter", form=theme_model.FORM)
    assert ".home main:has(>.letter:first-child){padding-block-start:0}" in styles.stylesheet(
        theme, styles.uses(page(blocks=(block,)))
    )
