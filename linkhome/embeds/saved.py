"""Read the last good copy of what a platform returned for an address: ``saved/<platform>/<key>.json``.

A copy came from strangers, and may have been edited since: nothing in it is believed. A copy that cannot be
used is a warning that names the file, and costs nothing but this one card. `record` defines what is in the file,
docs/saved-copies.md tells it to creators; `keep` writes it.

What stands under ``owner`` wins over what the platform said. ``items`` are the newest of a channel, each with
the fields of ``good`` and its own ``url`` and ``kind``.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..diagnostics import Diagnostic, Span, warning
from ..platforms import KINDS, recognise
from .places import LIMIT, OURS, content, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .record import Good, Image, Owner, Record

__all__ = ["Kept", "Saved", "place", "read"]

_COLOUR = re.compile(r"#[0-9a-f]{6}")


class Kept(Struct, frozen=True):
    """A picture that is ready for the page, so that nothing has to be encoded: every file lies beside the copy.

    ``fallback`` is a JPEG for everybody, ``sizes`` are WebP files with their widths, the narrowest first; ``width``
    and ``height`` are those of the widest; ``colour`` is the average as ``#rrggbb``, or empty.
    """

    fallback: Path
    sizes: tuple[tuple[int, Path], ...]
    width: int
    height: int
    colour: str = ""


class Saved(Struct, frozen=True, kw_only=True):
    """What a card may say. Every text is cleaned and cut; ``image`` is a file that lies beside the copy.

    ``kept`` is the same picture ready for the page; None for one that the creator put there, which has to be prepared
    like any other. ``published``, ``starts`` and ``fetched`` are days or moments as in ISO 8601; ``duration`` is for
    people (``12:48``); ``aspect`` is ``16:9`` or empty; ``frame`` is the address of a player that the platform named
    (`platforms.playing` says whether it may be used); ``plays`` is false when the platform forbids to show it
    in a frame; ``hidden`` says that the creator does not want to see it.
    """

    url: str = ""
    kind: str = ""
    title: str = ""
    author: str = ""
    text: str = ""
    published: str = ""
    duration: str = ""
    aspect: str = ""
    image: Path | None = None
    kept: Kept | None = None
    alt: str = ""
    author_url: str = ""
    frame: str = ""
    audio: str = ""
    license: str = ""
    price: str = ""
    place: str = ""
    starts: str = ""
    fetched: str = ""
    sensitive: bool = False
    plays: bool = True
    hidden: bool = False
    items: tuple[Saved, ...] = ()


def read(folder: Path, address: str) -> tuple[Saved | None, list[Diagnostic]]:
    """Return the saved copy of an address, or None when there is none or it cannot be used; never raises."""
    path = place(folder, address)
    span = Span(f"{folder.name}/{path.parent.name}/{path.name}")
    try:
        data = content(path)
    except OSError as problem:
        return None, [_unusable(f"it cannot be read ({problem.strerror})", span)]
    if data is None:
        return None, []
    if len(data) > LIMIT:
        return None, [_unusable("it is larger than 512 KB", span)]
    from . import record  # most sites have no copies

    try:
        found = record.parse(data)
    except record.DamagedError as problem:
        return None, [_unusable(str(problem), span)]
    return _Reader(path.parent, span).whole(found, address)


class _Reader:
    """Make one file's record into what cards say, and collect what was wrong with it."""

    def __init__(self, folder: Path, span: Span) -> None:
        self.folder = folder
        self.span = span
        self.diagnostics: list[Diagnostic] = []

    def whole(self, found: Record, address: str) -> tuple[Saved, list[Diagnostic]]:
        from . import record
        from .record import Good, Owner

        good, owner = found.good or Good(), found.owner or Owner()
        items = tuple(self._items(good))
        known = recognise(address)
        # What an unknown page says of itself tells more than its address; a known platform's address tells all.
        kind = known.kind if known.slug else record.one_of(good.kind, KINDS) or known.kind
        saved = self._saved(good, owner, address, kind, items)
        return (replace(saved, plays=False) if found.facts.get("plays") == "no" else saved), self.diagnostics

    def _items(self, good: Good) -> Iterator[Saved]:
        from . import record

        for number, raw in enumerate(good.items[: record.MOST_ITEMS], 1):
            try:
                item = record.parse_item(raw)
            except record.DamagedError as problem:
                self.diagnostics.append(warning(f"entry {number} of the saved copy is left out: {problem}", self.span))
                continue
            if not item.owner.hide:
                url = record.web_address(item.url)
                kind = record.one_of(item.kind, KINDS) or (recognise(url).kind if url else "")
                yield self._saved(item, item.owner, url, kind)

    def _saved(self, good: Good, owner: Owner, url: str, kind: str, items: tuple[Saved, ...] = ()) -> Saved:
        from . import record

        image, kept, alt = self._image(owner.image) if owner.image else self._image(good.image)
        return Saved(
            url=url,
            kind=kind,
            title=record.line(owner.title) or record.line(good.title),
            author=record.line(owner.author, record.NAME) or record.line(good.author, record.NAME),
            text=record.paragraphs(owner.text) or record.paragraphs(good.text),
            published=record.moment(good.published),
            duration=record.length(good.duration),
            aspect=record.ratio(good.aspect),
            image=image,
            kept=kept,
            alt=alt,
            author_url=record.web_address(good.author_url),
            frame=record.web_address(good.frame),
            audio=record.web_address(good.audio),
            license=record.line(good.license, record.NAME),
            price=record.line(good.price, record.NAME),
            place=record.line(good.place, record.NAME),
            starts=record.moment(good.starts),
            fetched=record.moment(good.fetched),
            sensitive=bool(good.sensitive),
            hidden=owner.hide,
            items=items,
        )

    def _image(self, image: str | Image | None) -> tuple[Path | None, Kept | None, str]:
        """Return the picture's file, its ready sizes and its text; only real files beside the copy count."""
        from . import record

        if isinstance(image, str):
            image = record.Image(file=image)
        if image is None or not image.file:
            return None, None, ""
        kept = self._kept(image) if image.fallback else None
        alt = record.line(image.alt)
        if kept:
            return kept.sizes[-1][1], kept, alt
        for name in (image.file, *(size.file for size in image.sizes), image.fallback):
            if found := self._there(record.file_name(name)):
                return found, None, alt
        shown = record.line(image.file, 60)
        plain = record.file_name(image.file)
        why = f"there is no picture '{shown}' beside it" if plain else f"'{shown}' is not the plain name of a picture"
        self.diagnostics.append(warning(f"the saved copy is shown without its picture: {why}", self.span))
        return None, None, ""

    def _kept(self, image: Image) -> Kept | None:
        """Return the picture as `picture.kept` left it; None when anything of it is missing or somebody else's."""
        fallback = self._ours(image.fallback)
        sizes = []
        for size in image.sizes:
            path = self._ours(size.file)
            if path is None or not 0 < (size.width or 0) < 10_000:
                return None
            sizes.append((size.width or 0, path))
        width, height = image.width or 0, image.height or 0
        if not fallback or not sizes or not 0 < width < 10_000 or not 0 < height < 20_000:
            return None
        colour = image.placeholder or ""
        return Kept(fallback, tuple(sorted(sizes)), width, height, colour if _COLOUR.fullmatch(colour) else "")

    def _ours(self, name: str | None) -> Path | None:
        return self._there(name) if name and OURS.fullmatch(name) else None

    def _there(self, name: str) -> Path | None:
        if not name:
            return None
        path = self.folder / name
        try:
            return path if stat.S_ISREG(os.lstat(path).st_mode) else None
        except (OSError, ValueError):
            return None


def _unusable(why: str, span: Span) -> Diagnostic:
    hint = "delete the file, or restore an older state of it; until then the card shows what the address says"
    return warning(f"this saved copy cannot be used: {why}", span, hint)
