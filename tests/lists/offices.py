"""Be the servers of newsletter services on loopback, over TLS and not, and break on demand.

An `Office` maps hosts to clerks. Each clerk gets a `Question` and gives a `Reply`; ``how`` lets it fail half way.
"""

from __future__ import annotations

import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import trustme


class Question(NamedTuple):
    """One request that reached us; ``query`` has the last value of each name."""

    method: str
    host: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def number(self, name: str, otherwise: int = 0) -> int:
        return int(self.query.get(name, otherwise))


class Reply(NamedTuple):
    """What is said to it. ``how``: ``cut`` in the middle, ``hang``, ``drip`` for ever."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = {}
    how: str = ""


Clerk = Callable[[Question], Reply]


def say(value: Any, status: int = 200, **headers: str) -> Reply:
    """Answer with JSON."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Reply(json.dumps(value, ensure_ascii=False).encode(), status, {"Content-Type": "application/json", **named})


class Office:
    """Be all these hosts for a while; the one called ``localhost`` is at `port`, without TLS."""

    def __init__(self, folder: Path, hosts: Mapping[str, Clerk]) -> None:
        self.hosts = dict(hosts)
        self.asked: list[Question] = []
        authority = trustme.CA()
        authority.cert_pem.write_to_path(folder / "ca.pem")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*self.hosts).configure_cert(context)
        self._servers = [_serve(self, context), _serve(self, None)]
        self.port = self._servers[1].server_address[1]
        tls = ["127.0.0.1", self._servers[0].server_address[1]]
        self.file = folder / "internet.json"
        routes = {"192.168.7.7:9000": ["127.0.0.1", self.port], "93.184.215.14:9000": ["127.0.0.1", self.port]}
        answers = {"news.lan": [["192.168.7.7"]], "news.public.example": [["93.184.215.14"]]}
        plain = {host: ["127.0.0.1", self.port] for host in self.hosts}
        self.file.write_text(
            json.dumps(
                {
                    "ca": "ca.pem",
                    "hosts": dict.fromkeys(self.hosts, tls),
                    "plain": plain,
                    "answers": answers,
                    "routes": routes,
                }
            )
        )

    def close(self) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()


@contextmanager
def office(folder: Path, hosts: Mapping[str, Clerk]) -> Iterator[Office]:
    """Be the internet as long as the context lasts."""
    folder.mkdir(exist_ok=True)
    made = Office(folder, hosts)
    try:
        yield made
    finally:
        made.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    office: Office
    context: ssl.SSLContext | None

    def finish_request(self, request: Any, address: Any) -> None:
        request.settimeout(30)
        if self.context is None:
            _Handler(request, address, self)
        else:
            with self.context.wrap_socket(request, server_side=True) as secure:
                _Handler(secure, address, self)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that go away are what is tested."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self.close_connection = True
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        host = (self.headers.get("Host") or "").partition(":")[0]
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        question = Question(self.command, host, parts.path, query, dict(self.headers.items()), body)
        self.server.office.asked.append(question)
        clerk = self.server.office.hosts.get(host) or self.server.office.hosts.get("localhost")
        reply = clerk(question) if clerk else Reply(b"not found", 404)
        if reply.how == "hang":
            time.sleep(20)
            return
        self.send_response(reply.status)
        for name, value in {"Content-Length": str(len(reply.body)), "Connection": "close", **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if reply.how == "cut":
            self.wfile.write(reply.body[: len(reply.body) // 2])
            self.wfile.flush()
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        elif reply.how == "drip":
            for at in range(len(reply.body)):
                self.wfile.write(reply.body[at : at + 1])
                self.wfile.flush()
                time.sleep(0.05)
        else:
            self.wfile.write(reply.body)

    do_POST = do_GET  # noqa: N815  # a name of http.server

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _serve(office: Office, context: ssl.SSLContext | None) -> _Server:
    server = _Server(("127.0.0.1", 0), _Handler)
    server.office, server.context = office, context
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return server
