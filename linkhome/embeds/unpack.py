"""Unpack a body piece by piece, so that a few kilobytes that stand for gigabytes cost a piece and no more.

One coding only. Nobody packs twice but to do harm, and two bombs in each other cost time that no limit on sizes sees.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

#: Bytes of one piece at most.
PIECE = 65_536
#: Packets that may follow one another in a body; each costs a start, even an empty one.
MOST_MEMBERS = 64


class UnpackError(Exception):
    """Say that the bytes are not what their header says."""


class Unpacker(Protocol):
    """Be one coding of HTTP's ``Content-Encoding``."""

    @property
    def whole(self) -> bool:
        """Tell whether the end of what was packed was seen."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Give out what more bytes bring, in pieces."""


def unpacker(coding: str) -> Unpacker:
    """Return what undoes a coding; bytes in one that nobody knows stay as they are.

    Raises:
        UnpackError: there are several.
    """
    named = [name for name in (part.strip().lower() for part in coding.split(",")) if name not in ("", "identity")]
    if len(named) > 1:
        raise UnpackError("packed more than once")
    match named:
        case ["gzip" | "x-gzip"]:
            return _Zlib(gzip=True)
        case ["deflate"]:
            return _Zlib(gzip=False)
        case ["br"]:
            return _Brotli()
    return _Plain()


class _Plain:
    whole = True

    def pieces(self, data: bytes) -> Iterator[bytes]:
        yield data


class _Zlib:
    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._members = 0
        self._state: zlib._Decompress | None = None
        # Too little to begin with.
        self._begin = b""

    @property
    def whole(self) -> bool:
        return not self._begin if self._state is None else self._state.eof

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while True:
            if self._state is None or self._state.eof:
                data, self._begin = self._begin + data, b""
                if len(data) < 2:
                    self._begin = data
                    return
                # What follows the end is another member, or rubbish that everybody ignores.
                if self._state is not None and not (self._gzip and data.startswith(b"\x1f\x8b")):
                    return
                self._members += 1
                if self._members > MOST_MEMBERS:
                    raise UnpackError("packed in too many pieces")
                self._state = zlib.decompressobj(self._window(data))
            try:
                piece = self._state.decompress(data, PIECE)
            except zlib.error as problem:
                raise UnpackError(str(problem)) from None
            if piece:
                yield piece
            data = self._state.unused_data if self._state.eof else self._state.unconsumed_tail
            if not data and len(piece) < PIECE:
                return

    def _window(self, data: bytes) -> int:
        # What is called deflate is RFC 1950 with some servers and RFC 1951 with others; two bytes tell (RFC 1950, 2.2).
        if self._gzip:
            return zlib.MAX_WBITS | 16
        zlib_head = data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0
        return zlib.MAX_WBITS if zlib_head else -zlib.MAX_WBITS


class _Brotli:
    """Nobody is asked for it, but some servers send nothing else."""

    def __init__(self) -> None:
        import brotli

        self._state = brotli.Decompressor()
        self._error = brotli.error
        self._begun = False

    @property
    def whole(self) -> bool:
        return not self._begun or bool(self._state.is_finished())

    def pieces(self, data: bytes) -> Iterator[bytes]:
        self._begun = self._begun or bool(data)
        while True:
            if self._state.is_finished():
                return
            try:
                piece = self._state.process(data, output_buffer_limit=PIECE)
            except self._error as problem:
                raise UnpackError(str(problem)) from None
            if piece:
                yield piece
            if self._state.can_accept_more_data():
                return
            data = b""
