"""Gather the whole site: from the checked configuration and the creator's files to a plan of pages.

This is the table of contents: what is read, what is shown in each language, what lies beside the pages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import msgspec

from ..brand.prints import Print
from ..config import schema
from ..config.load import Config
from ..diagnostics import Diagnostic, LinkhomeError
from ..embeds.wanted import previewed
from ..kit.plan import Kit
from ..theme.backdrop import KINDS
from . import afterwards, articles, copies, home, known, model, signup
from . import kit as kits
from . import outages as outages_now
from .arrangement import Arrangement, stem_of
from .articles import Planned
from .beside import beside
from .gathering import Gathering
from .media import Media
from .posts import Post, Texts
from .previews import Previews
from .shell import Look, Surroundings


class Plan(NamedTuple):
    """Hold what a build will write: pages to be, and the small files beside them, already made."""

    pages: list[Planned]
    files: dict[str, bytes]
    diagnostics: list[Diagnostic]
    changes_at: float
    letters: str = ""
    #: What signup.js knows of the targets, and what it says, both as JSON; empty without a sign-up.
    signup: tuple[str, str] = ("", "")
    #: How the site's texts lie.
    arranged: Arrangement | None = None
    #: Whom the scripts of pages may ask.
    asks: tuple[str, ...] = ()


def gather(
    config: Config,
    texts: Texts,
    media: Media,
    now: float,
    look: Look,
    kit: Kit | None = None,
    outages: Sequence[schema.OutageEntry] = (),
    drafts: bool = False,
) -> Plan:
    """Plan the site as it is to be seen at ``now``; what is to be drawn for it is ordered from the ``kit``."""
    all_ = begin(config, media, now, look, kit)
    arranged = all_.read(texts, drafts)
    set_going(all_, outages)
    every = arranged.every()
    media.prepare(pictures(config.site, every, media))
    all_.diagnostics += _backdrop(config, media)
    planned: list[Planned] = []
    arounds = surround(all_, look)
    for language, around in arounds.items():
        planned.append(home.plan(around))
        planned += _taken_along(around, planned[-1].make())
        planned += articles.plan_pages(around, texts, all_.pages.get(language, ()))
        planned += articles.plan_posts(around, texts, all_.posts.get(language, ()))
        planned += afterwards.plan(around)
    planned.append(home.plan_missing(arounds[config.languages[0]]))
    all_.diagnostics += media.remarks()
    further = sorted((page for part in all_.pages.values() for page in part), key=lambda page: page.file)
    files = beside(all_, arounds, texts, further, look)
    stated, wrong = known.files(config, now)
    files |= stated
    all_.diagnostics += wrong
    fronts = {f"{all_.prefix(language)}index.html" for language in config.languages}
    letters = letters_of(planned, fronts, every)
    asks = signup.origins(all_.signup) if all_.signup else ()
    return Plan(planned, files, all_.diagnostics, all_.changes_at, letters, told(all_), arranged, asks)


def begin(config: Config, media: Media, now: float, look: Look, kit: Kit | None) -> Gathering:
    """Return the gathering of a site, before its texts are read."""
    all_ = Gathering(config, media, now)
    if kit:
        all_.kit, all_.previews = kit, Previews(kit, config.site.brand.share)
    media.prints = _prints(config.site.profile, look)
    return all_


def set_going(all_: Gathering, outages: Sequence[schema.OutageEntry]) -> None:
    """Find where sign-ups go and what is down, once the texts are known."""
    all_.signup = signup.find(all_)
    all_.outages = outages_now.on(outages, all_)


def surround(all_: Gathering, look: Look) -> dict[str, Surroundings]:
    """Return what stands around the pages of each language."""
    pages = [page for part in all_.pages.values() for page in part]
    return {
        language: Surroundings(
            all_,
            language,
            all_.texts[language],
            look,
            _in_language(pages, language, all_.languages),
            bool(language in all_.posts and all_.base),
        )
        for language in all_.languages
    }


def told(all_: Gathering) -> tuple[str, str]:
    """Return what signup.js knows and says; empty without a sign-up."""
    if all_.signup is None:
        return "", ""
    prefixes = {language: all_.prefix(language) for language in all_.languages}
    return signup.script(all_.signup, all_.base, prefixes), signup.words(all_.texts)


def _taken_along(around: Surroundings, front: model.Page) -> list[Planned]:
    """Order the contact card of a language, and plan its kit page."""
    all_ = around.all
    if all_.kit is None or all_.previews is None:
        return []
    card = kits.order_card(all_.kit, around.here(front.path), front) if all_.has_card else None
    return [kits.plan(around, all_.previews, front, card)] if all_.site.brand.kit else []


def letters_of(planned: Sequence[Planned], fronts: Collection[str], texts: Sequence[Post]) -> str:
    """Return the letters outside of ASCII that the pages use: front pages are made already, texts know their own."""
    found: set[str] = set()
    for page in planned:
        found.update(repr(page.make()) if page.path in fronts else page.strange)
    for text in texts:
        found.update(text.letters)
    return "".join(sorted(letter for letter in found if not letter.isascii()))


def _in_language(pages: list[Post], language: str, languages: tuple[str, ...]) -> list[Post]:
    """Return each page once: in this language, or in the first that has it (an imprint must be on every page)."""
    best: dict[tuple[str, str], Post] = {}
    order = [language, *(other for other in languages if other != language)]
    for page in sorted(pages, key=lambda page: order.index(page.language)):
        best.setdefault(stem_of(page), page)
    return sorted(best.values(), key=lambda page: page.stem)


def pictures(site: schema.Site, texts: Sequence[Post], media: Media) -> Iterator[str]:
    """Name the pictures that the pages will show, so that they are made ready together."""
    yield from _named(site.profile)
    yield from _named(site.brand)
    if icon := site.brand.icon:
        yield icon if isinstance(icon, str) else icon.file
    if site.brand.background and site.brand.background not in KINDS:
        yield site.brand.background
    for block in site.home:
        yield from _named(block)
        yield from _copied(block, media)
    for text in texts:
        folder = text.file.rpartition("/")[0] + "/"
        image = text.image.file if isinstance(text.image, schema.PictureFile) else text.image
        share = text.share.file if isinstance(text.share, schema.PictureFile) else text.share
        for named in filter(None, (image, share)):
            yield media.near(named, folder)
        for reference in text.references:
            if reference.kind == "image" and ":" not in reference.target:
                yield media.near(reference.target, folder)


def _backdrop(config: Config, media: Media) -> list[Diagnostic]:
    """Return what is wrong with the picture behind the pages."""
    file = config.site.brand.background
    try:
        if file and file not in KINDS:
            media.backdrop(file)
    except LinkhomeError as problem:
        found = problem.diagnostics[0]
        return [config.spans.error(found.message, "brand", "background", hint=found.hint)]
    return []


def _prints(profile: schema.Profile, look: Look) -> dict[str, dict[str, Print]]:
    """Return the prints that the theme wants, by the files that they are made of; also of files with none."""
    found: dict[str, dict[str, Print]] = {}
    for role, given in (("portrait", profile.portrait), ("cover", profile.cover)):
        if given:
            found.setdefault(given if isinstance(given, str) else given.file, {}).update(look.prints.get(role, {}))
    return found


def _copied(block: msgspec.Struct, media: Media) -> Iterator[str]:
    """Name the pictures of the saved copies that a block shows."""
    match block:
        case schema.EmbedBlock():
            addresses = [block.embed]
        case schema.LatestBlock():
            addresses = [item.url for item in block.items] or [block.latest]
        case schema.LinkBlock() if previewed(block):
            addresses = [block.link]
        case _:
            return
    for address in addresses:
        saved = copies.saved(address, media)[0]
        most = block.count if isinstance(block, schema.LatestBlock) else 1
        for one in (saved, *saved.items[:most]) if saved else ():
            if one.image and not (one.kept or one.hidden or one.sensitive):
                yield media.project.relative(one.image)


_PICTURED = ("image", "portrait", "cover", "logo", "poster", "gallery", "share_image")


def _named(part: msgspec.Struct) -> Iterator[str]:
    for name in part.__struct_fields__:
        value = getattr(part, name)
        for one in value if isinstance(value, list) else (value,):
            if isinstance(one, schema.PictureFile):
                yield one.file
            elif isinstance(one, msgspec.Struct):
                yield from _named(one)
            elif name in _PICTURED and isinstance(one, str) and one:
                yield one
