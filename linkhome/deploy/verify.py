"""See with a visitor's eyes whether a build is live: ask for its files, past every cache, until they are the new ones.

The answer is believed when ``build.json`` names the build and the front page is the one that was sent. Hosts may touch
a page on its way (a form gets another attribute, a script is added): then its words and its links have to be the same.
The creator named the address, so it may lie on this machine.
"""

from __future__ import annotations

import time
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlsplit

import msgspec
from msgspec import Struct

from ..clock import CLOCK, Clock
from ..output import SEAL
from .nouns import Frozen

if TYPE_CHECKING:
    import requests

#: Seconds to connect, and to wait for each piece of an answer.
PATIENCE = (10.0, 20.0)
#: Seconds between two looks: short at first, because most hosts are quick.
_PAUSES = (0.2, 0.4, 0.8, 1.5, 3.0, 5.0)
#: Seconds for which the rest is waited for once the build is there, and the longest that one answer may take.
_AFTERWARDS, _LONGEST = 10.0, 60.0
_MOST = 4_000_000
_FRONT = "index.html"
_CHUNK = 1 << 16


class Seen(Struct, frozen=True):
    """Say what a visitor sees: whether it is the build, which one it is if not, why, and what does not show.

    ``hidden`` are files of ``.well-known/`` that the host does not give out as they are.
    """

    live: bool
    build: str = ""
    why: str = ""
    hidden: tuple[str, ...] = ()


class _Answer(NamedTuple):
    status: int
    body: bytes
    why: str = ""


def verify(address: str, frozen: Frozen, patience: float, clock: Clock = CLOCK) -> Seen:
    """Look at ``address`` until it shows the build, for at most ``patience`` seconds, and at least once."""
    until, was_live = clock.now() + patience, False
    with _session() as session:
        number = 0
        while True:
            seen = _look(session, address, frozen)
            pause = _PAUSES[min(number, len(_PAUSES) - 1)]
            number += 1
            if seen.live and not seen.hidden:
                return seen
            if seen.live and not was_live:
                until, was_live = min(until, clock.now() + _AFTERWARDS), True
            if clock.now() + pause > until:
                return seen
            clock.wait(pause)


def build_at(address: str) -> Seen:
    """Return which build an address shows now; ``live`` tells whether it shows one of linkhome's at all."""
    with _session() as session:
        answer = _get(session, address, SEAL)
        build, why = _build_in(answer)
        return Seen(bool(build), build, why)


def _look(session: requests.Session, address: str, frozen: Frozen) -> Seen:
    build, why = _build_in(_get(session, address, SEAL))
    if build != frozen.build:
        return Seen(False, build, why or "another build is shown")
    front = _get(session, address, "")
    if front.why or front.status != 200:
        return Seen(False, build, front.why or f"the front page is answered with {front.status}")
    if not same_page(front.body, frozen.read(_FRONT)):
        return Seen(False, build, "the front page is still another one")
    hidden = []
    for path in sorted(frozen.files):
        if path.startswith(".well-known/"):
            answer = _get(session, address, path)
            if answer.why or answer.status != 200 or answer.body != frozen.read(path):
                hidden.append(path)
    return Seen(True, build, hidden=tuple(hidden))


def same_page(shown: bytes, sent: bytes) -> bool:
    """Tell whether two pages have the same words and the same links, whatever else a host did to one of them."""
    return shown == sent or _gist(shown) == _gist(sent)


def _build_in(answer: _Answer) -> tuple[str, str]:
    if answer.why:
        return "", answer.why
    if answer.status != 200:
        return "", f"{SEAL} is answered with {answer.status}"
    try:
        found = msgspec.json.decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        found = None
    build = found.get("build") if isinstance(found, dict) else None
    return (build, "") if isinstance(build, str) else ("", f"what is at {SEAL} was not made by linkhome")


def _session() -> requests.Session:
    import requests

    session = requests.Session()
    session.max_redirects = 5
    # A file with passwords for hosts (.netrc) is none of ours; a proxy of the system is asked as always.
    session.auth = _no_password
    session.headers.update({"Cache-Control": "no-cache", "Pragma": "no-cache", "User-Agent": "linkhome (deploy)"})
    return session


def _no_password(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _get(session: requests.Session, address: str, path: str) -> _Answer:
    """Ask for one file, past caches; whatever goes wrong is an answer, too."""
    import os

    import requests

    url = f"{address.rstrip('/')}/{quote(path)}"
    try:
        with session.get(url, params={"linkhome": os.urandom(6).hex()}, timeout=PATIENCE, stream=True) as answer:
            body, until = b"", time.monotonic() + _LONGEST
            for piece in answer.iter_content(_CHUNK):
                body += piece
                if len(body) > _MOST:
                    return _Answer(answer.status_code, b"", "the answer is longer than any page")
                if time.monotonic() > until:
                    return _Answer(answer.status_code, b"", f"{_host(url)} answers too slowly")
            return _Answer(answer.status_code, body)
    except requests.exceptions.SSLError:
        return _Answer(0, b"", f"the certificate of {_host(url)} is not right, or not there yet")
    except requests.exceptions.ConnectionError:
        return _Answer(0, b"", f"{_host(url)} cannot be reached")
    except requests.exceptions.Timeout:
        return _Answer(0, b"", f"{_host(url)} does not answer in time")
    except requests.exceptions.TooManyRedirects:
        return _Answer(0, b"", f"{_host(url)} leads in a circle")
    except (requests.exceptions.RequestException, ValueError):
        return _Answer(0, b"", f"{_host(url)} does not answer as a web host does")


def _host(url: str) -> str:
    return urlsplit(url).hostname or "the host"


class _Gist(HTMLParser):
    """Collect the words of a page and where it leads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        self.found += [f"{tag} {value}" for name, value in attrs if name in ("href", "src") and tag != "script"]

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Take ``<![…>`` for a comment, as browsers do; the parser itself fails at what it does not know there."""
        del report
        return self.parse_bogus_comment(i)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style") and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found += data.split()


def _gist(page: bytes) -> list[str]:
    reader = _Gist()
    reader.feed(page.decode("utf-8", "replace"))
    reader.close()
    return reader.found
