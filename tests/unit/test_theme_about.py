"""Mistakes in ``theme.yaml`` are told as those in the creator's own file: all at once, with place and advice."""

from __future__ import annotations

from pathlib import Path

import pytest
from told import said

from linkhome.diagnostics import LinkhomeError
from linkhome.theme import about


def told(tmp_path: Path, text: str) -> list[tuple[int, str, str]]:
    file = tmp_path / "theme.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(LinkhomeError) as caught:
        about.read(file)
    return said(caught.value.diagnostics)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("titel: X\n", "unknown key 'titel'", "did you mean 'title'?"),
        (
            "colours: {light: {paper: {l: bright}}}\n",
            "'l' must be a number, or a map of keys",
            "write it like this: 0.5",
        ),
        ("colours: {light: {paper: {c: most}}}\n", "'c' cannot be 'most'", "it is one of: max"),
        ("colours: {light: {a: {from: inc}}}\n", "there is no colour 'inc' here", "did you mean 'ink'?"),
        (
            "colours: {dark: {a: b, b: '#fff'}}\n",
            "there is no colour 'b' here",
            "a recipe knows the colours that stand above it",
        ),
        ("contrast: [ink over paper]\n", "a promise looks like this: ink on paper 4.5", ""),
        ("contrast: [ink on papper]\n", "there is no colour 'papper' in both modes", ""),
        ("options: {a: {type: choice, values: [x], default: y}}\n", "the default is not one of the values", ""),
        ("options: {a: {type: switch, default: maybe}}\n", "the default of a switch is true or false", ""),
        (
            "options: {a: {type: swich}}\n",
            "'type' cannot be 'swich'",
            "did you mean 'switch'? (it is one of: choice, switch, number, colour, text)",
        ),
        ("faces: {a: {family: X}}\n", "'file' is missing in 'a'", "add a line: file: …"),
        ("prints: {a: {of: [face], as: grey}}\n", "'of' cannot be 'face'", "it is one of: portrait, cover"),
        ("- a\n", "a theme's file is a map of keys", "start with 'title: …'"),
    ],
)
def test_a_mistake_has_a_sentence_and_advice(tmp_path, text, message, hint):
    assert [(m, h) for _, m, h in told(tmp_path, text)] == [(message, hint)]


def test_all_mistakes_are_told_at_once_with_their_lines(tmp_path):
    found = told(
        tmp_path, "titel: X\nstyles: {a: all}\ncolours:\n  light:\n    a: {from: nothing}\noptions:\n  b: {type: x}\n"
    )
    assert [line for line, _, _ in found] == [1, 7]
    found = told(tmp_path, "colours:\n  light:\n    a: {from: nothing}\n  dark:\n    b: {on: nowhere}\n")
    assert [line for line, _, _ in found] == [3, 5]


def test_yaml_that_is_none_is_told_with_its_line(tmp_path):
    assert told(tmp_path, "title: X\n  about: Y\n")[0][0] == 2


def test_on_is_a_key_and_nothing_switches_a_style_file_off(tmp_path):
    file = tmp_path / "theme.yaml"
    file.write_text("styles: {front: }\ncolours: {light: {a: {on: [paper]}}}\n", "utf-8")
    made = about.read(file)
    assert made.styles == {"front": ""}
    recipe = made.colours.light["a"]
    assert not isinstance(recipe, str)
    assert recipe.on == ["paper"]


def test_an_empty_file_is_a_theme_that_changes_nothing(tmp_path):
    file = tmp_path / "theme.yaml"
    file.write_text("", "utf-8")
    assert about.read(file) == about.About()
