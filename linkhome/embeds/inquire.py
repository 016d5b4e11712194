"""Ask about one address until an answer is worth keeping: question after question, politely, and not too many."""

from __future__ import annotations

import random
import re
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from ..platforms import asking
from .fetch import API, FEED, PAGE, PICTURE, Answer, Client, FetchError, Limits
from .reading import Reading, Unusable, read
from .turns import PAUSE, PAUSES, Turns

if TYPE_CHECKING:
    from ..platforms.asking import Ask
    from .wanted import Wanted

#: How many questions one address may cost in a run, pictures apart.
MOST_QUESTIONS = 6
#: Seconds before the one second try, so that a server that stumbled can get up.
SECOND_TRY = (1.0, 3.0)
#: Seconds for a question while there seems to be no connection at all.
HURRY = 3.0

#: What a question to a page or feed is called where limits and pauses are looked up; all others are for programs.
_KINDS = {"feed": FEED, "page": PAGE, "channel": PAGE, "telegram-list": PAGE}
_STUMBLES = ("connect", "reset", "slow")
#: How a feed begins: RSS, Atom, RDF or JSON Feed.
_FEED = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<(?:\?[^>]*\?|!--(?:(?!-->).)*--)>\s*)*<(?:rss|feed|rdf:RDF)\b"
    rb'|\s*\{\s*"version"\s*:\s*"https:\\?/\\?/jsonfeed\.org',
    re.DOTALL,
)
#: What went wrong, from what says most about the address to what says least.
_WEIGHT = ("wait", "private", "gone", "blocked", "consent", "shell", "other-thing", "error", "empty")
#: The answer came and says something, but not what was asked for.
_REFUSED = frozenset({"blocked", "consent", "shell", "other-thing", "empty", "not-json", "not-feed"})


class Unchanged(Exception):  # noqa: N818 (it is an answer)
    """Say that every answer was "not modified": the copy is as good as new."""


class Failure(Exception):  # noqa: N818 (whoever asks tells it to the creator)
    """Say why no answer was worth keeping.

    ``gone`` tells that the platform says there is nothing any more; ``offline`` that not even the host could be
    reached; ``wait`` how many seconds we were asked to stay away.
    """

    def __init__(self, code: str, sentence: str, *, gone: bool = False, wait: float = 0, offline: bool = False) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence
        self.gone, self.wait, self.offline = gone, wait, offline

    @property
    def held(self) -> bool:
        """Tell whether there was an answer that was refused for what it says."""
        return self.code in _REFUSED


class Inquiry(Struct, frozen=True):
    """Hold an answer that is worth something: what it says, what was resolved on the way, and marks for next time.

    ``marks`` are the entity tag and the date of each address that was asked (RFC 9110, section 8.8).
    """

    reading: Reading
    url: str
    marks: dict[str, tuple[str, str]]


