"""Colours go in and out as #rrggbb; contrast is WCAG's."""

from __future__ import annotations

import subprocess
import sys

import pytest

from linkhome.brand.colour import Oklch, contrast, full, least, luminance, mixed, oklch, readable


@pytest.mark.parametrize(
    ("written", "read"),
    [("#9A3B1F", "#9a3b1f"), ("#Fa0", "#ffaa00"), ("#000", "#000000")],
)
def test_both_spellings_are_read(written: str, read: str) -> None:
    assert full(written) == read


@pytest.mark.parametrize("text", ["", "#", "#12", "#12345", "red", "#ggg", "#1234567", "#12 45 "])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a colour"):
        full(text)


def test_known_contrasts() -> None:
    assert contrast("#ffffff", "#000000") == 21
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#9a3b1f", "#9a3b1f") == 1
    assert luminance("#ffffff") == 1
    assert least("#777777", ["#ffffff", "#888888"]) == contrast("#777777", "#888888")


def test_a_colour_survives_the_way_there_and_back() -> None:
    for colour in ("#9a3b1f", "#ffd400", "#39ff14", "#14213d", "#808080", "#000000", "#ffffff", "#ff00ff"):
        assert mixed(*oklch(colour)) == colour


def test_greys_have_no_hue() -> None:
    assert oklch("#808080") == Oklch(pytest.approx(0.5999, abs=0.001), 0.0, 0.0)


def test_a_colour_that_no_screen_shows_keeps_lightness_and_hue() -> None:
    wanted = Oklch(0.7, 0.37, 145.0)
    shown = oklch(mixed(*wanted))
    assert shown.lightness == pytest.approx(0.7, abs=0.01)
    assert shown.hue == pytest.approx(145, abs=1.5)
    assert 0.15 < shown.chroma < 0.37


def test_the_ends_of_lightness_are_black_and_white() -> None:
    assert mixed(0.0, 0.2, 30.0) == "#000000"
    assert mixed(1.0, 0.2, 30.0) == "#ffffff"


def test_readable_changes_nothing_that_is_readable() -> None:
    assert readable(oklch("#9a3b1f"), ["#ffffff"], 4.5, 0.0) == "#9a3b1f"


def test_readable_goes_only_as_far_as_needed() -> None:
    found = readable(oklch("#ffd400"), ["#ffffff", "#f5f0e7"], 4.5, 0.0)
    assert 4.5 <= least(found, ["#ffffff", "#f5f0e7"]) < 4.8
    found = readable(oklch("#14213d"), ["#111111"], 4.5, 1.0)
    assert 4.5 <= contrast(found, "#111111") < 4.8


def test_measuring_does_not_import_the_library() -> None:
    program = (
        "import sys; from linkhome.brand.colour import contrast; contrast('#000000', '#ffffff'); print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert "coloraide" not in loaded
