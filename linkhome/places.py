"""Name the addresses at which visitors find a site: its own, and those of the other places under ``deploy``.

This is the one truth for the line that tells visitors of a second address, for the contact card and for the service
worker. Nothing is asked: a place whose address neither its entry nor its target's rule tells is not among them.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from msgspec import Struct

from .config.schema import Deploy, Site

_REPOSITORY = re.compile(
    r"(?:(?:https|ssh)://(?:[\w.-]+@)?(?P<host>[\w.-]+)(?::\d+)?/|(?:[\w.-]+@)?(?P<scp>[\w.-]+):)?"
    r"(?P<owner>[\w.~+-]+)/(?P<name>[\w.~+-]+?)(?:\.git)?/?",
    re.ASCII,
)
_NETLIFY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII | re.IGNORECASE)
_NETLIFY_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Place(Struct, frozen=True):
    """Be one place that visitors can reach: its target, and its address with a slash at the end."""

    target: str
    url: str


def reached(site: Site) -> tuple[Place, ...]:
    """Return the places that visitors can reach, the primary first, no address twice.

    The address of the first one is that of the site, unless a later entry has it. Left out are drafts, and what has no
    address of its own: a folder, an entry without ``url`` of a target that gives no address by rule.
    """
    elsewhere = {_same(own) for entry in site.deploy[1:] if (own := _own(entry))}
    found: dict[str, Place] = {}
    for number, entry in enumerate(site.deploy):
        url = _own(entry)
        if number == 0 and site.url and _same(site.url) not in elsewhere and (url or entry.target != "folder"):
            url = site.url
        if url and not entry.draft:
            found.setdefault(_same(url), Place(entry.target, f"{url.rstrip('/')}/"))
    return tuple(found.values())


def addresses(site: Site) -> tuple[str, ...]:
    """Return every address to tell people, the primary's first; none for a site that is in one place only.

    Addresses that mean something on one computer or in one network only are no help to anybody else.
    """
    urls = tuple(place.url for place in reached(site) if _public(place.url))
    return urls if len(urls) > 1 else ()


def shown(url: str) -> str:
    """Return an address as people read and type it: ``lina.github.io/site``."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def github_page(owner: str, name: str) -> str:
    """Return where GitHub Pages shows a repository: the owner's own address, or a folder of it."""
    own = f"{owner}.github.io".lower()
    return f"https://{own}/" if name.lower() == own else f"https://{own}/{name}/"


def codeberg_page(owner: str, name: str) -> str:
    """Return where Codeberg shows a repository; names with a dot have no host that a certificate could be for."""
    own = f"https://pages.codeberg.org/{owner}" if "." in owner else f"https://{owner.lower()}.codeberg.page"
    return f"{own}/" if name.lower() == "pages" else f"{own}/{name}/"


def _own(entry: Deploy) -> str:
    """Return the address of an entry: as it was written, else by the rule of its target, else an empty text."""
    if entry.url:
        return entry.url
    if entry.domain:
        return f"https://{entry.domain}"
    if entry.target in ("github", "github-actions"):
        owner, name = _repository(entry.repository or "", "github.com", short=entry.target == "github-actions")
        return github_page(owner, name) if owner else ""
    if entry.target == "codeberg":
        owner, name = _repository(entry.repository or "", "codeberg.org")
        return codeberg_page(owner, name) if owner else ""
    if entry.target == "netlify" and entry.site and not entry.api:
        return _netlify(entry.site)
    return ""


def _repository(text: str, host: str, short: bool = False) -> tuple[str, str]:
    """Return owner and name of a repository at ``host``, both empty if it lies elsewhere."""
    found = _REPOSITORY.fullmatch(text.strip())
    named = (found["host"] or found["scp"] or "").lower() if found else ""
    if found and (named == host or (short and not named)):
        return found["owner"], found["name"]
    return "", ""


def _netlify(name: str) -> str:
    if _NETLIFY_ID.fullmatch(name):
        return ""
    if "." in name:
        return f"https://{name}"
    return f"https://{name.lower()}.netlify.app" if _NETLIFY.fullmatch(name) else ""


def _same(url: str) -> str:
    """Return what two spellings of one address have in common."""
    parts = urlsplit(url)
    return f"{(parts.hostname or '').rstrip('.')}:{parts.port or ''}{parts.path.rstrip('/')}"


def _public(url: str) -> bool:
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".localhost", ".local", ".internal"))
