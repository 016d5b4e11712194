"""Measure texts in the fonts of the theme, so that a template can set a name as wide as the page.

Lengths are in em of the face, with kerning, rounded so that every machine writes the same page. What a font has no
letters for is estimated.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

import msgspec

from ..cache import Cache, fingerprint
from .lines import balanced

if TYPE_CHECKING:
    from .fonts import Fonts

Answer = TypeVar("Answer")
#: The position of an axis, or none for where the face itself stands.
Axis: TypeAlias = float | None
#: Digits after the point. A screen has fewer.
EXACT = 3


class Line(NamedTuple):
    """One line of a lock-up: its text, the width axis at ``x``, its ink ``k`` wide and moved by ``o``, both in em."""

    text: str
    x: float
    k: float
    o: float


class Lockup(NamedTuple):
    """Lines that fill one measure, and how wide all of it is on one line."""

    lines: tuple[Line, ...]
    one: float


class Extent(NamedTuple):
    """How wide a line is: its advance, where its ink begins and how wide the ink is."""

    advance: float
    start: float
    ink: float


class Ruler:
    """Measure with one font; positions of its axes are given with each text."""

    def __init__(self, data: bytes) -> None:
        import uharfbuzz

        self._hb: Any = uharfbuzz
        self._face = uharfbuzz.Face(data)
        self._em = self._face.upem

    def advance(self, text: str, axes: Mapping[str, float], features: tuple[str, ...] = ()) -> float:
        """Return the advance of a text on one line, in em."""
        return self.extent(text, axes, features).advance

    def extent(self, text: str, axes: Mapping[str, float], features: tuple[str, ...] = ()) -> Extent:
        """Return the advance and the ink of a text on one line, in em."""
        hb = self._hb
        font = hb.Font(self._face)
        if axes:
            font.set_variations(dict(axes))
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(font, buffer, dict.fromkeys(features, True))
        at, low, high = 0.0, None, 0.0
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if not info.codepoint:
                letter = text[info.cluster]
                width = guessed(letter) * self._em
                low = at if low is None else low
                at += width
                high = max(high, at)
                continue
            ink = font.get_glyph_extents(info.codepoint)
            if ink and ink.width:
                start = at + position.x_offset + ink.x_bearing
                low = start if low is None else min(low, start)
                high = max(high, start + ink.width)
            at += position.x_advance
        low = low or 0.0
        return Extent(at / self._em, low / self._em, max(high - low, 0.0) / self._em)


def guessed(letter: str) -> float:
    """Return about how wide a letter is in some other font, in em."""
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(letter) in ("W", "F"):
        return 1.0
    return 0.72 if letter.isupper() else 0.3 if letter.isspace() else 0.58


class Measure:
    """Answer what templates ask. Each answer is remembered by text and font, so that nothing is measured twice."""

    def __init__(self, fonts: Fonts, cache: Cache) -> None:
        self._fonts = fonts
        self._cache = cache
        self._extents: dict[tuple[object, ...], Extent] = {}
        self._rulers: dict[str, Ruler] = {}

    def width(self, text: str, face: str, capitals: bool = False, wdth: Axis = None, wght: Axis = None) -> float:
        """Return how wide a text is on one line."""
        text = _cased(text, capitals)
        make = partial(self._width, text, face, wdth, wght)
        return self._remembered(make, float, "width", text, face, self._fonts.position(face, wdth, wght))

    def lines(
        self, text: str, face: str, most: int = 4, capitals: bool = False, wdth: Axis = None, wght: Axis = None
    ) -> tuple[str, ...]:
        """Break a text into at most so many lines: the widest as narrow as can be, in as few lines as that takes."""
        text = _cased(text, capitals)
        make = partial(balanced, text, most, lambda line: self._extent(line, face, wdth, wght).advance)
        position = self._fonts.position(face, wdth, wght)
        return self._remembered(make, tuple[str, ...], "lines", text, face, position, most)

    def fit(
        self, text: str, face: str, most: int = 4, capitals: bool = False, wdth: Axis = None, wght: Axis = None
    ) -> float:
        """Return how wide the widest of `lines` is."""
        lines = self.lines(text, face, most, capitals, wdth, wght)
        return max((self.width(line, face, wdth=wdth, wght=wght) for line in lines), default=0.0)

    def lockup(
        self,
        text: str,
        face: str,
        most: int = 4,
        low: float = 62,
        high: float = 125,
        capitals: bool = True,
        wght: Axis = None,
    ) -> Lockup:
        """Break a text into lines and find for each the width axis at which its ink is as wide as the widest's.

        The widest line stands at ``low``. A face without a width axis keeps its width: ``x`` is then 100.
        """
        low, high = self._fonts.range(face, "wdth", low, high)
        text = _cased(text, capitals)
        make = partial(self._lockup, text, face, most, low, high, wght)
        position = self._fonts.position(face, low, wght)
        return self._remembered(make, Lockup, "lockup", text, face, position, most, high)

    def _width(self, text: str, face: str, wdth: Axis, wght: Axis) -> float:
        return round(self._extent(text, face, wdth, wght).advance, EXACT)

    def _lockup(self, text: str, face: str, most: int, low: float, high: float, wght: Axis) -> Lockup:
        lines = balanced(text, most, lambda line: self._extent(line, face, low, wght).ink)
        goal = max((self._extent(line, face, low, wght).ink for line in lines), default=0.0)
        found = []
        for line in lines:
            x = self._stretched(line, face, goal, low, high, wght)
            extent = self._extent(line, face, x, wght)
            found.append(Line(line, x, round(extent.ink, EXACT), round(-extent.start, EXACT) + 0.0))
        space = self._extent(" ", face, low, wght).advance
        one = sum(line.k for line in found) + space * max(len(found) - 1, 0)
        return Lockup(tuple(found), round(one, EXACT))

    def _stretched(self, line: str, face: str, goal: float, low: float, high: float, wght: Axis) -> float:
        """Return the width axis, in halves, at which a line comes nearest to the goal without going over it."""
        first, last = 0, max(0, int((high - low) * 2))
        while first < last:
            middle = (first + last + 1) // 2
            if self._extent(line, face, low + middle / 2, wght).ink <= goal:
                first = middle
            else:
                last = middle - 1
        return low + first / 2

    def _remembered(
        self, make: Callable[[], Answer], kind: type[Answer], what: str, text: str, face: str, *more: object
    ) -> Answer:
        """Return an answer from the cache, or make it."""
        key = fingerprint(what, self._fonts.identity(face), text, *more)
        stored = self._cache.get("measure", key)
        if stored is not None:
            return msgspec.msgpack.decode(stored, type=kind)
        answer = make()
        self._cache.put("measure", key, msgspec.msgpack.encode(answer))
        return answer

    def _extent(self, text: str, face: str, wdth: Axis, wght: Axis) -> Extent:
        """Return how wide a line is; its parts may be in several fonts, one a script."""
        axes = self._fonts.position(face, wdth, wght)
        key = (face, text, *axes.items())
        if key not in self._extents:
            at, low, high = 0.0, None, 0.0
            for name, run in self._fonts.runs(face, text):
                extent = self._ruler(face, name).extent(run, axes)
                if extent.ink:
                    low = at + extent.start if low is None else low
                    high = at + extent.start + extent.ink
                at += extent.advance
            start = low or 0.0
            # Rounded, so that the last digit of a sum of fractions never decides where a line ends.
            numbers = (at, start, max(high - start, 0.0))
            self._extents[key] = Extent(*(round(number, 5) for number in numbers))
        return self._extents[key]

    def _ruler(self, face: str, name: str) -> Ruler:
        if name not in self._rulers:
            self._rulers[name] = Ruler(self._fonts.plain(face, name))
        return self._rulers[name]


def _cased(text: str, capitals: bool) -> str:
    text = " ".join(str(text).split())
    return text.upper() if capitals else text
