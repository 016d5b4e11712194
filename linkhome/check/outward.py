"""Ask whether the pages are still there that the site links on other hosts: politely, and not for long.

One question at a time for each host, with a pause, and no more than `MOST` in all. Many platforms answer programs with
a refusal: only what says that a page is gone is held against a link.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple
from urllib.parse import urlsplit

from ..diagnostics import Severity
from ..embeds.fetch import Client, FetchError, Limits
from ..embeds.turns import PAUSES, Turns
from .finding import Finding
from .site import Site, shown

RULE = "outward"
#: Links that are asked in one check, and the seconds after which no further one is.
MOST, SECONDS = 200, 120.0
_WORKERS = 4
_GONE = (404, 410)
#: A page is not read, only its head counts; a little of it has to come.
_LINK = Limits("link", 20_000, 15, 5, True, (), "text/html, */*;q=0.5")


class Asked(NamedTuple):
    """Say how one address answered: gone (why), or not known (why), or (both empty) well.

    ``silent``: not even its host was found.
    """

    gone: str = ""
    unknown: str = ""
    silent: bool = False


def find(
    site: Site, client: Client, most: int = MOST, seconds: float = SECONDS, pause: float = PAUSES["page"]
) -> list[Finding]:
    """Return the links to other hosts that lead nowhere, and how many nobody could judge."""
    where = _links(site)
    urls = list(where)[:most]
    asked = _ask_all(urls, client, seconds, pause)
    if len(asked) > 1 and all(one.silent for one in asked.values()):
        hint = "see that this computer is online, then check again"
        return [Finding(RULE, Severity.NOTE, "links to other hosts were not tried: none of them was found", hint)]
    found = [
        Finding(RULE, Severity.WARNING, f"'{url[:120]}' {asked[url].gone}", "correct the link, or take it away", pages)
        for url, pages in where.items()
        if url in asked and asked[url].gone
    ]
    unknown = {urlsplit(url).hostname or "": one.unknown for url, one in asked.items() if one.unknown}
    if unknown:
        hosts = ", ".join(sorted(unknown)[:5]) + (" and others" if len(unknown) > 5 else "")
        message = f"whether links to {hosts} are good is not known: {next(iter(unknown.values()))}"
        hint = "open them yourself now and then; some hosts answer no programs"
        found.append(Finding(RULE, Severity.NOTE, message, hint))
    if len(where) > len(asked):
        message = f"{len(where) - len(asked):,} of {len(where):,} links to other hosts were not tried, for want of time"
        hint = f"a check tries {most} at most: open the others yourself, or take away what nobody needs"
        found.append(Finding(RULE, Severity.NOTE, message, hint))
    return found


def _links(site: Site) -> Mapping[str, tuple[str, ...]]:
    """Return every address on another host that people can click, with the pages that it is on."""
    found: dict[str, dict[str, None]] = {}
    for path, page in site.pages.items():
        for one in page.references:
            other = site.way(path, one.url).other if one.element == "a" else None
            if other:
                found.setdefault(other, {})[shown(path)] = None
    return {url: tuple(pages) for url, pages in found.items()}


def _ask_all(urls: Sequence[str], client: Client, seconds: float, pause: float) -> dict[str, Asked]:
    until, stopping = time.monotonic() + seconds, threading.Event()
    turns = Turns(stopping)

    def ask(url: str) -> tuple[str, Asked] | None:
        try:
            with turns.at(url, pause):
                return (url, _ask(url, client, until)) if time.monotonic() < until else None
        except InterruptedError:
            return None

    with ThreadPoolExecutor(_WORKERS) as pool:
        try:
            return dict(one for one in pool.map(ask, urls) if one)
        except BaseException:  # Ctrl-C: let those who wait go home
            stopping.set()
            client.stop()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _ask(url: str, client: Client, until: float) -> Asked:
    try:
        status = client.get(url, _LINK, deadline=until).status
    except FetchError as problem:
        if problem.code == "dns":
            return Asked(gone=f"leads nowhere: {problem.sentence}", silent=True)
        return Asked(unknown=problem.sentence)
    if status in _GONE:
        return Asked(gone=f"is not there any more ({status})")
    return Asked() if status < 400 else Asked(unknown=f"{urlsplit(url).hostname} answers with {status}")
