"""Decide who may ask: the creator's own browser, and with the key also a telephone in the same network.

Any web page that is open on this machine can send requests to it, and a name can be made to lead here (DNS
rebinding). So a request must name us as its host, must not come from another page, and gets no CORS header whatever
it asks. Pure: a request goes in, and nothing, a redirect or a refusal comes out.
"""

from __future__ import annotations

import hmac
from urllib.parse import parse_qsl, urlencode

from msgspec import Struct

from .lan import is_near
from .request import Refused, Request

_STEPS = ("GET", "HEAD")
#: Seconds: a working day on the telephone needs one scan.
_KEPT = 86_400
#: More than any page of ours sends.
_PAIRS = 300


class Door(Struct, frozen=True):
    """Say where the preview is to be found.

    ``lan`` is this machine's address in the local network and ``key`` what has to be shown there; both are empty
    when only this machine may look.
    """

    host: str
    port: int
    lan: str = ""
    key: str = ""

    def hosts(self, outside: bool) -> tuple[str, ...]:
        """Return what a request may name as its host: when it came over the local network, or on this machine."""
        names = (self.lan,) if outside else ("127.0.0.1", "localhost", "[::1]")
        return tuple(f"{name}:{self.port}" for name in names) + (names if self.port == 80 else ())

    @property
    def cookie(self) -> str:
        """Return the name of the cookie that holds the key; ports of one host share their cookies."""
        return f"linkhome-{self.port}"


class Moved(Struct, frozen=True):
    """Send the browser to another address of ours, perhaps with a cookie."""

    to: str
    status: int = 302
    cookie: str = ""


def pairs(query: str) -> tuple[tuple[str, str], ...]:
    """Return the names and values of a query, decoded, in their order.

    Raises:
        Refused: there are too many, or they are not UTF-8.
    """
    try:
        return tuple(parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=_PAIRS))
    except ValueError:
        raise Refused(400, "What stands behind the question mark cannot be read.") from None


def admit(request: Request, door: Door, peer: str, outside: bool) -> Moved | None:
    """Let a request pass (None), or say where it has to go first.

    ``peer`` is the address of whoever asks; ``outside`` says that it came in by the local network's address.

    Raises:
        Refused: it names another host, comes from another page, or shows no key.
    """
    host = request.header("host")
    if not host:
        raise Refused(400, "The request does not say which host it means.")
    if host.lower() not in door.hosts(outside):
        raise Refused(403, f"The preview is at http://{door.hosts(outside)[0]}/, and nowhere else.")
    _check_origin(request, host)
    return _check_key(request, door, peer) if outside else None


def check_token(request: Request, token: str) -> None:
    """Raise unless the request shows the preview's token, which only pages of the preview itself can read.

    Raises:
        Refused: it does not.
    """
    if not _equal(request.header("x-linkhome-token"), token):
        raise Refused(403, "Only the preview's own pages may ask this. Reload the page, then try again.")


def _check_origin(request: Request, host: str) -> None:
    """Raise when another page has a hand in it. Tools that are no browsers send neither of the two headers."""
    origin = request.header("origin")
    if origin and origin.lower() != f"http://{host.lower()}":
        raise Refused(403, "Another page must not ask this.")
    if request.header("sec-fetch-site") not in ("cross-site", "same-site"):
        return
    visit = request.header("sec-fetch-mode") == "navigate" and request.header("sec-fetch-dest") == "document"
    if not visit or request.method not in _STEPS:
        raise Refused(403, "Another page must not ask this.")


def _check_key(request: Request, door: Door, peer: str) -> Moved | None:
    """Let only neighbours in, and only with the key: in the address the first time, then as a cookie."""
    if not is_near(peer):
        raise Refused(403, "Only the local network may look at the preview.")
    asked = pairs(request.query)
    shown = next((value for name, value in asked if name == "key"), "")
    if shown and _equal(shown, door.key) and request.method in _STEPS:
        rest = urlencode([(name, value) for name, value in asked if name != "key"])
        cookie = f"{door.cookie}={door.key}; Path=/; Max-Age={_KEPT}; HttpOnly; SameSite=Strict"
        return Moved(request.path + (f"?{rest}" if rest else ""), 302, cookie)
    if not _equal(_kept(request, door.cookie), door.key):
        raise Refused(403, "This preview needs its key: scan the code in the terminal, or type the address below it.")
    return None


def _kept(request: Request, name: str) -> str:
    """Return the value of a cookie, empty when there is none."""
    for cookie in request.header("cookie").split(";"):
        key, _, value = cookie.strip().partition("=")
        if key == name:
            return value
    return ""


def _equal(shown: str, known: str) -> bool:
    """Compare in a time that tells nothing; an empty secret equals nothing."""
    return bool(known) and hmac.compare_digest(shown.encode("utf-8", "replace"), known.encode())