class Inquirer:
    """Ask for one site; usable from several threads."""

    def __init__(self, client: Client, turns: Turns, stopping: threading.Event) -> None:
        self.client = client
        self.turns = turns
        self.stopping = stopping
        #: Nobody could be reached so far: ask once and briefly, in case somebody is there after all.
        self.in_a_hurry = False

    def ask(
        self, want: Wanted, facts: Mapping[str, str], marks: Mapping[str, tuple[str, str]], *, enough: bool
    ) -> Inquiry:
        """Return the best answer about an address. ``enough`` says that there is a copy which "not modified" confirms.

        Raises:
            Unchanged: what was asked has not changed since.
            Failure: no answer was worth keeping.
            InterruptedError: everything was told to stop.
        """
        address = self._resolved(want.address)
        waiting = deque(asking.newest(address, facts) if want.many else asking.single(address))
        if not waiting:
            raise Failure("apart", why_not(address, many=bool(want.many)))
        asked: set[str] = set()
        problems: list[Failure] = []
        learned = dict(facts)
        seen: dict[str, tuple[str, str]] = {}
        best: Reading | None = None
        while waiting and len(asked) < MOST_QUESTIONS:
            ask = waiting.popleft()
            if ask.url in asked:
                continue
            asked.add(ask.url)
            try:
                answer = self._answer(ask, marks.get(ask.url, ("", "")) if enough else ("", ""))
                if answer.status == 304:
                    raise Unchanged
                if want.many and ask.how == "page" and _FEED.match(answer.body[:4096]):
                    ask = structs.replace(ask, how="feed")  # what was pasted is no page but the feed itself
                    learned["feed"] = ask.url
                reading = read(ask, answer, address)
            except FetchError as problem:
                problems.append(_unreachable(problem))
                continue
            except Unusable as problem:
                problems.append(Failure(problem.code, problem.sentence, gone=problem.gone, wait=problem.wait))
                if problem.code == "wait":
                    break  # other doors of the same platform would be knocked at in vain
                continue
            learned |= reading.facts
            # A page leads on to its oEmbed answer, which tells of one thing, and to its feed, which tells of many.
            further = [one for one in reading.asks if one.how != ("oembed" if want.many else "feed")]
            if _answers(reading, want, further):
                best = _together(best, reading)
                # Only the answer that settles it may be "not modified" next time: the page of a blog may stay as it is
                # while the feed to which it leads does not.
                tag, date = answer.headers.get("etag", ""), answer.headers.get("last-modified", "")
                if tag or date:
                    seen[ask.url] = (tag[:200], date[:100])
                break
            best = _together(best, reading) if reading.title or reading.text else best
            if want.many and reading.facts:  # what was resolved just now opens other doors
                further += asking.newest(address, learned)
            waiting.extendleft(reversed([one for one in further if one.url not in asked]))
        if best is None or (want.many and not best.items):
            raise _worst(problems)
        return Inquiry(structs.replace(best, facts=learned), address, seen)

    def picture(self, url: str) -> bytes:
        """Return the bytes of a picture.

        Raises:
            Failure: there is none to be had.
            InterruptedError: everything was told to stop.
        """
        try:
            answer = self._get(url, PICTURE, None)
        except FetchError as problem:
            raise _unreachable(problem) from None
        if answer.status != 200:
            raise Failure("picture", f"the picture's server answered {answer.status}")
        return answer.body

    def _resolved(self, address: str) -> str:
        """Return where a short link leads; the link itself when that cannot be told just now."""
        if not asking.resolve_first(address):
            return address
        try:
            return self._get(address, PAGE, PAUSES["page"]).url
        except FetchError:
            return address

    def _answer(self, ask: Ask, marks: tuple[str, str]) -> Answer:
        """Ask, and once more a moment later when a server only seems to have stumbled."""
        limits = _KINDS.get(ask.how, API)
        pause = PAUSES.get(limits.name, PAUSE)
        try:
            answer = self._get(ask.url, limits, pause, marks, ask.referer)
        except FetchError as problem:
            if problem.code not in _STUMBLES or self.in_a_hurry:
                raise
        else:
            lost_feed = answer.status == 404 and ask.how == "feed" and "youtube.com/feeds/" in ask.url
            if (answer.status < 500 and not lost_feed) or "retry-after" in answer.headers:
                return answer
        if self.stopping.wait(random.uniform(*SECOND_TRY)):  # noqa: S311 (only to be out of step with others)
            raise InterruptedError
        return self._get(ask.url, limits, pause, marks, ask.referer)

    def _get(
        self, url: str, limits: Limits, pause: float | None, marks: tuple[str, str] = ("", ""), referer: bool = False
    ) -> Answer:
        # A picture belongs to the answer that has just come and needs no turn of its own: a browser would not wait.
        with self.turns.at(url, pause) if pause is not None else nullcontext():
            if self.stopping.is_set():
                raise InterruptedError
            end = time.monotonic() + HURRY if self.in_a_hurry else None
            try:
                return self.client.get(url, limits, etag=marks[0], modified=marks[1], referer=referer, deadline=end)
            except FetchError:
                if self.stopping.is_set():
                    raise InterruptedError from None
                raise


def why_not(address: str, *, many: bool) -> str:
    """Return why an address is not asked about, and what to do: a sentence for the creator."""
    if many and asking.single(address):
        return asking.apart(address) or "this is one thing, not a channel: write 'embed:' instead of 'latest:'"
    return asking.apart(address) or "there is nothing that could be asked for this address"


def _answers(reading: Reading, want: Wanted, further: Sequence[Ask]) -> bool:
    """Tell whether a reading is what was wanted, so that nobody else need be asked."""
    if want.many:
        return bool(reading.items)
    return bool(reading.title or reading.text) and (bool(reading.image) or not further)


def _together(first: Reading | None, second: Reading) -> Reading:
    """Return the later reading with the gaps filled from an earlier one."""
    if first is None:
        return second
    gaps = {
        name: getattr(first, name)
        for name in first.__struct_fields__
        if not getattr(second, name) and getattr(first, name) and name != "asks"
    }
    return structs.replace(second, **gaps) if gaps else second


def _unreachable(problem: FetchError) -> Failure:
    return Failure(problem.code, problem.sentence, offline=problem.code in ("dns", "connect", "slow"))


def _worst(problems: list[Failure]) -> Failure:
    """Return the problem that says most; "gone" only when nobody said anything else."""
    if not problems:
        return Failure("empty", "there was nothing in the answers that a card could show")
    gone = all(problem.gone for problem in problems)

    def weight(problem: Failure) -> int:
        return _WEIGHT.index(problem.code) if problem.code in _WEIGHT else len(_WEIGHT)

    worst = min(problems, key=weight)
    worst.gone = gone
    worst.offline = all(problem.offline for problem in problems)
    return worst
