"""A creator's folder, and linkhome run in it: inside this process, or in one of its own."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

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


@contextlib.contextmanager
def _stdin(text: str) -> Iterator[None]:
    before, sys.stdin = sys.stdin, io.StringIO(text)
    try:
        yield
    finally:
        sys.stdin = before
