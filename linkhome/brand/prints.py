"""Say what a theme's own version of a picture is: a halftone, two inks, or an even grey.

Only words and numbers stand here; `screens` makes the pixels when a print is not known yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

#: Behind the name of a print that is shown in dark mode, when it differs from the one in light mode.
NIGHT = "-dark"


class Print(Struct, frozen=True):
    """One version to be made: ``form`` is halftone, duotone or grey; ``dark`` and ``light`` are ``#rrggbb``."""

    form: str
    width: int
    cells: int = 0
    angle: int = 0
    dark: str = ""
    light: str = ""

    @property
    def mark(self) -> str:
        """Return what tells it from all other prints of the same picture."""
        return f"{self.form} {self.width} {self.cells} {self.angle} {self.dark} {self.light}"


def orders(
    declared: Mapping[str, Any], values: Mapping[str, Mapping[str, str]], mode: str = "auto"
) -> dict[str, dict[str, Print]]:
    """Return which prints are to be made of the portrait and of the cover, as a theme declares them by name.

    ``values`` holds the colours of the modes "light" and "dark"; ``mode`` is the mode of the page. A print in colours
    that differ between the modes is made twice; the second is called as `NIGHT` says.
    """
    found: dict[str, dict[str, Print]] = {}
    for name, print_ in declared.items():
        by_day, by_night = ("dark", "dark") if mode == "dark" else ("light", "light" if mode == "light" else "dark")
        if print_.mode in ("light", "dark"):
            by_day = by_night = print_.mode
        day, night = _print(print_, values[by_day]), _print(print_, values[by_night])
        for role in print_.of:
            found.setdefault(role, {})[name] = day
            if night != day:
                found[role][name + NIGHT] = night
    return found


def _print(declared: Any, colours: Mapping[str, str]) -> Print:
    match declared.as_:
        case "halftone":
            return Print("halftone", declared.width, max(8, min(declared.cells, declared.width // 3)), declared.angle)
        case "duotone":
            dark, light = (colours.get(colour, colour) for colour in (declared.dark, declared.light))
            return Print("duotone", declared.width, dark=dark, light=light)
        case _:
            return Print("grey", declared.width)
