"""Say where things lie: the site's folder and what is in it."""

from __future__ import annotations

import os
from pathlib import Path

from .diagnostics import Exit, LinkhomeError, Span, error
from .inputs import hidden

CONFIG = "linkhome.yaml"


class Project:
    """Name the folders of one site. Nothing is read or made here."""

    __slots__ = (
        "cache",
        "config",
        "deployed",
        "media",
        "out",
        "outage",
        "pages",
        "posts",
        "private",
        "root",
        "saved",
        "theme",
    )

    def __init__(self, root: Path, out: Path | None = None) -> None:
        self.root = root
        self.config = root / CONFIG
        self.out = out or root / "public"
        self.cache = root / ".cache"
        self.posts = root / "posts"
        self.pages = root / "pages"
        self.media = root / "media"
        self.saved = root / "saved"
        self.theme = root / "theme"
        self.outage = root / "outage.yaml"
        #: What was published where, and when.
        self.deployed = root / "deployed"
        #: What must never be published: lists of people.
        self.private = root / "private"

    def relative(self, path: Path) -> str:
        """Return the path as diagnostics print it: from the site's folder, with forward slashes."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()

    def inside(self, name: str, span: Span | None = None) -> Path:
        """Return the own file ``name``, or raise when its path or a symbolic link leads out of the site."""
        if "\0" in name:
            raise LinkhomeError(error(f"there is no file {name!r}", span, "correct the path"))
        path = self.root / name
        real = os.path.realpath(path)
        home = os.path.realpath(self.root)
        self.keep_private(real, name, span)
        if real != home and not real.startswith(home.rstrip(os.sep) + os.sep):
            how = "is a symbolic link that leads" if os.path.lexists(path) and ".." not in name.split("/") else "leads"
            raise LinkhomeError(
                error(f"'{name}' {how} out of the site's folder", span, "copy the file into the folder media/")
            )
        return path

    def keep_private(self, real: str | Path, name: str, span: Span | None = None) -> None:
        """Raise when a path leads into the folder ``private/``, or a link to a hidden file such as ``.env``.

        ``name`` is what the creator knows it by.
        """
        found = os.path.realpath(real)
        if self.is_private(found):
            hint = "what lies there concerns other people; publish something else"
            raise LinkhomeError(error(f"'{name}' lies in the folder private/, which is never published", span, hint))
        if self.is_hidden(found) and not _hides(name):
            hint = "hidden files stay private: copy what visitors may have into the folder media/"
            raise LinkhomeError(error(f"'{name}' is a link that leads to a hidden file of the site", span, hint))

    def is_private(self, real: str) -> bool:
        """Tell whether a path, its symbolic links resolved, leads into the folder ``private/``."""
        # Many disks do not tell small letters from capital ones, and the system's answer keeps what was asked for.
        private, asked = os.path.realpath(self.private).casefold(), real.casefold()
        return asked == private or asked.startswith(private.rstrip(os.sep) + os.sep)

    def is_hidden(self, real: str) -> bool:
        """Tell whether a path, its symbolic links resolved, leads to what has a hidden name in the site's folder."""
        home = os.path.realpath(self.root).rstrip(os.sep) + os.sep
        return real.startswith(home) and _hides(real[len(home) :].replace(os.sep, "/"))


def _hides(path: str) -> bool:
    return any(hidden(part) for part in path.split("/") if part not in (".", ".."))


def find(site: str | os.PathLike[str] | None = None, out: str | os.PathLike[str] | None = None) -> Project:
    """Find the site: the folder (or its ``linkhome.yaml``) that was named, else here or in a folder above.

    Raises:
        LinkhomeError: there is no ``linkhome.yaml``; the message says how to make one.
    """
    start = Path(site or ".")
    if start.name == CONFIG and start.is_file():
        start = start.parent
    here = Path(os.path.abspath(start))
    candidates = [here] if site else [here, *here.parents]
    for folder in candidates:
        if (folder / CONFIG).is_file():
            return Project(folder, Path(os.path.abspath(out)) if out else None)
    raise LinkhomeError(
        error(f"there is no {CONFIG} in {here}", hint=f"make a site with 'linkhome init {site or '.'}'"), Exit.USAGE
    )
