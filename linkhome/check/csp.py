"""Read policies (Content Security Policy Level 3), and tell what one forbids that the pages of a site do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from ..headers.served import Served

#: Directives by their names in small letters, and what each allows.
Policy = Mapping[str, frozenset[str]]

#: Words by which scripts run that nobody named.
ANYTHING = frozenset(("'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:", "data:"))
_NAMED = ("'sha256-", "'sha384-", "'sha512-", "'nonce-")
#: Where browsers look instead of a directive that is not there; `_ALONE` looks nowhere, and allows everything then.
_INSTEAD = {"frame-src": ("child-src",), "worker-src": ("child-src", "script-src")}
_ALONE = frozenset(("base-uri", "form-action", "frame-ancestors"))
_HOST = re.compile(r"(?:([a-z][a-z0-9+.-]*)://)?(\*|(?:\*\.)?[^:/*]+)(?::([0-9]+|\*))?(?:/.*)?", re.IGNORECASE)
_OWN = ("connect-src", "font-src", "img-src", "manifest-src", "script-src", "style-src", "worker-src")


def directives(policy: str) -> Policy:
    """Return the directives of one policy; of two with the same name the first one holds."""
    found: dict[str, frozenset[str]] = {}
    for part in policy.split(";"):
        name, *values = part.split() or [""]
        found.setdefault(name.lower(), frozenset(values))
    return found


def policies(value: str) -> list[Policy]:
    """Return every policy of a header: hosts that send two join them by a comma, and all of them hold."""
    return [directives(one) for one in value.split(",") if one.strip()]


def loose(policy: Policy) -> list[str]:
    """Return the words by which a policy lets scripts run that nobody named."""
    allowed = policy.get("script-src", policy.get("default-src", frozenset()))
    named = any(one.startswith(_NAMED) for one in allowed)
    return sorted(allowed & ANYTHING - ({"'unsafe-inline'"} if named else set()))


def lacking(all_: Iterable[Policy], served: Served, forms: Iterable[str] = ()) -> list[str]:
    """Return what pages need and some policy forbids, as a policy would say it.

    ``served`` says what the pages of the site need, ``forms`` are the origins (or ``'self'``) that their forms go to.
    """
    needs = list(_needs(served, forms))
    held = list(all_)
    lacks = (f"{name} {source}" for name, source in needs for one in held if not _allows(one, name, source, served.url))
    return list(dict.fromkeys(lacks))


def sentence(lacks: Sequence[str]) -> str:
    """Return what is lacking in a few words."""
    more = f" and {len(lacks) - 4} more" if len(lacks) > 4 else ""
    return ", ".join(lacks[:4]) + more


def _needs(served: Served, forms: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield from ((name, "'self'") for name in _OWN)
    yield from (("frame-src", f"https://{host}") for host in sorted(served.frames))
    yield from (("connect-src", origin) for origin in sorted(served.asks))
    yield from (("script-src", f"'{one}'") for one in sorted(served.scripts))
    yield from (("style-src", f"'{one}'") for one in sorted(served.styles))
    yield from (("media-src", source) for source in sorted(served.media))
    yield from (("form-action", origin) for origin in sorted(set(forms)))


def _allows(policy: Policy, name: str, source: str, home: str) -> bool:
    listed = _listed(policy, name)
    if listed is None or source in listed:
        return True
    if source.startswith("'sha"):
        return "'unsafe-inline'" in listed and not any(one.startswith(_NAMED) for one in listed)
    wanted = (home or "https://site.invalid/") if source == "'self'" else source
    if not home and source == "'self'":
        return any(one == "*" or one.lower() == "https:" for one in listed)
    return any(_covers(one, wanted, home) for one in listed)


def _listed(policy: Policy, name: str) -> frozenset[str] | None:
    for one in (name, *_INSTEAD.get(name, ()), *(() if name in _ALONE else ("default-src",))):
        if one in policy:
            return policy[one]
    return None


def _covers(listed: str, wanted: str, home: str) -> bool:
    """Tell whether a source of a policy covers an address, or a scheme as ``https:``."""
    if listed == "'self'":
        return bool(home) and _origin(wanted) == _origin(home)
    if listed.startswith("'"):
        return False
    if wanted.endswith(":"):
        return listed.lower() == wanted or listed == "*"
    there = urlsplit(wanted)
    if re.fullmatch(r"[a-z][a-z0-9+.-]*:", listed, re.IGNORECASE):
        return there.scheme == listed[:-1].lower()
    found = _HOST.fullmatch(listed)
    if not found:
        return False
    scheme, host, port = (found[1] or "").lower(), found[2].lower(), found[3]
    named = there.hostname or ""
    fits = host == "*" or (named.endswith(host[1:]) if host.startswith("*.") else named == host)
    number = there.port or (443 if there.scheme == "https" else 80)
    usual = port in (None, "*") and (port == "*" or there.port is None)
    return fits and (not scheme or scheme == there.scheme) and (usual or port == str(number))


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port
