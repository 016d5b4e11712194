"""Pictures from platforms: what becomes of them, and what is no picture."""

from __future__ import annotations

import hashlib
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from msgspec import structs
from PIL import Image as Pillow
from PIL import ImageCms

from linkhome.embeds import picture
from linkhome.embeds.picture import PictureError, kept
from linkhome.embeds.record import Image, Size

SECRET = b"46.9481 N 7.4474 E"


def drawn(width: int, height: int, mode: str = "RGB") -> Pillow.Image:
    """Draw a slope with a corner in another colour, so that turning shows."""
    image = Pillow.linear_gradient("L").resize((width, height)).convert(mode)
    image.paste(Pillow.new("RGB", (width // 4, height // 4), (200, 30, 30)).convert(mode), (0, 0))
    return image


def encoded(image: Pillow.Image, kind: str = "JPEG", **options) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def shown_in(folder: Path, name: str | None) -> Pillow.Image:
    assert name
    return Pillow.open(BytesIO((folder / name).read_bytes()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "saved" / "youtube"


# ------------------------------------------------------------------ what is made


def test_a_wide_picture_has_three_sizes_and_a_fallback(folder):
    data = encoded(drawn(1920, 1080))
    image = kept(data, folder, "A  drum\n")
    digest = hashlib.sha256(data).hexdigest()
    stem = digest[:16]
    assert image == Image(
        file=f"{stem}-1280.webp",
        alt="A drum",
        width=1280,
        height=720,
        sizes=[Size(f"{stem}-{width}.webp", width) for width in (320, 640, 1280)],
        fallback=f"{stem}-640.jpg",
        placeholder=image.placeholder,
        sha256=digest,
    )
    assert image.placeholder is not None and len(image.placeholder) == 7
    shown = {name: Pillow.open(BytesIO(data)) for name, data in files(folder).items()}
    assert {name: (one.format, one.size) for name, one in shown.items()} == {
        f"{stem}-320.webp": ("WEBP", (320, 180)),
        f"{stem}-640.webp": ("WEBP", (640, 360)),
        f"{stem}-1280.webp": ("WEBP", (1280, 720)),
        f"{stem}-640.jpg": ("JPEG", (640, 360)),
    }


@pytest.mark.parametrize(
    ("width", "sizes", "fallback"),
    [(64, [64], 64), (320, [320], 320), (350, [350], 350), (480, [320, 480], 480), (700, [320, 700], 640)],
)
def test_nothing_is_made_larger_than_it_is(folder, width, sizes, fallback):
    image = kept(encoded(drawn(width, 80)), folder)
    assert [size.width for size in image.sizes] == sizes
    assert image.width == sizes[-1]
    assert image.fallback is not None and image.fallback.endswith(f"-{fallback}.jpg")
    assert len(files(folder)) == len(sizes) + 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_formats_are_told_by_content(folder, kind):
    image = kept(encoded(drawn(400, 300), kind), folder)
    assert (image.width, image.height) == (400, 300)


def test_an_animation_is_its_first_frame(folder):
    frames = [drawn(100, 80), drawn(100, 80).rotate(180)]
    image = kept(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]), folder)
    shown = shown_in(folder, image.file)
    assert not getattr(shown, "is_animated", False)
    red, green, _ = shown.convert("RGB").getpixel((5, 5))  # type: ignore[misc]
    assert red > green + 80


def test_a_turned_picture_stands_upright(folder):
    turned = Pillow.Exif()
    turned[0x0112] = 6  # the camera was turned: what lies left belongs on top
    image = kept(encoded(drawn(400, 200), exif=turned), folder)
    assert (image.width, image.height) == (200, 400)
    shown = shown_in(folder, image.file).convert("RGB")
    red, green, _ = shown.getpixel((190, 10))  # type: ignore[misc]
    assert red > green + 80


def test_nothing_but_the_pixels_is_kept(folder):
    notes = Pillow.Exif()
    notes[0x010E] = SECRET.decode()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    kept(encoded(drawn(400, 300), exif=notes, comment=SECRET, icc_profile=profile), folder)
    for data in files(folder).values():
        assert SECRET not in data
        assert b"Exif" not in data and b"ICC" not in data and b"EXIF" not in data


def test_what_is_see_through_stays_so_and_gets_white_below_in_the_fallback(folder):
    base = drawn(400, 300, "RGBA")
    base.paste((0, 0, 0, 0), (0, 0, 400, 150))
    image = kept(encoded(base, "PNG"), folder)
    assert image.placeholder is None
    assert shown_in(folder, image.file).getpixel((200, 10))[3] == 0  # type: ignore[index]
    fallback = shown_in(folder, image.fallback)
    assert min(fallback.getpixel((200, 10))) > 250  # type: ignore[type-var, arg-type]


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "I;16", "1", "LA"])
def test_strange_colours_become_usual_ones(folder, mode):
    if mode == "I;16":
        base = Pillow.frombytes("I;16", (200, 100), bytes(n % 256 for n in range(200 * 100 * 2)))
    else:
        base = drawn(200, 100).convert("L").convert(mode) if mode in ("1", "LA") else drawn(200, 100).convert(mode)
    image = kept(encoded(base, "JPEG" if mode == "CMYK" else "PNG"), folder)
    assert shown_in(folder, image.fallback).mode == "RGB"


# ------------------------------------------------------------------ what is no picture


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "the picture is empty"),
        (b"<html>no</html>", "the picture is a web page or other text, not a picture"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "the picture is a drawing (SVG)"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "the picture is a drawing (SVG)"),
        (b"BM" + bytes(60), "the picture is a BMP file, which browsers do not show"),
        (b"%PDF-1.7", "the picture is a PDF, which browsers do not show"),
        (b"\0\0\0\x1cftypmp42", "the picture is a video, not a picture"),
        (b"\xff\xd8\xff" + bytes(100), "the picture cannot be read: the file is damaged or cut off"),
        (encoded(drawn(400, 300))[:3000], "the picture cannot be read: the file is damaged or cut off"),
        (encoded(drawn(63, 300)), "no picture: 63 × 300 pixels are too few"),
        (encoded(Pillow.new("RGB", (1, 1)), "GIF"), "no picture: 1 × 1 pixels are too few"),
        (encoded(Pillow.new("RGB", (480, 360), "#ccc")), "no picture: it has one colour only"),
        (encoded(Pillow.new("RGBA", (480, 360), (0, 0, 0, 0)), "PNG"), "no picture: it has one colour only"),
        (encoded(drawn(120, 90).convert("L")), "no picture: it is what YouTube sends in place of one"),
    ],
    ids=range(14),
)
def test_what_cannot_be_used_is_told_in_a_sentence(folder, data, why):
    with pytest.raises(PictureError) as problem:
        kept(data, folder)
    assert str(problem.value).startswith(why)
    assert not folder.exists()


