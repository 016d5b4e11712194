"""Take the port before anything is built, so that whoever asks early waits for the first build and is answered."""

from __future__ import annotations

import errno
import os
import secrets
import socket
from contextlib import ExitStack
from urllib.parse import urlencode

from ..diagnostics import Exit, LinkhomeError, error, reason_of
from .guard import Door
from .lan import find_address

HOST, HOST_6 = "127.0.0.1", "::1"
#: How many ports after a taken one are tried.
NEXT = 10
_BACKLOG = 128
#: What a system answers that has no IPv6, or does not use it.
_NO_6 = (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL, errno.EPROTONOSUPPORT)


class Listening:
    """Hold the open port: on this machine, and with ``--lan`` on its address in the local network.

    ``sockets`` says of each whether it is open to the outside. ``moved_from`` is the port that was taken.
    """

    def __init__(self, door: Door, sockets: tuple[tuple[socket.socket, bool], ...], moved_from: int | None) -> None:
        self.door = door
        self.sockets = sockets
        self.moved_from = moved_from

    def url(self, base: str = "/") -> str:
        """Return the address of the site on this machine; ``base`` is the path below which it stands."""
        return f"http://{self.door.host}:{self.door.port}{base}"

    def lan_url(self, base: str = "/") -> str:
        """Return its address in the local network with the key, empty when it is not open there."""
        if not self.door.lan:
            return ""
        return f"http://{self.door.lan}:{self.door.port}{base}?{urlencode({'key': self.door.key})}"

    def close(self) -> None:
        """Give the port back."""
        for one, _ in self.sockets:
            one.close()


def open_door(port: int = 8000, strict: bool = False, lan: bool = False) -> Listening:
    """Open the port, or one of the next ten when it is taken; 0 is any free one.

    Raises:
        LinkhomeError: all of them are taken, or the one that ``strict`` insists on; there is no local network; the
            system does not allow it.
    """
    if not 0 <= port <= 65535:
        raise _trouble(f"{port} is no port", "take a number from 1024 to 65535")
    address = find_address() if lan else ""
    if lan and not address:
        raise _trouble("this machine is in no local network", "connect it to that of the telephone, or leave out --lan")
    last = port if strict else min(port + NEXT, 65535)
    tries = [0] * NEXT if port == 0 else range(port, last + 1)
    for number in tries:
        sockets = _opened(number, address)
        if sockets:
            taken = int(sockets[0][0].getsockname()[1])
            door = Door(HOST, taken, address, secrets.token_urlsafe(12) if address else "")
            return Listening(door, sockets, None if taken == port or port == 0 else port)
    if strict:
        raise _trouble(f"port {port} is taken", "end the program that has it, or leave out --strict-port")
    raise _trouble(f"the ports {port} to {last} are taken", "end a program that has one, or name another with --port")


def _opened(port: int, lan: str) -> tuple[tuple[socket.socket, bool], ...]:
    """Return sockets that listen at the port, or nothing when somebody has it at any of the addresses."""
    with ExitStack() as opened:
        try:
            first = opened.enter_context(_socket(HOST, port))
            port = int(first.getsockname()[1])
            sockets = [(first, False)]
            # Browsers try this address of localhost first: another program there would be taken for us.
            second = _second(port)
            if second:
                sockets.append((opened.enter_context(second), False))
            if lan:
                sockets.append((opened.enter_context(_socket(lan, port)), True))
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE or (problem.errno == errno.EACCES and port >= 1024):
                return ()
            if problem.errno == errno.EACCES:
                hint = "take one from 1024 on: --port 8000"
                raise _trouble(f"this system does not let you open port {port}", hint) from None
            raise _trouble(f"port {port} cannot be opened: {reason_of(problem)}") from None
        opened.pop_all()
    return tuple(sockets)


def _second(port: int) -> socket.socket | None:
    try:
        return _socket(HOST_6, port)
    except OSError as problem:
        if problem.errno in _NO_6:
            return None
        raise


def _socket(host: str, port: int) -> socket.socket:
    """Open a port at one address of this machine for ourselves alone."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            # Without it the port would be ours only minutes after the last preview. But some systems would then let
            # us stand beside a program that listens at every address.
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if port and _answers(family, host, port):
                raise OSError(errno.EADDRINUSE, "somebody answers there")
        elif hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        if family == socket.AF_INET6:
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        opened.bind((host, port))
        opened.listen(_BACKLOG)
    except BaseException:
        opened.close()
        raise
    return opened


def _answers(family: socket.AddressFamily, host: str, port: int) -> bool:
    """Tell whether somebody listens there. A connection that by chance begins at the port it leads to meets itself."""
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        return probe.connect_ex((host, port)) == 0 and probe.getsockname() != probe.getpeername()


def _trouble(message: str, hint: str = "") -> LinkhomeError:
    return LinkhomeError(error(message, hint=hint), Exit.USAGE)
