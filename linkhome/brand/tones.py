"""Measure a picture: its colour, how light it is and where, which text stands on it, and where to look."""

from __future__ import annotations

import math
from typing import Any

from PIL import Image

from .picture import Measures

#: The picture is looked at through a grid of this many cells on its long side.
_CELLS = 48
_LINEAR = [(v / 255 / 12.92) if v <= 10 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in range(256)]
#: A focus is only clear when its weight lies this close together, and this far from the middle (of 1).
_SPREAD, _AWAY = 0.2, 0.1
#: A cell counts as see-through below this.
_SEEN = 128


def measure(image: Image.Image) -> Measures:
    """Return the measures of upright pixels in sRGB, RGB or RGBA."""
    small = _grid(image)
    pixels: list[Any] = list(small.convert("RGBA").get_flattened_data())
    light = [0.2126 * _LINEAR[r] + 0.7152 * _LINEAR[g] + 0.0722 * _LINEAR[b] for r, g, b, _ in pixels]
    seen = [a >= _SEEN for *_, a in pixels]
    if not any(seen):
        return Measures()
    rows = [range(start, start + small.width) for start in range(0, len(pixels), small.width)]
    height = len(rows)
    thirds = [rows[height * part // 3 : max(height * (part + 1) // 3, height * part // 3 + 1)] for part in range(3)]
    tone = _mean([v for v, there in zip(light, seen, strict=True) if there])
    parts = [_mean([light[n] for row in third for n in row if seen[n]], tone) for third in thirds]
    whole = image.mode == "RGB"
    return Measures(
        colour=average(image) if whole else "",
        tone=round(tone, 3),
        tones=(round(parts[0], 3), round(parts[1], 3), round(parts[2], 3)),
        stands=stands([v for v, there in zip(light, seen, strict=True) if there]),
        focus=_focus(pixels, small.width) if whole else "",
    )


def stands(light: list[float]) -> str:
    """Return whether light or dark text has the better contrast where it has the worst, leaving out a tenth."""
    ordered = sorted(light)
    bright, dim = ordered[(len(ordered) * 9) // 10 - (len(ordered) == 10)], ordered[len(ordered) // 10]
    return "light" if 1.05 / (bright + 0.05) >= (dim + 0.05) / 0.05 else "dark"


def _focus(pixels: list[Any], width: int) -> str:
    """Return where what stands out gathers, as ``object-position``; empty when that is everywhere, or in the middle.

    What stands out differs in colour from the borders and from the whole, or has hard edges. In a picture that is
    taller than wide nothing pulls the focus down: there a head is more likely above than anything below.
    """
    height = len(pixels) // width
    if min(width, height) < 12:
        return ""
    colours = [(0.3 * r + 0.59 * g + 0.11 * b, 0.7 * (r - g), 0.35 * (r + g) - 0.7 * b) for r, g, b, _ in pixels]
    sides = [colours[:width], colours[-width:], colours[::width], colours[width - 1 :: width], colours]
    usual = [[_mean(list(part)) for part in zip(*side, strict=True)] for side in sides]
    energy = []
    for at, colour in enumerate(colours):
        x, y = at % width, at // width
        strange = min(math.dist(colour, one) for one in usual)
        across = colours[at + 1][0] - colours[at - 1][0] if 0 < x < width - 1 else 0.0
        down = colours[at + width][0] - colours[at - width][0] if 0 < y < height - 1 else 0.0
        energy.append(strange + (abs(across) + abs(down)) / 2)
    least = sorted(energy)[len(energy) * 7 // 10]
    energy = [max(0.0, value - least) for value in energy]
    x = _gathered([sum(energy[column::width]) for column in range(width)])
    y = _gathered([sum(energy[row * width : (row + 1) * width]) for row in range(height)])
    y = min(y, 50) if height > width else y
    return "" if (x, y) == (50, 50) else f"{x}% {y}%"


def _gathered(parts: list[float]) -> int:
    """Return at what percentage of a line its weight gathers, in steps of five; 50 when it is spread out."""
    whole, count = sum(parts), len(parts)
    if not whole:
        return 50
    places = [(at + 0.5) / count for at in range(count)]
    centre = sum(part * place for part, place in zip(parts, places, strict=True)) / whole
    variance = sum(part * (place - centre) ** 2 for part, place in zip(parts, places, strict=True)) / whole
    if math.sqrt(variance) > _SPREAD or abs(centre - 0.5) < _AWAY:
        return 50
    return round(centre * 20) * 5


def _grid(image: Image.Image) -> Image.Image:
    most = max(image.size)
    width, height = (max(1, round(side * min(1.0, _CELLS / most))) for side in image.size)
    return image.resize((width, height), Image.Resampling.BOX, reducing_gap=2.0)


def _mean(values: list[float], otherwise: float = -1.0) -> float:
    return sum(values) / len(values) if values else otherwise


def average(image: Image.Image) -> str:
    """Return the average colour of RGB pixels as ``#rrggbb``."""
    mean: Any = image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    return "#{:02x}{:02x}{:02x}".format(*mean)
