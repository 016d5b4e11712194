"""Turn shaped lines into ink: masks to paint through, glyphs in their own colours, outlines for drawings."""

from __future__ import annotations

from io import BytesIO
from typing import NamedTuple

import uharfbuzz as hb
from PIL import Image

from .lettering import Glyph, Shaped


class Ink(NamedTuple):
    """A drawn line: a mask, pictures in colours of their own, and the way from the start of the baseline to them."""

    mask: Image.Image | None
    x: int
    y: int
    pictures: tuple[tuple[Image.Image, int, int], ...] = ()


def draw(line: Shaped, size: float, x: float = 0.0, y: float = 0.0) -> Ink:
    """Return the ink of a line of ``size`` pixels an em whose baseline starts at the fractions ``x`` and ``y``."""
    outlines = hb.RasterDraw()
    pictures = []
    for glyph in line.glyphs:
        if glyph.font.colours and (picture := _coloured(glyph, size, x, y)):
            pictures.append(picture)
            continue
        scale = size / glyph.font.em
        outlines.transform = (scale, 0.0, 0.0, scale, glyph.x * size + x, glyph.y * size - y)
        outlines.draw_glyph(glyph.font.font, glyph.number)
    drawn = outlines.render()
    extents = drawn.extents if drawn else None
    if not drawn or not extents or not extents.width or not extents.height:
        return Ink(None, 0, 0, tuple(pictures))
    mask = Image.frombytes("L", (extents.width, extents.height), drawn.buffer, "raw", "L", extents.stride, -1)
    return Ink(mask, extents.x_origin, -(extents.y_origin + extents.height), tuple(pictures))


def outline(line: Shaped, size: float, x: float, y: float) -> str:
    """Return a line as the path of an SVG, its baseline at ``x``, ``y``."""
    parts: list[str] = []

    def at(way: str, *numbers: float) -> None:
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        parts.append(way + " ".join(f"{x + (dx + a * scale):.2f} {y - (dy + b * scale):.2f}" for a, b in pairs))

    functions = hb.DrawFuncs()
    functions.set_move_to_func(lambda a, b, _: at("M", a, b))
    functions.set_line_to_func(lambda a, b, _: at("L", a, b))
    functions.set_quadratic_to_func(lambda a, b, c, d, _: at("Q", a, b, c, d))
    functions.set_cubic_to_func(lambda a, b, c, d, e, f, _: at("C", a, b, c, d, e, f))
    functions.set_close_path_func(lambda _: parts.append("Z"))
    for glyph in line.glyphs:
        scale, dx, dy = size / glyph.font.em, glyph.x * size, glyph.y * size
        glyph.font.font.draw_glyph(glyph.number, functions)
    return "".join(parts).replace(".00", "")


def _coloured(glyph: Glyph, size: float, x: float, y: float) -> tuple[Image.Image, int, int] | None:
    """Return a glyph in its own colours, and where it lies; None when it has none."""
    opened = glyph.font
    extents = opened.font.get_glyph_extents(glyph.number)
    if not extents or not extents.width:
        return None
    scale = size / opened.em
    left, top = glyph.x * size + x + extents.x_bearing * scale, y - glyph.y * size - extents.y_bearing * scale
    width, height = max(1, round(extents.width * scale)), max(1, round(-extents.height * scale))
    if opened.colours == "pictures":
        blob = opened.font.get_glyph_color_png(glyph.number)
        if not blob or not len(blob):
            return None
        picture = Image.open(BytesIO(blob.data)).convert("RGBA")
        return picture.resize((width, height), Image.Resampling.LANCZOS), round(left), round(top)
    paint = hb.RasterPaint()
    paint.transform = (scale, 0.0, 0.0, scale, 0.0, 0.0)
    paint.set_glyph_extents(extents)
    if not paint.paint_glyph_or_fail(opened.font, glyph.number):
        return None
    drawn = paint.render()
    if not drawn:
        return None
    found = drawn.extents
    picture = Image.frombytes("RGBA", (found.width, found.height), drawn.buffer, "raw", "BGRa", found.stride, -1)
    left, top = glyph.x * size + x + found.x_origin, y - glyph.y * size - (found.y_origin + found.height)
    return picture, round(left), round(top)
