"""Tell browsers what changed in the pages that they show, and give each page the script that listens."""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from html import escape
from typing import Any

from msgspec import to_builtins

from ..diagnostics import Severity, Span, in_order
from ..excerpt import describe
from ..snapshot import Artifact
from .changes import Change, between
from .held import file_at, proven
from .stage import Shown, Stage

#: The script element that each page gets; `inject` says what its attributes mean.
ADDRESS = "/.linkhome/client.js"
#: So many versions of pages are remembered at most, and so many bytes of them.
PAGES, BYTES = 200, 32 * 2**20
#: More findings than this help nobody.
MOST = 100
COLUMNS = 100

_SHOWN = re.compile(r"""\s(?:src|srcset|poster)=(?:"([^"]+)"|([^\s"'=<>`]+))|<link\s[^>]*?rel="?stylesheet"?[^>]*?>""")
_LINKED = re.compile(r"""\shref=(?:"([^"]+)"|([^\s"'=<>`]+))""")
#: Names with a hash in them are other names when the file is another one.
_HASHED = re.compile(r"\.[0-9a-f]{8}[.-]")
_END = re.compile(rb"</body\s*>(?!.*</body\s*>)", re.IGNORECASE | re.DOTALL)


class Telling:
    """Remember the pages that were served lately, and tell how those of now differ. Safe to use from any thread.

    ``edit`` makes an address that opens a place in the creator's editor; "" when there is none.
    """

    def __init__(self, stage: Stage, edit: Callable[[Span], str]) -> None:
        self._stage = stage
        self._edit = edit
        self._lock = threading.Lock()
        self._versions: OrderedDict[str, bytes] = OrderedDict()
        self._held = 0
        self._number = -1
        self._changes: dict[tuple[str, str, str], dict[str, Any]] = {}
        self._problems: list[dict[str, Any]] = []

    def inject(self, path: str, artifact: Artifact, data: bytes, view: str = "") -> bytes:
        """Return a page with the preview's script before the end of its body.

        Its attributes say which page this is (``data-page``), in which version (``data-have``; empty for one that is
        not of the site), of which run of the preview (``data-run``), in which view, and where the site begins.
        """
        shown = self._stage.shown
        have = ""
        if path in shown.files:
            have = _mark(path, artifact, shown.files)
            self._remember(have, artifact)
        given = {"page": path, "have": have, "run": self._stage.run}
        given |= {"view": view} if view else {}
        given |= {"base": shown.base} if shown.base != "/" else {}
        attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in given.items())
        element = f'<script src="{ADDRESS}"{attributes} defer></script>'.encode()
        end = data.rfind(b"</body>")
        if end < 0:
            found = _END.search(data)
            end = found.start() if found else len(data)
        return data[:end] + element + data[end:]

    def state(self, shown: Shown, asked: Sequence[tuple[str, str]]) -> dict[str, Any]:
        """Return what browsers are told of ``shown``; ``asked`` are pages with the version that the browser has."""
        with self._lock:
            if shown.number != self._number:
                self._number = shown.number
                self._changes.clear()
                self._problems = _problems(shown, self._edit)
            changes = {page: self._change(page, have, shown.files) for page, have in asked}
            return {
                "run": self._stage.run,
                "number": shown.number,
                "broken": shown.broken,
                "settled": shown.settled,
                "changes": changes,
                "problems": self._problems,
            }

    def _change(self, page: str, have: str, files: Mapping[str, Artifact]) -> dict[str, Any]:
        artifact = files.get(page)
        if artifact is None:
            return {"kind": "gone"}
        now = _mark(page, artifact, files)
        if have == now:
            self._keep(now, artifact)  # it may have been served by a preview before this one
            return {"kind": "same", "have": now}
        key = (page, have, now)
        if key not in self._changes:
            self._changes[key] = {"from": have, "have": now} | self._compared(page, have, now, artifact, files)
            self._keep(now, artifact)
        return self._changes[key]

    def _compared(
        self, page: str, have: str, now: str, artifact: Artifact, files: Mapping[str, Artifact]
    ) -> dict[str, Any]:
        before = self._versions.get(have)
        if before is None or artifact.data is None or have.partition("-")[2] != now.partition("-")[2]:
            return {"kind": "reload"}
        try:
            change = between(
                before.decode(), artifact.data.decode(), partial(proven, page, self._stage.shown.base, files)
            )
        except UnicodeDecodeError:
            return {"kind": "reload"}
        return _as_dict(change)

    def _remember(self, mark: str, artifact: Artifact) -> None:
        with self._lock:
            self._keep(mark, artifact)

    def _keep(self, mark: str, artifact: Artifact) -> None:
        if artifact.data is None:
            return
        if mark not in self._versions:
            self._held += len(artifact.data)
        self._versions[mark] = artifact.data
        self._versions.move_to_end(mark)
        while len(self._versions) > PAGES or self._held > BYTES:
            _, gone = self._versions.popitem(last=False)
            self._held -= len(gone)


def _as_dict(change: Change) -> dict[str, Any]:
    """Return a change as browsers read it; what is empty is left out."""
    return {name: value for name, value in to_builtins(change).items() if value}


def _problems(shown: Shown, edit: Callable[[Span], str]) -> list[dict[str, Any]]:
    """Return the mistakes when the last build failed, else its warnings, in the words of the terminal."""
    wanted = Severity.ERROR if shown.broken else Severity.WARNING
    found = [one for one in in_order(shown.diagnostics) if one.severity is wanted]
    return [
        {
            "severity": str(one.severity),
            "place": _place(one.span),
            "lines": describe(one, "utf-8", COLUMNS),
            "edit": edit(one.span) if one.span and one.span.file else "",
        }
        for one in found[:MOST]
    ]


def _place(span: Span | None) -> str:
    if span is None or not span.file:
        return ""
    return f"{span.file}:{span.line}:{span.column}" if span.line else span.file


def _mark(page: str, artifact: Artifact, files: Mapping[str, Artifact]) -> str:
    """Return the mark of a page's version: its hash, and one of the pictures that keep their names when they change."""
    mark = artifact.sha256[:16]
    loose = _loose(artifact.data, page) if artifact.data else ()
    hashes = "".join(files[name].sha256 for name in loose if name in files)
    return f"{mark}-{hashlib.sha256(hashes.encode()).hexdigest()[:8]}" if hashes else mark


@lru_cache(maxsize=512)
def _loose(data: bytes, page: str) -> tuple[str, ...]:
    """Return the files that a page shows and whose names do not change with what is in them."""
    found = []
    for one in _SHOWN.finditer(data.decode("utf-8", "replace")):
        address = one if one[1] or one[2] else _LINKED.search(one[0])
        for part in ((address[1] or address[2]) if address else "").split(","):
            name = (part.split() or [""])[0]
            if name and ":" not in name and not _HASHED.search(name):
                found.append(file_at(page, name))
    return tuple(dict.fromkeys(found))
