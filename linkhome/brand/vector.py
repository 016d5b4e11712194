"""Publish an SVG that can do no more than a picture: rewritten from what is known to be drawing, and nothing else.

In ``<img>`` browsers run no script and fetch nothing, but a visitor may open the file by itself, and drawing programs
write names of folders and people into it. So only elements, attributes and addresses that draw come through; `sheets`
knows those of CSS. What could have done something is told; what only described the drawing goes without a word.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.sax.saxutils import escape

from .drawing import ACTIVE, ATTRIBUTES, ELEMENTS
from .kinds import refused
from .sheets import has_danger

LIMIT = 5 * 1024 * 1024
LARGEST = 16_384
_SAVE = "open it in the drawing program and save it as a plain SVG"
_SVG, _XLINK, _XML = (
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace",
)
_XLINK_NAME = f' xmlns:xlink="{_XLINK}"'

_EMBEDDED = re.compile(r"\s*data:image/(?:png|jpe?g|gif|webp);base64,([A-Za-z0-9+/=\s]+)", re.IGNORECASE)
_ANIMATING = frozenset(("animate", "animateTransform", "animateMotion", "set"))
_ANIMATED = ATTRIBUTES - {"style", "class", "id"}

#: CSS pixels of each absolute unit.
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6}
_LENGTH = re.compile(r"\s*([+]?\d{1,9}(?:\.\d{0,9})?|[+]?\.\d{1,9})(?:e([+-]?\d))?\s*([a-z]{0,2})\s*", re.IGNORECASE)


class Vector(NamedTuple):
    """A drawing as it is published, its size in CSS pixels, and what was active in it and had to go."""

    width: int
    height: int
    data: bytes
    removed: tuple[str, ...]


def clean(data: bytes, name: str) -> Vector:
    """Return the drawing without anything that is not drawing; refuse what is broken or built to explode."""
    if len(data) > LIMIT:
        raise refused(f"{name} is larger than 5 MB", "simplify the drawing, or export it as PNG")
    from xml.parsers import expat

    writer = _Writer(name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = writer.start
    parser.EndElementHandler = writer.end
    parser.CharacterDataHandler = writer.text
    parser.ProcessingInstructionHandler = writer.instruction
    parser.EntityDeclHandler = writer.entity
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as problem:  # ValueError: an encoding that Python does not know
        line = getattr(problem, "lineno", 0)
        where = f" (line {line})" if line else ""
        raise refused(f"{name} is damaged{where}: browsers would not show it", _SAVE) from None
    if writer.root is None:
        raise refused(f"{name} is a web page or other text, not a picture", "save the picture itself, not its page")
    written = "".join(writer.out)
    if "xlink:href=" not in written:
        written = written.replace(_XLINK_NAME, "", 1)
    return Vector(*_size(writer.root), written.encode(), tuple(writer.removed))


class _Writer:
    """Write what is drawing while the file is read; ``root`` has the attributes of the outermost element."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.out: list[str] = []
        self.root: dict[str, str] | None = None
        self.removed: dict[str, None] = {}
        self._entities = 0
        self._written = 0
        self._open: list[tuple[str, int]] = []  # each open element, and how much was written when it began
        self._skipped = 0
        self._style: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Write an element's beginning, or begin to leave it out."""
        space, _, local = tag.rpartition(" ")
        if not self._open:
            if self._skipped or local != "svg" or space not in (_SVG, ""):
                self._skipped += 1
                return
            self.root = attributes
        if self._skipped:
            self._skipped += 1
            return
        if space in (_SVG, "") and local == "a":  # a drawing is no place for links
            local, attributes = "g", {key: value for key, value in attributes.items() if "href" not in key}
        kept = self._attributes(local, attributes) if space in (_SVG, "") and local in ELEMENTS else None
        if kept is None:
            self._skipped = 1
            # Illustrator keeps its own form of a drawing beside the real one, in a foreignObject that nobody shows.
            if local in ACTIVE and "requiredExtensions" not in attributes:
                self.removed[f"<{local}>"] = None
            return
        first = f' xmlns="{_SVG}"{_XLINK_NAME}' if not self._open else ""
        written = "".join(f' {key}="{escape(value, _QUOTED)}"' for key, value in kept.items())
        self._put(f"<{local}{first}{written}>")
        self._open.append((local, len(self.out)))
        if local == "style":
            self._style = []

    def end(self, _tag: str) -> None:
        """Write an element's end."""
        if self._skipped:
            self._skipped -= 1
            return
        local, began = self._open.pop()
        if self._style is not None and local == "style":
            sheet, self._style = "".join(self._style), None
            if has_danger(sheet):
                self.removed["styles that load something"] = None
            else:
                self._put(escape(sheet))
        if len(self.out) == began:
            self.out[-1] = self.out[-1][:-1] + "/>"
        else:
            self._put(f"</{local}>")

    def text(self, text: str) -> None:
        """Write text; white space between elements is drawing in few places, and is kept in those."""
        if self._skipped or not self._open:
            return
        if self._style is not None:
            self._style.append(text)
            self._put("", len(text))
        elif self._open[-1][0] in ("text", "tspan", "textPath", "title", "desc"):
            self._put(escape(text))

    def entity(
        self, _name: str, parameter: bool, value: str | None, _base: str | None, _system: str | None, *_: str | None
    ) -> None:
        """Let pass the few short names that Illustrator writes: nesting or length makes gigabytes of a small file."""
        self._entities += 1
        if parameter or value is None or "&" in value or "%" in value or len(value) > 200 or self._entities > 100:
            raise refused(f"{self.name} contains declarations that could make browsers hang", _SAVE)

    def instruction(self, target: str, _text: str) -> None:
        """Note a style sheet that would be loaded; every instruction is left out."""
        if target == "xml-stylesheet":
            self.removed["a style sheet outside of the file"] = None

    def _attributes(self, local: str, attributes: dict[str, str]) -> dict[str, str] | None:
        """Return the attributes that draw; None when the element is nothing without one that does not."""
        animated = attributes.get("attributeName", "d") if local in _ANIMATING else "d"
        if animated not in _ANIMATED:
            self.removed[f"<{local}> of '{animated}'"] = None
            return None
        kept = {}
        for key, value in attributes.items():
            space, _, plain = key.rpartition(" ")
            if plain == "href" and space in ("", _XLINK):
                address = _address(local, value)
                if address is None:
                    self.removed["an address of something outside of the file"] = None
                    if local in ("image", "feImage", "use"):
                        return None
                else:
                    kept["xlink:href" if space else "href"] = address
            elif space == _XML and plain in ("space", "lang"):
                kept[f"xml:{plain}"] = value
            elif not space and plain.lower().startswith("on"):
                self.removed[f"'{plain}', which runs a script"] = None
            elif not space and (plain in ATTRIBUTES or plain.startswith("aria-")):
                if has_danger(value):
                    self.removed["an address of something outside of the file"] = None
                else:
                    kept[plain] = value
        return kept

    def _put(self, text: str, more: int = 0) -> None:
        self._written += len(text) + more
        if self._written > 2 * LIMIT:
            raise refused(f"{self.name} contains declarations that could make browsers hang", _SAVE)
        if text:
            self.out.append(text)


