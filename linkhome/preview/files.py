"""Find the file that an address means, and the piece of it that is wanted.

A site is a mapping of names to files. An address is looked up in it, so there is no path of a file system that a
crooked address could lead out of. Only large files lie on the disk; where such a file really is, is seen again when
it is opened.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from typing import BinaryIO
from urllib.parse import quote, unquote, unquote_to_bytes

from ..project import Project
from ..snapshot import Artifact
from .guard import Moved
from .request import Refused

INDEX, MISSING = "index.html", "404.html"
HTML = "text/html; charset=utf-8"
_UNKNOWN = "application/octet-stream"
#: What an address may not hold once it is decoded: it is in no name that a site can have.
_CROOKED = re.compile(r"[\x00-\x1f\x7f\\]")
_ESCAPES = re.compile(r"%(?![0-9A-Fa-f]{2})|%2[Ff]|%5[Cc]|%00")
_RANGE = re.compile(r"bytes[ \t]*=[ \t]*([0-9]{0,18})[ \t]*-[ \t]*([0-9]{0,18})[ \t]*", re.IGNORECASE)
#: A pipe would be waited for, and the last step must not be a link that was put there just now.
_READING = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))

_TEXTS = {
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "application/xhtml+xml",
    "css": "text/css",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "json": "application/json",
    "map": "application/json",
    "webmanifest": "application/manifest+json",
    "xml": "application/xml",
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
    "ics": "text/calendar",
    "vcf": "text/vcard",
    "vtt": "text/vtt",
    "asc": "text/plain",
}
_BYTES = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "apng": "image/apng",
    "gif": "image/gif",
    "ico": "image/x-icon",
    "heic": "image/heic",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "woff2": "font/woff2",
    "woff": "font/woff",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "zip": "application/zip",
    "gz": "application/gzip",
    "wasm": "application/wasm",
}
_KINDS = _BYTES | {ending: f"{kind}; charset=utf-8" for ending, kind in _TEXTS.items()}
#: Files for the host, who knows them by their names: they can be read here.
_NAMES = {"_headers": "txt", "_redirects": "txt", "CNAME": "txt"}


def kind_of(name: str) -> str:
    """Return the media type of a file by its name; texts are UTF-8."""
    last = name.rpartition("/")[2]
    ending = _NAMES.get(last) or last.rpartition(".")[2].lower()
    return _KINDS.get(ending, _UNKNOWN)


def decoded(path: str) -> str:
    """Return an address's path as it is meant, decoded once.

    Raises:
        Refused: it climbs, hides a slash, or holds what no name of a site holds.
    """
    if _ESCAPES.search(path):
        raise Refused(400, "The address holds what no address of a site holds.")
    try:
        plain = unquote_to_bytes(path).decode()
    except UnicodeDecodeError:
        raise Refused(400, "The address is not UTF-8.") from None
    parts = plain.split("/")
    if _CROOKED.search(plain) or "" in parts[1:-1] or "." in parts or ".." in parts:
        raise Refused(400, "The address holds what no address of a site holds.")
    return plain


def find(files: Mapping[str, Artifact], base: str, path: str) -> str | Moved | None:
    """Return the name of the file that a decoded path means, where to go instead, or None when there is nothing.

    ``base`` is the path below which the site stands, with a slash at both ends, as the creator wrote it.
    """
    base = unquote(base)
    if not path.startswith(base):
        return Moved(quote(base), 302 if path == "/" else 301) if path in ("/", base[:-1]) else None
    name = path[len(base) :]
    if name == "" or name.endswith("/"):
        return f"{name}{INDEX}" if f"{name}{INDEX}" in files else None
    if name in files:
        return name
    return Moved(f"{quote(path)}/", 301) if f"{name}/{INDEX}" in files else None


def page_of(base: str, path: str) -> str:
    """Return the name that a page at this path would have."""
    name = path.removeprefix(unquote(base)).lstrip("/")
    if name == "" or name.endswith("/"):
        return name + INDEX
    return name if "." in name.rpartition("/")[2] else f"{name}/{INDEX}"


def piece(wish: str, size: int) -> range | None:
    """Return which bytes of a file a ``Range`` header asks for, or None when it gets the whole file.

    Several ranges at once are not served, nor is what cannot be understood: the whole file answers both.

    Raises:
        Refused: the file has no such bytes.
    """
    found = _RANGE.fullmatch(wish)
    if not found or not (found[1] or found[2]):
        return None
    if not found[1]:
        first, last = max(0, size - int(found[2])), size - 1
    else:
        first, last = int(found[1]), min(int(found[2]) if found[2] else size - 1, size - 1)
        if found[2] and int(found[2]) < int(found[1]):
            return None
    if first >= size or last < first:
        raise Refused(416, "The file has no such piece.", {"Content-Range": f"bytes */{size}"})
    return range(first, last + 1)


def open_source(artifact: Artifact, project: Project) -> tuple[BinaryIO, int] | None:
    """Open the file that an artifact is copied from, and return it with its size; None when it is not to be had.

    What the creator keeps in the site's folder may be a symbolic link, but none that leads out of it or into what is
    private: the build saw to that, and the file may have become another one since.
    """
    source = artifact.source
    if source is None:
        return None
    try:
        real = os.path.realpath(source, strict=True)
        if source.is_relative_to(project.root) and not _is_ours(real, project):
            return None
        file = open(os.open(real, _READING), "rb")  # noqa: SIM115 (whoever sends it closes it)
    except (OSError, ValueError):
        return None
    seen = os.fstat(file.fileno())
    if stat.S_ISREG(seen.st_mode):
        return file, seen.st_size
    file.close()
    return None


def _is_ours(real: str, project: Project) -> bool:
    home = os.path.realpath(project.root).rstrip(os.sep) + os.sep
    return real.startswith(home) and not project.is_private(real)
