"""Take everything out of a picture file that is not picture: place, time, camera, names, comments, thumbnails.

Nothing is decoded and no pixel changes. A file from which nothing was taken holds nothing private: that is how
the rest of the room decides whether a creator's file may be published as it is.
"""

from __future__ import annotations

import re
import zlib

#: Chunks that change what is seen. Everything else (tEXt, iTXt, eXIf, tIME, iCCP …) goes.
_PNG = frozenset(
    b"IHDR PLTE tRNS IDAT IEND acTL fcTL fdAT sRGB gAMA cHRM pHYs bKGD sBIT".split(),
)
_WEBP = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"))
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")

#: The next marker behind entropy-coded data, in which FF stands only before 00 and restart markers.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


class BrokenFileError(ValueError):
    """Say that a file's structure is damaged or ends early."""


def strip(data: bytes, kind: str, keep: frozenset[bytes] = frozenset()) -> bytes:
    """Return the file without its metadata (and without what follows its end), or raise `BrokenFileError`.

    ``keep`` names further PNG chunks to leave in. Of a kind that is not known here (AVIF) nothing is left.
    """
    try:
        match kind:
            case "png":
                return _png(data, _PNG | keep)
            case "webp":
                return _webp(data)
            case "gif":
                return _gif(data)
            case "jpeg":
                return _jpeg(data)
            case _:
                return b""
    except IndexError:
        raise BrokenFileError("the file ends early") from None


def _png(data: bytes, kept: frozenset[bytes]) -> bytes:
    view, parts, at = memoryview(data), [data[:8]], 8
    while True:
        name = data[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if len(name) < 4 or end > len(data):
            raise BrokenFileError("a chunk ends early")
        if name in kept:
            if zlib.crc32(view[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
                raise BrokenFileError("a checksum is wrong")
            parts.append(data[at:end])
        if name == b"IEND":
            return b"".join(parts)
        at = end


def _webp(data: bytes) -> bytes:
    parts, at, total = [], 12, 8 + int.from_bytes(data[4:8], "little")
    if total > len(data):
        raise BrokenFileError("the file ends early")
    while at + 8 <= total:
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + size + (size & 1)
        if end > total:
            raise BrokenFileError("a chunk ends early")
        if name == b"VP8X" and size >= 10:
            # The flags announce ICC, EXIF and XMP, which are about to go.
            parts.append(data[at : at + 8] + bytes([data[at + 8] & ~0x2C]) + data[at + 9 : end])
        elif name in _WEBP:
            parts.append(data[at:end])
        at = end
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _gif(data: bytes) -> bytes:
    at = 13 + _table(data[10])
    parts = [data[:at]]
    while True:
        start, block = at, data[at]
        if block == 0x3B:
            return b"".join((*parts, b";"))
        if block == 0x2C:
            at = _blocks(data, start + 11 + _table(data[start + 9]))
            parts.append(data[start:at])
        elif block == 0x21:
            label = data[start + 1]
            at = _blocks(data, start + 2)
            if label == 0xF9 or (label == 0xFF and data[start + 3 : start + 14] in _LOOPS):
                parts.append(data[start:at])
        else:
            raise BrokenFileError("an unknown block")


def _table(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks(data: bytes, at: int) -> int:
    while size := data[at]:
        at += size + 1
    return at + 1


def _jpeg(data: bytes) -> bytes:
    parts, at = [data[:2]], 2
    while True:
        if data[at] != 0xFF:
            raise BrokenFileError("a marker is missing")
        code = data[at + 1]
        if code == 0xFF:  # padding before a marker
            at += 1
            continue
        if code == 0xD9:
            return b"".join((*parts, b"\xff\xd9"))
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + size
        if size < 2 or end > len(data):
            raise BrokenFileError("a segment ends early")
        if code == 0xDA:
            if not (following := _MARKER.search(data, end)):
                raise BrokenFileError("the file ends early")
            end = following.start()
        if _seen(code, data, at, size):
            parts.append(data[at:end])
        at = end


def _seen(code: int, data: bytes, at: int, size: int) -> bool:
    """Return whether the segment changes what is seen: the marks of JFIF and Adobe, which settle the colours, do."""
    for mark, name, usual in ((0xE0, b"JFIF\0", 16), (0xEE, b"Adobe", 14)):
        if code == mark and data[at + 4 : at + 9] == name:
            if size != usual:  # with a thumbnail or more; without the mark, colours could turn
                raise BrokenFileError("a mark cannot be taken out")
            return True
    return not (0xE0 <= code <= 0xEF or code == 0xFE)
