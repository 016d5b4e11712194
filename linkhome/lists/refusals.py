"""Say why a list is not taken, and see that nothing of it is in what is said."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..diagnostics import Exit

_ADDRESS = re.compile(r"[^\s@'\"<>(){}\[\],;:=&?/]{1,64}(?:@|%40)[^\s@'\"<>(){}\[\],;:=&?/]+", re.IGNORECASE)


class RefusedError(Exception):
    """Say why a provider's list was not taken, for the creator, and what to do; the file stays as it was.

    ``code`` is NETWORK where the provider cannot be reached or does not do what it should, PROBLEMS where the creator
    must do something.
    """

    def __init__(self, why: str, hint: str = "", code: Exit = Exit.PROBLEMS) -> None:
        super().__init__(why)
        self.why = why
        self.hint = hint
        self.code = code


class ShiftedError(Exception):
    """Say that a list changed while it was read, so that it must be read again from its beginning."""


def clean(sentence: str, secrets: Iterable[str] = ()) -> str:
    """Return a sentence without secrets and without anybody's address, whatever found its way into it."""
    for secret in sorted(set(secrets), key=len, reverse=True):
        if secret:
            sentence = sentence.replace(secret, "…")
    return _ADDRESS.sub("…", sentence)
