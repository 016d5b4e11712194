"""Ask a provider for one answer after another: patiently, politely, within bounds, and only there.

What may get better by itself (a cut connection, half an answer, 429, 5xx) is asked again after a pause that grows; what
may not is a `RefusedError` at once. All bounds hold for the whole of one provider's list.
"""

from __future__ import annotations

import contextlib
import email.utils
import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ..clock import AGAIN, CLOCK, Clock
from ..diagnostics import Exit
from ..embeds.fetch import Client, FetchError, Limits
from . import dig
from .refusals import RefusedError, clean

#: What one answer may cost: 1,000 people with everything that is known of them are a tenth of it.
PAGE = Limits("list", 8_000_000, 60, 2, False, (b"{", b"["), "application/json")
#: What all answers of one provider may cost: bytes, requests, seconds.
MOST_BYTES, MOST_REQUESTS, MOST_SECONDS = 2_000_000_000, 30_000, 3600.0
#: Seconds before the second, third, … try of one question.
PAUSES = (1.0, 3.0, 9.0, 27.0)
#: A provider that wants to be left alone for longer is asked another time.
LONGEST_PAUSE = 300.0
#: Seconds in which a provider allows so many requests.
MINUTE = 60.0

#: Kinds of `FetchError` that may be gone a moment later.
_PASSING = ("dns", "connect", "slow", "reset", "not-http")


class Got(NamedTuple):
    """Hold one good answer: its bytes, its JSON, its headers with lower-case names, and the address that gave it."""

    body: bytes
    data: Any
    headers: Mapping[str, str]
    url: str


class Asker:
    """Be the one who asks one provider. ``rate`` is how many requests a minute are allowed, 0 for any."""

    def __init__(self, client: Client, name: str, rate: int = 0, clock: Clock = CLOCK) -> None:
        self._client = client
        self._name = name
        self._clock = clock
        self._gap = MINUTE / rate if rate else 0.0
        self._next = 0.0
        self._until = clock.now() + MOST_SECONDS
        self._bytes = 0
        self.requests = 0
        self.secrets: list[str] = []

    def hide(self, *secrets: str) -> None:
        """Keep more secrets out of everything that is said and written."""
        self.secrets += [secret for secret in secrets if secret]

    def get(self, url: str, headers: Callable[[], dict[str, str]], good: Callable[[Any], bool]) -> Got:
        """Return a whole answer for which ``good`` is true. ``headers`` are made anew for each try.

        Raises:
            RefusedError: there is none, and it is no use to ask on.
        """
        return self._ask(lambda until: self._client.get(url, PAGE, deadline=until, secret=headers()), good)

    def post(self, url: str, body: bytes, kind: str, headers: Mapping[str, str]) -> Any:
        """Return the JSON that answers a body.

        Raises:
            RefusedError: there is none, and it is no use to ask on.
        """
        ask = lambda until: self._client.post(url, body, kind, PAGE, deadline=until, secret=headers)  # noqa: E731
        return self._ask(ask, lambda data: type(data) is dict).data

    def rest(self, seconds: float) -> None:
        """Wait, unless all the time for this provider would be over then.

        Raises:
            RefusedError: it would.
        """
        if self._clock.now() + seconds > self._until:
            raise RefusedError(f"{self._name} takes longer than {MOST_SECONDS / 60:.0f} minutes", code=Exit.NETWORK)
        if seconds > 0:
            self._clock.wait(seconds)

    def _ask(self, ask: Callable[[float], Any], good: Callable[[Any], bool]) -> Got:
        why, asked_to_wait = "", 0.0
        for pause in (0.0, *PAUSES):
            self.rest(max(pause, asked_to_wait, self._next - self._clock.now()))
            self._count()
            asked_to_wait = 0.0
            try:
                # The whole time is told by our clock; how long one answer may take is told by the client's.
                answer = ask(time.monotonic() + self._until - self._clock.now())
            except FetchError as problem:
                why = self._failed(problem)
                continue
            self._bytes += len(answer.body)
            if answer.status == 200:
                with contextlib.suppress(ValueError):
                    data = dig.decoded(answer.body)
                    if good(data):
                        return Got(answer.body, data, answer.headers, answer.url)
                why = "sent half an answer, or something that is no list"
            elif answer.status in AGAIN:
                why = "asks for fewer questions" if answer.status == 429 else f"has a problem (answer {answer.status})"
                asked_to_wait = self._patience(answer.headers.get("retry-after", ""))
            else:
                raise self._no(answer.status)
        again = "try again later; the list that is here stays as it is"
        raise RefusedError(f"{self._name} {why}, {len(PAUSES) + 1} times in a row", again, Exit.NETWORK)

    def _count(self) -> None:
        self.requests += 1
        self._next = self._clock.now() + self._gap
        if self.requests > MOST_REQUESTS or self._bytes > MOST_BYTES:
            raise RefusedError(f"{self._name} sends more than any list can be: it goes on and on", code=Exit.NETWORK)

    def _failed(self, problem: FetchError) -> str:
        """Return why a try failed that may be repeated; raise for one that may not."""
        if problem.code in _PASSING:
            return {"slow": "did not answer in time", "reset": "broke off in the middle of its answer"}.get(
                problem.code, "cannot be reached" if problem.code in ("dns", "connect") else "does not speak HTTP"
            )
        if problem.code == "stopped":
            raise KeyboardInterrupt
        if problem.code == "refused":
            # Such a sentence shows the address, and an address of a list may hold people's.
            said = "http" if "http" in problem.sentence.partition(":")[2] else ""
            hint = "write its address with https" if said else "check 'server' under 'newsletter' in linkhome.yaml"
            raise RefusedError(f"{self._name} is at an address that linkhome does not ask with a token", hint)
        raise RefusedError(clean(problem.sentence, self.secrets), code=Exit.NETWORK)

    def _patience(self, retry_after: str) -> float:
        """Return for how many seconds a provider wants to be left alone (RFC 9110, 10.2.3)."""
        written = retry_after.strip()
        if written.isdecimal():
            seconds = float(written[:9])
        else:
            try:
                seconds = email.utils.parsedate_to_datetime(written).timestamp() - time.time()
            except (ValueError, TypeError, OverflowError):
                return 0.0
        if seconds > LONGEST_PAUSE:
            minutes = f"{seconds / 60:,.0f} minutes"
            hint = f"try again in {minutes}; the list that is here stays as it is"
            raise RefusedError(f"{self._name} wants no questions for {minutes}", hint, Exit.NETWORK)
        return max(0.0, seconds)

    def _no(self, status: int) -> RefusedError:
        if status in (401, 403):
            why = f"{self._name} does not accept the token (answer {status})"
            return RefusedError(why, "is it complete, still valid, and allowed to read the list?")
        if status in (404, 410):
            hint = "check the settings under 'newsletter' and its 'backup' in linkhome.yaml"
            return RefusedError(f"{self._name} knows no such list (answer {status})", hint)
        if 300 <= status < 400:
            return RefusedError(f"{self._name} leads elsewhere (answer {status})", code=Exit.NETWORK)
        return RefusedError(f"{self._name} does not answer this question (answer {status})", code=Exit.NETWORK)
