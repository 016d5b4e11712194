"""Fixtures of every test: a site from a dictionary, the command line around it, pictures of any size."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

REPOSITORY = Path(__file__).parents[1]
#: How a linkhome of this very copy is started; a Python warning is an error.
LINKHOME = [sys.executable, "-W", "error", "-m", "linkhome"]


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict:
        return json.loads(self.out)


class SiteFolder:
    """A creator's folder, and linkhome run in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.spawned: list[subprocess.Popen[str]] = []

    def write(self, path: str, content: str | bytes) -> Path:
        """Write one file, with the folders it needs."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def read(self, path: str) -> str:
        """Return a file's text."""
        return (self.root / path).read_text("utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        """Change one place of a file, as a creator does who repairs it."""
        text = self.read(path)
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def files(self, folder: str = "public") -> dict[str, bytes]:
        """Return every file below a folder."""
        top = self.root / folder
        return {p.relative_to(top).as_posix(): p.read_bytes() for p in sorted(top.rglob("*")) if p.is_file()}

    def run(self, *args: str, answers: str = "") -> Ran:
        """Run a command in this folder, inside this process."""
        from linkhome.cli import main

        out, err = io.StringIO(), io.StringIO()
        with (
            contextlib.chdir(self.root),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            _stdin(answers),
        ):
            code = int(main(args))
        return Ran(code, out.getvalue(), err.getvalue())

    def build(self, *args: str) -> Ran:
        """Build this site inside this process."""
        return self.run("build", *args)

    def spawn(self, *args: str, env: Mapping[str, str] | None = None, **more: object) -> subprocess.Popen[str]:
        """Start a command in a process of its own, in a process group of its own."""
        process = subprocess.Popen(
            [*LINKHOME, *args],
            cwd=self.root,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
            **more,
        )
        self.spawned.append(process)
        return process

    def end(self) -> None:
        """Let nothing live on that this folder started, nor what that started."""
        for process in self.spawned:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()

    def command(self, *args: str, env: Mapping[str, str] | None = None) -> Ran:
        """Run a command in a process of its own to its end."""
        process = self.spawn(*args, env=env)
        out, err = process.communicate(timeout=120)
        return Ran(process.returncode, out, err)


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away the wishes of whoever runs the tests."""
    for name in ("NO_COLOR", "FORCE_COLOR", "LINKHOME_DEBUG", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Callable[..., SiteFolder]]:
    """Make a creator's folder from ``{path: text or bytes}``."""
    made = []

    def make(files: Mapping[str, str | bytes] | None = None, name: str = "my-site") -> SiteFolder:
        folder = SiteFolder(tmp_path / name)
        folder.root.mkdir(exist_ok=True)
        made.append(folder)
        for path, content in (files or {}).items():
            folder.write(path, content)
        return folder

    yield make
    for folder in made:
        folder.end()


@pytest.fixture(scope="session")
def image() -> Callable[..., bytes]:
    """Make the bytes of a picture: ``image(640, 400, "png")``; also svg, jpeg, webp, gif."""

    def make(width: int = 640, height: int = 400, kind: str = "png") -> bytes:
        if kind == "svg":
            box = f'viewBox="0 0 {width} {height}"'
            return f'<svg xmlns="http://www.w3.org/2000/svg" {box}><path d="M0 0h9v9z"/></svg>'.encode()
        if kind == "png":
            return _png(width, height)
        from PIL import Image

        kept = io.BytesIO()
        Image.new("RGB", (width, height), (154, 59, 31)).save(kept, kind.upper())
        return kept.getvalue()

    return make


def _png(width: int, height: int) -> bytes:
    """Draw a slope of colours, row by row."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + bytes((y * 255 // height, 59, 31)) * width for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")


@contextlib.contextmanager
def _stdin(text: str) -> Iterator[None]:
    before, sys.stdin = sys.stdin, io.StringIO(text)
    try:
        yield
    finally:
        sys.stdin = before
