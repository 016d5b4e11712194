"""A server with a site on its stage and small doubles of the rooms behind it, and ways to speak to it byte by byte."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from linkhome.preview.server import Server, open_door
from linkhome.preview.stage import Shown, Stage
from linkhome.project import Project
from linkhome.snapshot import Artifact

#: So long a busy machine may take for what takes it milliseconds else.
PATIENCE = 30.0


class Said(NamedTuple):
    """One answer, taken apart; names of headers are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Telling:
    """Compare by the mark alone: every change is a reload. ``fails`` lets it stumble, ``more`` makes events
    about the front page long."""

    def __init__(self) -> None:
        self.fails = False
        self.more = ""

    def inject(self, path: str, artifact: Artifact, data: bytes, view: str = "") -> bytes:
        seen = f' data-view="{view}"' if view else ""
        script = f'<script data-page="{path}" data-have="{artifact.sha256[:16]}"{seen}></script>'
        return data.replace(b"</body>", script.encode() + b"</body>")

    def state(self, shown: Shown, asked: list[tuple[str, str]]) -> dict[str, Any]:
        if self.fails:
            raise KeyError("no such thing")
        changes = {}
        for page, have in asked:
            now = shown.files[page].sha256[:16] if page in shown.files else ""
            kind = "gone" if not now else "same" if now == have else "reload"
            changes[page] = {"kind": kind, "have": now} if now else {"kind": kind}
        more = self.more if "index.html" in changes else ""
        return {"number": shown.number, "broken": shown.broken, "changes": changes, "more": more}


class Studio:
    """Answer with what was asked."""

    def answer(self, path, query, shown, stage):
        if path == "stumbles":
            raise ZeroDivisionError("on purpose")
        if path in ("", "studio.js", "state", "where"):
            return 200, "application/json", json.dumps([path, query]).encode()
        return None

    def settings(self, body, stage):
        return 200, "application/json", body


class House:
    """A running server. Its site is replaced with `show`; ``rooms`` makes a server with other rooms behind it."""

    def __init__(
        self, root: Path, lan: bool = False, rooms: Callable[[House], Server] | None = None, **options: Any
    ) -> None:
        self.project = Project(root)
        self.stage = Stage()
        self.telling = Telling()
        self.listening = open_door(0, lan=lan)
        self.port = self.listening.door.port
        doubles = (self.listening, self.stage, self.telling, Studio(), self.project)
        self.server = rooms(self) if rooms else Server(*doubles, **options)

    def show(self, files: Mapping[str, str | bytes | Path | Artifact], **more: Any) -> None:
        """Put a site on the stage."""
        self.stage.show(Shown(files={name: made(content) for name, content in files.items()}, **more))

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def dial(self, receive: int = 0) -> socket.socket:
        """Connect, with a small buffer if wanted."""
        link = socket.socket()
        if receive:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
        link.settimeout(PATIENCE)
        try:
            link.connect(("127.0.0.1", self.port))
        except OSError:
            link.close()
            raise
        return link

    def raw(self, request: bytes) -> Said | None:
        """Send bytes, and return the first answer; None when there is none."""
        with self.dial() as link:
            with contextlib.suppress(OSError):
                link.sendall(request)
            return answer_on(link)

    def ask(self, target: str, method: str = "GET", body: bytes = b"", **headers: str) -> Said:
        """Ask as a browser does, once; ``Host`` is right unless it is given."""
        said = self.raw(self.request(target, method, body, Connection="close", **headers))
        assert said
        return said

    def request(self, target: str, method: str = "GET", body: bytes = b"", **headers: str) -> bytes:
        """Return a request's bytes; ``_`` in names of headers stands for ``-``."""
        fields = {"Host": self.host} | {name.replace("_", "-"): value for name, value in headers.items()}
        if body:
            fields["Content-Length"] = str(len(body))
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        return f"{method} {target} HTTP/1.1\r\n{lines}\r\n".encode("latin-1") + body

    @contextlib.contextmanager
    def stream(self, query: str = "", receive: int = 0) -> Iterator[EventStream]:
        """Open an event stream."""
        with self.dial(receive) as link:
            link.sendall(self.request(f"/.linkhome/events{query}"))
            stream = EventStream(link)
            try:
                yield stream
            finally:
                stream.file.close()  # as long as it is open, the connection is


class EventStream:
    """Read events one by one."""

    def __init__(self, link: socket.socket) -> None:
        self.link = link
        self.file = link.makefile("rb")
        self.head = b"".join(iter(self.file.readline, b"\r\n")).decode()

    def fields(self) -> dict[str, str]:
        """Return the fields of the next block; that of a comment is ``""``. Empty at the end of the stream."""
        found = {}
        for line in iter(self.file.readline, b"\n"):
            if not line:
                return {}
            name, _, value = line.decode().rstrip("\n").partition(":")
            found[name] = value.removeprefix(" ")
        return found

    def event(self) -> dict[str, Any]:
        """Return the next state, passing over everything else."""
        while fields := self.fields():
            if "data" in fields:
                return json.loads(fields["data"])
        raise EOFError


@contextlib.contextmanager
def house_at(root: Path, **options: Any) -> Iterator[House]:
    """Open a house, and see that nothing is left of it in the end."""
    before = set(threading.enumerate())
    house = House(root, **options)
    house.server.start()
    try:
        yield house
    finally:
        house.server.close()
        left = [one.name for one in threading.enumerate() if one not in before and one.name.startswith("linkhome-")]
        assert left == [], left


def made(content: str | bytes | Path | Artifact) -> Artifact:
    """Make a file of the site."""
    if isinstance(content, Path):
        return Artifact.copy(content, "0" * 64, content.stat().st_size)
    if isinstance(content, Artifact):
        return content
    return Artifact.of(content.encode() if isinstance(content, str) else content)


def answer_on(link: socket.socket, only_head: bool = False) -> Said | None:
    """Read one answer from a connection; None when it ends without one."""
    with link.makefile("rb", buffering=0) as file:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            try:
                byte = file.read(1)
            except ConnectionError:
                byte = b""
            if not byte:
                return None
            head += byte
        first, *fields = head.decode("latin-1").strip().split("\r\n")
        headers = {name.lower(): value for name, value in (field.split(": ", 1) for field in fields)}
        body = b""
        while not only_head and len(body) < int(headers["content-length"]):
            came = file.read(int(headers["content-length"]) - len(body))
            if not came:
                break
            body += came
        return Said(int(first.split()[1]), headers, body)


def ends(link: socket.socket) -> bool:
    """Tell that the other side ends the connection, whatever it still sends before; False when it stays open."""
    try:
        while link.recv(1_000_000):
            continue
    except TimeoutError:
        return False
    except ConnectionError:
        return True
    return True


def until(condition: Callable[[], Any], what: str) -> None:
    """Wait for something that another thread does."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"never came: {what}"
        time.sleep(0.005)
