"""Make one picture, or many at once, from the creator's files; nothing here remembers anything.

Vectors and small PNGs are settled by reading their headers. Only for the others is `variants`, and with it
Pillow, imported.
"""

from __future__ import annotations

import hashlib
import os
import stat
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ..diagnostics import Diagnostic, LinkhomeError
from .kinds import kind_of, refused
from .picture import Prepared, Variant

MEGABYTES = 40
FALLBACK_WIDTH = 1280

#: Stands in ``Variant.file`` until the path is known: the same picture may lie in two places.
OWN = "."

Request = tuple[Path, str]


class Made(NamedTuple):
    """A picture, the hash of the file that it was made from, and the new files by their hash."""

    digest: str
    prepared: Prepared
    files: dict[str, bytes]


def sha256(data: bytes) -> str:
    """Return the hash that names contents everywhere in this room."""
    return hashlib.sha256(data).hexdigest()


def read(source: Path, name: str) -> bytes:
    """Return the file's bytes, or refuse what is missing, no file, unreadable or too large."""
    limit = MEGABYTES * 1_000_000
    try:
        found = source.stat()
        if not stat.S_ISREG(found.st_mode):  # a named pipe would keep us waiting
            what = "is a folder" if stat.S_ISDIR(found.st_mode) else "is not a file"
            raise refused(f"{name} {what}", "name a picture file")
        if found.st_size > limit:
            raise refused(f"{name} is larger than {MEGABYTES} MB", "export it smaller: 4000 pixels wide are plenty")
        return source.read_bytes()
    except FileNotFoundError:
        raise refused(f"{name} does not exist", "check the spelling, or put the picture there") from None
    except (OSError, ValueError):  # ValueError: a name that no system can have
        raise refused(f"{name} cannot be opened", "name a picture file that you may read") from None


def quick(data: bytes, digest: str, name: str) -> Prepared | None:
    """Return what a header tells already: a vector or a small PNG, published as it is; None for all others."""
    kind = kind_of(data, name)
    if kind == "svg":
        from .vector import size

        width, height = size(data, name)
        own = Variant(width, height, "image/svg+xml", len(data), digest, OWN)
        return Prepared(width, height, own, (own,), vector=True)
    if kind == "png":
        from .headers import small_png

        if not (found := small_png(data)):
            return None
        own = Variant(*found, "image/png", len(data), digest, OWN)
        return Prepared(*found, own, (own,))
    return None


def make(source: Path, name: str) -> Made:
    """Return the picture with all of its new files; raise `LinkhomeError` with one diagnostic."""
    data = read(source, name)
    digest = sha256(data)
    if prepared := quick(data, digest, name):
        return Made(digest, prepared, {})
    from . import variants

    made = variants.make(data, kind_of(data, name), name)
    files: dict[str, bytes] = {}
    found = []
    for part in made.parts:
        if part.data is None:
            found.append(Variant(part.width, part.height, part.type, len(data), digest, OWN))
        else:
            own = sha256(part.data)
            files[own] = part.data
            found.append(Variant(part.width, part.height, part.type, len(part.data), own))
    fallback = [variant for variant in found if variant.width <= FALLBACK_WIDTH] or found
    prepared = Prepared(made.width, made.height, fallback[-1], tuple(found), made.colour, made.animated)
    return Made(digest, prepared, files)


def make_all(requests: Sequence[Request]) -> Iterator[Made | Diagnostic]:
    """Yield what became of each request, in order, working on all cores."""
    if not requests:
        return
    from . import variants  # noqa: F401  # imported before the threads start, once, where Ctrl-C is heard

    with warnings.catch_warnings():
        # Pillow warns about strange metadata, which nobody needs to hear; sizes are checked by ourselves.
        warnings.simplefilter("ignore")
        workers = min(len(requests), os.cpu_count() or 1)
        if workers == 1:
            yield from map(_attempt, requests)
            return
        from concurrent.futures import ThreadPoolExecutor

        pool = ThreadPoolExecutor(workers)
        try:
            yield from pool.map(_attempt, requests)
        finally:
            pool.shutdown(cancel_futures=True)


def _attempt(request: Request) -> Made | Diagnostic:
    try:
        return make(*request)
    except LinkhomeError as problem:
        return problem.diagnostics[0]
