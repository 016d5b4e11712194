"""Answer what the studio asks: its own files, how things stand, where something was written, and other settings."""

from __future__ import annotations

import functools
import time
from itertools import zip_longest
from pathlib import Path
from typing import Any, Protocol

import msgspec

from ..config.load import Config, read_site
from ..config.outages import read_outages
from ..config.schema import OutageEntry
from ..content.moments import zone
from ..diagnostics import Span
from ..project import CONFIG, Project
from ..viewing import Settings
from . import editors
from .coming import Coming, coming, local
from .leaves import Leaves
from .origin import Words, origin
from .sources import Sources
from .stage import Shown, Stage
from .wishes import wished

#: Status, media type and body.
Answer = tuple[int, str, bytes]
Query = tuple[tuple[str, str], ...]

JSON = "application/json; charset=utf-8"
_SCRIPT = "text/javascript; charset=utf-8"
#: The studio's own files, beside this one.
FILES = {
    "": ("studio.html", "text/html; charset=utf-8"),
    "studio.css": ("studio.css", "text/css; charset=utf-8"),
    **{f"{name}.js": (f"{name}.js", _SCRIPT) for name in ("studio", "bar", "panels", "stand", "pick", "words")},
}
#: So many pages are listed, and so much of a picked text, of an address and of a line is looked at.
PAGES, TEXT, ADDRESS = 200, 400, 2048


class Tells(Protocol):
    """Say how things stand for some pages; `linkhome.preview.telling.Telling` does."""

    def state(self, shown: Shown, asked: list[tuple[str, str]]) -> dict[str, Any]:
        """Return what has changed for each page since the version that a browser has of it."""


class Studio:
    """Be the page on which the site is looked at. Every method may be called from any thread.

    ``editor`` is a template of `editors.choose`; without one, places are shown and can be copied.
    """

    def __init__(self, project: Project, stage: Stage, telling: Tells, editor: str = "") -> None:
        self.project = project
        self.stage = stage
        self.telling = telling
        self.editor = editor
        self._leaves = Leaves()
        self._sources = Sources(project)
        self._read: tuple[object, Config | None, tuple[OutageEntry, ...]] = (None, None, ())

    def answer(self, path: str, query: Query, shown: Shown, stage: Stage) -> Answer | None:
        """Return what lies at ``/.linkhome/<path>``; None when there is nothing."""
        if path in FILES:
            name, kind = FILES[path]
            return 200, kind, _file(name).replace(b"{token}", stage.token.encode())
        if path == "state":
            return _json(200, self.state(query, shown))
        return _json(200, self.where(dict(query), shown)) if path == "where" else None

    def settings(self, body: bytes, stage: Stage) -> Answer:
        """Take other settings, and answer with them; what cannot be is refused in a sentence, and nothing changes."""
        try:
            wanted = wished(body, stage.wanted, self._coming().zone)
        except ValueError as problem:
            return _json(400, {"error": str(problem)})
        stage.want(wanted)
        return _json(200, {"wanted": self._told(wanted)})

    def state(self, query: Query, shown: Shown) -> dict[str, Any]:
        """Return how things stand: for the pages that are asked for, and what can be played with.

        ``find`` in the query adds the pages of the site that have its words.
        """
        pages = [value for key, value in query if key == "page"][:PAGES]
        versions = [value for key, value in query if key == "have"][: len(pages)]
        soon = self._coming()
        told: dict[str, Any] = {
            "state": self.telling.state(shown, list(zip_longest(pages, versions, fillvalue=""))),
            "base": shown.base,
            "languages": shown.languages,
            "shown": self._told(shown.settings),
            "wanted": self._told(self.stage.wanted),
            "now": local(time.time(), zone(soon.zone)),
            "coming": soon,
        }
        for words in [value for key, value in query if key == "find"][:1]:
            found, count = self._leaves.find(shown.files, shown.languages, words[:TEXT], PAGES)
            told |= {"pages": found, "count": count}
        return told

    def where(self, given: dict[str, str], shown: Shown) -> dict[str, Any]:
        """Return where in the creator's files something on a page was written; empty when nobody can tell.

        ``given`` holds ``page`` (a path in the output), ``text``, ``href`` and ``src`` as they stand on the page.
        """
        page = given.get("page", "")[:ADDRESS]
        href, src = (_below(given.get(name, "")[:ADDRESS], shown.base) for name in ("href", "src"))
        words = Words(given.get("text", "")[:TEXT], href, src)
        sources = self._sources.of(page, words, shown.languages)
        span = origin(page, words, sources)
        if span is None:
            return {}
        lines = next((one.text for one in sources if one.file == span.file), "").splitlines()
        line = lines[span.line - 1] if 0 < span.line <= len(lines) else ""
        place = f"{span.file}:{span.line}:{span.column}"
        return span._asdict() | {"place": place, "source": line[:TEXT], "edit": self.edit(span)}

    def edit(self, span: Span) -> str:
        """Return the address that opens a place in the editor; empty without one."""
        return editors.link(self.editor, self.project.root, span)

    def _coming(self) -> Coming:
        config, outages = self._config()
        return coming(config, outages, time.time()) if config else Coming()

    def _config(self) -> tuple[Config | None, tuple[OutageEntry, ...]]:
        """Return the site's file and what is down; as they were last readable while there are mistakes in them."""
        stamps = tuple(_stamp(path) for path in (self.project.config, self.project.outage))
        known, config, outages = self._read
        if known == stamps:
            return config, outages
        config = read_site(_bytes(self.project.config), CONFIG)[0] or config
        if config:
            entries = read_outages(_bytes(self.project.outage), self.project.outage.name, config.languages)[0]
            outages = outages if entries is None else entries
        self._read = (stamps, config, outages)
        return config, outages

    def _told(self, settings: Settings) -> dict[str, Any]:
        when = "" if settings.at is None else local(settings.at, zone(self._coming().zone))
        return msgspec.structs.asdict(settings) | {"local": when}


def _below(address: str, base: str) -> str:
    """Return an address of the site as it would be written if the site lay at the top of its host."""
    return address[len(base) - 1 :] if address.startswith(base) else address


def _json(status: int, value: object) -> Answer:
    return status, JSON, msgspec.json.encode(value)


@functools.cache
def _file(name: str) -> bytes:
    return (Path(__file__).parent / name).read_bytes()


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_size


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
