"""Fetch one address of the web from strangers, at a bounded cost in time and memory, and from nowhere else.

Every step is guarded anew, redirects too: `target` reads the address, `net` looks its name up once and `guard` checks
every address found, `wire` connects to exactly one of these while TLS insists on the name, `errand` ends whatever
takes too long, `unpack` and `Limits` bound the body. Nothing that identifies anybody goes along: no cookies, no
proxies or .netrc of this machine, no referrer and no credentials unless asked; these go to one server only. Each
request has a connection of its own: two requests to one host are a second apart anyway, and a kept connection would
have to be guarded a second way.
"""

from __future__ import annotations

import contextlib
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from .. import __version__
from .answer import API, FEED, PAGE, PICTURE, Answer, FetchError, Limits, broken, looks
from .errand import Errand
from .net import PUBLIC, Net, places
from .target import Target, onward, server_of, target
from .unpack import PIECE, Unpacker, unpacker

if TYPE_CHECKING:
    import ssl

    from requests import Response

__all__ = ["API", "FEED", "PAGE", "PICTURE", "PUBLIC", "Answer", "Client", "FetchError", "Limits", "Net", "looks"]

_REDIRECTS = (301, 302, 303, 307, 308)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


class Client:
    """Ask addresses of the web, from as many threads as one likes. A context manager.

    ``agent`` is the ``User-Agent``; without one linkhome names itself and the ``site``, so that whoever wonders about
    the questions knows whom to ask. ``language`` is that of the site: some platforms answer in the language of
    wherever the question seems to come from otherwise. ``net`` is the real internet but in tests. ``own`` are addresses
    of servers that the creator named as their own: only these may be in a house, or at unusual ports.
    """

    def __init__(self, agent: str, language: str, site: str = "", net: Net = PUBLIC, own: Collection[str] = ()) -> None:
        known = language if _LANGUAGE.fullmatch(language) else "en"
        self._site = _sendable(site)
        contact = f"+{self._site}; " if self._site else ""
        self._headers = {
            "User-Agent": _sendable(agent) or f"linkhome/{__version__} ({contact}embeds refresh)",
            "Accept-Language": known if known == "en" else f"{known}, en;q=0.5",
            "Accept-Encoding": "gzip, deflate",
        }
        self._net = net
        self._own = frozenset(server_of(url) for url in own) - {""}
        self._lock = threading.RLock()
        self._running: set[Errand] = set()
        self._looked_up: Counter[str] = Counter()
        self._trust: ssl.SSLContext | None = None
        self._stopped = False

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(
        self,
        url: str,
        limits: Limits,
        *,
        etag: str = "",
        modified: str = "",
        referer: bool = False,
        deadline: float | None = None,
        secret: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return what an address answers, whatever the status.

        ``etag`` and ``modified`` are those of the last answer, as they came. ``referer`` names the site to the host
        of this address (not to those that it leads to). ``deadline`` is a moment of ``time.monotonic()`` that ends
        the fetch even if ``limits`` would leave it more time. ``secret`` are headers with a token or password: they go
        to the server of this address and no other, over https (or within the house), so an answer that leads to
        another server is an error.

        Raises:
            FetchError: there is no whole answer within the limits. Nothing else is raised.
        """
        first = target(url, self._own)
        headers = {**self._headers, "Accept": limits.accept}
        headers |= {"If-None-Match": _sendable(etag)} if _sendable(etag) else {}
        headers |= {"If-Modified-Since": _sendable(modified)} if _sendable(modified) else {}
        until = time.monotonic() + limits.seconds
        with self._errand(until if deadline is None else min(until, deadline), first.host) as errand:
            here, seen = first, {first.url}
            for _ in range(limits.redirects + 1):
                own = {"Referer": self._site} if referer and self._site and here.host == first.host else {}
                with self._asked(here, headers | own, errand, secret) as response:
                    location = response.headers.get("location", "")
                    if response.status_code not in _REDIRECTS or not location:
                        return _answer(response, here, limits, errand)
                here = onward(here, location, self._own)
                if secret and here.origin != first.origin:
                    raise FetchError("redirects", f"{first.host} leads to another server, and a token goes to one only")
                if here.url in seen:
                    raise FetchError("redirects", f"{first.host} leads round in circles")
                seen.add(here.url)
            raise FetchError("redirects", f"{first.host} leads on and on: more than {limits.redirects} times")

    def post(
        self,
        url: str,
        body: bytes,
        kind: str,
        limits: Limits,
        *,
        deadline: float | None = None,
        secret: Mapping[str, str],
    ) -> Answer:
        """Return what an address answers to a body of the type ``kind``; nothing is followed.

        Raises:
            FetchError: there is no whole answer within the limits. Nothing else is raised.
        """
        there = target(url, self._own)
        headers = {**self._headers, "Accept": limits.accept, "Content-Type": kind}
        until = time.monotonic() + limits.seconds
        with (
            self._errand(until if deadline is None else min(until, deadline), there.host) as errand,
            self._asked(there, headers, errand, secret, body) as response,
        ):
            return _answer(response, there, limits, errand)

    def stop(self) -> None:
        """End every running fetch at once, and all that begin later: they raise ``stopped``. May be called anywhere."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
        for errand in running:
            errand.end("stopped")

    def close(self) -> None:
        """End everything; nothing stays open."""
        self.stop()

    @contextlib.contextmanager
    def _errand(self, until: float, host: str) -> Iterator[Errand]:
        with Errand(until, host) as errand:
            with self._lock:
                if self._stopped:
                    errand.end("stopped")
                self._running.add(errand)
            try:
                errand.left()
                yield errand
            finally:
                with self._lock:
                    self._running.discard(errand)

    @contextlib.contextmanager
    def _asked(
        self,
        here: Target,
        headers: dict[str, str],
        errand: Errand,
        secret: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Iterator[Response]:
        """Give out an answer whose head has come; whatever its body then does is told as a `FetchError`, too."""
        from .wire import Wire, close, connect, secure, told

        if secret and not all(_sendable(value, 8000) for value in secret.values()):
            raise FetchError("refused", f"the token for {here.host} has characters in it that cannot be sent")
        with self._lock:
            times = self._looked_up[here.host]
            self._looked_up[here.host] += 1
        found = places(self._net, here, errand, times, private=bool(secret))
        with told(here.host, errand), contextlib.ExitStack() as kept:
            connection = connect(found, here.host, errand)
            kept.callback(close, connection)
            if here.scheme == "https":
                connection = secure(connection, here, self._trusted())
                kept.callback(close, connection)
            response = Wire(connection).ask(here, headers | dict(secret or {}), errand, body)
            with contextlib.closing(response.raw):
                yield response

    def _trusted(self) -> ssl.SSLContext:
        from .wire import trust

        with self._lock:
            if self._trust is None:
                self._trust = trust(self._net.ca)
            return self._trust


def _answer(response: Response, here: Target, limits: Limits, errand: Errand) -> Answer:
    """Read the body, as much of it as is allowed."""
    if response.status_code < 200:
        raise FetchError("not-http", f"{here.host} does not answer like a website")
    headers = {name.lower(): value for name, value in response.headers.items()}
    packed = unpacker(headers.get("content-encoding", ""))
    body, more = _read(response.raw.read1, packed, limits.most, errand)
    if more and not limits.cut:
        raise FetchError(
            "large", f"{here.host} sent more than the {limits.most:,} bytes that are read of such an answer"
        )
    if not more and not packed.whole:
        raise broken(here.host)
    return Answer(response.status_code, headers, bytes(body), here.url, more)


def _read(read: Callable[..., bytes], packed: Unpacker, most: int, errand: Errand) -> tuple[bytearray, bool]:
    """Return as much of a body as is allowed, and whether there would be more."""
    body, received = bytearray(), 0
    while data := read(PIECE, decode_content=False):
        received += len(data)
        for piece in packed.pieces(data):
            errand.left()
            body += piece
            if len(body) > most:
                del body[most:]
                return body, True
        if received > most + PIECE:  # much that unpacks to little, or follows what was packed
            return body, True
    errand.left()  # a connection that was shut down looks like the end of a body
    return body, False


def _sendable(value: str, longest: int = 1000) -> str:
    """Return a value of a header if it can be sent as it is, and nothing otherwise: never a part of it."""
    return value if value.isascii() and value.isprintable() and len(value) <= longest else ""
