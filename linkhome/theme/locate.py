"""Find a theme and the folders in which its files are looked up, the creator's own folder first.

The order is: the site's ``theme/``, the chosen theme, the theme that it extends, and at last the base theme.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from ..diagnostics import LinkhomeError, Span, did_you_mean, error
from ..inputs import hidden
from . import about, faces
from .about import ABOUT, About, Colours, Option, Print
from .faces import Face

GROUP = "linkhome.themes"
BASE = "base"
#: What stands inside a theme's folder.
TEMPLATES, STATIC, CSS, SITE_CSS = "templates", "static", "css", "custom.css"
NO_COLOURS = Colours()
#: Static files that are not copied into the site: pages take them up or name them with a hash, or a script has them.
TAKEN_UP = frozenset({"timed.js", "offline.js", "offline.css", "play.js", "playing.css", "signup.js", "signup.css"})
DEEPEST = 8


class Folder(Struct, frozen=True):
    """One theme's own folder, without those that it builds upon, and what its ``theme.yaml`` says."""

    name: str
    path: Path
    about: About

    @property
    def extends(self) -> str:
        """Return the theme that this one builds upon; "" for the base theme."""
        return self.about.extends or ("" if self.name == BASE else BASE)


class Theme(Struct, frozen=True):
    """A theme ready for use: where templates, static files and styles come from.

    ``chain`` holds the chosen theme and those that it extends, the nearest first; ``styles`` says for each
    style file by which page kinds, block types and features it is wanted, in the order of the stylesheet.
    """

    name: str
    site: Path
    chain: tuple[Folder, ...]
    styles: dict[str, frozenset[str]]

    @property
    def colours(self) -> Colours | None:
        """Return the nearest recipes for colours; None where all are those of the base palette."""
        return next((one.about.colours for one in self.chain if one.about.colours != NO_COLOURS), None)

    @property
    def faces(self) -> dict[str, Face]:
        """Return the nearest typefaces."""
        return next((one.about.faces for one in self.chain if one.about.faces), {})

    @property
    def prints(self) -> dict[str, Print]:
        """Return all versions that are made of the creator's pictures."""
        return {name: made for one in reversed(self.chain) for name, made in one.about.prints.items()}

    @property
    def options(self) -> dict[str, Option]:
        """Return all options, those of the chosen theme last."""
        return {name: option for one in reversed(self.chain) for name, option in one.about.options.items()}

    @property
    def contrast(self) -> tuple[str, ...]:
        """Return the promises of the theme that the colours come from."""
        return next((tuple(one.about.contrast) for one in self.chain if one.about.contrast), ())

    @property
    def card(self) -> str:
        """Return the layout of share images."""
        return next((one.about.card.layout for one in self.chain if one.about.card), "plain")

    @property
    def templates(self) -> tuple[Path, ...]:
        """Return the template folders in search order, the site's own first."""
        return (self.site / TEMPLATES, *(folder.path / TEMPLATES for folder in self.chain))

    @property
    def static(self) -> tuple[Path, ...]:
        """Return the folders of static files in search order, the site's own first."""
        return (self.site / STATIC, *(folder.path / STATIC for folder in self.chain))

    @property
    def site_css(self) -> Path:
        """Return where the creator's own CSS stands; the file need not exist."""
        return self.site / SITE_CSS

    def static_file(self, name: str) -> Path | None:
        """Return the first static file of that name, or None."""
        return next((path for folder in self.static if (path := folder / name).is_file()), None)

    def published(self) -> dict[str, Path]:
        """Return the static files that are copied into the site: address below the root, and file."""
        found: dict[str, Path] = {}
        unpublished = TAKEN_UP | {f"fonts/{file}" for face in self.faces.values() for file in faces.files(face)}
        for folder in self.static:
            for name, path in _files(folder, ""):
                if not name.startswith(CSS + "/") and name not in unpublished:
                    found.setdefault(name, path)
        return dict(sorted(found.items()))


