"""Define the built site as a value: which files it has, what is in each, and the id that this gives.

Only here is decided what may be the name of a file; `output.write` puts a Snapshot on the disk.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from .diagnostics import Diagnostic, error

SEAL = "build.json"
GENERATOR = "linkhome"
_LONGEST = 255  # bytes of one name on every file system that matters
_UNSEEN = re.compile(r"[\\\x00-\x1f\x7f\ud800-\udfff]")


class Artifact(Struct, frozen=True, gc=False):
    """Hold one file of the site: bytes, or a source file to copy, or word that the old one still holds.

    Make one with `of`, `copy` or `keep`. ``sha256`` is always known, in hex.
    """

    sha256: str
    size: int
    data: bytes | None = None
    source: Path | None = None

    @classmethod
    def of(cls, data: bytes, sha256: str = "") -> Artifact:
        """Make a file out of bytes; pass the hash when it is known already."""
        return cls(sha256 or hashlib.sha256(data).hexdigest(), len(data), data)

    @classmethod
    def copy(cls, path: Path, sha256: str, size: int) -> Artifact:
        """Make a file that is copied from ``path`` in pieces, never held in memory as a whole."""
        return cls(sha256, size, None, path)

    @classmethod
    def keep(cls, sha256: str, size: int) -> Artifact:
        """Promise that the file is what already lies at this path in the old output."""
        return cls(sha256, size)

    @property
    def kept(self) -> bool:
        """Tell whether the content is only to be had from the old output."""
        return self.data is None and self.source is None


class Snapshot(Struct, frozen=True):
    """Hold a whole built site: posix paths relative to its folder, and what was found while building it."""

    files: Mapping[str, Artifact]
    diagnostics: tuple[Diagnostic, ...] = ()

    def build_id(self) -> str:
        """Return the site's identity: equal for equal files, whenever and wherever they were built."""
        return _build_id(self.files)


class Stamp(Struct, frozen=True, gc=False):
    """Remember a written file, so that an unchanged one need not be read again."""

    sha256: str
    size: int
    mtime_ns: int


def seal(files: Mapping[str, Artifact]) -> Artifact:
    """Make ``build.json`` for these files: who made the folder, the build id, how many files it counts.

    ``build.json`` itself is in neither. No clock and no version: the same site is the same bytes.
    """
    count = len(files) - (SEAL in files)
    text = f'{{"generator": "{GENERATOR}", "build": "{_build_id(files)}", "files": {count}}}\n'
    return Artifact.of(text.encode())


def folders_of(paths: Iterable[str]) -> list[str]:
    """Return every folder that the paths lie in, parents before children."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return sorted(found)


def name_faults(paths: Iterable[str]) -> list[Diagnostic]:
    """Return one diagnostic for every path that cannot be written the same on Linux, macOS and Windows."""
    files = set(paths)
    faults = [
        error(f"{path!r} cannot be a file of the site: {reason}") for path in sorted(files) if (reason := _unfit(path))
    ]
    folders = set(folders_of(files))
    faults += [
        error(f"'{path}' would be a file and a folder at once", hint="give one of them another name")
        for path in sorted(files & folders)
    ]
    first: dict[str, str] = {}
    clashing: set[str] = set()
    for path in sorted(files | folders):
        other = first.setdefault(_folded(path), path)
        if other == path:
            continue
        clashing.add(path)
        if path.rpartition("/")[0] not in clashing:  # said once, for the folder
            faults.append(
                error(
                    f"'{other}' and '{path}' are the same name on a Mac or on Windows",
                    hint="let them differ in more than capital letters or the way an accent is stored",
                )
            )
    return faults


def _build_id(files: Mapping[str, Artifact]) -> str:
    lines = "".join(f"{path}\0{files[path].sha256}\n" for path in sorted(files) if path != SEAL)
    return hashlib.sha256(lines.encode()).hexdigest()[:32]


def _unfit(path: str) -> str:
    if _UNSEEN.search(path):
        return "it holds a backslash or a character that cannot be seen"
    if path.startswith("/") or path[1:2] == ":":
        return "it does not start in the site's folder"
    parts = path.split("/")
    if ".." in parts or "." in parts or "" in parts:
        return "a part of it is empty, '.' or '..'"
    if len(path) > _LONGEST // 4 and any(len(part.encode()) > _LONGEST for part in parts):
        return f"a part of it is longer than {_LONGEST} bytes"
    return ""


def _folded(path: str) -> str:
    if path.isascii():
        return path.lower()
    import unicodedata  # only for names that need it

    # Folding may undo the normal form and the form may undo folding: once more settles it.
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
