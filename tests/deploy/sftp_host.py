"""A second kind of SFTP server on loopback, by asyncssh: it asks for passwords, and can be old, full or forbid things."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncssh

NAME, PASSWORD = "lina", "correct horse"


class SftpHost:
    """Hold a running server: ``port``, its key in ``known_hosts``, and what goes wrong there."""

    def __init__(self, place: Path, home: Path) -> None:
        place.mkdir(parents=True)
        home.mkdir()
        self.home = home
        self._key = asyncssh.generate_private_key("ssh-ed25519")
        self.old = False
        self.full = False
        self.closed = False
        self.logins = 0
        self.port = 0
        self.known_hosts = place / "known_hosts"

    @contextlib.contextmanager
    def running(self) -> Iterator[SftpHost]:
        """Serve until the end of the block."""
        ready, loop = threading.Event(), asyncio.new_event_loop()
        over = asyncio.Event()

        async def serve() -> None:
            made = await asyncssh.listen(
                "127.0.0.1",
                0,
                server_factory=lambda: _Door(self),
                server_host_keys=[self._key],
                sftp_factory=lambda channel: _Files(self, channel),
            )
            self.port = made.get_port()
            key = self._key.export_public_key().decode()
            self.known_hosts.write_text(f"[127.0.0.1]:{self.port} {key}")
            ready.set()
            await over.wait()
            made.close()
            await made.wait_closed()

        thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
        thread.start()
        assert ready.wait(60)
        try:
            yield self
        finally:
            loop.call_soon_threadsafe(over.set)
            thread.join(60)
            loop.close()


class _Door(asyncssh.SSHServer):
    def __init__(self, host: SftpHost) -> None:
        self._host = host

    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        self._host.logins += 1
        return (username, password) == (NAME, PASSWORD)


class _Files(asyncssh.SFTPServer):
    def __init__(self, host: SftpHost, channel: Any) -> None:
        super().__init__(channel, chroot=str(host.home).encode())
        self._host = host

    def posix_rename(self, oldpath: bytes, newpath: bytes) -> Any:
        if self._host.old:
            raise asyncssh.SFTPOpUnsupported("not known here")
        return super().posix_rename(oldpath, newpath)

    def rename(self, oldpath: bytes, newpath: bytes, flags: int = 0) -> Any:
        if Path(self.map_path(newpath).decode()).exists():
            raise asyncssh.SFTPFailure("Failure")
        return super().rename(oldpath, newpath)

    def write(self, file_obj: object, offset: int, data: bytes) -> Any:
        if self._host.full and offset > 100_000:
            raise asyncssh.SFTPFailure("Failure")
        return super().write(file_obj, offset, data)

    def open(self, path: bytes, pflags: int, attrs: Any) -> Any:
        if self._host.closed and pflags & 2:
            raise asyncssh.SFTPPermissionDenied("Permission denied")
        return super().open(path, pflags, attrs)
