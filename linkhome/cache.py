"""Keep what is slow to make between builds: a small store in ``.cache/``, safe to delete at any time.

A value is found by its kind and a key that is a hash of everything it depends on, so that an entry can be
missing but never wrong. Whatever is amiss with the file (corrupted, locked, read-only), the build goes on without.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

#: Raise it when the meaning of an entry changes.
FORMAT = 1


class Cache:
    """Give ``get`` and ``put`` over one SQLite file; opened at the first use."""

    __slots__ = ("_db", "_dead", "_left", "_new", "_pid", "_used", "folder")

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._db: sqlite3.Connection | None = None
        self._pid = 0
        self._left: sqlite3.Connection | None = None
        self._dead = folder is None
        self._new: dict[tuple[str, str], bytes] = {}
        self._used: set[tuple[str, str]] = set()

    def get(self, kind: str, key: str) -> bytes | None:
        """Return the value that was put under this kind and key, or None."""
        if (kind, key) in self._new:
            return self._new[kind, key]
        if not (db := self._open()):
            return None
        with self._careful():
            row = db.execute("SELECT value FROM entry WHERE kind = ? AND key = ?", (kind, key)).fetchone()
            if row and (value := _opened(row[0])) is not None:
                self._used.add((kind, key))
                return value
        return None

    def get_many(self, kind: str, keys: Iterable[str]) -> dict[str, bytes]:
        """Return those of the keys that are there."""
        wanted, found = list(keys), {}
        if not (db := self._open()):
            return {}
        with self._careful():
            for start in range(0, len(wanted), 500):
                part = wanted[start : start + 500]
                marks = ",".join("?" * len(part))
                rows = db.execute(f"SELECT key, value FROM entry WHERE kind = ? AND key IN ({marks})", (kind, *part))  # noqa: S608
                for key, sealed in rows:
                    if (value := _opened(sealed)) is not None:
                        found[key] = value
                        self._used.add((kind, key))
        return found

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Remember a value; it reaches the disk with `save`."""
        self._new[kind, key] = value
        self._used.add((kind, key))

    def use(self, kind: str, keys: Iterable[str]) -> None:
        """Say that entries are still wanted, though nobody asked for their values."""
        self._used.update((kind, key) for key in keys)

    def save(self, prune: bool = True) -> None:
        """Write what is new in one transaction; after a whole build drop what it had no use for."""
        if not self._new or not (db := self._open(make=True)):
            return
        with self._careful(), db:
            rows = ((kind, key, _sealed(value)) for (kind, key), value in self._new.items())
            db.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?)", rows)
            if prune:
                stale = [row for row in db.execute("SELECT kind, key FROM entry") if row not in self._used]
                db.executemany("DELETE FROM entry WHERE kind = ? AND key = ?", stale)
        self._new.clear()

    def close(self) -> None:
        """Let go of the file."""
        if self._db:
            with self._careful():
                self._db.close()
            self._db = None

    def _open(self, make: bool = False) -> sqlite3.Connection | None:
        if self._db and self._pid != os.getpid():
            # A forked worker opens the file itself; the caller's connection is left alone, and not closed either.
            self._left, self._db = self._db, None
        if self._db or self._dead or self.folder is None:
            return self._db
        file = self.folder / "store.sqlite"
        if not make and not file.exists():
            return None
        import sqlite3  # 10 ms that a build with nothing to remember does not pay

        for again in (True, False):
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                db = sqlite3.connect(file, timeout=1.0, isolation_level="DEFERRED")
                # The cache may be lost at any time, so it need not be forced to the disk; see `_sealed` for power cuts.
                db.execute("PRAGMA synchronous = OFF")
                if db.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
                    db.executescript(
                        "DROP TABLE IF EXISTS entry;"
                        "CREATE TABLE entry (kind TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID;"
                        f"PRAGMA user_version = {FORMAT};"
                    )
                self._db, self._pid = db, os.getpid()
                return db
            except (sqlite3.Error, OSError):
                with contextlib.suppress(OSError, UnboundLocalError):
                    db.close()
                with contextlib.suppress(OSError):
                    if again:
                        file.unlink()
        self._dead = True
        return None

    @contextlib.contextmanager
    def _careful(self) -> Iterator[None]:
        import sqlite3

        try:
            yield
        except sqlite3.Error:
            self._dead, self._db = True, None


def _sealed(value: bytes) -> bytes:
    """Put a checksum before the value: after a power cut SQLite may return a page that was never written."""
    return hashlib.blake2b(value, digest_size=8).digest() + value


def _opened(sealed: bytes) -> bytes | None:
    """Return the value if its checksum holds."""
    value = bytes(sealed[8:])
    return value if hashlib.blake2b(value, digest_size=8).digest() == sealed[:8] else None


def fingerprint(*parts: object) -> str:
    """Return a short hash of the parts' printed forms (bytes as they are), for use as a key."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()
