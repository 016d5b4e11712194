"""Ask the API of one host: patiently, within bounds, and with the token sent to that host alone.

What may get better by itself (a cut connection, 429, 5xx) is asked again after a pause that grows. A request that must
not happen twice is repeated only where the host cannot have heard of it; else the `HttpError` says that it may have.
"""

from __future__ import annotations

import contextlib
import json
import re
import threading
import time
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from .. import __version__
from ..clock import AGAIN, CLOCK, Clock
from ..token import Token
from .http_error import HttpError, Lost, refusal, unanswered
from .nouns import Refused
from .patience import LONGEST, seconds_asked_for

if TYPE_CHECKING:
    import requests

__all__ = ["ADDRESS", "Answer", "HttpError", "Session"]

#: Seconds before the second, third, … try of one request.
PAUSES = (1.0, 3.0, 9.0, 27.0)
#: Seconds to reach the host and for each piece that is sent; until it answers; for the whole answer.
REACH, ANSWER, WHOLE = 15.0, 60.0, 120.0
#: Bytes of an answer: a list of 20,000 files is a third of it.
MOST = 24_000_000
#: As a key's pattern: where an API may be. Plain http is for this machine only, as a token goes there.
ADDRESS = r"https://[A-Za-z0-9.-]+(:[0-9]+)?(/[!-~]*)?|http://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?(/[!-~]*)?"

_PIECE = 65536


class Answer(NamedTuple):
    """Hold one answer: its status, its JSON (None if it is none), its headers with lower-case names."""

    status: int
    data: Any
    headers: Mapping[str, str]


class Session:
    """Be the one who asks one host, from as many threads as one likes. ``base`` is what every path is added to.

    Raises:
        Refused: ``base`` is no address that a token may be sent to.
    """

    def __init__(self, base: str, name: str, token: Token, clock: Clock = CLOCK) -> None:
        if not re.fullmatch(ADDRESS, base):
            raise Refused(f"the address of {name}'s API is none that linkhome sends a token to", "write it with https")
        self._base = base.rstrip("/")
        self._name = name
        self._token = token
        self._clock = clock
        self._lock = threading.Lock()
        self._secrets = [token.reveal()]
        self._session: requests.Session | None = None

    def hide(self, secret: str) -> None:
        """Keep one more secret out of everything that is said."""
        self._secrets.append(secret)

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self._clock.wait(seconds)

    def now(self) -> float:
        """Return the seconds of a clock that only goes forward."""
        return self._clock.now()

    def close(self) -> None:
        """Close every connection."""
        with self._lock:
            if self._session is not None:
                self._session.close()
            self._session = None

    def ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        data: Any = None,
        body: Callable[[], Any] | None = None,
        kind: str = "application/octet-stream",
        token: Token | None = None,
        twice: bool | None = None,
        also: Collection[int] = (),
    ) -> Answer:
        """Return an answer of 2xx, or one whose status is in ``also``.

        ``data`` is sent as JSON; ``body`` is called anew for each try and returns bytes, or something with a length
        and ``read``. ``token`` replaces the session's. ``twice`` says that nothing is wrong with doing it twice: by
        default that is so for everything but POST.

        Raises:
            HttpError: there is no such answer, and it is no use to ask on.
        """
        again = method != "POST" if twice is None else twice
        url = self._base + path + (f"?{urlencode(query, quote_via=quote)}" if query else "")
        headers = {"User-Agent": f"linkhome/{__version__}", "Accept": "application/json"}
        if data is not None:
            sent, kind = json.dumps(data, ensure_ascii=False).encode(), "application/json"
            body = lambda: sent  # noqa: E731
        if body is not None:
            headers["Content-Type"] = kind
        why, perhaps, asked_for, status = "", False, 0.0, 0
        for pause in (0.0, *PAUSES):
            if pause or asked_for:
                self._clock.wait(max(pause, asked_for))
            asked_for = 0.0
            try:
                answer = self._once(method, url, headers, body, token or self._token)
            except Lost as lost:
                why, status = lost.why, 0
                perhaps = perhaps or lost.heard
                if lost.heard and not again:
                    raise HttpError(f"{self._name} {why}", "try again", perhaps=True) from None
                continue
            if 200 <= answer.status < 300 or answer.status in also:
                return answer
            if answer.status not in AGAIN:
                raise refusal(self._name, answer.status, answer.data, self._secrets)
            status = answer.status
            if status == 429:
                why = "asks for fewer requests"
            else:
                why = f"has a problem (answer {status})"
                perhaps = True
                if not again:
                    raise HttpError(f"{self._name} {why}", "try again", status, perhaps=True)
            asked_for = self._patience(answer)
        hint = "try again later"
        raise HttpError(f"{self._name} {why}, {len(PAUSES) + 1} times in a row", hint, status, perhaps)

    def _once(
        self, method: str, url: str, headers: Mapping[str, str], body: Callable[[], Any] | None, token: Token
    ) -> Answer:
        import requests

        made = body() if body is not None else None
        try:
            response = self._opened().request(
                method,
                url,
                data=made,
                headers=dict(headers),
                auth=_Bearer(token),
                timeout=(REACH, ANSWER),
                stream=True,
                allow_redirects=False,
            )
        except requests.RequestException as problem:
            raise unanswered(self._name, problem) from None
        finally:
            if close := getattr(made, "close", None):
                close()
        with contextlib.closing(response):
            text = self._read(response)
        found: Any = None
        with contextlib.suppress(ValueError):
            found = json.loads(text)
        return Answer(response.status_code, found, {name.lower(): value for name, value in response.headers.items()})

    def _read(self, response: requests.Response) -> bytes:
        import urllib3

        until, parts, size = time.monotonic() + WHOLE, [], 0
        try:
            while piece := response.raw.read1(_PIECE, decode_content=True):
                parts.append(piece)
                size += len(piece)
                if size > MOST:
                    raise HttpError(f"{self._name} sends more than an answer can be", status=response.status_code)
                if time.monotonic() > until:
                    raise Lost("did not answer in time", heard=True)
        except (urllib3.exceptions.HTTPError, OSError):
            raise Lost("broke off in the middle of its answer", heard=True) from None
        return b"".join(parts)

    def _opened(self) -> requests.Session:
        from http.cookiejar import DefaultCookiePolicy

        import requests

        with self._lock:
            if self._session is None:
                made = requests.Session()
                made.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
                made.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=8))
                made.mount("https://", requests.adapters.HTTPAdapter(pool_maxsize=8))
                # A proxy of the network is respected, but none leads to this machine itself.
                made.trust_env = urlsplit(self._base).scheme == "https"
                self._session = made
            return self._session

    def _patience(self, answer: Answer) -> float:
        seconds = seconds_asked_for(answer.headers)
        if seconds > LONGEST:
            minutes = f"{seconds / 60:,.0f} minutes"
            raise HttpError(f"{self._name} wants no requests for {minutes}", f"try again in {minutes}", answer.status)
        return seconds


class _Bearer:
    """Add the token to a request, so that no .netrc of this machine adds another."""

    def __init__(self, token: Token) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token.reveal()}"
        return request
