"""Run small scripts and rsync on a host over OpenSSH: with the creator's own keys and settings, and asking nobody.

A host whose key is not known, or is another one than before, is never believed. Whatever runs here ends when we do.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from .shell_words import ShellError, explained

#: Seconds until a host must have answered a script: the slowest thing in one is a disk that writes down a whole site.
SCRIPT = 600.0
#: Seconds without a sign of life after which ssh gives up (a question each 15 seconds), and rsync.
_ALIVE = ("ConnectTimeout=20", "ServerAliveInterval=15", "ServerAliveCountMax=4")
_SILENCE = 180
#: Nobody is there to answer, nothing is forwarded, and no setting for humans gets in the way.
_QUIET = (
    "BatchMode=yes",
    "StrictHostKeyChecking=yes",
    "ClearAllForwardings=yes",
    "PermitLocalCommand=no",
    "RemoteCommand=none",
)
_MARK = "linkhome-begins"
_WINDOWS = sys.platform == "win32"


class Shell:
    """Be an account on one host. Empty values leave it to the creator's ssh settings.

    Every method raises `ShellError`, and `OSError` for the disk of this computer.
    """

    def __init__(
        self, host: str, user: str = "", port: str = "", known_hosts: Path | None = None, identity: Path | None = None
    ) -> None:
        self.host = host
        self.login = f"ssh {'-p ' + port + ' ' if port else ''}{user + '@' if user else ''}{host.strip('[]')}"
        self._options = ["-T", "-a", "-x"]
        for setting in (*_QUIET, *_ALIVE):
            self._options += ["-o", setting]
        if known_hosts is not None:
            self._options += ["-o", f'UserKnownHostsFile="{known_hosts}"']
        if identity is not None:
            self._options += ["-o", "IdentitiesOnly=yes", "-i", str(identity)]
        self._options += ["-p", port] if port else []
        self._options += ["-l", user] if user else []
        self._running: subprocess.Popen[str] | None = None

    def script(self, text: str, *arguments: str) -> list[str]:
        """Run a script for ``sh``, and return the lines that it printed. ``arguments`` are ``$1``, ``$2``, …"""
        command = " ".join(["sh", "-s", "--", *map(shlex.quote, arguments)])
        # One function, called in the last line: of a script that arrives in part nothing is done.
        given = f'linkhome() {{\necho {_MARK}\n{text}\n}}\nlinkhome "$@"\n'
        ssh = [_program("ssh"), *self._options, "--", self.host.strip("[]"), command]
        code, printed, complaint = self._run(ssh, given)
        # What a login prints by itself comes first.
        _, mark, said = printed.partition(f"{_MARK}\n")
        if code or not mark:
            raise explained(complaint or printed, code, self.login)
        return said.splitlines()

    def copy(self, source: Path, target: str, options: Sequence[str], hear: Callable[[str], None]) -> None:
        """Let the folder ``target`` of the host be as ``source`` is; ``hear`` gets each line that rsync prints."""
        # rsync takes this apart at blanks, and knows quotes.
        ssh = " ".join(_quoted(word) for word in [_program("ssh"), *self._options])
        command = [_program("rsync"), *options, f"--timeout={_SILENCE}", "-e", ssh]
        command += ["--", f"{source}/", f"{self.host}:{target}/"]
        code, _, complaint = self._run(command, None, hear)
        if code:
            raise explained(complaint, code, self.login, rsync=True)

    def close(self) -> None:
        """Stop what still runs."""
        if self._running is not None:
            _stop(self._running)
            self._running = None

    def _run(
        self, command: list[str], given: str | None, hear: Callable[[str], None] | None = None
    ) -> tuple[int, str, str]:
        """Run a program to its end; return its code, what it printed (unless heard), and what it complained of."""
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as complaint:
            process = self._running = subprocess.Popen(  # noqa: S603 (arguments as a list, each of them checked)
                command,
                stdin=subprocess.DEVNULL if given is None else subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaint,
                text=True,
                encoding="utf-8",
                errors="replace",
                env=os.environ | {"LC_ALL": "C"},
                start_new_session=not _WINDOWS,  # without a terminal nothing can ask, and all of it ends together
            )
            try:
                printed = _listen(process, hear) if hear else _answer(process, given)
                code = process.wait()
            finally:
                self.close()
            complaint.seek(0)
            return code, printed, complaint.read()


def _answer(process: subprocess.Popen[str], given: str | None) -> str:
    try:
        return process.communicate(given, timeout=SCRIPT)[0]
    except subprocess.TimeoutExpired:
        raise ShellError("does not answer in time", "try again later", lost=True) from None


def _listen(process: subprocess.Popen[str], hear: Callable[[str], None]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        hear(line.rstrip("\n"))
    return ""


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        hint = "install it (Debian, Ubuntu: sudo apt install openssh-client rsync), or use the target 'sftp'"
        raise ShellError("", hint, missing=name)
    return found


def _quoted(word: str) -> str:
    """Quote a word for rsync: inside of quotes a quote is doubled."""
    return '"' + word.replace('"', '""') + '"' if set(word) & set(" \"'") else word


def _stop(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        with contextlib.suppress(OSError):
            if _WINDOWS:
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)  # a session of its own: rsync and its ssh
        process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
