"""Keep in the bucket what linkhome put there: which objects, with what content and headers, and of which build.

A list of a bucket knows names and a mark of each content, and no more. The record tells our objects from others', also
for a second computer; it holds hashes of names, so that nobody reads there of pages that are linked from nowhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec
from msgspec import Struct

from ..headers.caching import cache_of
from ..snapshot import GENERATOR
from .kinds import kind_of
from .nouns import File

#: Where the record is, and the form that it has.
NAME = ".linkhome/files.json"
VERSION = 1


class Kept(Struct, frozen=True, array_like=True):
    """Hold one object: our mark, the host's mark of the same content, for how many deploys it is not needed any more.

    The host's mark is the one that is expected as long as the object may not have arrived.
    """

    mark: str
    etag: str
    gone: int = 0


class Record(Struct, frozen=True):
    """Hold all of it. ``files`` are objects by `key` of their name."""

    generator: str = GENERATOR
    version: int = VERSION
    build: str = ""
    tree: str = ""
    files: Mapping[str, Kept] = {}

    def of(self, path: str) -> Kept | None:
        """Return what is known of an object; None for one of somebody else."""
        return self.files.get(key(path))


def decoded(data: bytes) -> Record | None:
    """Return a record that was read, None if it is none, or one of a newer linkhome."""
    try:
        found = msgspec.json.decode(data, type=Record)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return found if (found.generator, found.version) == (GENERATOR, VERSION) else None


def encoded(record: Record) -> bytes:
    """Return a record as it is written: the same for the same content."""
    return msgspec.json.encode(record, order="sorted") + b"\n"


def key(path: str) -> str:
    """Return by what the record knows an object."""
    return hashlib.sha256(path.encode()).hexdigest()[:32]


def mark_of(path: str, file: File) -> str:
    """Return the mark of an object: another one for another content, and for other headers."""
    said = f"{file.sha256}\n{kind_of(path)}\n{cache_of(path)}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]
