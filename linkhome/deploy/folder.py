"""Put the site into a folder of this computer, or into one file: for a stick, a drive, a server that is mounted here.

A folder is filled beside the old one and takes its place in one step; a file is written beside the old one, and so too.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from ..diagnostics import LinkhomeError
from ..project import Project
from ..refusals import refuse_unsafe
from ..token import Token
from .export import Export
from .folder_swap import Swap
from .nouns import About, Frozen, Key, Plan, Refused, Tell, There
from .table import Around

_ELSEWHERE = "write another 'path' for this place in linkhome.yaml"

ABOUT = About(
    name="folder",
    title="a folder",
    keys=(
        Key("path", "the folder, or the file with 'zip'; seen from the site's folder", "../lina-copy", required=True),
        Key("zip", "zip: one file to unpack; html: one page with everything in it", "zip", "zip|html"),
    ),
    atomic=True,
    headers=("_headers", "_redirects", ".htaccess"),
    slow=10.0,
)


class Folder:
    """Be one folder, or one file that holds the site."""

    about = ABOUT

    def __init__(self, given: Mapping[str, str], secrets: Mapping[str, Token], around: Around) -> None:
        del secrets
        kind = given.get("zip", "")
        place = _place(given["path"], around.root)
        if kind and around.url:
            why = "a file is not served at an address"
            raise Refused(why, "take the key 'url' out of this place; the copy needs none")
        if kind and place.suffix.lower() != f".{kind}":
            raise Refused(f"'{given['path']}' is to be one file, so its name has to end in .{kind}", _ELSEWHERE)
        _refuse_unsafe(place, around.root, bool(kind))
        self._way = Export(place, kind) if kind else Swap(place, around.yes)

    @property
    def address(self) -> str:
        """Return nothing: what serves the folder, if anything does, only the creator knows (the key ``url``)."""
        return ""

    def marks(self, frozen: Frozen) -> Mapping[str, str]:
        """Return what `look` will say once this build is there.

        Raises:
            Refused: files of somebody else are in the way.
        """
        return self._way.marks(frozen)

    def look(self) -> There:
        """Read what is there."""
        return self._way.look()

    def upload(self, frozen: Frozen, plan: Plan, there: There, tell: Tell) -> str:
        """Write the site beside the old one."""
        del plan, there
        return self._way.fill(frozen, tell)

    def activate(self, ticket: str) -> str:
        """Let it take the place of the old one, in one step."""
        del ticket
        return self._way.switch()

    def tidy(self, frozen: Frozen, plan: Plan) -> None:
        """Do nothing: the old one went when its place was taken."""

    def close(self) -> None:
        """Remove what was begun and not finished."""
        self._way.close()


def _place(written: str, root: Path) -> Path:
    home = os.path.expanduser(written)
    return Path(os.path.abspath(os.path.join(root, home)))


def _refuse_unsafe(place: Path, root: Path, one_file: bool) -> None:
    """Refuse a place whose replacement would destroy what the creator wrote, or what the build did."""
    out = Project(root).out
    real = os.path.realpath(place)
    built = os.path.realpath(out)
    if real == built or real.startswith(built + os.sep):
        raise Refused(f"'{place}' lies in {out.name}/, which every build makes anew", _ELSEWHERE)
    if one_file:
        if place.is_symlink() or (os.path.lexists(place) and not place.is_file()):
            raise Refused(f"'{place}' is no file that can be replaced", _ELSEWHERE)
        # A file takes nobody's place but its own: only the folders above it matter.
        place = place.parent / f"{place.name}.linkhome"
    try:
        refuse_unsafe(place, root)
    except LinkhomeError as problem:
        raise Refused(problem.diagnostics[0].message, _ELSEWHERE) from None
