"""Turn scenes into files: open faces and pictures once, let the look's layout draw, and save what comes out."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from PIL import Image

from .drawing import Canvas, opened
from .icons import rasterised
from .lettering import Chain, Face
from .scene import SIZES, Look, Scene, Shot, Stage, Type

#: Layouts that exist; a theme with another one is drawn plainly.
LAYOUTS = ("plain", "spread", "window", "poster", "tiles", "film")


class Studio:
    """Draw in one look. ``load`` returns the bytes of a picture, or None."""

    def __init__(self, look: Look, load: Callable[[Shot], bytes | None]) -> None:
        self.look = look
        self._load = load
        self._layers: dict[object, Any] = {}
        self._last: tuple[Shot, Image.Image] | None = None
        self._chains: dict[tuple[str, tuple[Type, ...]], Chain] = {}

    def paint(self, scene: Scene) -> Image.Image:
        """Return the drawn scene."""
        canvas = Canvas(*SIZES[scene.shape], mirror=scene.direction == "rtl")
        chains = {role: self.chain(role, scene) for role in self.look.faces}
        widths = self.look.faces["title"].widths
        stage = Stage(canvas, scene, self.look.colours, chains, self._opened, self._layers, widths)
        layout = self.look.layout if self.look.layout in LAYOUTS else LAYOUTS[0]
        look = import_module(f".layouts.{layout}", __package__)
        (look.home if scene.kind == "home" else look.inner)(stage)
        return stage.canvas.image

    def chain(self, role: str, scene: Scene | None = None) -> Chain:
        """Return the fonts for texts of a role, first the face itself."""
        abroad = scene.abroad if scene else ()
        key = (role, abroad)
        if key not in self._chains:
            face = self.look.faces[role]
            weight = dict(face.axes).get("wght", 400.0)
            others = [_face(other).at(wght=weight) for other in self.look.others]
            self._chains[key] = Chain([_face(face), *map(_face, face.scripts)], [*others, *map(_face, abroad)])
        return self._chains[key]

    def draw(self, scene: Scene) -> bytes:
        """Return the drawn scene as a JPEG."""
        canvas = Canvas(1, 1)
        canvas.image = self.paint(scene)
        return canvas.saved()

    def _opened(self, shot: Shot) -> Image.Image | None:
        if self._last and self._last[0] == shot:
            return self._last[1]
        try:
            data = self._load(shot)
            drawing = data is not None and data.lstrip()[:1] == b"<"
            image = rasterised(data, 1024) if data and drawing else opened(data) if data else None
        except Exception:  # a picture that cannot be read was reported where it is named
            return None
        if image:
            self._last = (shot, image)
        return image


def _face(face: Type) -> Face:
    return Face(face.file, tuple(sorted(face.axes)), face.features)
