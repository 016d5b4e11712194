"""A theme's prints: a halftone whose dots follow the tone, two inks, an even grey; declared, made once, remembered."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image, ImageDraw, ImageStat

from linkhome.brand.images import Pictures, Prepared, Request
from linkhome.brand.prints import Print, orders
from linkhome.brand.screens import printed
from linkhome.diagnostics import Diagnostic

DOTS = Print("halftone", 320, 40, 30)
FILM = Print("duotone", 320, dark="#0d2a36", light="#ffabb9")
VALUES = {"light": {"stage": "#000000", "brand": "#9a3b1f"}, "dark": {"stage": "#000000", "brand": "#ee8866"}}


def declared(**given: object) -> SimpleNamespace:
    usual = {"of": ["portrait"], "as_": "duotone", "width": 320, "cells": 90, "angle": 30, "mode": "both"}
    return SimpleNamespace(**{**usual, "dark": "stage", "light": "brand", **given})


def scene(low: int, high: int) -> Image.Image:
    """Return a head before a slope of greys, between two tones."""
    image = Image.linear_gradient("L").resize((320, 400)).point(lambda value: low + (high - low) * value // 255)
    ImageDraw.Draw(image).ellipse((90, 80, 230, 260), fill=high)
    return image.convert("RGB")


def ink(image: Image.Image) -> float:
    """Return the share of an area that is inked."""
    return ImageStat.Stat(image.getchannel("A")).mean[0] / 255


# ------------------------------------------------------------------ which prints


def test_colours_are_those_of_the_mode() -> None:
    both = orders({"film": declared()}, VALUES)
    assert both == {
        "portrait": {
            "film": Print("duotone", 320, dark="#000000", light="#9a3b1f"),
            "film-dark": Print("duotone", 320, dark="#000000", light="#ee8866"),
        }
    }
    assert list(orders({"film": declared(mode="dark")}, VALUES)["portrait"].values()) == [both["portrait"]["film-dark"]]
    assert orders({"film": declared()}, VALUES, "dark")["portrait"] == {"film": both["portrait"]["film-dark"]}
    assert orders({"film": declared()}, VALUES, "light")["portrait"] == {"film": both["portrait"]["film"]}


def test_what_has_no_colour_is_made_once() -> None:
    found = orders({"dots": declared(as_="halftone", of=["portrait", "cover"]), "grey": declared(as_="grey")}, VALUES)
    assert {role: list(made) for role, made in found.items()} == {"portrait": ["dots", "grey"], "cover": ["dots"]}
    assert found["portrait"]["dots"] == Print("halftone", 320, 90, 30)
    assert orders({"dots": declared(as_="halftone", cells=999)}, VALUES)["portrait"]["dots"].cells == 106


def test_a_colour_may_be_written_out() -> None:
    assert orders({"film": declared(dark="#123456", mode="light")}, VALUES)["portrait"]["film"].dark == "#123456"


# ------------------------------------------------------------------ how they look


@pytest.mark.parametrize(("low", "high"), [(0, 255), (0, 70), (180, 255), (100, 140)])
def test_dark_light_and_flat_pictures_all_print_well(low: int, high: int) -> None:
    dots = printed(scene(low, high), DOTS)
    assert dots.mode == "LA" and dots.getchannel("L").getextrema() == (0, 0)
    assert 0.25 < ink(dots) < 0.7
    top, bottom = ink(dots.crop((0, 0, 80, 60))), ink(dots.crop((0, 340, 320, 400)))
    assert top > bottom + 0.4
    for other in (Print("grey", 320), FILM):
        grey = ImageStat.Stat(printed(scene(low, high), other).convert("L"))
        assert grey.stddev[0] > 25


def test_tone_is_the_size_of_the_dots() -> None:
    slope = Image.linear_gradient("L").resize((320, 320)).convert("RGB")
    dots = printed(slope, DOTS)
    shares = [ink(dots.crop((0, y, 320, y + 32))) for y in range(0, 320, 32)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 0.9 and shares[-1] < 0.1


def test_the_screen_is_turned() -> None:
    flat = Image.new("RGB", (320, 320), (120, 120, 120))
    flat.paste("white", (0, 0, 10, 10))
    flat.paste("black", (10, 0, 20, 10))
    straight, turned = (printed(flat, Print("halftone", 320, 40, angle)).getchannel("A") for angle in (0, 30))
    inner = [image.crop((40, 40, 300, 300)) for image in (straight, turned)]
    columns = [image.resize((260, 1), Image.Resampling.BOX).getextrema() for image in inner]
    spread = [high - low for low, high in columns]  # type: ignore[operator]
    assert spread[0] > 100 > 40 > spread[1]


def test_equal_tones_make_equal_pixels() -> None:
    """The screen steps in whole pixels, which is what makes a halftone a small file."""
    flat = scene(0, 255)
    out = BytesIO()
    printed(flat.resize((640, 800)), Print("halftone", 640, 90, 30)).convert("RGBA").save(out, "WEBP", lossless=True)
    assert len(out.getvalue()) < 40_000


def test_two_inks() -> None:
    made = printed(scene(0, 255), FILM)
    darkest, lightest = made.getpixel((5, 5)), made.getpixel((160, 170))
    assert darkest == (13, 42, 54)
    assert all(abs(found - meant) < 3 for found, meant in zip(lightest, (255, 171, 185), strict=True))  # type: ignore[arg-type]


@pytest.mark.parametrize("print_", [DOTS, FILM, Print("grey", 320)])
def test_what_is_see_through_is_not_printed(print_: Print) -> None:
    image = scene(0, 255).convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 320, 200))
    made = printed(image, print_)
    assert made.getchannel("A").crop((0, 0, 320, 200)).getextrema() == (0, 0)
    assert made.getchannel("A").crop((0, 200, 320, 400)).getextrema()[1] == 255


# ------------------------------------------------------------------ files


def test_prints_are_files_of_their_own_and_remembered(tmp_path: Path) -> None:
    kept: dict[tuple[str, str], bytes] = {}

    class Memory:
        def get(self, kind: str, key: str) -> bytes | None:
            return kept.get((kind, key))

        def put(self, kind: str, key: str, value: bytes) -> None:
            kept[kind, key] = value

    path = tmp_path / "a.png"
    scene(0, 255).save(path)
    wanted = [Request(path, "a.png"), Request(path, "a.png", DOTS), Request(path, "a.png", FILM, True)]
    pictures = Pictures(Memory())
    results = pictures.prepare_all(wanted)
    made = [one for one in results if isinstance(one, Prepared)]
    assert len({one.mark for one in made}) == 3
    assert [one.type for one in made[1].variants] == ["image/webp", "image/png"]
    assert [one.type for one in made[2].variants] == ["image/avif", "image/webp", "image/jpeg"]
    webp, png = (Image.open(BytesIO(pictures.load(one))).convert("RGBA").getchannel("A") for one in made[1].variants)
    assert webp.tobytes() == png.tobytes()
    size = len(kept)
    assert Pictures(Memory()).prepare_all(wanted) == results
    assert len(kept) == size


def test_a_small_picture_grows_for_its_dots_only(tmp_path: Path) -> None:
    class Forgetful:
        def get(self, kind: str, key: str) -> None:
            return None

        def put(self, kind: str, key: str, value: bytes) -> None:
            pass

    path = tmp_path / "a.png"
    scene(0, 255).resize((100, 120)).save(path)
    dots, film = Pictures(Forgetful()).prepare_all([Request(path, "a", DOTS), Request(path, "a", FILM)])
    assert isinstance(dots, Prepared) and isinstance(film, Prepared)
    assert ((dots.width, dots.height), (film.width, film.height)) == ((320, 384), (100, 120))
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (vector,) = Pictures(Forgetful()).prepare_all([Request(path, "a.svg", DOTS)])
    assert isinstance(vector, Diagnostic)
