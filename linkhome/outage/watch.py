"""Note who answers and who does not, while something else is asked for."""

from __future__ import annotations

import threading
from typing import Any

from ..embeds.fetch import Answer, Client, FetchError, Limits
from ..embeds.rubbish import bad_headers
from ..embeds.turns import host_of
from ..platforms.table import added_platform_of, platform_of
from .seen import FAMILIES, Seen

#: What ends a fetch after the host has begun to speak, and says nothing of an outage.
_ANSWERED = frozenset({"redirects", "large"})


class Watching(Client):
    """Ask as a `Client` does, and remember of each host how it went."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._noting = threading.Lock()
        self._went: dict[str, set[str]] = {}

    def get(self, url: str, limits: Limits, **more: Any) -> Answer:
        """Return what an address answers: see `Client.get`."""
        try:
            answer = super().get(url, limits, **more)
        except FetchError as problem:
            if problem.code in FAMILIES:
                self._note(url, problem.code)
            elif problem.code in _ANSWERED:
                self._note(url, "")
            raise
        self._note(url, "5xx" if is_down(answer) else "")
        return answer

    def forget(self, url: str) -> None:
        """Take back what was noted of a host: we were the ones who had no time."""
        with self._noting:
            self._went.pop(host_of(url), None)

    def seen(self, at: float) -> list[Seen]:
        """Return what was noted, as one round. Whoever answered once was there, whatever else went wrong."""
        with self._noting:
            went = {host: {""} if "" in codes else codes for host, codes in self._went.items()}
        return [seen(host, code, at) for host in sorted(went) for code in sorted(went[host])]

    def _note(self, url: str, code: str) -> None:
        if host := host_of(url):
            with self._noting:
                self._went.setdefault(host, set()).add(code)


def is_down(answer: Answer) -> bool:
    """Tell whether a server says that it is broken. A check for humans often comes with 503, and is no outage."""
    if answer.status < 500 or bad_headers(answer.status, answer.headers):
        return False
    return not (answer.status == 503 and "cloudflare" in answer.headers.get("server", "").lower())


def seen(host: str, code: str, at: float) -> Seen:
    """Return the observation of one host, with whose it is."""
    platform = platform_of(host, ()) or added_platform_of(host, ())
    return Seen(at, host, platform.slug if platform else "", (platform.owner if platform else "") or host, code)
