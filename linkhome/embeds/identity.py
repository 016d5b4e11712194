"""Tell whether an answer is about what was asked for: the same host, or one of its other names; the same id."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from ..platforms import recognise

#: Platforms whose things have one id that every address of the thing holds: another id is another thing.
_EXACT = frozenset({"youtube", "vimeo", "tiktok", "dailymotion", "x", "instagram", "spotify", "pinterest"})
#: Second-level names below which everybody has a name of their own.
_SHARED = frozenset({"co", "com", "net", "org", "ac", "gov", "edu", "or", "ne", "gob", "go"})


def host_of(address: str) -> str:
    """Return the host of an address in lower case without ``www.``, or nothing."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:
        return ""


def path_of(address: str) -> str:
    """Return the path of an address for comparing, or nothing."""
    try:
        return urlsplit(address).path.strip("/").lower()
    except ValueError:
        return ""


def same_site(one: str, other: str) -> bool:
    """Tell whether two addresses are on one site: hosts below one name, or those of one platform."""
    first, second = host_of(one), host_of(other)
    if not first or not second:
        return False
    if first == second or _site(first) == _site(second):
        return True
    slug = recognise(one).slug
    return bool(slug) and slug == recognise(other).slug


def other_site(named: Iterable[str], asked: str, final: str) -> bool:
    """Tell whether an answer names only addresses on other sites than the one asked and the one that answered."""
    own = [one for one in named if host_of(one)]
    return bool(own) and not any(same_site(one, asked) or same_site(one, final) for one in own)


def other_thing(named: Iterable[str], asked: str) -> bool:
    """Tell whether an answer names things of the same platform, but not the one that was asked for."""
    known = recognise(asked)
    if known.slug not in _EXACT or len(known.id) < 4:
        return False
    others = False
    for address in named:
        if not address:
            continue
        if known.id in address:
            return False
        found = recognise(address)
        others = others or bool(
            found.slug == known.slug and found.id and _is_thing(found.kind) == _is_thing(known.kind)
        )
    return others


def _is_thing(kind: str) -> bool:
    return kind not in ("profile", "channel", "page", "site", "")


def _site(host: str) -> str:
    """Return the part of a host that somebody owns, near enough: ``b.example.co.uk`` -> ``example.co.uk``."""
    labels = host.split(".")
    if labels[-1].isdigit():
        return host
    take = 3 if len(labels) > 2 and labels[-2] in _SHARED and len(labels[-1]) == 2 else 2
    return ".".join(labels[-take:])
