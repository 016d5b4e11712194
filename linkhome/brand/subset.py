"""Cut a font down to the letters, features and axes that a site uses.

HarfBuzz cuts, within milliseconds; fontTools packs the result as WOFF2. The same bytes and the same order give the
same bytes. What is wrong with a font is raised as `BrokenFontError`; fonts that are not ours come through `foreign`.
"""

from __future__ import annotations

import contextlib
import logging
import struct
import warnings
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from msgspec import Struct

Axes = dict[str, tuple[float, float]]

#: What every text is set with: without most of these it is not just less pretty but wrong.
NEEDED = (
    "ccmp locl rlig rclt rvrn mark mkmk dist curs init medi med2 fina fin2 fin3 isol stch abvm blwm abvs blws akhn "
    "blwf cjct half haln nukt pref pres pstf psts rkrf rphf vatu cfar ljmo vjmo tjmo rtlm ltra ltrm rtla "
    "kern liga clig calt"
)
#: What a page can do without: hints for old screens, names of styles, tables of other programs.
DROPPED = ("DSIG", "meta", "gasp", "STAT", "MVAR", "BASE", "JSTF", "FFTM", "PCLT", "EBDT", "EBLC", "EBSC")
#: Copyright and licence stay inside of a font, wherever it goes.
NAMES = (0, 13, 14)
#: What pages mean by bold, whatever a font could do beyond.
BOLD = 700.0
#: By what the average width of letters is known; the same text for every font that is compared.
SAMPLE = (
    "Letters from the sleeper car. New drawings, zines and small prints about night trains. Workshop and print fair, "
    "Saturday in Basel. Neue Zeichnungen und Drucke aus langsamen Zügen. Öffnungszeiten, Bücher, Hörproben und "
    "Termine; mehr über mich."
)


class BrokenFontError(Exception):
    """A file that is no font, or a font that cannot be cut."""


class Known(Struct, frozen=True, array_like=True):
    """What a font can do: its letters, its axes (least, default, most), what it allows, how many glyphs it has."""

    letters: str
    axes: dict[str, tuple[float, float, float]]
    allowed: int
    glyphs: int


class Order(Struct, frozen=True, array_like=True):
    """What is wanted of a font. Axes that are not named stand at their default."""

    letters: str
    axes: Axes
    features: tuple[str, ...] = ()
    capitals: bool = False


class Cut(Struct, frozen=True, array_like=True):
    """A font that was cut: for the web, and uncompressed to measure and draw with; its metrics in em.

    ``axes`` are those that can still be moved. ``widths`` are average letters: weight, width axis, em; at the
    lightest weight and at bold, at both ends of the width axis and at the usual place between.
    """

    web: bytes
    plain: bytes
    axes: Axes
    weight: int
    ascent: float
    descent: float
    gap: float
    widths: tuple[tuple[float, float, float], ...]


def wake() -> None:
    """Import what the work needs, before workers are started."""
    import brotli  # noqa: F401
    import fontTools.ttLib.woff2  # noqa: F401
    import uharfbuzz  # noqa: F401


def examine(data: bytes) -> Known:
    """Return what a font can do.

    Raises:
        BrokenFontError: it is no font.
    """
    import uharfbuzz

    face = uharfbuzz.Face(data)
    axes = {axis.tag: (axis.min_value, axis.default_value, axis.max_value) for axis in face.axis_infos}
    letters = "".join(chr(code) for code in face.unicodes if not 0xD800 <= code < 0xE000)
    if not letters or not face.glyph_count:
        raise BrokenFontError("it has no letters")
    return Known(letters, axes, _number(_table(face, "OS/2"), ">H", 8, 0), face.glyph_count)


def cut(data: bytes, order: Order) -> Cut:
    """Return the part of a font that was ordered.

    Raises:
        BrokenFontError: it cannot be cut.
    """
    import uharfbuzz

    face = uharfbuzz.Face(data)
    limits = {axis.tag: _limit(axis, order.axes) for axis in face.axis_infos}
    request = _request(uharfbuzz, face, order, limits)
    try:
        made = request.subset(face)
        plain = made.blob.data
    except RuntimeError as problem:
        raise BrokenFontError(str(problem)) from None
    kept = {tag: limit for tag, limit in limits.items() if limit[0] < limit[1]}
    ascent, descent, gap = _heights(made)
    weight = int(limits["wght"][0]) if "wght" in limits else _number(_table(face, "OS/2"), ">H", 4, 400)
    weight = min(max(weight, 1), 1000)
    widths = _widths(plain, kept, weight, SAMPLE.upper() if order.capitals else SAMPLE)
    return Cut(_packed(plain), plain, kept, weight, ascent, descent, gap, widths)


