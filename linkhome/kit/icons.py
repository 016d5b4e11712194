"""Make the site's icons: for the browser's tab, in light and dark, and for the home screens of telephones.

They come from the creator's icon or logo, else from the initials in the theme's face on the brand's colour.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from io import BytesIO
from typing import Literal, NamedTuple

from PIL import Image

from . import inking, lettering
from .drawing import Canvas, contained
from .lettering import Chain, Shaped

#: What may be cut off a maskable icon is a fifth of it.
SAFE = 0.8
#: How much of an icon its letters fill.
_FILLED = 0.66
_ROUND = 0.22
#: Two letters are a smudge at the size of a browser's tab.
_ONE_LETTER = 20


class Colours(NamedTuple):
    """A ground and what can be read on it."""

    ground: str
    ink: str


Place = Literal["tab", "home", "mask"]


def initials(chain: Chain, letters: str, colours: Colours, size: int, place: Place) -> Image.Image:
    """Return an icon of one or two letters: round in a tab, filled to the edges where a telephone cuts the corners."""
    if size < _ONE_LETTER:
        letters = lettering.clusters(letters)[0] if letters else ""
    canvas = Canvas(size, size, colours.ground)
    line, em, x, y = _placed(chain, letters, size, 0.5 if place == "mask" else _FILLED)
    canvas.write(line, em, x, y, colours.ink)
    if place != "tab":
        return canvas.image
    icon = Image.new("RGBA", (size, size))
    icon.paste(canvas.image, (0, 0), _tab(size))
    return icon


def picture(image: Image.Image, ground: str, size: int, place: Place) -> Image.Image:
    """Return an icon of the creator's own picture: as it is in a tab, elsewhere on a ground."""
    if place == "tab":
        whole = contained(image.convert("RGBA"), size, size)
        icon = Image.new("RGBA", (size, size))
        icon.paste(whole, ((size - whole.width) // 2, (size - whole.height) // 2))
        return icon
    see_through = image.mode == "RGBA" and image.getchannel("A").getextrema()[0] < 255  # type: ignore[operator]
    part = SAFE * 0.9 if place == "mask" else 0.8 if see_through else 1.0
    whole = contained(image, size * part, size * part).convert("RGBA")
    icon = Image.new("RGB", (size, size), ground)
    icon.paste(whole, ((size - whole.width) // 2, (size - whole.height) // 2), whole)
    return icon


def png(image: Image.Image) -> bytes:
    """Return an icon as a PNG that holds nothing but pixels."""
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def ico(images: Sequence[Image.Image]) -> bytes:
    """Return ``favicon.ico`` with an icon in several sizes, the smallest first."""
    out = BytesIO()
    largest = images[-1].convert("RGBA")
    others = [image.convert("RGBA") for image in images[:-1]]
    largest.save(out, "ICO", sizes=[image.size for image in images], append_images=others)
    return out.getvalue()


def svg(chain: Chain, letters: str, day: Colours, night: Colours) -> bytes:
    """Return the icon of initials as a drawing that changes with the browser between light and dark."""
    line, em, x, y = _placed(chain, letters, 64, _FILLED)
    path = inking.outline(line, em, x, y)
    # A letter that only comes in colours has no outline: browsers draw it themselves.
    drawn = f'<path d="{path}"/>' if path else (
        f'<text x="32" y="32" dy=".35em" text-anchor="middle" font-size="38">{escape(letters)}</text>'
    )  # fmt: skip
    dark = f"@media(prefers-color-scheme:dark){{rect{{fill:{night.ground}}}path,text{{fill:{night.ink}}}}}"
    style = f"rect{{fill:{day.ground}}}path,text{{fill:{day.ink}}}" + (dark if night != day else "")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><style>{style}</style>'
        f'<rect width="64" height="64" rx="14"/>{drawn}</svg>\n'
    ).encode()


def framed(image: Image.Image) -> bytes:
    """Return the creator's own picture as a drawing that holds it: browsers like a drawn icon best."""
    data = b64encode(png(picture(image, "", 128, "tab"))).decode("ascii")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128">'
        f'<image href="data:image/png;base64,{data}" width="128" height="128"/></svg>\n'
    ).encode()


def rasterised(drawing: bytes, size: int) -> Image.Image | None:
    """Return an SVG as pixels where a rasteriser is installed, else None. ``drawing`` was cleaned before."""
    try:
        import resvg_py  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        return None
    try:
        data = resvg_py.svg_to_bytes(svg_string=drawing.decode("utf-8"), width=size)
        return Image.open(BytesIO(bytes(data))).convert("RGBA")
    except Exception:  # whatever a drawing does to the rasteriser, there are the initials
        return None


def _placed(chain: Chain, letters: str, size: int, part: float) -> tuple[Shaped, float, float, float]:
    """Return letters that fill a part of a square, their size, and where their baseline starts."""
    from .bidi import base

    line = chain.shape(letters, base(letters))
    wide, tall = max(line.right - line.left, 0.01), max(line.top + line.bottom, 0.01)
    em = min(size * part / wide, size * part * 0.86 / tall)
    x = (size - wide * em) / 2 - line.left * em
    y = (size - tall * em) / 2 + line.top * em
    return line, em, x, y


def _tab(size: int) -> Image.Image:
    """Return the shape of an icon in a tab: a square with round corners."""
    canvas = Canvas(size, size, "#000000")
    canvas.area((0, 0, size, size), "#ffffff", size * _ROUND)
    return canvas.image.convert("L")