def find(name: str, site_theme: Path, span: Span | None = None) -> Theme:
    """Return the theme of that name over the site's own folder ``site_theme`` (which need not exist).

    Raises:
        LinkhomeError: there is no such theme, or its ``theme.yaml`` is broken.
    """
    _refuse_ways_out(site_theme)
    chain: list[Folder] = []
    wanted = name
    while wanted or not chain:
        folder = _folder(wanted, span)
        if folder in chain or len(chain) == DEEPEST:
            raise LinkhomeError(
                error(
                    f"the theme '{name}' extends itself: {' > '.join(f.name for f in chain)} > {wanted}",
                    Span(str(folder.path / ABOUT)),
                    "a theme may only extend another one",
                )
            )
        chain.append(folder)
        wanted = folder.extends
    styles: dict[str, frozenset[str]] = {}
    for folder in reversed(chain):
        for file, uses in folder.about.styles.items():
            styles[file] = frozenset(uses.split())
    return Theme(name, site_theme, tuple(chain), {file: uses for file, uses in styles.items() if uses})


def _refuse_ways_out(site_theme: Path) -> None:
    """Refuse a site's own theme in which a symbolic link leads out of the site: what it names would be published."""
    home = os.path.realpath(site_theme.parent) + os.sep
    places = [str(site_theme)]
    for folder, folders, files in os.walk(site_theme):
        places += [os.path.join(folder, name) for name in (*folders, *files)]
    for place in places:
        if os.path.islink(place) and not os.path.realpath(place).startswith(home):
            name = os.path.relpath(place, site_theme.parent).replace(os.sep, "/")
            hint = "copy the file into the folder theme/"
            raise LinkhomeError(error(f"'{name}' is a symbolic link that leads out of the site's folder", hint=hint))


def bundled() -> dict[str, Path]:
    """Return the themes that come with linkhome, by name."""
    return {folder.name: folder for folder in sorted(bundled_root().iterdir()) if (folder / ABOUT).is_file()}


def all_themes() -> dict[str, tuple[Path, About]]:
    """Return every theme that can be chosen, of linkhome and of other packages: its folder and what it says of itself.

    A theme of another package that is broken is left out: it must not keep the others from being listed.
    """
    from importlib.metadata import entry_points

    found = {name: (path, about.read(path / ABOUT)) for name, path in bundled().items()}
    for point in entry_points(group=GROUP):
        if point.name not in found:
            with contextlib.suppress(Exception):
                path = _installed(point.name, None)
                found[point.name] = (path, about.read(path / ABOUT))
    return dict(sorted(found.items()))


@lru_cache(maxsize=1)
def bundled_root() -> Path:
    """Return the folder of the themes that come with linkhome: in the package, or in its repository."""
    installed = Path(__file__).parent.parent / "_themes"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "themes"


def _folder(name: str, span: Span | None) -> Folder:
    path = bundled_root() / name
    if not (name.replace("-", "").isalnum() and (path / ABOUT).is_file()):
        path = _installed(name, span)
    return Folder(name, path, about.read(path / ABOUT))


def _installed(name: str, span: Span | None) -> Path:
    from importlib.metadata import entry_points  # slow, and only wanted for themes of other packages

    others = {point.name: point for point in entry_points(group=GROUP)}
    if name not in others:
        known = sorted({*bundled(), *others})
        listed = "the themes are: " + ", ".join(known)
        near = did_you_mean(name, known)
        raise LinkhomeError(error(f"there is no theme '{name}'", span, f"{near} {listed}".strip()))
    loaded = others[name].load()
    path = Path(loaded if isinstance(loaded, (str, os.PathLike)) else next(iter(loaded.__path__)))
    if not (path / ABOUT).is_file():
        raise LinkhomeError(
            error(f"the theme '{name}' has no {ABOUT} in {path}", span, "install the package again, or choose another")
        )
    return path


def _files(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda e: e.name):
            if hidden(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path), f"{prefix}{entry.name}/")
            elif entry.is_file():
                yield prefix + entry.name, Path(entry.path)
