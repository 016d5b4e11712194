"""Remember what was sent where, and whether it was seen live: one line of JSON each, added at the end and flushed.

The file lies in the site's folder (``deployed/journal.jsonl``), is made to be committed and holds nothing secret.
A line that cannot be read (a crash, a merge) is passed over. An attempt has two lines: one before anything is sent, and
one that says how it ended; where the second is missing, linkhome was stopped in between.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from .. import durable
from ..diagnostics import LinkhomeError, error, reason_of

NAME = "journal.jsonl"
#: ``begun``: from now on things are sent. ``live``: seen live. ``uncertain``: sent, not seen. ``failed``: not arrived.
State = Literal["begun", "live", "uncertain", "failed"]


class Row(Struct, frozen=True, omit_defaults=True):
    """Be one line: when, where, which build, and how it stands."""

    at: str
    name: str
    target: str
    state: State
    build: str = ""
    tree: str = ""
    release: str = ""
    url: str = ""
    files: int = 0
    size: int = 0
    why: str = ""

    @property
    def time(self) -> float:
        """Return when it was, in seconds since 1970; 0 if that cannot be read."""
        try:
            return datetime.fromisoformat(self.at).timestamp()
        except ValueError:
            return 0.0


class Journal:
    """Hold the journal of one site. Whoever adds to it holds the lock of the deploy."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / NAME
        self._rows = list(_read(self.file))

    def rows(self, name: str) -> list[Row]:
        """Return the lines about one place, the oldest first."""
        return [row for row in self._rows if row.name == name]

    def last(self, name: str) -> Row | None:
        """Return the last line about one place."""
        return next(reversed(self.rows(name)), None)

    def live(self, name: str) -> Row | None:
        """Return the last line that says of a build that it was seen live at one place."""
        return next((row for row in reversed(self.rows(name)) if row.state == "live"), None)

    def unsettled(self, name: str) -> bool:
        """Tell whether nobody knows how the last attempt ended."""
        last = self.last(name)
        return last is not None and last.state in ("begun", "uncertain")

    def before(self, name: str) -> Row | None:
        """Return the build that was live at one place before the one that is, or may be, live now."""
        rows = self._arrived(name)
        now = rows[-1].tree if rows else ""
        return next((row for row in reversed(rows) if row.state == "live" and row.tree != now), None)

    def of_build(self, name: str, build: str) -> Row | None:
        """Return the last time that a build was live at one place; its id may be shortened."""
        rows = [row for row in self.rows(name) if row.state == "live" and row.build.startswith(build)]
        return rows[-1] if rows else None

    def spent(self, name: str, now: float) -> int:
        """Return how many deploys of one place in this month (UTC) may have cost something."""
        month = as_text(now)[:7]
        return sum(row.state == "begun" and row.at[:7] == month for row in self._arrived(name))

    def trees(self, name: str, most: int) -> list[str]:
        """Return the ids of the last builds that are, were or may be live at one place, the newest first."""
        return list(dict.fromkeys(row.tree for row in reversed(self._arrived(name)) if row.tree))[:most]

    def add(self, row: Row) -> None:
        """Write a line at the end, so that it lasts.

        Raises:
            LinkhomeError: the disk does not take it.
        """
        try:
            durable.make_folders(self.file.parent)
            fd = os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
            try:
                durable.write_all(fd, (b"" if _is_whole(fd) else b"\n") + msgspec.json.encode(row) + b"\n")
                os.fsync(fd)
            finally:
                os.close(fd)
            durable.flush_folder(str(self.file.parent))
        except OSError as problem:
            why = f"nothing can be written to {self.file.parent.name}/{NAME}: {reason_of(problem)}"
            raise LinkhomeError(error(why, hint="allow writing there, or free some space")) from None
        self._rows.append(row)

    def _arrived(self, name: str) -> list[Row]:
        """Return the lines about builds that are, were or may be live: no beginning that is known to have failed."""
        rows = self.rows(name)
        pairs = zip_longest(rows, rows[1:])
        return [row for row, end in pairs if row.state != "failed" and not (row.state == "begun" and _failed(end))]


def as_text(now: float) -> str:
    """Return a time as it stands in the journal: to the second, in UTC."""
    return datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _failed(row: Row | None) -> bool:
    return row is not None and row.state == "failed"


def _read(file: Path) -> Iterable[Row]:
    try:
        lines = file.read_bytes().splitlines()
    except FileNotFoundError:
        return
    except OSError as problem:
        raise LinkhomeError(error(f"{file.parent.name}/{NAME} cannot be read: {reason_of(problem)}")) from None
    decoder = msgspec.json.Decoder(Row)
    for line in lines:
        try:
            yield decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue


def _is_whole(fd: int) -> bool:
    """Tell whether the file ends where a line ends: a crash may have left half of one."""
    size = os.lseek(fd, 0, os.SEEK_END)
    if not size:
        return True
    os.lseek(fd, size - 1, os.SEEK_SET)
    return os.read(fd, 1) == b"\n"
