"""Speak SFTP to a host by paramiko; nothing counts as written before the host says so."""

from __future__ import annotations

import contextlib
import stat
from collections.abc import Callable, Collection, Mapping
from typing import BinaryIO

import paramiko

from .remote import MOST, PIECE, WINDOW, RemoteError, Seen
from .sftp_login import Account, opened, told


class SftpLink:
    """Be one connection to ``folder`` on a host; see `remote.Remote`.

    Raises:
        RemoteError: there is none.
    """

    def __init__(self, account: Account, folder: str) -> None:
        self._folder = folder
        self._client = paramiko.SSHClient()
        self._renames = True
        try:
            with told(self._client):
                self._sftp = opened(self._client, account)
        except BaseException:
            self._client.close()
            raise

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def listed(self, folder: str, expected: Collection[str]) -> Mapping[str, Seen] | None:  # noqa: ARG002 (shows all)
        """Return what lies in a folder; None if there is none."""
        try:
            with told(self._client):
                found = self._sftp.listdir_attr(self._at(folder))
        except RemoteError as problem:
            if problem.gone:
                return None
            raise
        return {one.filename: _seen(one) for one in found}

    def read(self, path: str) -> bytes | None:
        """Return a file whole; None if there is none."""
        try:
            with told(self._client), self._sftp.open(self._at(path), "rb") as file:
                file.prefetch(min(file.stat().st_size or 0, MOST))
                return file.read(MOST)
        except RemoteError as problem:
            if problem.gone:
                return None
            raise

    def send(self, source: BinaryIO, size: int, path: str, offset: int, tell: Callable[[int], None]) -> None:
        """Write a file from ``offset`` on."""
        with contextlib.ExitStack() as open_files:
            with told(self._client):
                file = open_files.enter_context(self._sftp.open(self._at(path), "r+b" if offset else "wb"))
                file.seek(offset)
            sent = offset
            while piece := source.read(PIECE):
                sent += len(piece)
                with told(self._client):
                    # Answers are waited for now and then only; then every one of them is read.
                    file.set_pipelined(sent < size and sent % WINDOW >= PIECE)
                    file.write(piece)
                tell(sent)
            with told(self._client):
                with contextlib.suppress(OSError):
                    file.chmod(0o644)  # some hosts let nobody else read what comes
                arrived = file.stat().st_size
        if arrived != size:
            raise RemoteError("took less than was sent", "is there space left?")

    def move(self, path: str, to: str) -> None:
        """Let a file take the place of another one; in one step with servers that know OpenSSH's way of it."""
        if self._renames:
            try:
                with told(self._client):
                    self._sftp.posix_rename(self._at(path), self._at(to))
                    return
            except RemoteError as problem:
                if problem.lost or problem.gone:
                    raise
        with told(self._client):
            if self._renames:
                self._sftp.stat(self._at(path))  # what is not there must not cost us what is
            self._renames = False
        self.remove(to)
        with told(self._client):
            self._sftp.rename(self._at(path), self._at(to))

    def remove(self, path: str) -> None:
        """Remove a file; it need not be there."""
        try:
            with told(self._client):
                self._sftp.remove(self._at(path))
        except RemoteError as problem:
            if not problem.gone:
                raise

    def make_folder(self, path: str) -> None:
        """Make a folder; it may be there already."""
        try:
            with told(self._client):
                self._sftp.mkdir(self._at(path), 0o755)
        except RemoteError as problem:
            if problem.lost or self.listed(path, ()) is None:
                raise

    def remove_folder(self, path: str) -> None:
        """Remove a folder if it is empty."""
        try:
            with told(self._client):
                self._sftp.rmdir(self._at(path))
        except RemoteError as problem:
            if problem.lost:
                raise

    def _at(self, path: str) -> str:
        return f"{self._folder.rstrip('/')}/{path}".rstrip("/") or "/"


def _seen(one: paramiko.SFTPAttributes) -> Seen:
    mode = one.st_mode or 0
    kind = "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "other"
    return Seen(one.st_size or 0, str(one.st_mtime or 0), kind)
