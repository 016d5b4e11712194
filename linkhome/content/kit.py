"""Gather what a creator takes along: icons, codes, the contact card, and the page that offers all of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from ..kit.plan import CardOrder, CodeOrder, IconOrder
from ..kit.scene import SIZES, Shot
from ..kit.vcard import Card, small
from . import heads, model, second
from .addresses import absolute
from .articles import Planned
from .blocks.contact import POSTAL
from .here import Here
from .shell import Surroundings

if TYPE_CHECKING:
    from ..kit.plan import Kit
    from .previews import Previews

#: The icons by their places: which one, how large, and for what.
ICONS = (
    ("favicon.ico", "ico", 32),
    ("icon.svg", "svg", 0),
    ("apple-touch-icon.png", "touch", 180),
    ("icon-192.png", "192", 192),
    ("icon-512.png", "512", 512),
    ("icon-mask-512.png", "mask", 512),
)
CARD, CARD_4 = "contact.vcf", "contact-4.vcf"
#: Pixels a side of the picture of a code, about.
_CODE = 1200
#: Bytes of a contact card that still make a code for every camera.
_READABLE = 300
_PALETTE = ("brand", "second", "accent", "ink", "paper")


def path_of(prefix: str) -> str:
    """Return the output file of a language's kit page."""
    return f"{prefix}kit/index.html"


def order_icons(kit: Kit, here: Here, letters: str, values: Mapping[str, Mapping[str, str]]) -> None:
    """Order the site's icons from the creator's icon or logo, else from initials."""
    brand = here.all.site.brand
    given, key = (brand.icon, "icon") if brand.icon else (brand.logo, "logo")
    shown = here.picture(given, ("brand", key))
    own = None
    if given is not None and shown is not None:
        name = given if isinstance(given, str) else given.file
        own = Shot(name, here.all.media.shown_key(name), shown.focus)
    # A browser's frame is light or dark whatever the page is, and on a dark one the brand's own shade may be lost.
    day = (values["light"]["brand"], values["light"]["on-brand"])
    night = (values["dark"]["accent"], values["dark"]["paper"])
    for place, which, _ in ICONS:
        kit.order(place, IconOrder(which, letters, day, night, values["light"]["card"], own))


def order_card(kit: Kit, here: Here, page: model.Page) -> Card:
    """Order both contact cards of a language; they say what its front page says."""
    card = card_of(here, page)
    prefix = here.all.prefix(here.language)
    photo = None
    portrait, shown = here.all.site.profile.portrait, page.profile.portrait
    if portrait is not None and shown is not None:
        name = portrait if isinstance(portrait, str) else portrait.file
        photo = Shot(name, here.all.media.shown_key(name), shown.focus)
    kit.order(f"{prefix}{CARD}", CardOrder(card, "3.0", photo))
    kit.order(f"{prefix}{CARD_4}", CardOrder(card, "4.0", photo))
    return card


def card_of(here: Here, page: model.Page) -> Card:
    """Return what stands on a front page as a contact card: nothing in it that a visitor cannot see there."""
    who = here.all.site.profile
    shown = [block for block in page.blocks if block.type == "contact" and not (block.window and block.window.hidden)]
    links = [*page.socials, *(link for block in shown for link in block.links)]
    emails = [link.href.removeprefix("mailto:").partition("?")[0] for link in links if link.href.startswith("mailto:")]
    phones = [
        ("voice" if link.href.startswith("tel:") else "cell", link.href.partition(":")[2])
        for link in links
        if link.href.startswith(("tel:", "sms:"))
    ]
    home = absolute(here.all.base, f"{here.prefix}index.html")
    urls = [one for one in second.fronts(here) if one[1] != home] if page.shell.second_address else []
    urls += [(link.platform or link.host or link.title, link.href) for link in links if link.href.startswith("http")]
    ways = [link for block in shown for link in block.links if not link.href]
    spoken = [f"{link.note}: {link.title}" for link in ways if link.style != POSTAL]
    numbers: dict[str, str] = {}
    for kind, number in phones:
        numbers[number] = f"{numbers[number]},{kind}" if number in numbers and kind not in numbers[number] else kind
    return Card(
        name=page.profile.name,
        kind="organization" if who.kind == "organization" else "person",
        given=here.text(who.given),
        family=here.text(who.family),
        nickname=page.profile.handle,
        emails=tuple(dict.fromkeys(emails)),
        phones=tuple((kind, number) for number, kind in numbers.items()),
        home=home,
        urls=tuple(dict.fromkeys(urls)),
        address=next((link.title for link in ways if link.style == POSTAL), ""),
        note="\n".join(filter(None, (page.profile.tagline, *dict.fromkeys(spoken)))),
        language=here.language,
    )


def plan(around: Surroundings, previews: Previews, home: model.Page, card: Card | None) -> Planned:
    """Plan the kit page of a language, and order what it offers."""
    prefix = around.all.prefix(around.language)
    here = around.here(path_of(prefix))
    kit = _kit(around, here, previews, home, card)
    return Planned(here.path, "", lambda: _page(around, here, kit))


