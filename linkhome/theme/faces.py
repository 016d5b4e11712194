"""Say what a theme wants of a typeface: which file, which part of its range, for which letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import field

from ..config.vocabulary import Keys

Axes = dict[str, tuple[float, float]]
#: What a face is shown at when the theme does not say; other axes stand at the font's own default.
USUAL: dict[str, tuple[float, float]] = {"wght": (400.0, 400.0), "wdth": (100.0, 100.0)}

#: The parts of Unicode for which a face may name a file of its own, as CSS writes ranges.
SCRIPTS = {
    "Arab": "U+600-6FF,U+750-77F,U+870-8FF,U+FB50-FDFF,U+FE70-FEFC",
    "Hebr": "U+590-5FF,U+FB1D-FB4F",
    "Deva": "U+900-97F,U+1CD0-1CFF,U+A8E0-A8FF",
    "Thai": "U+E00-E7F",
    "Grek": "U+370-3FF,U+1F00-1FFF",
    "Cyrl": "U+400-52F,U+1C80-1C8F,U+2DE0-2DFF,U+A640-A69F",
}
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_NUMBER = re.compile(r"-?[0-9]{1,4}(\.[0-9]{1,3})?")
_TAG = re.compile(r"[A-Za-z0-9]{4}")


class Face(Keys, frozen=True, kw_only=True):
    """A typeface of the theme. ``weight`` and each of ``axes`` is a number, or two: a range stays variable."""

    family: str
    file: str
    style: Literal["normal", "italic"] = "normal"
    weight: str = "400"
    axes: dict[str, str] = field(default_factory=dict)
    role: Literal["heading", "text"] = "text"
    features: list[str] = field(default_factory=list)
    letters: Literal["used", "capitals"] = "used"
    fallback: Literal["serif", "sans-serif", "monospace"] = "sans-serif"
    scripts: dict[str, str] = field(default_factory=dict)


def span(face: Face) -> Axes:
    """Return from where to where each named axis is kept.

    Raises:
        ValueError: a value is neither a number nor two.
    """
    wanted = dict(USUAL)
    for tag, text in (("wght", face.weight), *face.axes.items()):
        numbers = [float(part) for part in text.split() if _NUMBER.fullmatch(part)]
        if not 1 <= len(numbers) == len(text.split()) <= 2:
            raise ValueError(f"'{text}' is neither a number nor two: 400 700")
        wanted[tag] = (min(numbers), max(numbers))
    return wanted


def complaints(name: str, face: Face) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Yield what is wrong with a face although every value has the right type, and at which key."""
    if not _NAME.fullmatch(name):
        yield f"'{name}' cannot be the name of a face: it is a word of small letters, digits and hyphens", ()
    for key, text in (("weight", face.weight), *face.axes.items()):
        try:
            span(msgspec.structs.replace(face, weight=text, axes={}))
        except ValueError as problem:
            yield str(problem), (key,) if key == "weight" else ("axes", key)
    for number, tag in enumerate(face.features):
        if not _TAG.fullmatch(tag):
            yield f"'{tag}' is no OpenType feature: those have four letters, such as smcp", ("features", number)
    for script in face.scripts:
        if script not in SCRIPTS:
            yield f"'{script}' is no script that a face can name; they are {', '.join(SCRIPTS)}", ("scripts", script)
    for file in files(face):
        if ".." in file.split("/") or file.startswith("/"):
            yield f"'{file}' leads out of the folder of fonts", ("file",)


def files(face: Face) -> tuple[str, ...]:
    """Return the file of a face and those of its scripts."""
    return (face.file, *face.scripts.values())


def shipped() -> Path:
    """Return the folder of the typefaces that come with linkhome: in the package, or in its repository."""
    installed = Path(__file__).parent.parent / "_faces"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "faces"
