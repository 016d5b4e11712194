"""Print a picture as a press would: in dots on a turned screen, in two inks, or in an even grey."""

from __future__ import annotations

import math
from functools import lru_cache

from PIL import Image, ImageChops, ImageFilter, ImageOps

from .prints import Print

#: How light a normalised picture is in the middle, of 255: a little over the half, as printers like it.
_MIDDLE = 138
#: The brightest and darkest hundredths that are allowed to clip.
_CUT = (1, 1)
#: How many tones a halftone tells apart, and how many steps its edges have: dots that are alike are stored once.
_TONES, EDGES = 16, 4
#: Less ink than this would be a speck that nobody sees, more than 255 less this a speck of paper.
_SPECK = 14


def printed(image: Image.Image, print_: Print) -> Image.Image:
    """Return upright pixels, not wider than the print asks for, as the print asks for."""
    match print_.form:
        case "halftone":
            return _halftone(image, print_)
        case "duotone":
            return _duotone(image, print_)
        case _:
            return _with_alpha(_even(image), image)


def _even(image: Image.Image) -> Image.Image:
    """Return the greys of a picture so that it prints well, be it dark or light, flat or hard."""
    paper = image
    if image.mode == "RGBA":
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image)
    grey = paper.convert("L")
    mask = image.getchannel("A").point(lambda value: 255 if value > 127 else 0) if image.mode == "RGBA" else None
    grey = ImageOps.autocontrast(grey, _CUT, mask=mask)
    # Bring out what is near to each other, as the eye does, before the tones are moved as a whole.
    grey = grey.filter(ImageFilter.UnsharpMask(radius=max(2, grey.width // 20), percent=30, threshold=0))
    histogram = grey.histogram(mask)
    count = sum(histogram) or 1
    middle = sum(value * number for value, number in enumerate(histogram)) / count / 255
    gamma = math.log(_MIDDLE / 255) / math.log(min(max(middle, 0.02), 0.98))
    gamma = min(max(gamma, 0.45), 2.2)
    return grey.point([round(255 * (value / 255) ** gamma) for value in range(256)])


def _with_alpha(grey: Image.Image, image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return grey.convert("RGB")
    made = grey.convert("RGBA")
    made.putalpha(image.getchannel("A"))
    return made


def _halftone(image: Image.Image, print_: Print) -> Image.Image:
    """Return black dots on nothing: their size follows the tone, and the screen is turned."""
    pitch = image.width / print_.cells
    grey = _even(image).filter(ImageFilter.GaussianBlur(pitch * 0.3))
    ink = grey.point([_ink(255 - value) for value in range(256)])
    # Where there is more ink than the screen asks for, there is a dot; the edge is about one pixel wide.
    edge = max(1.5, pitch * 0.55)
    dots = ImageChops.subtract(ink, _screen(image.size, pitch, print_.angle), scale=1 / edge, offset=128)
    if image.mode == "RGBA":
        dots = ImageChops.multiply(dots, image.getchannel("A"))
    made = Image.new("LA", image.size, 0)
    made.putalpha(dots.point([round(round(value / 255 * (EDGES - 1)) * 255 / (EDGES - 1)) for value in range(256)]))
    return made


def _ink(dark: int) -> int:
    if dark <= _SPECK:
        return 0
    if dark >= 255 - _SPECK:
        return 255
    return round(round(dark / 255 * (_TONES - 1)) * 255 / (_TONES - 1))


def _screen(size: tuple[int, int], pitch: float, angle: int) -> Image.Image:
    """Return the threshold of every pixel: hills on a turned square grid, each tone on the same area."""
    right, down = _lattice(pitch, angle)
    tile = _tile(right, down)
    screen = Image.new("L", size)
    for y in range(0, size[1], tile.height):
        for x in range(0, size[0], tile.width):
            screen.paste(tile, (x, y))
    return screen


def _lattice(pitch: float, angle: int) -> tuple[int, int]:
    """Return the step from one dot to the next in whole pixels: then equal tones give equal pixels, and small files."""
    reach = range(-math.ceil(pitch * 1.1), math.ceil(pitch * 1.1) + 1)
    steps = [(x, y) for x in reach for y in reach if x > 0 and abs(math.hypot(x, y) / pitch - 1) <= 0.1]

    def miss(step: tuple[int, int]) -> float:
        turned = math.degrees(math.atan2(step[1], step[0])) - angle
        return abs((turned + 45) % 90 - 45) + abs(math.hypot(*step) / pitch - 1) * 60

    return min(steps, key=miss, default=(max(2, round(pitch)), 0))


@lru_cache(maxsize=4)
def _tile(right: int, down: int) -> Image.Image:
    """Return the square after which a screen with this step repeats."""
    side = right * right + down * down
    wave = [math.cos(2 * math.pi * at / side) for at in range(side)]
    heights = [
        round(wave[(x * right + y * down) % side] + wave[(y * right - x * down) % side], 6)
        for y in range(side)
        for x in range(side)
    ]
    ordered = sorted(heights)
    level: dict[float, int] = {}
    for rank, height in enumerate(ordered):
        level.setdefault(height, rank)
    count = len(heights)
    return Image.frombytes(
        "L", (side, side), bytes(min(255, (level[height] * 256 + 128) // count) for height in heights)
    )


def _duotone(image: Image.Image, print_: Print) -> Image.Image:
    even = _even(image)
    dark, light = (_linear(colour) for colour in (print_.dark, print_.light))
    bands = []
    for low, high in zip(dark, light, strict=True):
        bands.append(even.point([_shown(low + (high - low) * value / 255) for value in range(256)]))
    made = Image.merge("RGB", bands)
    if image.mode == "RGBA":
        made.putalpha(image.getchannel("A"))
    return made


def _linear(colour: str) -> tuple[float, float, float]:
    """Return a colour on a scale that is even to the eye: the cube root of light."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _root(red), _root(green), _root(blue)


def _root(part: float) -> float:
    light = part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
    return float(light ** (1 / 3))


def _shown(root: float) -> int:
    light = max(0.0, root) ** 3
    part = light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(255 * min(1.0, part))
