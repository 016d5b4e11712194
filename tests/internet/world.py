"""Serve many names over TLS from one port of loopback, note who asked for what, and break on demand.

A `World` maps hosts to what they answer. `break_` gives a host one of the `FAULTS` until `mend`. The file that
`World.file` names goes into LINKHOME_TEST_INTERNET: then every name leads here, and nothing leaves the machine.
"""

from __future__ import annotations

import json
import socket
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import trustme


class Answer(NamedTuple):
    """What a host says to one question."""

    body: bytes
    type: str = "application/json"
    status: int = 200
    headers: Mapping[str, str] = {}


class Asked(NamedTuple):
    """One question that reached us."""

    host: str
    path: str
    headers: Mapping[str, str]


Host = Callable[[str], Answer | None]
_LOGIN = b"<!doctype html><title>Log in</title><form action=/login><input type=password></form>"
_CONSENT = b"<!doctype html><html><head><title>Before you continue</title></head><body>We use cookies</body></html>"
_OG = b'<!doctype html><title>Night</title><meta property="og:title" content="A good title all the same">'
_EMPTY_FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Nothing</title></channel></rss>'


class World:
    """Be the whole internet for a while. ``latency`` is waited before every answer, in seconds."""

    def __init__(self, folder: Path, hosts: Mapping[str, Host], latency: float = 0.0) -> None:
        self.hosts = dict(hosts)
        self.latency = latency
        self.asked: list[Asked] = []
        self.broken: dict[str, str] = {}
        self.folder = folder
        authority = trustme.CA()
        authority.cert_pem.write_to_path(folder / "ca.pem")
        self._good = _Server(self, authority.issue_cert(*self.hosts))
        self._strange = _Server(self, authority.issue_cert("somebody-else.example"))
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            self._closed = closed.getsockname()[1]
        self.file = folder / "internet.json"
        self._write()

    def break_(self, *hosts: str, by: str) -> None:
        """Let hosts fail in one of the ways of `FAULTS`."""
        assert by in FAULTS, by
        self.broken |= dict.fromkeys(hosts, by)
        self._write()

    def mend(self) -> None:
        """Let every host be well again."""
        self.broken.clear()
        self._write()

    def close(self) -> None:
        """End both servers."""
        self._good.end()
        self._strange.end()

    def _write(self) -> None:
        ports = {"refused": self._closed, "tls": self._strange.port}
        hosts = {h: ["127.0.0.1", ports.get(self.broken.get(h, ""), self._good.port)] for h in self.hosts}
        unknown = {host: [[]] for host, fault in self.broken.items() if fault == "dns"}
        self.file.write_text(json.dumps({"ca": "ca.pem", "hosts": hosts, "answers": unknown}))


