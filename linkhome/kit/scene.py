"""Say what is to be drawn: whose picture, in which look, of which shape. Plain values, so that they make a key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

if TYPE_CHECKING:
    from PIL import Image

    from .drawing import Canvas
    from .fitting import Setting
    from .lettering import Chain, Shaped

Shape = Literal["wide", "square", "story"]
SIZES: dict[Shape, tuple[int, int]] = {"wide": (1200, 630), "square": (1080, 1080), "story": (1080, 1920)}


class Shot(Struct, frozen=True):
    """A picture of the creator's: its file, a mark that changes with it, and the point that must stay visible."""

    name: str
    mark: str
    focus: str = "50% 50%"


class Type(Struct, frozen=True):
    """A face to draw with: a font file, the positions of its axes, its features, and a mark of its content."""

    file: str
    mark: str
    axes: tuple[tuple[str, float], ...] = ()
    features: tuple[str, ...] = ()
    #: Files for scripts that the face itself does not have.
    scripts: tuple[Type, ...] = ()
    #: How far the width of letters may be changed; equal when not at all.
    widths: tuple[float, float] = (100.0, 100.0)

    def anywhere(self) -> Type:
        """Return the face without its place: what makes a key, as the same site may lie in another folder."""
        return msgspec.structs.replace(self, file="", scripts=tuple(one.anywhere() for one in self.scripts))

    def at(self, **axes: float) -> Type:
        """Return the face with other positions of these axes."""
        return msgspec.structs.replace(self, axes=tuple(sorted({**dict(self.axes), **axes}.items())))


class Look(Struct, frozen=True):
    """How everything of a site is drawn: the layout, the colours by role, the faces by role."""

    layout: str
    colours: dict[str, str]
    #: ``title`` and ``text``; ``slant`` where the theme has an italic for names.
    faces: dict[str, Type]
    #: Faces for what the others have no letters for, in order.
    others: tuple[Type, ...] = ()

    def anywhere(self) -> Look:
        """Return the look without the places of its fonts."""
        faces = {role: face.anywhere() for role, face in self.faces.items()}
        others = tuple(one.anywhere() for one in self.others)
        return msgspec.structs.replace(self, faces=faces, others=others)


class Scene(Struct, frozen=True):
    """One picture to be: what it says, in which direction, with which pictures."""

    kind: Literal["home", "post", "page"]
    shape: Shape
    title: str
    line: str = ""
    name: str = ""
    host: str = ""
    handle: str = ""
    date: str = ""
    day: tuple[str, str] = ("", "")
    language: str = "en"
    direction: str = "ltr"
    initials: str = ""
    call: str = ""
    code: str = ""
    portrait: Shot | None = None
    cover: Shot | None = None
    picture: Shot | None = None
    #: Whether what stands for the portrait is a logo, which is never cropped.
    logo: bool = False
    #: Fonts of this computer, for letters that are too many to be brought along.
    abroad: tuple[Type, ...] = ()


class Stage:
    """Draw one scene: the canvas, the look's colours and faces, and the pictures, opened as they are wanted."""

    def __init__(
        self,
        canvas: Canvas,
        scene: Scene,
        colours: dict[str, str],
        chains: dict[str, Chain],
        load: Callable[[Shot], Image.Image | None],
        layers: dict[object, Image.Image],
        widths: tuple[float, float] = (100.0, 100.0),
    ) -> None:
        self.canvas = canvas
        self.scene = scene
        self.colours = colours
        self.chains = chains
        self.x, self.y = canvas.width, canvas.height
        self._load = load
        self._layers = layers
        self._widths = widths

    def colour(self, *names: str) -> str:
        """Return the first of these colours that the theme has."""
        return next(self.colours[name] for name in names if name in self.colours)

    def shot(self, shot: Shot | None, width: float, height: float) -> Image.Image | None:
        """Return a picture of the creator's, cropped to a box; None when there is none or it cannot be read."""
        if shot is None:
            return None
        key = (shot, round(width), round(height))
        # The portrait and the cover are in many pictures, that of a post is in its own only.
        if key in self._layers:
            return self._layers[key]
        from .drawing import cropped

        opened = self._load(shot)
        if opened is None:
            return None
        found = cropped(opened, width, height, shot.focus)
        if shot != self.scene.picture:
            self._layers[key] = found
        return found

    def whole(self, shot: Shot | None, width: float, height: float) -> Image.Image | None:
        """Return a picture as large as fits into a box, nothing of it cut off."""
        from .drawing import contained

        opened = self._load(shot) if shot else None
        return contained(opened, width, height) if opened else None

    def code(self, x: float, y: float, side: float) -> None:
        """Draw the code of the site's address, quiet zone included, its start and top at ``x``, ``y``."""
        from .qr import matrix

        rows = matrix(self.scene.code)
        module = int(side / (len(rows) + 8))
        rest = (side - module * len(rows)) / 2
        self.canvas.area((x, y, x + side, y + side), "#ffffff")
        start = self.x - x - side if self.canvas.mirror else x  # a code is not mirrored
        for down, row in enumerate(rows):
            for across, dark in enumerate(row):
                if dark:
                    left, top = round(start + rest) + across * module, round(y + rest) + down * module
                    self.canvas.image.paste(self.colours["code"], (left, top, left + module, top + module))

    def layer(self, name: str, draw: Callable[[], None], *parts: object) -> None:
        """Draw what many scenes have in common: once, then it is copied. ``parts`` is what it depends on."""
        key = (name, self.scene.shape, self.canvas.mirror, self.scene.direction, *parts)
        if key in self._layers:
            self.canvas.image = self._layers[key].copy()
            return
        draw()
        self._layers[key] = self.canvas.image.copy()

    def lockup(self, text: str, width: float, height: float, most: int = 3) -> list[tuple[Shaped, float]]:
        """Return lines that are all as wide as the box, each with its size, in the title's face."""
        from .bidi import base
        from .fitting import lockup

        direction = base(text, self.scene.direction)
        return lockup(self.chains["title"], text, width, height, most, self._widths, direction)

    def fit(self, role: str, text: str, width: float, height: float, **more: object) -> Setting:
        """Return a text as large as its box allows, in the face of a role."""
        from .bidi import base
        from .fitting import fit

        return fit(self.chains[role], text, width, height, direction=base(text, self.scene.direction), **more)  # type: ignore[arg-type]

    def set(self, role: str, text: str, size: float, width: float, most: int = 1, **more: object) -> Setting:
        """Return a text at one size, in the face of a role."""
        from .bidi import base
        from .fitting import set_

        return set_(self.chains[role], text, size, width, most, direction=base(text, self.scene.direction), **more)  # type: ignore[arg-type]
