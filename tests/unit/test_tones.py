"""The build looks at a picture: its colour, its tones, what can be read on it, and where to look."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from linkhome.brand.picture import Measures
from linkhome.brand.tones import measure


def split(top: str, middle: str, bottom: str) -> Image.Image:
    image = Image.new("RGB", (90, 90), top)
    image.paste(middle, (0, 30, 90, 60))
    image.paste(bottom, (0, 60, 90, 90))
    return image


def test_tones_are_relative_luminance() -> None:
    found = measure(split("white", "#777777", "black"))
    assert found.tones == (1.0, 0.184, 0.0)
    assert found.tone == pytest.approx(0.395, abs=0.005)
    assert measure(Image.new("RGB", (9, 9), "red")).tone == 0.213


@pytest.mark.parametrize(
    ("image", "stands"),
    [
        (Image.new("RGB", (40, 40), "black"), "light"),
        (Image.new("RGB", (40, 40), "white"), "dark"),
        (Image.new("RGB", (40, 40), "#3f5254"), "light"),
        (Image.new("RGB", (40, 40), "#c68082"), "dark"),
        (split("black", "black", "#666666"), "light"),
        (split("white", "white", "#999999"), "dark"),
    ],
)
def test_which_text_can_be_read_on_it(image: Image.Image, stands: str) -> None:
    assert measure(image).stands == stands


def test_what_is_not_there_does_not_count() -> None:
    image = Image.new("RGBA", (60, 60), (0, 0, 0, 0))
    assert measure(image) == Measures()
    image.paste((255, 255, 255, 255), (0, 0, 60, 20))
    found = measure(image)
    assert (found.colour, found.tone, found.tones, found.stands) == ("", 1.0, (1.0, 1.0, 1.0), "dark")


@pytest.mark.parametrize("size", [(1, 1), (1, 3), (2, 1), (48, 1), (1, 5000), (7, 5)])
def test_the_smallest_pictures_have_measures(size: tuple[int, int]) -> None:
    assert measure(Image.new("RGB", size, "red")) == Measures("#ff0000", 0.213, (0.213,) * 3, "dark", "")


def spot(size: tuple[int, int], x: float, y: float, colour: str = "#e8e0d0") -> Image.Image:
    image = Image.new("RGB", size, "#20304a")
    radius = min(size) // 8
    at = (x * size[0], y * size[1])
    ImageDraw.Draw(image).ellipse((at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius), fill=colour)
    return image


@pytest.mark.parametrize(
    ("image", "focus"),
    [
        (spot((900, 600), 0.75, 0.5), "75% 50%"),
        (spot((900, 600), 0.25, 0.3), "25% 30%"),
        (spot((900, 600), 0.5, 0.8), "50% 80%"),
        (spot((600, 900), 0.5, 0.2), "50% 20%"),
        (spot((600, 900), 0.5, 0.8), ""),
        (spot((900, 600), 0.55, 0.5), ""),
        (Image.effect_noise((900, 600), 90).convert("RGB"), ""),
        (Image.linear_gradient("L").resize((900, 600)).convert("RGB"), ""),
        (Image.new("RGB", (900, 600), "navy"), ""),
    ],
)
def test_the_focus_leaves_the_middle_only_when_it_is_clear(image: Image.Image, focus: str) -> None:
    assert measure(image).focus == focus


def test_two_things_far_apart_have_no_focus() -> None:
    image = spot((900, 600), 0.15, 0.5)
    image.paste(spot((900, 600), 0.85, 0.5).crop((450, 0, 900, 600)), (450, 0))
    assert measure(image).focus == ""
