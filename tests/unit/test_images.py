"""A picture becomes AVIF, WebP and a fallback without a word about its maker, once; then it is remembered."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from PIL import Image, ImageCms, PngImagePlugin

from linkhome.brand.chunks import strip
from linkhome.brand.images import Pictures, Prepared, Request, file_name
from linkhome.diagnostics import Diagnostic, LinkhomeError

SECRET = b"Bahnhofstrasse 7"


class Memory:
    """A store that also counts."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], bytes] = {}
        self.asked: list[tuple[str, str]] = []

    def get(self, kind: str, key: str) -> bytes | None:
        self.asked.append((kind, key))
        return self.kept.get((kind, key))

    def put(self, kind: str, key: str, value: bytes) -> None:
        self.kept[kind, key] = value


@pytest.fixture
def pictures() -> Pictures:
    return Pictures(Memory())


def photo(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Return something that compresses like a photograph: soft shapes under grain."""
    soft = Image.linear_gradient("L").resize((width, height))
    grain = Image.effect_noise((width, height), 40)
    return Image.merge("RGB", (soft, grain, Image.blend(soft, grain, 0.3))).convert(mode)


def saved(folder: Path, name: str, image: Image.Image, **options: object) -> Path:
    path = folder / name
    image.save(path, **options)  # type: ignore[arg-type]
    return path


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def widths(prepared: Prepared, type_: str = "image/avif") -> list[int]:
    return [variant.width for variant in prepared.variants if variant.type == type_]


def secret_exif(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = SECRET.decode()
    return exif.tobytes()


# ------------------------------------------------------------------ widths and formats


@pytest.mark.parametrize(
    ("width", "avif", "webp", "fallback"),
    [
        (2400, [375, 750, 1320, 1920], [480, 960], 1200),
        (1920, [375, 750, 1320, 1920], [480, 960], 1200),
        (1000, [375, 750, 1000], [480, 960], 1000),
        (500, [375, 500], [500], 500),
        (320, [320], [320], 320),
        (200, [200], [200], 200),
    ],
)
def test_widths_up_to_the_original(
    tmp_path: Path, pictures: Pictures, width: int, avif: list[int], webp: list[int], fallback: int
) -> None:
    made = pictures.prepare(saved(tmp_path, "a.jpg", photo(width, width // 2), quality=100), "a.jpg")
    assert (made.width, made.height) == (width, width // 2)
    assert (widths(made), widths(made, "image/webp")) == (avif, webp)
    assert (made.fallback.type, made.fallback.width) == ("image/jpeg", fallback)
    for variant in made.variants:
        data = pictures.load(variant)
        assert variant.size == len(data)
        image = opened(data)
        assert Image.MIME[image.format or ""] == variant.type
        assert image.size == (variant.width, variant.height) == (variant.width, round(variant.width / 2))


def test_what_visitors_wait_for_has_finer_steps(tmp_path: Path, pictures: Pictures) -> None:
    path = saved(tmp_path, "a.jpg", photo(1300, 700), quality=95)
    usual, fine = pictures.prepare_all([Request(path, "a"), Request(path, "a", fine=True)])
    assert isinstance(usual, Prepared) and isinstance(fine, Prepared)
    assert (widths(usual), widths(fine)) == ([375, 750, 1300], [375, 540, 750, 1300])
    assert usual.mark != fine.mark


def test_what_is_see_through_stays_so(tmp_path: Path, pictures: Pictures) -> None:
    image = photo(900, 500, "RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 450, 500))
    made = pictures.prepare(saved(tmp_path, "a.png", image), "a.png")
    assert (made.fallback.type, made.fallback.width) == ("image/png", 800)
    for variant in made.variants:
        shown = opened(pictures.load(variant)).convert("RGBA")
        edge = [shown.getpixel((at * shown.width // 4, 9))[3] for at in (1, 3)]  # type: ignore[index]
        assert edge == [0, 255]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_every_kind_of_png(tmp_path: Path, pictures: Pictures, mode: str) -> None:
    image = photo(500, 300).convert("L") if mode == "I;16" else photo(500, 300)
    image = (
        image.convert("I").point(lambda value: value * 257).convert("I;16") if mode == "I;16" else image.convert(mode)
    )
    made = pictures.prepare(saved(tmp_path, "a.png", image), "a.png")
    assert widths(made) == [375, 500]
    shown = opened(pictures.load(made.fallback)).convert("L").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    meant = photo(500, 300).convert("L").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert abs(shown - meant) <= 4  # type: ignore[operator]


def test_printers_colours_become_screen_colours(tmp_path: Path, pictures: Pictures) -> None:
    red = Image.new("CMYK", (600, 400), (0, 255, 255, 0))
    made = pictures.prepare(saved(tmp_path, "a.jpg", red, quality=95), "a.jpg")
    assert made.measures.colour == "#ff0000"
    assert opened(pictures.load(made.fallback)).mode == "RGB"


def test_a_profile_is_applied_and_left_behind(tmp_path: Path, pictures: Pictures) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    red = Image.new("RGB", (600, 400), "red")
    for path in (
        saved(tmp_path, "a.jpg", red, icc_profile=swapped, quality=95),
        saved(tmp_path, "a.png", red, icc_profile=swapped),
        saved(tmp_path, "a.webp", red.convert("RGBA"), icc_profile=swapped, quality=95),
        saved(tmp_path, "small.png", red.resize((20, 20)), icc_profile=swapped),
    ):
        made = pictures.prepare(path, path.name)
        red_part, green_part, blue_part = bytes.fromhex(made.measures.colour[1:])
        assert red_part < 4 and green_part > 250 and blue_part < 4
        for variant in made.variants:
            assert "icc_profile" not in opened(pictures.load(variant)).info


def test_a_profile_that_does_not_fit_is_ignored(tmp_path: Path, pictures: Pictures) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    red = Image.new("RGB", (600, 400), "red")
    for profile in (lab, b"nonsense", lab[:200]):
        made = pictures.prepare(saved(tmp_path, "a.png", red, icc_profile=profile), "a.png")
        assert made.measures.colour == "#ff0000"


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_picture_is_turned_upright(tmp_path: Path, pictures: Pictures, turn: int) -> None:
    upright = Image.new("RGB", (600, 400), "white")
    upright.paste("red", (0, 0, 300, 200))
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = upright.transpose(undo[turn]) if turn > 1 else upright
    made = pictures.prepare(saved(tmp_path, "a.jpg", stored, exif=secret_exif(turn), quality=95), "a.jpg")
    assert (made.width, made.height) == (600, 400)
    shown = opened(pictures.load(made.fallback)).convert("RGB")
    assert shown.size == (600, 400)
    corners = [shown.getpixel(at) for at in ((50, 50), (550, 50), (50, 350), (550, 350))]
    assert [green < 60 for _, green, _ in corners] == [True, False, False, False]  # type: ignore[misc]


def test_a_tall_strip_fits_what_webp_can_hold(tmp_path: Path, pictures: Pictures) -> None:
    made = pictures.prepare(saved(tmp_path, "a.png", Image.new("RGB", (900, 20_000), "navy")), "a.png")
    assert (made.width, made.height) == (900, 20_000)
    assert (widths(made), widths(made, "image/webp")) == ([375, 737], [480, 737])
    assert all(variant.height <= 16_383 for variant in made.variants)


def test_one_pixel_is_enough(tmp_path: Path, pictures: Pictures) -> None:
    assert pictures.prepare(saved(tmp_path, "a.png", Image.new("RGB", (1, 1))), "a.png").width == 1
    made = pictures.prepare(saved(tmp_path, "b.png", Image.new("RGB", (30_000, 1), "red")), "b.png")
    assert {(v.width, v.height) for v in made.variants} >= {(1920, 1), (1320, 1), (1200, 1), (960, 1)}


def test_the_average_colour(tmp_path: Path, pictures: Pictures) -> None:
    teal = saved(tmp_path, "a.webp", Image.new("RGB", (640, 9), "teal"), quality=90)
    assert pictures.prepare(teal, "a").measures.colour == "#008080"
    see_through = Image.new("RGBA", (640, 9), (0, 128, 128, 90))
    assert pictures.prepare(saved(tmp_path, "b.png", see_through), "b").measures.colour == ""


def test_the_extension_may_be_wrong(tmp_path: Path, pictures: Pictures) -> None:
    path = saved(tmp_path, "a.png", photo(640, 480), format="JPEG")
    assert widths(pictures.prepare(path, "a.png")) == [375, 640]


def test_avif_is_read(tmp_path: Path, pictures: Pictures) -> None:
    made = pictures.prepare(saved(tmp_path, "a.avif", photo(640, 480)), "a.avif")
    assert {variant.type for variant in made.variants} == {"image/avif", "image/webp", "image/jpeg"}


# ------------------------------------------------------------------ kept as they are


@pytest.mark.parametrize(
    ("ending", "type_"), [("png", "image/png"), ("jpg", "image/jpeg"), ("gif", "image/gif"), ("webp", "image/webp")]
)
def test_a_small_clean_file_is_published_as_it_is(tmp_path: Path, pictures: Pictures, ending: str, type_: str) -> None:
    path = saved(tmp_path, f"a.{ending}", photo(60, 40))
    made = pictures.prepare(path, path.name)
    assert made.variants == (made.fallback,)
    assert (made.fallback.type, made.fallback.file) == (type_, str(path))
    assert pictures.load(made.fallback) == path.read_bytes()


def test_a_small_file_that_tells_something_is_made_anew(tmp_path: Path, pictures: Pictures) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", SECRET.decode())
    for path in (
        saved(tmp_path, "a.png", photo(60, 40), pnginfo=info),
        saved(tmp_path, "a.jpg", photo(60, 40), exif=secret_exif()),
        saved(tmp_path, "b.jpg", photo(60, 40), comment=SECRET),
        saved(tmp_path, "a.webp", photo(60, 40), exif=secret_exif()),
        saved(tmp_path, "b.webp", photo(60, 40), xmp=SECRET),
        saved(tmp_path, "a.gif", photo(60, 40), comment=SECRET),
    ):
        assert SECRET in path.read_bytes()
        made = pictures.prepare(path, path.name)
        assert all(SECRET not in pictures.load(variant) for variant in made.variants)


def test_bytes_behind_the_end_are_not_published(tmp_path: Path, pictures: Pictures) -> None:
    for ending in ("png", "jpg", "webp", "gif"):
        path = saved(tmp_path, f"a.{ending}", photo(60, 40))
        path.write_bytes(path.read_bytes() + SECRET)
        made = pictures.prepare(path, path.name)
        assert SECRET not in pictures.load(made.fallback)


@pytest.mark.parametrize("ending", ["jpg", "webp"])
def test_a_file_that_beats_the_new_one_stays_without_its_notes(tmp_path: Path, pictures: Pictures, ending: str) -> None:
    path = saved(tmp_path, f"a.{ending}", photo(640, 480), quality=10, exif=secret_exif())
    made = pictures.prepare(path, path.name)
    kind = {"jpg": "image/jpeg", "webp": "image/webp"}[ending]
    last = pictures.load(next(variant for variant in made.variants if (variant.type, variant.width) == (kind, 640)))
    assert last == strip(path.read_bytes(), {"jpg": "jpeg"}.get(ending, ending))
    assert SECRET not in last
    assert opened(last).size == (640, 480)
    assert opened(last).tobytes() == opened(path.read_bytes()).tobytes()


@pytest.mark.parametrize(
    "options", [{"progressive": True}, {"optimize": True}, {"comment": SECRET}, {"dpi": (300, 300)}]
)
def test_a_stripped_jpeg_shows_the_same_pixels(tmp_path: Path, options: dict[str, object]) -> None:
    path = saved(tmp_path, "a.jpg", photo(300, 200), exif=secret_exif(), **options)
    clean = strip(path.read_bytes(), "jpeg")
    assert SECRET not in clean
    assert opened(clean).tobytes() == opened(path.read_bytes()).tobytes()


@pytest.mark.parametrize("ending", ["gif", "webp", "png"])
def test_an_animation_keeps_moving_without_its_notes(tmp_path: Path, pictures: Pictures, ending: str) -> None:
    frames = [Image.new("RGB", (90, 60), colour) for colour in ("red", "green", "blue")]
    path = saved(tmp_path, f"a.{ending}", frames[0], save_all=True, append_images=frames[1:], duration=90, loop=0)
    made = pictures.prepare(path, path.name)
    assert (made.animated, made.width, len(made.variants)) == (True, 90, 1)
    assert pictures.load(made.fallback) == path.read_bytes()

    telling = saved(tmp_path, f"b.{ending}", frames[0], save_all=True, append_images=frames[1:], comment=SECRET,
                    exif=secret_exif(), loop=0)  # fmt: skip
    assert SECRET in telling.read_bytes()
    data = pictures.load(pictures.prepare(telling, telling.name).fallback)
    assert SECRET not in data
    image = Image.open(BytesIO(data))
    assert image.n_frames == 3  # type: ignore[attr-defined]
    assert image.info["loop"] == 0


# ------------------------------------------------------------------ vectors


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="40" height="30"', (40, 30)),
        ('width="40px" height="1in"', (40, 96)),
        ('viewBox="0 0 200 100"', (200, 100)),
        ('viewBox="0,0,200,100" width="50"', (50, 25)),
        ('viewBox="0 0 200 100" width="100%" height="100%"', (200, 100)),
        ('viewBox="0 0 200 100" height="10mm"', (76, 38)),
        ('width="0" height="-3" viewBox="nan 0 inf 1"', (300, 150)),
        ('width="1e9" height="0.2"', (16384, 1)),
        ("", (300, 150)),
    ],
)
def test_the_size_of_a_vector(tmp_path: Path, pictures: Pictures, attributes: str, size: tuple[int, int]) -> None:
    path = tmp_path / "logo.svg"
    path.write_text(
        f'<?xml version="1.0"?><!-- drawn --><svg xmlns="http://www.w3.org/2000/svg" {attributes}><g/></svg>'
    )
    made = pictures.prepare(path, "logo.svg")
    assert (made.width, made.height) == size
    assert (made.vector, made.fallback.type, made.note) == (True, "image/svg+xml", "")
    assert made.variants == (made.fallback,)
    assert pictures.load(made.fallback).startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')


def test_a_vector_by_illustrator_is_fine(tmp_path: Path, pictures: Pictures) -> None:
    path = tmp_path / "logo.svg"
    path.write_text(
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" ['
        '<!ENTITY ns_svg "http://www.w3.org/2000/svg">]><svg xmlns="&ns_svg;" width="8" height="9"/>'
    )
    assert pictures.prepare(path, "logo.svg").height == 9


# ------------------------------------------------------------------ memory


def test_what_is_known_is_neither_made_nor_read_again(tmp_path: Path) -> None:
    store = Memory()
    path = saved(tmp_path, "a.jpg", photo(700, 400))
    first = Pictures(store).prepare(path, "a.jpg")
    store.asked.clear()
    again = Pictures(store)
    assert again.prepare(path, "a.jpg") == first
    assert [kind for kind, _ in store.asked] == ["picture"]
    assert len(again.load(first.fallback)) == first.fallback.size


def test_a_file_whose_hash_is_known_is_not_opened(tmp_path: Path) -> None:
    store = Memory()
    path = saved(tmp_path, "a.jpg", photo(700, 400))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    first = Pictures(store, lambda _: digest).prepare(path, "a.jpg")
    path.unlink()
    assert Pictures(store, lambda _: digest).prepare(path, "a.jpg") == first
    with pytest.raises(LinkhomeError, match=r"a\.jpg does not exist"):
        Pictures(store, lambda _: None).prepare(path, "a.jpg")


def test_a_known_picture_does_not_import_pillow(tmp_path: Path) -> None:
    store = Memory()
    path = saved(tmp_path, "a.jpg", photo(700, 400))
    Pictures(store).prepare(path, "a.jpg")
    small = saved(tmp_path, "a.png", photo(60, 40))
    (tmp_path / "store").write_bytes(msgspec.msgpack.encode([(*key, value) for key, value in store.kept.items()]))
    program = f"""
import sys, msgspec
from pathlib import Path
from linkhome.brand.images import Pictures
class Store(dict):
    def get(self, *key): return dict.get(self, key)
    def put(self, kind, key, value): self[kind, key] = value
store = Store({{(a, b): c for a, b, c in msgspec.msgpack.decode(Path({str(tmp_path / "store")!r}).read_bytes())}})
pictures = Pictures(store)
print(pictures.prepare(Path({str(path)!r}), "a.jpg").width, pictures.prepare(Path({str(small)!r}), "a.png").width)
print(len(pictures.load(pictures.prepare(Path({str(path)!r}), "a.jpg").fallback)) > 0)
print("PIL" in sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["700", "60", "True", "False"]


def test_a_store_that_forgets_or_lies_costs_only_time(tmp_path: Path) -> None:
    store = Memory()
    pictures = Pictures(store)
    path = saved(tmp_path, "a.jpg", photo(700, 400))
    first = pictures.prepare(path, "a.jpg")
    data = pictures.load(first.fallback)
    for spoilt in (None, b"", data[:-1]):
        for key in list(store.kept):
            if key[0] == "picture-file":
                if spoilt is None:
                    del store.kept[key]
                else:
                    store.kept[key] = spoilt
        assert pictures.load(first.fallback) == data
    for key in store.kept:
        store.kept[key] = b"\x00 nonsense"
    assert Pictures(store).prepare(path, "a.jpg") == first


def test_a_file_that_changes_meanwhile_is_told(tmp_path: Path, pictures: Pictures) -> None:
    path = saved(tmp_path, "a.png", photo(60, 40))
    made = pictures.prepare(path, "a.png")
    saved(tmp_path, "a.png", photo(61, 40))
    with pytest.raises(LinkhomeError, match=r"a\.png was changed while the site was being built"):
        pictures.load(made.fallback)


def test_many_at_once_in_order(tmp_path: Path) -> None:
    requests = [Request(saved(tmp_path, f"{n}.jpg", photo(400 + n, 300)), f"{n}.jpg") for n in range(6)]
    requests.insert(2, Request(tmp_path / "none.jpg", "none.jpg"))
    requests.append(requests[0])
    told: list[tuple[int, int]] = []
    results = Pictures(Memory()).prepare_all(requests, lambda count, total: told.append((count, total)))
    assert isinstance(results[2], Diagnostic)
    assert results[2].message == "none.jpg does not exist"
    assert [r.width for r in results if isinstance(r, Prepared)] == [400, 401, 402, 403, 404, 405, 400]
    assert told[-1] == (8, 8)
    assert told == sorted(told)
    assert results == Pictures(Memory()).prepare_all(requests)


def test_nothing_to_do() -> None:
    assert Pictures(Memory()).prepare_all([]) == []


# ------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("media/lina.jpg", "media/lina.3f2a9c1e-640.webp"),
        ("media/Über uns (2).JPG", "media/uber-uns-2.3f2a9c1e-640.webp"),
        ("media/東京.png", "media/picture.3f2a9c1e-640.webp"),
        ("media/.hidden", "media/hidden.3f2a9c1e-640.webp"),
        ("a.tar.png", "media/a-tar.3f2a9c1e-640.webp"),
        ("x" * 90 + ".png", "media/" + "x" * 60 + ".3f2a9c1e-640.webp"),
        ("media\\win.png", "media/win.3f2a9c1e-640.webp"),
    ],
)
def test_file_names(name: str, expected: str) -> None:
    assert file_name(name, "3f2a9c1e", "webp", 640) == expected


def test_a_file_that_stays_keeps_its_ending() -> None:
    assert file_name("media/logo.svg", "3f2a9c1e", "svg") == "media/logo.3f2a9c1e.svg"
