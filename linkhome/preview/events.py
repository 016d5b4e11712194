"""Tell open browsers at once that something else is shown: server-sent events, one thread that writes them all.

Each stream has a thread of its own as well, which only sees when the browser goes away. Whoever does not take what is
sent to him delays nobody: he gets the rest from his own thread, and then has to come back.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from typing import TYPE_CHECKING

from msgspec import json

from .answer import head
from .request import Refused
from .stage import Shown, Stage

if TYPE_CHECKING:
    from .telling import Telling

KIND = "text/event-stream; charset=utf-8"
#: Streams at a time; a browser holds one, or with plain http in the local network one a tab.
MOST = 100
#: Seconds between two signs of life, and milliseconds after which a browser comes back.
PING, RETRY = 15.0, 500
#: Seconds that a slow browser may take for what is left.
_PATIENCE = 10.0
_TALK_MAX = 65_536

#: Pages with the version of each that the browser has.
Asked = tuple[tuple[str, str], ...]
#: What was made of one question in one round: the event, and what the browser has after it.
_Made = dict[Asked, tuple[bytes, Asked]]


class Streams:
    """Hold the open event streams. `serve` is called in the thread of each connection."""

    def __init__(self, stage: Stage, telling: Telling, most: int = MOST, ping: float = PING) -> None:
        self._stage = stage
        self._telling = telling
        self._most = most
        self._ping = ping
        self._open: set[_Stream] = set()
        self._told = threading.Condition()
        self._number = 0
        self._thread = threading.Thread(target=self._tell_all, name="linkhome-events", daemon=True)

    def start(self) -> None:
        """Begin to tell."""
        self._thread.start()

    def join(self, seconds: float) -> None:
        """Wait until nothing is told any more; the stage was closed before."""
        self._thread.join(seconds)

    def told(self, seconds: float) -> bool:
        """Wait until every open stream was sent what is shown now; False when that takes longer."""
        wanted = self._stage.shown.number
        with self._told:
            return self._told.wait_for(lambda: self._number >= wanted or not self._open or self._stage.closed, seconds)

    def serve(self, connection: socket.socket, asked: Asked) -> None:
        """Send events until the browser goes away, or the preview ends.

        Raises:
            Refused: there are too many streams.
            OSError: the connection broke.
        """
        stream = _Stream(connection, asked, self._stage.run, self._telling)
        with self._told:
            if len(self._open) >= self._most:
                raise Refused(503, "There are too many open pages.", {"Retry-After": "5"})
            self._open.add(stream)
        try:
            with self._stage.watched(tuple(page for page, _ in asked)):
                connection.setblocking(False)
                stream.tell(self._stage.shown, {})
                if not self._stage.closed:
                    _wait_for_end(connection)
        finally:
            with self._told:
                self._open.discard(stream)
                self._told.notify_all()
        stream.finish()

    def _tell_all(self) -> None:
        number, next_ping = 0, time.monotonic() + self._ping
        while not self._stage.closed:
            shown = self._stage.wait(number, max(0.0, next_ping - time.monotonic()))
            if shown.number > number:
                number = shown.number
                made: _Made = {}
                for stream in self._streams():
                    stream.tell(shown, made)
                with self._told:
                    self._number = number
                    self._told.notify_all()
            if time.monotonic() >= next_ping:
                next_ping = time.monotonic() + self._ping
                for stream in self._streams():
                    stream.ping()

    def _streams(self) -> list[_Stream]:
        with self._told:
            return list(self._open)


class _Stream:
    """Write to one browser, from whichever thread, never waiting for it."""

    def __init__(self, connection: socket.socket, asked: Asked, run: str, telling: Telling) -> None:
        self._connection = connection
        self._asked = asked
        self._run = run
        self._telling = telling
        self._lock = threading.Lock()
        self._number = -1
        self._ended = False
        self._rest = b""
        self._head = head(200, KIND, None, {}, False) + b"retry: %d\n\n" % RETRY

    def tell(self, shown: Shown, made: _Made) -> None:
        """Send what is shown if the browser does not have it yet; ``made`` holds what others were told of it."""
        with self._lock:
            if self._ended or shown.number <= self._number:
                return
            try:
                if self._asked not in made:
                    made[self._asked] = self._event(shown)
            except Exception:  # a mistake in one page's comparison: the browser comes back and asks anew
                self._end()
                return
            event, self._asked = made[self._asked]
            self._number = shown.number
            self._send(self._head + event)
            self._head = b""

    def ping(self) -> None:
        """Send a comment, so that a connection that is dead is found to be."""
        with self._lock:
            if not self._ended:
                self._send(b":\n\n")

    def finish(self) -> None:
        """Send what the browser did not take at once, now waiting for it."""
        with self._lock:
            self._ended = True
        if self._rest:
            self._connection.settimeout(_PATIENCE)
            self._connection.sendall(self._rest)

    def _event(self, shown: Shown) -> tuple[bytes, Asked]:
        state = self._telling.state(shown, list(self._asked))
        changes = state["changes"]
        after = tuple((page, str(changes.get(page, {}).get("have", have))) for page, have in self._asked)
        return b"id: %s-%d\ndata: %s\n\n" % (self._run.encode(), shown.number, json.encode(state)), after

    def _send(self, data: bytes) -> None:
        try:
            sent = self._connection.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            self._ended = True
            return
        if sent < len(data):
            self._rest = data[sent:]
            self._end(socket.SHUT_RD)

    def _end(self, how: int = socket.SHUT_RDWR) -> None:
        """Wake the stream's own thread, which ends it."""
        self._ended = True
        with suppress(OSError):
            self._connection.shutdown(how)


def _wait_for_end(connection: socket.socket) -> None:
    """Wait until the other side ends the connection, or somebody here does. A browser says nothing more in it."""
    with DefaultSelector() as selector:
        selector.register(connection, EVENT_READ)
        said = 0
        while said < _TALK_MAX:
            selector.select()
            try:
                came = connection.recv(4_096)
            except BlockingIOError:
                continue
            if not came:
                return
            said += len(came)
