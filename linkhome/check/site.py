"""See a Snapshot as its visitors do: pages with addresses, which lead to files of the same site or elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import msgspec

from ..snapshot import Artifact
from . import sheet
from .markup import Page, Reference, read

#: Stands for the address of a site that has none yet.
_NOWHERE = "https://site.invalid/"
#: Files that hold words; longer ones are nobody's words.
_WORDS = re.compile(r"html?|css|m?js|json|xml|svg|txt|webmanifest|vcf|ics|vtt|md|csv|ya?ml|toml|env", re.IGNORECASE)
_MOST = 4_000_000
_FRONT = "index.html"


class Way(NamedTuple):
    """Say where an address leads: to the own file ``path``, to another host, or (both None) to neither.

    ``fragment`` is the place on the page.
    """

    path: str | None = None
    other: str | None = None
    fragment: str = ""


class Site:
    """Hold a built site, each page of which is read once. ``url`` is where it will be; empty without one."""

    def __init__(self, files: Mapping[str, Artifact], url: str = "") -> None:
        self.files = files
        self._home = url.rstrip("/") + "/" if url else _NOWHERE
        self._root = urlsplit(self._home)
        self._folded = {path.lower(): path for path in files}

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Return every page by its file."""
        return {path: read(self.text(path)) for path in self.files if path.endswith((".html", ".htm"))}

    @cached_property
    def drawings(self) -> Mapping[str, Page]:
        """Return every SVG by its file."""
        return {path: read(self.text(path)) for path in self.files if path.endswith(".svg")}

    def data(self, path: str) -> bytes:
        """Return what is in a file.

        Raises:
            OSError: its source is gone since the build.
        """
        artifact = self.files[path]
        if artifact.data is not None:
            return artifact.data
        assert artifact.source is not None, "built in memory, nothing is kept from elsewhere"
        return artifact.source.read_bytes()

    def text(self, path: str) -> str:
        """Return a file as text, whatever its bytes are."""
        return self.data(path).decode("utf-8", "replace")

    def texts(self) -> Iterator[tuple[str, str]]:
        """Return every file that holds words."""
        for path, artifact in self.files.items():
            name = path.rpartition("/")[2]
            ending = name.lstrip(".").rpartition(".")[2] if "." in name.lstrip(".") else "txt"
            if artifact.size <= _MOST and _WORDS.fullmatch(ending):
                yield path, self.text(path)

    def references(self) -> Iterator[tuple[str, Reference]]:
        """Return every address with the file that it stands in: of pages, drawings, style sheets and manifests."""
        for kind in (self.pages, self.drawings):
            for path, page in kind.items():
                yield from ((path, one) for one in page.references)
        for path in self.files:
            if path.endswith(".css"):
                yield from ((path, Reference("style", url, True)) for url in sheet.addresses(self.text(path)))
            elif path.endswith(".webmanifest"):
                yield from ((path, one) for one in _of_manifest(self.data(path)))

    def way(self, path: str, url: str) -> Way:
        """Return where an address leads that stands in the file ``path``."""
        page = self.pages.get(path)
        try:
            at = urljoin(self._home, path)
            there = urlsplit(urljoin(urljoin(at, page.base) if page and page.base else at, url.strip()))
            named = there.hostname
        except ValueError:
            return Way()
        if there.scheme not in ("http", "https") or not named:
            return Way()
        if named != self._root.hostname or there.port not in (self._root.port, None):
            return Way(other=there._replace(fragment="").geturl())
        if not there.path.startswith(self._root.path) and there.path + "/" != self._root.path:
            return Way()
        inside = unquote(there.path[len(self._root.path) :])
        return Way(path=inside, fragment=unquote(there.fragment.partition(":~:")[0]))

    def file(self, inside: str) -> str | None:
        """Return the file that a host answers a path with, on every host; None if there is none."""
        if not inside or inside.endswith("/"):
            inside += _FRONT
        if inside in self.files:
            return inside
        return f"{inside}/{_FRONT}" if f"{inside}/{_FRONT}" in self.files else None

    def alike(self, inside: str) -> str:
        """Return the file that was meant by a path that there is not: other capitals, or without an ending."""
        for name in (inside, f"{inside}.html", f"{inside.rstrip('/')}.html", f"{inside.rstrip('/')}/{_FRONT}"):
            if name.lower() in self._folded:
                return self._folded[name.lower()]
        return ""

    def anchors(self, path: str) -> frozenset[str] | None:
        """Return the places that a page or a drawing has; None for a file of which nobody knows."""
        page = self.pages.get(path) or self.drawings.get(path)
        return page.ids if page else None


def shown(path: str) -> str:
    """Return a file of the site as visitors know it."""
    return "/" + (path.removesuffix(_FRONT) if path == _FRONT or path.endswith(f"/{_FRONT}") else path)


def _of_manifest(data: bytes) -> list[Reference]:
    try:
        found = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return []
    if not isinstance(found, dict):
        return []
    urls: list[tuple[str, bool]] = []
    for part in (found, *_list(found, "shortcuts")):
        pictures = [one for key in ("icons", "screenshots") for one in _list(part, key)]
        urls += [(str(one["src"]), True) for one in pictures if "src" in one]
        urls += [(str(part[key]), False) for key in ("start_url", "url") if key in part]
    return [Reference("manifest", url, loads) for url, loads in urls]


def _list(of: dict[str, object], key: str) -> list[dict[str, object]]:
    value = of.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
