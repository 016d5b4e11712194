"""Write what programs look for in ``.well-known/``: who takes reports, which accounts are the creator's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC

from ..config.load import Config
from ..config.well_known import Fediverse, Nostr, Security
from ..diagnostics import Diagnostic
from . import moments
from .addresses import base_path

FOLDER = ".well-known/"
_DAY = 86_400.0
#: A file without an end is not believed for long: RFC 9116 recommends less than a year. And how early to renew it.
_LONGEST, _SOON = 366, 30


def files(config: Config, now: float) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Return the files by their paths in the site, and what is wrong with them; ``now`` in seconds since 1970."""
    wanted = config.site.well_known
    if wanted is None:
        return {}, []
    made: dict[str, bytes] = {}
    found = list(_wrong(config, now))
    if wanted.security and _days(wanted.security, config, now) > 0:
        made["security.txt"] = _security(wanted.security, config)
    if wanted.fediverse:
        made["webfinger"] = _webfinger(wanted.fediverse)
    if wanted.bluesky:
        made["atproto-did"] = f"{wanted.bluesky}\n".encode()
    if wanted.nostr:
        made["nostr.json"] = _nostr(wanted.nostr)
    return {f"{FOLDER}{name}": data for name, data in made.items()}, found


def _wrong(config: Config, now: float) -> Iterator[Diagnostic]:
    site, spans = config.site, config.spans
    if base_path(site.url or "") != "/":
        hint = "give the site a domain of its own; until then the files are written, and found by nobody"
        yield spans.warning(f"programs look for {FOLDER} only at the top of a domain", "well_known", hint=hint)
    security = site.well_known.security if site.well_known else None
    if security is None:
        return
    if not _contacts(security, config):
        hint = "write email: or page: there, or email: under contact"
        yield spans.error("security.txt needs somebody to write to", "well_known", "security", hint=hint)
    days = _days(security, config, now)
    at = ("well_known", "security", "expires")
    if days <= 0:
        # No mistake that stops a build: a site that is built every day would stay as it was on that day.
        hint = "write a day within a year; until then it is left out"
        yield spans.warning("security.txt has expired: nobody may rely on it", *at, hint=hint)
    elif days < _SOON:
        yield spans.warning(f"security.txt expires in {int(days) + 1} days", *at, hint="write a day within a year")
    elif days > _LONGEST:
        yield spans.warning("security.txt expires in more than a year", *at, hint="write a day within a year")


def _days(security: Security, config: Config, now: float) -> float:
    expires = moments.read(security.expires, moments.zone(config.site.timezone))[0]
    return (expires.timestamp() - now) / _DAY


def _contacts(security: Security, config: Config) -> list[str]:
    contact = config.site.contact
    email = security.email or (contact.email if contact and not security.page else None)
    return [*([f"mailto:{email}"] if email else []), *([security.page] if security.page else [])]


def _security(security: Security, config: Config) -> bytes:
    """Return ``security.txt`` (RFC 9116)."""
    expires = moments.read(security.expires, moments.zone(config.site.timezone))[0].astimezone(UTC)
    rows = [("Contact", one) for one in _contacts(security, config)]
    rows.append(("Expires", expires.strftime("%Y-%m-%dT%H:%M:%SZ")))
    rows.append(("Preferred-Languages", ", ".join(config.languages)))
    if config.site.url:
        rows.append(("Canonical", f"{config.site.url.rstrip('/')}/{FOLDER}security.txt"))
    if security.policy:
        rows.append(("Policy", security.policy))
    return "".join(f"{name}: {value}\n" for name, value in rows).encode()


def _webfinger(fediverse: Fediverse) -> bytes:
    """Return what WebFinger says of the account (RFC 7033); without other addresses, those that Mastodon gives."""
    name, host = fediverse.account.removeprefix("@").split("@")
    profile = fediverse.profile or f"https://{host}/@{name}"
    actor = fediverse.actor or f"https://{host}/users/{name}"
    links = [
        {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": profile},
        {"rel": "self", "type": "application/activity+json", "href": actor},
    ]
    return _json({"subject": f"acct:{name}@{host}", "aliases": [profile, actor], "links": links})


def _nostr(nostr: Nostr) -> bytes:
    """Return which key belongs to which name here (NIP-05)."""
    said: dict[str, object] = {"names": {nostr.name: nostr.key}}
    return _json(said | ({"relays": {nostr.key: nostr.relays}} if nostr.relays else {}))


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
