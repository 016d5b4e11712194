"""Write the service worker of a site, ``sw.js``: one that keeps a copy, or one that takes back what was kept.

The second is written for good once ``offline`` is off: a browser that finds no file at all keeps the old one working.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote, urlsplit

import msgspec

from ..config.schema import Site
from ..places import reached
from ..snapshot import Artifact
from .plan import choose

FILE = "sw.js"
#: Targets whose hosts let pages of other addresses read what they serve (``Access-Control-Allow-Origin: *``): GitHub
#: Pages by itself, the others because `headers` asks them to, web servers of one's own if they are told.
READABLE = frozenset({"cloudflare", "ftps", "github", "github-actions", "netlify", "netlify-build", "sftp", "ssh"})
_ON, _OFF = "sw.js", "off.js"


def write(files: Mapping[str, Artifact], site: Site, fronts: Sequence[str]) -> Artifact:
    """Return ``sw.js`` for these files of the site; ``fronts`` are its front pages, the main language's first.

    It is another file whenever anything that is kept is another one, which is how browsers hear of a new build.
    """
    if not site.offline:
        return Artifact.of(taking_back())
    kept = choose(files, fronts)
    lines = "".join(f"{name}\0{files[name].sha256}\n" for name in (*kept.must, *kept.more))
    plan = {
        "version": hashlib.sha256(lines.encode()).hexdigest()[:12],
        "must": [address(name) for name in kept.must],
        "more": [address(name) for name in kept.more],
        "homes": sorted((folder for front in fronts if (folder := address(front))), key=len, reverse=True),
        "places": mirrors(site),
    }
    written = msgspec.json.encode(plan).decode()
    return Artifact.of(re.sub(r"\bPLAN\b", lambda _: written, _text(_ON)).encode())


def taking_back() -> bytes:
    """Return the worker that empties what earlier ones kept, and then is gone itself."""
    return _text(_OFF).encode()


def address(name: str) -> str:
    """Return the address of a file from the folder of the site, as hosts serve it: ``./``, ``de/``, ``icon.svg``."""
    folder, _, last = name.rpartition("/")
    if last != "index.html":
        return quote(name)
    return f"{quote(folder)}/" if folder else "./"


def mirrors(site: Site) -> list[str]:
    """Return the addresses from which a page may take the same site when its own host does not answer.

    These are the places under ``deploy`` whose hosts allow it; the worker leaves out the one at which it is itself.
    """
    if len(site.deploy) < 2 or not site.offline:
        return []
    return [place.url for place in reached(site) if place.target in READABLE]


def asks(site: Site) -> Iterator[str]:
    """Give the origins of `mirrors`, for the policy with which a host sends the worker."""
    for place in mirrors(site):
        parts = urlsplit(place)
        yield f"{parts.scheme}://{parts.netloc}"


def _text(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")
