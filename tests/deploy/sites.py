"""Make a frozen build from a dictionary of files, and be a clock that takes no time."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from pathlib import Path

from linkhome.clock import Clock
from linkhome.deploy.freeze import tree_of
from linkhome.deploy.nouns import File, Frozen, Plan

SITE: Mapping[str, bytes] = {
    "index.html": b"<!doctype html><title>Lina</title>",
    "imprint/index.html": b"<!doctype html><title>Imprint</title>",
    "404.html": b"<!doctype html><title>Nothing here</title>",
    "_headers": b"/*\n  X-Content-Type-Options: nosniff\n",
    "_redirects": b"/old /new 301\n",
    ".well-known/security.txt": b"Contact: mailto:lina@lina.example\n",
    ".well-known/webfinger": b'{"subject": "acct:lina@lina.example"}',
    "assets/site.0123abcd.css": b"body { color: black }",
    "assets/empty.css": b"",
    "assets/too.css": b"",
    "bilder/Lina im Garten, 100% \xc3\xbc & 'so'.jpg".encode("latin-1").decode("utf-8"): b"\xff\xd8"
    + bytes(range(256)) * 700,
    "build.json": b'{"generator": "linkhome", "build": "b1", "files": 11}\n',
}


def frozen(files: Mapping[str, bytes], folder: Path, build: str = "") -> Frozen:
    """Write files somewhere and return them as a build."""
    named = {path: File(hashlib.sha256(data).hexdigest(), len(data)) for path, data in files.items()}
    places = {}
    for path, data in files.items():
        places[path] = folder / "objects" / named[path].sha256
        places[path].parent.mkdir(parents=True, exist_ok=True)
        places[path].write_bytes(data)
    tree = tree_of(named)
    return Frozen(build or hashlib.sha256(tree.encode()).hexdigest()[:32], tree, named, places)


def plan_of(marks: Mapping[str, str], there: Mapping[str, str]) -> Plan:
    """Return what is different, as the engine does."""
    return Plan(
        tuple(path for path in marks if path not in there),
        tuple(path for path in marks if path in there and marks[path] != there[path]),
        tuple(path for path in there if path not in marks),
    )


class Watch:
    """Be a clock in which waiting takes no time, and write down how long was waited."""

    def __init__(self) -> None:
        self.time = 0.0
        self.waits: list[float] = []

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.time, self._wait)

    def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds


def quiet() -> None:
    """Wait until no thread sends anything any more: those that were stopped end with what they have begun."""
    for thread in threading.enumerate():
        if thread.name.startswith("linkhome-sends"):
            thread.join(60)
            assert not thread.is_alive()
