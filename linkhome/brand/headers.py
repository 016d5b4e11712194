"""Read the few bytes that make Pillow unnecessary (small PNGs) or safe to call (the size of a WebP)."""

from __future__ import annotations

import zlib

from .chunks import BrokenFileError, strip

SMALL_FILE, SMALL_WIDTH, SMALL_HEIGHT = 20 * 1024, 400, 1600

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}


def small_png(data: bytes) -> tuple[int, int] | None:
    """Return the size of a PNG that may be published as it is, proven whole and free of metadata, else None.

    Every checksum is right and the pixels unpack to exactly what the header promises: a browser will show it.
    Animation, interlacing and all that is unusual is left to Pillow.
    """
    if not 57 <= len(data) <= SMALL_FILE or data[12:16] != b"IHDR" or b"acTL" in data:
        return None
    width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    depth, colour, packing, filtering, interlaced = data[24:29]
    if not (0 < width <= SMALL_WIDTH and 0 < height <= SMALL_HEIGHT) or packing or filtering or interlaced:
        return None
    if depth not in _DEPTHS.get(colour, ()) or (colour == 3 and b"PLTE" not in data):
        return None
    try:
        if strip(data, "png") != data:
            return None
        row = 1 + (width * _CHANNELS[colour] * depth + 7) // 8
        unpacker = zlib.decompressobj()
        pixels = unpacker.decompress(_pixels(data), row * height + 1)
    except (BrokenFileError, zlib.error):
        return None
    whole = len(pixels) == row * height and unpacker.eof and max(pixels[::row]) <= 4
    return (width, height) if whole else None


def _pixels(data: bytes) -> bytes:
    parts, at = [], 8
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == b"IDAT":
            parts.append(data[at + 8 : at + 8 + size])
        at += 12 + size
    return b"".join(parts)


def webp_size(data: bytes) -> tuple[int, int]:
    """Return the size that a WebP claims, before a decoder sets memory aside for it; (0, 0) when it claims none."""
    name = data[12:16]
    if name == b"VP8X" and len(data) >= 30:
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if name == b"VP8 " and len(data) >= 30:
        return (
            int.from_bytes(data[26:28], "little") & 0x3FFF,
            int.from_bytes(data[28:30], "little") & 0x3FFF,
        )
    if name == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    return 0, 0
