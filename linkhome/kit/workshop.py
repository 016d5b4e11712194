"""Make the ordered files of the kit. Imported only when one is new: from here on, pictures and fonts are opened."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from PIL import Image

from ..brand import vector
from . import icons, qr, vcard
from .drawing import cropped, opened
from .plan import CardOrder, CodeOrder, IconOrder, Order, SceneOrder
from .scene import Look, Shot
from .studio import Studio

#: Pixels a side of the portrait in a contact card: enough for a telephone's list, few enough for a mail.
FACE = 320
#: A logo longer than this is words, of which a small square shows nothing.
_LONGEST = 1.7


class Workshop:
    """Make orders in one look; ``load`` gives the bytes of a creator's picture."""

    def __init__(self, look: Look, load: Callable[[Shot], bytes | None]) -> None:
        self.look = look
        self._load = load
        self._studio = Studio(look, load)

    def make(self, order: Order) -> bytes:
        """Return the ordered file."""
        if isinstance(order, SceneOrder):
            return self._studio.draw(order.scene)
        if isinstance(order, CodeOrder):
            return (qr.svg if order.form == "svg" else qr.png)(order.text, qr.ink(order.colour))
        if isinstance(order, CardOrder):
            return vcard.write(order.card, "4.0" if order.version == "4.0" else "3.0", self._face(order.photo))
        return self._icon(order)

    def missing(self, order: Order) -> str:
        """Return the letters of an order that no font has."""
        if not isinstance(order, SceneOrder):
            return ""
        scene = order.scene
        chain = self._studio.chain("title", scene)
        before, chain.missing = chain.missing, set()
        list(chain.pieces(f"{scene.title} {scene.line} {scene.name}"))
        lost, chain.missing = chain.missing, before
        return "".join(sorted(lost))

    def _icon(self, order: IconOrder) -> bytes:
        day, night = icons.Colours(*order.day), icons.Colours(*order.night)
        chain = self._studio.chain("title")
        own = self._own(order.own)
        drawing = self._drawing(order.own)

        def at(size: int, place: icons.Place) -> Image.Image:
            image = own or (icons.rasterised(drawing, size * 2) if drawing else None)
            if image:
                return icons.picture(image, order.paper, size, place)
            return icons.initials(chain, order.letters, day, size, place)

        match order.which:
            case "ico":
                return icons.ico([at(16, "tab"), at(32, "tab"), at(48, "tab")])
            case "svg":
                return drawing or (icons.framed(own) if own else icons.svg(chain, order.letters, day, night))
            case "touch":
                return icons.png(at(180, "home"))
            case "mask":
                return icons.png(at(512, "mask"))
            case size:
                return icons.png(at(int(size), "tab"))

    def _drawing(self, shot: Shot | None) -> bytes:
        """Return the creator's own icon if it is a drawing that is about square."""
        data = self._load(shot) if shot else None
        if not data or data.lstrip()[:1] != b"<":
            return b""
        found = vector.clean(data, "the icon")
        return data if 1 / _LONGEST < found.width / found.height < _LONGEST else b""

    def _own(self, shot: Shot | None) -> Image.Image | None:
        """Return the creator's own icon if it is a picture that is about square."""
        data = self._load(shot) if shot else None
        if not data or data.lstrip()[:1] == b"<":
            return None
        image = opened(data)
        return image if 1 / _LONGEST < image.width / image.height < _LONGEST else None

    def _face(self, shot: Shot | None) -> bytes:
        """Return a small square portrait as a JPEG."""
        data = self._load(shot) if shot else None
        if not shot or not data or data.lstrip()[:1] == b"<":
            return b""
        image = opened(data, FACE)
        if image.mode == "RGBA":
            paper = Image.new("RGB", image.size, "#ffffff")
            paper.paste(image, (0, 0), image)
            image = paper
        out = BytesIO()
        cropped(image, FACE, FACE, shot.focus).save(out, "JPEG", quality=78, subsampling=2)
        return out.getvalue()
