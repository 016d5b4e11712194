"""Ask a server on loopback in plain HTTP, whatever name it is to answer by; nothing is followed."""

from __future__ import annotations

import http.client
import itertools
import json
import time
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

_networks = itertools.count(1)


def within_one_window(seconds: int = 600) -> None:
    """Wait until what is counted by the clock is not about to be counted afresh."""
    left = seconds - time.time() % seconds
    if left < 15:
        time.sleep(left + 0.1)


class Answer(NamedTuple):
    """What came back; header names are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        assert self.headers["content-type"] == "application/json"
        return json.loads(self.body)


class Client:
    """Visits a server; every client comes from a network of its own."""

    def __init__(self, url: str, host: str = "") -> None:
        self._port = urlsplit(url).port
        self._host = host or f"127.0.0.1:{self._port}"
        self.ip = f"203.0.113.{next(_networks)}"

    def ask(self, method: str, path: str, body: str | bytes | Iterable[bytes] | None = None, **headers: str) -> Answer:
        """Send a request; ``content_type="…"`` is the header ``Content-Type``."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self._port or 0, timeout=30)
        try:
            connection.request(method, path, body, {"Host": self._host, "CF-Connecting-IP": self.ip} | named)
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def form(self, path: str, *, script: bool = False, fields: dict[str, Any] | None = None, **headers: str) -> Answer:
        """Post fields as a form does; ``script`` asks for JSON, as a script does."""
        headers = (
            {"content_type": "application/x-www-form-urlencoded"}
            | ({"accept": "application/json"} if script else {})
            | headers
        )
        return self.ask("POST", path, urlencode(fields or {}, doseq=True), **headers)

    def subscribe(self, email: str = "", *, script: bool = True, **fields: Any) -> Answer:
        """Sign up with what a form of linkhome sends."""
        return self.form("/subscribe", script=script, fields={"email": email, "consent": "2026-11", **fields})
