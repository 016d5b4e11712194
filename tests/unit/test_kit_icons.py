"""Icons: the right sizes and shapes, whole where they are cut, the same bytes every time."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image

from linkhome.brand.vector import clean
from linkhome.kit import icons
from linkhome.kit.icons import Colours
from linkhome.kit.plan import IconOrder
from linkhome.kit.scene import Look, Shot, Type
from linkhome.kit.workshop import Workshop
from linkhome.theme.faces import shipped

FACE = Type(str(shipped() / "instrument-sans/InstrumentSans.ttf"), "x", (("wght", 680.0),))
OTHERS = ("noto-sans-arabic/NotoSansArabic.ttf", "noto-emoji/NotoEmoji.ttf")
LOOK = Look(
    "plain", {}, dict.fromkeys(("title", "text"), FACE), tuple(Type(str(shipped() / name), name) for name in OTHERS)
)
RUST, NIGHT = ("#9a3b1f", "#fff8f6"), ("#ec937a", "#15110d")
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5" fill="#0a0"/></svg>'


def made(which: str, letters: str = "LM", own: bytes | None = None) -> bytes:
    order = IconOrder(which, letters, RUST, NIGHT, "#ffffff", Shot("logo", "x") if own else None)
    return Workshop(LOOK, lambda _: own).make(order)


def png(size: tuple[int, int], mode: str = "RGB", colour: object = "#0000ff") -> bytes:
    out = BytesIO()
    Image.new(mode, size, colour).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("which", "size", "mode"), [("touch", 180, "RGB"), ("192", 192, "RGBA"), ("512", 512, "RGBA"), ("mask", 512, "RGB")]
)
@pytest.mark.parametrize("letters", ["LM", "Ü", "لا", "🎈"])
def test_pngs_have_the_size_that_is_promised_and_no_hidden_words(which, size, mode, letters):
    data = made(which, letters)
    image = Image.open(BytesIO(data))
    assert (image.size, image.mode) == ((size, size), mode)
    assert set(re.findall(rb"(?:IHDR|IDAT|IEND|tEXt|zTXt|iTXt|tIME|eXIf|pHYs|gAMA)", data)) <= {
        b"IHDR",
        b"IDAT",
        b"IEND",
    }
    assert len(set(image.convert("RGB").resize((64, 64)).get_flattened_data())) > 2, "something is drawn"


def test_the_favicon_holds_three_sizes():
    icon = Image.open(BytesIO(made("ico")))
    assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
    icon.size = (16, 16)
    assert icon.convert("RGBA").getpixel((0, 0))[3] < 128, "round corners"


def test_nothing_of_a_maskable_icon_is_lost_when_a_circle_is_cut_out():
    image = Image.open(BytesIO(made("mask", "WM"))).convert("RGB")
    ground = image.getpixel((0, 0))
    for x in range(0, 512, 4):
        for y in range(0, 512, 4):
            if ((x - 256) ** 2 + (y - 256) ** 2) ** 0.5 > 512 * icons.SAFE / 2:
                assert image.getpixel((x, y)) == ground


def test_the_drawn_icon_knows_light_and_dark():
    svg = made("svg").decode()
    assert "prefers-color-scheme:dark" in svg
    assert all(colour in svg for colour in (*RUST, *NIGHT))
    assert "<text" not in svg
    assert clean(svg.encode(), "icon.svg").width == 64


def test_letters_that_only_have_colours_are_left_to_the_browser():
    from linkhome.kit.lettering import Chain

    assert "<text" in icons.svg(Chain([]), "🎈", Colours(*RUST), Colours(*NIGHT)).decode()


def test_a_logo_takes_the_place_of_initials():
    image = Image.open(BytesIO(made("512", own=png((300, 300))))).convert("RGB")
    assert image.getpixel((256, 256)) == (0, 0, 255)
    touch = Image.open(BytesIO(made("touch", own=png((300, 300), "RGBA", (0, 0, 255, 0)))))
    assert touch.mode == "RGB", "what is see-through lies on a ground"
    assert touch.getpixel((90, 90)) == (255, 255, 255)


def test_a_logo_of_words_is_no_icon():
    assert made("512", own=png((900, 200))) == made("512")


def test_a_picture_is_also_the_drawn_icon():
    assert b'<image href="data:image/png;base64,' in made("svg", own=png((300, 300)))


def test_a_drawing_of_words_is_no_icon():
    assert made("svg", own=LOGO.replace(b"0 0 10 10", b"0 0 90 10")) == made("svg")


def test_a_drawn_logo_is_the_drawn_icon():
    assert made("svg", own=LOGO) == LOGO
    pixels = Image.open(BytesIO(made("192", own=LOGO))).convert("RGB").getpixel((96, 96))
    try:
        import resvg_py  # noqa: F401

        assert pixels == (0, 170, 0)
    except ImportError:
        assert made("192", own=LOGO) == made("192")


@pytest.mark.parametrize("which", ["ico", "svg", "touch", "mask", "512"])
def test_icons_are_the_same_every_time(which):
    assert made(which) == made(which)
