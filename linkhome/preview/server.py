"""Answer browsers from what is on the stage: connections, their threads, and the end of both.

One thread for each connection, two hundred at most: browsers of this machine, and perhaps a telephone. None of them
ever waits for a build. `Server.close` leaves no thread and no port behind.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from typing import TYPE_CHECKING
from weakref import WeakSet

from ..project import Project
from .answer import Answer, part, send, sentence
from .events import KIND, Streams
from .guard import Door
from .listening import Listening, open_door
from .request import Reader, Refused, Request
from .routes import Listen, Routes
from .stage import Stage

if TYPE_CHECKING:
    from .studio import Studio
    from .telling import Telling

__all__ = ["Door", "Listening", "Server", "open_door"]

#: Connections at a time.
MOST = 200
#: Seconds that the end of the preview waits for threads; they have been told, and only a dead disk holds one.
_ENDING = 5.0
_PAUSE = 0.05
#: Seconds that one thread computes before others get their turn. While the whole site is built, every step of an
#: answer would wait ten times as long by default: measured, an event came after 14 ms then, and now after 1.6.
_TURN = 0.0005


class Server:
    """Serve the site and the preview's own pages at an open door, until it is closed."""

    def __init__(
        self,
        listening: Listening,
        stage: Stage,
        telling: Telling,
        studio: Studio,
        project: Project,
        most: int = MOST,
    ) -> None:
        self._listening = listening
        self._stage = stage
        self._most = most
        self._routes = Routes(listening.door, stage, telling, studio, project)
        self._streams = Streams(stage, telling)
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        #: Those that have not ended yet: a connection is closed a moment before its thread is over.
        self._threads: WeakSet[threading.Thread] = WeakSet()
        #: Connections on which nobody asks anything at the moment, the longest silent first.
        self._silent: dict[socket.socket, None] = {}
        self._closed = False
        self._patience = 0.0
        self._wake, self._woken = socket.socketpair()
        self._thread = threading.Thread(target=self._accept_all, name="linkhome-server", daemon=True)

    def start(self) -> None:
        """Begin to answer, also those who asked since the door was opened."""
        self._patience = sys.getswitchinterval()
        sys.setswitchinterval(_TURN)
        self._streams.start()
        self._thread.start()

    def told(self, seconds: float) -> bool:
        """Wait until all open browsers were told what is on the stage now; False when that takes longer."""
        return self._streams.told(seconds)

    def close(self) -> None:
        """End at once: streams and answers break off, every thread is joined, the port is free. Closes the stage."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        self._stage.close()
        self._wake.close()
        until = time.monotonic() + _ENDING
        if self._thread.ident is not None:  # it was begun
            self._thread.join(_ENDING)
            self._streams.join(_ENDING)
            sys.setswitchinterval(self._patience)
        self._listening.close()
        self._woken.close()
        with self._lock:
            for connection in self._open:
                _end(connection)
        for thread in list(self._threads):
            thread.join(max(0.0, until - time.monotonic()))

    def _accept_all(self) -> None:
        with DefaultSelector() as selector:
            selector.register(self._woken, EVENT_READ, None)
            for listener, outside in self._listening.sockets:
                listener.setblocking(False)
                selector.register(listener, EVENT_READ, (listener, outside))
            while not self._closed:
                for key, _ in selector.select():
                    if key.data is not None:
                        self._accept(*key.data)

    def _accept(self, listener: socket.socket, outside: bool) -> None:
        try:
            connection, address = listener.accept()
        except BlockingIOError:
            return
        except OSError:  # it is gone already, or this process may open no more files: some will be closed soon
            time.sleep(_PAUSE)
            return
        connection.setblocking(True)
        with suppress(OSError):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        name = f"linkhome-{address[0]}:{address[1]}"
        thread = threading.Thread(target=self._serve, args=(connection, address[0], outside), name=name, daemon=True)
        with self._lock:
            if len(self._open) >= self._most and not self._make_room():
                connection.close()
                return
            self._open.add(connection)
            self._silent[connection] = None
            self._threads.add(thread)
        thread.start()

    def _make_room(self) -> bool:
        """End the connection that has been silent for longest; False when all of them are at work."""
        for connection in self._silent:
            del self._silent[connection]
            _end(connection)
            return True
        return False

    def _serve(self, connection: socket.socket, peer: str, outside: bool) -> None:
        """Answer one request after another, until the connection ends. Broken ones end without a word."""
        reader = Reader(connection)
        try:
            while not self._closed and self._next(connection, reader, peer, outside):
                continue
            part(connection)
        except OSError:
            return
        finally:
            with self._lock:
                self._open.discard(connection)
                self._silent.pop(connection, None)
            connection.close()

    def _next(self, connection: socket.socket, reader: Reader, peer: str, outside: bool) -> bool:
        """Answer the next request; say whether there may be another one."""
        with self._lock:
            self._silent[connection] = None
        only_head = False
        try:
            request = reader.request()
            with self._lock:
                self._silent.pop(connection, None)
            if request is None:
                return False
            only_head = request.method == "HEAD"
            answer = self._answer(request, peer, outside)
            if isinstance(answer, Listen):
                if not only_head:
                    self._streams.serve(connection, answer.asked)
                    return False
                answer = Answer(200, KIND)
            return send(connection, answer, request.lasting, only_head)
        except Refused as refused:
            send(connection, sentence(refused.status, refused.sentence, refused.headers), False, only_head)
            return False

    def _answer(self, request: Request, peer: str, outside: bool) -> Answer | Listen:
        try:
            return self._routes.answer(request, peer, outside)
        except Refused:
            raise
        except Exception as surprise:
            # A mistake of ours in one page must not take the others along; whoever develops sees where it is.
            details = ""
            if os.environ.get("LINKHOME_DEBUG"):
                import traceback

                details = traceback.format_exc()
            said = f"linkhome stumbled over this page: {type(surprise).__name__}: {surprise}"
            return sentence(500, f"{said}\n{details or 'LINKHOME_DEBUG=1 shows more.'}")


def _end(connection: socket.socket) -> None:
    """Break a connection off, whatever its thread waits for."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
