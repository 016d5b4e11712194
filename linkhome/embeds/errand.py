"""Hold one fetch to its time: whatever it waits for ends when its deadline has come or somebody says stop.

Time limits of sockets do not do that: they count from one byte to the next, and a server that sends one a second is
never late. So a watch shuts the connection itself down, and what waits on it wakes up.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, InvalidStateError
from types import TracebackType
from typing import Any, TypeVar

from .answer import FetchError

_T = TypeVar("_T")


class Errand:
    """Be one fetch on its way, from the first look-up of a name to the last byte; a context manager.

    ``end`` may be called from any thread, the rest belongs to the thread that fetches.
    """

    def __init__(self, until: float, host: str) -> None:
        self._until = until
        self._host = host
        self._lock = threading.RLock()  # whoever handles a signal may stop what its own thread was about to hold
        self._ended = ""
        self._asked: Future[Any] | None = None
        self._connections: list[socket.socket] = []
        self._watch = threading.Timer(max(0.0, until - time.monotonic()), self.end, ("slow",))
        self._watch.daemon = True

    def __enter__(self) -> Errand:
        self._watch.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._watch.cancel()
        with self._lock:
            self._ended = self._ended or "over"
            for connection in self._connections:
                connection.close()
            self._connections.clear()

    def left(self) -> float:
        """Return the seconds that are left, always more than none.

        Raises:
            FetchError: ``slow`` when there are none, ``stopped`` after `end`.
        """
        seconds = self._until - time.monotonic()
        if seconds <= 0 or self._ended:
            raise self.error()
        return seconds

    @property
    def ended(self) -> bool:
        """Tell whether the time is over; what came since then, even if it looks whole, is not."""
        return bool(self._ended) or time.monotonic() >= self._until

    def error(self) -> FetchError:
        """Return the error for the reason that this errand ended."""
        if self._ended == "stopped":
            return FetchError("stopped", f"the question to {self._host} was stopped before the answer was here")
        return FetchError("slow", f"{self._host} did not answer in time")

    def hold(self, connection: socket.socket) -> None:
        """Put a connection under the watch.

        A second handle of it is kept: TLS takes the first one over, and with it the right to shut it down.
        """
        with self._lock:
            if not self._ended:
                self._connections.append(connection.dup())
                return
        raise self.error()

    def end(self, why: str) -> None:
        """End this errand: ``slow`` or ``stopped``. Whatever it waits for wakes up at once."""
        with self._lock:
            if self._ended:
                return
            self._ended = why
            for connection in self._connections:
                with contextlib.suppress(OSError):  # not connected yet, or no longer
                    connection.shutdown(socket.SHUT_RDWR)
            if self._asked:
                self._asked.cancel()

    def wait(self, question: Callable[[], _T]) -> _T:
        """Return what a question returns that nothing can interrupt, such as a look-up, or raise what it raises.

        It has a thread of its own, which is left alone with it when the time is over.

        Raises:
            FetchError: ``slow`` or ``stopped``.
        """
        asked: Future[_T] = Future()
        with self._lock:
            if self._ended:
                raise self.error()
            self._asked = asked

        def ask() -> None:
            with contextlib.suppress(InvalidStateError):  # nobody waits any more
                try:
                    asked.set_result(question())
                except Exception as problem:
                    asked.set_exception(problem)

        threading.Thread(target=ask, name="look-up", daemon=True).start()
        try:
            problem = asked.exception(self.left())
        except (TimeoutError, CancelledError):
            raise self.error() from None
        if problem:
            raise problem
        return asked.result()
