"""A host of git repositories on loopback: real bare repositories behind ``git http-backend``, with names and passwords.

It shows what is in a branch as a web host does (``/pages/OWNER/NAME/…``), and does what a test tells it: refuse, cut the
line before or after something happened, be slow, call somebody first.
"""

from __future__ import annotations

import base64
import http.server
import os
import socketserver
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PAGES = {"html": "text/html; charset=utf-8", "css": "text/css", "json": "application/json", "js": "text/javascript"}
#: What may happen at a request instead of, or before, what was asked for; True: the request has been answered.
Act = Callable[["Handler"], bool | None]


class GitHost:
    """Be the host. ``accounts`` are names with passwords; without any, everybody may do everything."""

    def __init__(self, root: Path, accounts: dict[str, str] | None = None, branch: str = "gh-pages") -> None:
        self.root = root
        self.accounts = accounts or {}
        self.branch = branch
        self.asked: list[str] = []
        self.received = 0
        #: Called at every request with its number (from 0), before anything is done.
        self.act: Callable[[Handler, int], bool | None] | None = None
        #: Called at every request with its number when it was done, before anything of the answer is sent.
        self.after: Callable[[Handler, int], bool | None] | None = None
        self._server = _Server(("127.0.0.1", 0), Handler)
        self._server.host = self
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/{name}.git"

    def page(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/pages/{name}/"

    def make(self, name: str, *options: str) -> Path:
        """Make an empty repository, as pressing the button of a host does."""
        place = self.root / f"{name}.git"
        place.parent.mkdir(parents=True, exist_ok=True)
        git(place.parent, "init", "--quiet", "--bare", *options, str(place))
        git(place, "config", "http.receivepack", "true")
        git(place, "config", "uploadpack.allowFilter", "true")
        return place

    def again(self) -> None:
        """Forget what was asked and what was to happen."""
        self.asked, self.received, self.act, self.after = [], 0, None, None

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    host: GitHost

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: that the line was cut is what is being tested."""


class Handler(http.server.BaseHTTPRequestHandler):
    """Answer one request; a connection is used once, so that requests can be counted and cut."""

    server: _Server

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, *args: object) -> None:
        """Keep the output of the tests clean."""

    def refuse(self, status: int, text: str = "", **headers: str) -> bool:
        """Answer with a status and nothing else."""
        body = text.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return True

    def cut(self) -> bool:
        """Close the line without a word."""
        self.close_connection = True
        self.connection.close()
        return True

    def _answer(self) -> None:
        host = self.server.host
        path, _, query = self.path.partition("?")
        if path.startswith("/pages/"):
            self._show(host, path.removeprefix("/pages/"))
            return
        number = len(host.asked)
        host.asked.append(f"{self.command} {self.path}")
        if host.act and host.act(self, number):
            return
        if not (user := self._user(host)):
            self._body()
            self.refuse(401, "", WWW_Authenticate='Basic realm="git"')
            return
        body = self._body()
        host.received += len(body)
        status, headers, answer = _backend(host.root, self, user, path, query, body)
        if host.after and host.after(self, number):
            return
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def _user(self, host: GitHost) -> str:
        if not host.accounts:
            return "anybody"
        kind, _, told = self.headers.get("Authorization", "").partition(" ")
        if kind != "Basic":
            return ""
        user, _, password = base64.b64decode(told).decode().partition(":")
        return user if host.accounts.get(user) == password else ""

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        found = bytearray()
        while size := int(self.rfile.readline().strip() or b"0", 16):
            found += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return bytes(found)

    def _show(self, host: GitHost, path: str) -> None:
        """Show a file of the branch, as the pages of a host do."""
        owner, name, *rest = path.split("/")
        inside = "/".join(rest)
        inside = f"{inside}index.html" if not inside or inside.endswith("/") else inside
        place = host.root / owner / f"{name}.git"
        found = subprocess.run(["git", "cat-file", "blob", f"{host.branch}:{inside}"], cwd=place, capture_output=True)
        if found.returncode:
            self.refuse(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", PAGES.get(inside.rpartition(".")[2], "application/octet-stream"))
        self.send_header("Content-Length", str(len(found.stdout)))
        self.end_headers()
        self.wfile.write(found.stdout)


def _backend(
    root: Path, asked: Handler, user: str, path: str, query: str, body: bytes
) -> tuple[int, list[tuple[str, str]], bytes]:
    surroundings = {
        "PATH": os.environ["PATH"],
        "GIT_PROJECT_ROOT": str(root),
        "GIT_HTTP_EXPORT_ALL": "1",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "safe.directory",
        "GIT_CONFIG_VALUE_0": "*",
        "REQUEST_METHOD": asked.command,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "REMOTE_USER": user,
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": asked.headers.get("Content-Type", ""),
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_CONTENT_ENCODING": asked.headers.get("Content-Encoding", ""),
        "GIT_PROTOCOL": asked.headers.get("Git-Protocol", ""),
    }
    done = subprocess.run(["git", "http-backend"], input=body, env=surroundings, capture_output=True)
    head, _, answer = done.stdout.partition(b"\r\n\r\n")
    headers = [
        (name, value.strip()) for name, _, value in (line.partition(":") for line in head.decode().split("\r\n"))
    ]
    status = next((int(value.split()[0]) for name, value in headers if name == "Status"), 200)
    return status, [(name, value) for name, value in headers if name and name != "Status"], answer


def git(place: Path, *arguments: str, given: bytes | None = None, **more: str) -> str:
    """Run git as a person does, with nobody's settings; ``more`` are variables."""
    return _git(place, *arguments, given=given, **more).decode(errors="surrogateescape")


def _git(place: Path, *arguments: str, given: bytes | None = None, **more: str) -> bytes:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    kept |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for who in ("AUTHOR", "COMMITTER"):
        kept |= {f"GIT_{who}_NAME": "Somebody Else", f"GIT_{who}_EMAIL": "somebody@lina.example"}
    done = subprocess.run(["git", *arguments], cwd=place, env=kept | more, input=given, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def tip(place: Path, branch: str = "gh-pages") -> str:
    """Return the newest commit of a branch; empty if there is no such branch."""
    line = git(place, "for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}")
    return line.strip()


def contents(place: Path, revision: str = "gh-pages") -> dict[str, bytes]:
    """Return every file of a branch."""
    found: dict[str, bytes] = {}
    for line in git(place, "ls-tree", "-r", "-z", revision).split("\0"):
        if line and (about := line.partition("\t"))[0].split(" ")[1] == "blob":
            found[about[2]] = _git(place, "cat-file", "blob", about[0].split(" ")[2])
    return found


def push_by_hand(place: Path, files: dict[str, bytes | None], branch: str = "gh-pages", text: str = "by hand") -> str:
    """Add, change and remove files in a branch, as somebody does in the host's own editor; return the commit."""
    index = place / "index-by-hand"
    index.unlink(missing_ok=True)
    old = tip(place, branch)
    rows = git(place, "ls-tree", "-r", "-z", old).split("\0") if old else []
    tree = {row.partition("\t")[2]: row.partition("\t")[0].replace(" blob ", " ") for row in rows if row}
    for path, data in files.items():
        if data is None:
            del tree[path]
        else:
            tree[path] = f"100644 {git(place, 'hash-object', '-w', '--stdin', given=data).strip()}"
    given = "".join(f"{about}\t{path}\0" for path, about in tree.items()).encode()
    git(place, "update-index", "-z", "--index-info", given=given, GIT_INDEX_FILE=str(index))
    made = git(place, "write-tree", GIT_INDEX_FILE=str(index))
    commit = git(place, "commit-tree", made.strip(), *(["-p", old] if old else []), "-m", text).strip()
    git(place, "update-ref", f"refs/heads/{branch}", commit)
    return commit


@contextmanager
def hosting(root: Path, **wishes: Any) -> Iterator[GitHost]:
    host = GitHost(root, **wishes)
    try:
        yield host
    finally:
        host.close()
