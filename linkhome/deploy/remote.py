"""Say what a host for files can do at the least, whichever protocol it speaks, and keep a few connections to one."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import BinaryIO, Protocol

from msgspec import Struct

#: Bytes that are read, sent and counted at once.
PIECE = 32_768
#: After so many bytes, at the latest, it is heard whether the host has taken them.
WINDOW = 32 * PIECE
#: No file that is read whole is larger: the notes on 20,000 files are a tenth of it.
MOST = 24_000_000


class Seen(Struct, frozen=True):
    """Hold what a host says of one name: ``time`` in its own words, equal as long as nobody writes the file."""

    size: int = 0
    time: str = ""
    kind: str = "file"  # file, folder, other


class RemoteError(Exception):
    """Say what is wrong with a host, as the end of a sentence that begins with its name.

    ``lost``: the connection broke, so it may go better with another one. ``gone``: there is no such file. ``unable``:
    the host does not know how to do that at all.
    """

    def __init__(
        self, why: str, hint: str = "", *, lost: bool = False, gone: bool = False, unable: bool = False
    ) -> None:
        super().__init__(why)
        self.why = why
        self.hint = hint
        self.lost = lost
        self.gone = gone
        self.unable = unable


class Remote(Protocol):
    """Be one connection. Paths are relative to the folder of the place; every method may raise `RemoteError`."""

    def listed(self, folder: str, expected: Collection[str]) -> Mapping[str, Seen] | None:
        """Return what lies in a folder, by name; None if there is no such folder.

        ``expected`` are names that are probably there, for hosts that do not show all of them.
        """

    def read(self, path: str) -> bytes | None:
        """Return a small file whole; None if there is no such file."""

    def send(self, source: BinaryIO, size: int, path: str, offset: int, tell: Callable[[int], None]) -> None:
        """Write a file of this size from ``offset`` on, and see that all of it is there. ``tell`` hears the bytes."""

    def move(self, path: str, to: str) -> None:
        """Let a file take the place of another one, in one step where the host can do that."""

    def remove(self, path: str) -> None:
        """Remove a file; it need not be there."""

    def make_folder(self, path: str) -> None:
        """Make a folder; it may be there already."""

    def remove_folder(self, path: str) -> None:
        """Remove a folder if it is empty."""

    def close(self) -> None:
        """Hang up."""


class Pool:
    """Keep connections for several threads: at most ``most``, and fewer where the host takes fewer."""

    def __init__(self, connect: Callable[[], Remote], most: int) -> None:
        self._connect = connect
        self._most = most
        self._made = 0
        self._idle: list[Remote] = []
        self._all: list[Remote] = []
        self._free = threading.Condition()

    @contextlib.contextmanager
    def one(self) -> Iterator[Remote]:
        """Lend a connection; one with which something went wrong is hung up, as nobody knows where it stands."""
        remote = self._take()
        try:
            yield remote
        except BaseException:
            self._drop(remote)
            raise
        with self._free:
            self._idle.append(remote)
            self._free.notify()

    def close(self) -> None:
        """Hang up all of them; whoever is still sending fails."""
        with self._free:
            every, self._all, self._idle = self._all, [], []
        for remote in every:
            remote.close()

    def _take(self) -> Remote:
        while True:
            with self._free:
                while not self._idle and self._made >= self._most:
                    self._free.wait()
                if self._idle:
                    return self._idle.pop()
                self._made += 1
            try:
                remote = self._connect()
            except BaseException as problem:
                with self._free:
                    self._made -= 1
                    self._free.notify()
                    if not self._made or not isinstance(problem, RemoteError):
                        raise
                    self._most = self._made  # it takes no more at once: share what there is
                continue
            with self._free:
                self._all.append(remote)
            return remote

    def _drop(self, remote: Remote) -> None:
        with self._free:
            self._made -= 1
            if remote in self._all:
                self._all.remove(remote)
            self._free.notify()
        remote.close()
