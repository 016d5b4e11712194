"""Turn measures of pictures and names into what a tag needs: class names (never ``style``), and which files."""

from __future__ import annotations

from collections.abc import Callable

from ..content.model import Picture
from .sizes import narrowest, offer

#: The longest line of a name in letters, and the class that lets it fill the plate.
LINES = ((5, "n5"), (7, "n7"), (9, "n9"), (11, "n11"), (13, "n13"), (16, "n16"), (20, "n20"))
#: Names up to this length stand on one line.
ONE_LINE = 14


def shape(picture: Picture) -> str:
    """Return the class of the picture's ratio in tenths, kept between one to two and five to two."""
    return f"r{min(max(round(picture.ratio * 10), 5), 25)}"


def fit(name: str) -> str:
    """Return the class that lets a name fill its line; a long name may break between its words."""
    length = len(name)
    if length > ONE_LINE:
        length = max(round(length * 0.55), *map(len, name.split()))
    return next((chosen for limit, chosen in LINES if length <= limit), "n99")


FILTERS: dict[str, Callable[..., str]] = {
    "shape": shape,
    "fit": fit,
    "offer": offer,
    "narrowest": narrowest,
}
