"""Turn the bytes of a saved copy into clean values, or say in a sentence why that cannot be done.

Everything in a copy is taken for hostile: types are checked, texts lose control characters and are cut,
addresses must be web addresses, file names must be plain.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec
from msgspec import Raw, Struct, field

#: How much of each text a card may take, in characters.
LINE, NAME, TEXT, ADDRESS = 300, 120, 5000, 2048
MOST_ITEMS = 50
PICTURES = (".webp", ".jpg", ".jpeg", ".png", ".gif", ".avif")

# Control characters but tab and line feed, what turns the direction of writing, and halves of characters.
_DROPPED = [(0, 8), (11, 31), (0x7F, 0x9F), (0x202A, 0x202E), (0x2066, 0x2069), (0xFEFF, 0xFEFF), (0xD800, 0xDFFF)]


class DamagedError(Exception):
    """Say in a sentence for the creator what is wrong with a copy."""


class NewerError(DamagedError):
    """Say that a copy is not damaged but of a later format: whoever writes leaves it alone."""


class Size(Struct, frozen=True):
    """One width of a picture: a file beside the copy, always WebP."""

    file: str | None = None
    width: int | None = None


class Image(Struct, frozen=True):
    """A picture beside the copy; one that a creator put there has only ``file`` and ``alt``.

    ``file`` is the widest of ``sizes``, ``width`` and ``height`` are its own; ``fallback`` is a JPEG for browsers
    that know no WebP; ``placeholder`` is the average colour (``#rrggbb``); ``sha256`` is that of the bytes that
    the platform sent, of which nothing else is kept.
    """

    file: str | None = None
    alt: str | None = None
    width: int | None = None
    height: int | None = None
    sizes: list[Size] = field(default_factory=list)
    fallback: str | None = None
    placeholder: str | None = None
    sha256: str | None = None


class Owner(Struct, frozen=True):
    """What the creator says instead of the platform."""

    title: str | None = None
    text: str | None = None
    author: str | None = None
    image: str | Image | None = None
    hide: bool = False


class Good(Struct, frozen=True):
    """What the platform last said that was worth keeping.

    ``url`` is what it calls itself, ``kind`` one of `platforms.KINDS`; ``published`` and ``starts`` are days or moments
    of ISO 8601; ``duration`` is in seconds; ``frame`` is the address of a player that was seen in the answer (checked
    before it is used), ``audio`` that of a podcast's file. ``fetched`` is the day on which anything here last changed.
    """

    title: str | None = None
    author: str | None = None
    author_url: str | None = None
    text: str | None = None
    published: str | None = None
    duration: float | None = None
    aspect: str | None = None
    image: Image | None = None
    sensitive: bool | None = None
    items: list[Raw] = field(default_factory=list)
    url: str | None = None
    kind: str | None = None
    frame: str | None = None
    audio: str | None = None
    license: str | None = None
    price: str | None = None
    place: str | None = None
    starts: str | None = None
    source: str | None = None
    fetched: str | None = None


class Item(Good, frozen=True):
    """One of the newest of a channel."""

    owner: Owner = Owner()


class Record(Struct, frozen=True):
    """One file.

    ``url`` is the address as the creator wrote it, ``resolved_url`` where a short link led; ``platform`` and ``id``
    are for people who read the file; ``facts`` is what had to be asked once (the id of a channel behind its handle).
    """

    schema: int = 1
    url: str | None = None
    resolved_url: str | None = None
    platform: str | None = None
    id: str | None = None
    facts: dict[str, str] = field(default_factory=dict)
    good: Good | None = None
    owner: Owner | None = None


_T = TypeVar("_T")
#: Made while this module is imported, by one thread: msgspec builds tables at the first use of a shape, and two threads
#: that do so at the same moment end the whole process.
_DECODERS: dict[type, msgspec.json.Decoder[Any]] = {shape: msgspec.json.Decoder(shape) for shape in (Record, Item)}


def parse(data: bytes) -> Record:
    """Return the record that the bytes hold.

    Raises:
        DamagedError: they do not hold one.
    """
    record = _decode(data.removeprefix(b"\xef\xbb\xbf"), Record)
    if record.schema != 1:
        raise NewerError("it was written by a newer linkhome")
    if record.good is None and record.owner is None:
        raise DamagedError("it has neither 'good' nor 'owner'")
    return record


def parse_item(raw: Raw) -> Item:
    """Return one entry of a channel.

    Raises:
        DamagedError: it is none.
    """
    return _decode(bytes(raw), Item)


def _decode(data: bytes, shape: type[_T]) -> _T:
    try:
        decoded: _T = _DECODERS[shape].decode(data)
        return decoded
    except msgspec.ValidationError as problem:
        where = str(problem).partition("`$.")[2].rstrip("`")
        raise DamagedError(f"the value of '{where}' is of the wrong kind" if where else "it is not a record") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise DamagedError("it is not valid JSON") from None


def line(text: str | None, limit: int = LINE) -> str:
    """Return a text as one clean line, cut between words."""
    return _cut(" ".join(_clean(text).split()), limit)


def paragraphs(text: str | None, limit: int = TEXT) -> str:
    """Return a text as clean lines with at most one empty line between them, cut between words."""
    lines: list[str] = []
    for one in _clean(text).splitlines():
        plain = " ".join(one.split())
        if plain or (lines and lines[-1]):
            lines.append(plain)
    return _cut("\n".join(lines).strip(), limit)


def web_address(text: str | None) -> str:
    """Return a web address, or nothing when the text is not a plain one."""
    address = text or ""
    scheme, mark, rest = address.partition("://")
    host = rest.partition("/")[0]
    if not mark or scheme.lower() not in ("http", "https") or not host or "@" in host or len(address) > ADDRESS:
        return ""
    if "\\" in address or any(letter <= " " for letter in address) or _clean(address) != address:
        return ""
    return address


def file_name(text: str | None) -> str:
    """Return the name of a picture, or nothing when it is no plain name of one."""
    name = text or ""
    plain = all(letter.isalnum() or letter in "-_." for letter in name)
    return name if plain and name.lower().endswith(PICTURES) and name[0] != "." and len(name) <= 200 else ""


def moment(text: str | None) -> str:
    """Return a day or a moment of ISO 8601, or nothing."""
    from datetime import datetime

    written = line(text, 40)
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return ""
    return written if written[4:5] == "-" else ""


def length(seconds: float | None) -> str:
    """Return a duration as people write it: ``12:48``, ``1:02:03``; nothing for what cannot be one."""
    if seconds is None or not 1 <= seconds < 360_000:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def ratio(text: str | None) -> str:
    """Return ``16:9`` and the like, or nothing."""
    width, _, height = (text or "").partition(":")
    known = all(side.isascii() and side.isdigit() and len(side) <= 4 and int(side) for side in (width, height))
    return f"{width}:{height}" if known else ""


def one_of(text: str | None, known: Iterable[str]) -> str:
    """Return the word if it is a known one, or nothing."""
    return text if text and text in known else ""


def _clean(text: str | None) -> str:
    if not text or (text.isascii() and text.isprintable()):
        return text or ""
    return "".join(letter for letter in text if not any(low <= ord(letter) <= high for low, high in _DROPPED))


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = len(cut) if text[limit - 1].isspace() else cut.rfind(" ")
    return (cut[:space] if space > limit // 2 else cut).rstrip(" ,;:.-–\n") + "…"
