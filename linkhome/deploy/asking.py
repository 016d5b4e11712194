"""Turn what went wrong with a request into how a deploy ended: before anything is sent, or on the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..diagnostics import reason_of
from .http import HttpError
from .nouns import Failed, Refused


@contextmanager
def looking(what: str) -> Iterator[None]:
    """Say that nothing was sent if this goes wrong. ``what`` begins with a verb.

    Raises:
        Refused: it went wrong.
    """
    try:
        yield
    except HttpError as problem:
        raise Refused(f"cannot {what}: {problem.why}", problem.hint) from None
    except OSError as problem:
        raise Refused(f"cannot {what}: {reason_of(problem)}", "build again") from None


@contextmanager
def working(what: str) -> Iterator[None]:
    """Say that visitors still see the old site if this goes wrong. ``what`` begins with a verb.

    Raises:
        Failed: it went wrong.
    """
    try:
        yield
    except HttpError as problem:
        raise Failed(f"could not {what}: {problem.why}", problem.hint or "deploy again") from None
    except OSError as problem:
        raise Failed(f"could not {what}: {reason_of(problem)}", "build and deploy again") from None
