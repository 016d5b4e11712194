"""Read the size of an SVG, and refuse one that is broken or built to explode.

An SVG is published as it is and only ever stands in ``<img>``, where browsers run no script and fetch nothing.
"""

from __future__ import annotations

import re

from .kinds import refused

LIMIT = 5 * 1024 * 1024
LARGEST = 16_384
_SAVE = "open it in the drawing program and save it as a plain SVG"

#: CSS pixels of each absolute unit.
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6}
_LENGTH = re.compile(r"\s*([+]?\d{1,9}(?:\.\d{0,9})?|[+]?\.\d{1,9})(?:e([+-]?\d))?\s*([a-z]{0,2})\s*", re.IGNORECASE)


def size(data: bytes, name: str) -> tuple[int, int]:
    """Return width and height in CSS pixels as a browser would lay the picture out, each at least 1."""
    if len(data) > LIMIT:
        raise refused(f"{name} is larger than 5 MB", "simplify the drawing, or export it as PNG")
    root = _root(data, name)
    if root.pop("", "svg").rpartition(":")[2] != "svg":
        raise refused(f"{name} is a web page or other text, not a picture", "save the picture itself, not its page")
    width, height = _length(root.get("width", "")), _length(root.get("height", ""))
    box = _box(root.get("viewBox", ""))
    if box:
        width, height = (
            width or (height * box[0] / box[1] if height else box[0]),
            height or (width * box[1] / box[0] if width else box[1]),
        )
    # 300 by 150 is what CSS gives to a picture that tells nothing.
    return _whole(width or 300), _whole(height or 150)


def _root(data: bytes, name: str) -> dict[str, str]:
    """Return the attributes of the outermost element, its name under the empty key; the whole file is read."""
    from xml.parsers import expat

    found: list[dict[str, str]] = []
    entities = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        found.append(attributes | {"": tag})
        parser.StartElementHandler = None

    def entity(
        _name: str, parameter: bool, value: str | None, _base: str | None, _system: str | None, *_: str | None
    ) -> None:
        # Illustrator writes a few short ones; nesting or length is how a small file becomes gigabytes.
        nonlocal entities
        entities += 1
        if parameter or value is None or "&" in value or "%" in value or len(value) > 200 or entities > 100:
            raise refused(f"{name} contains declarations that could make browsers hang", _SAVE)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as problem:  # ValueError: an encoding that Python does not know
        line = getattr(problem, "lineno", 0)
        where = f" (line {line})" if line else ""
        raise refused(f"{name} is damaged{where}: browsers would not show it", _SAVE) from None
    return found[0] if found else {}


def _length(text: str) -> float:
    """Return a length in pixels; 0 for a percentage, a relative unit, or nonsense."""
    match = _LENGTH.fullmatch(text[:64])
    if not match:
        return 0.0
    return float(match[1]) * 10.0 ** int(match[2] or 0) * _UNITS.get(match[3].lower(), 0.0)


def _box(text: str) -> tuple[float, float] | None:
    parts = text[:256].replace(",", " ").split()
    if len(parts) != 4:
        return None
    width, height = _length(parts[2]), _length(parts[3])
    return (width, height) if width and height else None


def _whole(length: float) -> int:
    return max(1, min(LARGEST, round(length)))
