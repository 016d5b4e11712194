"""Read what programs look for in ``.well-known/`` as they do: whether it says what it should, and is found at all.

Of the files that linkhome writes, the build says what is wrong; here are those of the creator's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from ..deploy.entries import Wanted
from ..diagnostics import Severity
from .finding import Finding
from .site import Site, shown

RULE = "well-known"
FOLDER = ".well-known/"
_DAY = 86_400.0
#: So many days before its end a file is to be renewed.
_SOON = 30
_WRITTEN = ("atproto-did", "nostr.json", "security.txt", "webfinger")
_FIELD = re.compile(r"^([A-Za-z-]+):[ \t]*(.*?)\s*$", re.MULTILINE)
_ADDRESS = re.compile(r"(?:https://|mailto:|tel:)\S+", re.IGNORECASE)
_DID = re.compile(r"did:(?:plc:[a-z2-7]{24}|web:[A-Za-z0-9.-]+)")
_KEY = re.compile(r"[0-9a-f]{64}")
_JSON = frozenset(("apple-app-site-association", "assetlinks.json", "matrix/client", "matrix/server"))


def find(site: Site, places: Sequence[Wanted], now: float) -> Iterator[Finding]:
    """Find what is wrong in the folder, and places that do not show it; ``now`` in seconds since 1970."""
    kept = [path for path in site.files if path.startswith(FOLDER)]
    for place in places if kept else ():
        if not place.about.hidden:
            hint = "let another place be the first one under 'deploy', if others have to find the files"
            yield Finding(RULE, Severity.WARNING, f"{place.about.title} does not show files of {FOLDER}", hint)
    for path in (path for path in kept if site.files[path].source is not None):
        name = path.removeprefix(FOLDER)
        for severity, message in _faults(name, site.data(path), now):
            hint = f"correct theme/static/{path}"
            hint += "; the key well_known: of linkhome.yaml writes it for you" if name in _WRITTEN else ""
            yield Finding(RULE, severity, f"{name} {message}", hint, (shown(path),))


def _faults(name: str, data: bytes, now: float) -> Iterator[tuple[Severity, str]]:
    if name == "security.txt":
        yield from _security(data.decode("utf-8", "replace"), now)
    elif name == "atproto-did":
        if not _DID.fullmatch(data.decode("utf-8", "replace").strip()):
            yield Severity.ERROR, "does not hold the lasting name of an account (did:plc:… or did:web:…)"
    elif name in ("webfinger", "nostr.json") or name in _JSON:
        found = _read(data)
        if not isinstance(found, dict):
            yield Severity.ERROR, "is not what programs read (JSON)"
        elif name == "webfinger":
            yield from _webfinger(found)
        elif name == "nostr.json":
            yield from _nostr(found)


def _security(text: str, now: float) -> Iterator[tuple[Severity, str]]:
    """Judge the fields that RFC 9116 asks for."""
    fields: dict[str, list[str]] = {}
    for name, value in _FIELD.findall(text):
        fields.setdefault(name.lower(), []).append(value)
    contacts = fields.get("contact", [])
    if not contacts:
        yield Severity.ERROR, "names nobody to write to (Contact)"
    for contact in contacts:
        if not _ADDRESS.fullmatch(contact):
            yield Severity.ERROR, f"has a contact that is no address: '{contact[:60]}' (https://, mailto: or tel:)"
    ends = fields.get("expires", [])
    try:
        (end,) = (datetime.fromisoformat(one) for one in ends)
        days = ((end if end.tzinfo else end.replace(tzinfo=UTC)).timestamp() - now) / _DAY
    except ValueError:
        yield Severity.ERROR, "does not say once until when it holds (Expires: 2027-06-01T00:00:00Z)"
        return
    if days <= 0:
        yield Severity.ERROR, "has expired: nobody may rely on it"
    elif days < _SOON:
        yield Severity.WARNING, f"expires in {int(days) + 1} days"


def _webfinger(found: dict[str, Any]) -> Iterator[tuple[Severity, str]]:
    links = found.get("links")
    if not isinstance(found.get("subject"), str) or not str(found["subject"]).startswith("acct:"):
        yield Severity.ERROR, 'does not say whose it is ("subject": "acct:…")'
    named = [one.get("rel") for one in links if isinstance(one, dict)] if isinstance(links, list) else []
    if "self" not in named:
        yield Severity.ERROR, 'does not lead to the account (a link with "rel": "self")'


def _nostr(found: dict[str, Any]) -> Iterator[tuple[Severity, str]]:
    names = found.get("names")
    if not isinstance(names, dict) or not names:
        yield Severity.ERROR, 'names nobody ("names")'
        return
    for name, key in names.items():
        if not (isinstance(key, str) and _KEY.fullmatch(key)):
            yield Severity.ERROR, f"has a key for '{name[:40]}' that is none: it has 64 hex digits in small letters"


def _read(data: bytes) -> object:
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
