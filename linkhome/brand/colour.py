"""Mix colours as people see them (OKLCH) and measure whether text can be read (WCAG contrast).

Colours go in and out as ``#rrggbb``. Conversions are coloraide's, which is imported at the first of them;
measuring needs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

#: Below this chroma the eye sees a grey, and the hue is an accident of rounding.
GREY = 0.02
_SLACK = 0.0005  # a tenth of what one step of eight bits can show


class Oklch(NamedTuple):
    """A colour by lightness (0 to 1), chroma (0 for grey, about 0.3 for neon) and hue (degrees)."""

    lightness: float
    chroma: float
    hue: float


def full(colour: str) -> str:
    """Return ``#rgb`` or ``#RRGGBB`` as ``#rrggbb``; raise ValueError for anything else."""
    digits = colour.removeprefix("#").lower()
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) != 6 or not set(digits) <= set("0123456789abcdef"):
        raise ValueError(f"not a colour: {colour}")
    return "#" + digits


def oklch(colour: str) -> Oklch:
    """Return what the eye sees in ``#rrggbb``; greys have hue 0."""
    from coloraide import Color

    lightness, chroma, hue = Color(full(colour)).convert("oklch").coords(nans=False)
    return Oklch(lightness, chroma, hue) if chroma >= GREY / 10 else Oklch(lightness, 0.0, 0.0)


@lru_cache(maxsize=4096)
def mixed(lightness: float, chroma: float, hue: float) -> str:
    """Return the colour as ``#rrggbb``; one that no screen shows loses chroma, never its lightness or hue."""
    found = _on_screen(lightness, chroma, hue)
    if found is None:
        low, high, found = 0.0, chroma, (lightness, lightness, lightness)
        for _ in range(8):
            middle = (low + high) / 2
            inside = _on_screen(lightness, middle, hue)
            if inside is None:
                high = middle
            else:
                low, found = middle, inside
    return "#" + "".join(f"{round(min(1.0, max(0.0, part)) * 255):02x}" for part in found)


def _on_screen(lightness: float, chroma: float, hue: float) -> tuple[float, ...] | None:
    from coloraide import Color

    parts = tuple(Color("oklch", [lightness, chroma, hue]).convert("srgb").coords(nans=False))
    return parts if min(parts) >= -_SLACK and max(parts) <= 1 + _SLACK else None


@lru_cache(maxsize=4096)
def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` as WCAG 2 defines it."""
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast of two colours, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def least(colour: str, grounds: Iterable[str]) -> float:
    """Return the contrast of ``colour`` on the worst of the grounds."""
    return min(contrast(colour, ground) for ground in grounds)


def readable(start: Oklch, grounds: Iterable[str], ratio: float, toward: float) -> str:
    """Return ``start`` with as little change of lightness toward 0 or 1 as gives ``ratio`` on every ground.

    When even the end of the way does not give it, the end is returned: callers choose ``toward`` so that it does.
    """
    grounds = tuple(grounds)
    best = mixed(*start)
    if least(best, grounds) >= ratio:
        return best
    near, far, best = start.lightness, toward, mixed(toward, start.chroma, start.hue)
    for _ in range(8):
        middle = (near + far) / 2
        tried = mixed(middle, start.chroma, start.hue)
        if least(tried, grounds) >= ratio:
            far, best = middle, tried
        else:
            near = middle
    return best
