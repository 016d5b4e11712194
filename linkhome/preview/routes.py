"""Say what each address answers: the site as it is shown now, and the preview's own pages below ``/.linkhome/``.

Nothing waits here for a build: whatever is on the stage is answered, also when it is the last good site.
"""

from __future__ import annotations

import html
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ..headers import redirects
from ..offline import worker
from ..project import Project
from ..snapshot import Artifact
from . import files
from .answer import Answer, sentence
from .events import Asked
from .guard import Door, Moved, admit, check_token, pairs
from .request import Refused, Request
from .stage import Shown, Stage
from .views import View, parse

if TYPE_CHECKING:
    from .studio import Studio
    from .telling import Telling

OWN = "/.linkhome/"
_CLIENT, _EVENTS, _SETTINGS, _WHERE, _AS = "client.js", "events", "settings", "where", "as/"
_SCRIPT = "text/javascript; charset=utf-8"
#: Pages that one stream is told about: the visible tabs of one browser.
_PAGES = 60
#: A page is read as a whole; whatever is larger is no page.
_PAGE_MAX = 16_000_000
#: The texts that a view rewrites, by their endings.
_REWRITTEN = {"html": "html", "htm": "html", "svg": "svg", "css": "css", "js": "js", "mjs": "js"}


class Listen(Struct, frozen=True):
    """Answer with a stream of events about these pages."""

    asked: Asked


class Routes:
    """Answer requests. One for the whole preview, used by every connection at once."""

    def __init__(self, door: Door, stage: Stage, telling: Telling, studio: Studio, project: Project) -> None:
        self._door = door
        self._stage = stage
        self._telling = telling
        self._studio = studio
        self._project = project

    def answer(self, request: Request, peer: str, outside: bool) -> Answer | Listen:
        """Return what a request gets; ``peer`` and ``outside`` say who asks, and from where (see `guard.admit`).

        Raises:
            Refused: it may not ask, or nobody could answer that.
        """
        path = files.decoded(request.path)
        moved = admit(request, self._door, peer, outside)
        if moved:
            return _moved(moved)
        own = path[len(OWN) :] if path.startswith(OWN) else None
        if request.method == "POST" and own == _SETTINGS:
            return self._settings(request)
        if request.method not in ("GET", "HEAD"):
            allowed = "POST" if own == _SETTINGS else "GET, HEAD"
            raise Refused(405, "The preview can be read, not written.", {"Allow": allowed})
        if own is not None:
            return self._own(own, request)
        return self._site(path, request, None, "")

    def _own(self, name: str, request: Request) -> Answer | Listen:
        shown = self._stage.shown
        if name == _CLIENT:
            return Answer(200, _SCRIPT, _client())
        if name == _EVENTS:
            return Listen(_asked(pairs(request.query)))
        if name.startswith(_AS):
            words, slash, rest = name[len(_AS) :].partition("/")
            view = parse(words)
            if view and slash:
                return self._site(f"/{rest}", request, view, f"{OWN}{_AS}{words}")
        elif name != _SETTINGS:
            if name == _WHERE:
                check_token(request, self._stage.token)
            answered = self._studio.answer(name, pairs(request.query), shown, self._stage)
            if answered:
                return Answer(*answered)
        raise Refused(404 if name != _SETTINGS else 405, "The preview has no such page.")

    def _settings(self, request: Request) -> Answer:
        check_token(request, self._stage.token)
        if request.header("content-type").partition(";")[0].strip().lower() != "application/json":
            raise Refused(415, "Settings are sent as application/json.")
        return Answer(*self._studio.settings(request.body, self._stage))

    def _site(self, path: str, request: Request, view: View | None, before: str) -> Answer:
        """Return a file of the site; ``before`` is what stands before its path in the address of a view."""
        shown = self._stage.shown
        if request.header("service-worker"):  # no preview is kept, and what another server left here is taken back
            return Answer(200, _SCRIPT, worker.taking_back())
        if f"{path}/" == OWN:
            return _moved(Moved(OWN, 301))
        found = files.find(shown.files, shown.base, path)
        if isinstance(found, Moved):
            query = f"?{request.query}" if request.query else ""
            return _moved(Moved(f"{before}{found.to}{query}", found.status))
        if found is not None:
            answer = self._file(found, 200, request, view, shown)
            if answer:
                return answer
        return self._missing(path, request, view, shown)

    def _missing(self, path: str, request: Request, view: View | None, shown: Shown) -> Answer:
        """Return the site's own page for what is not there, or one of ours when it has none."""
        if files.MISSING in shown.files:
            answer = self._file(files.MISSING, 404, request, view, shown)
            if answer:
                return answer
        name = files.page_of(shown.base, path)
        if shown.files:
            return self._page(name, 404, _bare("There is no such page", f"The site has nothing at {path}."), view)
        title, text = "Nothing to see yet", "The page is being made. It comes by itself."
        if shown.broken:
            text = "The site has mistakes: see the terminal. Once they are repaired, the page comes by itself."
        return self._page(name, 503, _bare(title, text), view)

    def _file(self, name: str, status: int, request: Request, view: View | None, shown: Shown) -> Answer | None:
        """Return one file of the site, or None when it cannot be read any more."""
        artifact = shown.files[name]
        kind = files.kind_of(name)
        rewritten = _REWRITTEN.get(name.rpartition(".")[2].lower()) if view or kind == files.HTML else None
        if rewritten:
            data = self._whole(artifact)
            if data is None:
                return None
            if kind == files.HTML:
                return self._page(name, status, Artifact.of(data, artifact.sha256), view)
            return Answer(status, kind, _seen(data, rewritten, view))
        wish = request.header("range") if request.method == "GET" and not request.header("if-range") else ""
        if artifact.data is not None:
            body = artifact.data
            part = files.piece(wish, len(body))
            if part is None:
                return Answer(status, kind, body, {"Accept-Ranges": "bytes"})
            return Answer(206, kind, body[part.start : part.stop], _ranged(part, len(body)))
        opened = files.open_source(artifact, self._project)
        if opened is None:
            return None
        file, size = opened
        try:
            part = files.piece(wish, size)
        except Refused:
            file.close()
            raise
        if part is None:
            return Answer(status, kind, b"", {"Accept-Ranges": "bytes"}, file, range(size))
        return Answer(206, kind, b"", _ranged(part, size), file, part)

    def _page(self, name: str, status: int, page: Artifact, view: View | None) -> Answer:
        """Return a page with the preview's script in it; where scripts shall not run or nobody stays, without."""
        data = _seen(page.data or b"", "html", view)
        if (view is None or view.script) and not redirects.is_page(data):
            data = self._telling.inject(name, page, data, view.text if view else "")
        return Answer(status, files.HTML, data, view.headers() if view else {})

    def _whole(self, artifact: Artifact) -> bytes | None:
        if artifact.data is not None:
            return artifact.data
        opened = files.open_source(artifact, self._project)
        if opened is None:
            return None
        with opened[0] as file:
            return file.read(_PAGE_MAX) if opened[1] <= _PAGE_MAX else None


