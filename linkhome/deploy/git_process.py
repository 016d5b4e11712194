"""Run git in a repository of its own, in a temporary folder; see to it that it ends, and hear what it says."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from ..token import Token
from .git_remote import Remote
from .git_surroundings import Surroundings

#: Seconds after which git is given up on: a question, and bringing everything up. Silence on the way ends it earlier.
QUESTION, TRANSFER = 120.0, 3600.0
#: What the one remote of the repository is called.
HOST = "host"

_WINDOWS = sys.platform == "win32"
_PROGRESS = re.compile(rb"Writing objects:\s+(\d+)%")
#: What a killed process left behind is removed when it is this old, in seconds.
_STALE = 86_400


class Said(Exception):  # noqa: N818 (what git answered; `git_words` makes a sentence of it)
    """Hold what git said when it failed. ``slow``: it said nothing for too long and was stopped."""

    def __init__(self, text: str, slow: bool = False) -> None:
        super().__init__(text)
        self.text = text
        self.slow = slow


class Git:
    """Be a bare repository in a temporary folder, whose only remote is one host. Made by the first command.

    Every method raises `Said` when git fails, `FileNotFoundError` when there is no git, `OSError` for the disk.
    """

    def __init__(self, remote: Remote, place: Path, token: Token | None = None) -> None:
        self._remote = remote
        self._place = place
        self._around = Surroundings(remote, token)
        self._folder: Path | None = None
        self._ssh = ""

    def run(
        self, *arguments: str, given: bytes = b"", seconds: float = 0.0, tell: Callable[[int], None] | None = None
    ) -> bytes:
        """Return what a command prints.

        ``given`` is its input, ``seconds`` how long it may take (0: as a question may), ``tell`` hears how many percent
        have been sent.
        """
        folder = self._made()
        with tempfile.TemporaryFile(dir=folder) as source, tempfile.TemporaryFile(dir=folder) as out:
            source.write(given)
            source.seek(0)
            heard = self._until_done(
                ["git", *self._around.settings(), *arguments], source, out, seconds or QUESTION, tell
            )
            out.seek(0)
            printed = out.read()
        if heard is not None:
            raise Said(f"{printed.decode(errors='replace')}\n{heard}".strip())
        return printed

    def begin(self, sha256: bool) -> None:
        """Make the repository, for objects that have the host's kind of name."""
        folder = self._folder = self._temporary()
        kind = ["--object-format=sha256"] if sha256 else []
        self.run("init", "--quiet", "--bare", "--template=", *kind)
        # A remote with a name, so that old contents need not be fetched. Its address is in a file, where no option is.
        lines = (
            "[core]\n\trepositoryFormatVersion = 1\n"
            "[extensions]\n\tpartialClone = host\n"
            '[remote "host"]\n\tpromisor = true\n\tpartialCloneFilter = blob:none\n'
            f'\turl = "{self._remote.url}"\n'
        )
        with open(folder / "config", "a", encoding="utf-8") as config:
            config.write(lines)
        if self._remote.ssh:
            with contextlib.suppress(Said):
                self._ssh = self.run("config", "--get", "core.sshCommand").decode(errors="replace").strip()

    def close(self) -> None:
        """Remove the repository."""
        if self._folder is not None:
            _remove(self._folder)
            self._folder = None

    # -------------------------------------------------------------- inside

    def _made(self) -> Path:
        if self._folder is None:
            self.begin(sha256=False)
        assert self._folder is not None
        return self._folder

    def _temporary(self) -> Path:
        self.close()
        self._place.mkdir(parents=True, exist_ok=True)
        for left in self._place.glob("git-*"):
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > _STALE:
                    _remove(left)
        return Path(tempfile.mkdtemp(prefix="git-", dir=self._place))

    def _until_done(
        self, command: list[str], source: IO[bytes], out: IO[bytes], seconds: float, tell: Callable[[int], None] | None
    ) -> str | None:
        """Run a program to its end; return what it complained of, None if it did what it should."""
        process = subprocess.Popen(  # noqa: S603 (arguments as a list, none of them from elsewhere than here)
            command,
            stdin=source,
            stdout=out,
            stderr=subprocess.PIPE,
            env=self._around.environment(str(self._folder), self._ssh),
            cwd=self._folder,
            start_new_session=not _WINDOWS,  # without a terminal, nothing can ask; and all of it can be stopped at once
        )
        assert process.stderr is not None
        ear = _Ear(process.stderr)
        ear.start()
        end = time.monotonic() + seconds
        slow = False
        try:
            while process.poll() is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(0.1 if tell else seconds)
                if tell:
                    tell(ear.percent)
                if slow := process.poll() is None and time.monotonic() > end:
                    break
        finally:
            if process.poll() is None:
                _stop(process)
            ear.join(10)
            process.stderr.close()
        if slow:
            raise Said(ear.text(), slow=True)
        return None if process.returncode == 0 else ear.text()


class _Ear(threading.Thread):
    """Listen to what a program complains of, so that it never waits to be heard; keep the last of it."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self._stream = stream
        self._heard = b""
        self.percent = 0

    def run(self) -> None:
        """Listen until there is nobody left who could speak."""
        with contextlib.suppress(OSError, ValueError):
            while piece := os.read(self._stream.fileno(), 65_536):
                self._heard = (self._heard + piece)[-65_536:]
                if found := _PROGRESS.findall(self._heard):
                    self.percent = int(found[-1])

    def text(self) -> str:
        """Return what was said, without what a progress bar wrote over."""
        # A progress bar writes over its line with \r; ssh ends every line with \r, too.
        lines = (line.rstrip("\r").rpartition("\r")[2] for line in self._heard.decode(errors="replace").split("\n"))
        return "\n".join(line.rstrip() for line in lines if line.strip())


def _stop(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if _WINDOWS:
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)  # git and what it started; a session of their own
    process.wait()


def _remove(folder: Path) -> None:
    """Remove a repository; git makes its files read-only, which Windows takes for a reason to keep them."""
    for root, _, names in os.walk(folder) if _WINDOWS else ():
        for name in names:
            with contextlib.suppress(OSError):
                os.chmod(os.path.join(root, name), 0o600)
    shutil.rmtree(folder, ignore_errors=True)
