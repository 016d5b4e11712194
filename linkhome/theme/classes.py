"""Turn pictures, names and cards into what a tag needs: measures for `css`, which files, what plays."""

from __future__ import annotations

from collections.abc import Callable

from ..content.model import Picture
from .facade import facade
from .sizes import narrowest, offer

#: The longest line of a name in letters, and the size with which it fills the plate, in hundredths of the plate.
LINES = ((5, "34"), (7, "27"), (9, "21.5"), (11, "17.9"), (13, "15.1"), (16, "12.2"), (20, "9.8"))
#: Names up to this length stand on one line.
ONE_LINE = 14


def shape(picture: Picture) -> str:
    """Return the picture's ratio in tenths, kept between one to two and five to two, for ``css(r=…)``."""
    return f"{min(max(round(picture.ratio * 10), 5), 25) / 10:g}"


def fit(name: str) -> str:
    """Return the size with which a name fills its line, for ``css(w=…)``; a long name may break between its words."""
    length = len(name)
    if length > ONE_LINE:
        length = max(round(length * 0.55), *map(len, name.split()))
    return next((chosen for limit, chosen in LINES if length <= limit), "")


FILTERS: dict[str, Callable[..., str]] = {
    "shape": shape,
    "fit": fit,
    "facade": facade,
    "offer": offer,
    "narrowest": narrowest,
}
