"""Serve a folder on loopback, also before it is there: its address is needed to build what will lie in it."""

from __future__ import annotations

import contextlib
import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path


class Pages(http.server.SimpleHTTPRequestHandler):
    """Serve files as they are."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Keep still."""


class Server(http.server.ThreadingHTTPServer):
    """Serve without waiting for browsers that keep connections open."""

    daemon_threads = True
    block_on_close = False


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder; give its address."""
    handler = functools.partial(Pages, directory=str(folder))
    with Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()
