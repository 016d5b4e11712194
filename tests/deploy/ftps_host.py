"""A real FTP server inside of TLS on loopback, which can be told to be careful, old, full or to hang up."""

from __future__ import annotations

import contextlib
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import trustme

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # it stands on a module that goes in Python 3.12
    from pyftpdlib.authorizers import DummyAuthorizer
    from pyftpdlib.handlers import TLS_DTPHandler, TLS_FTPHandler
    from pyftpdlib.servers import FTPServer

NAME, PASSWORD = "lina", "correct horse"


class FtpHost:
    """Hold a running server: ``port``, the ``certificate`` of who vouches for it, and what goes wrong there."""

    def __init__(self, place: Path, home: Path) -> None:
        authority = trustme.CA()
        place.mkdir(parents=True)
        home.mkdir()
        self.home = home
        self.certificate = place / "authority.pem"
        authority.cert_pem.write_to_path(self.certificate)
        authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(place / "server.pem")
        self.commands: list[str] = []
        #: Commands that it does not know; after how many bytes it hangs up, one number for each time.
        self.unknown: set[str] = set()
        self.cuts: list[int] = []
        self.received = 0
        #: How many bytes of files came here in all.
        self.taken = 0
        self.full = False
        self.over = True
        self._server = FTPServer(("127.0.0.1", 0), _handler(self, place / "server.pem"))
        self.port = int(self._server.address[1])
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._stop = threading.Event()

    def _serve(self) -> None:
        while not self._stop.is_set():
            self._server.ioloop.loop(timeout=0.05, blocking=False)

    @contextlib.contextmanager
    def running(self) -> Iterator[FtpHost]:
        """Serve until the end of the block."""
        self._thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            self._thread.join(60)
            self._server.close_all()

    def well(self) -> None:
        """Be a good server again."""
        self.unknown, self.cuts, self.received, self.full, self.over = set(), [], 0, False, True
        self.commands.clear()


def _handler(host: FtpHost, certificate: Path) -> Any:
    class Data(TLS_DTPHandler):
        def recv(self, size: int) -> bytes:
            data: bytes = super().recv(size)
            host.received += len(data)
            host.taken += len(data)
            if host.cuts and host.received >= host.cuts[0]:
                host.cuts.pop(0)
                host.received = 0
                self.cmd_channel.close()
                return b""
            return data

    class Control(TLS_FTPHandler):
        tls_control_required = True
        tls_data_required = True
        dtp_handler = Data
        banner = "ready"

        def pre_process_command(self, line: str, cmd: str, arg: str) -> None:
            host.commands.append(line)
            if cmd in host.unknown:
                self.respond("502 not known here")
            elif cmd == "STOR" and host.full:
                self.respond("552 no more space")
            elif cmd == "RNTO" and not host.over and (host.home / arg.lstrip("/")).exists():
                self._rnfr = None
                self.respond("550 is there already")
            else:
                super().pre_process_command(line, cmd, arg)

    authorizer = DummyAuthorizer()
    authorizer.add_user(NAME, PASSWORD, str(host.home), perm="elradfmwMT")
    Control.authorizer = authorizer
    Control.certfile = str(certificate)
    Control.auth_failed_timeout = 0
    return Control
