"""Take a web address apart into what will be sent, or refuse it: the only reading of an address on the way out.

Two readers who disagree about where a host ends are the oldest hole of all, so that the parts found here, and not the
address, go on to the look-up, the certificate, the ``Host`` header and the request line.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
from collections.abc import Collection
from urllib.parse import quote, urljoin

from msgspec import Struct

from .answer import FetchError

PORTS = {"http": 80, "https": 443}
#: Signed addresses of pictures are long; what servers take ends here.
LONGEST = 8000

_PARTS = re.compile(r"(https?)://([^/?#\\]*)(/[^?#]*)?(\?[^#]*)?(?:#.*)?", re.IGNORECASE | re.DOTALL)
_AUTHORITY = re.compile(r"(\[[^\]]*\]|[^:\[\]]*)(?::([0-9]{0,5}))?")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_CONTROL = re.compile(r"[\0-\x1f\x7f\ud800-\udfff]")
#: Names that mean something only in a house or on a machine, and never reach a public server.
_AT_HOME = (".localhost", ".local", ".internal", ".home.arpa", ".lan", ".onion")
_KEPT = "!#$%&'()*+,/:;=?@[]~"


class Target(Struct, frozen=True):
    """Hold the parts of one address that will be asked.

    ``host`` is ASCII in lower case (IPv6 in brackets); ``address`` is set when the host is an address itself;
    ``path`` is what the request line asks for, with the query; ``url`` is the whole, without its fragment. ``own`` says
    that the creator named this very server as their own: it may be in the house, at any port.
    """

    scheme: str
    host: str
    port: int
    path: str
    address: str = ""
    own: bool = False

    @property
    def origin(self) -> tuple[str, str, int]:
        """Return what two addresses of one server share (RFC 6454)."""
        return self.scheme, self.host, self.port

    @property
    def netloc(self) -> str:
        """Return host and port as the ``Host`` header has them."""
        return self.host if self.port == PORTS[self.scheme] else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """Return the whole address as it is asked."""
        return f"{self.scheme}://{self.netloc}{self.path}"


def target(url: str, own: Collection[str] = ()) -> Target:
    """Take an address apart. ``own`` are servers of the creator's own, as `server_of` returns them.

    Raises:
        FetchError: ``refused``, for everything but plain addresses of the public web and of these servers.
    """
    if len(url) > LONGEST:
        raise _refused(url, f"it is longer than {LONGEST} characters")
    if _CONTROL.search(url):
        raise _refused(url, "there are characters in it that no address can have")
    parts = _PARTS.fullmatch(url.strip(" "))
    if not parts:
        raise _refused(url, "it does not begin with http:// or https:// and a host")
    scheme, authority = parts[1].lower(), parts[2]
    if "@" in authority:
        raise _refused(url, "there is a name or password in it")
    named = _AUTHORITY.fullmatch(authority)
    if not named:
        raise _refused(url, "its host cannot be read")
    port = int(named[2]) if named[2] else PORTS[scheme]
    known = bool(own) and _server(scheme, named[1], port) in own
    if port not in PORTS.values() and not (known and 0 < port < 65_536):
        raise _refused(url, f"it names port {port}, and websites are at 80 and 443")
    host, address = _host(url, named[1], known)
    return Target(scheme, host, port, quote((parts[3] or "/") + (parts[4] or ""), safe=_KEPT), address, known)


def server_of(url: str) -> str:
    """Return how `target` knows a server that the creator named: scheme, host, port. Empty for what is no address."""
    parts = _PARTS.fullmatch(url.strip(" "))
    named = _AUTHORITY.fullmatch(parts[2]) if parts else None
    if not parts or not named:
        return ""
    scheme = parts[1].lower()
    return _server(scheme, named[1], int(named[2]) if named[2] else PORTS[scheme])


def onward(here: Target, location: str, own: Collection[str] = ()) -> Target:
    """Take apart where an answer leads on. What came over TLS goes on over TLS: ``http:`` is read as ``https:``.

    Servers behind another that does their TLS often name themselves with ``http:`` and lead back at once; whoever
    really has no TLS is not asked, because anybody in the same café could answer for him.

    Raises:
        FetchError: ``refused``.
    """
    if _CONTROL.search(location) or len(location) > LONGEST:
        raise _refused(here.url, "it leads to an address that cannot be read")
    # Headers are read as Latin-1, but what is not ASCII in an address is UTF-8 as a rule.
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        there = target(urljoin(here.url, location.strip(" ")), own)
    except ValueError:  # brackets that belong to no address
        raise _refused(here.url, "it leads to an address that cannot be read") from None
    if (here.scheme, there.scheme) == ("https", "http"):
        return Target("https", there.host, PORTS["https"], there.path, there.address)
    return there


def _server(scheme: str, host: str, port: int) -> str:
    return f"{scheme}://{host.lower().removesuffix('.')}:{port}"


def _host(url: str, written: str, known: bool) -> tuple[str, str]:
    """Return a host as it goes out, and its address if it is one itself; ``known`` ones may be names of a house."""
    if written.startswith("["):
        try:
            address = str(ipaddress.IPv6Address(written[1:-1]))
        except ValueError:
            raise _refused(url, "its host cannot be read") from None
        return f"[{address}]", address
    host = (written.lower() if written.isascii() else _ascii(url, written)).removesuffix(".")
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _refused(url, "its host is no name of the web")
    if _NUMBER.fullmatch(labels[-1]):
        # 127.1, 0x7f000001 and 2130706433 are addresses, too, to some readers. To us only the plain form is.
        try:
            return host, str(ipaddress.IPv4Address(host))
        except ValueError:
            raise _refused(url, "its host is an address in disguise") from None
    if not known and (len(labels) == 1 or f".{host}".endswith(_AT_HOME)):
        raise _refused(url, f"{host} is a name inside of a house or a machine, not of the public internet")
    return host, ""


def _ascii(url: str, host: str) -> str:
    """Return an international name in the letters that name servers know (RFC 5891, UTS 46)."""
    import idna  # large tables, for few names

    try:
        return idna.encode(host[:255], uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        raise _refused(url, "its host is no name of the web") from None


def _refused(url: str, why: str) -> FetchError:
    shown = "".join(letter if letter.isprintable() else "?" for letter in url[:100])
    return FetchError("refused", f"linkhome does not ask {shown}{'…' if len(url) > 100 else ''}: {why}")
