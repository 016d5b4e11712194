"""Whatever bytes lie there as a picture: a picture, or one sentence with the file's name; never anything else."""

from __future__ import annotations

import os
import random
import struct
import time
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from linkhome.brand import making
from linkhome.brand.images import Pictures, Prepared
from linkhome.diagnostics import LinkhomeError, Severity


class Forgetful:
    """A store that remembers nothing."""

    def get(self, kind: str, key: str) -> bytes | None:
        return None

    def put(self, kind: str, key: str, value: bytes) -> None:
        pass


def outcome(folder: Path, data: bytes, name: str = "media/x.jpg") -> Prepared | str:
    """Return the picture or the sentence about it."""
    path = folder / "file"
    path.write_bytes(data)
    try:
        return Pictures(Forgetful()).prepare(path, name)
    except LinkhomeError as problem:
        (found,) = problem.diagnostics
        assert found.severity is Severity.ERROR
        assert found.span is None
        assert name in found.message
        assert found.hint
        return found.message


def written(kind: str, image: Image.Image, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def seeds() -> dict[str, bytes]:
    soft = Image.linear_gradient("L").resize((48, 32))
    colour = Image.merge("RGB", (soft, soft.rotate(90), soft.rotate(180)))
    moving = {"save_all": True, "append_images": [colour.rotate(90), colour.rotate(180)], "duration": 50, "loop": 0}
    exif = Image.Exif()
    exif[0x0112] = 6
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    vector = (
        '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" '
        'width="40mm" height="30" viewBox="0 0 4 3"><g id="&a;"><path d="M0 0h4v3z"/></g></svg>'
    )
    return {
        "png": written("PNG", colour),
        "png-profile": written("PNG", colour, icc_profile=profile, exif=exif),
        "png-palette": written("PNG", colour.quantize(16), transparency=3),
        "png-16": written("PNG", soft.convert("I").point(lambda value: value * 257).convert("I;16")),
        "apng": written("PNG", colour, **moving),
        "jpeg": written("JPEG", colour, exif=exif, icc_profile=profile),
        "jpeg-progressive": written("JPEG", colour, progressive=True, comment=b"hello"),
        "jpeg-print": written("JPEG", colour.convert("CMYK")),
        "gif": written("GIF", colour),
        "gif-moving": written("GIF", colour, **moving),
        "webp": written("WEBP", colour, exif=exif, icc_profile=profile),
        "webp-lossless": written("WEBP", colour.convert("RGBA"), lossless=True),
        "webp-moving": written("WEBP", colour, **moving),
        "avif": written("AVIF", colour, speed=10),
        "svg": vector.encode(),
    }


SEEDS = seeds()


def mutated(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(out))
        match chance.randrange(6):
            case 0:
                out[at] = chance.randrange(256)
            case 1:
                out[at] ^= 1 << chance.randrange(8)
            case 2:
                del out[at : at + chance.randrange(1, 40)]
            case 3:
                out[at:at] = chance.randbytes(chance.randrange(1, 20))
            case 4:
                out[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff"))
            case _:
                out[at:at] = out[at : at + chance.randrange(1, 60)]
        if not out:
            return b""
    return bytes(out)


@pytest.mark.parametrize("kind", SEEDS)
def test_the_whole_file_is_fine(tmp_path: Path, kind: str) -> None:
    assert isinstance(outcome(tmp_path, SEEDS[kind]), Prepared)


@pytest.mark.parametrize("kind", SEEDS)
def test_damage_never_surprises(tmp_path: Path, kind: str, capfd: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(kind)
    for _ in range(120):
        outcome(tmp_path, mutated(SEEDS[kind], chance))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("kind", [kind for kind in SEEDS if kind != "svg"])
def test_a_file_that_ends_early_is_refused(tmp_path: Path, kind: str) -> None:
    whole = SEEDS[kind]
    for length in {len(whole) * part // 12 for part in range(1, 11)} | {1, 3, 9, 20}:
        assert isinstance(outcome(tmp_path, whole[:length]), str), length


def test_a_checksum_that_is_wrong_is_refused(tmp_path: Path) -> None:
    data = bytearray(SEEDS["png"])
    data[-20] ^= 1
    assert outcome(tmp_path, bytes(data)) == "media/x.jpg cannot be read: the file is damaged or cut off"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "media/x.jpg is empty"),
        (b" \n", "media/x.jpg is empty"),
        (b"hello", "media/x.jpg is not a picture that linkhome can read"),
        (b"II*\0\10\0\0\0", "media/x.jpg is a TIFF or camera raw file, which browsers do not show"),
        (b"BM" + bytes(60), "media/x.jpg is a BMP file, which browsers do not show"),
        (b"8BPS\0\1", "media/x.jpg is a Photoshop file, which browsers do not show"),
        (b"%PDF-1.7", "media/x.jpg is a PDF, which browsers do not show"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "media/x.jpg is a HEIC picture, which browsers do not show"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", "media/x.jpg is a video, not a picture"),
        (b"\0\0\0\x18ftypavis\0\0\0\0avifmif1", "media/x.jpg is an animated AVIF, which is not supported"),
        (b"\x1f\x8b\x08", "media/x.jpg is a compressed file"),
        (b"<!DOCTYPE html><title>404</title>", "media/x.jpg is a web page or other text, not a picture"),
        (b"<html><body><svg/></body></html>", "media/x.jpg is a web page or other text, not a picture"),
        (b"version https://git-lfs.github.com/spec/v1", "media/x.jpg is only a pointer of Git LFS, not the picture"),
    ],
)
def test_what_is_no_picture_is_named(tmp_path: Path, data: bytes, sentence: str) -> None:
    assert outcome(tmp_path, data) == sentence


# ------------------------------------------------------------------ built to explode


def png_bomb() -> bytes:
    row = zlib.compressobj(9)
    pixels = b"".join([*(row.compress(bytes(20_001)) for _ in range(3000)), row.flush()])
    header = struct.pack(">IIBBBBB", 20_000, 3000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def small_png_bomb() -> bytes:
    header = struct.pack(">IIBBBBB", 10, 10, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(15_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def webp_bomb() -> bytes:
    canvas = b"\x02\0\0\0" + (16_000).to_bytes(3, "little") * 2
    body = b"WEBPVP8X" + struct.pack("<I", 10) + canvas + bytes(30)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def gif_bomb() -> bytes:
    data = bytearray(SEEDS["gif"])
    data[6:10] = b"\xff\xff\xff\xff"
    return bytes(data)


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(10))
    return f'<!DOCTYPE svg [<!ENTITY a0 "ha">{entities}]><svg xmlns="http://www.w3.org/2000/svg">&a10;</svg>'.encode()


def blow_up() -> bytes:
    return f'<!DOCTYPE svg [<!ENTITY a "{"x" * 50_000}">]><svg>{"&a;" * 50_000}</svg>'.encode()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (png_bomb, "has 20000 × 3000 pixels, more than 50 million"),
        (webp_bomb, "has 16001 × 16001 pixels, more than 50 million"),
        (gif_bomb, "has 65535 × 65535 pixels, more than 50 million"),
        (laughs, "contains declarations that could make browsers hang"),
        (blow_up, "contains declarations that could make browsers hang"),
    ],
)
def test_bombs_are_refused_at_once(tmp_path: Path, make: Callable[[], bytes], words: str) -> None:
    data = make()
    started = time.perf_counter()
    assert outcome(tmp_path, data) == f"media/x.jpg {words}"
    assert time.perf_counter() - started < 2


def test_pixels_beyond_what_the_header_says_are_not_unpacked(tmp_path: Path) -> None:
    made = outcome(tmp_path, small_png_bomb())
    assert isinstance(made, str) or made.fallback.type == "image/jpeg"


def test_many_short_entities_stay_cheap(tmp_path: Path) -> None:
    data = f'<!DOCTYPE svg [<!ENTITY a "{"x" * 200}">]><svg>{"&a;" * 1_600_000}</svg>'.encode()
    started = time.perf_counter()
    outcome(tmp_path, data)
    assert time.perf_counter() - started < 5


def test_deep_nesting_is_no_problem(tmp_path: Path) -> None:
    data = b"<svg>" + b"<g>" * 200_000 + b"</g>" * 200_000 + b"</svg>"
    assert isinstance(outcome(tmp_path, data), Prepared)


def test_a_broken_vector_is_told_with_its_line(tmp_path: Path) -> None:
    sentence = "media/x.jpg is damaged (line 2): browsers would not show it"
    assert outcome(tmp_path, b'<svg xmlns="http://www.w3.org/2000/svg">\n<g></svg>') == sentence


def test_a_vector_fetches_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("12")
    data = f'<!DOCTYPE svg [<!ENTITY a SYSTEM "{secret.as_uri()}">]><svg width="&a;" height="9"/>'
    assert isinstance(outcome(tmp_path, data.encode()), str)


# ------------------------------------------------------------------ files that are none


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    with path.open("wb") as file:
        file.truncate(making.MEGABYTES * 1_000_000 + 1)
    with pytest.raises(LinkhomeError, match=r"huge\.png is larger than 40 MB"):
        Pictures(Forgetful()).prepare(path, "huge.png")


def test_folders_pipes_and_missing_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, words in (
        ("", "is a folder"),
        ("pipe", "is not a file"),
        ("none", "does not exist"),
        ("a\0b", "cannot be opened"),
        ("n" * 300, "cannot be opened"),
    ):
        with pytest.raises(LinkhomeError, match=f"^picture {words}$"):
            Pictures(Forgetful()).prepare(tmp_path / name, "picture")


# ------------------------------------------------------------------ large, strange, and heavier than it looks


def claimed(kind: str) -> bytes:
    """Return a picture whose header claims a hundred million pixels and more."""
    data = bytearray(SEEDS[kind])
    match kind:
        case "jpeg":
            at = data.index(b"\xff\xc0") + 5
            data[at : at + 4] = struct.pack(">HH", 9000, 12_000)
        case "avif":
            at = data.index(b"ispe") + 8
            data[at : at + 8] = struct.pack(">II", 12_000, 9000)
        case "webp-lossless":
            data[21:25] = (11_999 | 8999 << 14).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize("kind", ["jpeg", "avif", "webp-lossless"])
def test_a_hundred_megapixels_are_refused_by_their_header(tmp_path: Path, kind: str) -> None:
    started = time.perf_counter()
    assert outcome(tmp_path, claimed(kind)) == "media/x.jpg has 12000 × 9000 pixels, more than 50 million"
    assert time.perf_counter() - started < 1


def with_chunk(name: bytes, data: bytes) -> bytes:
    png = written("PNG", Image.linear_gradient("L").resize((600, 400)).convert("RGB"))
    return png[:33] + chunk(name, data) + png[33:]


BOMB = zlib.compress(bytes(60_000_000), 9)


@pytest.mark.parametrize(
    ("name", "data", "fine"),
    [
        (b"iCCP", b"a\0\0" + BOMB, False),
        (b"zTXt", b"a\0\0" + BOMB, True),
        (b"iTXt", b"a\0\1\0\0\0" + BOMB, True),
        (b"eXIf", b"MM\0*" + b"\xff" * 4000, True),
    ],
)
def test_what_stands_beside_the_pixels_is_never_unpacked(tmp_path: Path, name: bytes, data: bytes, fine: bool) -> None:
    started = time.perf_counter()
    made = outcome(tmp_path, with_chunk(name, data))
    assert time.perf_counter() - started < 2
    assert isinstance(made, Prepared) if fine else isinstance(made, str)


def test_a_profile_of_megabytes_costs_no_time(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes().replace(b"sRGB", b"Lina")
    photo = Image.linear_gradient("L").resize((600, 400)).convert("RGB")
    started = time.perf_counter()
    assert isinstance(outcome(tmp_path, written("JPEG", photo, icc_profile=profile + bytes(8_000_000))), Prepared)
    assert time.perf_counter() - started < 2


def test_an_animation_of_thousands_of_frames_is_not_decoded(tmp_path: Path) -> None:
    frame = bytes.fromhex("2c000000003000200000") + b"\x02\x02\x44\x01\x00"
    started = time.perf_counter()
    made = outcome(tmp_path, SEEDS["gif"][:-1] + frame * 60_000 + b";")
    assert time.perf_counter() - started < 3
    assert isinstance(made, str) or made.animated


def test_an_animation_that_weighs_much_is_worth_a_word(tmp_path: Path) -> None:
    noise = [Image.effect_noise((500, 400), 90 + number) for number in range(8)]
    data = written("GIF", noise[0], save_all=True, append_images=noise[1:], loop=0)
    made = outcome(tmp_path, data, "media/dance.gif")
    assert isinstance(made, Prepared) and made.animated
    assert made.note.startswith("media/dance.gif moves and weighs 2.")
    assert "block 'video'" in made.note
    light = outcome(tmp_path, SEEDS["gif-moving"])
    assert isinstance(light, Prepared) and light.note == ""


def test_a_drawing_that_ran_a_script_is_worth_a_word(tmp_path: Path) -> None:
    made = outcome(tmp_path, b'<svg xmlns="http://www.w3.org/2000/svg" onload="a()"/>', "media/logo.svg")
    assert isinstance(made, Prepared)
    assert made.note.startswith(
        "media/logo.svg did more than draw, and is published without 'onload', which runs a script\nlook whether"
    )


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr", "I;16"])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_every_way_of_storing_colours_comes_out_right_or_is_refused(tmp_path: Path, mode: str, kind: str) -> None:
    grey = Image.linear_gradient("L").resize((600, 400))
    image = grey.convert("I").point(lambda value: value * 257).convert("I;16") if mode == "I;16" else grey.convert(mode)
    try:
        data = written(kind, image)
    except OSError:
        return  # not in this format
    if mode == "I;16" and kind != "PNG":
        return  # Pillow itself writes white there
    made = outcome(tmp_path, data)
    if kind == "TIFF":
        assert made == "media/x.jpg is a TIFF or camera raw file, which browsers do not show"
    else:
        assert isinstance(made, Prepared)
        assert 0.28 < made.measures.tone < 0.48
        assert made.measures.tones[0] < made.measures.tones[1] < made.measures.tones[2]


def test_a_palette_with_a_clear_colour_stays_clear(tmp_path: Path) -> None:
    image = Image.new("P", (600, 400))
    image.putpalette([255, 0, 0, 0, 0, 255])
    image.paste(1, (0, 0, 300, 400))
    made = outcome(tmp_path, written("PNG", image, transparency=0))
    assert isinstance(made, Prepared)
    assert (made.fallback.type, made.measures.colour) == ("image/png", "")
    assert made.measures.tone == pytest.approx(0.072, abs=0.002)


def test_a_photograph_of_24_megapixels_takes_a_moment(tmp_path: Path) -> None:
    photo = Image.effect_noise((1500, 1000), 60).resize((6000, 4000)).convert("RGB")
    data = written("JPEG", photo, quality=80)
    started = time.perf_counter()
    made = outcome(tmp_path, data)
    assert time.perf_counter() - started < 8
    assert isinstance(made, Prepared) and (made.width, made.height) == (6000, 4000)
    assert max(variant.width for variant in made.variants) == 1920
