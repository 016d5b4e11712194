"""Spell an address as it is asked: as it was written, or as its platform writes it, in ASCII and without tricks."""

from __future__ import annotations

from collections.abc import Mapping

from . import addresses
from .entry import Platform
from .filling import LONGEST, pairs, parts, public
from .known import Place


def written(address: str) -> str:
    """Return a web address as it was written, without its fragment, in ASCII; nothing for what is none."""
    text = addresses.clean(address).replace("\\", "/")
    scheme, rest = addresses.split(text)
    if scheme not in ("http", "https"):
        scheme, rest = "https", rest if not scheme else ""
    rest = rest.lstrip("/").partition("#")[0]
    end = min((at for mark in "/?" if (at := rest.find(mark)) >= 0), default=len(rest))
    authority, tail = rest[:end], rest[end:]
    name, _, port = authority.partition(":")
    host = public(name.rstrip("."))
    if not host or port not in ("", "443" if scheme == "https" else "80"):
        return ""
    if not (tail.isascii() and tail.isalnum()):
        from urllib.parse import quote

        tail = quote(tail.encode("utf-8", "replace"), safe="%/:=&?~+!$,;'@()*[]")
    found = f"{scheme}://{host}{tail}"
    return found if len(found) <= LONGEST else ""


def canonical(place: Place, asked: str = "") -> tuple[str, str, str]:
    """Return host, path (without its first slash) and query of the one spelling; an empty host for what is unsafe.

    ``asked`` is the host as it was written: its ``www.`` is kept.
    """
    address, _ = addresses.web(place.key().partition("://")[2])
    host = public(address.host)
    if asked == f"www.{host}" or (place.platform and place.platform.www and _is_whole(place.platform, host)):
        host = f"www.{host}"
    path = parts("/".join(address.parts)) if address.parts else ""
    return ("", "", "") if address.parts and not path else (host, path, pairs(address.query))


def values_of(place: Place, address: str, facts: Mapping[str, str]) -> dict[str, str]:
    """Return all that the templates of a place's rules and frames may name; see `linkhome.platforms.filling`.

    ``canonical`` is the platform's spelling of the whole address, empty where there is no safe one.
    """
    asked = written(address).partition("://")[2].partition("/")[0].partition("?")[0]
    host, path, query = canonical(place, asked)
    whole = f"https://{host}/{path}".rstrip("/") + query if host else ""
    found = {name: text for name, text in facts.items() if isinstance(text, str)} | place.values
    return found | {
        "host": host,
        "path": path,
        "query": query,
        "canonical": whole if len(whole) <= LONGEST else "",
        "address": _as_value(whole),
        "land": _land(place),
    }


def _as_value(address: str) -> str:
    from urllib.parse import quote

    return quote(address, safe="")


def _land(place: Place) -> str:
    first = place.address.parts[0] if place.address.parts else ""
    return first if len(first) == 2 and first.isascii() and first.isalpha() else ""


def _is_whole(platform: Platform, host: str) -> bool:
    """Tell whether this is a platform's own host, and no subdomain of it."""
    return host in platform.hosts or any(
        entry.endswith(".*") and host.startswith(entry[:-1]) for entry in platform.hosts
    )
