"""Write upright pixels in the widths and formats that screens ask for."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Any, NamedTuple

from PIL import Image

from .screens import EDGES

#: What screens ask for: half a telephone, a telephone, one with three pixels for each or a column, a whole window.
#: A browser takes the first that is wide enough: 412 × 1.75 asks for 721, 375 × 2 for 750, 440 × 3 for 1320.
WIDTHS = (375, 750, 1320, 1920)
#: Also offered of what a visitor waits for, portrait and cover: half a telephone should not load a whole one.
FINE_WIDTHS = (375, 540, 750, 1320, 1920)
#: WebP is for browsers of before 2023 or so, the fallback for those of before 2020 and for programs: few files each.
WEBP_WIDTHS = (480, 960)
FALLBACK_WIDTH, SEE_THROUGH_WIDTH = 1200, 800
#: A width so near to the widest is not worth a file of its own.
_APART = 1.15
TALLEST = 16_383  # what WebP can hold

#: From 43 down, dots and hair begin to show the encoder; drawings show it sooner, at the edges of their colours.
_QUALITY, _DRAWN = 44, 52
#: Of each step, a third of the time of the one before and an eighth more bytes. Patience is spent where it is felt: on
#: what visitors wait for, and in the widths of telephones; large screens have fast lines.
_SLOW, _USUAL, _QUICK = 6, 8, 9
_TELEPHONE = 750


class Part(NamedTuple):
    """One file to publish; ``data`` is None when it is the creator's file itself."""

    width: int
    height: int
    type: str
    data: bytes | None


def encoded(
    base: Image.Image, width: int, height: int, *, fine: bool = False, patient: bool = False, drawn: bool = False
) -> list[Part]:
    """Return the files of a picture of this real size: AVIF and WebP in rising width, the fallback last.

    ``base`` has the pixels of the widest. ``fine`` makes more widths, ``patient`` takes more time, both for fewer
    bytes; ``drawn`` keeps the edges of colours sharp, which photographs do not need.
    """
    scaled: dict[int, Image.Image] = {base.width: base}

    def at(step: int) -> Image.Image:
        if step not in scaled:
            scaled[step] = base.resize(size_at(width, height, step), Image.Resampling.LANCZOS, reducing_gap=3.0)
        return scaled[step]

    see_through = base.mode == "RGBA"
    parts = []
    for step in _steps(FINE_WIDTHS if fine else WIDTHS, base.width) if has_avif() else ():
        small = step <= _TELEPHONE
        speed = (_SLOW if small else _USUAL) if patient else (_USUAL if small else _QUICK)
        quality, colours = (_DRAWN, "4:4:4") if drawn else (_QUALITY, "4:2:0")
        parts.append(write(at(step), "AVIF", quality=quality, subsampling=colours, speed=speed, max_threads=1))
    parts += [write(at(step), "WEBP", quality=72, method=2) for step in _steps(WEBP_WIDTHS, base.width)]
    if see_through:
        parts.append(write(at(min(base.width, SEE_THROUGH_WIDTH)), "PNG", compress_level=6))
    else:
        parts.append(write(at(min(base.width, FALLBACK_WIDTH)), "JPEG", quality=78, progressive=True, optimize=True))
    return parts


def dotted(image: Image.Image) -> list[Part]:
    """Return the files of a halftone, black on nothing: one width, for dots must not be scaled to many."""
    steps = image.getchannel("A").point([round(value / 255 * (EDGES - 1)) for value in range(256)])
    inked = Image.frombytes("P", image.size, steps.tobytes())
    inked.putpalette(bytes(3 * EDGES))
    clear = bytes(step * 255 // (EDGES - 1) for step in range(EDGES))
    return [
        write(image.convert("RGBA"), "WEBP", lossless=True, quality=60, method=4),
        write(inked, "PNG", bits=2, transparency=clear, optimize=True),
    ]


def size_at(width: int, height: int, to_width: int) -> tuple[int, int]:
    """Return the size of a picture of ``width`` × ``height`` at another width."""
    return to_width, max(1, min(TALLEST, round(height * to_width / width)))


def write(image: Image.Image, kind: str, **options: Any) -> Part:
    """Return one encoded file, without any metadata."""
    out = BytesIO()
    image.save(out, kind, **options)
    return Part(image.width, image.height, f"image/{kind.lower()}", out.getvalue())


@lru_cache(maxsize=1)
def has_avif() -> bool:
    """Tell whether the installed Pillow writes AVIF; a system's own build may not."""
    from PIL import AvifImagePlugin, features

    return AvifImagePlugin.SUPPORTED and bool(features.check("avif"))


def _steps(offered: tuple[int, ...], widest: int) -> list[int]:
    last = min(widest, offered[-1])
    return [*(step for step in offered if step * _APART < last), last]
