"""Take the creator's own font files instead of the theme's, and say what is amiss with them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from string import ascii_letters, ascii_uppercase

import msgspec

from ..config import schema
from ..config.load import Config
from ..diagnostics import Diagnostic, LinkhomeError, Severity, did_you_mean
from ..inputs import Inputs
from ..project import Project
from ..theme.faces import Face
from . import foreign
from .foreign import Opened
from .subset import Known

_SITE = "site:"
#: Bits of ``fsType``: not to be embedded at all, not in parts, only as pictures of letters.
_RESTRICTED, _WHOLE, _BITMAPS = 0x0002, 0x0100, 0x0200
_LESS_STRICT = 0x000C


def together(themes: Mapping[str, Face], own: str | schema.Fonts) -> dict[str, Face]:
    """Return the faces of the theme, those of a role replaced by the creator's own file for it."""
    found = dict(themes)
    if isinstance(own, str):
        return found
    for role, file in (("heading", own.heading), ("text", own.text)):
        if file:
            plain = Face(family=role, file="", role="heading" if role == "heading" else "text", weight="400 900")
            for name in [name for name, face in found.items() if face.role == role] or [role]:
                found[name] = msgspec.structs.replace(found.get(name, plain), file=_SITE + file, scripts={})
    return found


def file_of(face: Face) -> str | None:
    """Return the creator's own file of a face, from the site's folder; None for a theme's."""
    return face.file.removeprefix(_SITE) if face.file.startswith(_SITE) else None


def find(file: str, face: Face, config: Config, project: Project, inputs: Inputs) -> Path:
    """Return the path of an own font file, as far as a look from outside says that it can be used.

    Raises:
        LinkhomeError: with the place in the configuration.
    """
    role = face.role
    path = project.inside(file, config.spans.at("brand", "fonts", role))
    try:
        size = path.stat().st_size if path.is_file() else -1
    except (OSError, ValueError):
        size = -1
    if size < 0 or inputs.sha256(path) is None:
        near = [project.relative(Path(entry.path)) for entry in _beside(path)]
        hint = did_you_mean(file, near, "put the file there, or correct the path")
        raise LinkhomeError(config.spans.error(f"there is no file '{file}'", "brand", "fonts", role, hint=hint))
    if size > foreign.MEGABYTES * 1_000_000:
        raise refused(foreign.too_large(), file, role, config)
    return path


def examine(path: Path, file: str, role: str, config: Config) -> Opened:
    """Return what an own font can do.

    Raises:
        LinkhomeError: with the place in the configuration.
    """
    try:
        return foreign.examine(path.read_bytes())
    except foreign.RefusedFontError as problem:
        raise refused(problem, file, role, config) from None


def refused(problem: foreign.RefusedFontError, file: str, role: str, config: Config) -> LinkhomeError:
    """Return the error for a font that cannot be used."""
    return LinkhomeError(config.spans.error(f"{file} {problem.message}", "brand", "fonts", role, hint=problem.hint))


def forbidden(known: Known, file: str, role: str, config: Config) -> list[Diagnostic]:
    """Return a warning when the maker of a font does not allow it on web pages."""
    if known.allowed & _RESTRICTED and not known.allowed & _LESS_STRICT:
        what = f"the maker of {file} does not allow it to be embedded in pages"
    elif known.allowed & _BITMAPS:
        what = f"the maker of {file} allows only pictures of its letters in pages"
    elif known.allowed & _WHOLE:
        what = f"the maker of {file} does not allow parts of it to be published, which is what a build does"
    else:
        return []
    hint = "read its licence; if it allows what you do, ask for a file that says so, or take another font"
    return [config.spans.warning(what, "brand", "fonts", role, hint=hint)]


def lacking(face: Face, known: Known, letters: str, config: Config) -> list[Diagnostic]:
    """Return a note when an own font has not all the letters of the site: those are shown in another font."""
    file = file_of(face)
    if not file:
        return []
    have = set(known.letters)
    basic = ascii_uppercase if face.letters == "capitals" else ascii_letters
    missing = [letter for letter in (*basic, *letters) if letter.isalpha() and letter not in have]
    if not missing:
        return []
    some = " ".join(missing[:12]) + (" …" if missing[12:] else "")
    said = config.spans.warning(
        f"{file} has no letters for: {some}", "brand", "fonts", face.role, hint="they are shown in another font"
    )
    return [said._replace(severity=Severity.NOTE)]


def _beside(path: Path) -> list[os.DirEntry[str]]:
    try:
        return [entry for entry in os.scandir(path.parent) if entry.is_file() and entry.name[0] != "."]
    except OSError:
        return []
