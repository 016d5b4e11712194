"""A built folder, a desk to deploy from and places to deploy to: what a deploy from end to end needs in a test."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from linkhome import output
from linkhome.deploy.archive import Archive
from linkhome.deploy.desk import Desk
from linkhome.deploy.entries import Wanted
from linkhome.deploy.freeze import freeze
from linkhome.deploy.journal import Journal
from linkhome.deploy.nouns import Frozen, Plan
from linkhome.output import Artifact, Snapshot
from linkhome.snapshot import SEAL, seal

PAGES: Mapping[str, bytes] = {
    "index.html": b'<!doctype html><title>Lina</title><link rel="stylesheet" href="assets/a.11111111.css"><p>Hello',
    "404.html": b'<!doctype html><title>Not here</title><a href="/index.html">Home</a>',
    "about/index.html": b"<!doctype html><title>About</title>",
    "assets/a.11111111.css": b"p { color: #123 }",
    ".well-known/security.txt": b"Contact: mailto:lina@lina.example\n",
    "_headers": b"/*\n  X-Content-Type-Options: nosniff\n",
    "media/empty.txt": b"",
}


def built(root: Path, files: Mapping[str, bytes] = PAGES) -> Path:
    """Write a built site as a build does, into ``public`` of a site's folder; return that."""
    artifacts = {path: Artifact.of(data) for path, data in files.items()}
    output.write(Snapshot(artifacts | {SEAL: seal(artifacts)}), root / "public")
    return root / "public"


def frozen(root: Path, files: Mapping[str, bytes] = PAGES) -> Frozen:
    """Build a site and freeze it."""
    return freeze(built(root, files))


def place(made: Any, given: Mapping[str, str], url: str = "", *, name: str = "", primary: bool = True) -> Wanted:
    """Return an entry of the key ``deploy`` for a class of a target."""
    return Wanted(name or made.about.name, made.about, made, given, url, "", primary)


class Watching:
    """Be who watches: write down what was heard, and answer every question alike."""

    def __init__(self, answer: bool = False) -> None:
        self.answer = answer
        self.steps: list[str] = []
        self.plans: list[Plan] = []
        self.questions: list[str] = []
        self.heard: list[tuple[int, int]] = []

    def step(self, text: str) -> None:
        self.steps.append(text)

    def planned(self, place: Wanted, plan: Plan) -> None:
        self.plans.append(plan)

    def sent(self, done: int, total: int, path: str) -> None:
        self.heard.append((done, total))

    def agrees(self, question: str) -> bool:
        self.questions.append(question)
        return self.answer


def desk(root: Path, *places: Wanted, watch: Watching | None = None, **more: Any) -> Desk:
    """Return a desk for the site's folder ``root``; a new one reads the journal again, as a new process does."""
    archive, journal = Archive(root / ".cache" / "deploy"), Journal(root / "deployed")
    return Desk(root, archive, journal, watch or Watching(), places, **more)


class _Files(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        answer = self.server.answers.get(self.path.partition("?")[0].lstrip("/") or "index.html")  # type: ignore[attr-defined]
        self.send_response(200 if answer is not None else 404)
        self.send_header("Content-Length", str(len(answer or b"")))
        self.end_headers()
        self.wfile.write(answer or b"")


@contextmanager
def visited(answers: Mapping[str, bytes]) -> Iterator[str]:
    """Serve files out of a mapping on loopback, as it is at each moment; give the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files))
    server.answers = answers  # type: ignore[attr-defined]
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