class _Server:
    def __init__(self, world: World, certificate: trustme.LeafCert) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        self._server = _Threads(("127.0.0.1", 0), _Handler)
        self._server.world = world
        self._server.context = context
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def end(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Threads(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    world: World
    context: ssl.SSLContext

    def finish_request(self, request: object, address: object) -> None:
        # The handshake is done by the thread of the connection, so that a slow one holds up nobody else.
        assert isinstance(request, socket.socket)
        request.settimeout(30)
        with self.context.wrap_socket(request, server_side=True) as secure:
            _Handler(secure, address, self)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that go away are what is tested."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Threads

    def do_GET(self) -> None:
        world = self.server.world
        host = (self.headers.get("Host") or "").partition(":")[0]
        world.asked.append(Asked(host, self.path, dict(self.headers.items())))
        if world.latency:
            time.sleep(world.latency)
        self.close_connection = True
        answer = world.hosts[host](self.path) if host in world.hosts else None
        fault = world.broken.get(host, "")
        if FAULTS.get(fault):
            FAULTS[fault](self, answer or Answer(b"{}"))
        elif answer and answer.headers.get("ETag", "none") == self.headers.get("If-None-Match"):
            self.say(Answer(b"", answer.type, 304, answer.headers))
        else:
            self.say(answer or Answer(b"not found", "text/plain", 404))

    def say(self, answer: Answer) -> None:
        """Send a whole answer."""
        self.begin(answer, len(answer.body))
        self.wfile.write(answer.body)

    def begin(self, answer: Answer, length: int, **more: str) -> None:
        """Send the head of an answer."""
        self.send_response(answer.status)
        head = {"Content-Type": answer.type, "Content-Length": str(length), "Connection": "close"}
        for name, value in (head | dict(answer.headers) | more).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _patiently(handler: _Handler, pieces: Iterator[bytes]) -> None:
    for piece in pieces:
        handler.wfile.write(piece)
        handler.wfile.flush()
        time.sleep(0.05)


def _hang(handler: _Handler, answer: Answer) -> None:
    handler.connection.settimeout(20)
    handler.rfile.read(1)


def _dripped_headers(handler: _Handler, answer: Answer) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    _patiently(handler, (b"X-%d: y\r\n" % n for n in range(400)))


def _dripped_body(handler: _Handler, answer: Answer) -> None:
    handler.begin(answer, 10_000)
    _patiently(handler, (b" " for _ in range(400)))


def _reset(handler: _Handler, answer: Answer) -> None:
    handler.begin(answer, len(answer.body) + 1000)
    handler.wfile.write(answer.body[: len(answer.body) // 2])
    handler.wfile.flush()
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def _bomb(handler: _Handler, answer: Answer) -> None:
    packed = _packed(answer.body[:1])
    handler.begin(answer, len(packed), **{"Content-Encoding": "gzip"})
    handler.wfile.write(packed)


@cache
def _packed(first: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(first + b" " * 50_000_000) + packer.flush()


def _endless(handler: _Handler, answer: Answer) -> None:
    handler.begin(answer, 10_000_000_000)
    block = b" " * 1_000_000
    for _ in range(10_000):
        handler.wfile.write(block)


def _moved(target: Callable[[_Handler], str]) -> Callable[[_Handler, Answer], None]:
    def say(handler: _Handler, answer: Answer) -> None:
        handler.say(Answer(b"", "text/plain", 302, {"Location": target(handler)}))

    return say


def _instead(answer: Answer) -> Callable[[_Handler, Answer], None]:
    return lambda handler, _: handler.say(answer)


def _half(handler: _Handler, answer: Answer) -> None:
    handler.say(answer._replace(body=answer.body[: len(answer.body) // 2]))


def _wrong_charset(handler: _Handler, answer: Answer) -> None:
    handler.say(answer._replace(type=f"{answer.type.partition(';')[0]}; charset=utf-16"))


def _around(handler: _Handler) -> str:
    return f"https://{handler.headers['Host']}{urlsplit(handler.path).path}?{len(handler.path)}"


#: Everything that goes wrong, by name. Those without a function go wrong before a word is said.
FAULTS: dict[str, Callable[[_Handler, Answer], None] | None] = {
    "refused": None,
    "dns": None,
    "tls": None,
    "hang": _hang,
    "dripped headers": _dripped_headers,
    "dripped body": _dripped_body,
    "reset": _reset,
    "429": _instead(Answer(b"slow down", "text/plain", 429, {"Retry-After": "120"})),
    "500": _instead(Answer(b"<title>Internal error</title>", "text/html", 500)),
    "403 with og:": _instead(Answer(_OG, "text/html", 403)),
    "login page": _instead(Answer(_LOGIN, "text/html")),
    "consent page": _instead(Answer(_CONSENT, "text/html")),
    "empty feed": _instead(Answer(_EMPTY_FEED, "application/rss+xml")),
    "truncated": _half,
    "wrong charset": _wrong_charset,
    "gzip bomb": _bomb,
    "redirect loop": _moved(_around),
    "redirect to a private address": _moved(lambda _: "http://10.0.0.1/latest/meta-data"),
    "10 GB": _endless,
    "404": _instead(Answer(b"<title>404 Not Found</title>", "text/html", 404)),
}


@contextmanager
def world(folder: Path, hosts: Mapping[str, Host], latency: float = 0.0) -> Iterator[World]:
    """Be the internet as long as the context lasts."""
    made = World(folder, hosts, latency)
    try:
        yield made
    finally:
        made.close()
