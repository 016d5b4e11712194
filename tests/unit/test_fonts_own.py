"""The creator's own fonts: every kind of file, what is wrong with them, and files that mean harm."""

from __future__ import annotations

import os
import random
import struct
import zlib
from functools import cache
from io import BytesIO
from string import ascii_letters, ascii_uppercase

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from linkhome.brand import foreign, subset
from linkhome.theme import faces

SITE = "profile: {name: Lina}\nbrand:\n  fonts:\n    heading: media/My.ttf\n"


def source(name: str = "schibsted-grotesk/SchibstedGrotesk.ttf") -> bytes:
    return (faces.shipped() / name).read_bytes()


@cache
def small(letters: str = "aeinstLinaß") -> bytes:
    """Return a small sound font."""
    made = subset.cut(source(), subset.Order(letters, {"wght": (400.0, 700.0)}))
    return made.plain


def changed(data: bytes, change) -> bytes:
    font = TTFont(BytesIO(data), recalcTimestamp=False)
    change(font)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def as_flavor(data: bytes, flavor: str) -> bytes:
    return changed(data, lambda font: setattr(font, "flavor", flavor))


@cache
def with_cff() -> bytes:
    """Return a font whose outlines are PostScript's, as in an OTF."""
    builder = FontBuilder(1000, isTTF=False)
    names = [".notdef", *"aeinstL"]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(name): name for name in names[1:]})
    pen = T2CharStringPen(500, None)
    pen.moveTo((50, 0))
    pen.lineTo((450, 0))
    pen.lineTo((250, 700))
    pen.closePath()
    shape = pen.getCharString()
    builder.setupCFF("Mine", {"FullName": "Mine"}, dict.fromkeys(names, shape), {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Mine", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


def with_right(number: int) -> bytes:
    return changed(small(), lambda font: setattr(font["OS/2"], "fsType", number))


def built(site, data: bytes, config: str = SITE):
    folder = site({"linkhome.yaml": config, "media/My.ttf": data})
    return folder, folder.build()


# ------------------------------------------------------------------ fonts that are in order


@pytest.mark.parametrize("kind", ["ttf", "otf", "woff", "woff2"])
def test_every_kind_of_font_is_cut_and_used(site, kind):
    data = {
        "ttf": small,
        "otf": with_cff,
        "woff": lambda: as_flavor(small(), "woff"),
        "woff2": lambda: as_flavor(small(), "woff2"),
    }[kind]()
    folder, done = built(site, data)
    assert done.code == 0, done.err
    (place,) = (name for name in folder.files() if name.endswith(".woff2"))
    assert place.startswith("assets/heading.")
    font = TTFont(BytesIO(folder.files()[place]))
    assert set(map(ord, "aeinstL")) <= set(font.getBestCmap())
    page = folder.read("public/index.html")
    assert f'src:url("{place}")' in page
    assert "--font-heading:lh-heading,lh-heading-f,lh-heading-g,sans-serif" in page
    assert "media/My.ttf" not in folder.files()


def test_one_file_may_be_both_and_text_keeps_its_weight(site):
    config = SITE + "    text: media/My.ttf\n"
    folder, done = built(site, changed(small(), lambda font: font.__delitem__("fvar")), config)
    assert done.code == 0
    page = folder.read("public/index.html")
    (place,) = (name for name in folder.files() if name.endswith(".woff2"))
    assert f'font-family:lh-heading;src:url("{place}");font-weight:1 1000;' in page
    assert f'font-family:lh-text;src:url("{place}");font-weight:400;' in page


def test_a_changed_font_is_made_anew_and_an_unchanged_one_is_not_opened(site, monkeypatch):
    folder, _ = built(site, small())
    before = folder.files()
    with monkeypatch.context() as patch:
        patch.setattr(foreign, "_asked", None)
        folder.replace("linkhome.yaml", "name: Lina", "name: Lina, location: Basel")
        assert folder.build().code == 0
    folder.write("media/My.ttf", with_cff())
    assert folder.build().code == 0
    fonts = [{n: d for n, d in files.items() if n.endswith(".woff2")} for files in (before, folder.files())]
    assert fonts[0] != fonts[1]


def test_letters_that_an_own_font_lacks_are_named(site):
    folder, done = built(site, small(ascii_letters + "é"), SITE.replace("Lina}", "'Lina Größé'}"))
    assert done.code == 0
    assert "linkhome.yaml:4:14: note: media/My.ttf has no letters for: ß ö" in done.err
    folder.write("media/My.ttf", small(ascii_uppercase))
    assert "has no letters for: a b c d e f g h i j k l …" in folder.build().err


# ------------------------------------------------------------------ fonts that are not


def collection() -> bytes:
    return b"ttcf\0\1\0\0\0\0\0\2" + bytes(100)


def bomb() -> bytes:
    """Return a WOFF2 that says it unpacks to four gigabytes."""
    data = bytearray(as_flavor(small(), "woff2"))
    struct.pack_into(">I", data, 16, 0xFFFF_FFF0)
    return bytes(data)


def hidden_bomb() -> bytes:
    """Return a WOFF with a table that unpacks to far more than it says."""
    packed = zlib.compress(bytes(300_000_000), 9)
    size = 44 + 20 + len(packed)
    head = struct.pack(">4s4sIHHIHHIIIII", b"wOFF", b"\0\1\0\0", size, 1, 0, 1000, 1, 0, 0, 0, 0, 0, 0)
    return head + struct.pack(">4sIIII", b"head", 64, len(packed), 54, 0) + packed


def without(tag: str) -> bytes:
    return changed(small(), lambda font: font.__delitem__(tag))


BAD = {
    "empty": (lambda: b"", "is no font that browsers know"),
    "text": (lambda: b"this is not a font at all", "is no font that browsers know"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(500), "is no font that browsers know"),
    "eot": (lambda: struct.pack("<II", 500, 450) + bytes(500), "is no font that browsers know"),
    "collection": (collection, "is a collection of several fonts"),
    "woff2 collection": (lambda: b"wOF2ttcf" + bytes(100), "is a collection of several fonts"),
    "head only": (lambda: b"\0\1\0\0", "cannot be read: the file is damaged or cut off"),
    "cut off": (lambda: small()[:3000], "cannot be read: the file is damaged or cut off"),
    "woff2 cut off": (lambda: as_flavor(small(), "woff2")[:-200], "cannot be read: the file is damaged or cut off"),
    "woff2 of nothing": (lambda: b"wOF2" + bytes(200), "cannot be read: the file is damaged or cut off"),
    "bomb": (bomb, "unpacks to more than 32 MB"),
    "hidden bomb": (hidden_bomb, "cannot be read: the file is damaged or cut off"),
    "no letters": (lambda: without("cmap"), "cannot be read: the file is damaged or cut off"),
    "no outlines": (lambda: without("glyf"), "cannot be read: the file is damaged or cut off"),
    "too large": (lambda: b"\0\1\0\0" + bytes(8_000_001), "is larger than 8 MB"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_sound_font_is_told_with_its_line_and_a_hint(site, name):
    make, message = BAD[name]
    _, done = built(site, make())
    assert done.code == 1
    assert f"linkhome.yaml:4:14: error: media/My.ttf {message}" in done.err
    assert " = " in done.err  # a hint
    assert "stumbled" not in done.err


def test_a_font_that_is_not_there_is_told_with_what_is(site):
    folder = site({"linkhome.yaml": SITE, "media/Mine.ttf": small()})
    done = folder.build()
    assert done.code == 1
    assert "linkhome.yaml:4:14: error: there is no file 'media/My.ttf'" in done.err
    assert "did you mean 'media/Mine.ttf'?" in done.err


def test_a_folder_or_a_pipe_is_no_font(site):
    folder = site({"linkhome.yaml": SITE, "media/My.ttf/x": "x"})
    assert "there is no file 'media/My.ttf'" in folder.build().err
    if hasattr(os, "mkfifo"):
        other = site({"linkhome.yaml": SITE}, "other")
        (other.root / "media").mkdir()
        os.mkfifo(other.root / "media/My.ttf")
        assert "there is no file 'media/My.ttf'" in other.build().err


def test_a_font_outside_of_the_site_is_refused(site):
    folder = site({"linkhome.yaml": SITE.replace("media/My.ttf", "../My.ttf")})
    done = folder.build()
    assert done.code == 1
    assert "stumbled" not in done.err


def test_both_fonts_are_looked_at_before_the_build_ends(site):
    folder = site({"linkhome.yaml": SITE + "    text: media/b.ttf\n", "media/My.ttf": b"x", "media/b.ttf": b"y"})
    done = folder.build()
    assert "media/My.ttf is no font" in done.err
    assert "media/b.ttf is no font" in done.err


def test_a_font_that_takes_too_long_is_given_up(site, monkeypatch):
    monkeypatch.setattr(foreign, "SECONDS", 0.001)
    _, done = built(site, small())
    assert done.code == 1
    assert "cannot be prepared within" in done.err


def test_too_many_glyphs_are_refused(site, monkeypatch):
    monkeypatch.setattr(foreign, "GLYPHS", 3)
    _, done = built(site, small())
    assert "glyphs, more than 3" in done.err


@pytest.mark.parametrize(
    ("right", "message"),
    [
        (0x0000, ""),
        (0x0004, ""),
        (0x0008, ""),
        (0x0002, "does not allow it to be embedded in pages"),
        (0x000A, ""),  # of several rights the freest holds
        (0x0200, "allows only pictures of its letters"),
        (0x0100, "does not allow parts of it to be published"),
    ],
)
def test_what_the_maker_of_a_font_forbids_is_a_warning(site, right, message):
    _, done = built(site, with_right(right))
    assert done.code == 0
    if message:
        assert f"linkhome.yaml:4:14: warning: the maker of media/My.ttf {message}" in done.err
    else:
        assert "the maker" not in done.err


def test_damaged_fonts_are_refused_or_used_but_nothing_else_happens():
    dice = random.Random(7)
    sound = [small(), as_flavor(small(), "woff2"), with_cff()]
    order = subset.Order("aeinst", {"wght": (400.0, 700.0)})
    refused = 0
    for number in range(24):
        data = bytearray(sound[number % 3])
        for _ in range(dice.choice((1, 8, 60))):
            data[dice.randrange(12, len(data))] = dice.randrange(256)
        try:
            opened = foreign.examine(bytes(data))
            made = foreign.cut(opened.plain, order)
            assert made.web[:4] == b"wOF2"
            assert all(0 <= number < 100 for number in (made.ascent, made.descent, made.gap))
        except foreign.RefusedFontError as problem:
            assert problem.hint
            refused += 1
    assert refused > 0
