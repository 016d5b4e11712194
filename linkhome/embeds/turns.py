"""Let several workers ask many hosts politely: one question at a time for each host, and a pause between two."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

#: Pause after a question to the same host, in seconds, by what is asked. Programs' own doors are made for many
#: questions; pages and feeds of small servers are not (two a second have been answered with a block).
PAUSES = {"page": 1.0, "feed": 0.5}
PAUSE = 0.1


class Turns:
    """Hold whose turn it is at each host."""

    def __init__(self, stopping: threading.Event) -> None:
        self._stopping = stopping
        self._change = threading.Condition()
        self._busy: set[str] = set()
        self._next: dict[str, float] = {}

    def wait(self, host: str) -> float:
        """Return for how many seconds the host should be left alone; a busy one for longer than an idle one."""
        with self._change:
            rest = max(0.0, self._next.get(host, 0.0) - time.monotonic())
            return rest + (1.0 if host in self._busy else 0.0)

    @contextmanager
    def at(self, url: str, pause: float) -> Iterator[None]:
        """Hold the host of ``url`` until it is our turn; afterwards it rests for ``pause`` seconds.

        Raises:
            InterruptedError: everything was told to stop meanwhile.
        """
        host = host_of(url)
        with self._change:
            while True:
                if self._stopping.is_set():
                    raise InterruptedError
                rest = self._next.get(host, 0.0) - time.monotonic()
                if host not in self._busy and rest <= 0:
                    break
                self._change.wait(min(max(rest, 0.01), 0.2))
            self._busy.add(host)
        try:
            yield
        finally:
            with self._change:
                self._busy.discard(host)
                self._next[host] = time.monotonic() + pause
                self._change.notify_all()


def host_of(url: str) -> str:
    """Return the host of an address in small letters, or nothing."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
