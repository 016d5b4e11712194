"""Send many files at once, count their bytes, and stop all of them when one fails or the creator does not want any."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import BinaryIO, Protocol, TypeVar

from .nouns import Tell

#: How many files are on their way at once.
AT_ONCE = 4

_T = TypeVar("_T")


class Stopped(Exception):  # noqa: N818 (not a mistake)
    """Say that what was sent is not wanted any more, because something else failed."""


class Tally:
    """Count what has been sent of all files, from several threads, and tell it. ``total`` is in bytes."""

    def __init__(self, total: int, tell: Tell) -> None:
        self._total = total
        self._tell = tell
        self._lock = threading.Lock()
        self._sent: dict[str, int] = {}
        self._sum = 0
        self.stopped = threading.Event()

    def at(self, path: str, sent: int) -> None:
        """Note that so many bytes of a file have been sent; a second try begins at 0 again.

        Raises:
            Stopped: another file has failed.
        """
        if self.stopped.is_set():
            raise Stopped
        with self._lock:
            self._sum += sent - self._sent.get(path, 0)
            self._sent[path] = sent
            self._tell(min(self._sum, self._total), self._total, path)


class Body:
    """Be the content of one request, read in pieces: it has a length, and tells a `Tally` how far it was read.

    ``count`` is what the whole counts for in the tally, as what is sent may be longer than what is in the file.
    """

    def __init__(self, file: Source, size: int, tally: Tally, path: str, count: int | None = None) -> None:
        self._file = file
        self._size = size
        self._tally = tally
        self._path = path
        self._count = size if count is None else count
        self._read = 0
        try:
            tally.at(path, 0)
        except Stopped:
            file.close()
            raise

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Body:
        return self

    def __next__(self) -> bytes:
        if piece := self.read(65536):
            return piece
        raise StopIteration

    def read(self, size: int = -1) -> bytes:
        """Return the next piece."""
        piece = self._file.read(size)
        self._read += len(piece)
        self._tally.at(self._path, self._read * self._count // max(1, self._size))
        return piece

    def close(self) -> None:
        """Close what is read from."""
        self._file.close()


class Source(Protocol):
    """Be read in pieces, as a file is."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next piece, nothing at the end."""

    def close(self) -> None:
        """Let go of it."""


def content(file: BinaryIO, size: int, tally: Tally, path: str) -> Body | bytes:
    """Return the content of one file for a request; of an empty one its bytes, as a length of 0 would be left out."""
    made = Body(file, size, tally, path)
    if size:
        return made
    made.close()
    return b""


def send_all(jobs: Sequence[_T], send: Callable[[_T], None], tally: Tally) -> None:
    """Send every job, a few at once, in their order; the first error ends all of it and is raised.

    So does Ctrl-C, at once: whatever is under way then stops at its next piece, or with the program.
    """
    waiting = deque(jobs)
    ended: queue.Queue[BaseException | None] = queue.Queue()

    def work() -> None:
        while not tally.stopped.is_set():
            try:
                job = waiting.popleft()
            except IndexError:
                return
            try:
                send(job)
            except BaseException as problem:  # it is raised below, where somebody hears it
                ended.put(problem)
                return
            ended.put(None)

    try:
        for number in range(min(AT_ONCE, len(jobs))):
            threading.Thread(target=work, name=f"linkhome-sends-{number}", daemon=True).start()
        for _ in jobs:
            if problem := _next(ended):
                raise problem
    except BaseException:
        tally.stopped.set()
        raise


def _next(ended: queue.Queue[BaseException | None]) -> BaseException | None:
    while True:
        try:
            return ended.get(timeout=0.5)  # on Windows, nothing interrupts one without an end
        except queue.Empty:
            continue
