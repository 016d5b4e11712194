"""Look at front doors: ask each platform that the site links to for its first page, and note who is there.

A sibling of the same company is asked, too, where the site links to one of its platforms only: so that one blocked
fetch is never taken for an outage. Other hosts that the site links to show that our own line works.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

from msgspec import Struct

from ..config.schema import Site
from ..embeds.answer import FetchError, Limits
from ..embeds.turns import host_of
from ..platforms.entry import Platform
from ..platforms.table import PLATFORMS, platform_of
from .links import links
from .watch import Watching

#: So many hosts at most, so many at the same time, and so many seconds for all of them.
MOST, TOGETHER, SECONDS = 20, 4, 30.0
#: Hosts of nobody whom linkhome knows, among them.
_OTHERS = 6
#: What a look at one door may cost. The beginning of a page is enough to know that somebody is there.
DOOR = Limits("door", 64_000, 8, 3, True, (), "text/html, application/xhtml+xml;q=0.9, */*;q=0.1")


class Door(Struct, frozen=True):
    """Hold one host to ask; ``platform`` is its slug, empty for a host of nobody whom linkhome knows."""

    host: str
    platform: str = ""

    @property
    def address(self) -> str:
        """Return what is asked."""
        return f"https://{self.host}/"


def doors(site: Site) -> tuple[Door, ...]:
    """Return the doors of a site: those of companies that can be decided about first, in the site's order."""
    found: dict[str, Door] = {}
    others: dict[str, Door] = {}
    by_owner: dict[str, list[Platform]] = {}
    for one in links(site):
        platform = PLATFORMS.get(one.known.slug)
        if platform is None or not platform.owner:
            host = one.known.host
            if host:
                others.setdefault(host, Door(host, one.known.slug))
            continue
        mine = by_owner.setdefault(platform.owner, [])
        if platform not in mine:
            mine.append(platform)
            door = front(platform, one.known.host)
            found.setdefault(door.host, door)
    for host in filter(None, (host_of(site.url or ""), _signup(site))):
        platform = platform_of(host, ())
        if host not in found:
            others.setdefault(host, Door(host, platform.slug if platform else ""))
    siblings = [door for owner, mine in by_owner.items() if len(mine) == 1 for door in _siblings(owner, mine[0])]
    room = MOST - min(len(others), _OTHERS)
    chosen = {door.host: door for door in (*found.values(), *siblings)}
    return (*list(chosen.values())[:room], *list(others.values())[: MOST - min(len(chosen), room)])


def front(platform: Platform, host: str = "") -> Door:
    """Return the front door of a platform: its first host; where that differs from land to land, the linked one."""
    first = platform.hosts[0].partition("/")[0]
    if "*" in first:
        return Door(host or first.replace("*", "com"), platform.slug)
    return Door(f"www.{first}" if platform.www else first, platform.slug)


def look(chosen: Sequence[Door], client: Watching, seconds: float = SECONDS) -> None:
    """Ask each door once, four at a time; the client notes what came of it. Returns within the seconds.

    A door for which there is no time left is not asked: that we are slow says nothing about it.
    """
    end = time.monotonic() + seconds
    waiting = list(reversed(chosen))
    lock = threading.Lock()

    def work() -> None:
        while True:
            with lock:
                if not waiting or end - time.monotonic() < DOOR.seconds:
                    return
                door = waiting.pop()
            try:
                client.get(door.address, DOOR, deadline=end)
            except FetchError:
                continue  # the client has noted it

    threads = [threading.Thread(target=work, daemon=True) for _ in range(min(TOGETHER, len(waiting)))]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join(max(0.0, end + 1 - time.monotonic()))
    finally:
        client.stop()


def _signup(site: Site) -> str:
    """Return the host to which sign-ups go, if there is one: it belongs to what the page needs."""
    from ..newsletter.target import resolve

    if site.newsletter is None:
        return ""
    found, _ = resolve(site.newsletter.provider, site.newsletter.given())
    return host_of(found.action) if found else ""


def _siblings(owner: str, known: Platform) -> list[Door]:
    """Return the door of another platform of the same company, on a host of its own."""
    doors = [front(one) for one in PLATFORMS.values() if one.owner == owner and one is not known]
    mine = front(known).host.removeprefix("www.")
    return [door for door in doors if door.host.removeprefix("www.") != mine][:1]
