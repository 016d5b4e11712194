"""The example site, built once, served on loopback and visited by one Chromium."""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
NODE = REPOSITORY / "scripts/node"


class Pages(http.server.SimpleHTTPRequestHandler):
    """Serve the site at the root and, as project pages do, below /repo/."""

    protocol_version = "HTTP/1.1"

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/repo"))

    def log_message(self, *_: object) -> None:
        """Keep still."""


class Server(http.server.ThreadingHTTPServer):
    """Serve on loopback, without a word when the browser goes away in the middle of an answer."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """Keep still: what is missing the browser reports."""


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback; give its address."""
    handler = functools.partial(Pages, directory=str(folder))
    with Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def serve() -> Callable[[Path], contextlib.AbstractContextManager[str]]:
    """Give the way to serve a folder."""
    return serving


@pytest.fixture(scope="session")
def example(example_site: Path) -> Path:
    """Give the folder ``public`` of the example site."""
    return example_site / "public"


@pytest.fixture(scope="session")
def pages(example: Path) -> list[str]:
    """List every page of the example site by its address below the root."""
    found = (path.relative_to(example).as_posix() for path in example.rglob("*.html"))
    return sorted(name.removesuffix("index.html") if name.endswith("/index.html") else name for name in found)


@pytest.fixture(scope="session")
def kinds(pages: list[str]) -> dict[str, str]:
    """Name one page of every kind."""
    post = next(page for page in pages if page.startswith("posts/") and page.count("/") == 2)
    return {
        "home": "index.html",
        "home in German": "de/",
        "posts": "posts/",
        "post": post,
        "page": "imprint/",
        "missing": "404.html",
    }


@pytest.fixture(scope="session")
def visit(example: Path, kinds: dict[str, str], pages: list[str]) -> dict:
    """Visit everything in one Chromium; give what was found (see visit.mjs)."""
    with serving(example) as server:
        wanted = {"server": server, "folder": str(example), "kinds": kinds, "pages": pages}
        script = Path(__file__).with_name("visit.mjs")
        ran = subprocess.run([NODE, script, json.dumps(wanted)], capture_output=True, text=True, timeout=280)
    assert ran.returncode == 0, f"the browser could not be driven; 'scripts/prepare tools' installs it\n{ran.stderr}"
    return json.loads(ran.stdout) | {"server": server}
