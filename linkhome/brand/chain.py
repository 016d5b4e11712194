"""List the font files with which pictures are drawn: the face itself, then whatever has the letters that it lacks."""

from __future__ import annotations

import contextlib
import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ..theme import faces
from .fonts import Fonts
from .sources import Source

#: What comes with linkhome for letters that a face lacks, in the order in which it is asked.
SHIPPED = (
    "noto-sans/NotoSans.ttf",
    "noto-sans-arabic/NotoSansArabic.ttf",
    "noto-sans-hebrew/NotoSansHebrew.ttf",
    "noto-sans-devanagari/NotoSansDevanagari.ttf",
    "noto-sans-thai/NotoSansThai.ttf",
    "noto-emoji/NotoEmoji.ttf",
)
#: Chinese, Japanese and Korean are too large to be brought along: where systems have them.
_SYSTEM = {
    "linux": (
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
        "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    ),
    "darwin": (
        "/System/Library/Fonts/PingFang.ttc",
        "/System/Library/Fonts/Hiragino Sans GB.ttc",
        "/System/Library/Fonts/ヒラギノ角ゴシック W3.ttc",
        "/System/Library/Fonts/AppleSDGothicNeo.ttc",
    ),
    "win32": ("msyh.ttc", "YuGothR.ttc", "malgun.ttf"),
}


class Drawn(NamedTuple):
    """A font file with the positions of its axes."""

    file: Path
    axes: tuple[tuple[str, float], ...] = ()


def for_drawing(fonts: Fonts, role: str, wght: float | None = None, wdth: float | None = None) -> tuple[Drawn, ...]:
    """Return the files for texts of a role (or of one face, by its name), the first that has a letter to be taken.

    The weight is that of the face unless one is asked for; what a font cannot do it leaves out.
    """
    found: list[Drawn] = []
    asked = {tag: value for tag, value in (("wght", wght), ("wdth", wdth)) if value is not None}
    weight = wght or 400.0
    if name := _name(fonts, role):
        for source in fonts.sources(name):
            axes = {tag: low for tag, (low, _) in source.span.items()} | asked
            file = _file(fonts, source)
            if file:
                found.append(Drawn(file, _clamped(source, axes)))
        weight = wght or fonts.weight(name)
    plain = ((name, ()) if "emoji" in name else (name, (("wght", weight),)) for name in SHIPPED)
    found += (Drawn(faces.shipped() / name, axes) for name, axes in plain)
    found += (Drawn(file) for file in system())
    return tuple(found)


@lru_cache(maxsize=1)
def system() -> tuple[Path, ...]:
    """Return the fonts of this computer for Chinese, Japanese and Korean."""
    top = Path("C:/Windows/Fonts" if sys.platform == "win32" else "/")
    return tuple(path for name in _SYSTEM.get(sys.platform, ()) if (path := top / name).is_file())


def _name(fonts: Fonts, role: str) -> str:
    """Return the face of a role: one of that name, else an upright one of that role, else any of it."""
    if role in fonts.faces:
        return role
    of_role = [name for name, face in fonts.faces.items() if face.role == role]
    return min(of_role, key=lambda name: fonts.faces[name].style != "normal", default="")


def _clamped(source: Source, axes: dict[str, float]) -> tuple[tuple[str, float], ...]:
    limits = source.known.axes
    within = ((tag, min(max(value, limits[tag][0]), limits[tag][2])) for tag, value in axes.items() if tag in limits)
    return tuple(sorted(within))


def _file(fonts: Fonts, source: Source) -> Path | None:
    """Return a file that can be drawn with, and that nobody changes while it is open.

    What comes with linkhome is such a file; of any other there is an unpacked copy in the cache's folder, or, where
    nothing can be written there, in one that is gone after the build.
    """
    if not source.foreign:
        return source.path
    data = fonts.plain_source(source)
    name = f"{source.digest[:16]}.ttf"
    if (cache := fonts.cache.folder) and (file := _copied(data, cache / "fonts" / name)):
        return file
    return _copied(data, fonts.passing / name)


def _copied(data: bytes, file: Path) -> Path | None:
    """Return the file if these bytes stand in it, or can be written there."""
    with contextlib.suppress(OSError):
        if file.is_file() and file.read_bytes() == data:
            return file
        file.parent.mkdir(parents=True, exist_ok=True)
        spare = file.with_suffix(f".{os.getpid()}.tmp")
        spare.write_bytes(data)
        os.replace(spare, file)
        return file
    return None
