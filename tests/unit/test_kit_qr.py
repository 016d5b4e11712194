"""Codes: two readers that know nothing of each other read back what was meant."""

from __future__ import annotations

import os
import shutil
import subprocess
from io import BytesIO

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from linkhome.brand.colour import contrast
from linkhome.kit import qr
from linkhome.kit.addresses import plain
from linkhome.kit.vcard import Card, small

TEXTS = [
    "https://lina.example/",
    "https://xn--mller-kva.example/%C3%BCber/",
    "https://lina.github.io/a-long-name-of-a-repository/de/index.html?from=poster#top",
    "Jürgen Müßig, Zürich",
    "Lina Märlow; Ærø, Łódź, ÄÖÜ äöü ß é à ñ",
    "ليلى المنصوري",
    "נועה לוי",
    "Mia 🎈 Öztürk",
    "山田太郎",
    small(Card(name="Jürgen Müßig", emails=("j@lina.example",), phones=(("voice", "+41 61 555 01 23"),))),
    small(Card(name="ليلى المنصوري", emails=("layla@lina.example",), home="https://layla.example/")),
]


def zxing(image: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image.convert("L"))]


def zbar(data: bytes, folder) -> str | None:
    """Return what zbarimg reads; None where it is not installed (which must not be so in CI)."""
    program = shutil.which("zbarimg")
    if program is None:
        assert not os.environ.get("CI"), "scripts/prepare installs zbar-tools"
        pytest.skip("zbarimg is not installed")
    file = folder / "code.png"
    file.write_bytes(data)
    read = subprocess.run([program, "-q", "--raw", "--nodbus", str(file)], capture_output=True, timeout=60)
    return read.stdout.decode("utf-8").removesuffix("\n")


@pytest.mark.parametrize("text", TEXTS)
def test_one_reader_understands_the_picture(text):
    assert zxing(Image.open(BytesIO(qr.png(text, "#9a3b1f")))) == [text]


@pytest.mark.parametrize("text", TEXTS)
def test_another_reader_does_too(text, tmp_path):
    assert zbar(qr.png(text, "#9a3b1f"), tmp_path) == text


def test_a_quiet_zone_of_four_modules_is_left():
    image = Image.open(BytesIO(qr.png("https://lina.example/", "#000000"))).convert("L")
    rows = qr.matrix("https://lina.example/")
    module = image.width // (len(rows) + 2 * qr.QUIET)
    assert image.point(lambda value: 255 - value).getbbox()[0] == 4 * module


@settings(deadline=None)  # the library of colours is imported by the first that needs repair
@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_any_colour_can_be_told_from_the_paper(colour):
    assert contrast(qr.ink(colour), qr.PAPER) >= qr.LEAST


def test_a_dark_colour_is_taken_as_it_is():
    assert qr.ink("#9a3b1f") == "#9a3b1f"


@pytest.mark.parametrize("colour", ["#ffff00", "#ffffff", "#00ff00", "#ffc0cb"])
def test_also_codes_in_pale_colours_are_read(colour):
    assert zxing(Image.open(BytesIO(qr.png("https://lina.example/", qr.ink(colour))))) == ["https://lina.example/"]


def test_the_drawing_is_made_of_the_same_modules():
    svg = qr.svg("https://lina.example/", "#9a3b1f").decode()
    assert svg.startswith("<svg ")
    assert 'stroke="#9a3b1f"' in svg
    assert "style=" not in svg


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://lina.example/", "https://lina.example/"),
        ("https://müller.example/über uns/", "https://xn--mller-kva.example/%C3%BCber%20uns/"),
        ("https://straße.example:8080/a?b=ü", "https://xn--strae-oqa.example:8080/a?b=%C3%BC"),
        ("https://lina.example/%C3%BCber/", "https://lina.example/%C3%BCber/"),
    ],
)
def test_addresses_are_written_in_plain_letters(address, written):
    assert plain(address) == written
