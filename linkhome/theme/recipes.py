"""Mix a theme's palette from the creator's colours as the recipes of its ``theme.yaml`` say.

A recipe starts from a colour, sets or shifts its lightness, chroma and hue (OKLCH), and may then demand a contrast
on named grounds, for which only the lightness is moved. A recipe that demands a contrast keeps it for every colour
that a creator may name: that is what a theme's promises (``contrast:``) are tested with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from msgspec import field

from ..brand.colour import GREY, Oklch, contrast, least, luminance, mixed, oklch, readable
from ..config.vocabulary import Keys

TEXT = 4.5
#: No screen shows more chroma than this, in any hue.
MOST_CHROMA = 0.4
#: The hue of papers and inks whose brand has none.
WARM = 85.0
_END = {"dark": 0.0, "light": 1.0}

Palette = dict[str, str]
Mode = Literal["light", "dark"]


class Steps(Keys, frozen=True, kw_only=True):
    """Say how lightness, chroma or hue follows from a colour; the steps are taken in the order of the fields."""

    of: str | None = None
    plus: float | None = None
    times: float | None = None
    least: float | None = None
    most: float | None = None
    within: list[float] = field(default_factory=list)
    toward: float | None = None
    by: float | None = None


class Recipe(Keys, frozen=True, kw_only=True):
    """Say how one colour is made; see ``docs/themes.md``."""

    from_: str = field(name="from", default="brand")
    l: float | Steps | None = None  # noqa: E741  (the name that everybody uses in OKLCH)
    c: float | Literal["max"] | Steps | None = None
    h: float | Steps | None = None
    on: str | list[str] = field(default_factory=list)
    ratio: float = TEXT
    to: Literal["dark", "light"] | None = None
    pick: list[str] = field(default_factory=list)
    grey: Recipe | str | None = None


Recipes = dict[str, str | Recipe]


def mix(recipes: Mapping[str, str | Recipe], start: Palette) -> Palette:
    """Return the palette: the colours of ``start``, and over them those of the recipes, each knowing the earlier."""
    made = dict(start)
    grey = oklch(start["brand"]).chroma < GREY
    for name, recipe in recipes.items():
        made[name] = _made(recipe, made, grey)
    return made


def mentioned(recipe: str | Recipe) -> set[str]:
    """Return the names of the colours that a recipe builds upon."""
    if isinstance(recipe, str):
        names = {recipe}
    else:
        grounds = [recipe.on] if isinstance(recipe.on, str) else recipe.on
        parts = [part.of for part in (recipe.l, recipe.c, recipe.h) if isinstance(part, Steps) and part.of]
        names = {recipe.from_, *grounds, *recipe.pick, *parts}
        if recipe.grey is not None:
            names |= mentioned(recipe.grey)
    return {name for name in names if not name.startswith("#")}


def _made(recipe: str | Recipe, known: Palette, grey: bool) -> str:
    if isinstance(recipe, str):
        return _named(recipe, known)
    if grey and recipe.grey is not None:
        return _made(recipe.grey, known, False)
    grounds = [_named(name, known) for name in ([recipe.on] if isinstance(recipe.on, str) else recipe.on)]
    if recipe.pick:
        return _picked([_named(name, known) for name in recipe.pick], grounds, recipe.ratio)
    base = oklch(_named(recipe.from_, known))
    if base.chroma < GREY:  # its hue is an accident; what is mixed from it is a little warm rather than pink
        base = base._replace(hue=WARM)
    lightness = _part(recipe.l, base.lightness, 0, known)
    hue = _part(recipe.h, base.hue, 2, known) % 360
    chroma = MOST_CHROMA if recipe.c == "max" else _part(recipe.c, base.chroma, 1, known)
    colour = Oklch(min(1.0, max(0.0, lightness)), max(0.0, chroma), hue)
    if not grounds:
        return mixed(*colour)
    toward = _END[recipe.to] if recipe.to else _away(grounds, recipe.ratio)
    return readable(colour, grounds, recipe.ratio, toward)


def _named(name: str, known: Palette) -> str:
    return name if name.startswith("#") else known[name]


def _part(wanted: float | Literal["max"] | Steps | None, own: float, which: int, known: Palette) -> float:
    if wanted is None or isinstance(wanted, str):
        return own
    if not isinstance(wanted, Steps):
        return float(wanted)
    value = oklch(_named(wanted.of, known))[which] if wanted.of else own
    value = value * (1 if wanted.times is None else wanted.times) + (wanted.plus or 0.0)
    if which == 2:
        value = _around(wanted, value % 360)
    if wanted.least is not None:
        value = max(value, wanted.least)
    if wanted.most is not None:
        value = min(value, wanted.most)
    return value


def _around(wanted: Steps, hue: float) -> float:
    """Return a hue moved on the wheel: into a range, or towards another one."""
    if len(wanted.within) == 2:
        low, high = wanted.within
        if not low <= hue <= high:
            hue = min((low, high), key=lambda end: abs(_turn(hue, end)))
    if wanted.toward is not None:
        turn, most = _turn(hue, wanted.toward), 360.0 if wanted.by is None else wanted.by
        hue += max(-most, min(most, turn))
    return hue % 360


def _turn(start: float, end: float) -> float:
    """Return the shorter way from one hue to another, from -180 to 180."""
    return (end - start + 180) % 360 - 180


def _away(grounds: list[str], ratio: float) -> float:
    """Return the end of lightness that is further from the grounds: where the contrast can be had."""
    black, white = least("#000000", grounds), least("#ffffff", grounds)
    if min(black, white) >= ratio:  # both would do: the usual way for the kind of ground
        return 0.0 if sum(map(luminance, grounds)) / len(grounds) > 0.18 else 1.0
    return 0.0 if black >= white else 1.0


def _picked(choices: list[str], grounds: list[str], ratio: float) -> str:
    """Return the first of the choices that can be read on the grounds, or what comes nearest to them."""
    for choice in choices:
        if least(choice, grounds) >= ratio:
            return choice
    own = oklch(grounds[0])
    chroma = min(0.012, own.chroma)
    for choice in (mixed(0.985, chroma, own.hue), mixed(0.2, 2 * chroma, own.hue), "#ffffff", "#000000"):
        if least(choice, grounds) >= ratio:
            return choice
    return max(("#ffffff", "#000000"), key=lambda choice: least(choice, grounds))


_PROMISE = re.compile(r"([\w-]+) +on +([\w-]+)(?: +([0-9]+(?:\.[0-9]+)?))?")


class Promise(Keys, frozen=True, kw_only=True):
    """One line of ``contrast:``, read: this text (or edge) on this ground has at least this contrast."""

    text: str
    ground: str
    ratio: float = TEXT

    @classmethod
    def read(cls, line: str) -> Promise:
        """Return the promise of ``"ink on paper"`` or ``"edge on paper 3"``; raise ValueError for anything else."""
        found = _PROMISE.fullmatch(line.strip())
        if not found:
            raise ValueError(f"not a promise: {line}")
        return cls(text=found[1], ground=found[2], ratio=float(found[3] or TEXT))

    def kept(self, palette: Palette) -> bool:
        """Tell whether the palette has this contrast."""
        return contrast(palette[self.text], palette[self.ground]) >= self.ratio
