"""Draw the pictures that stand in for the creator's own: hills in the evening, in the colour of the brand."""

from __future__ import annotations

import colorsys
import io
import math

from PIL import Image, ImageColor, ImageDraw, ImageFilter

#: Where a range of hills stands (parts of the height), how high and how long its waves are, and their beginning.
_RANGES = ((0.52, 0.05, 1.3, 0.4), (0.61, 0.06, 0.9, 2.1), (0.71, 0.05, 1.6, 4.0), (0.83, 0.07, 0.8, 5.2))


def hills(width: int, height: int, colour: str, walk: float = 0.0) -> bytes:
    """Return a JPEG of a sun over hills, seen after a ``walk``. The same arguments give the same picture."""
    hue, _, saturation = colorsys.rgb_to_hls(*(c / 255 for c in ImageColor.getrgb(colour)[:3]))
    strength = min(saturation, 0.6)
    sky = Image.new("RGB", (1, 64))
    for y in range(64):
        sky.putpixel((0, y), _tone(hue + 0.07 * y / 63, 0.72 + 0.2 * y / 63, strength))
    picture = sky.resize((width, height), Image.Resampling.BICUBIC)
    _glow(picture, hue, 0.66 - 0.1 * walk)
    draw = ImageDraw.Draw(picture)
    for number, (level, wave, length, start) in enumerate(_RANGES):
        top = [(x, height * (level + wave * _slope(x / width, length, start + walk))) for x in range(0, width + 4, 4)]
        draw.polygon([*top, (width, height), (0, height)], fill=_tone(hue, 0.66 - 0.15 * number, strength))
    kept = io.BytesIO()
    # Drawn in one size; the slight blur is what smooths the edges of the hills.
    picture.filter(ImageFilter.GaussianBlur(0.8)).save(kept, "JPEG", quality=86, optimize=True)
    return kept.getvalue()


def _glow(picture: Image.Image, hue: float, across: float) -> None:
    width, height = picture.size
    radius = min(width, height) * 0.13
    x, y = width * across, height * 0.36
    shape = Image.new("L", picture.size, 0)
    ImageDraw.Draw(shape).ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    halo = shape.filter(ImageFilter.GaussianBlur(radius * 0.9))
    warm = Image.new("RGB", picture.size, _tone(hue + 0.1, 0.96, 0.9))
    picture.paste(warm, mask=halo)
    picture.paste(warm, mask=shape.filter(ImageFilter.GaussianBlur(1.2)))


def _slope(x: float, length: float, start: float) -> float:
    return math.sin(x * math.tau * length + start) + 0.35 * math.sin(x * math.tau * length * 2.7 + start * 2)


def _tone(hue: float, lightness: float, saturation: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hls_to_rgb(hue % 1, lightness, saturation)
    return round(red * 255), round(green * 255), round(blue * 255)
