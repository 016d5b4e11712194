"""Check the names under which other networks know somebody."""

from __future__ import annotations

import re

from .nodes import shorten
from .wrong import KindError

_HOST = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
_ACCOUNT = re.compile(rf"@?([A-Za-z0-9_](?:[A-Za-z0-9_.-]{{0,98}}[A-Za-z0-9_])?)@({_HOST})", re.IGNORECASE)
_PLC = re.compile(r"did:plc:[a-z2-7]{24}")
_WEB = re.compile(rf"did:web:{_HOST}")
_KEY = re.compile(r"[0-9a-f]{64}")
_RELAY = re.compile(rf"wss://{_HOST}(?::[0-9]{{1,5}})?(?:/[A-Za-z0-9._~/-]{{0,200}})?")


def account(text: str) -> str:
    """Return an account of the Fediverse as ``@name@host``."""
    found = _ACCOUNT.fullmatch(text.strip(" "))
    if not found:
        raise KindError(
            f"'{shorten(text)}' is not an account of the Fediverse", 'it looks like this: "@lina@mastodon.example"'
        )
    return f"@{found[1]}@{found[2].lower()}"


def did(text: str) -> str:
    """Return the name that a Bluesky account keeps whatever its handle is (AT Protocol, "DID")."""
    text = text.strip(" ")
    if _PLC.fullmatch(text) or _WEB.fullmatch(text):
        return text
    hint = "Bluesky shows it under Settings → Account → Handle → I have my own domain: did:plc: and 24 signs"
    raise KindError(f"'{shorten(text)}' is not the lasting name of an account", hint)


def nostr(text: str) -> str:
    """Return a public key of Nostr in hex (NIP-05)."""
    text = text.strip(" ").lower()
    if _KEY.fullmatch(text):
        return text
    if text.startswith("nsec1"):
        raise KindError(
            "this is a private key of Nostr", "take it out, it is not to be known; write the public one in hex"
        )
    hint = "it has 64 hex digits; clients show it beside the one that begins with npub1"
    raise KindError(f"'{shorten(text)}' is not a public key of Nostr in hex", hint)


def relay(text: str) -> str:
    """Return the address of a Nostr relay."""
    text = text.strip(" ")
    if _RELAY.fullmatch(text):
        return text
    raise KindError(f"'{shorten(text)}' is not the address of a relay", "it looks like this: wss://relay.example")
