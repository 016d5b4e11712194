"""Draw areas, pictures and texts: the few things of which every layout is made."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any, Literal

from PIL import Image, ImageChops, ImageDraw, ImageOps

from . import inking
from .fitting import Setting
from .lettering import Shaped

Box = tuple[float, float, float, float]
Colour = str
#: Corners are drawn this much larger and made small again, so that they are smooth.
_FINE = 4


class Canvas:
    """A picture to be drawn on. Boxes are left, top, right, bottom; ``mirror`` exchanges left and right."""

    def __init__(self, width: int, height: int, ground: Colour = "#ffffff", mirror: bool = False) -> None:
        self.image = Image.new("RGB", (width, height), ground)
        self.width, self.height = width, height
        self.mirror = mirror

    def box(self, left: float, top: float, right: float, bottom: float) -> tuple[int, int, int, int]:
        """Return a box in pixels, mirrored for those who read from the right."""
        if self.mirror:
            left, right = self.width - right, self.width - left
        return round(left), round(top), round(right), round(bottom)

    def area(self, box: Box, colour: Colour, radius: float = 0.0, corners: Sequence[bool] = (True,) * 4) -> None:
        """Fill a box; ``corners`` says which are round: top left, top right, bottom right, bottom left."""
        left, top, right, bottom = self.box(*box)
        if not radius:
            self.image.paste(colour, (left, top, right, bottom))
            return
        self.image.paste(colour, (left, top), self._round((right - left, bottom - top), radius, corners))

    def picture(
        self, box: Box, picture: Image.Image, radius: float = 0.0, corners: Sequence[bool] = (True,) * 4
    ) -> None:
        """Lay a picture of the size of its box on the canvas."""
        left, top, _, _ = self.box(*box)
        mask = self._round(picture.size, radius, corners) if radius else None
        if picture.mode == "RGBA":
            alpha = picture.getchannel("A")
            mask = ImageChops.multiply(alpha, mask) if mask else alpha
        self.image.paste(picture.convert("RGB"), (left, top), mask)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Fill a circle around a point."""
        self.area((x - radius, y - radius, x + radius, y + radius), colour, radius)

    def polygon(self, points: Sequence[tuple[float, float]], colour: Colour) -> None:
        """Fill a shape with straight edges."""
        xs = [self.width - x if self.mirror else x for x, _ in points]
        ys = [y for _, y in points]
        left, top = int(min(xs)) - 1, int(min(ys)) - 1
        size = (int(max(xs)) + 2 - left, int(max(ys)) + 2 - top)
        mask = Image.new("L", (size[0] * _FINE, size[1] * _FINE))
        ImageDraw.Draw(mask).polygon(
            [((x - left) * _FINE, (y - top) * _FINE) for x, y in zip(xs, ys, strict=True)], fill=255
        )
        self.image.paste(colour, (left, top), mask.resize(size, Image.Resampling.BOX))

    def line(self, start: tuple[float, float], end: tuple[float, float], width: float, colour: Colour) -> None:
        """Draw a straight line with flat ends."""
        (x, y), (u, v) = start, end
        long = max(((u - x) ** 2 + (v - y) ** 2) ** 0.5, 0.01)
        dx, dy = (v - y) / long * width / 2, (x - u) / long * width / 2
        self.polygon(((x + dx, y + dy), (u + dx, v + dy), (u - dx, v - dy), (x - dx, y - dy)), colour)

    def arrow(self, x: float, y: float, size: float, width: float, colour: Colour) -> None:
        """Draw an arrow that points forward, its tip at the point."""
        self.line((x - size, y), (x - width * 0.7, y), width, colour)
        for way in (-1, 1):
            self.line(
                (x - size * 0.42, y + way * size * 0.42), (x + width * 0.1, y - way * width * 0.25), width, colour
            )

    def text(
        self,
        setting: Setting,
        x: float,
        y: float,
        colour: Colour,
        align: Literal["start", "end", "middle"] = "start",
        inks: Sequence[Colour] = (),
    ) -> float:
        """Write lines whose first baseline is at ``y``; return the last baseline. ``inks`` are colours line by line."""
        for number, line in enumerate(setting.lines):
            own = inks[number] if number < len(inks) else colour
            self.write(line, setting.size, x, y + number * setting.step, own, align)
        return y + max(0, len(setting.lines) - 1) * setting.step

    def write(self, line: Shaped, size: float, x: float, y: float, colour: Colour, align: str = "start") -> None:
        """Write one line; ``x`` is its start, its end or its middle."""
        advance = line.advance * size
        if align == "middle":
            x -= advance / 2
        elif align == "end":
            x -= advance
        if self.mirror:
            x = self.width - x - advance
        ink = inking.draw(line, size, x % 1, y % 1)
        left, top = int(x // 1), int(y // 1)
        if ink.mask:
            self.image.paste(colour, (left + ink.x, top + ink.y), ink.mask)
        for picture, dx, dy in ink.pictures:
            self.image.paste(picture, (left + dx, top + dy), picture)

    def shade(self, box: Box, colour: Colour, stops: Sequence[tuple[float, float]], across: bool = False) -> None:
        """Lay a colour over a box, its strength (0 to 1) changing between the stops, down or across."""
        left, top, right, bottom = self.box(*box)
        length = right - left if across else bottom - top
        values = [round(255 * _between(stops, (n + 0.5) / length)) for n in range(length)]
        if across and self.mirror:
            values.reverse()
        strip = Image.frombytes("L", (length, 1) if across else (1, length), bytes(values))
        self.image.paste(colour, (left, top), strip.resize((right - left, bottom - top)))

    def upright(self, line: Shaped, size: float, x: float, y: float, colour: Colour) -> None:
        """Write one line downwards, its foot towards the start: its baseline at ``x``, its beginning at ``y``."""
        ink = inking.draw(line, size)
        if ink.mask:
            turned = ink.mask.transpose(Image.Transpose.ROTATE_270)
            left = x - ink.y - ink.mask.height
            if self.mirror:
                left = self.width - left - turned.width
            self.image.paste(colour, (round(left), round(y + ink.x)), turned)

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 1.0, flat: float = 1.0) -> None:
        """Lay a round light over the canvas that fades to nothing; ``flat`` squeezes its height."""
        x = self.width - x if self.mirror else x
        mask = _glow(round(radius * 2), round(radius * 2 * flat), round(strength * 255))
        self.image.paste(colour, (round(x - radius), round(y - radius * flat)), mask)

    def saved(self, limit: int = 290_000) -> bytes:
        """Return the picture as a JPEG without any words in it, smaller than ``limit``."""
        for quality in (82, 74, 64, 54, 42):
            out = BytesIO()
            self.image.save(out, "JPEG", quality=quality, subsampling=0 if quality > 70 else 2, optimize=False)
            if len(out.getvalue()) <= limit:
                break
        return out.getvalue()

    def _round(self, size: tuple[int, int], radius: float, corners: Sequence[bool]) -> Image.Image:
        top_left, top_right, bottom_right, bottom_left = corners
        if self.mirror:
            top_left, top_right, bottom_right, bottom_left = top_right, top_left, bottom_left, bottom_right
        return _mask(size, min(radius, min(size) / 2), (top_left, top_right, bottom_right, bottom_left))


