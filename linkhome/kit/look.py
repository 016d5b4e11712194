"""Turn a theme, its palette and its fonts into the look in which everything of a site is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from ..brand.chain import SHIPPED, for_drawing, system
from ..theme import faces
from .scene import Look, Type

if TYPE_CHECKING:
    from ..brand.fonts import Fonts
    from ..theme.faces import Face
    from ..theme.locate import Theme

#: Themes at their best in the dark are drawn so; every other one as by day, unless the creator wants one mode only.
_BY_NIGHT = frozenset({"window", "film"})
#: What is drawn with where a theme has no faces of its own.
_USUAL = "instrument-sans/InstrumentSans.ttf"
_SMALL_CAPITALS = ("c2sc", "smcp", "onum")
_FIXED = (100.0, 100.0)


def look(theme: Theme | None, values: Mapping[str, Mapping[str, str]], fonts: Fonts, mode: str) -> Look:
    """Return the look of a site. ``values`` are the colours by mode and name."""
    layout = theme.card if theme else "plain"
    if mode == "auto":
        mode = "dark" if layout in _BY_NIGHT else "light"
    return Look(
        layout=layout,
        colours={**values[mode], "code": values["light"]["brand"]},
        faces=_faces(fonts, theme),
        others=tuple(_shipped(name) for name in SHIPPED),
    )


def abroad() -> tuple[Type, ...]:
    """Return the fonts of this computer for scripts of thousands of letters."""
    return tuple(Type(str(file), f"{file.name} {file.stat().st_size}") for file in system())


def _faces(fonts: Fonts, theme: Theme | None) -> dict[str, Type]:
    """Return the faces by what they are for: names and titles, slanted ones, texts, bold and wide and small ones."""
    known = dict(theme.faces) if theme and fonts.system else dict(fonts.faces)
    heading = _of_role(known, "heading")
    text = _of_role(known, "text")
    title = _face(fonts, known, heading, heavy=True)
    plain = _face(fonts, known, text)
    italic = "italic" if "italic" in known else ""
    low, high = title.widths
    bold = plain.at(wght=_heaviest(known, text))
    return {
        "title": title if low == high else title.at(wdth=min(100.0, max(low, 75.0))),
        "slant": _face(fonts, known, italic, heavy=True) if italic else title,
        "text": plain,
        "bold": bold,
        "wide": title.at(wdth=high) if low < high else bold,
        "caps": msgspec.structs.replace(title, features=_SMALL_CAPITALS) if italic else plain,
    }


def _face(fonts: Fonts, known: Mapping[str, Face], name: str, heavy: bool = False) -> Type:
    """Return a face as it is drawn with; ``heavy`` takes the heaviest of its weights, as headings do."""
    if not name:
        return _shipped(_USUAL, 680.0 if heavy else 480.0)
    face = known[name]
    if fonts.system:
        return _declared(face, heavy)
    low, high = faces.span(face)["wght"]
    weight = min(high, max(low, 800.0)) if heavy else max(low, min(400.0, high))
    files = for_drawing(fonts, name, wght=weight)
    mine = files[: len(files) - len(SHIPPED) - len(system())]
    if not mine:
        return _shipped(_USUAL, weight)
    digests = {source.path: source.digest for source in fonts.sources(name)}
    first, *rest = (Type(str(one.file), digests.get(one.file, one.file.name), one.axes) for one in mine)
    return msgspec.structs.replace(
        first, features=_features(face), scripts=tuple(rest), widths=_widths(face) if _stretches(first) else _FIXED
    )


def _declared(face: Face, heavy: bool) -> Type:
    """Return a face of the theme where visitors see the fonts of their devices: pictures are drawn with it anyway."""
    if not (faces.shipped() / face.file).is_file():
        return _shipped(_USUAL, 680.0 if heavy else 480.0)
    axes = {
        tag: min(high, max(low, 800.0)) if heavy and tag == "wght" else low
        for tag, (low, high) in faces.span(face).items()
    }
    scripts = tuple(_shipped(file, axes["wght"]) for file in face.scripts.values())
    made = _shipped(face.file).at(**axes)
    return msgspec.structs.replace(made, features=_features(face), scripts=scripts, widths=_widths(face))


def _shipped(name: str, weight: float = 400.0) -> Type:
    file = faces.shipped() / name
    return Type(str(file), f"{name} {file.stat().st_size}", (("wght", weight),))


def _of_role(known: Mapping[str, Face], role: str) -> str:
    mine = [name for name, face in known.items() if face.role == role]
    return min(mine, key=lambda name: known[name].style != "normal", default="")


def _heaviest(known: Mapping[str, Face], name: str) -> float:
    return min(750.0, faces.span(known[name])["wght"][1]) if name else 650.0


def _widths(face: Face) -> tuple[float, float]:
    return faces.span(face).get("wdth", _FIXED)


def _features(face: Face) -> tuple[str, ...]:
    """Return what is switched on: a theme lists the features that it keeps, of which only old figures suit a title."""
    return tuple(name for name in face.features if name == "onum")


def _stretches(face: Type) -> bool:
    return "wdth" in dict(face.axes)
