"""Find this machine's address in the local network, tell neighbours from strangers, and draw a code to scan.

Nothing is sent: the system is asked which of its addresses it would use. Only addresses that the internet does not
route count, so that the preview never stands in the open by accident.
"""

from __future__ import annotations

import ipaddress
import socket
import struct
import sys
from collections.abc import Iterable

#: One address somewhere far away, and one in each kind of house: for each the system names one of its own.
_TOWARDS = ("203.0.113.1", "192.168.255.254", "10.255.255.254", "172.31.255.254", "169.254.255.254")
#: Beginnings of names of interfaces that lead to no telephone: bridges to containers and virtual machines, tunnels.
_ELSEWHERE = ("docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "lxc", "cni", "tun", "tap", "wg", "zt", "tailscale")
_ADDRESS_OF = 0x8915  # SIOCGIFADDR of Linux
#: White modules around a code; readers need four on paper, and are content with two on a screen.
_QUIET = 2
_BLACK_ON_WHITE, _PLAIN = "\x1b[30;107m", "\x1b[0m"


def find_address() -> str:
    """Return this machine's IPv4 address in the local network, empty when it is in none."""
    return choose(_towards(), _interfaces())


def choose(towards: Iterable[str], interfaces: Iterable[tuple[str, str]]) -> str:
    """Return the address that a telephone can most likely reach, empty when there is none.

    ``towards`` are the addresses that the system would use, the likeliest first; ``interfaces`` are names and
    addresses of what is plugged in.
    """
    known = list(interfaces)
    off = {address for name, address in known if name.startswith(_ELSEWHERE)}
    candidates = dict.fromkeys([*towards, *(address for _, address in known)])
    near = [address for address in candidates if is_near(address) and address not in off]
    # What a machine gives to itself when nobody gives it an address is the last resort.
    near.sort(key=lambda address: address.startswith("169.254."))
    return near[0] if near else ""


def is_near(address: str) -> bool:
    """Tell whether an IPv4 address belongs to a house or a company, and is not this machine's loopback."""
    try:
        found = ipaddress.IPv4Address(address)
    except ValueError:
        return False
    odd = found.is_loopback or found.is_unspecified or found.is_multicast or found.is_reserved
    return found.is_private and not odd


def qr(text: str, colour: bool = False) -> str:
    """Return a code for telephones as lines for a terminal, two modules in one character.

    Without ``colour`` the white modules are drawn, for a terminal with a dark background (telephones read the
    reverse, too); with it the code is black on white whatever the terminal looks like.
    """
    import segno

    rows = [[not dark for dark in row] for row in segno.make_qr(text, error="l").matrix]
    blank = [True] * (len(rows[0]) + 2 * _QUIET)
    margin = [True] * _QUIET
    rows = [blank] * _QUIET + [[*margin, *row, *margin] for row in rows] + [blank] * _QUIET
    if len(rows) % 2:
        rows.append(blank if colour else [False] * len(blank))
    halves = " ▄▀█" if not colour else "█▀▄ "  # by upper and lower: neither is white, the lower, the upper, both
    lines = (
        "".join(halves[2 * upper + lower] for upper, lower in zip(rows[at], rows[at + 1], strict=True))
        for at in range(0, len(rows), 2)
    )
    return "\n".join(f"{_BLACK_ON_WHITE}{line}{_PLAIN}" if colour else line for line in lines)


def _towards() -> list[str]:
    """Return the addresses that the system would use towards each of `_TOWARDS`. Connecting UDP sends nothing."""
    found = []
    for there in _TOWARDS:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((there, 9))
                found.append(str(probe.getsockname()[0]))
            except OSError:  # no way leads there
                continue
    return found


def _interfaces() -> list[tuple[str, str]]:
    """Return names and IPv4 addresses of the interfaces where the system tells them (Linux), else nothing."""
    if not sys.platform.startswith("linux"):
        return []
    import fcntl

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            try:
                answer = fcntl.ioctl(probe.fileno(), _ADDRESS_OF, struct.pack("256s", name.encode()[:15]))
            except OSError:  # it has none
                continue
            found.append((name, socket.inet_ntoa(answer[20:24])))
    return found
