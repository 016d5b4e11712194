"""Name every target and where its code is; nothing of a target is loaded before it is asked for.

Targets of other packages are entry points of the group ``linkhome.targets``: each names a class with ``about``.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from ..diagnostics import LinkhomeError, did_you_mean, error
from ..token import Token
from .nouns import About, Target

GROUP = "linkhome.targets"
_HERE = "linkhome.deploy"


class Around(Struct, frozen=True):
    """Say what a target may know beside its own keys.

    ``root`` is the site's folder, at which relative paths of keys begin. ``state`` is a folder of this very entry in
    ``.cache/``, made when needed by who needs it: what lies there may be gone at any time. ``url`` is where visitors
    see the place, as the creator wrote it; empty if they did not. ``yes`` says that the creator answers every question
    with yes.
    """

    root: Path
    state: Path
    name: str = ""
    url: str = ""
    yes: bool = False


#: What makes a target: its keys, its secrets by `nouns.Secret.name`, and what is around it.
Make = Callable[[Mapping[str, str], Mapping[str, Token], Around], Target]


class Entry(NamedTuple):
    """Name the code of one target."""

    module: str
    name: str


TARGETS: Mapping[str, Entry] = {
    "github": Entry(f"{_HERE}.github", "GitHub"),
    "github-actions": Entry(f"{_HERE}.actions", "Actions"),
    "codeberg": Entry(f"{_HERE}.codeberg", "Codeberg"),
    "netlify": Entry(f"{_HERE}.netlify", "Netlify"),
    "netlify-build": Entry(f"{_HERE}.netlify_toml", "NetlifyBuild"),
    "cloudflare": Entry(f"{_HERE}.cloudflare", "Cloudflare"),
    "ssh": Entry(f"{_HERE}.ssh", "Ssh"),
    "sftp": Entry(f"{_HERE}.sftp", "Sftp"),
    "ftps": Entry(f"{_HERE}.ftps", "Ftps"),
    "s3": Entry(f"{_HERE}.s3", "S3"),
    "folder": Entry(f"{_HERE}.folder", "Folder"),
}


class Loaded(NamedTuple):
    """Hold the code of a target: what it says of itself, and what makes one."""

    about: About
    make: Make


def load(target: str) -> Loaded:
    """Return the code of the target with this name.

    Raises:
        LinkhomeError: there is none, or it does not load.
    """
    if target in TARGETS:
        entry = TARGETS[target]
        made: Any = getattr(importlib.import_module(entry.module), entry.name)
        return Loaded(made.about, made)
    if target in (others := _others()):
        return _foreign(target, others[target])
    if target in ("ftp", "plain-ftp"):
        hint = "ask your host for SFTP or FTPS; linkhome has both as targets"
        raise LinkhomeError(error("plain FTP sends the password and the site for everybody to read", hint=hint))
    known = (*TARGETS, *sorted(others))
    hint = did_you_mean(target, known, f"it is one of: {', '.join(known)}")
    raise LinkhomeError(error(f"there is no target '{target}'", hint=hint))


def _foreign(target: str, point: Any) -> Loaded:
    try:
        made = point.load()
        about = made.about
        fits = isinstance(about, About) and callable(made)
    except Exception as problem:  # other people's code fails in any way
        why = f"the target '{target}' of another package does not load: {type(problem).__name__}"
        raise LinkhomeError(error(why, hint="update the package, or uninstall it")) from None
    if not fits:
        why = f"the target '{target}' of another package is none: its class has no 'about'"
        raise LinkhomeError(error(why, hint="update the package, or uninstall it"))
    return Loaded(about, made)


def _others() -> dict[str, Any]:
    """Return the entry points of other packages; the folder where the program was started is left out."""
    from importlib.metadata import distributions

    here = os.getcwd()
    places = [place for place in sys.path if place and os.path.abspath(place) != here]
    found: dict[str, Any] = {}
    for package in distributions(path=places):
        try:
            points = package.entry_points
        except Exception:  # damaged metadata is any error; whoever wants this target hears that there is none
            points = ()  # type: ignore[assignment]
        for point in points:
            if point.group == GROUP:
                found.setdefault(point.name, point)
    return found
