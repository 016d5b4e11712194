"""Tell whether an address on a page may have been made of what a creator wrote: builds rename, browsers spell anew."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from ..content.addresses import slug

#: What a build puts into the names of files: a hash, a width, and before them the name of a print.
_MADE = re.compile(r"\.[0-9a-f]{8}(?:-\d+)?$")
_PRINT = re.compile(r"-[a-z]+$")
_PICTURES = frozenset({"avif", "webp", "jpg", "jpeg", "png", "gif", "svg", "heic", "tif", "tiff", "bmp"})


def same(address: str, file: str, written: str) -> bool:
    """Tell whether an address on a page may have been made of what was written.

    ``file`` is the text of the site to which the address leads, empty when it leads elsewhere.
    """
    if _plain(address) == _plain(written) or "" != _digits(address) == _digits(written):
        return True
    if file and posixpath.basename(file) == posixpath.basename(unquote(written).partition("#")[0]):
        return True
    return not _files(address).isdisjoint(_files(written))


def _plain(address: str) -> str:
    plain = unquote(address).strip().removeprefix("mailto:")
    return plain.partition("?")[0].lower() if "://" not in plain and "@" in plain else plain.rstrip("/").lower()


def _files(address: str) -> frozenset[str]:
    """Return by which names an own file may be told, whatever the build made of it; none for other addresses."""
    path = unquote(address).partition("#")[0].partition("?")[0]
    if ":" in path or path.startswith("//"):
        return frozenset()
    stem, dot, ending = path.rpartition("/")[2].rpartition(".")
    kind = "picture" if ending.lower() in _PICTURES else ending.lower()
    plain = _MADE.sub("", stem)
    stems = {plain} if plain == stem else {plain, _PRINT.sub("", plain)}
    return frozenset(f"{slug(one)}.{kind}" for one in stems if dot and slug(one) and kind not in ("html", "md"))


def _digits(text: str) -> str:
    """Return the digits of a telephone number, however it is written; empty for everything else."""
    number = re.fullmatch(r"(?:tel:|sms:|https://wa\.me/)?\+?([\d\s()./-]{5,30})", unquote(text).strip())
    return "".join(filter(str.isdigit, number[1])) if number else ""
