"""Tell the addresses of the public web from those of a house, a company, a machine or a cloud.

`refresh` runs on laptops, beside routers and disks that trust their neighbours, and on hired machines where one
address hands out keys. Strangers choose where redirects and pictures lead. So a name is looked up once, every address
that it has must be public, and the connection goes to one of these and is never looked up again.

The tables are those of IANA's registries of special-purpose addresses (RFC 6890), written out here because what
``ipaddress`` calls global changed with versions of Python; for IPv6 only what was ever given out (2000::/3) passes.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from .answer import FetchError

_NEVER_4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network, and "any address" of this machine
        "10.0.0.0/8",
        "100.64.0.0/10",  # shared by the customers of a provider; the door to one cloud's metadata is in it
        "127.0.0.0/8",
        "168.63.129.16/32",  # looks public, but is the host below every machine of one cloud
        "169.254.0.0/16",  # link-local, and the metadata of nearly every cloud
        "172.16.0.0/12",
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation, as the two others below
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
#: Loopback, unspecified, link-local, unique local, multicast, IPv4 written as IPv6 (mapped, compatible, translated
#: and NAT64) are all outside of this one.
_GIVEN_OUT_6 = ipaddress.IPv6Network("2000::/3")
_NEVER_6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID and what may follow
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: any IPv4 address at all, private ones too
        "3ffe::/16",  # given back in 2006
        "3fff::/20",  # documentation
    )
)


def public(address: str) -> bool:
    """Tell whether an address (IPv4 or IPv6, without brackets) belongs to the public internet.

    What is no address, and one with a zone (``fe80::1%eth0``), is not.
    """
    if "%" in address:
        return False
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in network for network in _NEVER_4)
    return ip in _GIVEN_OUT_6 and not any(ip in network for network in _NEVER_6)


#: Networks of houses and of this machine, where a creator may run something of their own (RFC 1918, 4193, 6598).
_HOUSES = tuple(
    ipaddress.ip_network(network)
    for network in (
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "::1/128",
        "fc00::/7",
    )
)


def in_house(address: str) -> bool:
    """Tell whether an address belongs to this machine or to a house, so that what is said there stays there."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    return "%" not in address and any(ip in network for network in _HOUSES if network.version == ip.version)


def check_own(host: str, addresses: Iterable[str], private: bool) -> None:
    """See that a server of the creator's own is in a house or public, and in a house if it must be ``private``.

    Raises:
        FetchError: ``refused``.
    """
    for address in addresses:
        if not in_house(address) and (private or not public(address)):
            why = "only https is private enough for a token there" if public(address) else "nobody runs a website there"
            raise FetchError("refused", f"linkhome does not ask {host}: {why}")


def check(host: str, addresses: Iterable[str]) -> None:
    """See that all addresses of a host are public. One that is not spoils the others: somebody is trying something.

    Raises:
        FetchError: ``refused``.
    """
    for address in addresses:
        if not public(address):
            shown = host if host.strip("[]") == address else f"{host} ({address})"
            raise FetchError("refused", f"{shown} is not on the public internet, and linkhome asks nothing else")
