"""Be a host with an API on loopback that writes down what it is asked, serves visitors, and breaks on demand."""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, NamedTuple, Self
from urllib.parse import parse_qsl, unquote, urlsplit


class Asked(NamedTuple):
    """One request that reached us. ``path`` is as it was sent, without the query."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def line(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Said(NamedTuple):
    """What is said to it."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = {}


def say(value: Any, status: int = 200, **headers: str) -> Said:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Said(status, json.dumps(value).encode(), {"Content-Type": "application/json", **named})


class Fault:
    """Let the requests that fit ``line`` fail: answer ``said``, or ``cut`` the line, ``hang``, or be ``lost``.

    What is lost is done, but nobody hears of it. The first ``after`` that fit are let pass, then ``times`` fail.
    """

    def __init__(self, line: str, how: str = "", said: Said | None = None, after: int = 0, times: int = 1) -> None:
        self.line, self.how, self.said, self.after, self.times = re.compile(line), how, said or Said(500), after, times


class Host:
    """Be one host while it is entered. ``api`` is where its API is, ``url`` where visitors see the site."""

    below: ClassVar[str] = ""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.faults: list[Fault] = []
        self.closing = threading.Event()
        self.lock = threading.RLock()
        self._server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        assert self._server
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    @property
    def api(self) -> str:
        return f"{self.url.rstrip('/')}{self.below}"

    def lines(self, method: str = "") -> list[str]:
        return [one.line for one in self.asked if not method or one.method == method]

    def fault(self, *given: Any, **named: Any) -> None:
        self.faults.append(Fault(*given, **named))

    def answer(self, asked: Asked) -> Said:
        raise NotImplementedError

    def visit(self, path: str) -> Said:
        raise NotImplementedError

    def handle(self, asked: Asked) -> Said | str:
        """Return what to say, or how to fail."""
        with self.lock:
            self.asked.append(asked)
            fault = next((one for one in self.faults if one.line.fullmatch(asked.line) and one.times > 0), None)
            if fault and fault.after:
                fault.after -= 1
            elif fault:
                fault.times -= 1
                if fault.how == "lost":
                    self.answer(asked)
                    return "cut"
                return fault.how or fault.said
            return self.answer(asked)

    def __enter__(self) -> Self:
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def handle_one_request(self) -> None:
                try:
                    super().handle_one_request()
                except (ConnectionError, TimeoutError):
                    self.close_connection = True

            def do(self) -> None:
                split = urlsplit(self.path)
                headers = {name.lower(): value for name, value in self.headers.items()}
                length = int(headers.get("content-length", "0"))
                body = self.rfile.read(length)
                if len(body) < length:  # whoever sent it went away
                    self.close_connection = True
                    return
                if not split.path.startswith(f"{host.below}/"):
                    self.speak(host.visit(unquote(split.path)))
                    return
                query = dict(parse_qsl(split.query, keep_blank_values=True))
                path = split.path.removeprefix(host.below)
                said = host.handle(Asked(self.command, path, query, headers, body))
                if isinstance(said, Said):
                    self.speak(said)
                    return
                if said == "hang":
                    host.closing.wait(60)
                elif said == "half":
                    self.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"id"')
                self.close_connection = True
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()

            def speak(self, said: Said) -> None:
                self.send_response(said.status)
                for name, value in said.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(said.body)))
                self.end_headers()
                self.wfile.write(said.body if self.command != "HEAD" else b"")

            def __getattr__(self, name: str) -> Any:
                if name.startswith("do_"):
                    return self.do
                raise AttributeError(name)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def running(host: Host) -> Iterator[Host]:
    with host:
        yield host
