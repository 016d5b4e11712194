"""Hold every platform, and find the one that has a host."""

from __future__ import annotations

from collections.abc import Iterable

from . import (
    apple,
    books,
    fediverse,
    films,
    making,
    meeting,
    meta,
    music,
    places,
    podcasts,
    posts,
    records,
    shops,
    software,
    support,
    talking,
    video,
    writing,
    youtube,
)
from .entry import Platform, Row

#: Every platform by its slug, in the order of the modules.
PLATFORMS: dict[str, Platform] = {
    platform.slug: platform
    for room in (
        youtube,
        video,
        films,
        meta,
        posts,
        apple,
        music,
        records,
        podcasts,
        writing,
        books,
        shops,
        support,
        making,
        software,
        talking,
        meeting,
        places,
        fediverse,
    )
    for platform in room.PLATFORMS
}

#: Platforms by host; beside each the first part of the path that is its own, if any.
Hosts = dict[str, list[tuple[str, Platform]]]

#: Those whose servers stand anywhere.
ANYWHERE: tuple[Platform, ...] = fediverse.PLATFORMS
#: Their patterns that fit any host.
PATTERNS_ANYWHERE: tuple[tuple[Platform, tuple[Row, ...]], ...] = tuple(
    (platform, tuple(row for row in platform.rows if row[1].startswith("/"))) for platform in ANYWHERE
)


def by_host(platforms: Iterable[Platform]) -> Hosts:
    """Return the platforms by their hosts, those with a path first."""
    hosts: Hosts = {}
    for platform in platforms:
        for entry in platform.hosts:
            host, _, path = entry.partition("/")
            hosts.setdefault(host, []).append((path, platform))
    for found in hosts.values():
        if len(found) > 1:  # google.com/maps before google.com
            found.sort(key=lambda one: -len(one[0]))
    return hosts


_HOSTS = by_host(PLATFORMS.values())
#: Those of plug-ins; None as long as nobody looked.
_added: Hosts | None = None


def platform_of(host: str, parts: tuple[str, ...], hosts: Hosts = _HOSTS) -> Platform | None:
    """Return the platform whose host this is, or whose subdomain; None for anybody else's."""
    while host and len(host) < 256:  # longer ones are no names
        for path, platform in hosts.get(host) or hosts.get(_any_land(host)) or ():
            if not path or (parts and parts[0] == path):
                return platform
        host = host.partition(".")[2]
    return None


def added_platform_of(host: str, parts: tuple[str, ...]) -> Platform | None:
    """Return the platform of a plug-in that has a host which nobody here knows, or None.

    The first such question looks for plug-ins, once; where none is installed that costs a millisecond or two.
    """
    global _added
    if _added is None:
        from . import plugins

        _added = plugins.hosts()
    return platform_of(host, parts, _added) if _added else None


def is_host_of(platform: Platform | None, host: str) -> bool:
    """Tell whether a host is one that the table names for this platform."""
    return platform is not None and platform_of(host, ()) is platform


def _any_land(host: str) -> str:
    """Return ``amazon.*`` for ``amazon.de`` and ``amazon.co.uk``."""
    stem, _, land = host.rpartition(".")
    if len(land) == 2 and stem.endswith((".co", ".com")):
        stem = stem.rpartition(".")[0]
    return f"{stem}.*"
