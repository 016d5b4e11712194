"""Shape, measure and draw letters with HarfBuzz: every script, the same on every computer.

A text is set in a *chain* of fonts: each letter takes the first font that has it. Lengths are in em of the size
that is asked for. What no font has is left out, and remembered in ``missing``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import uharfbuzz as hb

from . import bidi

#: A letter with its marks, an emoji with its colour and companions, a flag.
_CLUSTER = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    "|(?:.[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\u0300-\u036f\u200c]*\u200d)*"
    ".[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\u0300-\u036f\u200c]*",
    re.DOTALL,
)
_SHOWN_BY_NO_FONT = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\u00ad")
_JOINED = frozenset({"ARAB", "SYRC", "MONG", "NKOO", "DEVA"})


class Face(NamedTuple):
    """A font file with the positions of its axes and the features that are switched on."""

    file: str
    axes: tuple[tuple[str, float], ...] = ()
    features: tuple[str, ...] = ()

    def at(self, **axes: float) -> Face:
        """Return the face with other positions of these axes."""
        return self._replace(axes=tuple(sorted({**dict(self.axes), **axes}.items())))


class _Font(NamedTuple):
    font: hb.Font
    em: int
    features: dict[str, bool]
    #: How its glyphs carry colours of their own: as small pictures, as painted layers, or not at all.
    colours: Literal["pictures", "layers", ""]


class Glyph(NamedTuple):
    """One glyph of a line: its font, its number, where it stands and how far it advances, in em."""

    font: _Font
    number: int
    x: float
    y: float


class Shaped(NamedTuple):
    """A line ready to be drawn: its glyphs from left to right, its advance, and how far its ink goes, in em.

    ``left`` and ``right`` are measured from the start, ``top`` and ``bottom`` from the baseline, up and down.
    """

    glyphs: tuple[Glyph, ...]
    advance: float
    left: float
    right: float
    top: float = 0.0
    bottom: float = 0.0


@lru_cache(maxsize=64)
def _opened(face: Face) -> _Font:
    font = hb.Font(_data(face.file))
    if face.axes:
        font.set_variations(dict(face.axes))
    layered = font.face.has_color_paint or font.face.has_color_layers
    colours: Literal["pictures", "layers", ""] = "layers" if layered else ""
    if font.face.has_color_png:
        colours = "pictures"
    return _Font(font, font.face.upem, dict.fromkeys(face.features, True), colours)


@lru_cache(maxsize=32)
def _data(file: str) -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(file))


@lru_cache(maxsize=32)
def letters_of(file: str) -> frozenset[int]:
    """Return the letters that a font has."""
    return frozenset(_data(file).unicodes)


class Chain:
    """Set texts in the first of several faces that has their letters. ``missing`` collects what none has."""

    def __init__(self, faces: Sequence[Face], more: Sequence[Face] = ()) -> None:
        self.faces = tuple(face for face in (*faces, *more) if Path(face.file).is_file())
        self.missing: set[str] = set()
        self.used: set[str] = set()

    def at(self, **axes: float) -> Chain:
        """Return the chain with other positions of the first face's axes."""
        changed = Chain((self.faces[0].at(**axes), *self.faces[1:]) if self.faces else ())
        changed.missing, changed.used = self.missing, self.used
        return changed

    def covers(self, text: str) -> bool:
        """Tell whether the first face has all letters of a text."""
        return bool(self.faces) and {ord(letter) for letter in text} <= letters_of(self.faces[0].file)

    def shape(self, text: str, direction: str = "ltr", tracking: float = 0.0) -> Shaped:
        """Return the glyphs of one line."""
        return _shape(self, text, direction, tracking)

    def width(self, text: str, direction: str = "ltr", tracking: float = 0.0) -> float:
        """Return the advance of one line, in em."""
        return self.shape(text, direction, tracking).advance

    def heights(self) -> tuple[float, float, float, float]:
        """Return ascent, descent, height of capitals and of small letters of the first face, in em."""
        opened = _opened(self.faces[0])
        extents = opened.font.get_font_extents("ltr")
        tall, small = (opened.font.get_glyph_extents(opened.font.get_nominal_glyph(ord(c)) or 0) for c in "Hx")
        em = opened.em
        return (
            extents.ascender / em,
            -extents.descender / em,
            tall.y_bearing / em if tall else 0.7,
            small.y_bearing / em if small else 0.5,
        )

    def pieces(self, text: str) -> Iterator[tuple[Face, str]]:
        """Return the text in pieces that one face can set; what none has is left out."""
        now: Face | None = None
        piece = ""
        for cluster in clusters(text):
            face = self._face_of(cluster, now)
            if face is None:
                self.missing.update(letter for letter in cluster if letter not in _SHOWN_BY_NO_FONT)
                continue
            if face is not now and piece and now:
                yield now, piece
                piece = ""
            now, piece = face, piece + cluster
        if piece and now:
            self.used.add(now.file)
            yield now, piece

    def _face_of(self, cluster: str, now: Face | None) -> Face | None:
        wanted = {ord(letter) for letter in cluster if letter not in _SHOWN_BY_NO_FONT}
        if now is not None and cluster.isspace() and wanted <= letters_of(now.file):
            return now  # a space belongs to the word before it
        for face in self.faces:
            if wanted <= letters_of(face.file):
                self.used.add(face.file)
                return face
        first = {ord(unicodedata.normalize("NFC", cluster)[0])}  # better a letter without its mark than none
        return next((face for face in self.faces if first <= letters_of(face.file)), None)


def clusters(text: str) -> list[str]:
    """Return what readers take for single letters."""
    found: list[str] = []
    for cluster in _CLUSTER.findall(unicodedata.normalize("NFC", text)):
        if found and unicodedata.category(cluster[0])[0] == "M":
            found[-1] += cluster
        else:
            found.append(cluster)
    return found


def _shape(chain: Chain, text: str, direction: str, tracking: float) -> Shaped:
    glyphs: list[Glyph] = []
    at, left, right, top, bottom = 0.0, None, 0.0, 0.0, 0.0
    for run in bidi.runs(text, direction):
        way = "rtl" if run.level % 2 else "ltr"
        pieces = list(chain.pieces(text[run.start : run.end]))
        for face, piece in pieces if way == "ltr" else reversed(pieces):
            opened = _opened(face)
            buffer = hb.Buffer()
            buffer.add_str(piece)
            buffer.guess_segment_properties()
            buffer.direction = way
            hb.shape(opened.font, buffer, opened.features)
            apart = 0.0 if (buffer.script or "").upper() in _JOINED else tracking
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
                x = at + position.x_offset / opened.em
                glyphs.append(Glyph(opened, info.codepoint, x, position.y_offset / opened.em))
                ink = opened.font.get_glyph_extents(info.codepoint)
                if ink and ink.width:
                    start = x + ink.x_bearing / opened.em
                    left = start if left is None else min(left, start)
                    right = max(right, start + ink.width / opened.em)
                    high = (position.y_offset + ink.y_bearing) / opened.em
                    top, bottom = max(top, high), max(bottom, -ink.height / opened.em - high)
                at += position.x_advance / opened.em + (apart if position.x_advance else 0.0)
    return Shaped(tuple(glyphs), at - (tracking if glyphs else 0.0), left or 0.0, right, top, bottom)
