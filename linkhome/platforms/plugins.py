"""Take in platforms of other packages: the entry points of the group ``linkhome.platforms``.

An entry point names a `Platform`, or a tuple of them. They count for hosts that linkhome does not know. A plug-in
that cannot be used is left out and becomes a warning (`problems`): its addresses are plain links, no error.
The import system's own module for this costs more than a warm build, so it is asked only when a quick look finds
a package that has such a plug-in.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from threading import RLock
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, warning
from . import table
from .entry import KINDS, Platform

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "linkhome.platforms"
_HINT = "update the package or uninstall it; until then addresses of that platform are plain links"

_lock = RLock()
_hosts: table.Hosts | None = None
_problems: list[Diagnostic] = []


def hosts() -> table.Hosts:
    """Return the platforms of all plug-ins by their hosts; loads them the first time, and never raises."""
    global _hosts
    with _lock:
        if _hosts is None:
            _hosts = {}  # a plug-in that recognises addresses while it is loaded sees none
            _hosts = table.by_host(_load()) if announced() else {}
        return _hosts


def problems() -> list[Diagnostic]:
    """Return a warning for each plug-in, or platform of one, that was left out."""
    hosts()
    return list(_problems)


def announced() -> tuple[str, ...]:
    """Return the metadata folders of packages that have platforms, in order; reads each package's list at most.

    The folder where the program was started is left out: whoever opens a stranger's site runs nothing of it.
    Names and versions of packages are in the result, so it may stand for them in a cache's key.
    """
    found = []
    here = os.getcwd()
    for folder in dict.fromkeys(sys.path):
        if not folder or os.path.abspath(folder) == here:
            continue
        try:
            names = [name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info"))]
        except OSError:  # an archive, or a folder that is no more
            continue
        for name in names:
            try:
                with open(os.path.join(folder, name, "entry_points.txt"), "rb") as file:
                    if f"[{GROUP}]".encode() in file.read():
                        found.append(os.path.join(folder, name))
            except OSError:
                continue
    return tuple(sorted(found))


def _load() -> Iterator[Platform]:
    from importlib.metadata import Distribution

    taken: set[str] = set()
    for folder in announced():
        try:
            package = Distribution.at(folder)
            points = [point for point in package.entry_points if point.group == GROUP]
            about = str(package.metadata["Name"] or os.path.basename(folder))
        except Exception as problem:  # damaged metadata is any error
            _problems.append(_warning(os.path.basename(folder), f"its metadata cannot be read ({problem})"))
            continue
        for point in points:
            yield from _platforms(point, f"{point.name} ({about})", taken)


def _platforms(point: EntryPoint, about: str, taken: set[str]) -> Iterator[Platform]:
    try:
        given = point.load()
    except (Exception, SystemExit) as problem:
        _problems.append(_warning(about, f"it does not load: {type(problem).__name__}: {problem}"))
        return
    for platform in given if isinstance(given, (tuple, list)) else (given,):
        try:
            why = _wrong(platform, taken)
        except Exception as problem:  # values of wrong types fail anywhere
            why = f"its entry is malformed: {type(problem).__name__}: {problem}"
        if why:
            _problems.append(_warning(about, why))
            continue
        taken.update((platform.slug, *platform.hosts))
        yield _with_icon(platform)


def _wrong(platform: object, taken: set[str]) -> str:
    """Return what is wrong with an entry, or nothing. Raises anything for values of wrong types."""
    if not isinstance(platform, Platform):
        return "it is no linkhome.platforms.Platform"
    slug = platform.slug
    if not slug.isascii() or not slug.isalnum() or slug != slug.lower():
        return f"its slug '{slug}' must be small letters and digits"
    if slug in table.PLATFORMS or slug in taken or slug == "web":
        return f"there is a platform '{slug}' already"
    if len(platform.colour) != 6 or int(platform.colour, 16) < 0:
        return f"its colour '{platform.colour}' must be six hexadecimal digits"
    if not platform.hosts:
        return "it names no host"
    for host in platform.hosts:
        name, _, path = host.partition("/")
        if "." not in name or name != name.lower() or name.startswith("www."):
            return f"its host '{host}' must be a name in small letters, without https:// and www."
        if table.platform_of(name, (path,)) or host in taken:
            return f"its host '{host}' belongs to a platform that is known already"
    return _wrong_rules(platform)


def _wrong_rules(platform: Platform) -> str:
    from .patterns import check

    for row in platform.rows:
        if row[0] not in KINDS:
            return f"there is no kind '{row[0]}'"
        check(row[1])
    addresses = [rule.address for rule in (*platform.asks, *platform.feeds)]
    addresses += [frame.address for frame in platform.frames if frame.address]
    for address in (*addresses, *filter(None, [platform.oembed])):
        if not address.startswith("https://"):
            return f"its address '{address}' must begin with https://"
    return ""


def _with_icon(platform: Platform) -> Platform:
    from msgspec import structs

    from .icons import names

    known = (platform.icon or platform.slug) in names()
    return platform if known else structs.replace(platform, icon="globe")


def _warning(about: str, why: str) -> Diagnostic:
    plain = " ".join(why.split())
    return warning(f"the plug-in {about} cannot be used: {plain[:300]}", hint=_HINT)
