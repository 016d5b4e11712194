"""Write into the folder ``private/``: for the creator's eyes only, and each file whole or as it was before.

The folder is 0700, files are 0600, git ignores all of it. A draft lies beside its place under another name until it is
kept; what killed processes left is removed by the next one that has the folder to itself.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO

from .. import durable
from ..diagnostics import LinkhomeError, error
from ..lock import Taken, alone

#: Seconds for which another backup of the same site is waited for.
PATIENCE = 2.0
_DRAFT = ".draft-"


class Draft:
    """Be a file that nobody sees before `keep`; a context manager that leaves nothing behind without it."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._path = place.parent / f"{_DRAFT}{os.urandom(6).hex()}"
        self._kept = False

    def __enter__(self) -> Draft:
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        self.file: IO[bytes] = os.fdopen(os.open(self._path, flags, 0o600), "w+b")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.file.close()
        except OSError:
            if not kind:
                raise
        finally:
            if not self._kept:
                durable.discard(str(self._path))

    def keep(self) -> None:
        """Put the file into its place, so that it lasts; what was there is gone then, and not before.

        Raises:
            OSError: it cannot be; what was there is still there.
        """
        self.file.flush()
        os.fsync(self.file.fileno())
        if sys.platform == "win32":
            self.file.close()  # an open file cannot be moved there
        durable.patiently(os.replace, str(self._path), str(self._place))
        self._kept = True
        durable.flush_folder(str(self._place.parent))


class Vault:
    """Name the files of ``private/`` and give out drafts of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.raw = folder / "raw"
        self.people = folder / "subscribers.csv"
        self.excel = folder / "subscribers-excel.csv"
        self.journal = folder / "backups.json"

    @contextmanager
    def held(self) -> Iterator[Vault]:
        """Make the folder, close it to others, and have it to oneself.

        Raises:
            LinkhomeError: another backup is at work, or the folder cannot be made private.
        """
        with ExitStack() as kept:
            try:
                for folder in (self.folder, self.raw):
                    _own(folder)
                kept.enter_context(alone(str(self.folder / ".lock"), PATIENCE))
                for folder in (self.folder, self.raw):
                    _sweep(folder)
                ignore = self.folder / ".gitignore"
                if not ignore.exists():
                    self.write(ignore, b"*\n")
            except Taken:
                raise LinkhomeError(error("another backup or import of this site is at work", hint="wait")) from None
            except FileExistsError:
                hint = "make it a folder of its own: lists of people must lie where you think they lie"
                raise LinkhomeError(error("private/ is a link or a file", hint=hint)) from None
            except OSError as problem:
                raise self.closed(problem) from None
            yield self

    def write(self, place: Path, data: bytes) -> None:
        """Replace a small file.

        Raises:
            OSError: it is as it was.
        """
        with Draft(place) as draft:
            draft.file.write(data)
            draft.keep()

    def closed(self, problem: OSError) -> LinkhomeError:
        """Return what to say when something cannot be written."""
        reason = (problem.strerror or type(problem).__name__).lower()
        hint = "free some space or allow writing there, then try again"
        return LinkhomeError(error(f"nothing can be written to private/: {reason}; it is as it was", hint=hint))


def _own(folder: Path) -> None:
    """Make a folder that only its owner may enter, or close one that others may."""
    try:
        os.mkdir(folder, 0o700)
    except FileExistsError:
        found = os.lstat(folder)
        if not stat.S_ISDIR(found.st_mode):
            raise
        if sys.platform != "win32" and stat.S_IMODE(found.st_mode) & 0o077:
            os.chmod(folder, 0o700)
    else:
        durable.flush_folder(str(folder.parent))


def _sweep(folder: Path) -> None:
    """Remove the drafts of processes that were killed: whoever holds the lock is the only one who writes."""
    for path in folder.glob(f"{_DRAFT}*"):
        durable.discard(str(path))
