"""Hold every platform, and find the one that has a host."""

from __future__ import annotations

from . import (
    fediverse,
    making,
    meeting,
    music,
    podcasts,
    posts,
    shops,
    software,
    support,
    talking,
    video,
    writing,
)
from .entry import Platform

#: Every platform by its slug, in the order of the modules.
PLATFORMS: dict[str, Platform] = {
    platform.slug: platform
    for room in (
        video,
        posts,
        music,
        podcasts,
        writing,
        shops,
        support,
        making,
        software,
        talking,
        meeting,
        fediverse,
    )
    for platform in room.PLATFORMS
}

#: Those whose servers stand anywhere.
ANYWHERE: tuple[Platform, ...] = fediverse.PLATFORMS


def _by_host() -> dict[str, list[tuple[str, Platform]]]:
    hosts: dict[str, list[tuple[str, Platform]]] = {}
    for platform in PLATFORMS.values():
        for entry in platform.hosts:
            host, _, path = entry.partition("/")
            hosts.setdefault(host, []).append((path, platform))
    for found in hosts.values():
        if len(found) > 1:  # google.com/maps before google.com
            found.sort(key=lambda one: -len(one[0]))
    return hosts


_HOSTS = _by_host()


def platform_of(host: str, parts: tuple[str, ...]) -> Platform | None:
    """Return the platform whose host this is, or whose subdomain; None for anybody else's."""
    while host and len(host) < 256:  # longer ones are no names
        for path, platform in _HOSTS.get(host) or _HOSTS.get(_any_land(host)) or ():
            if not path or (parts and parts[0] == path):
                return platform
        host = host.partition(".")[2]
    return None


def _any_land(host: str) -> str:
    """Return ``amazon.*`` for ``amazon.de`` and ``amazon.co.uk``."""
    stem, _, land = host.rpartition(".")
    if len(land) == 2 and stem.endswith((".co", ".com")):
        stem = stem.rpartition(".")[0]
    return f"{stem}.*"
