"""Say what a prepared picture is, and how its files are called."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

_SUFFIXES = {
    "image/avif": "avif",
    "image/webp": "webp",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/svg+xml": "svg",
}


class Variant(Struct, frozen=True):
    """One file of a picture: ``file`` is the creator's own file that it equals, else ask `Pictures.load`."""

    width: int
    height: int
    type: str
    size: int
    sha256: str
    file: str = ""

    @property
    def suffix(self) -> str:
        """Return the ending of a file name for this type, without the dot."""
        return _SUFFIXES[self.type]


class Measures(Struct, frozen=True):
    """What a picture looks like, in numbers, for those who put something on it or before it.

    ``colour`` is the average (empty when it is see-through), ``tone`` the mean relative luminance from 0 to 1
    (-1 when it is not known), ``tones`` the same of the top, middle and bottom third. ``stands`` says which text can
    be read on it, "light" or "dark". ``focus`` is the point that must stay visible, empty for the middle.
    """

    colour: str = ""
    tone: float = -1.0
    tones: tuple[float, float, float] = (-1.0, -1.0, -1.0)
    stands: str = ""
    focus: str = ""


class Prepared(Struct, frozen=True):
    """A picture ready for the page: its upright size and its files, each type's narrowest first.

    ``mark`` stands in the names of all files and changes with the picture and with how it is made. ``fallback`` is
    one of ``variants``, of which vectors, animations and small pictures have only one. ``note`` is a sentence that the
    creator should read.
    """

    width: int
    height: int
    mark: str
    fallback: Variant
    variants: tuple[Variant, ...]
    measures: Measures = Measures()
    animated: bool = False
    vector: bool = False
    note: str = ""


def file_name(name: str, mark: str, suffix: str, width: int = 0) -> str:
    """Return where a file is published: ``media/lina.jpg`` becomes ``media/lina.3f2a9c1e-720.webp``.

    The names of one picture differ only in their ends, so that a page which lists them compresses well.
    """
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    plain = unicodedata.normalize("NFKD", stem[0] or stem[2]).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "picture"
    return f"media/{slug}.{mark}{f'-{width}' if width else ''}.{suffix}"
