"""Make the files of a picture that a platform sent: several widths, upright, without anything but the pixels.

The bytes come from strangers. What they are is told by their content, never by a name or header; they are decoded
by `brand.opening`, and nothing of the file itself is kept. Names are hashes of the bytes that came, so the same
picture has the same files for ever.
"""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..brand.kinds import kind_of
from ..diagnostics import LinkhomeError
from ..durable import make_folders, write_file
from .record import Image, Size, line

if TYPE_CHECKING:
    from PIL import Image as Pillow

#: What the cards ask for, in pixels; a picture that is not as wide ends with its own width.
WIDTHS = (320, 640, 1280)
FALLBACK = 640
#: A width so near to the next is not worth a file of its own.
_APART = 1.15
#: Of more million pixels nothing is decoded: that bounds what one picture takes to 250 MiB. The readers of the newer
#: formats hold several canvases at once.
MEGAPIXELS = {"jpeg": 25, "png": 25, "gif": 25, "webp": 10, "avif": 10}
#: Pictures of more pixels than this are decoded one at a time: a refresh has several at once.
_BIG_PIXELS = 3_000_000
#: Less is an icon, a counter of visits or the glyph of a platform.
_LEAST = 64
#: How far the values of one colour may lie apart, and those of a grey from each other, after a JPEG was made of them.
_NEAR = 6
_NAME = "the picture"


class PictureError(Exception):
    """Say in a sentence why there is no picture: it cannot be used, or it stands for one that is missing."""


def kept(data: bytes, folder: Path, alt: str = "", old: Image | None = None) -> Image:
    """Write the sizes of a picture into a folder (made if missing) and return what the copy says of them.

    ``old`` is what the copy says now: the same bytes are not even decoded then. A file that is there is left alone.
    Several threads may call at once; memory is bounded, see `MEGAPIXELS`.

    Raises:
        PictureError: it is not to be used; nothing was written.
        OSError: the folder cannot be written; what was written of the picture is whole and does no harm.
    """
    digest = hashlib.sha256(data).hexdigest()
    alt = line(alt)
    if old and old.sha256 == digest and _all_there(old, folder):
        return msgspec.structs.replace(old, alt=alt or old.alt)
    try:
        base = _decoded(data)
    except LinkhomeError as problem:
        raise PictureError(problem.diagnostics[0].message) from None
    image = _described(base, digest, alt)
    make_folders(folder)
    for size in image.sizes:
        assert size.file and size.width
        _write(folder / size.file, base, size.width)
    assert image.fallback
    _write(folder / image.fallback, base, min(base.width, FALLBACK))
    return image


def _decoded(data: bytes) -> Pillow.Image:
    """Return upright pixels, at most as wide as the widest size; refuse what is no picture of something."""
    kind = kind_of(data, _NAME)
    if kind == "svg":
        raise PictureError("the picture is a drawing (SVG), and those can hold programs")
    from ..brand import opening  # and with it Pillow: most refreshes find no new picture

    base = opening.upright(data, kind, _NAME, WIDTHS[-1], MEGAPIXELS[kind], _BIG_PIXELS)
    if min(base.size) < _LEAST:
        raise PictureError(f"no picture: {base.width} × {base.height} pixels are too few")
    if _is_empty(base):
        raise PictureError("no picture: it has one colour only")
    if kind == "jpeg" and base.size == (120, 90) and _is_grey(base):
        raise PictureError("no picture: it is what YouTube sends in place of one")
    return base


def _described(base: Pillow.Image, digest: str, alt: str) -> Image:
    from ..brand.tones import average

    stem = digest[:16]
    widths = [*(width for width in WIDTHS if width * _APART < base.width), min(base.width, WIDTHS[-1])]
    return Image(
        file=f"{stem}-{widths[-1]}.webp",
        alt=alt or None,
        width=base.width,
        height=base.height,
        sizes=[Size(f"{stem}-{width}.webp", width) for width in dict.fromkeys(widths)],
        fallback=f"{stem}-{min(base.width, FALLBACK)}.jpg",
        placeholder=average(base) if base.mode == "RGB" else None,
        sha256=digest,
    )


def _is_empty(base: Pillow.Image) -> bool:
    """Tell whether nothing is to be seen: one colour, or see-through everywhere."""
    bands = [band.getextrema() for band in base.split()]
    flat = all(high - low <= _NEAR for low, high in bands)  # type: ignore[operator]
    return flat or (base.mode == "RGBA" and bands[3] == (0, 0))


def _is_grey(base: Pillow.Image) -> bool:
    from PIL import ImageChops

    red, green, blue = base.convert("RGB").split()
    differences = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return all(one.getextrema()[1] <= _NEAR for one in differences)  # type: ignore[operator]


def _write(path: Path, base: Pillow.Image, width: int) -> None:
    """Encode one size, unless its file is there already and whole."""
    if _is_whole(path):
        return
    from PIL import Image as Pillow

    from ..brand.encoding import size_at, write

    sized = base
    if width != base.width:
        sized = base.resize(size_at(*base.size, width), Pillow.Resampling.LANCZOS, reducing_gap=3.0)
    if path.suffix == ".webp":
        data = write(sized, "WEBP", quality=80, method=2).data
    else:
        if sized.mode == "RGBA":
            ground = Pillow.new("RGB", sized.size, "white")
            ground.paste(sized, mask=sized.getchannel("A"))
            sized = ground
        data = write(sized, "JPEG", quality=80, progressive=True, optimize=True).data
    assert data is not None
    write_file(path, data)


def _all_there(image: Image, folder: Path) -> bool:
    names = [image.fallback, *(size.file for size in image.sizes)]
    return len(names) > 1 and all(
        name and os.path.basename(name) == name and _is_whole(folder / name) for name in names
    )


def _is_whole(path: Path) -> bool:
    """Tell whether a size's file is there from its first byte to its last; a link is not."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return False
        with path.open("rb") as file:
            head = file.read(12)
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - 2))
            end = file.read()
    except OSError:
        return False
    if path.suffix == ".webp":
        return head[:4] == b"RIFF" and head[8:] == b"WEBP" and int.from_bytes(head[4:8], "little") + 8 == size
    return head[:3] == b"\xff\xd8\xff" and end == b"\xff\xd9"
