"""Say how names become addresses: by the system and the guard, or by a file in tests.

The double of the internet exists for tests only, and cannot be met by accident: it needs an environment variable that
no program sets, leads to this machine and nowhere else, and whoever builds a client says aloud that it is there
(`Net.is_double`). With it no name is ever looked up.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct, field

from ..diagnostics import LinkhomeError, error
from .answer import FetchError
from .errand import Errand
from .guard import check, check_own
from .target import Target

_Socket = tuple[str, int]


class Place(NamedTuple):
    """Be where a connection goes: a family and an address of the socket module."""

    family: socket.AddressFamily
    address: tuple[str, int] | tuple[str, int, int, int]


class Net(Struct, frozen=True):
    """Describe an internet. Without anything in it, it is the real one: the system's names, public addresses only.

    In a double, ``hosts`` (TLS) and ``plain`` say where a name is; ``*`` stands for all others, and a name that is not
    there is refused. ``answers`` says instead what a name server would answer, one list of addresses for each time
    that it is asked (the last one stays; an empty one is a name that does not exist): these pass the guard like any
    other. ``routes`` say where such an address, as ``"93.184.215.14:443"``, really is; without one nobody is there.
    ``ca`` is the file of the only authority that is believed.
    """

    is_double: bool = False
    ca: str = ""
    hosts: dict[str, _Socket] = field(default_factory=dict)
    plain: dict[str, _Socket] = field(default_factory=dict)
    answers: dict[str, list[list[str]]] = field(default_factory=dict)
    routes: dict[str, _Socket] = field(default_factory=dict)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Net:
        """Return the real internet, or the double that ``LINKHOME_TEST_INTERNET`` names.

        Raises:
            LinkhomeError: the file cannot be read, or leads away from this machine; never falls back to the real one.
        """
        named = (os.environ if environment is None else environment).get("LINKHOME_TEST_INTERNET")
        if not named:
            return PUBLIC
        try:
            double = msgspec.json.decode(Path(named).read_bytes(), type=_File)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as problem:
            raise LinkhomeError(error(f"LINKHOME_TEST_INTERNET cannot be used: {problem}")) from None
        for address, _ in (*double.hosts.values(), *double.plain.values(), *double.routes.values()):
            if not _is_loopback(address):
                raise LinkhomeError(error(f"LINKHOME_TEST_INTERNET leads to {address}, which is not this machine"))
        ca = Path(named).resolve().parent / double.ca
        if double.ca and not ca.is_file():
            raise LinkhomeError(error(f"LINKHOME_TEST_INTERNET names an authority that is not there: {ca}"))
        return cls(True, str(ca) if double.ca else "", double.hosts, double.plain, double.answers, double.routes)


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    """Be the file that describes a double."""

    ca: str = ""
    hosts: dict[str, _Socket] = field(default_factory=dict)
    plain: dict[str, _Socket] = field(default_factory=dict)
    answers: dict[str, list[list[str]]] = field(default_factory=dict)
    routes: dict[str, _Socket] = field(default_factory=dict)


#: The real internet.
PUBLIC = Net()


def places(net: Net, target: Target, errand: Errand, times: int, private: bool = False) -> list[Place]:
    """Return where a target is, after a single look-up, every address of it checked.

    ``times`` says how often its name was looked up before; only a double wants to know. ``private`` says that what
    is sent must not be read on the way: over http it goes to a server of the creator's own, in the house, or nowhere.

    Raises:
        FetchError: ``refused``, ``dns``, ``connect``, ``slow`` or ``stopped``.
    """
    private = private and target.scheme == "http"
    if private and not target.own:
        raise FetchError("refused", f"linkhome sends no token to {target.host} over http, where anybody can read it")
    if not net.is_double:
        return _looked_up(target, errand, private)
    if target.own and (target.host == "localhost" or _is_loopback(target.address)):
        return [_place(target.address or "127.0.0.1", target.port)]
    if target.address or target.host in net.answers:
        listed = net.answers.get(target.host) or [[]]
        addresses = [target.address] if target.address else listed[min(times, len(listed) - 1)]
        if not addresses:
            raise _unknown(target.host)
        _check(target, addresses, private)
        routed = [net.routes[key] for key in (f"{address}:{target.port}" for address in addresses) if key in net.routes]
        if not routed:
            raise FetchError("connect", f"{target.host} cannot be reached")
        return [_place(*there) for there in routed]
    mapped = net.hosts if target.scheme == "https" else net.plain
    place = mapped.get(target.host) or mapped.get("*")
    if not place:
        raise FetchError("refused", f"{target.host} is not in the internet of this test")
    return [_place(*place)]


def _check(target: Target, addresses: list[str], private: bool) -> None:
    if target.own:
        check_own(target.host, addresses, private)
    else:
        check(target.host, addresses)


def _looked_up(target: Target, errand: Errand, private: bool) -> list[Place]:
    if target.address:
        _check(target, [target.address], private)
        return [_place(target.address, target.port)]

    def ask() -> list[Place]:
        # A dot at the end keeps the resolver from trying the name inside of the house's own domain.
        name = target.host if target.own else f"{target.host}."
        found = socket.getaddrinfo(name, target.port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
        # Some builds of Python know no IPv6, and hand such an address out as bytes.
        return [Place(family, address) for family, _, _, _, address in found if isinstance(address[0], str)]

    try:
        found = errand.wait(ask)
    except socket.gaierror as problem:
        if problem.errno == socket.EAI_AGAIN:
            sentence = f"the address of {target.host} could not be looked up; is this computer online?"
            raise FetchError("dns", sentence) from problem
        raise _unknown(target.host) from problem
    except (OSError, UnicodeError) as problem:
        raise _unknown(target.host) from problem
    if not found:
        raise _unknown(target.host)
    _check(target, [str(place.address[0]) for place in found], private)
    return _mixed(found)


def _mixed(found: list[Place]) -> list[Place]:
    """Return places with the families in turn, in the system's order, so that a dead way costs one try only."""
    first = [place for place in found if place.family == found[0].family]
    others = [place for place in found if place.family != found[0].family]
    turns = [place for pair in zip(first, others, strict=False) for place in pair]
    return turns + first[len(others) :] + others[len(first) :]


def _place(address: str, port: int) -> Place:
    if ":" in address:
        return Place(socket.AF_INET6, (address, port, 0, 0))
    return Place(socket.AF_INET, (address, port))


def _unknown(host: str) -> FetchError:
    return FetchError("dns", f"there is no {host} on the internet, or this computer is not online")


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
