"""Paint what lies behind the page: a wash of the brand, grain, or the creator's picture under a veil of paper.

Whatever lies there, text on it keeps the contrast that the theme promises for its paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from ..brand.colour import contrast, mixed, oklch
from .recipes import Palette, Promise

KINDS = ("plain", "gradient", "grain")
#: The least and the most that a veil covers; a picture that shines through more is a picture that text fights with.
VEILS = range(86, 101, 2)
_GRAIN = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='160' height='160'><filter id='g'>"
    "<feTurbulence type='fractalNoise' baseFrequency='.9' numOctaves='2'/>"
    "<feColorMatrix values='0 0 0 0 .5 0 0 0 0 .5 0 0 0 0 .5 0 0 0 .11 0'/></filter>"
    "<rect width='160' height='160' filter='url(#g)'/></svg>"
)


def backdrop(kind: str, values: dict[str, Palette], promises: Iterable[str]) -> tuple[dict[str, Palette], str]:
    """Return the palettes with the colours that the backdrop needs, and the CSS that sets ``--backdrop``.

    ``kind`` is ``plain``, ``gradient``, ``grain``, or the path of one of the site's pictures.
    """
    kept = [promise for line in promises if (promise := Promise.read(line)).ground == "paper"]
    if kind == "plain":
        return values, _rule("var(--paper)")
    if kind == "grain":
        picture = quote(_GRAIN, safe=" =/:;,()").replace("#", "%23")
        return values, _rule(f'url("data:image/svg+xml,{picture}") var(--paper)')
    name, make = ("wash", _wash) if kind == "gradient" else ("veil", _veil)
    values = {mode: palette | {name: make(palette, kept)} for mode, palette in values.items()}
    if kind == "gradient":
        return values, _rule("linear-gradient(165deg,var(--wash),var(--paper) 75vh) var(--paper)")
    picture = f'url("site:{quote(kind)}") center/cover fixed'
    return values, _rule(f"linear-gradient(var(--veil),var(--veil)) fixed,{picture} var(--paper)")


def _rule(value: str) -> str:
    return f":root{{--backdrop:{value}}}"


def _holds(palette: Palette, ground: str, promises: list[Promise]) -> bool:
    return all(contrast(palette[promise.text], ground) >= promise.ratio for promise in promises)


def _wash(palette: Palette, promises: list[Promise]) -> str:
    """Return the paper with as much of the brand in it as text can bear."""
    paper, brand = oklch(palette["paper"]), oklch(palette["brand"])
    away = -0.09 if paper.lightness > 0.5 else 0.12
    for part in (1.0, 0.8, 0.6, 0.45, 0.3, 0.2, 0.1):
        wash = mixed(paper.lightness + away * part, max(paper.chroma, min(0.09, brand.chroma) * part), brand.hue)
        if _holds(palette, wash, promises):
            return wash
    return palette["paper"]


def _veil(palette: Palette, promises: list[Promise]) -> str:
    """Return the paper, see-through as far as neither black nor white beneath it takes the text's contrast."""
    paper = palette["paper"]
    parts = [int(paper[start : start + 2], 16) for start in (1, 3, 5)]
    for cover in VEILS:
        worst = [_under(parts, cover, end) for end in (0, 255)]
        if all(_holds(palette, ground, promises) for ground in worst):
            return f"{paper}{round(cover * 2.55):02x}"
    return paper


def _under(parts: list[int], cover: int, end: int) -> str:
    """Return the colour that is seen where a veil of ``cover`` percent lies over black (0) or white (255)."""
    return "#" + "".join(f"{round((part * cover + end * (100 - cover)) / 100):02x}" for part in parts)
