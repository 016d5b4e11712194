"""Tell what a picture file is by its first bytes, and how to convert one that browsers do not show.

The extension is never asked: phones and messengers write the wrong one often enough.
"""

from __future__ import annotations

from ..diagnostics import LinkhomeError, error

EXPORT = "open it in a picture editor and export it as JPEG (photographs) or PNG (drawings, screenshots)"

_RASTER = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)

#: What else creators put there, by first bytes, with the name that they know it by.
_OTHER = (
    (b"II*\0", "a TIFF or camera raw file"),
    (b"MM\0*", "a TIFF or camera raw file"),
    (b"8BPS", "a Photoshop file"),
    (b"BM", "a BMP file"),
    (b"\0\0\1\0", "an ICO file"),
    (b"\xff\x0a", "a JPEG XL file"),
    (b"\0\0\0\x0cJXL ", "a JPEG XL file"),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 file"),
    (b"%PDF", "a PDF"),
    (b"%!PS", "an EPS or Illustrator file"),
    (b"gimp xcf", "a GIMP file"),
    (b"PK\3\4", "a ZIP archive or office document"),
)

_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


def refused(message: str, hint: str = EXPORT) -> LinkhomeError:
    """Make the error of one picture; whoever knows the line of the configuration adds the place."""
    return LinkhomeError(error(message, hint=hint))


def kind_of(data: bytes, name: str) -> str:
    """Return ``png``, ``jpeg``, ``gif``, ``webp``, ``avif`` or ``svg``; refuse everything else with a way out."""
    for magic, kind in _RASTER:
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        return _boxed(data, name)
    if _looks_like_svg(data):
        return "svg"
    if not data.strip():
        raise refused(f"{name} is empty", "copy the picture into the folder again")
    for magic, what in _OTHER:
        if data.startswith(magic):
            raise refused(f"{name} is {what}, which browsers do not show")
    if data.startswith(b"\x1f\x8b"):
        raise refused(f"{name} is a compressed file", "if it is an SVGZ, save it as a plain SVG; otherwise unpack it")
    if data.startswith(b"version https://git-lfs"):
        raise refused(f"{name} is only a pointer of Git LFS, not the picture", "run 'git lfs pull'")
    if data.lstrip()[:1] == b"<":
        raise refused(f"{name} is a web page or other text, not a picture", "save the picture itself, not its page")
    raise refused(f"{name} is not a picture that linkhome can read")


def _boxed(data: bytes, name: str) -> str:
    """Tell AVIF, HEIC and video apart: all three begin with an ``ftyp`` box that lists brands."""
    brands = data[8 : min(int.from_bytes(data[:4], "big"), 256)]
    if data[8:12] == b"avis":
        raise refused(f"{name} is an animated AVIF, which is not supported", "export it as an animated WebP or GIF")
    if b"avif" in brands:
        return "avif"
    if any(brand in brands for brand in _HEIC):
        raise refused(
            f"{name} is a HEIC picture, which browsers do not show",
            "export it as JPEG: on a Mac in Preview, on an iPhone by Settings, Camera, Formats, Most Compatible",
        )
    raise refused(f"{name} is a video, not a picture", "use the block 'video', or take a still picture from it")


def _looks_like_svg(data: bytes) -> bool:
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"<"):
        return False
    return b"<svg" in head or b":svg" in head or (b"<!DOCTYPE svg" in head)
