"""Find, keep and forget the tokens with which providers are asked: in the environment, or in the system's keyring.

A token never stands in a file of the site, and never in a message: whoever holds a `Token` cannot print it by mistake.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..diagnostics import Exit, LinkhomeError, error
from ..token import Token as Token  # who asks a list finds it here
from .table import SOURCES, name_of

SERVICE = "linkhome"
INSTALL = "pip install 'linkhome[keyring]'"


class Found(NamedTuple):
    """Hold where the token of a provider comes from, in words for the creator; without a token, why there is none."""

    token: Token | None
    where: str


def variable(provider: str) -> str:
    """Return the name of the environment variable for a provider's token."""
    return f"LINKHOME_{provider.upper().replace('-', '_')}_TOKEN"


def find(provider: str, environment: Mapping[str, str] | None = None) -> Found:
    """Return the token of a provider: the environment's, else the keyring's. Nothing is raised."""
    named = (os.environ if environment is None else environment).get(variable(provider), "").strip()
    if named:
        return Found(Token(named), f"the environment variable {variable(provider)}")
    keyring = _keyring()
    if keyring is None:
        return Found(None, "no keyring is installed")
    try:
        kept = keyring.get_password(SERVICE, provider)
    except Exception as problem:  # what keyrings raise depends on the system; none of it may hold us up
        return Found(None, f"the keyring does not answer ({type(problem).__name__})")
    return Found(Token(kept.strip()), "the keyring") if kept and kept.strip() else Found(None, "none is stored")


def check(provider: str) -> None:
    """See that tokens can be stored, before anybody is asked for one.

    Raises:
        LinkhomeError: there is no keyring; the message says what else can be done.
    """
    _needed(provider)


def keep(provider: str, token: Token) -> None:
    """Store a token in the keyring, if it looks like one.

    Raises:
        RefusedError: it does not.
        LinkhomeError: there is no keyring, or it does not take it; the message says what else can be done.
    """
    from .signing import fitting

    token = fitting(SOURCES[provider], token)
    keyring = _needed(provider)
    try:
        keyring.set_password(SERVICE, provider, token.reveal())
        kept = keyring.get_password(SERVICE, provider)
    except Exception as problem:
        raise _closed(provider, problem) from None
    if kept != token.reveal():  # one that is switched off takes everything and keeps nothing
        hint = f"switch it on, or set the environment variable {variable(provider)} instead"
        raise LinkhomeError(error("the keyring of this system keeps nothing", hint=hint))


def forget(provider: str) -> bool:
    """Remove a token from the keyring; tell whether there was one.

    Raises:
        LinkhomeError: there is no keyring, or it does not answer.
    """
    keyring = _needed(provider)
    try:
        if keyring.get_password(SERVICE, provider) is None:
            return False
        keyring.delete_password(SERVICE, provider)
    except Exception as problem:
        raise _closed(provider, problem) from None
    return True


def missing(provider: str, found: Found) -> str:
    """Return what to do when there is no token."""
    hint = f"set the environment variable {variable(provider)}, or store it with 'linkhome list token {provider}'"
    return f"{hint} (first: {INSTALL})" if _keyring() is None else f"{hint} ({found.where})"


def _needed(provider: str) -> Any:
    keyring = _keyring()
    if keyring is None:
        hint = f"{INSTALL}, or set the environment variable {variable(provider)} instead"
        message = f"the token of {name_of(provider)} cannot be stored: the package 'keyring' is not installed"
        raise LinkhomeError(error(message, hint=hint), Exit.USAGE)
    return keyring


def _closed(provider: str, problem: Exception) -> LinkhomeError:
    # What a keyring says of itself may name what it was given.
    message = f"the keyring of this system does not take part ({type(problem).__name__})"
    hint = f"unlock it, or set the environment variable {variable(provider)} instead"
    return LinkhomeError(error(message, hint=hint))


def _keyring() -> Any:
    try:
        import keyring  # optional, and slow to load
    except ImportError:
        return None
    return keyring