@lru_cache(maxsize=64)
def _mask(size: tuple[int, int], radius: float, corners: tuple[bool, bool, bool, bool]) -> Image.Image:
    width, height = size
    mask = Image.new("L", size, 255)
    edge = max(1, min(round(radius), width // 2, height // 2))
    fine = Image.new("L", (edge * _FINE, edge * _FINE))
    ImageDraw.Draw(fine).ellipse((0, 0, edge * _FINE * 2 - 1, edge * _FINE * 2 - 1), fill=255)
    corner = fine.resize((edge, edge), Image.Resampling.BOX)
    places = ((0, 0), (width - edge, 0), (width - edge, height - edge), (0, height - edge))
    for wanted, place, turned in zip(
        corners, places, (corner, ImageOps.mirror(corner), corner.rotate(180), ImageOps.flip(corner)), strict=True
    ):
        if wanted:
            mask.paste(turned, place)
    return mask


@lru_cache(maxsize=16)
def _glow(width: int, height: int, strength: int) -> Image.Image:
    round_ = Image.radial_gradient("L").resize((256, 256))  # 0 in the middle, 255 at the edge
    # A light falls off softly: nothing is seen of where it ends.
    table = [round(strength * max(0.0, 1 - value / 181) ** 2) for value in range(256)]
    return round_.point(table).resize((max(1, width), max(1, height)), Image.Resampling.BICUBIC)


def _between(stops: Sequence[tuple[float, float]], at: float) -> float:
    before = stops[0]
    for stop in stops:
        if at <= stop[0]:
            span = stop[0] - before[0]
            part = (at - before[0]) / span if span > 0 else 1.0
            part = part * part * (3 - 2 * part)
            return before[1] + (stop[1] - before[1]) * part
        before = stop
    return stops[-1][1]


def opened(data: bytes, side: int = 1200) -> Image.Image:
    """Return a picture, decoded no larger than is needed to fill a square of ``side`` pixels."""
    image = Image.open(BytesIO(data))
    if image.format == "JPEG":
        image.draft("RGB", (side, side))
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def cropped(image: Image.Image, width: float, height: float, focus: str = "50% 50%") -> Image.Image:
    """Return the part of a picture that fills a box, its focus kept in sight."""
    wide, tall = max(1, round(width)), max(1, round(height))
    across, down = (float(part) / 100 for part in focus.replace("%", "").split())
    scale = max(wide / image.width, tall / image.height)
    part_w, part_h = wide / scale, tall / scale
    left, top = max(0.0, (image.width - part_w) * across), max(0.0, (image.height - part_h) * down)
    part = (left, top, min(left + part_w, image.width), min(top + part_h, image.height))
    return image.resize((wide, tall), Image.Resampling.LANCZOS, part, reducing_gap=2.0)


def contained(image: Image.Image, width: float, height: float) -> Image.Image:
    """Return a picture as large as fits into a box, whole."""
    scale = min(width / image.width, height / image.height)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(size, Image.Resampling.LANCZOS)


def duotone(image: Image.Image, dark: Colour, light: Colour, contrast: float = 1.0) -> Image.Image:
    """Return a picture in two inks, its range of greys spread first."""
    if image.mode == "RGBA":
        ground = Image.new("RGB", image.size, "#ffffff")
        ground.paste(image, (0, 0), image)
        image = ground
    grey: Any = ImageOps.autocontrast(image.convert("L"), cutoff=1)
    if contrast != 1.0:
        grey = grey.point([max(0, min(255, round((value - 128) * contrast + 128))) for value in range(256)])
    return ImageOps.colorize(grey, dark, light)


def blended(one: Colour, other: Colour, part: float) -> Colour:
    """Return a colour between two: ``part`` is how much of the second."""
    pairs = zip((one[n : n + 2] for n in (1, 3, 5)), (other[n : n + 2] for n in (1, 3, 5)), strict=True)
    return "#" + "".join(f"{round(int(a, 16) * (1 - part) + int(b, 16) * part):02x}" for a, b in pairs)
