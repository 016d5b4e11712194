"""Write the site into one file: a zip to unpack, or one page with everything in it. Both open without a network.

At its end the file says of which build it is, and the hash of all before that: so whether a copy is whole, and this
very site, is seen from the file alone, wherever it was carried in the meantime.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ..diagnostics import reason_of
from ..durable import discard, flush_folder, patiently, sweep
from .folder_swap import PLUG
from .nouns import Failed, Frozen, Live, Refused, Tell, There
from .single import write_page

#: The form of both kinds; another number makes all copies anew.
FORM = 1
_END = re.compile(rb"linkhome 1 (zip|html) ([0-9a-f]{1,64}) ([0-9a-f]{1,64}) (?P<hash>[0-9a-f]{64})(?: -->\n)?\Z")
_LONGEST_END = 300
_NO_HASH = "0" * 64
#: What does not get smaller.
_PACKED = {
    *("webp", "avif", "jpg", "jpeg", "png", "gif", "mp3", "m4a", "ogg", "opus", "mp4", "webm", "woff2", "woff"),
    *("pdf", "zip", "gz", "br"),
}
#: The oldest moment that a zip knows: the same site is the same file.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_PIECE = 1 << 20


class _Said(NamedTuple):
    kind: str
    build: str
    tree: str


class Export:
    """Be one file. ``kind`` is ``zip`` or ``html``."""

    def __init__(self, place: Path, kind: str) -> None:
        self._place, self._kind = place, kind
        self._made = ""

    def marks(self, frozen: Frozen) -> Mapping[str, str]:
        """Return the mark of the one file that there will be."""
        return {self._place.name: _mark(_Said(self._kind, frozen.build, frozen.tree))}

    def look(self) -> There:
        """Read the file that is there, to its end."""
        name = self._place.name
        try:
            if not self._place.parent.is_dir():
                return There(stop=f"the folder {self._place.parent} is not there", hint=PLUG)
            if not self._place.exists():
                return There(files={})
            said, whole = _read(self._place)
        except OSError as problem:
            raise Refused(f"cannot read {name}: {reason_of(problem)}", "is it there, and yours?") from None
        if said is None:
            why = f"the file {name} was not made by linkhome, so it is left as it is"
            return There(stop=why, hint="move it away, or write another 'path' for this place in linkhome.yaml")
        return There(said.build, "", {name: _mark(said) if whole else "damaged"})

    def fill(self, frozen: Frozen, tell: Tell) -> str:
        """Write the new file beside the old one."""
        folder = self._place.parent
        with self._failing():
            sweep(folder)
            self._made = f"{folder}/.linkhome-{os.urandom(6).hex()}.tmp"
            said = f"linkhome {FORM} {self._kind} {frozen.build} {frozen.tree} "
            with open(self._made, "x+b") as file:
                if self._kind == "zip":
                    _zip(file, self._place.stem, frozen, f"{said}{_NO_HASH}", tell)
                    end = len(_NO_HASH)
                else:
                    write_page(frozen, file.write, tell)
                    closing = " -->\n"
                    file.write(f"<!-- {said}{_NO_HASH}{closing}".encode())
                    end = len(_NO_HASH) + len(closing)
                _sign(file, end)
                file.flush()
                os.fsync(file.fileno())
        return frozen.tree

    def switch(self) -> str:
        """Let the new file take the place of the old one."""
        with self._failing():
            patiently(os.replace, self._made, str(self._place))
            self._made = ""
        try:
            flush_folder(str(self._place.parent))
        except OSError as problem:
            why = f"the new {self._place.name} is there, but the disk says: {reason_of(problem)}"
            raise Failed(why, "check the disk, then deploy again", Live.NEW) from None
        return ""

    def close(self) -> None:
        """Remove what was begun and not finished."""
        if self._made:
            discard(self._made)
            self._made = ""

    @contextlib.contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except OSError as problem:
            why = f"cannot write {self._place.name}: {reason_of(problem)}; the old one is untouched"
            raise Failed(why, "make room, or allow writing there, then deploy again") from None


def _mark(said: _Said) -> str:
    return f"{FORM} {said.kind} {said.build} {said.tree}"


def _read(path: Path) -> tuple[_Said | None, bool]:
    """Return what a file says of itself, and whether all of it is as it was written."""
    with open(path, "rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _LONGEST_END))
        tail = file.read()
        found = _END.search(tail)
        if not found:
            return None, False
        said = _Said(*(part.decode() for part in found.groups()[:3]))
        return said, _hash(file, size - len(tail) + found.start("hash")) == found["hash"].decode()


def _sign(file: BinaryIO, end: int) -> None:
    """Write the hash of all that comes before it to where it belongs: ``end`` bytes before the end."""
    at = file.seek(0, os.SEEK_END) - end
    found = _hash(file, at)
    file.seek(at)
    file.write(found.encode())


def _hash(file: BinaryIO, size: int) -> str:
    found = hashlib.sha256()
    file.seek(0)
    while size > 0 and (piece := file.read(min(size, _PIECE))):
        found.update(piece)
        size -= len(piece)
    return found.hexdigest()


def _zip(file: BinaryIO, folder: str, frozen: Frozen, comment: str, tell: Tell) -> None:
    """Write all files into one folder of a zip: its pages find each other from a disk as they are."""
    done = 0
    with zipfile.ZipFile(file, "w", allowZip64=True) as made:
        made.comment = comment.encode()
        for path, one in sorted(frozen.files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{path}", _MOMENT)
            packed = path.rpartition(".")[2].lower() in _PACKED
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            entry.file_size = one.size
            found = hashlib.sha256()
            with frozen.open(path) as source, made.open(entry, "w") as target:
                while piece := source.read(_PIECE):
                    found.update(piece)
                    target.write(piece)
            if found.hexdigest() != one.sha256:
                raise Failed(f"'{path}' was changed while it was copied", "build and deploy again")
            done += one.size
            tell(done, frozen.size, path)
