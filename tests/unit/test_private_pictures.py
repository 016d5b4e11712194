"""Nothing that a camera or a program wrote into a picture reaches the site, in whatever format it came and goes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from linkhome.brand.images import Pictures, Prepared, Request
from linkhome.brand.prints import Print
from linkhome.brand.vector import clean

#: Degrees, minutes and seconds of a flat in Basel, as a telephone writes them.
LATITUDE, LONGITUDE = (47.0, 33.0, 29.0604), (7.0, 35.0, 18.1212)
OWNER, WORDS = "Lina Marlow 0421", "Bahnhofstrasse 7"


def exif(orientation: int = 6) -> Image.Exif:
    """Return what a telephone says: place, time, owner, device, and a thumbnail of the uncropped picture."""
    found = Image.Exif()
    found[ExifTags.Base.Make] = "Fernsprech AG"
    found[ExifTags.Base.Orientation] = orientation
    found[ExifTags.Base.Artist] = OWNER
    found[ExifTags.Base.ImageDescription] = WORDS
    gps = found.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", LATITUDE
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", LONGITUDE
    gps[ExifTags.GPS.GPSDateStamp] = "2026:11:21"
    details = found.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = "2026:11:21 21:04:11"
    details[ExifTags.Base.BodySerialNumber] = "SN-99-1234"
    return found


XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><creator>{OWNER}</creator></rdf:RDF></x:xmpmeta>'.encode()
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes().replace(b"sRGB", b"Lina")


def photo(width: int, height: int) -> Image.Image:
    soft = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (soft, Image.effect_noise((width, height), 40), soft.rotate(180)))


def telling(kind: str, width: int) -> bytes:
    """Return a picture with everything in it that its format can hold."""
    image, out = photo(width, width * 3 // 4), BytesIO()
    match kind:
        case "PNG":
            notes = PngImagePlugin.PngInfo()
            notes.add_text("Author", OWNER)
            notes.add_text("Comment", WORDS, zip=True)
            notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
            image.save(out, kind, exif=exif(), pnginfo=notes, icc_profile=PROFILE)
        case "GIF":
            image.save(out, kind, comment=WORDS.encode())
        case "JPEG":
            image.save(out, kind, exif=exif(), xmp=XMP, comment=WORDS.encode(), icc_profile=PROFILE)
        case _:
            image.save(out, kind, exif=exif(), xmp=XMP, icc_profile=PROFILE)
    return out.getvalue()


class Memory:
    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], bytes] = {}

    def get(self, kind: str, key: str) -> bytes | None:
        return self.kept.get((kind, key))

    def put(self, kind: str, key: str, value: bytes) -> None:
        self.kept[kind, key] = value


def published(path: Path, *requests: Request) -> Iterator[tuple[str, bytes]]:
    pictures = Pictures(Memory())
    for made in pictures.prepare_all(requests or [Request(path, path.name), Request(path, path.name, fine=True)]):
        assert isinstance(made, Prepared), made
        for variant in made.variants:
            yield variant.type, pictures.load(variant)


SECRETS = (OWNER.encode(), WORDS.encode(), b"Fernsprech", b"SN-99", b"2026:11:21", b"xmpmeta", b"Exif", b"ICC_PROFILE",
           b"iCCP", b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"GPSLat", b"Lina", OWNER.encode("utf-16-le"))  # fmt: skip


def silent(data: bytes) -> None:
    """Assert that a file says nothing: read as bytes, and read by Pillow."""
    assert [secret for secret in SECRETS if secret in data] == []
    image = Image.open(BytesIO(data))
    image.load()
    assert not image.getexif()
    assert {"exif", "xmp", "icc_profile", "comment", "photoshop", "Author", "Comment"} & image.info.keys() == set()


@pytest.mark.parametrize("width", [48, 900])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_place_time_owner_and_device_stay_at_home(tmp_path: Path, kind: str, width: int) -> None:
    path = tmp_path / f"a.{kind.lower()}"
    path.write_bytes(telling(kind, width))
    if kind != "GIF":
        gps = Image.open(BytesIO(path.read_bytes())).getexif().get_ifd(ExifTags.IFD.GPSInfo)
        assert tuple(map(float, gps[ExifTags.GPS.GPSLatitude])) == pytest.approx(LATITUDE)
    assert sum(secret in path.read_bytes() for secret in SECRETS) >= 1
    types = set()
    for type_, data in published(path):
        silent(data)
        types.add(type_)
    assert "image/avif" in types or width == 48


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_it_is_turned_before_the_note_about_it_goes(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(telling(kind, 900))
    assert Image.open(BytesIO(path.read_bytes())).size == (900, 675)
    sizes = {Image.open(BytesIO(data)).size for _, data in published(path)}
    assert all(height > width for width, height in sizes)


def test_prints_say_nothing_either(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(telling("JPEG", 900))
    for print_ in (
        Print("halftone", 320, 40, 30),
        Print("duotone", 400, dark="#000000", light="#ffffff"),
        Print("grey", 400),
    ):
        for _, data in published(path, Request(path, "a.jpg", print_)):
            silent(data)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_an_animation_says_nothing(tmp_path: Path, kind: str) -> None:
    frames = [Image.new("RGB", (90, 60), colour) for colour in ("red", "green", "blue")]
    path = tmp_path / "a"
    more = {"comment": WORDS.encode()} if kind == "GIF" else {"exif": exif(1), "xmp": XMP, "icc_profile": PROFILE}
    frames[0].save(path, kind, save_all=True, append_images=frames[1:], duration=90, loop=0, **more)  # type: ignore[arg-type]
    for _, data in published(path):
        silent(data)
        assert Image.open(BytesIO(data)).n_frames == 3  # type: ignore[attr-defined]


def test_a_drawing_does_not_tell_whose_computer_it_was(tmp_path: Path) -> None:
    drawing = f"""<?xml version="1.0"?><!-- drawn by {OWNER} --><svg xmlns="http://www.w3.org/2000/svg"
        xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:sodipodi="http://sodipodi.sourceforge.net/x"
        sodipodi:docname="{WORDS}.svg" inkscape:export-filename="/home/lina/{WORDS}.png" viewBox="0 0 4 3">
        <metadata><creator>{OWNER}</creator></metadata><sodipodi:namedview inkscape:path="/home/lina"/>
        <path d="M0 0h4v3z" inkscape:label="{WORDS}"/></svg>"""
    made = clean(drawing.encode(), "a.svg")
    assert made.data == b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z"/></svg>'
    assert made.removed == ()


def test_a_photograph_inside_of_a_drawing_says_nothing() -> None:
    import base64

    inner = base64.b64encode(telling("JPEG", 60)).decode()
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="data:image/jpeg;base64,{inner}"/></svg>'
    found = re.search(rb"base64,([^\"]+)", clean(drawing.encode(), "a.svg").data)
    assert found
    silent_but_for_colours = base64.b64decode(found[1])
    assert all(secret not in silent_but_for_colours for secret in (OWNER.encode(), b"GPS", b"Exif", WORDS.encode()))
