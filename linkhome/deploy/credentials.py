"""Find and keep what targets ask for in secret, and blot it out of everything that is said.

A secret comes from the environment or from the keyring of the system, never from a file of the site. An entry with a
name of its own may have secrets of its own: ``LINKHOME_BACKUP_TOKEN`` goes before ``LINKHOME_NETLIFY_TOKEN``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ..diagnostics import Exit, LinkhomeError, error
from ..lists.tokens import INSTALL, SERVICE
from ..newsletter import places
from ..token import Token
from .nouns import About, Secret

_SHORTEST = 4


class Found(NamedTuple):
    """Hold where a secret comes from, in words for the creator; without one, why there is none."""

    token: Token | None
    where: str


def variables(name: str, about: About, secret: Secret) -> tuple[str, ...]:
    """Return the environment variables that may hold a secret of the entry ``name``, the first one first."""
    own = f"LINKHOME_{re.sub('[^A-Z0-9]', '_', name.upper())}_{re.sub('[^A-Z0-9]', '_', secret.name.upper())}"
    return (secret.variable,) if name == about.name else tuple(dict.fromkeys((own, secret.variable)))


def find(name: str, about: About, secret: Secret, environment: Mapping[str, str] | None = None) -> Found:
    """Return one secret of an entry: the environment's, else the keyring's. Nothing is raised."""
    known = os.environ if environment is None else environment
    for variable in variables(name, about, secret):
        if value := known.get(variable, "").strip():
            return Found(Token(value), f"the environment variable {variable}")
    keyring = _keyring()
    if keyring is None:
        return Found(None, "no keyring is installed")
    try:
        kept = keyring.get_password(SERVICE, _user(name, secret))
    except Exception as problem:  # what keyrings raise depends on the system; none of it may hold us up
        return Found(None, f"the keyring does not answer ({type(problem).__name__})")
    return Found(Token(kept.strip()), "the keyring") if kept and kept.strip() else Found(None, "none is stored")


def all_of(name: str, about: About) -> dict[str, Token]:
    """Return every secret of an entry that there is, by its name.

    Raises:
        LinkhomeError: one that is needed is missing; the message says how it is given.
    """
    found: dict[str, Token] = {}
    for secret in about.secrets:
        one = find(name, about, secret)
        if one.token:
            found[secret.name] = one.token
        elif secret.required:
            hint = f"set the environment variable {variables(name, about, secret)[0]}, or store it with "
            hint += f"'linkhome deploy --token {name}'"
            hint += f" (first: {INSTALL})" if _keyring() is None else f" ({one.where})"
            raise LinkhomeError(error(f"{about.title} asks for {secret.what}, and there is none", hint=hint))
    return found


def keep(name: str, about: About, secret: Secret, token: Token) -> None:
    """Store a secret in the keyring of the system.

    Raises:
        LinkhomeError: there is no keyring, or it does not keep it; the message says what else can be done.
    """
    variable = variables(name, about, secret)[0]
    keyring = _keyring()
    if keyring is None:
        hint = f"{INSTALL}, or set the environment variable {variable} instead"
        why = "nothing can be stored: the package 'keyring' is not installed"
        raise LinkhomeError(error(why, hint=hint), Exit.USAGE)
    if not token.reveal():
        raise LinkhomeError(error(f"nothing was given: it has to be {secret.what}"), Exit.USAGE)
    try:
        keyring.set_password(SERVICE, _user(name, secret), token.reveal())
        kept = keyring.get_password(SERVICE, _user(name, secret))
    except Exception as problem:  # what a keyring says of itself may name what it was given
        message = f"the keyring of this system does not take part ({type(problem).__name__})"
        hint = f"unlock it, or set the environment variable {variable} instead"
        raise LinkhomeError(error(message, hint=hint)) from None
    if kept != token.reveal():
        hint = f"switch it on, or set the environment variable {variable} instead"
        raise LinkhomeError(error("the keyring of this system keeps nothing", hint=hint))


def blotted(text: str, secrets: Iterable[Token] = ()) -> str:
    """Return a text without the secrets, and without whatever else looks like one."""
    from urllib.parse import quote

    for one in sorted({secret.reveal() for secret in secrets}, key=len, reverse=True):
        for shape in dict.fromkeys((one, quote(one, safe=""), quote(one))):
            if len(shape) >= _SHORTEST:
                text = text.replace(shape, "…")
    return places.blotted(text)


def _user(name: str, secret: Secret) -> str:
    return f"deploy:{name}:{secret.name}"


def _keyring() -> Any:
    try:
        import keyring  # optional, and slow to load
    except ImportError:
        return None
    return keyring
