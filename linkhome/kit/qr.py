"""Make the codes that telephones read: of the site's address, and of the contact card."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import segno

from ..brand.colour import contrast, oklch, readable

#: White modules of space around a code; readers need them.
QUIET = 4
PAPER = "#ffffff"
#: Less contrast than this is lost on some cameras.
LEAST = 4.5


def ink(colour: str) -> str:
    """Return a colour that readers tell from white: the same if it is dark enough, else a darker shade of it."""
    if contrast(colour, PAPER) >= LEAST:
        return colour
    return readable(oklch(colour), (PAPER,), LEAST, 0.0)


@lru_cache(maxsize=8)
def matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of a code without its quiet zone."""
    return tuple(tuple(map(bool, row)) for row in _code(text).matrix)


def svg(text: str, colour: str) -> bytes:
    """Return the code as a drawing that can be printed at any size."""
    out = BytesIO()
    _code(text).save(
        out, kind="svg", scale=8, border=QUIET, dark=colour, light=PAPER, xmldecl=False, svgns=True, omitsize=False
    )
    return out.getvalue() + b"\n"


def png(text: str, colour: str, size: int = 1200) -> bytes:
    """Return the code as a picture of about ``size`` pixels a side."""
    code = _code(text)
    out = BytesIO()
    scale = max(1, size // (len(code.matrix) + 2 * QUIET))
    code.save(out, kind="png", scale=scale, border=QUIET, dark=colour, light=PAPER)
    return out.getvalue()


def _code(text: str) -> segno.QRCode:
    # Whatever is not ASCII must say that it is UTF-8. Without that readers guess: zbar takes "Mär" in Latin-1, which is
    # the standard's own default, for Chinese.
    if text.isascii():
        return segno.make_qr(text, error="m")
    return segno.make_qr(text, error="m", encoding="utf-8", eci=True)
