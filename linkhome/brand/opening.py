"""Turn the bytes of any picture into upright pixels in sRGB, or into one error: nothing else, whatever they hold.

Only the reader that the file needs is imported, no memory is set aside for pixels before their number is known,
and big pictures take turns.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from PIL import Image, ImageFile

from ..diagnostics import LinkhomeError
from .chunks import strip
from .encoding import TALLEST, size_at
from .headers import webp_size
from .kinds import EXPORT, refused

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

_one_big_picture = threading.Lock()


def upright(data: bytes, kind: str, name: str, widest: int, megapixels: int, big: int) -> Image.Image:
    """Return a picture's first frame upright in sRGB, RGB or RGBA, at most ``widest`` wide.

    More than ``megapixels`` million pixels are refused; of pictures with more than ``big`` pixels only one at a
    time is decoded. Raises one `LinkhomeError` that speaks of ``name``.
    """
    with one_error(name, megapixels):
        image = opened(data, kind, name, megapixels)
        with turn_of(image, big):
            return pixels(image, kind, widest)[0]


@contextmanager
def one_error(name: str, megapixels: int) -> Iterator[None]:
    """Turn whatever Pillow raises into one error that says what to do."""
    try:
        yield
    except LinkhomeError:
        raise
    except MemoryError:
        raise refused(f"{name} needs more memory than there is", "make the picture smaller") from None
    except Image.DecompressionBombError:
        raise refused(f"{name} has more than {megapixels} million pixels", _SMALLER) from None
    except Exception:
        # Damaged files make Pillow's readers raise nearly everything, from OSError to SyntaxError and struct.error.
        raise refused(f"{name} cannot be read: the file is damaged or cut off", EXPORT) from None


@contextmanager
def turn_of(image: ImageFile.ImageFile, big: int) -> Iterator[None]:
    """Wait until no other big picture is at work, if this is one: two at once could take all memory."""
    if image.size[0] * image.size[1] <= big:
        yield
        return
    with _one_big_picture:
        yield


def opened(data: bytes, kind: str, name: str, megapixels: int) -> ImageFile.ImageFile:
    """Open a picture that has no more pixels than allowed; nothing is decoded yet."""
    if kind == "webp":
        _allow(webp_size(data), name, megapixels)  # its reader sets memory aside at once
    image = _reader(strip(data, kind, _COLOUR_IN_PNG) if kind == "png" else data, kind, name)
    _allow(image.size, name, megapixels)
    return image


def pixels(image: ImageFile.ImageFile, kind: str, widest: int) -> tuple[Image.Image, int, tuple[int, int]]:
    """Return upright pixels of at most a width, how they had to be turned, and the picture's real upright size."""
    turn = _orientation(image)
    stored = image.size
    width, height = stored[::-1] if turn >= 5 else stored
    target = size_at(width, height, max(1, min(width, widest, width * TALLEST // height)))
    fitting = target[::-1] if turn >= 5 else target
    if kind == "jpeg":
        image.draft(None, fitting)  # lets the decoder skip detail that would be thrown away
    image.load()
    turn = _orientation(image)  # a PNG may tell it behind its pixels
    return _upright(image, fitting, turn), turn, (width, height)


def plain(image: Image.Image) -> Image.Image:
    """Return the picture as L, CMYK, RGB or RGBA with eight bits a channel."""
    if image.mode in ("L", "RGB") and not image.has_transparency_data:
        return image
    if image.mode in ("CMYK", "RGBA"):
        return image
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _reader(data: bytes, kind: str, name: str) -> ImageFile.ImageFile:
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

            return WebPImageFile(stream)


def _allow(size: tuple[int, int], name: str, megapixels: int) -> None:
    if size[0] * size[1] > megapixels * 1_000_000:
        raise refused(f"{name} has {size[0]} × {size[1]} pixels, more than {megapixels} million", _SMALLER)


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
    made = plain(image)
    if made.size != size:
        made = made.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    if profile and _SRGB not in profile:
        made = _to_srgb(made, profile)
    see_through = made.has_transparency_data and made.getchannel("A").getextrema() != (255, 255)
    made = made.convert("RGBA" if see_through else "RGB")
    if turn in _TURNS:
        made = made.transpose(_TURNS[turn])
    made.info = {}
    return made


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    from PIL import ImageCms

    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image  # browsers, too, ignore a profile that does not fit
    return turned or image
