"""Turn one colour (or two, or none) into the palette of a whole site, in light and dark, readable by construction.

What the names mean:

``paper``, ``card``, ``tint``
    the three grounds: the page, what lies on it, a soft surface in the brand's hue.
``ink``, ``soft``, ``accent``
    text on any of the grounds: normal, quiet, and in the brand's colour (links; at least 4.5:1).
``brand``, ``second``
    the creator's colours as fills; ``on-brand`` and ``on-second`` are the text on them. ``brand-edge`` outlines
    the brand fill: it is the fill's own colour unless that would be lost on the page.
``on-tint``
    strong text on ``tint``.
``rule``, ``edge``
    a hairline that only parts things, and the border of a form field (at least 3:1).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from msgspec import Struct

from ..brand.colour import GREY, Oklch, contrast, full, least, luminance, mixed, oklch, readable

if TYPE_CHECKING:
    from .about import Colours

Palette = dict[str, str]

#: Text reaches 4.5:1 everywhere (WCAG AA), the edges of controls 3:1; the rest is for comfort.
TEXT, COMFORT, EDGE = 4.5, 5.5, 3.0
MIDDLE = 0.18  # the luminance on which black and white can be read alike
SEEN = 1.8  # a fill that stands off the page

#: The palette of a site without a colour, which is that of DEFAULT: written down, so that nothing has to be computed.
DEFAULT = "#14565f"
_LIGHT: Palette = {
    "paper": "#ecf5f7",
    "card": "#f9fdfd",
    "tint": "#d4e9ed",
    "ink": "#112124",
    "soft": "#4b5c5f",
    "on-tint": "#00464e",
    "rule": "#c7d6d8",
    "edge": "#74868a",
    "accent": "#14565f",
    "brand": "#14565f",
    "second": "#603d38",
    "brand-edge": "#14565f",
    "on-brand": "#f1fdfe",
    "on-second": "#fff8f7",
}
_DARK: Palette = {
    "paper": "#0d1314",
    "card": "#151e1f",
    "tint": "#1b2c2f",
    "ink": "#e1ecee",
    "soft": "#9eaeb1",
    "on-tint": "#b0eaf3",
    "rule": "#2c393c",
    "edge": "#637578",
    "accent": "#62becc",
    "brand": "#14565f",
    "second": "#603d38",
    "brand-edge": "#14565f",
    "on-brand": "#f1fdfe",
    "on-second": "#fff8f7",
}


#: The colours of the base palette, on which every theme may build.
NAMES = frozenset(_LIGHT)


class Tokens(Struct, frozen=True):
    """The palette: its colours by mode (``light``, ``dark``) and name, without the dashes, and what was repaired."""

    values: dict[str, Palette]
    notes: tuple[str, ...] = ()

    @property
    def browser(self) -> tuple[str, str]:
        """Return the two values of ``theme-color``: what a browser paints around the page, light and dark."""
        light, dark = (self.values[mode].get("browser") or self.values[mode]["paper"] for mode in ("light", "dark"))
        return light, dark

    def css(self, mode: str = "auto", names: Collection[str] | None = None) -> str:
        """Return the custom properties for ``auto``, ``light`` or ``dark``: all, or those of ``names``."""
        light, dark = self.values["light"], self.values["dark"]
        if mode != "auto":
            light = self.values[mode]
        day = [f"--{name}:{value}" for name, value in light.items() if names is None or name in names]
        if mode != "auto":
            return f":root{{{';'.join(day)}}}"
        night = [
            f"--{name}:{value}"
            for name, value in dark.items()
            if (names is None or name in names) and light.get(name) != value
        ]
        return f":root{{{';'.join(day)}}}@media (prefers-color-scheme:dark){{:root{{{';'.join(night)}}}}}"


def tokens(color: str | None, second: str | None = None, colours: Colours | None = None) -> Tokens:
    """Return the palette for a brand colour and a second one, each ``#rgb`` or ``#rrggbb``, or None.

    ``colours`` are a theme's recipes, mixed over the base palette.

    Raises:
        ValueError: a text is not such a colour.
    """
    if color is None and second is None and colours is None:
        return Tokens({"light": _LIGHT, "dark": _DARK})
    brand, other = full(color or DEFAULT), full(second) if second else None
    light, dark = (_LIGHT, _DARK) if color is None and second is None else (_light(brand, other), _dark(brand, other))
    if colours is None:
        return Tokens({"light": light, "dark": dark}, tuple(_notes(brand, other, light, dark)))
    from .recipes import mix

    # Recipes start from the colours as the creator named them: in the base palette they may have been repaired.
    named = {"brand": brand, "second": other or light["second"]}
    mixed_by = {"light": mix(colours.light, light | named), "dark": mix(colours.dark, dark | named)}
    return Tokens(mixed_by, tuple(_note(brand, mixed_by["light"]) if color else ()))


def _note(brand: str, light: Palette) -> list[str]:
    """Say what text uses where a theme's page does not let the brand's own colour be read."""
    accent, grounds = light["accent"], (light["paper"], light["card"])
    light_on_light = luminance(brand) > MIDDLE and luminance(light["paper"]) > MIDDLE
    if not light_on_light or least(brand, grounds) >= TEXT or accent == brand:
        return []
    kept = ", fills keep your colour" if light["brand"] == brand else ""
    return [f"{_name(brand)} is too light to be read as text on the page; text uses {_name(accent)}{kept}"]


def _light(brand: str, second: str | None) -> Palette:
    own = oklch(brand)
    grey = own.chroma < GREY
    hue, depth = _stock(own)
    paper, card = mixed(0.965, 0.010 * depth, hue), mixed(0.990, 0.004 * depth, hue)
    bright = 0.92 + 0.025 * _yellowness(own.hue)  # a soft yellow that is not bright is khaki
    tint = mixed(0.92, 0.004, hue) if grey else mixed(bright, min(0.055, own.chroma * 0.35), _between(own, hue))
    grounds = (paper, card, tint)
    ink = mixed(0.235, 0.022 * depth, hue)
    lost = grey and least(brand, (paper, card)) < 1.3  # white on paper
    accent = own._replace(lightness=min(own.lightness, 0.42)) if grey else own
    if not grey and least(brand, grounds) < TEXT:
        accent = own._replace(hue=_amber(own.hue))
    palette = {
        "paper": paper,
        "card": card,
        "tint": tint,
        "ink": ink,
        "soft": readable(Oklch(0.50, 0.022 * depth, hue), grounds, COMFORT, 0.0),
        "on-tint": readable(Oklch(0.36, min(0.09, own.chroma), _amber(own.hue)), (tint,), 7.0, 0.0),
        "rule": mixed(0.865, 0.016 * depth, hue),
        "edge": readable(Oklch(0.62, 0.022 * depth, hue), grounds, EDGE, 0.0),
        "accent": readable(accent, grounds, TEXT, 0.0),
        "brand": ink if lost else brand,
        "second": second or _opposite(own),
    }
    return _finished(palette)


def _dark(brand: str, second: str | None) -> Palette:
    own = oklch(brand)
    grey = own.chroma < GREY
    hue, depth = _stock(own)
    paper, card = mixed(0.180, 0.010 * depth, hue), mixed(0.225, 0.013 * depth, hue)
    tint = mixed(0.28, 0.004, hue) if grey else mixed(0.28, min(0.05, own.chroma * 0.35), _between(own, hue))
    grounds = (paper, card, tint)
    ink = mixed(0.935, 0.012 * depth, hue)
    lost = grey and contrast(brand, paper) < SEEN  # black on black
    accent = own  # a light brand is its own accent
    if own.lightness < 0.75 or least(brand, grounds) < TEXT:
        accent = Oklch(max(0.86 if grey else 0.75, own.lightness), _clear(own), own.hue)
    palette = {
        "paper": paper,
        "card": card,
        "tint": tint,
        "ink": ink,
        "soft": readable(Oklch(0.74, 0.018 * depth, hue), grounds, COMFORT, 1.0),
        "on-tint": readable(Oklch(0.90, min(0.06, own.chroma), own.hue), (tint,), 7.0, 1.0),
        "rule": mixed(0.335, 0.018 * depth, hue),
        "edge": readable(Oklch(0.52, 0.022 * depth, hue), grounds, EDGE, 1.0),
        "accent": readable(accent, grounds, TEXT, 1.0),
        "brand": ink if lost else _lifted(brand, paper),
        "second": _lifted(second or _opposite(own), paper),
    }
    return _finished(palette)


def _stock(own: Oklch) -> tuple[float, float]:
    """Return the hue of paper and ink, and how much of it: warm brands lie on cream rather than on rose."""
    if own.chroma < GREY:
        return 85.0, 0.4
    far = min(1.0, abs(own.hue - 80) / 70)
    return own.hue + (80 - own.hue) * 0.8 * (1 - far**2), 1.0


def _yellowness(hue: float) -> float:
    return max(0.0, 1 - abs(hue - 100) / 40)


def _amber(hue: float) -> float:
    """Return the hue, of yellows a warmer one: dark yellow is olive, dark amber is not."""
    return hue - 16 * _yellowness(hue)


def _between(own: Oklch, stock: float) -> float:
    """Return the hue of a tint: half brand, half paper, so that it belongs to both."""
    return (_amber(own.hue) + stock) / 2


def _clear(own: Oklch) -> float:
    """Return the chroma of a lightened brand: dark navy shown light is one more grey without some help."""
    return own.chroma if own.chroma < GREY else max(own.chroma * 0.85, min(0.09, own.chroma * 2))


def _opposite(own: Oklch) -> str:
    """Return the second colour of a creator who named only one: quiet, deep, across the wheel, but never olive."""
    hue = (own.hue + 180) % 360
    chroma = min(0.05, own.chroma * 1.5) if own.chroma >= GREY else 0.0
    return mixed(0.40, chroma, 50.0 if 50 < hue < 125 else hue)


def _lifted(fill: str, paper: str) -> str:
    """Return the fill, lighter if it would sink into a dark page."""
    if contrast(fill, paper) >= SEEN:
        return fill
    own = oklch(fill)
    return readable(own._replace(chroma=max(own.chroma, _clear(own))), (paper,), SEEN, 1.0)


def _finished(palette: Palette) -> Palette:
    """Add what follows from the fills: the text on them, and an outline in a stronger shade if they are pale."""
    page = (palette["paper"], palette["card"])
    outline = palette["brand"]
    if least(outline, page) < 1.5:
        own = oklch(outline)
        away = 0.0 if luminance(page[0]) > 0.5 else 1.0
        outline = readable(own._replace(hue=_amber(own.hue)), page, SEEN, away)
    return palette | {
        "brand-edge": outline,
        "on-brand": _text_on(palette["brand"]),
        "on-second": _text_on(palette["second"]),
    }


def _text_on(fill: str) -> str:
    """Return near-white or near-black in the fill's hue, or the pure ones: one of the four is always readable."""
    own = oklch(fill)
    chroma = min(0.012, own.chroma)
    choices = (mixed(0.985, chroma, own.hue), mixed(0.20, 2 * chroma, own.hue), "#ffffff", "#000000")
    return next(choice for choice in choices if contrast(choice, fill) >= TEXT)


def _notes(brand: str, second: str | None, light: Palette, dark: Palette) -> list[str]:
    notes = []
    accent = light["accent"]
    if light["brand"] != brand:
        notes.append(f"{_name(brand)} cannot be told from a light page; buttons there are {_name(light['brand'])}")
    elif abs(oklch(brand).lightness - oklch(accent).lightness) > 0.03:
        notes.append(
            f"{_name(brand)} is too light to be read as text on the page; "
            f"text uses {_name(accent)}, fills keep your colour"
        )
    for mine, name in ((brand, "brand"), (second, "second")):
        if mine and dark[name] != mine:
            notes.append(f"{_name(mine)} cannot be told from a dark page; fills there are {_name(dark[name])}")
    return notes


def _name(colour: str) -> str:
    return colour.upper()
