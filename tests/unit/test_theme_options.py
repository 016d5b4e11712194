"""The creator's choices: of a theme's options, of shape, density and backdrop."""

from __future__ import annotations

import pytest
from told import said

from linkhome.brand.colour import contrast
from linkhome.config.load import read_site
from linkhome.theme.about import Option
from linkhome.theme.backdrop import backdrop
from linkhome.theme.options import choose
from linkhome.theme.tokens import tokens

DECLARED = {
    "stamp": Option(type="switch", default="true"),
    "columns": Option(type="choice", values=["two", "three"], default="two", about="How many columns."),
    "tilt": Option(type="number", default="4", least=-10, most=10),
    "spark": Option(type="colour"),
    "word": Option(type="text", default="Hello"),
}


def chosen(text: str):
    site = f"profile: {{name: A}}\nbrand:\n  options:\n{text}"
    config, found = read_site(site.encode(), "linkhome.yaml")
    assert config, found
    return choose(DECLARED, config.site.brand.options, config.spans)


def test_defaults_and_choices_reach_templates_and_styles():
    options, found = chosen("    columns: three\n    tilt: 2.5\n    spark: '#123456'\n")
    assert found == []
    assert options.values == {"stamp": True, "columns": "three", "tilt": 2.5, "spark": "#123456", "word": "Hello"}
    assert options.features == {"stamp", "columns-three"}
    assert options.css == ":root{--o-tilt:2.5;--o-spark:#123456}"


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("colums: two", "the theme has no option 'colums'", "did you mean 'columns'?"),
        (
            "columns: tree",
            "'columns' cannot be 'tree': it is one of two, three; did you mean 'three'?",
            "How many columns.",
        ),
        ("stamp: maybe", "'stamp' must be true or false", ""),
        ("tilt: 11", "'tilt' must be a number from -10 to 10", ""),
        ("tilt: 1e3", "'tilt' must be a number from -10 to 10", ""),
        ("spark: red", "'spark' must be a colour, such as \"#9A3B1F\"", ""),
    ],
)
def test_a_wrong_choice_has_its_place(line, message, hint):
    _, found = chosen(f"    {line}\n")
    assert said(found) == [(4, message, hint)]


PROMISES = ("ink on paper", "soft on paper", "accent on paper", "on-brand on brand")


@pytest.mark.parametrize("color", ["#9A3B1F", "#ffee00", "#000000", "#ffffff", "#00ff00", "#8080ff"])
@pytest.mark.parametrize("kind", ["gradient", "media/photo.jpg"])
def test_text_on_a_backdrop_keeps_its_contrast(color, kind):
    values, css = backdrop(kind, tokens(color).values, PROMISES)
    for palette in values.values():
        for name in ("ink", "soft", "accent"):
            if kind == "gradient":
                assert contrast(palette[name], palette["wash"]) >= 4.5
            else:
                paper, cover = palette["veil"][:7], int(palette["veil"][7:] or "ff", 16) / 255
                for under in (0, 255):
                    seen = "#" + "".join(
                        f"{round(int(paper[i : i + 2], 16) * cover + under * (1 - cover)):02x}" for i in (1, 3, 5)
                    )
                    assert contrast(palette[name], seen) >= 4.48
    assert css.startswith(":root{--backdrop:")


def test_grain_needs_no_file():
    values, css = backdrop("grain", tokens(None).values, PROMISES)
    assert values == tokens(None).values
    assert "data:image/svg+xml" in css
    assert "\n" not in css
