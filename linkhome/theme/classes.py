"""Turn measures of pictures and names into what a tag needs: class names (never ``style``), and which widths.

The rules that belong to these classes stand in the base theme's ``focus.css``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..content.model import Picture

#: The longest line of a name in letters, and the class that lets it fill the plate.
LINES = ((5, "n5"), (7, "n7"), (9, "n9"), (11, "n11"), (13, "n13"), (16, "n16"), (20, "n20"))
#: Files of at most this many pixels across are for thumbnails, and for pictures beside a text.
THUMB, BESIDE = 400, 500
#: Names up to this length stand on one line.
ONE_LINE = 14


def focus(picture: Picture) -> str:
    """Return the classes that keep the picture's focus in sight, in steps of a fifth; "" for the middle."""
    if picture.focus == "50% 50%":
        return ""
    x, _, y = picture.focus.partition(" ")
    return f" x{_fifths(x)} y{_fifths(y or '50%')}"


def shape(picture: Picture) -> str:
    """Return the class of the picture's ratio in tenths, kept between one to two and five to two."""
    return f"r{min(max(round(picture.ratio * 10), 5), 25)}"


def widths(picture: Picture, beside: bool = False) -> str:
    """Return the ``srcset`` without the widths that are too small for a picture that fills its column."""
    offered = picture.srcset.split(", ")
    least = THUMB if beside else BESIDE
    return ", ".join([one for one in offered if _width(one) > least]) or picture.srcset


def narrowest(picture: Picture) -> str:
    """Return the address of the smallest file that there is, for a thumbnail."""
    return min(picture.srcset.split(", "), key=_width).partition(" ")[0] if picture.srcset else picture.src


def fit(name: str) -> str:
    """Return the class that lets a name fill its line; a long name may break between its words."""
    length = len(name)
    if length > ONE_LINE:
        length = max(round(length * 0.55), *map(len, name.split()))
    return next((chosen for limit, chosen in LINES if length <= limit), "n99")


def _fifths(percent: str) -> int:
    return round(float(percent.rstrip("%")) / 20)


def _width(candidate: str) -> int:
    return int(candidate.rpartition(" ")[2].rstrip("w"))


FILTERS: dict[str, Callable[[Any], str]] = {
    "focus": focus,
    "shape": shape,
    "fit": fit,
    "widths": widths,
    "narrowest": narrowest,
}
