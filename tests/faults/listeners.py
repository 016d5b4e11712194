"""Be hosts of a very small internet on this machine: each answers in one way, well or badly, and counts."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator

Behaviour = Callable[[socket.socket, bytes], None]


class Listener:
    """Accept connections on loopback, each in a thread, until closed."""

    def __init__(self, behave: Behaviour, context: ssl.SSLContext | None = None, *, reads: bool = True) -> None:
        self.hits = 0
        self.requests: list[bytes] = []
        self._behave, self._context, self._reads = behave, context, reads
        self._closed = threading.Event()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    @property
    def place(self) -> tuple[str, int]:
        return ("127.0.0.1", self.port)

    def close(self) -> None:
        self._closed.set()
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for thread in self._threads:
            thread.join(5)

    def pause(self, seconds: float) -> bool:
        """Wait, but not longer than the test; tell whether to go on."""
        return not self._closed.wait(seconds)

    def _accept(self) -> None:
        while not self._closed.is_set():
            try:
                connection, _ = self._door.accept()
            except OSError:
                return
            self.hits += 1
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        try:
            if self._context:
                connection = self._context.wrap_socket(connection, server_side=True)
            request = b""
            while self._reads and b"\r\n\r\n" not in request:
                more = connection.recv(65536)
                if not more:
                    return
                request += more
            self.requests.append(request)
            self._behave(connection, request)
        except OSError:
            pass
        finally:
            connection.close()


@contextlib.contextmanager
def listening(behave: Behaviour, context: ssl.SSLContext | None = None, *, reads: bool = True) -> Iterator[Listener]:
    listener = Listener(behave, context, reads=reads)
    try:
        yield listener
    finally:
        listener.close()


def head(status: str = "200 OK", *fields: str) -> bytes:
    return "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", *fields, "")).encode("latin-1")


def saying(body: bytes = b"<p>Hello", status: str = "200 OK", *fields: str) -> Behaviour:
    """Answer once, as one should."""

    def behave(connection: socket.socket, _: bytes) -> None:
        connection.sendall(head(status, f"Content-Length: {len(body)}", *fields) + body)

    return behave


def raw(data: bytes) -> Behaviour:
    """Answer with these bytes, whatever they are, and close."""
    return lambda connection, _: connection.sendall(data)


def leading(to: str, status: str = "302 Found") -> Behaviour:
    return saying(b"", status, f"Location: {to}")


def dripping(first: bytes, drip: bytes, every: float = 0.02, most: float = 5) -> Behaviour:
    """Send a little again and again: never silent for long, never done."""

    def behave(connection: socket.socket, _: bytes) -> None:
        connection.sendall(first)
        end = time.monotonic() + most
        while time.monotonic() < end:
            connection.sendall(drip)
            time.sleep(every)

    return behave


def silent(connection: socket.socket, _: bytes) -> None:
    """Say nothing until the other side is gone."""
    while connection.recv(65536):
        pass


def resetting(first: bytes) -> Behaviour:
    """Send something and break the connection, not close it."""

    def behave(connection: socket.socket, _: bytes) -> None:
        connection.sendall(first)
        time.sleep(0.05)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return behave


def endless(first: bytes, block: bytes) -> Behaviour:
    """Send blocks until nobody takes them."""

    def behave(connection: socket.socket, _: bytes) -> None:
        connection.sendall(first)
        while True:
            connection.sendall(block)

    return behave
