"""Sites for tests of headers: what a build would know of them, and their files."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from linkhome.headers.redirects import Onward, page_of
from linkhome.headers.served import Served

NODE = Path(__file__).parents[2] / "scripts/node"
PAGE = b"<!doctype html><title>Lina</title>"
FILES = {
    "index.html": PAGE,
    "posts/a/index.html": PAGE,
    "404.html": b"<!doctype html><title>Nothing here</title>",
    "assets/play.1a2b3c4d.js": b"1",
    "media/prints.3f2a9c01-750.avif": b"picture",
    "feed.xml": b"<feed/>",
    "site.webmanifest": b"{}",
    "sw.js": b"2",
    "build.json": b"{}",
    ".well-known/webfinger": b"{}",
    ".well-known/atproto-did": b"did:plc:x",
}
HASHES = tuple(f"sha256-{letter * 43}=" for letter in "abc")
#: Where addresses lead on: to a page, elsewhere, with everything that some host reads in a way of its own.
LEADING = (
    Onward("/old-page", "/posts/a/", 301),
    Onward("/old.html", "/posts/a/#top"),
    Onward("/a.b+c", "https://x.example/%C3%BC%20y/?q=1&b=%241%20#frag"),
    Onward("/@lina", "https://x.example"),
    Onward("/büro haus/x", "http://x.example/a(b)~!,;='c&amp"),
)


def served(url: str = "https://lina.example", **more: Any) -> Served:
    """Return what a build knows of the site with these files."""
    given = {"frames": ["t.me"], "asks": ["https://formspree.io"], "scripts": HASHES[:1], "styles": HASHES[1:], **more}
    return Served(FILES, url, **given)


def laid_out(folder: Path, url: str = "https://lina.example") -> Path:
    """Write the site, its redirects and its header files into a folder."""
    pages = {page_of(one.source): b"a page that leads on" for one in LEADING}
    for path, data in {**FILES, **pages, **served(url, leading=LEADING).files()}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def parsed(what: str, file: Path) -> Any:
    """Return what a parser of a host reads from a file."""
    command: list[str | Path] = [NODE, Path(__file__).parent / "parse.mjs", what, file]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout)
