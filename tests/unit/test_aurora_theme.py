"""The theme aurora: what the panes show, how names and galleries fill their lines, what can be read through glass."""

from __future__ import annotations

import random
import re

import pytest
import theme_model
from jinja2 import Environment
from msgspec import structs
from theme_model import settled

from linkhome.brand.colour import contrast
from linkhome.content.model import Block
from linkhome.theme import about, environment, locate
from linkhome.theme.tokens import tokens


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return environment.make(locate.find("aurora", tmp_path_factory.mktemp("site") / "theme"))


def shares(ready: Environment, *ratios: tuple[int, int]) -> tuple[list[float], list[float]]:
    """Return what part of its row each picture of a gallery takes: in a narrow column, and in a wide one."""
    sizes = [structs.replace(theme_model.picture("gallery-1"), width=w, height=h) for w, h in ratios]
    block = Block(type="gallery", id="gallery", pictures=tuple(sizes))
    html, rules = settled(ready, theme_model.page(blocks=(block,)))
    own = [dict(p.split(":") for p in rules[name].split(";")) for name in re.findall(r'<li class="(v\d+)"><img', html)]
    return [float(one["--p"]) for one in own], [float(one["--q"]) for one in own]


@pytest.mark.parametrize("kind", ["home", "post", "posts", "page", "missing"])
def test_no_class_is_left_open(ready, kind):
    html, _ = settled(ready, theme_model.page(kind))
    assert not re.search(r'class="(?:[^"]* )?"|class="[^"]*  ', html)
    assert "None" not in html


def test_the_panes_bring_the_focus_of_the_cover_to_the_middle_of_the_strip(ready):
    def view(focus: str) -> str:
        cover = structs.replace(theme_model.picture("cover"), focus=focus)
        html, rules = settled(ready, theme_model.page(profile=theme_model.profile(cover=cover)))
        return rules.get(re.search(r'class="view(?: (v\d+))?"', html)[1] or "", "")

    assert view("60% 50%") == ""  # the style says where a cover without a focus is cut
    assert view("60% 66%") == "--y:77%"
    assert view("0% 5%") == "--y:0%"
    assert view("0% 95%") == "--y:100%"


def test_without_pictures_the_panes_and_the_name_are_still_there(ready):
    html, _ = settled(ready, theme_model.page(profile=theme_model.profile(portrait=None, cover=None, handle="")))
    assert '<div class="train"><div class="view"></div></div>' in html
    assert "face" not in html and '<h1 class="p-name' in html


def test_icons_stand_in_rows_of_equal_length(ready):
    for count, columns in ((1, 1), (6, 6), (7, 4), (12, 6), (13, 5)):
        socials = (theme_model.SOCIALS * 3)[:count]
        html, rules = settled(ready, theme_model.page(socials=socials, blocks=()))
        assert rules[re.search(r'class="icons (v\d+)"', html)[1]] == f"--n:{columns}"


def test_every_row_of_a_gallery_is_full(ready):
    narrow, wide = shares(ready, (4, 5), (5, 4), (1, 1), (4, 5))
    assert narrow == [0.39, 0.61, 0.56, 0.44]
    assert wide == [0.21, 0.32, 0.26, 0.21]


@pytest.mark.parametrize("count", range(1, 10))
def test_no_picture_of_a_gallery_is_lost(ready, count):
    kinds = ((4, 5), (16, 9), (1, 1), (9, 16), (5, 1), (1, 5))
    for row in shares(ready, *[kinds[n % 6] for n in range(count)]):
        assert len(row) == count and all(0 < part <= 1 for part in row)
        assert sum(row) == pytest.approx(round(sum(row)), abs=0.05)


def test_a_single_card_among_rows_is_a_row_with_its_picture(ready):
    first, *others = theme_model.BLOCKS["shop"].links
    card = structs.replace(first, style="card", picture=theme_model.picture("zine"))
    one, two = ((card, *others), (card, card, *others))
    html, _ = settled(ready, theme_model.page(blocks=(Block(type="links", id="a", title="A", links=one),)))
    assert '<ul class="panel">' in html and "tile" not in html
    html, _ = settled(ready, theme_model.page(blocks=(Block(type="links", id="a", title="A", links=two),)))
    assert html.count('class="tile"') == 2 and html.count('<li class="row"') >= len(others) - 1


def test_an_episode_stands_under_the_name_of_its_show(ready):
    card = structs.replace(
        theme_model.BLOCKS["embed-3"].cards[0], author="Slow Lines", title="Slow Lines, episode 12: Paper, ink"
    )
    block = structs.replace(theme_model.BLOCKS["embed-3"], cards=(card,))
    html, _ = settled(ready, theme_model.page(blocks=(block,)))
    assert "<bdi>Slow Lines, episode 12</bdi></p><h2>Paper, ink</h2>" in html


def test_the_sill_and_the_pills_can_be_read_over_any_picture():
    """Glass lets through 14 % of what is behind it, the pills on pictures 18 %; nothing of it is blurred in old browsers."""
    recipes = about.read(locate.bundled()["aurora"] / "theme.yaml").colours
    chance = random.Random(7)
    for _ in range(150):
        brand, second = (f"#{chance.randrange(1 << 24):06x}" for _ in range(2))
        for mode, behind in (("light", "#000000"), ("dark", "#ffffff")):
            palette = tokens(brand, second, recipes).values[mode]
            sill = through(palette["card"], behind, 0.86)
            assert contrast(palette["ink"], sill) >= 7 and contrast(palette["soft"], sill) >= 4.5
            pill = through(palette["shade"], "#ffffff", 0.82)
            assert contrast("#ffffff", pill) >= 7 and contrast(palette["glow"], pill) >= 4.5


def through(glass: str, behind: str, thick: float) -> str:
    pairs = ((int(glass[n : n + 2], 16), int(behind[n : n + 2], 16)) for n in (1, 3, 5))
    return "#" + "".join(f"{round(one * thick + other * (1 - thick)):02x}" for one, other in pairs)
