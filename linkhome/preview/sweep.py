"""Look at files and folders as the build does: by what is in them, and by time and size only where that is proof."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import time
from collections.abc import Iterable
from stat import S_ISREG

from ..inputs import RACY_NS, READ_MAX, Stamp, hidden, names_digest
from .passing import passing

#: Stands for a file that is there and cannot be read.
UNREADABLE = Stamp(0, -1, "", True)
#: Stands for a folder that is there and cannot be listed.
UNLISTED = ""
#: A file beyond this that has another size is not read to know that it is another one.
_LARGE = 8_000_000
_ABSENT = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG)


def look(path: str, known: Stamp | None, sure: bool = False) -> Stamp | None:
    """Return how a file looks now; ``known`` itself where time and size prove that, None where there is no file.

    ``sure``: read it even so, because something is known to have happened to it.
    """
    try:
        seen = os.stat(path)
        if not S_ISREG(seen.st_mode):  # a pipe would be waited for
            return None
        if known and (known.mtime_ns, known.size) == (seen.st_mtime_ns, seen.st_size):
            if not known.sha256 or not (known.racy or sure):
                return known
        elif seen.st_size > _LARGE and seen.st_size != (known.size if known else -1):
            return Stamp(seen.st_mtime_ns, seen.st_size, "", True)
        with open(path, "rb") as file:
            seen, now = os.fstat(file.fileno()), time.time_ns()
            digest = _digest(file, seen.st_size, known.sha256 if known else "")
    except OSError as problem:
        return None if problem.errno in _ABSENT else UNREADABLE
    except ValueError:  # a name that no file can have
        return None
    return Stamp(seen.st_mtime_ns, seen.st_size, digest, now - seen.st_mtime_ns < RACY_NS)


def _digest(file: io.BufferedReader, size: int, known: str) -> str:
    """Return the hash of a file, or of its first part when that is what is known: `Inputs.read` takes no more."""
    if size <= READ_MAX:
        return hashlib.file_digest(file, "sha256").hexdigest()
    digest = hashlib.sha256(file.read(READ_MAX + 1))
    if digest.hexdigest() != known:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def same(one: Stamp | None, other: Stamp | None) -> bool:
    """Tell whether both looks saw the same content, or both no file."""
    if one is None or other is None:
        return one is other
    if one.sha256 and other.sha256:
        return one.sha256 == other.sha256
    return (one.mtime_ns, one.size) == (other.mtime_ns, other.size)


def proof(path: str, known: Stamp | None) -> bool | None:
    """Tell by time and size whether a file is as it was: True, False, or None when only reading it can tell."""
    try:
        seen = os.stat(path)
    except (OSError, ValueError):
        return known is None
    if not S_ISREG(seen.st_mode) or known is None:
        return not S_ISREG(seen.st_mode) and known is None
    if (known.mtime_ns, known.size) != (seen.st_mtime_ns, seen.st_size):
        return False
    return None if known.racy else True


def names(folder: str) -> list[str] | None:
    """Return the names in a folder, sorted, without hidden ones; None where there is no folder.

    Raises:
        OSError: it is there and cannot be listed.
    """
    try:
        return sorted(name for name in os.listdir(folder) if not hidden(name))
    except (FileNotFoundError, NotADirectoryError):
        return None


def lasting(found: Iterable[str]) -> list[str]:
    """Return the names without those that editors give to files of their own."""
    return [name for name in found if not passing(name)]


def could_be(digest: str | None, found: list[str], passed: Iterable[str]) -> bool:
    """Tell whether a folder with these names now may have had that digest, but for names that come and go.

    ``passed`` are such names that were seen there lately: the build may have listed the folder at that moment.
    """
    stay = lasting(found)
    gone = sorted(set(passed).difference(found))
    tried = [found, stay, *([*found, one] for one in gone), *([*stay, one] for one in gone), stay + gone, found + gone]
    return any(names_digest(sorted(one)) == digest for one in tried)
