"""Read the creator's files, and remember what was read: the same inputs need no second build.

Every file that a build looks at goes through `Inputs`, also one that is missing, and every folder that it
lists. A file whose time and size are as the last build saw them is not read again to know its hash.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from .diagnostics import LinkhomeError, error

#: A file changed this short before it was read may change again without a new time stamp (FAT counts in 2 s).
RACY_NS = 2_000_000_000
READ_MAX = 40_000_000
#: Names with a dot that are made to be published; every other one is hidden: nobody meant it for visitors.
OPEN = frozenset({".htaccess", ".well-known"})


class Stamp(NamedTuple):
    """Say how a file looked: time, size, hash; ``racy`` when time and size alone prove nothing."""

    mtime_ns: int
    size: int
    sha256: str
    racy: bool


#: Stands for a file that is there and cannot be read: no content is like it.
UNREADABLE = Stamp(0, -1, "", True)


class Inputs:
    """Collect the files and folders of one build. Paths are absolute, or relative to the site's folder."""

    __slots__ = ("files", "folders", "known", "root")

    def __init__(self, root: Path, known: Mapping[str, Stamp] | None = None) -> None:
        self.root = str(root)
        self.known = known or {}
        self.files: dict[str, Stamp | None] = {}
        self.folders: dict[str, str | None] = {}

    def name(self, path: str | os.PathLike[str]) -> str:
        """Return the path as it is remembered: from the site's folder when it lies there."""
        text = os.fspath(path)
        prefix = self.root + os.sep
        return text[len(prefix) :].replace(os.sep, "/") if text.startswith(prefix) else text

    def read(self, path: str | os.PathLike[str]) -> bytes | None:
        """Return a file's bytes, or None when there is no such file (which is remembered, too)."""
        name = self.name(path)
        try:
            if not stat.S_ISREG(os.stat(path).st_mode):  # a pipe would be waited for
                raise FileNotFoundError
            with open(path, "rb") as file:
                before = os.fstat(file.fileno())
                data = file.read(READ_MAX + 1)
        except OSError as problem:
            self.files[name] = UNREADABLE  # so that it is known what a build that fails here was waiting for
            _absent(problem)
            self.files[name] = None
            return None
        self.files[name] = _stamp(before, hashlib.sha256(data).hexdigest())
        return data

    def sha256(self, path: str | os.PathLike[str]) -> str | None:
        """Return a file's hash, or None when there is no such file; large files pass through in pieces."""
        name = self.name(path)
        if name in self.files:
            seen = self.files[name]
            return seen.sha256 if seen else None
        try:
            seen_now = os.stat(path)
            known = self.known.get(name)
            if not stat.S_ISREG(seen_now.st_mode):
                self.files[name] = None
            elif known and not known.racy and (known.mtime_ns, known.size) == (seen_now.st_mtime_ns, seen_now.st_size):
                self.files[name] = known
            else:
                with open(path, "rb") as file:
                    seen_now = os.fstat(file.fileno())
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
                self.files[name] = _stamp(seen_now, digest)
        except OSError as problem:
            self.files[name] = UNREADABLE
            _absent(problem)
            self.files[name] = None
        seen = self.files[name]
        return seen.sha256 if seen else None

    def listing(self, folder: str | os.PathLike[str]) -> list[os.DirEntry[str]]:
        """Return a folder's entries by name, without hidden ones; an absent folder is empty."""
        name = self.name(folder)
        self.folders[name] = ""  # until it could be read
        try:
            with os.scandir(folder) as found:
                entries = sorted((e for e in found if not hidden(e.name)), key=lambda e: e.name)
        except (FileNotFoundError, NotADirectoryError):
            self.folders[name] = None
            return []
        for entry in entries:
            if not entry.name.isascii() and any("\ud800" <= c <= "\udfff" for c in entry.name):
                hint = "give it a new name"
                raise LinkhomeError(error(f"the name of {entry.name!a} in {name}/ is not UTF-8 text", hint=hint))
        self.folders[name] = names_digest([e.name for e in entries])
        return entries


def hidden(name: str) -> bool:
    """Tell whether a file or folder of this name (without its folder) is left alone."""
    return name.startswith(".") and name not in OPEN


def names_digest(names: list[str]) -> str:
    """Return a hash of sorted names."""
    joined = "\0".join(names).encode("utf-8", "surrogateescape")
    return hashlib.blake2b(joined, digest_size=12).hexdigest()


def _stamp(seen: os.stat_result, digest: str) -> Stamp:
    return Stamp(seen.st_mtime_ns, seen.st_size, digest, time.time_ns() - seen.st_mtime_ns < RACY_NS)


def _absent(problem: OSError) -> None:
    """Let pass what means that there is no such file; anything else (no permission, a broken disk) is trouble."""
    if problem.errno not in (None, errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENAMETOOLONG):
        raise problem
