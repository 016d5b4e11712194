"""Keep the bytes of builds that were sent, each content once: what is sent is read from here, and so is a way back.

A file gets in by a copy, never by a link: nobody can change it in the built folder afterwards. All of it lies in
``.cache/deploy/`` and may be deleted; then there is no way back, and nothing else is lost.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from .. import durable
from ..diagnostics import reason_of
from .nouns import File, Frozen, Refused

#: How many builds of each place are kept.
KEPT = 10
_CHUNK = 1 << 20
_AGAIN = "nothing was sent; deploy again"
_FULL = (errno.ENOSPC, errno.EDQUOT)


class _List(Struct, frozen=True):
    """Be what a build is written down as: its id, and the hash and size of every file."""

    build: str
    files: dict[str, tuple[str, int]]


class Archive:
    """Hold the folder ``.cache/deploy/``. Only for the one who has the lock of the deploy."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._objects = folder / "objects"
        self._trees = folder / "trees"

    def state(self, name: str) -> Path:
        """Return the folder in which the target of the place ``name`` may keep what it wants."""
        return self.folder / "state" / name

    def put(self, data: bytes) -> tuple[File, Path]:
        """Take in a small file that was made here.

        Raises:
            Refused: the disk does not take it.
        """
        digest = hashlib.sha256(data).hexdigest()
        place = self._place(digest)
        try:
            if not place.exists() or place.read_bytes() != data:
                place.parent.mkdir(parents=True, exist_ok=True)
                durable.write_file(place, data)
        except OSError as problem:
            raise _closed(problem) from None
        return File(digest, len(data)), place

    def take(self, frozen: Frozen) -> Frozen:
        """Copy every file in, unless it is here already, and return the build as it lies here.

        Each file is read to its end and has to be what its hash says: what is sent is what was planned.

        Raises:
            Refused: a file was changed meanwhile, or the disk does not take it.
        """
        places: dict[str, Path] = {}
        seen: set[str] = set()
        try:
            for path, file in frozen.files.items():
                places[path] = place = self._place(file.sha256)
                if file.sha256 not in seen and not _sound(place, file):
                    place.parent.mkdir(parents=True, exist_ok=True)
                    if not _copy(frozen.places[path], place, file):
                        why = f"'{path}' was changed while it was being read"
                        raise Refused(why, _AGAIN)
                seen.add(file.sha256)
            self._write_down(frozen)
        except OSError as problem:
            raise _closed(problem) from None
        return msgspec.structs.replace(frozen, places=places)

    def recall(self, tree: str) -> Frozen | None:
        """Return a build that was taken in before, every byte as it was then; None if it is not here as a whole."""
        if (kept := self.listed(tree)) is None:
            return None
        places = {path: self._place(file.sha256) for path, file in kept.items()}
        sound: set[str] = set()
        for path, file in kept.items():
            if file.sha256 not in sound and not _sound(places[path], file):
                return None
            sound.add(file.sha256)
        written = self._read(tree)
        return Frozen(written.build, tree, kept, places) if written else None

    def listed(self, tree: str) -> Mapping[str, File] | None:
        """Return which files a build had, whether they are still here or not; None if that is not known."""
        kept = self._read(tree)
        return {path: File(*file) for path, file in kept.files.items()} if kept else None

    def prune(self, trees: Collection[str]) -> None:
        """Remove every build but these, and every file that none of them has. What cannot be removed stays."""
        wanted = {file.sha256 for tree in trees for file in (self.listed(tree) or {}).values()}
        for kept in _files(self._trees):
            if kept.stem not in trees:
                durable.discard(str(kept))
        for folder in _folders(self._objects):
            for kept in _files(folder):
                if kept.name not in wanted:
                    durable.discard(str(kept))

    def _place(self, digest: str) -> Path:
        return self._objects / digest[:2] / digest

    def _read(self, tree: str) -> _List | None:
        try:
            return msgspec.json.decode((self._trees / f"{tree}.json").read_bytes(), type=_List)
        except (OSError, msgspec.DecodeError):
            return None

    def _write_down(self, frozen: Frozen) -> None:
        self._trees.mkdir(parents=True, exist_ok=True)
        files = {path: (file.sha256, file.size) for path, file in frozen.files.items()}
        durable.write_file(self._trees / f"{frozen.tree}.json", msgspec.json.encode(_List(frozen.build, files)))


def _sound(place: Path, file: File) -> bool:
    """Tell whether a file is here, and all of it."""
    try:
        if place.stat().st_size != file.size:
            return False
        with place.open("rb") as kept:
            return hashlib.file_digest(kept, "sha256").hexdigest() == file.sha256
    except OSError:
        return False


def _copy(source: Path, place: Path, file: File) -> bool:
    """Copy a file in pieces; tell whether it was what it should be, and leave nothing if it was not."""
    draft = f"{place.parent}/.linkhome-{os.urandom(6).hex()}.tmp"
    found = hashlib.sha256()
    try:
        with open(source, "rb") as read, open(draft, "xb", buffering=0) as written:
            while chunk := read.read(_CHUNK):
                found.update(chunk)
                durable.write_all(written.fileno(), chunk)
        if found.hexdigest() != file.sha256:
            return False
        durable.patiently(os.replace, draft, str(place))
    except FileNotFoundError:
        return False
    finally:
        if os.path.lexists(draft):
            durable.discard(draft)
    return True


def _files(folder: Path) -> list[Path]:
    with contextlib.suppress(OSError):
        return [path for path in folder.iterdir() if path.is_file()]
    return []


def _folders(folder: Path) -> list[Path]:
    with contextlib.suppress(OSError):
        return [path for path in folder.iterdir() if path.is_dir()]
    return []


def _closed(problem: OSError) -> Refused:
    hint = "free some space, then deploy again" if problem.errno in _FULL else "allow writing there, then deploy again"
    return Refused(f"nothing can be written to .cache/deploy/: {reason_of(problem)}", hint)
