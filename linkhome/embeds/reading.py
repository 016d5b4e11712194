"""Turn an answer of a platform into a reading, or say in one sentence why it is worth nothing.

This is the one door: whatever a stranger sent goes through the same checks in the same order before anybody
believes it. A 200 is no success and a 404 no proof of absence; what counts is what the body says.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

from ..platforms import recognise
from . import rubbish
from .signatures import BLOCKED, MISSING, SENTENCES, STATUSES

if TYPE_CHECKING:
    from ..platforms.asking import Ask
    from .fetch import Answer


#: Nobody may send us away for longer, in seconds: a week.
LONGEST_WAIT = 7 * 86_400
#: Other names of the front page of a site.
_FRONT = ("index", "home", "default")
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?")


class Reading(Struct, frozen=True, kw_only=True):
    """Hold what an answer said. Every text is plain, clean and cut; every address is a clean web address.

    ``source`` is ``oembed``, ``page``, ``feed`` or ``api``. ``published`` and ``starts`` are a day or a moment
    of ISO 8601; ``duration`` counts seconds; ``frame`` is the address of a player that the answer named (who
    shows it checks its host first); ``audio`` is a podcast's file; ``items`` are the newest of a channel;
    ``asks`` are questions that this answer leads to, better ones first; ``facts`` are resolved ids worth
    keeping (``channel``).
    """

    source: str
    title: str = ""
    author: str = ""
    author_url: str = ""
    text: str = ""
    published: str = ""
    license: str = ""
    image: str = ""
    image_alt: str = ""
    url: str = ""
    kind: str = ""
    frame: str = ""
    aspect: str = ""
    duration: float = 0
    sensitive: bool = False
    audio: str = ""
    items: tuple[Reading, ...] = ()
    asks: tuple[Ask, ...] = ()
    facts: dict[str, str] = {}
    price: str = ""
    place: str = ""
    starts: str = ""


class Unusable(Exception):  # noqa: N818  (it is no error of ours: the answer is worth nothing)
    """Say why an answer is worth nothing: a code for the program, a sentence for the creator.

    ``code`` is one of ``blocked consent shell empty error not-json not-feed other-thing gone wait private``.
    ``gone`` says that the platform also answered 404 or 410; ``wait`` is how many seconds it asked us to stay away.
    """

    def __init__(self, code: str, sentence: str, *, gone: bool = False, wait: float = 0) -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.gone, self.wait = code, sentence, gone, wait


def read(ask: Ask, answer: Answer, address: str) -> Reading:
    """Return what the answer to a question about an address says.

    In this order: were we told to wait; did a redirect end elsewhere; do the headers say that it is a challenge; is
    there a body; then the reader for what was asked: its form, its own error messages, signatures of rubbish, and
    whether it is about what was asked. The status counts last: a body that passes all this is good.

    Raises:
        Unusable: nothing that a card could use. No other exception comes out, whatever the bytes are.
    """
    refuse_wait(ask, answer, address)
    refuse_detour(ask, answer, address)
    refuse_challenge(ask, answer, address)
    try:
        refuse_empty(ask, answer, address)
        return _reader(ask.how)(answer, ask, address)
    except Unusable as problem:
        raise weighed(problem, ask, answer, address) from None
    except Exception:  # one odd answer must not cost all the others; the readers' own tests see what this hides
        odd = Unusable("error", "the answer could not be understood")
        raise weighed(odd, ask, answer, address) from None


def refuse_wait(ask: Ask, answer: Answer, address: str) -> None:  # noqa: ARG001 (all checks have one form)
    """Refuse 429 and 503 that say how long to stay away (RFC 9110, section 10.2.3)."""
    if answer.status in (429, 503):
        seconds = _retry_after(answer)
        if seconds > 0:
            raise Unusable("wait", "it wants to be left alone for a while", wait=seconds)


def refuse_detour(ask: Ask, answer: Answer, address: str) -> None:
    """Refuse what came after a redirect to a login, consent or error page, or to the front door."""
    asked, final = _where(ask.url), _where(answer.url)
    code = rubbish.detour(asked, final)
    if not code and ask.how == "page":
        code = _front_door(asked, final, answer.url)
    if code:
        problem = Unusable(code, SENTENCES[code])
        raise weighed(problem, ask, answer, address) if code in ("error", "other-thing") else problem


def refuse_challenge(ask: Ask, answer: Answer, address: str) -> None:  # noqa: ARG001
    """Refuse what says in its headers that it is a check for humans."""
    if rubbish.bad_headers(answer.status, answer.headers):
        raise Unusable("blocked", BLOCKED)


def refuse_empty(ask: Ask, answer: Answer, address: str) -> None:  # noqa: ARG001
    """Refuse a body that is not there, or too short to say anything."""
    if len(answer.body.strip(b" \t\r\n\f\0")) < 2:
        raise Unusable("empty", "the answer is empty")


def weighed(problem: Unusable, ask: Ask, answer: Answer, address: str) -> Unusable:
    """Return a problem with the meaning that the status gives it.

    404 and 410 make it ``gone``, but only what failed the checks: a challenge is no word about the thing, nor is one
    of Meta's errors. The feeds of YouTube answer 404 for channels that are there, for days.
    """
    status = answer.status
    if status < 400 or problem.code in ("wait", "consent", "private", "blocked"):
        return problem
    known = recognise(address)
    # A platform's own refusal is a word or JSON; a page in its place is somebody's who stands in front of it.
    own = ask.how == "oembed" and not answer.body.lstrip().startswith(b"<")
    meant = STATUSES.get((known.slug, status)) if own else None
    if meant:
        return Unusable(*meant, gone=meant[0] == "gone")
    if status in (404, 410):
        if ask.how in ("feed", "channel") and known.slug == "youtube":
            return Unusable("error", "the feed is not there just now; YouTube's feeds come and go")
        return Unusable("gone", MISSING, gone=True)
    if status == 429:
        return Unusable("wait", "it wants to be asked less often")
    if status in (401, 402, 403, 406, 407, 451, 999) or (
        status == 503 and "cloudflare" in answer.headers.get("server", "")
    ):
        return Unusable("blocked", BLOCKED)
    return Unusable("error", f"{problem.sentence} (status {status})") if problem.code != "error" else problem


def _reader(how: str) -> Callable[[Answer, Ask, str], Reading]:
    """Return who reads such answers; loaded only then, for a build reads none."""
    if how == "oembed":
        from .oembed import read_oembed

        return read_oembed
    if how == "page":
        from .page import read_page

        return read_page
    if how == "channel":
        from .channel import read_channel

        return read_channel
    if how == "feed":
        from .feed import read_feed

        return read_feed
    from .apis import ADAPTERS

    return ADAPTERS[how]


def _retry_after(answer: Answer) -> float:
    """Return for how many seconds we were asked to stay away, at most a week; 0 when nobody asked."""
    said = answer.headers.get("retry-after", "").strip()[:64]
    if said.isascii() and said.isdigit():
        return float(min(int(said), LONGEST_WAIT))
    try:
        until = parsedate_to_datetime(said).timestamp()
        now = parsedate_to_datetime(answer.headers["date"]).timestamp() if "date" in answer.headers else time.time()
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0
    return float(min(max(until - now, 0), LONGEST_WAIT))


def _where(address: str) -> tuple[str, str]:
    """Return host and path of an address, without ``www.``."""
    try:
        parts = urlsplit(address)
        return (parts.hostname or "").removeprefix("www."), parts.path
    except ValueError:
        return "", ""


def _front_door(asked: tuple[str, str], final: tuple[str, str], address: str) -> str:
    """Tell a redirect from a thing to the front door of its site, or of a platform. Short links may end at a door."""
    wanted = asked[1].strip("/").lower()
    if (
        final[1].strip("/")
        or not wanted
        or wanted.partition(".")[0] in ("index", "home", "default")
        or len(wanted) == 2
    ):
        return ""
    found = recognise(address)
    platform = bool(found.slug) and found.kind in ("site", "page")
    return "other-thing" if platform or f".{asked[0]}".endswith(f".{final[0]}") else ""
