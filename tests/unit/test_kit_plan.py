"""What is drawn when: once, in every look, and never again while nothing has changed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from linkhome.cache import Cache
from linkhome.kit.plan import CardOrder, Kit
from linkhome.kit.scene import SIZES, Look, Scene, Shot, Type
from linkhome.kit.studio import LAYOUTS, Studio
from linkhome.kit.vcard import Card
from linkhome.theme.faces import shipped
from linkhome.theme.tokens import tokens

FACE = Type(str(shipped() / "archivo/Archivo.ttf"), "x", (("wdth", 75.0), ("wght", 700.0)), widths=(62.0, 125.0))
OTHERS = ("noto-sans/NotoSans.ttf", "noto-sans-arabic/NotoSansArabic.ttf", "noto-emoji/NotoEmoji.ttf")
ROLES = ("title", "slant", "text", "bold", "wide", "caps")
NAMES = {
    "usual": "Lina Marlow",
    "one letter": "X",
    "long": "Wilhelmine-Friederike Hohenlohe-Schillingsfürst",
    "sixty": "The Very Honourable Society of Slow Trains and Quiet Windows",
    "one word": "Donaudampfschifffahrtsgesellschaftskapitän",
    "arabic": "ليلى المنصوري",
    "emoji": "Mia 🎈 Öztürk",
    "only emoji": "🎈🎈",
    "nothing that any font has": "\U00012000",
}


def look(layout: str, color: str = "#9A3B1F") -> Look:
    mode = "dark" if layout in ("window", "film") else "light"
    colours = {**tokens(color).values[mode], "code": tokens(color).values["light"]["brand"]}
    return Look(layout, colours, dict.fromkeys(ROLES, FACE), tuple(Type(str(shipped() / n), n) for n in OTHERS))


def scene(name: str = "Lina Marlow", **more: object) -> Scene:
    given = {
        "kind": "home", "shape": "wide", "title": name, "name": name, "line": "Illustrator, zine-maker",
        "host": "lina.example", "initials": name[:1], "code": "https://lina.example/", "call": "On one page.",
    }  # fmt: skip
    return Scene(**{**given, **more})


def jpeg(colour: str = "#3355aa", size: tuple[int, int] = (600, 750)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("shape", SIZES)
def test_every_layout_draws_every_name_in_every_shape(layout, shape):
    studio = Studio(look(layout), lambda _: jpeg())
    for name in NAMES.values():
        for portrait in (None, Shot("media/lina.jpg", "x")):
            direction = "rtl" if name == NAMES["arabic"] else "ltr"
            data = studio.draw(scene(name, shape=shape, portrait=portrait, direction=direction))
            assert Image.open(BytesIO(data)).size == SIZES[shape]
            assert len(data) < 300_000
            assert b"Exif" not in data[:100]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_draws_posts_with_and_without_pictures(layout):
    studio = Studio(look(layout), lambda shot: None if shot.name == "broken" else jpeg())
    drawn = set()
    for picture in (None, Shot("media/x.jpg", "x"), Shot("broken", "y")):
        for shape in ("wide", "square"):
            post = scene(
                kind="post", shape=shape, title=NAMES["sixty"], date="14 November", day=("14", "Nov"), picture=picture
            )
            drawn.add(studio.draw(post))
    assert len(drawn) >= 4


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_logo_stands_in_for_a_portrait_whole(layout):
    logo = Shot("media/logo.png", "x")
    with_logo = Studio(look(layout), lambda _: jpeg("#00ff00", (300, 100))).paint(scene(portrait=logo, logo=True))
    green = sum(1 for r, g, b in with_logo.get_flattened_data() if g > 180 and r < 90 and b < 90)
    assert green < 1200 * 630 * 0.2, "it does not fill the picture"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_pictures_change_with_the_brands_colour(layout):
    one, other = (Studio(look(layout, color), lambda _: None).draw(scene()) for color in ("#9A3B1F", "#1F4E9F"))
    assert one != other


def test_what_is_drawn_later_does_not_depend_on_what_was_drawn_before():
    studio = Studio(look("spread"), lambda _: jpeg())
    alone = Studio(look("spread"), lambda _: jpeg()).draw(scene("Second"))
    studio.draw(scene("First"))
    assert studio.draw(scene("Second")) == alone


# ---------------------------------------------------------------- the plan


@pytest.fixture
def kit(tmp_path: Path):
    def make(kept=None, color: str = "#9A3B1F", load=lambda _: None) -> Kit:
        return Kit(look("plain", color), Cache(tmp_path / ".cache"), kept or {}, load)

    return make


def test_names_change_with_everything_that_is_drawn(kit):
    plan = kit()
    place = plan.preview("index.html", scene())
    assert place.startswith("media/preview-home.")
    assert place.endswith("-1200.jpg")
    other = [
        plan.preview("index.html", scene("Lina Marlowe")),
        plan.preview("index.html", scene(portrait=Shot("media/lina.jpg", "x"))),
        plan.preview("index.html", scene(portrait=Shot("media/lina.jpg", "y"))),
        kit(color="#000000").preview("index.html", scene()),
    ]
    assert len({place, *other}) == 5
    assert kit().preview("index.html", scene()) == place


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("index.html", "home"),
        ("de/index.html", "de"),
        ("posts/why-numbered/index.html", "posts-why-numbered"),
        ("ar/الخصوصية/index.html", "ar"),
        ("الخصوصية/index.html", "page"),
    ],
)
def test_names_are_plain_letters(kit, path, name):
    assert kit().preview(path, scene()).partition(".")[0] == f"media/preview-{name}"


def test_what_is_known_is_not_drawn_again(kit, monkeypatch):
    first = kit()
    first.preview("index.html", scene())
    first.order("contact.vcf", CardOrder(Card(name="Lina"), "3.0"))
    first.make()
    first.cache.save()
    monkeypatch.setattr(Studio, "draw", lambda *_: pytest.fail("drawn again"))
    again = kit()
    again.preview("index.html", scene())
    again.make()
    place = again.preview("index.html", scene())
    assert again.files[place].data == first.files[place].data
    old = kit(kept={place: msgspec.structs.replace(first.files[place], data=None)})
    old.preview("index.html", scene())
    old.make()
    assert old.files[place].kept


def test_letters_without_a_font_are_told_every_time(kit):
    for _ in range(2):
        plan = kit()
        plan.preview("index.html", scene("Lina \U00012000"))
        plan.make()
        plan.cache.save()
        assert plan.missing == {"\U00012000"}


def test_many_pictures_come_out_in_their_places(kit):
    plan = kit()
    places = {plan.preview(f"posts/{n}/index.html", scene(f"Post {n}", kind="post")): n for n in range(12)}
    plan.make()
    assert plan.files.keys() == places.keys()
    alone = Studio(look("plain"), lambda _: None)
    for place, number in places.items():
        assert plan.files[place].data == alone.draw(scene(f"Post {number}", kind="post"))
