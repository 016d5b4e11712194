"""Read a theme's ``theme.yaml``: every key typed, every mistake with its line, as in the creator's own file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta, field

from ..config.nodes import Map
from ..config.source import compose
from ..config.vocabulary import Keys
from ..config.walk import Walk
from ..config.wrong import BAD
from ..diagnostics import Diagnostic, LinkhomeError, Severity, Span, did_you_mean, error, in_order
from .faces import Face, complaints
from .recipes import Promise, Recipes, mentioned

#: The name of the file.
ABOUT = "theme.yaml"

#: What wants a style file; nothing at all switches off a file of the theme that is extended.
Uses = Annotated[str, Meta(extra={"blank": True})]


class Colours(Keys, frozen=True, kw_only=True):
    """The recipes of both modes."""

    light: Recipes = field(default_factory=dict)
    dark: Recipes = field(default_factory=dict)


class Print(Keys, frozen=True, kw_only=True):
    """A further version of a picture of the creator's, made at the build."""

    of: list[Literal["portrait", "cover"]]
    as_: Literal["halftone", "duotone", "grey"] = field(name="as")
    width: int = 640
    cells: int = 90
    angle: int = 30
    dark: str = "#000000"
    light: str = "#ffffff"
    mode: Literal["light", "dark", "both"] = "both"


class Option(Keys, frozen=True, kw_only=True):
    """A choice that the theme leaves to the creator."""

    type: Literal["choice", "switch", "number", "colour", "text"]
    default: str = ""
    values: list[str] = field(default_factory=list)
    least: float = 0
    most: float = 999_999
    about: str = ""


class Card(Keys, frozen=True, kw_only=True):
    """How share images are drawn."""

    layout: Literal["plain", "spread", "window", "poster", "tiles", "film"] = "plain"


class About(Keys, frozen=True, kw_only=True):
    """The whole of ``theme.yaml``."""

    title: str = ""
    about: str = ""
    extends: str | None = None
    styles: dict[str, Uses] = field(default_factory=dict)
    faces: dict[str, Face] = field(default_factory=dict)
    prints: dict[str, Print] = field(default_factory=dict)
    colours: Colours = field(default_factory=Colours)
    contrast: list[str] = field(default_factory=list)
    options: dict[str, Option] = field(default_factory=dict)
    card: Card | None = None


def read(file: Path) -> About:
    """Return what ``theme.yaml`` says.

    Raises:
        LinkhomeError: with every mistake of the file.
    """
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _read(file: Path, _changed: int) -> About:
    try:
        name = str(file.relative_to(Path.cwd()))
    except ValueError:
        name = str(file)
    root, found = compose(file.read_bytes(), name)
    about: Any = About()
    if isinstance(root, Map):
        walk = Walk()
        about = walk.struct(root, About)
        found += walk.found
        if about is not BAD:
            found += _disagreements(about, root, name)
    elif root is not None:
        found.append(error("a theme's file is a map of keys", Span(name), "start with 'title: …'"))
    failed = [one for one in found if one.severity is Severity.ERROR]
    if failed or about is BAD:
        raise LinkhomeError(in_order(failed))
    made: About = about
    return made


def _disagreements(about: About, root: Map, name: str) -> list[Diagnostic]:
    """Return what is wrong although every value has the right type: unknown colours, promises without a meaning."""
    from ..config.nodes import Document
    from ..config.spans import Spans
    from .tokens import NAMES

    spans = Spans(Document("", name), root)
    found = []
    known_by_mode: list[set[str]] = []
    for mode in ("light", "dark"):
        known = set(NAMES)
        for colour, recipe in getattr(about.colours, mode).items():
            for unknown in sorted(mentioned(recipe) - known):
                hint = did_you_mean(unknown, known, "a recipe knows the colours that stand above it")
                found.append(spans.error(f"there is no colour '{unknown}' here", "colours", mode, colour, hint=hint))
            known.add(colour)
        known_by_mode.append(known)
    for number, line in enumerate(about.contrast):
        try:
            promise = Promise.read(line)
            lost = sorted({promise.text, promise.ground} - (known_by_mode[0] & known_by_mode[1]))
            if lost:
                found.append(spans.error(f"there is no colour '{lost[0]}' in both modes", "contrast", number))
        except ValueError:
            found.append(spans.error("a promise looks like this: ink on paper 4.5", "contrast", number))
    for key, face in about.faces.items():
        found += [spans.error(message, "faces", key, *where) for message, where in complaints(key, face)]
    for key, option in about.options.items():
        if option.type == "choice" and option.default not in option.values:
            found.append(spans.error("the default is not one of the values", "options", key, "default"))
        if option.type == "switch" and option.default not in ("true", "false", ""):
            found.append(spans.error("the default of a switch is true or false", "options", key, "default"))
    return found