def test_a_grey_picture_of_another_size_is_one(folder):
    assert kept(encoded(drawn(121, 90).convert("L")), folder).width == 121


def png_claiming(width: int, height: int) -> bytes:
    """Return a PNG of few bytes that unpacks to many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + width // 8) * 100) for _ in range(height // 100)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(5008, 5000), (60_000, 60_000)])
def test_a_bomb_is_refused_before_it_is_unpacked(folder, width, height):
    with pytest.raises(PictureError, match="more than 25 million"):
        kept(png_claiming(width, height), folder)


def test_a_webp_that_claims_to_be_huge_is_refused(folder):
    data = bytearray(encoded(drawn(400, 300), "WEBP", lossless=True))
    at = data.index(b"VP8L") + 9
    data[at : at + 4] = b"\xff\xff\xff\x0f"
    with pytest.raises(PictureError, match="more than 10 million"):
        kept(bytes(data), folder)


# ------------------------------------------------------------------ what is there already


def test_the_same_bytes_again_write_nothing(folder, monkeypatch):
    data = encoded(drawn(700, 400))
    first = kept(data, folder, "Ink")
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    monkeypatch.setattr(picture, "write_file", None)
    assert kept(data, folder, "Ink") == first
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_the_same_bytes_as_the_copy_s_are_not_even_decoded(folder, monkeypatch):
    data = encoded(drawn(700, 400))
    first = kept(data, folder, "Ink")
    monkeypatch.setattr(picture, "_decoded", None)
    assert kept(data, folder, "", first) == first
    assert kept(data, folder, "Two inks", first) == structs.replace(first, alt="Two inks")


@pytest.mark.parametrize("damage", ["gone", "empty", "cut", "link"])
def test_a_file_that_is_not_whole_is_made_again(folder, tmp_path, damage):
    data = encoded(drawn(700, 400))
    image = kept(data, folder)
    whole = files(folder)
    for name in (image.sizes[0].file, image.fallback):
        path = folder / (name or "")
        match damage:
            case "gone":
                path.unlink()
            case "empty":
                path.write_bytes(b"")
            case "cut":
                path.write_bytes(path.read_bytes()[:-7])
            case _:
                outside = tmp_path / path.name
                outside.write_bytes(path.read_bytes())
                path.unlink()
                path.symlink_to(outside)
    assert kept(data, folder, "", image) == image
    assert files(folder) == whole
    assert not any(path.is_symlink() for path in folder.iterdir())


def test_a_copy_that_names_files_elsewhere_is_not_believed(folder, tmp_path):
    data = encoded(drawn(400, 300))
    image = kept(data, folder)
    lying = structs.replace(image, fallback="../../x.jpg")
    assert kept(data, folder, "", lying) == image


def test_a_folder_that_leads_elsewhere_is_not_written(folder, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    folder.parent.mkdir()
    folder.symlink_to(outside)
    with pytest.raises(OSError, match="youtube"):
        kept(encoded(drawn(400, 300)), folder)
    assert list(outside.iterdir()) == []


def test_several_at_once(folder):
    from concurrent.futures import ThreadPoolExecutor

    data = [encoded(drawn(400 + n % 3, 300)) for n in range(12)]
    with ThreadPoolExecutor(4) as pool:
        images = list(pool.map(lambda one: kept(one, folder), data))
    assert images == images[:3] * 4
    assert len(files(folder)) == 9
