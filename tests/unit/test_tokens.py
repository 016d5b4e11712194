"""Whatever colour a creator names: every text can be read, in light and in dark, and the colour stays theirs."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkhome.brand.colour import mixed, oklch
from linkhome.theme.tokens import DEFAULT, Palette, Tokens, tokens

GROUNDS = ("paper", "card", "tint")
NAMES = {
    *GROUNDS, "ink", "soft", "accent", "on-tint", "brand", "on-brand", "brand-edge", "second", "on-second",
    "rule", "edge",
}  # fmt: skip
TEXTS = [
    *((text, ground) for text in ("ink", "soft", "accent") for ground in GROUNDS),
    ("on-tint", "tint"),
    ("on-brand", "brand"),
    ("on-second", "second"),
]


def contrast(one: str, other: str) -> float:
    """Measure as WCAG 2.2 says, from its text and not with our own function."""

    def luminance(colour: str) -> float:
        total = 0.0
        for weight, start in ((0.2126, 1), (0.7152, 3), (0.0722, 5)):
            value = int(colour[start : start + 2], 16) / 255
            total += weight * (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
        return total

    bright, dark = max(luminance(one), luminance(other)), min(luminance(one), luminance(other))
    return (bright + 0.05) / (dark + 0.05)


def faults(palette: Palette) -> list[str]:
    found = [f"{a} on {b}" for a, b in TEXTS if contrast(palette[a], palette[b]) < 4.5]
    found += [f"edge on {ground}" for ground in GROUNDS if contrast(palette["edge"], palette[ground]) < 3]
    found += [f"rule on {ground}" for ground in ("paper", "card") if contrast(palette["rule"], palette[ground]) < 1.3]
    found += ["brand on the page"] * (contrast(palette["brand-edge"], palette["paper"]) < 1.45)
    return found


def check(brand: str, second: str | None) -> Tokens:
    made = tokens(brand, second)
    assert set(made.values) == {"light", "dark"}
    for mode, palette in made.values.items():
        assert set(palette) == NAMES
        assert faults(palette) == [], (brand, second, mode)
    return made


colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@settings(max_examples=400, deadline=None)
@given(colours, st.none() | colours)
def test_every_pair_can_be_read(brand: str, second: str | None) -> None:
    made = check(brand, second)
    if oklch(brand).chroma > 0.02:
        assert made.values["light"]["brand"] == brand
    if second:
        assert made.values["light"]["second"] == second


def test_every_pair_can_be_read_all_around_the_wheel() -> None:
    for hue in range(0, 360, 15):
        for chroma in (0.0, 0.02, 0.08, 0.16, 0.32):
            for lightness in (0.05, 0.3, 0.55, 0.8, 0.97):
                check(mixed(lightness, chroma, hue), None)


@pytest.mark.parametrize(
    "brand", ["#000000", "#ffffff", "#808080", "#777777", "#39ff14", "#ffff00", "#0000ff", "#ff00ff"]
)
def test_the_extremes(brand: str) -> None:
    for second in (None, "#000", "#fff", "#808080"):
        check(brand, second)


def test_a_strong_colour_stays_as_it_is_without_a_word() -> None:
    made = tokens("#9A3B1F", "#1F4E5F")
    assert made.notes == ()
    for mode in ("light", "dark"):
        assert made.values[mode]["brand"] == "#9a3b1f"
        assert made.values[mode]["second"] == "#1f4e5f"
    assert made.values["light"]["accent"] == "#9a3b1f"


def test_a_repair_is_told_in_one_sentence() -> None:
    assert tokens("#FFD400").notes == (
        "#FFD400 is too light to be read as text on the page; text uses #8C6301, fills keep your colour",
    )
    assert tokens("#fff").notes == ("#FFFFFF cannot be told from a light page; buttons there are #201E19",)
    assert tokens("#14213D").notes == ("#14213D cannot be told from a dark page; fills there are #283F70",)


def test_the_style_sheet_asks_for_the_mode_and_says_nothing_twice() -> None:
    made = tokens("#9A3B1F")
    light, asked, dark = made.css().partition("@media (prefers-color-scheme:dark){")
    assert asked
    assert f"--paper:{made.browser[0]}" in light
    assert f"--paper:{made.browser[1]}" in dark
    assert f"--brand:{made.values['light']['brand']}" in light
    assert "--brand:" not in dark
    assert "oklch" not in made.css()
    assert made.css().count("{") == made.css().count("}") == 3


def test_a_style_sheet_for_one_mode_has_its_colours_only() -> None:
    made = tokens("#9A3B1F")
    assert made.css("dark", {"paper"}) == f":root{{--paper:{made.values['dark']['paper']}}}"
    assert made.css("light", {"paper"}) == f":root{{--paper:{made.values['light']['paper']}}}"


def test_the_default_palette_is_what_its_colour_gives() -> None:
    assert tokens(None) == tokens(DEFAULT)
    assert tokens(None).notes == ()


def test_a_second_colour_alone_joins_the_default() -> None:
    assert tokens(None, "#ff0000").values["light"]["second"] == "#ff0000"
    assert tokens(None, "#ff0000").values["light"]["brand"] == DEFAULT


def test_a_text_that_is_no_colour_is_refused() -> None:
    with pytest.raises(ValueError, match="not a colour: red"):
        tokens("red")


def test_a_site_without_a_colour_does_not_import_the_library() -> None:
    program = "import sys; from linkhome.theme.tokens import tokens; tokens(None); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert "linkhome.theme.tokens" in loaded
    assert "coloraide" not in loaded
