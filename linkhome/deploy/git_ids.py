"""Work out the names that git gives to contents, and remember them: a large site is read once, not at every deploy."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable
from pathlib import Path

from msgspec import DecodeError, json

from ..durable import make_folders, write_file
from .nouns import File, Frozen

_PIECE = 1 << 20


class Ids:
    """Name contents as git does; ``kind`` is ``sha1``, or ``sha256`` for repositories that use that.

    What was worked out is kept in ``place``, by the SHA-256 of the content: it can never be wrong, only missing.
    """

    def __init__(self, place: Path) -> None:
        self._place = place
        self._known: dict[str, dict[str, str]] = {}

    def of(self, frozen: Frozen, kind: str) -> dict[str, str]:
        """Return git's name for the content of every path."""
        known = self._read(kind)
        missing = {file.sha256: path for path, file in frozen.files.items() if file.sha256 not in known}
        for sha256, path in missing.items():
            known[sha256] = _named(frozen, path, frozen.files[path], kind)
        if missing:
            self._keep(kind, {file.sha256 for file in frozen.files.values()})
        return {path: known[file.sha256] for path, file in frozen.files.items()}

    def _read(self, kind: str) -> dict[str, str]:
        if kind not in self._known:
            self._known[kind] = {}
            with contextlib.suppress(OSError, DecodeError, UnicodeDecodeError):
                self._known[kind] = json.decode(self._file(kind).read_bytes(), type=dict[str, str])
        return self._known[kind]

    def _keep(self, kind: str, used: Iterable[str]) -> None:
        """Remember what is in use now; where that fails, it is worked out again next time."""
        with contextlib.suppress(OSError):
            make_folders(self._place)
            write_file(self._file(kind), json.encode({one: self._known[kind][one] for one in sorted(used)}))

    def _file(self, kind: str) -> Path:
        return self._place / f"names-{kind}.json"


def _named(frozen: Frozen, path: str, file: File, kind: str) -> str:
    name = hashlib.new(kind, b"blob %d\0" % file.size, usedforsecurity=False)
    with frozen.open(path) as source:
        while piece := source.read(_PIECE):
            name.update(piece)
    return name.hexdigest()
