"""What the theme atelier works out while a page is made: galleries without a ragged row, long words, the signs it shows."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import theme_model
from theme_model import Ruler

from linkhome.theme import environment, locate

PICTURES = (0.5, 0.8, 1.0, 1.333, 2.4)


@pytest.fixture(scope="module")
def macros() -> Any:
    """Return the macros of the theme."""
    theme = locate.find("atelier", Path("/nowhere"))
    return environment.make(theme, measure=Ruler()).get_template("atelier.html").module  # type: ignore[arg-type]


@pytest.mark.parametrize("count", range(1, 10))
@pytest.mark.parametrize("wide", [2, 4.4])
def test_every_row_of_a_gallery_is_full(macros: Any, count: int, wide: float):
    for ratios in list(product(PICTURES, repeat=min(count, 3)))[:60]:
        pictures = [*ratios, *[PICTURES[n % 5] for n in range(count - len(ratios))]]
        filled, rows = 0.0, 0
        for share in macros.shares(pictures, wide).split():
            filled += float(share)
            assert filled < 1.0001
            if filled > 0.98:  # each share is rounded down by less than a thousandth; CSS hands out the rest
                filled, rows = 0.0, rows + 1
        assert filled == 0
        assert 1 <= rows <= max(round(sum(pictures) / wide), 1)


def test_the_last_word_of_a_name_is_in_italics(macros: Any):
    assert macros.name("Lina Marlow") == "Lina <i>Marlow</i>"
    assert macros.name("Ada <b> de Vries") == "Ada &lt;b&gt; de <i>Vries</i>"
    assert macros.name("Sade") == "Sade"


def test_the_widest_part_ends_at_a_hyphen(macros: Any):
    assert float(macros.widest(["Jo", "Hohenstein-Wesselburen"], "heading")) == len("Wesselburen") / 2
    assert float(macros.widest([], "heading")) == 0.5


def test_a_word_wider_than_a_phone_may_be_divided(macros: Any):
    assert macros.long("Kraftfahrzeughaftpflicht", "heading", 9).strip() == "hy"
    assert not macros.long("Many words that are short each of them", "heading", 9).strip()


def test_every_sign_that_a_page_shows_has_its_outline_and_no_other():
    theme, options = locate.find("atelier", Path("/nowhere")), {"stamp": True, "end": True}
    made = environment.make(theme, options=options, measure=Ruler())  # type: ignore[arg-type]
    html = made.get_template("home.html").render(theme_model.page().as_context(), style="")
    shown = html.replace(html[html.index('<section class="b" id="contact"') :].partition("</section>")[0], "")
    assert set(re.findall(r'href="#i-([^"]*)"', shown)) == set(re.findall(r'<symbol id="i-([^"]*)"', html)) != set()
