"""The theme stage: lines of equal width, what can be read on any picture, rows of pictures, and what has no picture."""

from __future__ import annotations

import random
import re
from types import SimpleNamespace

import pytest
import theme_model
from jinja2 import Environment
from msgspec import structs
from theme_model import settled

from linkhome.brand.colour import contrast
from linkhome.content.model import Block, Link
from linkhome.theme import environment, locate
from linkhome.theme.tokens import tokens

#: How much of the stage lies over the picture where the name begins; what `front.css` mixes.
SCRIM = 0.7


class Widths:
    """A measure in which every letter is half as wide as high at the narrowest setting."""

    def width(self, text, face, capitals=False, wdth=62.0):
        return len(text) * 0.5 * wdth / 62

    def fit(self, text, face, most=4, capitals=False, wdth=62.0):
        return max(self.width(line, face) for line in self._broken(text, most))

    def lockup(self, text, face, most=4, low=62):
        lines = self._broken(text.upper(), most)
        goal = max(self.width(line, face, wdth=low) for line in lines)
        found = [(line, min(125.0, goal / self.width(line, face) * 62)) for line in lines]
        made = [SimpleNamespace(text=t, x=x, k=self.width(t, face, wdth=x), o=-0.04) for t, x in found]
        return SimpleNamespace(lines=tuple(made), one=sum(line.k for line in made))

    def _broken(self, text, most):
        words = text.replace("-", "-\n").replace(" ", "\n").split("\n")
        return words if len(words) <= most else [text]


@pytest.fixture(scope="module")
def theme(tmp_path_factory: pytest.TempPathFactory) -> locate.Theme:
    return locate.find("stage", tmp_path_factory.mktemp("site") / "theme")


@pytest.fixture(scope="module")
def ready(theme: locate.Theme) -> Environment:
    return environment.make(theme, measure=Widths())


def named(ready: Environment, name: str, **others) -> tuple[str, dict[str, str]]:
    """Return the heading of a page for somebody of this name, and its rules."""
    html, rules = settled(ready, theme_model.page(profile=theme_model.profile(name=name, **others)))
    return re.search(r"<h1.*?</h1>", html, re.DOTALL)[0], rules


@pytest.mark.parametrize("kind", ["home", "post", "posts", "page", "missing"])
def test_no_class_is_left_open(ready, kind):
    html, _ = settled(ready, theme_model.page(kind))
    assert not re.search(r'class="[^"]*  ', html)
    assert "None" not in html


def test_the_lines_of_a_name_are_in_its_own_letters(ready):
    heading, _ = named(ready, "Jörg Weißäcker-Straßburg")
    lines = re.findall(r"<span[^>]*>([^<]*)</span>", heading)
    assert lines == ["Jörg", "Weißäcker-", "Straßburg"]
    assert re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", heading)).strip() == "Jörg Weißäcker-Straßburg"
    assert "v" in heading and "--l:.94" in str(named(ready, "Jörg Weißäcker-Straßburg")[1])


def test_a_short_name_is_wide_rather_than_high(ready):
    _, rules = named(ready, "Mo")
    assert any("--x:125%" in rule for rule in rules.values())
    heading, rules = named(ready, "Lina Marlow")
    narrow = re.findall(r'<span class="(v\d+)"', heading)[1]
    assert "--x" not in rules[narrow]


def test_a_script_without_capitals_stands_in_a_plain_large_setting(ready):
    heading, rules = named(ready, "ليلى المنصوري")
    (span,) = re.findall(r'<span class="(v\d+)">ليلى المنصوري</span>', heading)
    assert "--w:normal" in rules[span] and "--l:1.2" in rules[span]


def test_one_or_no_picture_has_a_first_screen_of_its_own(ready):
    def classes(**pictures):
        html, _ = settled(ready, theme_model.page(profile=theme_model.profile(**pictures)))
        return re.search(r'<header class="(hero[^"]*)"', html)[1].split(), html

    assert "solo" in classes(cover=None)[0]
    assert "dim" in classes(cover=None, portrait=None)[0]
    only_cover, html = classes(portrait=None)
    assert not {"solo", "dim"} & set(only_cover) and 'class="pic"' in html


def test_the_pictures_of_a_gallery_fill_their_rows(ready):
    def rows(*ratios):
        sizes = [structs.replace(theme_model.picture("gallery-1"), width=w, height=100) for w in ratios]
        block = Block(type="gallery", id="gallery", pictures=tuple(sizes))
        html, rules = settled(ready, theme_model.page(blocks=(block,)))
        return [float(rules[name].split(";")[0][4:]) for name in re.findall(r'<li class="(v\d+)"><', html)]

    assert sum(rows(80, 125, 100, 80)) == pytest.approx(1, abs=0.005)
    nine = rows(*[100] * 9)
    assert len(nine) == 9 and sum(nine) == pytest.approx(2, abs=0.01)
    assert sum(rows(60, 60)) < 1  # two narrow ones do not become giants


def test_a_word_that_no_line_holds_is_set_smaller(ready):
    long = Link(href="https://a.example", title="Rechtsschutzversicherungsgesellschaften")
    short = Link(href="https://b.example", title="Laden")
    block = Block(type="links", id="links", title="Öffentlichkeitsarbeit", links=(long, short))
    html, rules = settled(ready, theme_model.page(blocks=(block,)))
    title = re.search(r'<b class="t v (v\d+)">Rechts', html)
    assert title and "--t:max(1.125rem,(100cqi - 8.5rem)/" in rules[title[1]]
    assert '<b class="t v">Laden' in html
    heading = re.search(r'<h2 class="h w (v\d+)">', html)
    assert heading and rules[heading[1]] == "--x:72%"


def _shown(over: str, under: str) -> str:
    """Return what is seen where the scrim of one colour lies over another one."""
    parts = [(int(over[at : at + 2], 16), int(under[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a * SCRIM + b * (1 - SCRIM)):02x}" for a, b in parts)


def test_the_name_can_be_read_on_any_picture(theme):
    chance = random.Random(7)
    brands = [f"#{chance.randrange(1 << 24):06x}" for _ in range(60)] + ["#000000", "#ffffff", "#ffff00", "#0000ff"]
    for brand in brands:
        values = tokens(brand, None, theme.colours).values
        for mode in ("light", "dark"):
            stage, ink = values[mode]["stage"], values[mode]["ink"]
            for pixel in ("#000000", "#ffffff"):
                assert contrast(ink, _shown(stage, pixel)) >= 3, (brand, mode, pixel)


def test_the_scrim_is_what_was_reckoned_with(theme):
    css = theme.static_file("css/front.css").read_text("utf-8")
    assert f"var(--stage) {SCRIM:.0%}, #0000)" in css
