"""Write the saved copies: the only code that changes ``saved/``, and it never loses what is not its own.

A file is canonical JSON (sorted keys, one space of indent, UTF-8), so that a change shows as few lines as it has, and
it is not touched when nothing changed. What the creator wrote under ``owner``, and keys that this version does not
know, are taken over from the disk at the moment of writing. Bytes that cannot be read are kept beside the new file.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .. import durable
from . import carry, record
from .places import LIMIT, OURS, content, place
from .record import DamagedError, Good, NewerError, Record

_RECORD = re.compile(r"(?:.*-)?[0-9a-f]{8}\.json")
_DAMAGED = ".damaged-"
_NAMED = re.compile(OURS.pattern.encode())


def key(address: str) -> str:
    """Return what people call the copy of an address: ``youtube/dQw4w9WgXcQ-6bc35c67``, the same for all spellings."""
    path = place(Path(), address)
    return f"{path.parent.name}/{path.stem}"


def load(folder: Path, address: str) -> Record | None:
    """Return the copy of an address, None when there is none. ``folder`` is the site's ``saved/``.

    Raises:
        NewerError: a later linkhome wrote it; leave it alone.
        DamagedError: it cannot be used; `write` keeps its bytes when it replaces it.
        OSError: it cannot be read, or is no file of its own but a link to elsewhere.
    """
    data = content(place(folder, address))
    return None if data is None else _parsed(data)


def write(folder: Path, address: str, new: Record) -> bool:
    """Write the copy of an address; False when the file says all of it already. Its pictures must be there before.

    After a crash at any moment the file is all old or all new. ``owner`` and unknown keys of the file win over those of
    ``new``; a record without ``good`` leaves the one that is there.

    Raises:
        NewerError: a later linkhome wrote what is there; nothing was changed.
        OSError: it cannot be written, or a link leads elsewhere; the file is as it was.
    """
    path = place(folder, address)
    old = content(path)
    values = carry.values(new)
    before: dict[str, Any] = {}
    damaged = False
    if old is not None:
        try:
            _parsed(old)
        except NewerError:
            raise
        except DamagedError:
            damaged = True
        before = carry.decoded(old) if len(old) <= LIMIT else {}
        carry.over(before, values)
    if old is not None and not damaged and not carry.differ(before, values):
        return False
    data = carry.fitting(values)
    durable.make_folders(path.parent)
    if damaged:
        _put_aside(path)
    durable.write_file(path, data)
    return True


def orphans(folder: Path, addresses: Iterable[str], *, owned: bool = False) -> list[Path]:
    """Return the copies and pictures that none of the addresses wants, copies first, so that they may be removed.

    Only files that linkhome makes are named, never a picture that the creator put there. Copies with words of the
    creator, those that cannot be read, and the bytes of damaged ones, are listed with ``owned`` only. No link is
    followed.
    """
    wanted = {place(folder, address) for address in addresses}
    records: list[Path] = []
    pictures: list[Path] = []
    for platform in _folders(folder):
        needed: set[str] = set()
        found: list[Path] = []
        for path in sorted(platform.iterdir()):
            if path.is_symlink() or not path.is_file():
                continue
            if OURS.fullmatch(path.name):
                found.append(path)
            elif _DAMAGED in path.name:
                records += [path] if owned else []
            elif path.suffix == ".json":
                if path not in wanted and _RECORD.fullmatch(path.name) and (owned or not _is_owned(path)):
                    records.append(path)
                else:
                    needed.update(name.decode() for name in _NAMED.findall(path.read_bytes()))
        pictures += [path for path in found if path.name not in needed]
    return records + pictures


def sweep(folder: Path) -> None:
    """Remove what killed writers left behind more than an hour ago."""
    for platform in _folders(folder):
        durable.sweep(platform)


def _folders(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in sorted(folder.iterdir()) if path.is_dir() and not path.is_symlink())


def _parsed(data: bytes) -> Record:
    if len(data) > LIMIT:
        raise DamagedError(f"it is larger than {LIMIT // 1024} KB")
    return record.parse(data)


def _is_owned(path: Path) -> bool:
    """Tell whether a file may hold words of the creator; one that cannot be read may."""
    data = content(path) or b""
    try:
        good = _parsed(data).good or Good()
    except DamagedError:
        return True
    owners = [carry.decoded(data).get("owner"), *(carry.decoded(bytes(raw)).get("owner") for raw in good.items)]
    return any(isinstance(owner, dict) and any(owner.values()) for owner in owners)


def _put_aside(path: Path) -> None:
    """Keep the bytes of a damaged file under a name of their own, before it is replaced."""
    if not path.stat().st_size:
        return
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:8]
    beside = path.with_name(f"{path.stem}{_DAMAGED}{digest}")
    if os.path.lexists(beside):
        return
    try:
        os.link(path, beside)
        durable.flush_folder(os.fspath(path.parent))
    except OSError:  # a file system without links
        durable.write_file(beside, path.read_bytes())
