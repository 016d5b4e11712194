"""A theme's recipes give the colours that they describe, and keep their promises for every brand colour."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkhome.brand.colour import contrast, oklch
from linkhome.theme import locate
from linkhome.theme.recipes import Promise, Recipe, Steps, mentioned, mix
from linkhome.theme.tokens import tokens

START = tokens("#9A3B1F", "#1F4E5F").values["light"] | {"brand": "#9a3b1f", "second": "#1f4e5f"}
NOWHERE = Path("/nonexistent/theme")


def one(recipe, **start: str) -> str:
    return mix({"x": recipe}, START | start)["x"]


def test_a_recipe_starts_from_the_brand_and_sets_what_it_names():
    lightness, chroma, hue = oklch(one(Recipe(l=0.5)))
    own = oklch("#9a3b1f")
    assert lightness == pytest.approx(0.5, abs=0.01)
    assert chroma == pytest.approx(own.chroma, abs=0.01)
    assert hue == pytest.approx(own.hue, abs=1.5)


def test_a_text_is_a_fixed_colour_or_another_name():
    assert one("#0a0a0a") == "#0a0a0a"
    assert one("second") == "#1f4e5f"


def test_steps_are_taken_in_their_order():
    assert oklch(one(Recipe(l=Steps(times=0.5, plus=0.3)))).lightness == pytest.approx(
        oklch("#9a3b1f").lightness * 0.5 + 0.3, abs=0.01
    )
    assert oklch(one(Recipe(l=Steps(plus=9, most=0.8)))).lightness == pytest.approx(0.8, abs=0.01)
    assert oklch(one(Recipe(h=Steps(of="second")))).hue == pytest.approx(oklch("#1f4e5f").hue, abs=3)


@pytest.mark.parametrize(
    ("steps", "hue"),
    [
        (Steps(within=[215, 290]), 290),  # 39 degrees is nearer to 290 than to 215, going round
        (Steps(toward=85, by=16), 55),
        (Steps(toward=40, by=16), 40),
        (Steps(plus=-60), 339),
    ],
)
def test_hues_move_round_the_wheel(steps, hue):
    found = oklch(one(Recipe(l=0.6, c=0.1, h=steps), brand="#9a3b1f")).hue
    assert abs((found - hue + 180) % 360 - 180) < 4


def test_the_greatest_chroma_is_what_a_screen_can_show():
    loud = oklch(one(Recipe(l=0.69, c="max")))
    assert loud.chroma > 0.18
    assert loud.lightness == pytest.approx(0.69, abs=0.01)


def test_contrast_moves_the_lightness_only_as_far_as_needed():
    found = one(Recipe(l=0.69, on="paper"))
    assert 4.5 <= contrast(found, START["paper"]) < 4.7


def test_a_grey_brand_may_have_a_recipe_of_its_own():
    recipe = Recipe(l=0.7, grey="#e7ff57")
    assert one(recipe, brand="#777777") == "#e7ff57"
    assert one(recipe) != "#e7ff57"


def test_pick_takes_the_first_that_can_be_read():
    assert one(Recipe(pick=["paper", "ink"], on="brand")) == START["paper"]
    assert one(Recipe(pick=["paper", "ink"], on="paper")) == START["ink"]


def test_what_a_recipe_builds_upon():
    assert mentioned(Recipe(from_="a", on=["b"], pick=["#fff"], h=Steps(of="c"), grey="d")) == {"a", "b", "c", "d"}


@pytest.mark.parametrize("line", ["ink", "ink paper 3", "ink on paper x", "ink on paper 3 4", ""])
def test_a_promise_has_one_form(line):
    with pytest.raises(ValueError, match="not a promise"):
        Promise.read(line)


colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
THEMES = sorted(locate.bundled())


@cache
def found_theme(name: str) -> locate.Theme:
    """Read a theme's file once, not for every colour."""
    return locate.find(name, NOWHERE)


def broken(theme: locate.Theme, color: str, second: str | None) -> list[str]:
    found = []
    for mode, palette in tokens(color, second, theme.colours).values.items():
        for line in theme.contrast:
            promise = Promise.read(line)
            # Measured here and not by `kept`: half a thousandth is what a browser's rounding costs.
            if contrast(palette[promise.text], palette[promise.ground]) < promise.ratio:
                found.append(
                    f"{line} in {mode} with {color} and {second}: {palette[promise.text]}, {palette[promise.ground]}"
                )
    return found


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_promises_text_on_paper_and_more(name):
    promised = {(p.text, p.ground): p.ratio for p in map(Promise.read, locate.find(name, NOWHERE).contrast)}
    assert promised[("ink", "paper")] >= 4.5
    assert promised[("soft", "paper")] >= 4.5
    assert promised[("accent", "paper")] >= 4.5
    assert sum(ratio >= 4.5 for ratio in promised.values()) >= 8


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_keeps_its_promises_for_colours_from_all_over_the_cube(name):
    theme = locate.find(name, NOWHERE)
    chance = random.Random(name)
    steps = (0, 36, 73, 109, 146, 182, 219, 255)
    cube = [f"#{r:02x}{g:02x}{b:02x}" for r in steps for g in steps for b in steps]
    found = []
    for color in cube:
        found += broken(theme, color, chance.choice([None, chance.choice(cube)]))
    assert found == []


@pytest.mark.parametrize("name", THEMES)
@settings(max_examples=500, deadline=None)
@given(color=colours, second=st.none() | colours)
def test_a_theme_keeps_its_promises_for_any_colour(name, color, second):
    assert broken(found_theme(name), color, second) == []
