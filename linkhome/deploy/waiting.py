"""Let files wait in our own folder on a host until all of them are there: by names that say what is in them.

So whatever an earlier deploy brought is found again, and can be nothing else than what it was meant to be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from .notes import FOLDER, Noted
from .nouns import File, Frozen
from .remote import PIECE, WINDOW, Remote, RemoteError, Seen
from .sending import Tally

#: From so many bytes on a file that arrived in part is gone on with. What came last is sent again: nobody had heard yet
#: whether the host took it.
WORTH, OVERLAP = 2 * WINDOW, WINDOW + PIECE


def name_of(path: str, file: File) -> str:
    """Return the name under which a file waits: another content or another place is another name."""
    return hashlib.sha256(f"{path}\0{file.sha256}".encode()).hexdigest()[:40]


def send(remote: Remote, path: str, frozen: Frozen, there: Mapping[str, Seen] | None, tally: Tally) -> None:
    """Send one file; it gets its name once the host has said that all of it is there.

    ``there`` is what waits already; None if that has to be asked.

    Raises:
        RemoteError: it did not arrive.
        OSError: it cannot be read.
    """
    size, name = frozen.files[path].size, name_of(path, frozen.files[path])
    part = f"{name}.part"
    if there is None:
        there = remote.listed(FOLDER, [name, part]) or {}
    if name in there:
        tally.at(path, size)
        return
    arrived = there[part].size if part in there else 0
    offset = max(0, arrived - OVERLAP) if WORTH <= arrived <= size else 0
    with frozen.open(path) as source:
        source.seek(offset)
        tally.at(path, offset)
        remote.send(source, size, f"{FOLDER}/{part}", offset, lambda sent: tally.at(path, sent))
    remote.move(f"{FOLDER}/{part}", f"{FOLDER}/{name}")


def noted(path: str, file: File, there: Mapping[str, Seen]) -> Noted:
    """Return what is to be noted of a file that waits; neither its time nor its size changes when it is moved.

    Raises:
        RemoteError: it does not wait there as it was sent.
    """
    seen = there.get(name_of(path, file))
    if seen is None or seen.size != file.size:
        raise RemoteError("does not hold what was sent", "is there space left?")
    return Noted(file.sha256, file.size, seen.time)
