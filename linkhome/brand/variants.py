"""Make the sizes of one picture: upright, in sRGB, without a word about where and with what it was taken.

The only module that imports Pillow, and within it only the reader that the file needs. Everything here is a
function of the bytes, so that several threads may work at once (Pillow lets go of the interpreter meanwhile).
"""

from __future__ import annotations

import threading
from io import BytesIO
from typing import Any, NamedTuple

from PIL import Image, ImageFile

from ..diagnostics import LinkhomeError
from .chunks import BrokenFileError, strip
from .encoding import TALLEST, WIDTHS, Part, dotted, encoded, size_at
from .headers import SMALL_FILE, SMALL_WIDTH, webp_size
from .kinds import EXPORT, refused
from .picture import Measures
from .prints import Print
from .screens import printed
from .tones import measure

MEGAPIXELS = 50
_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}
_COLOUR_IN_PNG = frozenset((b"iCCP", b"eXIf"))
_SRGB = b"sRGB IEC61966"
_SMALLER = "make it smaller: 4000 pixels on the long side are plenty"

#: EXIF orientation → how to turn the picture upright.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

#: Two pictures of this many pixels at once could take more memory than a small machine has.
_BIG_PIXELS = 16_000_000
_one_big_picture = threading.Lock()


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
    try:
        image = _open(strip(data, kind, _COLOUR_IN_PNG) if kind == "png" else data, kind, name)
        stored = image.size
        if stored[0] * stored[1] > MEGAPIXELS * 1_000_000:
            raise _too_many(stored, name)
        if getattr(image, "is_animated", False) and not print_:
            return _animation(image, data, kind)
        if stored[0] * stored[1] > _BIG_PIXELS:
            with _one_big_picture:
                return _still(image, data, kind, print_, fine)
        return _still(image, data, kind, print_, fine)
    except LinkhomeError:
        raise
    except MemoryError:
        raise refused(f"{name} needs more memory than there is", "make the picture smaller") from None
    except Image.DecompressionBombError:
        raise refused(f"{name} has more than {MEGAPIXELS} million pixels", _SMALLER) from None
    except Exception:
        # Damaged files make Pillow's readers raise nearly everything, from OSError to SyntaxError and struct.error.
        raise refused(f"{name} cannot be read: the file is damaged or cut off", EXPORT) from None


def _open(data: bytes, kind: str, name: str) -> ImageFile.ImageFile:
    """Open with one reader, chosen by content: `Image.open` would import and try many."""
    stream = BytesIO(data)
    match kind:
        case "png":
            from PIL.PngImagePlugin import PngImageFile

            return PngImageFile(stream)
        case "jpeg":
            from PIL.JpegImagePlugin import JpegImageFile

            return JpegImageFile(stream)
        case "gif":
            from PIL.GifImagePlugin import GifImageFile

            return GifImageFile(stream)
        case "avif":
            from PIL import AvifImagePlugin

            if not AvifImagePlugin.SUPPORTED:
                raise refused(f"{name} is an AVIF, which the installed Pillow cannot read", EXPORT)
            return AvifImagePlugin.AvifImageFile(stream)
        case _:
            from PIL.WebPImagePlugin import WebPImageFile

            claimed = webp_size(data)
            if claimed[0] * claimed[1] > MEGAPIXELS * 1_000_000:
                raise _too_many(claimed, name)
            return WebPImageFile(stream)


def _too_many(size: tuple[int, int], name: str) -> Exception:
    return refused(
        f"{name} has {size[0]} × {size[1]} pixels, more than {MEGAPIXELS} million",
        _SMALLER,
    )


def _animation(image: ImageFile.ImageFile, data: bytes, kind: str) -> Made:
    """Keep an animation as it is, without its metadata; the first frame proves that it can be read."""
    image.load()
    clean = strip(data, kind)
    part = Part(*image.size, _TYPES[kind], None if clean == data else clean)
    return Made(*image.size, (part,), measure(_flat(_plain(image))), animated=True)


def _still(image: ImageFile.ImageFile, data: bytes, kind: str, print_: Print | None, fine: bool) -> Made:
    turn = _orientation(image)
    stored = image.size
    width, height = stored[::-1] if turn >= 5 else stored
    widest = max(1, min(width, print_.width if print_ else WIDTHS[-1], width * TALLEST // height))
    target = size_at(width, height, widest)
    fitting = target[::-1] if turn >= 5 else target
    if kind == "jpeg":
        image.draft(None, fitting)  # lets the decoder skip detail that would be thrown away
    image.load()
    turn = _orientation(image)  # a PNG may tell it behind its pixels
    base = _upright(image, fitting, turn)
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


def _orientation(image: ImageFile.ImageFile) -> int:
    if not image.info.get("exif"):
        return 1
    try:
        found = image.getexif().get(0x0112, 1)
    except Exception:  # whatever its reader trips over: a broken note about a picture is not a broken picture
        return 1
    return found if found in _TURNS else 1


def _upright(image: Image.Image, size: tuple[int, int], turn: int) -> Image.Image:
    """Return RGB or RGBA pixels in sRGB, of the given size before turning, turned upright."""
    profile: Any = image.info.get("icc_profile")
    plain = _plain(image)
    if plain.size != size:
        plain = plain.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    if profile and _SRGB not in profile:
        plain = _to_srgb(plain, profile)
    see_through = plain.has_transparency_data and plain.getchannel("A").getextrema() != (255, 255)
    plain = plain.convert("RGBA" if see_through else "RGB")
    if turn in _TURNS:
        plain = plain.transpose(_TURNS[turn])
    plain.info = {}
    return plain


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture as L, CMYK, RGB or RGBA with eight bits a channel."""
    if image.mode in ("L", "RGB") and not image.has_transparency_data:
        return image
    if image.mode in ("CMYK", "RGBA"):
        return image
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    from PIL import ImageCms

    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image  # browsers, too, ignore a profile that does not fit
    return turned or image


def _flat(image: Image.Image) -> Image.Image:
    see_through = image.has_transparency_data and image.convert("RGBA").getchannel("A").getextrema() != (255, 255)
    return image.convert("RGBA" if see_through else "RGB")
