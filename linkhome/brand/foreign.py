"""Open a font that is not ours: in a process of its own, with limits, so that no file can do harm or take for ever.

What is wrong comes back as a sentence and a hint.
"""

from __future__ import annotations

import contextlib
import os
import struct
import sys
from typing import NamedTuple

import msgspec

from .subset import Cut, Known, Order

MEGABYTES, UNPACKED = 8, 32
GLYPHS = 40_000
SECONDS = 20
MEMORY = 1_500_000_000
_KINDS = (b"\0\1\0\0", b"OTTO", b"true", b"wOFF", b"wOF2")
_EXPORT = "take the font's file again from where it came, or export it as WOFF2"
_FEWER = "use a file with fewer letters, such as one that is made for the web"
#: Runs in the other process; its own folder is passed on so that it finds this very copy of linkhome.
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from linkhome.brand.foreign import serve; serve()"


class RefusedFontError(Exception):
    """A font that cannot be used: what is wrong with it, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Job(msgspec.Struct, array_like=True):
    """What the other process is asked: to unpack and examine a font, or to cut one by an order."""

    data: bytes
    order: Order | None = None


class Opened(NamedTuple):
    """A font that can be used: what it can do, and its bytes uncompressed."""

    known: Known
    plain: bytes


def check(data: bytes) -> None:
    """Look at the head of a file, and refuse what is no font or would unpack to too much.

    Raises:
        RefusedFontError: with the reason.
    """
    if len(data) > MEGABYTES * 1_000_000:
        raise too_large()
    if data[:4] == b"ttcf" or (data[:4] == b"wOF2" and data[4:8] == b"ttcf"):
        raise RefusedFontError("is a collection of several fonts", "export one of them as TTF, OTF or WOFF2")
    if data[:4] not in _KINDS:
        raise RefusedFontError("is no font that browsers know", "name a TTF, OTF, WOFF or WOFF2 file")
    if data[:1] == b"w" and len(data) >= 20 and struct.unpack_from(">I", data, 16)[0] > UNPACKED * 1_000_000:
        raise RefusedFontError(f"unpacks to more than {UNPACKED} MB", _FEWER)


def too_large() -> RefusedFontError:
    """Return the refusal of a file that is too large to be looked at."""
    return RefusedFontError(f"is larger than {MEGABYTES} MB", _FEWER)


def whole(plain: bytes) -> bool:
    """Tell whether an uncompressed font has every table that it needs, none of them cut off."""
    if len(plain) < 12:
        return False
    count = struct.unpack_from(">H", plain, 4)[0]
    tables = {}
    for number in range(min(count, 200)):
        if len(plain) < 12 + 16 * (number + 1):
            return False
        tag, _, start, length = struct.unpack_from(">4sIII", plain, 12 + 16 * number)
        if start + length > len(plain):
            return False
        tables[tag] = length
    outlines = (b"glyf" in tables and b"loca" in tables) or b"CFF " in tables or b"CFF2" in tables
    return outlines and all(tables.get(tag) for tag in (b"cmap", b"head", b"hhea", b"hmtx", b"maxp"))


def examine(data: bytes) -> Opened:
    """Return what a font can do, and its uncompressed bytes.

    Raises:
        RefusedFontError: with the reason.
    """
    check(data)
    known, plain = msgspec.msgpack.decode(_asked(Job(data)), type=tuple[Known, bytes])
    if known.glyphs > GLYPHS:
        raise RefusedFontError(f"has {known.glyphs} glyphs, more than {GLYPHS}", _FEWER)
    return Opened(known, plain)


def cut(plain: bytes, order: Order) -> Cut:
    """Return the part of an uncompressed font that was ordered.

    Raises:
        RefusedFontError: with the reason.
    """
    made: Cut = msgspec.msgpack.decode(_asked(Job(plain, order)), type=Cut)
    return made


def serve() -> None:
    """Do one job that comes in on the standard input, and write the answer to the standard output."""
    _limit()
    job = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Job)
    from . import subset

    subset.wake()
    out, answer = sys.stdout.buffer, b""
    try:
        if job.order is None:
            plain = subset.unpacked(job.data)
            if not whole(plain):
                raise subset.BrokenFontError("a table is missing or cut off")
            answer = msgspec.msgpack.encode((subset.examine(plain), plain))
        else:
            answer = msgspec.msgpack.encode(subset.cut(job.data, job.order))
    except (Exception, RecursionError):  # whatever a damaged font makes the libraries raise
        os._exit(1)
    out.write(answer)
    out.flush()
    os._exit(0)


def _asked(job: Job) -> bytes:
    """Return the answer of another process, which is ended when it takes too long."""
    import subprocess  # a font is new once

    folder = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    try:
        ran = subprocess.run(  # noqa: S603  (this Python, and our own program)
            [sys.executable, "-W", "ignore", "-c", _PROGRAM, folder],
            input=msgspec.msgpack.encode(job),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RefusedFontError(f"cannot be prepared within {SECONDS} seconds", _FEWER) from None
    if ran.returncode or not ran.stdout:
        raise RefusedFontError("cannot be read: the file is damaged or cut off", _EXPORT)
    return ran.stdout


def _limit() -> None:
    """Let this process use no more memory and time than a sound font needs, where the system can see to that."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
