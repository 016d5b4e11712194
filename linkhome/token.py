"""Hold a secret so that nobody prints it by mistake: lists and targets are asked with it, messages never hold it."""

from __future__ import annotations


class Token:
    """Hold a secret that shows itself only when asked with `reveal`."""

    __slots__ = ("_secret",)

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def reveal(self) -> str:
        """Return the secret itself, to be sent and never to be printed."""
        return self._secret

    def __repr__(self) -> str:
        return "Token(…)"

    __str__ = __repr__
