"""Turn a token into the headers that a provider wants to see. Nothing of it is ever written down."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from .refusals import RefusedError
from .source import Source
from .tokens import Token, variable

if TYPE_CHECKING:
    from .ask import Asker

#: Seconds for which a signature counts. Ghost takes five minutes at most.
_GHOST_LASTS = 240
#: What is often copied along with a token.
_COPIED = re.compile(r"^(?:Bearer|Token|Basic|api-key|Klaviyo-API-Key)\s+", re.IGNORECASE)


def fitting(source: Source, token: Token) -> Token:
    """Return a token that looks as it should, without a word in front that was copied along.

    Raises:
        RefusedError: it cannot be the right one; the message says what it looks like and where it is found.
    """
    bare = _COPIED.sub("", token.reveal().strip(), count=1)
    if not re.fullmatch(source.auth.pattern, bare):
        shape = " It is two parts with a colon between them." if ":" in source.auth.pattern else ""
        raise RefusedError(
            f"the token does not look like one of {source.name}.{shape}",
            f"it is {source.auth.what}; check {variable(source.key)}, or store it again with "
            f"'linkhome list token {source.key}'",
        )
    return Token(bare)


def headers(source: Source, token: Token, now: Callable[[], float] = time.time) -> Callable[[], dict[str, str]]:
    """Return a function that makes the headers for the next request; `exchanged` first turns what is for OAuth."""
    auth, secret = source.auth, token.reveal()
    fixed = dict(source.headers)
    if auth.how == "ghost":
        return lambda: {**fixed, auth.name: auth.value.format(_ghost(secret, now()))}
    if auth.how == "basic":
        return lambda: {**fixed, auth.name: _basic(auth.value.format(secret))}
    return lambda: {**fixed, auth.name: auth.value.format(secret)}


def exchanged(source: Source, token: Token, asker: Asker) -> Callable[[], dict[str, str]]:
    """Ask for a token for an hour (OAuth 2, client credentials), and return a function that makes its headers.

    Raises:
        RefusedError: the provider gives none.
    """
    data = asker.post(
        source.auth.url,
        b"grant_type=client_credentials",
        "application/x-www-form-urlencoded",
        {"Authorization": _basic(token.reveal())},
    )
    granted = data.get("access_token") if type(data) is dict else None
    if type(granted) is not str or not granted:
        raise RefusedError(f"{source.name} gave no access for this client", f"check that it is {source.auth.what}")
    asker.hide(granted)
    return lambda: {**dict(source.headers), source.auth.name: f"Bearer {granted}"}


def spellings(source: Source, token: Token) -> list[str]:
    """Return every form in which a secret might show up again: none of them may reach a file or a message."""
    secret = token.reveal()
    found = [secret, *(part for part in secret.split(":") if len(part) >= 8)]
    if source.auth.how in ("basic", "oauth"):
        found.append(_basic(source.auth.value.format(secret)).removeprefix("Basic "))
    return found


def _basic(pair: str) -> str:
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


def _ghost(secret: str, now: float) -> str:
    """Return a JSON Web Token as Ghost's Admin API wants it (RFC 7519, HS256; the secret is written in hex)."""
    name, _, key = secret.partition(":")
    head = {"alg": "HS256", "typ": "JWT", "kid": name}
    claims = {"iat": int(now), "exp": int(now) + _GHOST_LASTS, "aud": "/admin/"}
    signed = b".".join(_url64(json.dumps(part, separators=(",", ":")).encode()) for part in (head, claims))
    return (signed + b"." + _url64(hmac.digest(bytes.fromhex(key), signed, hashlib.sha256))).decode()


def _url64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")
