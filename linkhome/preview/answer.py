"""Hold an answer as a value, and send it: a small one in a single write, a large file in pieces."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from contextlib import suppress
from typing import BinaryIO

from msgspec import Struct

#: Seconds that a browser may take nothing of an answer; a paused video asks again for the rest.
STALL = 60.0
_TOGETHER = 262_144
_DRAIN, _DRAIN_SECONDS = 262_144, 1.0
_REASONS = {
    200: "OK",
    206: "Partial Content",
    301: "Moved Permanently",
    302: "Found",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    408: "Request Timeout",
    411: "Length Required",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    416: "Range Not Satisfiable",
    431: "Request Header Fields Too Large",
    500: "Internal Server Error",
    503: "Service Unavailable",
}
#: What every answer says: it is for our own pages, is what it says it is, and is kept by nobody.
ALWAYS = (
    "Cache-Control: no-store\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "X-Frame-Options: SAMEORIGIN\r\n"
)


class Answer(Struct, frozen=True):
    """Hold what is sent: bytes, or a piece of an open file, which is closed when it was sent."""

    status: int
    kind: str
    body: bytes = b""
    headers: Mapping[str, str] = {}
    file: BinaryIO | None = None
    part: range = range(0)


def sentence(status: int, text: str, headers: Mapping[str, str] | None = None) -> Answer:
    """Return an answer that is a sentence to read."""
    return Answer(status, "text/plain; charset=utf-8", f"{text}\n".encode(), headers or {})


def head(status: int, kind: str, length: int | None, headers: Mapping[str, str], lasting: bool) -> bytes:
    """Return the lines before the body; without a length it goes on until the connection ends."""
    lines = [f"HTTP/1.1 {status} {_REASONS.get(status, 'Answer')}", f"Content-Type: {kind}"]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines.append(f"Connection: {'keep-alive' if lasting else 'close'}")
    return ("\r\n".join(lines) + "\r\n" + ALWAYS + "\r\n").encode("latin-1")


def send(connection: socket.socket, answer: Answer, lasting: bool, only_head: bool = False) -> bool:
    """Send an answer; say whether the connection is still good for another one.

    Raises:
        OSError: the browser is gone, or took nothing for a minute.
    """
    connection.settimeout(STALL)
    length = len(answer.part) if answer.file else len(answer.body)
    lines = head(answer.status, answer.kind, length, answer.headers, lasting)
    if answer.file:
        with answer.file as file:
            connection.sendall(lines)
            if only_head or not length:
                return lasting
            # A file that became shorter meanwhile leaves the browser waiting for the rest: the end tells it.
            return connection.sendfile(file, answer.part.start, length) == length and lasting
    if only_head:
        connection.sendall(lines)
    elif length <= _TOGETHER:
        connection.sendall(lines + answer.body)
    else:
        connection.sendall(lines)
        connection.sendall(answer.body)
    return lasting


def part(connection: socket.socket) -> None:
    """End a connection so that the last answer is read: what still comes in is taken, and thrown away."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(_DRAIN_SECONDS)
        taken = 0
        while taken < _DRAIN and (came := connection.recv(65_536)):
            taken += len(came)