def _seen(data: bytes, kind: str, view: View | None) -> bytes:
    """Return a text as it is in a view; what is no UTF-8 stays as it is."""
    if view is None:
        return data
    try:
        return view.apply(kind, data.decode()).encode()
    except UnicodeDecodeError:
        return data


def _asked(query: tuple[tuple[str, str], ...]) -> Asked:
    """Return the pages that a browser asks about, each with the version that it has."""
    asked: list[tuple[str, str]] = []
    for name, value in query:
        if name == "page" and len(asked) < _PAGES:
            asked.append((value, ""))
        elif name == "have" and asked:
            asked[-1] = (asked[-1][0], value)
    return tuple(dict(asked).items())


def _moved(moved: Moved) -> Answer:
    cookie = {"Set-Cookie": moved.cookie, "Referrer-Policy": "no-referrer"} if moved.cookie else {}
    return sentence(moved.status, f"It is at {moved.to}", {"Location": moved.to, **cookie})


def _ranged(part: range, size: int) -> dict[str, str]:
    return {"Accept-Ranges": "bytes", "Content-Range": f"bytes {part.start}-{part.stop - 1}/{size}"}


@cache
def _client() -> bytes:
    return Path(__file__).with_name(_CLIENT).read_bytes()


def _bare(title: str, text: str) -> Artifact:
    """Return a page for when the site has none to show."""
    style = (
        "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1.5rem}"
        ":root{color-scheme:light dark}h1{font-size:1.5rem}"
    )
    page = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>{style}</style></head>'
        f"<body><h1>{title}</h1><p>{html.escape(text)}</p></body></html>\n"
    )
    return Artifact.of(page.encode())
