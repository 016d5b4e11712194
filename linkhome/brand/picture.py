"""Say what a prepared picture is, and how its files are called."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

_SUFFIXES = {
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


class Prepared(Struct, frozen=True):
    """A picture ready for the page: its upright size and its files, the narrowest first.

    ``fallback`` is one of ``variants``, of which vectors, animations and small pictures have only one. ``colour``
    is the average, for the time before the picture is there; empty for a vector, for what is see-through, and for
    what is too small to be waited for.
    """

    width: int
    height: int
    fallback: Variant
    variants: tuple[Variant, ...]
    colour: str = ""
    animated: bool = False
    vector: bool = False


def file_name(name: str, width: int, sha256: str, suffix: str = "webp") -> str:
    """Return where a variant is published: ``media/lina.jpg`` becomes ``media/lina-640.3f2a9c1e.webp``."""
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    plain = unicodedata.normalize("NFKD", stem[0] or stem[2]).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "picture"
    return f"media/{slug}-{width}.{sha256[:8]}.{suffix}"
