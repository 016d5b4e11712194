"""Speak FTP inside of TLS to a host: no name, no password and no file goes there before its certificate was checked."""

from __future__ import annotations

import contextlib
import ftplib
import socket
import ssl
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import BinaryIO

from .ftps_words import told
from .remote import MOST, PIECE, RemoteError, Seen

#: Seconds to reach the host, and for each of its answers.
ANSWER = 60.0


class _Tls(ftplib.FTP_TLS):
    """Take up the session of the first connection in each one for data, as careful servers demand.

    By that they know that it is the same client (vsftpd: ``require_ssl_reuse``).
    """

    def ntransfercmd(self, cmd: str, rest: int | str | None = None) -> tuple[socket.socket, int | None]:
        conn, size = ftplib.FTP.ntransfercmd(self, cmd, rest)  # noqa: S321 (it is inside of TLS two lines below)
        assert isinstance(self.sock, ssl.SSLSocket)
        try:
            return self.context.wrap_socket(conn, server_hostname=self.host, session=self.sock.session), size
        except BaseException:
            conn.close()
            raise


class FtpsLink:
    """Be one connection to ``folder`` on a host; see `remote.Remote`. ``certificate`` is trusted beside the usual ones.

    Raises:
        RemoteError: there is none.
    """

    def __init__(
        self, host: str, port: int, user: str, password: str, folder: str, certificate: Path | None = None
    ) -> None:
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        self._ftp = _Tls(context=context, timeout=ANSWER)
        self._lists = True
        try:
            with told():
                if certificate is not None:
                    context.load_verify_locations(certificate)
                self._ftp.connect(host, port)
                _secure(self._ftp)
                self._ftp.login(user, password)
                _private(self._ftp)
            self._as_bytes()
            self._folder = folder if folder.startswith("/") else self._start(folder)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Hang up; a connection that is of no use any more is not waited for."""
        self._ftp.close()

    def listed(self, folder: str, expected: Collection[str]) -> Mapping[str, Seen] | None:
        """Return what lies in a folder; None if there is none."""
        if self._lists:
            try:
                return self._modern(folder)
            except RemoteError as problem:
                if not problem.unable:
                    raise
                self._lists = False
        return self._one_by_one(folder, expected)

    def read(self, path: str) -> bytes | None:
        """Return a file whole; None if there is none."""
        pieces: list[bytes] = []

        def take(piece: bytes) -> None:
            pieces.append(piece)
            if sum(map(len, pieces)) > MOST:
                raise RemoteError("holds notes that are too large to be ours", "remove the folder .linkhome there")

        try:
            with told():
                self._ftp.retrbinary(f"RETR {self._at(path)}", take)
        except RemoteError as problem:
            if problem.gone:
                return None
            raise
        return b"".join(pieces)

    def send(self, source: BinaryIO, size: int, path: str, offset: int, tell: Callable[[int], None]) -> None:
        """Write a file from ``offset`` on."""
        try:
            with told():
                conn = self._ftp.transfercmd(f"STOR {self._at(path)}", offset or None)
        except RemoteError as problem:
            if not offset or problem.lost:
                raise
            source.seek(offset := 0)  # this server goes on with no file
            with told():
                conn = self._ftp.transfercmd(f"STOR {self._at(path)}")
        with contextlib.closing(conn):
            sent = offset
            while piece := source.read(PIECE):
                with told():
                    conn.sendall(piece)
                sent += len(piece)
                tell(sent)
            if isinstance(conn, ssl.SSLSocket):
                with contextlib.suppress(OSError):
                    conn.unwrap()  # says that this was all; some servers hang up first
        with told():
            self._ftp.voidresp()
            arrived = self._ftp.size(self._at(path))
        if arrived != size:
            raise RemoteError("took less than was sent", "is there space left?")

    def move(self, path: str, to: str) -> None:
        """Let a file take the place of another one; not in one step with servers that rename over no file."""
        try:
            with told():
                self._ftp.rename(self._at(path), self._at(to))
        except RemoteError as problem:
            # What is not there must not cost us what is.
            if problem.lost or not self._is_there(path) or not self._is_there(to):
                raise
            self.remove(to)
            with told():
                self._ftp.rename(self._at(path), self._at(to))

    def remove(self, path: str) -> None:
        """Remove a file; it need not be there."""
        try:
            with told():
                self._ftp.delete(self._at(path))
        except RemoteError as problem:
            if problem.lost or self._is_there(path):
                raise

    def make_folder(self, path: str) -> None:
        """Make a folder; it may be there already."""
        try:
            with told():
                self._ftp.mkd(self._at(path))
        except RemoteError as problem:
            if problem.lost or not self._is_folder(path):
                raise

    def remove_folder(self, path: str) -> None:
        """Remove a folder if it is empty."""
        try:
            with told():
                self._ftp.rmd(self._at(path))
        except RemoteError as problem:
            if problem.lost:
                raise

    # ------------------------------------------------------------------ inside

    def _start(self, folder: str) -> str:
        with told():
            return f"{self._ftp.pwd().rstrip('/')}/{'' if folder == '.' else folder}".rstrip("/") or "/"

    def _at(self, path: str) -> str:
        return f"{self._folder.rstrip('/')}/{path}".rstrip("/") or "/"

    def _modern(self, folder: str) -> Mapping[str, Seen] | None:
        found: dict[str, Seen] = {}
        try:
            with told():
                for name, facts in self._ftp.mlsd(self._at(folder), ["type", "size", "modify"]):
                    kind = {"file": "file", "dir": "folder"}.get(facts.get("type", "").lower(), "other")
                    if facts.get("type", "").lower() not in ("cdir", "pdir") and name not in (".", ".."):
                        found[name] = Seen(int(facts.get("size", 0) or 0), facts.get("modify", ""), kind)
        except RemoteError as problem:
            if not problem.gone:
                raise
            return None
        finally:
            self._as_bytes()
        return found

    def _one_by_one(self, folder: str, expected: Collection[str]) -> Mapping[str, Seen] | None:
        """List a folder where the server is an old one: names, then the size and the time of each."""
        if not self._is_folder(folder):
            return None
        names = set(expected)
        with told(), contextlib.suppress(ftplib.error_perm, ftplib.error_temp):  # that is what empty ones answer
            names |= {name.rpartition("/")[2] for name in self._ftp.nlst(self._at(folder))}
        self._as_bytes()
        found: dict[str, Seen] = {}
        for name in sorted(names - {"", ".", ".."}):
            path = f"{folder}/{name}" if folder else name
            try:
                with told():
                    size, time = self._ftp.size(self._at(path)), self._ftp.voidcmd(f"MDTM {self._at(path)}")
                found[name] = Seen(size or 0, time[4:])
            except RemoteError as problem:
                if problem.lost:
                    raise
                if self._is_folder(path):
                    found[name] = Seen(kind="folder")
        return found

    def _as_bytes(self) -> None:
        """Let the server take files as bytes again, after a list; if it did not hear that, the next command fails."""
        with contextlib.suppress(*ftplib.all_errors):
            self._ftp.voidcmd("TYPE I")

    def _is_there(self, path: str) -> bool:
        with told(), contextlib.suppress(ftplib.error_perm):
            self._ftp.size(self._at(path))
            return True
        return False

    def _is_folder(self, path: str) -> bool:
        with told(), contextlib.suppress(ftplib.error_perm):
            self._ftp.cwd(self._at(path))
            return True
        return False


def _secure(ftp: ftplib.FTP_TLS) -> None:
    try:
        ftp.auth()
    except ftplib.Error:
        hint = "ask your host for SFTP or FTPS; over plain FTP everybody on the way reads the password"
        raise RemoteError("offers no encryption, so nothing was sent", hint) from None


def _private(ftp: ftplib.FTP_TLS) -> None:
    try:
        ftp.prot_p()
    except ftplib.Error:
        raise RemoteError(
            "does not encrypt files on their way, so nothing was sent", "ask your host for SFTP"
        ) from None
