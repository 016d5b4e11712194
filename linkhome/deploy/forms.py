"""Write a form of many files while it is sent, so that none of it is in memory (multipart/form-data, RFC 7578)."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Generator, Sequence
from typing import BinaryIO, NamedTuple

#: Bytes that are encoded at once, in whole groups of three.
_PIECE = 3 * 19200


class Part(NamedTuple):
    """Hold one file of a form: its name there, its media type, how many bytes it has, and what opens it."""

    name: str
    kind: str
    size: int
    open: Callable[[], BinaryIO]


class Form:
    """Be a form of files in base64, made while it is read, so that none of it is in memory. ``size`` is in bytes."""

    def __init__(self, parts: Sequence[Part], boundary: str) -> None:
        self._parts = parts
        self._boundary = boundary
        self._end = f"--{self._boundary}--\r\n".encode()
        self._rest = b""
        self._pieces = self._made()
        self.size = len(self._end)
        self.size += sum(len(self._head(part)) + 4 * ((part.size + 2) // 3) + len(b"\r\n") for part in parts)

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, nothing at the end."""
        while len(self._rest) < size or size < 0:
            piece = next(self._pieces, b"")
            if not piece:
                break
            self._rest += piece
        taken, self._rest = (self._rest, b"") if size < 0 else (self._rest[:size], self._rest[size:])
        return taken

    def close(self) -> None:
        """Close the file that is being read."""
        self._pieces.close()

    def _made(self) -> Generator[bytes, None, None]:
        for part in self._parts:
            yield self._head(part)
            with part.open() as file:
                while piece := file.read(_PIECE):
                    yield base64.b64encode(piece)
            yield b"\r\n"
        yield self._end

    def _head(self, part: Part) -> bytes:
        return (
            f'--{self._boundary}\r\nContent-Disposition: form-data; name="{part.name}"; filename="{part.name}"\r\n'
            f"Content-Type: {part.kind}\r\n\r\n"
        ).encode()


def boundary() -> str:
    """Return what parts one file of a form from the next: in none of them, as nobody can guess it."""
    return f"linkhome-{os.urandom(16).hex()}"


def kind(between: str) -> str:
    """Return the media type of a form with this boundary."""
    return f"multipart/form-data; boundary={between}"
