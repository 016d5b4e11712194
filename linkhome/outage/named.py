"""Find the platform that a creator means: by its slug, its name or one of its hosts."""

from __future__ import annotations

from ..platforms.entry import Platform
from ..platforms.table import PLATFORMS, added_platform_of, platform_of


def platform_named(word: str) -> Platform | None:
    """Return the platform of ``instagram``, ``Apple Music``, ``instagram.com``; None when there is no such one.

    Case, spaces, hyphens and ``www.`` do not matter. Nothing is guessed: see `likely` for what might be meant.
    """
    plain = _plain(word)
    for slug, platform in PLATFORMS.items():
        if plain and plain in (slug, _plain(platform.name)):
            return platform
    for platform in _of_plugins():
        if plain and plain in (platform.slug, _plain(platform.name)):
            return platform
    host = word.strip().lower().rstrip("/").removeprefix("https://").removeprefix("www.")
    if "." not in host or "/" in host or not host.isprintable():
        return None
    return platform_of(host, ()) or added_platform_of(host, ())


def likely(word: str) -> str:
    """Return the slug that was probably meant by a word that names no platform; nothing when there is no near one."""
    from ..diagnostics import closest

    words = {slug: slug for slug in PLATFORMS} | {platform.name: slug for slug, platform in PLATFORMS.items()}
    plain = _plain(word)
    if len(plain) > 2:
        begun = [slug for slug, platform in PLATFORMS.items() if slug.startswith(plain)]
        if begun:
            return min(begun, key=len)
    near = closest(word[:100], words)
    return words[near] if near else ""


def _of_plugins() -> tuple[Platform, ...]:
    """Return the platforms of other packages. Nobody looks for them as long as the words are those of the table."""
    from ..platforms import plugins

    return tuple(platform for found in plugins.hosts().values() for _, platform in found)


def _plain(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter not in " -_\t\n")
