"""Say that a value was refused: as a mark in the tree of values, and as an exception of a single check."""

from __future__ import annotations

from typing import Final

#: Stands for a value that was refused; whoever meets it knows that the mistake is reported already.
BAD: Final = object()
#: Nobody repairs more than this at once.
MOST = 100


class KindError(Exception):
    """Carry the sentence and the hint from a check of a text to whoever knows where the text stands."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
