"""Speak HTTP over a connection that was made here, to an address that was checked before.

requests and urllib3 write the request and read the answer's head and framing. They never look a name up, never
open a connection, follow nothing, keep nothing: no proxies, no .netrc, no cookies, no second use of a connection,
which might be to another address than the one that was checked. Loaded only when something is fetched.
"""

from __future__ import annotations

import contextlib
import errno
import http.client
import socket
import ssl
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from requests import Request, RequestException, Response
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import HTTPError

from .answer import FetchError, broken
from .errand import Errand
from .net import Place
from .target import Target
from .unpack import UnpackError

#: Seconds for one address of a host when it has others: a way that swallows everything (IPv6, often) is not the end.
PATIENCE = 3.0

# OpenSSL's numbers of what is wrong with a certificate (X509_V_ERR_…).
_EXPIRED, _NOT_YET, _WRONG_NAME, _WRONG_ADDRESS = 10, 9, 62, 64


def trust(ca: str) -> ssl.SSLContext:
    """Return whom to believe: the system's authorities and Mozilla's; only those of a file when one is given."""
    context = ssl.create_default_context(cafile=ca or None)
    if not ca:
        # Python from python.org finds none on some systems, and some systems find none in their own.
        context.load_verify_locations(DEFAULT_CA_BUNDLE_PATH)
    context.set_alpn_protocols(["http/1.1"])
    return context


def connect(places: Sequence[Place], host: str, errand: Errand) -> socket.socket:
    """Return a connection to the first of these places that takes one.

    Raises:
        FetchError: ``connect``, ``slow`` or ``stopped``.
    """
    problem: OSError | None = None
    for index, place in enumerate(places):
        connection = socket.socket(place.family, socket.SOCK_STREAM)
        try:
            left = errand.left()
            connection.settimeout(left if index == len(places) - 1 else min(PATIENCE, left))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            errand.hold(connection)
            connection.connect(place.address)
        except OSError as error:
            problem = error
            connection.close()
            continue
        except FetchError:
            connection.close()
            raise
        if errand.ended:
            connection.close()
            break
        return connection
    if errand.ended:
        raise errand.error()
    if problem is not None and problem.errno == errno.ECONNREFUSED:
        raise FetchError("connect", f"{host} takes no connections") from problem
    raise FetchError("connect", f"{host} cannot be reached") from problem


def secure(connection: socket.socket, target: Target, context: ssl.SSLContext) -> ssl.SSLSocket:
    """Return the connection with TLS, to exactly the host that was asked for.

    Raises:
        FetchError: ``tls``.
        OSError: the connection broke.
    """
    try:
        return context.wrap_socket(connection, server_hostname=target.host.strip("[]"))
    except ssl.SSLCertVerificationError as problem:
        why = {
            _EXPIRED: "has expired",
            _NOT_YET: "is not valid yet; is the clock of this computer right?",
            _WRONG_NAME: "is for another name",
            _WRONG_ADDRESS: "is for another name",
        }.get(problem.verify_code, "comes from nobody that this computer trusts")
        raise FetchError("tls", f"the certificate of {target.host} {why}") from problem
    except ssl.SSLError as problem:
        raise FetchError("tls", f"{target.host} and linkhome found no way to speak in private") from problem


def close(connection: socket.socket) -> None:
    """Close a connection for good, whoever still holds on to it after an error."""
    descriptor = connection.detach()
    if descriptor != -1:
        socket.close(descriptor)


@contextlib.contextmanager
def told(host: str, errand: Errand) -> Iterator[None]:
    """Turn whatever the libraries below raise into one sentence for the creator."""
    try:
        yield
    except FetchError:
        if errand.ended:  # the watch shut the connection down, and it broke in the hands of whoever used it
            raise errand.error() from None
        raise
    except UnpackError as problem:
        raise FetchError("not-http", f"{host} sent something that cannot be unpacked") from problem
    except (OSError, RequestException, HTTPError, http.client.HTTPException, ValueError) as problem:
        causes = list(_causes(problem))
        if errand.ended or any(isinstance(cause, TimeoutError) for cause in causes):
            raise errand.error() from None
        odd = any(type(cause) in _ODD for cause in causes)
        # All errors of requests are kinds of OSError; the true one is inside.
        true = [cause for cause in causes if not isinstance(cause, RequestException)]
        if not odd and any(isinstance(cause, OSError | http.client.IncompleteRead) for cause in true):
            raise broken(host) from problem
        raise FetchError("not-http", f"{host} does not answer like a website") from problem


#: What http.client calls an answer that follows no rules. (That nothing came at all is a relative of it, and no such.)
_ODD = (http.client.BadStatusLine, http.client.LineTooLong, http.client.UnknownProtocol, http.client.HTTPException)


def _causes(problem: BaseException) -> Iterator[BaseException]:
    """Yield an exception and what it wraps: urllib3 and requests put one into the other's arguments."""
    waiting, seen = [problem], set[int]()
    while waiting:
        one = waiting.pop()
        if id(one) not in seen:
            seen.add(id(one))
            yield one
            around = (*one.args, one.__cause__, one.__context__, getattr(one, "reason", None))
            waiting += [inner for inner in around if isinstance(inner, BaseException)]


class Wire(HTTPAdapter):
    """Speak HTTP over one connection, for one request."""

    def __init__(self, connection: socket.socket) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1)
        self._pool = _Pool(connection)

    def ask(self, target: Target, headers: Mapping[str, str], errand: Errand, body: bytes | None = None) -> Response:
        """Send the request, with ``body`` as a POST, and return the answer: head read, body waiting in ``raw``."""
        method = "GET" if body is None else "POST"
        request = Request(method, target.url, headers={**headers, "Host": target.netloc}, data=body).prepare()
        self._path = target.path
        return self.send(request, stream=True, timeout=errand.left())

    def get_connection_with_tls_context(self, *_: Any, **__: Any) -> HTTPConnectionPool:
        """Return the one connection, whatever was asked for."""
        return self._pool

    def cert_verify(self, *_: Any) -> None:
        """Do nothing: `secure` has done it."""

    def build_response(self, _: Any, found: Any) -> Response:
        """Return the answer without what nobody needs of it: requests would read its cookies."""
        response = Response()
        response.status_code = found.status
        response.headers = CaseInsensitiveDict(found.headers)
        response.raw = found
        return response

    def request_url(self, *_: Any) -> str:
        """Return the path as it was checked, so that nobody reads the address a second time."""
        return self._path


class _Pool(HTTPConnectionPool):
    """Be a pool of one connection, that is already there."""

    def __init__(self, connection: socket.socket) -> None:
        super().__init__("connected.invalid", maxsize=1)
        self.connection = connection

    def _new_conn(self) -> HTTPConnection:
        made = _Connected(self.host, self.port)
        made.given = self.connection
        return made


class _Connected(HTTPConnection):
    given: socket.socket

    def _new_conn(self) -> socket.socket:
        return self.given
