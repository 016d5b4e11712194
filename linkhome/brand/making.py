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
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..diagnostics import Diagnostic, LinkhomeError
from .kinds import kind_of, refused
from .picture import Prepared, Variant
from .prints import Print

MEGABYTES = 40
#: An animation of more than this is worth a word.
HEAVY = 1_000_000
_FILM = "save it as MP4 and use the block 'video': a tenth of the size, and it only moves when asked to"
_LOOK = "look whether it still shows what you meant; to be sure, save it as a plain SVG"

#: Stands in ``Prepared.note`` for the picture's name: a note is remembered with its content, which may be renamed.
NAME = "\0"
#: Stands in ``Variant.file`` until the path is known: the same picture may lie in two places.
OWN = "."


class Request(NamedTuple):
    """Ask for a picture, by the name that its errors shall speak of, or for a print of it.

    ``fine`` says that visitors wait for it: its files may take longer, and its pixels are always measured.
    """

    source: Path
    name: str
    print: Print | None = None
    fine: bool = False


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


def quick(data: bytes, digest: str, name: str) -> Made | None:
    """Return what needs no Pillow: a vector, and a small PNG that is published as it is; None for all others."""
    kind = kind_of(data, name)
    if kind == "svg":
        from .vector import clean

        width, height, written, removed = clean(data, name)
        file = Variant(width, height, "image/svg+xml", len(written), sha256(written))
        note = ""
        if removed:
            note = f"{NAME} did more than draw, and is published without {', '.join(removed)}\n{_LOOK}"
        prepared = Prepared(width, height, file.sha256[:8], file, (file,), vector=True, note=note)
        return Made(digest, prepared, {file.sha256: written})
    if kind == "png":
        from .headers import small_png

        if not (found := small_png(data)):
            return None
        own = Variant(*found, "image/png", len(data), digest, OWN)
        return Made(digest, Prepared(*found, digest[:8], own, (own,)), {})
    return None


def mark(digest: str, recipe: str, request: Request) -> str:
    """Return what stands for a picture and for how it is made."""
    print_ = request.print.mark if request.print else ""
    return sha256(f"{digest} {recipe} {request.fine} {print_}".encode())


def make(request: Request, recipe: str) -> Made:
    """Return the picture with all of its new files; raise `LinkhomeError` with one diagnostic."""
    source, name, print_, fine = request
    data = read(source, name)
    digest = sha256(data)
    kind = kind_of(data, name)
    if kind == "svg" or not (print_ or fine):
        if print_:
            raise refused(f"{name} is a vector, of which there are no prints")
        if made_at_once := quick(data, digest, name):
            return made_at_once
    from . import variants

    made = variants.make(data, kind, name, print_, fine=fine)
    files: dict[str, bytes] = {}
    found = []
    for part in made.parts:
        if part.data is None:
            found.append(Variant(part.width, part.height, part.type, len(data), digest, OWN))
        else:
            own = sha256(part.data)
            files[own] = part.data
            found.append(Variant(part.width, part.height, part.type, len(part.data), own))
    weight = found[0].size
    note = ""
    if made.animated and weight > HEAVY:
        note = f"{NAME} moves and weighs {weight / 1_000_000:.1f} MB, all of which every visitor loads\n{_FILM}"
    short = mark(digest, recipe, request)[:8]
    prepared = Prepared(
        made.width, made.height, short, found[-1], tuple(found), made.measures, made.animated, note=note
    )
    return Made(digest, prepared, files)


def make_all(requests: Sequence[Request], recipe: str) -> Iterator[Made | Diagnostic]:
    """Yield what became of each request, in order, working on all cores."""
    if not requests:
        return
    from . import variants  # noqa: F401  # imported before the threads start, once, where Ctrl-C is heard

    with warnings.catch_warnings():
        # Pillow warns about strange metadata, which nobody needs to hear; sizes are checked by ourselves.
        warnings.simplefilter("ignore")
        workers = min(len(requests), os.cpu_count() or 1)
        if workers == 1:
            yield from map(partial(_attempt, recipe), requests)
            return
        from concurrent.futures import ThreadPoolExecutor

        pool = ThreadPoolExecutor(workers)
        try:
            yield from pool.map(partial(_attempt, recipe), requests)
        finally:
            pool.shutdown(cancel_futures=True)


def _attempt(recipe: str, request: Request) -> Made | Diagnostic:
    try:
        return make(request, recipe)
    except LinkhomeError as problem:
        return problem.diagnostics[0]
