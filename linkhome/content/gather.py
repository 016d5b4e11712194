"""Gather the whole site: from the checked configuration and the creator's files to a plan of pages.

This is the table of contents: what is read, what is shown in each language, what lies beside the pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from ..config import schema
from ..config.load import Config
from ..diagnostics import Diagnostic
from . import articles, home
from .articles import Planned
from .beside import beside
from .gathering import Gathering, stem_of
from .media import Media
from .posts import Post, Texts
from .shell import Look, Surroundings


class Plan(NamedTuple):
    """Hold what a build will write: pages to be, and the small files beside them, already made."""

    pages: list[Planned]
    files: dict[str, bytes]
    diagnostics: list[Diagnostic]
    changes_at: float


def gather(config: Config, texts: Texts, media: Media, now: float, look: Look) -> Plan:
    """Plan the site as it is to be seen at ``now``."""
    all_ = Gathering(config, media, now)
    posts, pages = all_.read(texts)
    media.prepare(_pictures(config.site, posts + pages, media))
    planned: list[Planned] = []
    arounds = {}
    for language in config.languages:
        mine = [post for post in posts if post.language == language]
        further = _in_language(pages, language, config.languages)
        around = Surroundings(all_, language, all_.texts[language], look, further, bool(mine and all_.base))
        arounds[language] = around
        planned.append(home.plan(around))
        planned += articles.plan_pages(around, texts, [page for page in pages if page.language == language])
        planned += articles.plan_posts(around, texts, mine)
    planned.append(home.plan_missing(arounds[config.languages[0]]))
    files = beside(all_, arounds, texts, pages, look)
    return Plan(planned, files, all_.diagnostics, all_.changes_at)


def _in_language(pages: list[Post], language: str, languages: tuple[str, ...]) -> list[Post]:
    """Return each page once: in this language, or in the first that has it (an imprint must be on every page)."""
    best: dict[tuple[str, str], Post] = {}
    order = [language, *(other for other in languages if other != language)]
    for page in sorted(pages, key=lambda page: order.index(page.language)):
        best.setdefault(stem_of(page), page)
    return sorted(best.values(), key=lambda page: page.stem)


def _pictures(site: schema.Site, texts: list[Post], media: Media) -> Iterator[str]:
    """Name the pictures that the pages will show, so that they are made ready together."""
    yield from _named(site.profile)
    yield from _named(site.brand)
    for block in site.home:
        yield from _named(block)
    for text in texts:
        folder = text.file.rpartition("/")[0] + "/"
        image = text.image.file if isinstance(text.image, schema.PictureFile) else text.image
        if image:
            yield media.near(image, folder)
        for reference in text.references:
            if reference.kind == "image" and ":" not in reference.target:
                yield media.near(reference.target, folder)


_PICTURED = ("image", "portrait", "cover", "logo", "poster", "gallery")


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
