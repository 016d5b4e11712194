"""Know which files of a picture any screen would take, so that a page need not list the others."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup

from ..content.model import Source

#: Width in CSS pixels, and pixels to each, of the screens that people have: telephones, tablets, laptops, desktops.
SCREENS = (
    (320, 2.0), (360, 2.0), (360, 3.0), (375, 2.0), (390, 3.0), (402, 3.0), (412, 1.75), (412, 2.625), (440, 3.0),
    (768, 2.0), (820, 2.0), (1024, 1.0), (1024, 2.0),
    (1280, 1.0), (1366, 1.0), (1440, 2.0), (1536, 1.25), (1728, 2.0), (1920, 1.0), (2560, 1.0),
)  # fmt: skip
#: Screens of devices that know WebP and no AVIF: a few years old.
OLDER = ((375, 2.0), (1280, 1.0))
#: Of pictures that nobody waits for, these widths are not worth their place in the page.
_FINE = 540
_REM = 16
_ENTRY = re.compile(r"\s*(?:\((min|max)-width:\s*([\d.]+)(px|r?em)\)\s+)?([\d.]+)(px|r?em|vw)\s*")


def offer(source: Source, sizes: str, first: bool = False) -> Markup:
    """Return the attributes of a ``<source>``: its files that a screen would take where it is shown in these ``sizes``.

    ``first`` is a picture that visitors wait for. Of WebP, which few browsers need, there is one file.
    """
    files = {int(found.rpartition(" ")[2][:-1]): found for found in source.srcset.split(", ")}
    offered = tuple(width for width in files if first or width != _FINE or len(files) == 1)
    chosen = wanted(offered, sizes) if source.type == "image/avif" else wanted(offered, sizes, OLDER)[-1:]
    if len(chosen) == 1:
        return Markup('srcset="{}"').format(files[chosen[0]].partition(" ")[0])
    return Markup('srcset="{}" sizes="{}"').format(", ".join(files[width] for width in chosen), sizes)


def narrowest(source: Source) -> Markup:
    """Return the attribute of a ``<source>`` with the smallest file, for a thumbnail."""
    smallest = min(source.srcset.split(", "), key=lambda found: int(found.rpartition(" ")[2][:-1]))
    return Markup('srcset="{}"').format(smallest.partition(" ")[0])


@lru_cache(maxsize=512)
def wanted(widths: tuple[int, ...], sizes: str, screens: tuple[tuple[int, float], ...] = SCREENS) -> tuple[int, ...]:
    """Return those of the rising widths that a screen would take for ``sizes``; all, when it is too clever for us."""
    rules = [_ENTRY.fullmatch(entry) for entry in sizes.split(",")]
    if not all(rules):
        return widths
    found = set()
    for screen, density in screens:
        for rule in rules:
            assert rule
            bound, at, unit, length, of = rule.groups()
            edge = float(at) * (1 if unit == "px" else _REM) if bound else 0
            if not bound or (screen >= edge if bound == "min" else screen <= edge):
                shown = float(length) * (screen / 100 if of == "vw" else 1 if of == "px" else _REM)
                found.add(next((w for w in widths if w > shown * density - 1), widths[-1]))
                break
    return tuple(width for width in widths if width in found) or widths