def _page(around: Surroundings, here: Here, kit: model.Kit) -> model.Page:
    shell, profile = around.around(here)
    places = {language: path_of(around.all.prefix(language)) for language in around.all.languages}
    return model.Page(
        kind="page",
        path=here.path,
        shell=shell,
        profile=profile,
        head=heads.of_kit(here, profile),
        translations=around.translations(here, places),
        title=here.texts["kit"],
        summary=here.texts["kit_text"].format(name=profile.name),
        kit=kit,
    )


def _kit(around: Surroundings, here: Here, previews: Previews, home: model.Page, card: Card | None) -> model.Kit:
    texts, all_ = here.texts, around.all
    shelves = [
        model.Shelf(title=texts["kit_codes"], items=tuple(_codes(here, previews.kit, card))),
        model.Shelf(title=texts["kit_pictures"], items=tuple(_pictures(here, previews, home))),
        model.Shelf(title=texts["kit_icons"], items=tuple(_icons(around, here))),
    ]
    values = around.look.values
    swatches = tuple(
        model.Swatch(name=name, light=values["light"][name], dark=values["dark"][name])
        for name in _PALETTE
        if values and not (name == "second" and not all_.site.brand.second and not all_.site.brand.color)
    )
    return model.Kit(shelves=tuple(one for one in shelves if one.items), colours=swatches, fonts=around.look.fonts)


def _codes(here: Here, kit: Kit, card: Card | None) -> list[model.Download]:
    """Order the codes: of the front page's address, and of the contact card, which lies beside its own."""
    from ..kit.addresses import plain

    prefix = here.all.prefix(here.language)
    found = []
    if here.all.base:
        files = _code(here, kit, "qr", plain(absolute(here.all.base, f"{prefix}index.html")))
        found.append(_coded(here.texts["kit_code"], files))
    if card:
        # A card of many letters makes a code that only good cameras read.
        short = small(card)
        files = _code(here, kit, "qr-contact", short) if len(short.encode()) <= _READABLE else ()
        cards = tuple(
            _file(here, f"{prefix}{name}", f"vCard {version}") for name, version in ((CARD, "3.0"), (CARD_4, "4.0"))
        )
        found.append(_coded(here.texts["kit_card"], (*files, *cards)))
    return found


def _code(here: Here, kit: Kit, name: str, text: str) -> tuple[model.Link, ...]:
    """Order a code as a drawing and as a picture."""
    folder = path_of(here.all.prefix(here.language)).removesuffix("index.html")
    colour = kit.look.colours["code"]
    places = [kit.order(f"{folder}{name}.{form}", CodeOrder(text, colour, form)) for form in ("svg", "png")]
    return tuple(_file(here, place, place.rpartition(".")[2].upper()) for place in places)


def _coded(title: str, files: tuple[model.Link, ...]) -> model.Download:
    drawn = (
        model.Picture(src=files[0].href, width=_CODE, height=_CODE, alt=title)
        if files[0].href.endswith(".svg")
        else None
    )
    return model.Download(title=title, picture=drawn, files=files)


def _pictures(here: Here, previews: Previews, home: model.Page) -> list[model.Download]:
    """Order the pictures of the front page in all shapes, the one for stories with its code."""
    from ..kit.addresses import plain

    if not here.all.base:
        return []
    front = f"{here.all.prefix(here.language)}index.html"
    scene = msgspec.structs.replace(
        previews.scene(here, home.profile), call=here.texts["kit_call"], code=plain(absolute(here.all.base, front))
    )
    bare = msgspec.structs.replace(scene, call="", code="")
    found = []
    for shape, title in (("wide", "kit_wide"), ("square", "kit_square"), ("story", "kit_story")):
        drawn = msgspec.structs.replace(scene if shape == "story" else bare, shape=shape)
        place = previews.kit.preview(front, drawn)
        width, height = SIZES[drawn.shape]
        found.append(
            model.Download(
                title=here.texts[title],
                note=f"{width} × {height}",
                picture=model.Picture(src=here.way_to(place), width=width, height=height, alt=here.texts[title]),
                files=(_file(here, place, "JPEG"),),
            )
        )
    return found


def _icons(around: Surroundings, here: Here) -> list[model.Download]:
    """Return the icons, the logo and the portrait."""
    texts = here.texts
    sizes = [(place, size) for place, which, size in ICONS if which in ("svg", "512", "192", "touch")]
    links = tuple(
        _file(here, place, place.rpartition(".")[2].upper() + (f" {size}" if size else "")) for place, size in sizes
    )
    found = [
        model.Download(
            title=texts["kit_icon"],
            picture=model.Picture(src=here.way_to("icon-512.png"), width=512, height=512, alt=texts["kit_icon"]),
            files=links,
        )
    ]
    _, profile = around.around(here)
    for picture, title in ((profile.logo, "kit_logo"), (profile.portrait, "kit_portrait")):
        if picture:
            name = picture.src.rpartition("/")[2]
            link = model.Link(href=picture.src, title=name.rpartition(".")[2].upper(), outside=False, download=name)
            found.append(model.Download(title=texts[title], picture=picture, files=(link,)))
    return found


def _file(here: Here, place: str, title: str) -> model.Link:
    return model.Link(href=here.way_to(place), title=title, outside=False, download=place.rpartition("/")[2])