def _request(library: Any, face: Any, order: Order, limits: Axes) -> Any:
    """Return HarfBuzz's form of an order."""
    flags = library.SubsetFlags
    request = library.SubsetInput()
    request.flags = flags.NO_HINTING | flags.NOTDEF_OUTLINE | flags.OPTIMIZE_IUP_DELTAS | flags.SET_OVERLAPS_FLAG
    request.unicode_set.update(map(ord, order.letters))
    features, names = request.layout_feature_tag_set, request.name_id_set
    features.clear()
    features.update(_tags((*NEEDED.split(), *order.features)))
    names.clear()
    names.update(NAMES)
    request.drop_table_tag_set.update(_tags(DROPPED))
    for tag, (low, high) in limits.items():
        if low == high:
            request.pin_axis_location(face, tag, low)
        else:
            request.set_axis_range(face, tag, low, high, None)
    return request


def _tags(names: Iterable[str]) -> list[int]:
    return [int.from_bytes(name.encode("ascii", "replace").ljust(4)[:4], "big") for name in names]


def _limit(axis: Any, wanted: Axes) -> tuple[float, float]:
    """Return from where to where an axis is kept: what is wanted, as far as the font goes."""
    low, high = wanted.get(axis.tag, (axis.default_value, axis.default_value))
    least, most = axis.min_value, axis.max_value
    return min(max(low, least), most), min(max(high, least), most)


def _heights(face: Any) -> tuple[float, float, float]:
    """Return ascent, descent and the gap between lines in em, as browsers read them."""
    hhea, em = _table(face, "hhea"), face.upem or 1000
    ascent, descent, gap = (_number(hhea, ">h", at, 0) / em for at in (4, 6, 8))
    if not ascent and not descent:
        os2 = _table(face, "OS/2")
        ascent, descent, gap = (_number(os2, ">h", at, 0) / em for at in (68, 70, 72))
    return round(ascent, 4), round(abs(descent), 4), round(max(gap, 0.0), 4)


def _widths(plain: bytes, axes: Axes, weight: float, sample: str) -> tuple[tuple[float, float, float], ...]:
    from .measure import Ruler

    ruler, found = Ruler(plain), []
    low, high = axes.get("wdth", (100.0, 100.0))
    light, bold = axes.get("wght", (weight, weight))
    for heavy in sorted({light, max(light, min(bold, BOLD))}):
        for wide in sorted({low, high, min(max(100.0, low), high)}):
            at = {tag: least for tag, (least, _) in axes.items()} | {"wght": heavy, "wdth": wide}
            found.append((heavy, wide, round(ruler.extent(sample, at).advance / len(sample), 4)))
    return tuple(found)


def _packed(plain: bytes) -> bytes:
    """Return a font as WOFF2."""
    from fontTools.ttLib import TTFont

    with _quiet():
        font = TTFont(BytesIO(plain), recalcTimestamp=False, recalcBBoxes=False)
        font.flavor = "woff2"
        out = BytesIO()
        font.save(out)
    return out.getvalue()


def unpacked(web: bytes) -> bytes:
    """Return a WOFF or WOFF2 uncompressed; any other font as it is."""
    if web[:4] not in (b"wOFF", b"wOF2"):
        return web
    from fontTools.ttLib import TTFont

    with _quiet():
        font = TTFont(BytesIO(web), recalcTimestamp=False, recalcBBoxes=False)
        font.flavor = None
        out = BytesIO()
        font.save(out)
    return out.getvalue()


def _table(face: Any, tag: str) -> bytes:
    found: bytes = face.reference_table(tag).data
    return found


def _number(table: bytes, form: str, at: int, other: int) -> int:
    """Return a number that stands in a table, or another when the table is too short."""
    if len(table) < at + struct.calcsize(form):
        return other
    found: int = struct.unpack_from(form, table, at)[0]
    return found


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Let fontTools keep its remarks on other people's fonts to itself."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
