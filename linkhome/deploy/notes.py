"""Keep notes on a host about what linkhome put there: which file is ours, what is in it, and what may go soon.

Hosts for files know no hashes. So one small file remembers them, together with the size and the time that the host
showed right after the upload: whoever changes a file there changes one of these, and it counts as unknown.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from ..snapshot import GENERATOR, name_faults
from .remote import Seen

#: Our own folder on the host, and the notes in it. Apache gives out no file whose name begins with ``.ht``.
FOLDER = ".linkhome"
FILE = f"{FOLDER}/.htfiles"
#: Where new notes are written first; also read, in case the host lost the connection while they were exchanged.
DRAFT = f"{FOLDER}/.htfiles-new"
VERSION = 1


class Noted(Struct, frozen=True, array_like=True):
    """Hold what is in a file of ours, and what the host showed of it."""

    sha256: str
    size: int
    time: str = ""

    def shows(self, seen: Seen) -> bool:
        """Tell whether the file is as it was right after the upload."""
        return seen.kind == "file" and (seen.size, seen.time) == (self.size, self.time)


class Notes(Struct, frozen=True):
    """Hold everything that is remembered. ``coming`` are files that are about to be moved to their places.

    ``leaving`` are files that the site has no more, by the number of deploys for which they stay: a page that somebody
    has open may still ask for them. ``token`` tells one deploy from another.
    """

    generator: str = GENERATOR
    version: int = VERSION
    build: str = ""
    tree: str = ""
    token: str = ""
    files: Mapping[str, Noted] = {}
    coming: Mapping[str, Noted] = {}
    leaving: Mapping[str, int] = {}

    def encoded(self) -> bytes:
        """Return the notes as they are written."""
        return msgspec.json.encode(self, order="sorted") + b"\n"


class NewerError(Exception):
    """Say that the notes were written by a newer linkhome."""


def decoded(data: bytes | None) -> Notes | None:
    """Return the notes that a host holds; None if they are none of ours, or lead out of the site's folder.

    Raises:
        NewerError: a newer linkhome wrote them.
    """
    if not data:
        return None
    try:
        shape = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeError):
        return None
    if not isinstance(shape, dict) or shape.get("generator") != GENERATOR:
        return None
    if isinstance(version := shape.get("version"), int) and version > VERSION:
        raise NewerError
    try:
        notes = msgspec.convert(shape, Notes)
    except msgspec.ValidationError:
        return None
    return None if name_faults({*notes.files, *notes.coming, *notes.leaving}) else notes
