"""Make the sizes of one picture: upright, in sRGB, without a word about where and with what it was taken.

Everything here is a function of the bytes, so that several threads may work at once (Pillow lets go of the
interpreter meanwhile). `opening` is the only way in.
"""

from __future__ import annotations

from typing import NamedTuple

from PIL import Image, ImageFile

from .chunks import BrokenFileError, strip
from .encoding import WIDTHS, Part, dotted, encoded, size_at
from .headers import SMALL_FILE, SMALL_WIDTH
from .opening import one_error, opened, pixels, plain, turn_of
from .picture import Measures
from .prints import Print
from .screens import printed
from .tones import measure

MEGAPIXELS = 50
_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}
#: Two pictures of this many pixels at once could take more memory than a small machine has.
_BIG_PIXELS = 16_000_000


class Made(NamedTuple):
    """What became of a picture: its real size, its files (the fallback last), and what it looks like."""

    width: int
    height: int
    parts: tuple[Part, ...]
    measures: Measures
    animated: bool = False


def make(data: bytes, kind: str, name: str, print_: Print | None = None, *, fine: bool = False) -> Made:
    """Return the picture's sizes, or raise one error that says what to do: never anything else, whatever the bytes.

    With a ``print_`` it is made of the upright picture (of an animation's first frame) instead. ``fine`` spends more
    time for fewer bytes, and never publishes a picture without having looked at it.
    """
    with one_error(name, MEGAPIXELS):
        image = opened(data, kind, name, MEGAPIXELS)
        if getattr(image, "is_animated", False) and not print_:
            return _animation(image, data, kind)
        with turn_of(image, _BIG_PIXELS):
            return _still(image, data, kind, print_, fine)


def _animation(image: ImageFile.ImageFile, data: bytes, kind: str) -> Made:
    """Keep an animation as it is, without its metadata; the first frame proves that it can be read."""
    image.load()
    clean = strip(data, kind)
    part = Part(*image.size, _TYPES[kind], None if clean == data else clean)
    return Made(*image.size, (part,), measure(_flat(plain(image))), animated=True)


def _still(image: ImageFile.ImageFile, data: bytes, kind: str, print_: Print | None, fine: bool) -> Made:
    base, turn, (width, height) = pixels(image, kind, print_.width if print_ else WIDTHS[-1])
    if print_:
        return _print(base, print_)
    measures = measure(base)

    clean = _clean(data, kind)
    if clean == data and len(data) <= SMALL_FILE and width <= SMALL_WIDTH and kind != "png":
        # A PNG that comes here is not what `headers.small_png` could prove.
        return Made(width, height, (Part(width, height, _TYPES[kind], None),), measures)
    parts = encoded(base, width, height, fine=fine, patient=fine, drawn=kind in ("png", "gif"))
    own_colours = image.mode in ("L", "RGB", "RGBA") and not image.info.get("icc_profile")
    if kind in ("jpeg", "webp") and clean and turn == 1 and own_colours:
        kept = Part(width, height, _TYPES[kind], None if clean == data else clean)
        parts = [kept if _beats(kept, clean, part) else part for part in parts]
    return Made(width, height, tuple(parts), measures)


def _print(base: Image.Image, print_: Print) -> Made:
    """Make a print of upright pixels. Dots are sharp whatever they are made of, so a small picture grows for them."""
    if print_.form == "halftone":
        made = printed(base.resize(size_at(*base.size, print_.width), Image.Resampling.LANCZOS), print_)
        return Made(*made.size, tuple(dotted(made)), Measures())
    made = printed(base, print_)
    return Made(*made.size, tuple(encoded(made, *made.size, fine=True)), measure(made))


def _beats(kept: Part, clean: bytes, part: Part) -> bool:
    """Tell whether the creator's own file, which has the same type and size, is smaller than the new one."""
    same = (kept.type, kept.width, kept.height) == (part.type, part.width, part.height)
    return same and part.data is not None and len(clean) <= len(part.data)


def _clean(data: bytes, kind: str) -> bytes:
    """Return the file without metadata, or nothing when only Pillow understands it."""
    try:
        return strip(data, kind)
    except BrokenFileError:
        return b""


def _flat(image: Image.Image) -> Image.Image:
    see_through = image.has_transparency_data and image.convert("RGBA").getchannel("A").getextrema() != (255, 255)
    return image.convert("RGBA" if see_through else "RGB")
