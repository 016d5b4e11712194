"""Read one request from a socket, strictly and at a bounded cost in time and memory.

Browsers send plain, well-formed requests; whatever is not like that is refused, not interpreted. That is why the
head is read here and not by ``http.server``, which believes long and odd ones, and waits for slow ones for ever.
"""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Mapping

from msgspec import Struct

#: A browser sends about one kilobyte; an event stream names the pages of every visible tab.
LINE_MAX, HEAD_MAX, FIELDS_MAX = 8_192, 32_768, 100
BODY_MAX = 16_384
#: Seconds that a kept connection may be silent, and that one request may take to arrive as a whole.
IDLE, SLOW = 75.0, 10.0

_LINE = re.compile(r"([A-Z]{1,20}) ([!-~]+) HTTP/1\.([01])")
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
#: What no value may hold: control characters, but for the tab.
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
#: What decides who asks, and where one request ends, must not be said twice.
_ONCE = frozenset(
    ("host", "origin", "content-length", "content-type", "range", "transfer-encoding", "x-linkhome-token")
)


class Refused(Exception):  # noqa: N818 (it is an answer)
    """Carry the status and the sentence that a request gets instead of what it asked for.

    ``headers`` go along. The connection ends after it.
    """

    def __init__(self, status: int, sentence: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.headers = headers or {}


class Request(Struct, frozen=True):
    """Hold one request as it was sent: nothing is decoded yet. Names of headers are in small letters."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = {}
    body: bytes = b""
    lasting: bool = True

    def header(self, name: str) -> str:
        """Return a header's value, empty when it was not sent."""
        return self.headers.get(name, "")


class Reader:
    """Read one request after another from a connection; what came early is kept for the next one."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._early = b""

    def request(self) -> Request | None:
        """Return the next request, or None when nobody asks any more.

        Raises:
            Refused: what came is no request that a browser would send, is too long, or came too slowly.
            OSError: the connection broke.
        """
        early = self._early.lstrip(b"\r\n") or self._first()
        if not early:
            return None
        until = time.monotonic() + SLOW
        head, rest = self._head(early, until)
        method, path, query, headers, lasting = _understood(head)
        length = _length(method, headers)
        while len(rest) < length:
            rest += self._more(until)
        self._early = rest[length:]
        return Request(method, path, query, headers, rest[:length], lasting)

    def _first(self) -> bytes:
        """Wait for the first bytes of a request; empty lines before it are allowed, and mean nothing."""
        until = time.monotonic() + IDLE
        while (left := until - time.monotonic()) > 0:
            self._connection.settimeout(left)
            try:
                came = self._connection.recv(HEAD_MAX)
            except TimeoutError:
                break
            if not came or (came := came.lstrip(b"\r\n")):
                return came
        return b""

    def _head(self, came: bytes, until: float) -> tuple[str, bytes]:
        """Return a request's line and headers, and what came behind them."""
        while (end := came.find(b"\r\n\r\n")) < 0:
            _check_sizes(came)
            came += self._more(until)
        _check_sizes(came[:end])
        return came[:end].decode("latin-1"), came[end + 4 :]

    def _more(self, until: float) -> bytes:
        left = until - time.monotonic()
        try:
            if left <= 0:
                raise TimeoutError
            self._connection.settimeout(left)
            came = self._connection.recv(HEAD_MAX)
        except TimeoutError:
            raise Refused(408, "The request took too long to arrive.") from None
        if not came:
            raise Refused(400, "The request ends in the middle.")
        return came


def _check_sizes(head: bytes) -> None:
    if not b"A" <= head[:1] <= b"Z":  # somebody speaks TLS, or nothing at all
        raise Refused(400, "This is no request that a browser would send. The address begins with http://.")
    line, end, _ = head.partition(b"\n")
    if len(line) > LINE_MAX:
        raise Refused(400, "The address is too long.")
    if len(head) > HEAD_MAX:
        raise Refused(431, "The headers are too long.")
    if end and not line.endswith(b"\r"):
        raise Refused(400, "The lines of the request do not end as they must.")


def _understood(head: str) -> tuple[str, str, str, Mapping[str, str], bool]:
    """Return method, path, query and headers of a request, and whether the connection stays."""
    line, *fields = head.split("\r\n")
    parts = _LINE.fullmatch(line)
    if not parts or not parts[2].startswith("/"):
        raise Refused(400, "This is no request that a browser would send.")
    if len(fields) > FIELDS_MAX:
        raise Refused(431, "There are too many headers.")
    headers: dict[str, str] = {}
    for field in fields:
        name, colon, value = field.partition(":")
        if not colon or not _NAME.fullmatch(name) or _CONTROL.search(value):
            raise Refused(400, "A header of the request cannot be read.")
        name, value = name.lower(), value.strip(" \t")
        if name in headers:
            if name in _ONCE or name.startswith("sec-"):
                raise Refused(400, f"The request says twice what its {name} is.")
            value = f"{headers[name]}{'; ' if name == 'cookie' else ', '}{value}"
        headers[name] = value
    path, _, query = parts[2].partition("?")
    wishes = [wish.strip().lower() for wish in headers.get("connection", "").split(",")]
    return parts[1], path, query, headers, parts[3] == "1" and "close" not in wishes


def _length(method: str, headers: Mapping[str, str]) -> int:
    """Return how many bytes follow the head."""
    if "transfer-encoding" in headers:
        raise Refused(400, "A request in pieces is not taken.")
    said = headers.get("content-length", "")
    if method != "POST":
        if said not in ("", "0"):
            raise Refused(400, "Only what is posted may have a body.")
        return 0
    if not (said.isascii() and said.isdigit()):
        raise Refused(411 if not said else 400, "The length of what is posted must be said.")
    if len(said) > 9 or int(said) > BODY_MAX:
        raise Refused(413, "What is posted is too long.")
    return int(said)
