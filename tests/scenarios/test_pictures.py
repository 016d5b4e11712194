"""From a creator's folder to the page: pictures come out right, private and safe, or are told with their names."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO

import pytest
from PIL import ExifTags, Image

from linkhome import pipeline
from linkhome.project import find

pytestmark = pytest.mark.usefixtures("pictures_made_once")

SITE = "url: https://lina.example\nprofile:\n  name: Lina\n  portrait: {file: media/lina.jpg, alt: Lina}\n"
HOME = "home:\n  - link: https://a.example\n    title: A\n    style: card\n    image: {file: media/a.png, alt: A}\n"


@cache
def photo(width: int, height: int, kind: str = "JPEG") -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Secret Name"
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (47.0, 33.0, 29.0)
    out = BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(out, kind, exif=exif)
    return out.getvalue()


@pytest.fixture
def lina(site):
    return site(
        {"linkhome.yaml": SITE + HOME, "media/lina.jpg": photo(1000, 800), "media/a.png": photo(900, 600, "PNG")}
    )


def test_a_page_shows_every_kind_of_file_and_none_tells_anything(lina):
    assert lina.build("--theme", "base").code == 0
    files = lina.files()
    page = files["index.html"].decode()
    named = set(re.findall(r"media/[\w.-]+", page))
    assert named <= files.keys()
    assert {name.rpartition(".")[2] for name in named} >= {"avif", "webp", "jpg"}
    for name in files:
        if re.match(r"media/(lina|a)\.", name):
            assert b"Secret" not in files[name]
            image = Image.open(BytesIO(files[name]))
            assert not image.getexif() and image.height > image.width
    for picture in re.findall(r"<picture>.*?</picture>", page):
        assert picture.index("image/avif") < picture.index("image/webp") < picture.index("<img ")
        assert re.search(r' width="\d+" height="\d+" alt="', picture)
    marks = {
        name.rpartition(".")[0].rpartition("-")[0] for name in named if name.startswith(("media/lina", "media/a."))
    }
    assert len(marks) == 2, "all files of a picture are called alike"


def test_only_the_first_picture_is_not_lazy(lina):
    assert lina.build("--theme", "base").code == 0
    images = re.findall(r"<img [^>]*>", lina.read("public/index.html"))
    assert ['loading="lazy"' in image for image in images] == [False, True]
    assert 'fetchpriority="high"' in images[0] and 'decoding="async"' in images[1]


def test_a_drawing_that_does_more_is_cleaned_and_told(lina):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="evil()" viewBox="0 0 4 3"><script>evil()</script><path d="M0"/></svg>'
    lina.write("media/logo.svg", svg)
    lina.replace("linkhome.yaml", "home:", "brand: {logo: {file: media/logo.svg, alt: Logo}}\nhome:")
    built = lina.build("--theme", "base")
    assert built.code == 0
    assert "warning: media/logo.svg did more than draw" in built.err and "<script>" in built.err
    (published,) = (data for name, data in lina.files().items() if re.fullmatch(r"media/logo\.\w{8}\.svg", name))
    assert published == b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0"/></svg>'
    assert "did more than draw" in lina.build("--theme", "base").err, "it is said again as long as it is so"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "media/a.png is empty"),
        (b"%PDF-1.7 ...", "media/a.png is a PDF, which browsers do not show"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "media/a.png is a HEIC picture, which browsers do not show"),
        (photo(900, 600)[:4000], "media/a.png cannot be read: the file is damaged or cut off"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><g></svg>", "media/a.png is damaged (line 1)"),
    ],
)
def test_a_picture_that_is_none_is_told_with_its_name_and_place(lina, data, words):
    lina.write("media/a.png", data)
    built = lina.build("--theme", "base")
    assert built.code == 1
    assert f"linkhome.yaml:9:19: error: {words}" in built.err
    assert re.search(r"\n +\| +\^+\n +\| *=? ?|= ", built.err)


def test_the_ending_of_a_name_does_not_matter(lina):
    lina.write("media/a.png", photo(900, 600, "WEBP"))
    assert lina.build("--theme", "base").code == 0


def test_making_pictures_is_told_and_done_once(lina):
    told = []
    project = find(str(lina.root), None)
    pipeline.build(project, "base", None, told.append).cache.save()
    assert told[:2] == ["Preparing pictures, 1 of 2", "Building"]
    assert all(line.startswith("Building, page ") for line in told[2:])
    again = []
    pipeline.build(project, "base", None, again.append).cache.close()
    assert not [line for line in again if line.startswith("Preparing")]


def test_the_focus_of_the_creator_counts(lina):
    lina.replace("linkhome.yaml", "alt: Lina}", "alt: Lina, focus: 50% 50%}")
    lina.replace("linkhome.yaml", "alt: A}", "alt: A, focus: 10% 20%}")
    assert lina.build("--theme", "base").code == 0
    page = lina.read("public/index.html")
    assert re.findall(r"--at:([^;}]*)", page) == ["10% 20%"]


def test_the_picture_behind_the_page_tells_nothing(lina):
    lina.write("media/b.jpg", photo(700, 500))
    lina.replace("linkhome.yaml", "profile:", "brand: {background: media/b.jpg}\nprofile:")
    assert lina.build().code == 0
    files = lina.files()
    shown = re.findall(r'url\("(media/b\.[\w.-]+)"\)', files["index.html"].decode())
    assert len(shown) == 1
    assert [name for name in files if name.startswith(("media/b.", "assets/b."))] == shown
    picture = Image.open(BytesIO(files[shown[0]]))
    assert picture.size == (500, 700)
    assert b"Secret Name" not in files[shown[0]]
    lina.write("media/b.jpg", photo(400, 300))
    assert lina.build().code == 0
    assert shown[0] not in lina.files()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("linkhome.yaml", "'linkhome.yaml' looks private and is not published"),
        ("posts/one.md", "'posts/one.md' looks private"),
        ("media/gone.jpg", "there is no file 'media/gone.jpg'"),
        ("media/plan.pdf", "media/plan.pdf"),
    ],
)
def test_only_a_picture_can_lie_behind_the_page(site, name, words):
    config = f"profile: {{name: Lina}}\nbrand: {{background: {name}}}\n"
    post = "---\ntitle: A\ndate: 2026-01-01\n---\n"
    built = site({"linkhome.yaml": config, "posts/one.md": post, "media/plan.pdf": "%PDF"}).build()
    assert built.code == 1
    assert re.search(rf"^linkhome\.yaml:2:\d+: error: .*{re.escape(words)}", built.err, re.MULTILINE), built.err