_QUOTED = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}


def _address(local: str, value: str) -> str | None:
    """Return an address inside of the drawing, or a picture that lies in it, without what that knows of its maker."""
    if value.strip().startswith("#"):
        return value.strip()
    found = _EMBEDDED.fullmatch(value) if local in ("image", "feImage") else None
    if not found:
        return None
    import base64

    from ..diagnostics import LinkhomeError
    from .chunks import BrokenFileError, strip
    from .kinds import kind_of

    try:
        data = base64.b64decode(found[1])
        kind = kind_of(data, "")
        inner = strip(data, kind, frozenset((b"iCCP",)))
    except (ValueError, BrokenFileError, LinkhomeError):
        return None
    return f"data:image/{kind};base64,{base64.b64encode(inner).decode()}" if inner else None


def _size(root: dict[str, str]) -> tuple[int, int]:
    """Return width and height in CSS pixels as a browser would lay the picture out, each at least 1."""
    width, height = _length(root.get("width", "")), _length(root.get("height", ""))
    box = _box(root.get("viewBox", ""))
    if box:
        width, height = (
            width or (height * box[0] / box[1] if height else box[0]),
            height or (width * box[1] / box[0] if width else box[1]),
        )
    # 300 by 150 is what CSS gives to a picture that tells nothing.
    return _whole(width or 300), _whole(height or 150)


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
