"""Know the pages of the built site by their names: title, language, kind. Each is looked into once."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from ..headers import redirects
from ..snapshot import Artifact

_TITLE = re.compile(rb"<title>(.{0,400}?)</title>", re.DOTALL)
_LANGUAGE = re.compile(rb"<html\b[^>]*?\blang=[\"']?([A-Za-z0-9-]{1,20})")
#: Everything that tells of a page stands in its beginning.
_BEGINNING = 65_536
#: Kinds in the order in which they are offered.
_ORDER = ("home", "page", "posts", "post", "kit", "missing")


class Leaf(Struct, frozen=True):
    """Name one page: where it lies in the output, its title and language, and what it is."""

    path: str
    title: str
    language: str
    kind: str


class Leaves:
    """List the pages of a site. What was seen of one stays known as long as its bytes stay. Safe from any thread."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, Leaf]] = {}

    def find(
        self, files: Mapping[str, Artifact], languages: Sequence[str], words: str, most: int
    ) -> tuple[list[Leaf], int]:
        """Return the first ``most`` pages whose title or address has all the words, and how many there are at all."""
        known, wanted = self._known, words.casefold().split()
        fresh: dict[str, tuple[str, Leaf]] = {}
        for path, artifact in files.items():
            if path.endswith(".html") and not redirects.is_page(artifact.data or b""):
                seen = known.get(path)
                fresh[path] = (
                    seen if seen and seen[0] == artifact.sha256 else (artifact.sha256, leaf(path, artifact, languages))
                )
        self._known = fresh
        found = [
            one for _, one in fresh.values() if all(word in f"{one.title} {one.path}".casefold() for word in wanted)
        ]
        places = {language: number for number, language in enumerate(languages)}
        found.sort(key=lambda one: (_ORDER.index(one.kind), places.get(one.language, len(places)), one.path))
        return found[:most], len(found)


def leaf(path: str, artifact: Artifact, languages: Sequence[str] = ()) -> Leaf:
    """Return what a page says of itself; a file that is no page of a theme is known by its address."""
    data = (artifact.data or b"")[:_BEGINNING]
    title, language = _TITLE.search(data), _LANGUAGE.search(data)
    name = html.unescape(" ".join(title[1].decode("utf-8", "replace").split())) if title else ""
    return Leaf(path, name or path, language[1].decode() if language else "", _kind(path, languages))


def _kind(path: str, languages: Sequence[str]) -> str:
    parts = path.removesuffix("index.html").strip("/").split("/")
    if len(parts) > 1 or parts[0] in languages[1:]:
        parts = parts[1:] if parts[0] in languages[1:] else parts
    match parts or [""]:
        case [""]:
            return "home"
        case ["404.html"]:
            return "missing"
        case ["kit"]:
            return "kit"
        case ["posts"]:
            return "posts"
        case ["posts", name]:
            return "posts" if re.fullmatch(r"page-\d+", name) else "post"
    return "page"
