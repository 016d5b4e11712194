"""Name the keys under ``well_known:``: what programs look for in the folder ``.well-known/`` of a domain."""

from __future__ import annotations

from typing import Annotated

from msgspec import field

from .vocabulary import Email, Keys, WebAddress, When, kind

Account = Annotated[str, kind("account", "An account of the Fediverse: @lina@mastodon.example.")]
Did = Annotated[str, kind("did", "The lasting name of a Bluesky account: did:plc:…")]
NostrKey = Annotated[str, kind("nostr", "A public key of Nostr: 64 hex digits.")]
Relay = Annotated[str, kind("relay", "The address of a relay: wss://relay.example.")]


class Security(Keys, frozen=True, kw_only=True):
    """Where those who find a security hole write to: ``security.txt`` (RFC 9116)."""

    expires: When
    email: Email | None = None
    page: WebAddress | None = None
    policy: WebAddress | None = None


class Fediverse(Keys, frozen=True, kw_only=True):
    """An account of the Fediverse that is found by the name of this domain, too: ``webfinger``."""

    account: Account
    profile: WebAddress | None = None
    actor: WebAddress | None = None


class Nostr(Keys, frozen=True, kw_only=True):
    """A Nostr account that this domain confirms (NIP-05): ``nostr.json``."""

    key: NostrKey
    name: str = "_"
    relays: list[Relay] = field(default_factory=list)


class WellKnown(Keys, frozen=True, kw_only=True):
    """What is written into ``.well-known/``."""

    security: Security | None = None
    fediverse: Fediverse | None = None
    bluesky: Did | None = None
    nostr: Nostr | None = None
