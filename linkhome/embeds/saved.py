"""Read the last good copy of what a platform returned for an address: ``saved/<platform>/<key>.json``.

A copy came from strangers, and may have been edited since: nothing in it is believed. A copy that cannot be
used is a warning that names the file, and costs nothing but this one card. Its format::

    {"schema": 1, "url": "https://…",
     "good": {"title": "…", "author": "…", "text": "…", "published": "2026-11-14", "duration": 768,
              "aspect": "16:9", "image": {"file": "ab12-640.webp", "alt": ""}, "items": […]},
     "owner": {"title": null, "text": null, "image": null, "hide": false}}

What stands under ``owner`` wins over what the platform said. ``items`` are the newest of a channel, each with
the fields of ``good`` and its own ``url`` and ``kind``.
"""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ..diagnostics import Diagnostic, Span, warning
from ..platforms import KINDS, recognise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .record import Good, Image, Owner, Record

#: Larger files are none of ours.
LIMIT = 512 * 1024


class Saved(Struct, frozen=True, kw_only=True):
    """What a card may say. Every text is cleaned and cut; ``image`` is a file that lies beside the copy.

    ``published`` is a day or a moment as in ISO 8601; ``duration`` is for people (``12:48``); ``aspect`` is
    ``16:9`` or empty; ``hidden`` says that the creator does not want to see it.
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
    alt: str = ""
    sensitive: bool = False
    hidden: bool = False
    items: tuple[Saved, ...] = ()


def place(folder: Path, address: str) -> Path:
    """Return the file in which the copy of an address lies, whether it is there or not.

    ``folder`` is the site's ``saved/``. All spellings of an address have the same file: its name is a readable
    part of the address and the first eight digits of the SHA-256 of its key (`recognise`).
    """
    from hashlib import sha256

    known = recognise(address)
    digest = sha256(known.key.encode("utf-8", "replace")).hexdigest()[:8]
    readable = _readable(known.id or known.handle or known.key.partition("?")[0].rpartition("/")[2])
    return folder / (known.slug or "web") / (f"{readable}-{digest}.json" if readable else f"{digest}.json")


def read(folder: Path, address: str) -> tuple[Saved | None, list[Diagnostic]]:
    """Return the saved copy of an address, or None when there is none or it cannot be used; never raises."""
    path = place(folder, address)
    span = Span(f"{folder.name}/{path.parent.name}/{path.name}")
    try:
        data = _bytes(path)
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
        from .record import Good, Owner

        good, owner = found.good or Good(), found.owner or Owner()
        items = tuple(self._items(good))
        return self._saved(good, owner, address, recognise(address).kind, items), self.diagnostics

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

        image, alt = self._image(owner.image) if owner.image else self._image(good.image)
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
            alt=alt,
            sensitive=bool(good.sensitive),
            hidden=owner.hide,
            items=items,
        )

    def _image(self, image: str | Image | None) -> tuple[Path | None, str]:
        """Return the picture's file and text; only a real file beside the copy counts, no link to elsewhere."""
        from . import record

        if isinstance(image, str):
            image = record.Image(file=image)
        if image is None or not image.file:
            return None, ""
        name = record.file_name(image.file)
        path = self.folder / name
        if not name or path.is_symlink() or not path.is_file():
            shown = record.line(image.file, 60)
            why = (
                f"there is no picture '{shown}' beside it" if name else f"'{shown}' is not the plain name of a picture"
            )
            self.diagnostics.append(warning(f"the saved copy is shown without its picture: {why}", self.span))
            return None, ""
        return path, record.line(image.alt)


def _bytes(path: Path) -> bytes | None:
    """Return what the file holds, up to one byte more than the limit; None when there is no file."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(0, "it is no file")
        with path.open("rb") as file:
            return file.read(LIMIT + 1)
    except FileNotFoundError:
        return None


def _unusable(why: str, span: Span) -> Diagnostic:
    hint = "delete the file, or restore an older state of it; until then the card shows what the address says"
    return warning(f"this saved copy cannot be used: {why}", span, hint)


def _readable(text: str) -> str:
    words = "".join(letter if (letter.isascii() and letter.isalnum()) or letter == "_" else "-" for letter in text)
    return "-".join(part for part in words.split("-") if part)[:40].strip("-_")
