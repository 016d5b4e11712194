"""Say how a deploy to one place ended, and which site its visitors see now."""

from __future__ import annotations

import enum

from msgspec import Struct

from ..diagnostics import Diagnostic, Exit
from .nouns import Live, Plan


class End(enum.StrEnum):
    """Name the ways in which a deploy ends."""

    PLANNED = "planned"
    UNCHANGED = "unchanged"
    LIVE = "live"
    WRITTEN = "written"
    UNCERTAIN = "uncertain"
    REFUSED = "refused"
    FAILED = "failed"
    STOPPED = "stopped"


#: What each way means for scripts.
CODES = {
    End.PLANNED: Exit.FINE,
    End.UNCHANGED: Exit.FINE,
    End.LIVE: Exit.FINE,
    End.WRITTEN: Exit.FINE,
    End.UNCERTAIN: Exit.UNCERTAIN,
    End.REFUSED: Exit.PROBLEMS,
    End.FAILED: Exit.PROBLEMS,
    End.STOPPED: Exit.INTERRUPTED,
}


class Outcome(Struct, frozen=True):
    """Report a deploy to one place. ``verified`` tells whether the build was seen there, ``url`` where.

    ``written``: nobody visits the place itself; what was put there is published by others, or by nobody.
    """

    name: str
    target: str
    end: End
    live: Live
    build: str = ""
    plan: Plan | None = None
    verified: bool = False
    atomic: bool = True
    written: bool = False
    url: str = ""
    release: str = ""
    message: str = ""
    hint: str = ""
    remarks: tuple[Diagnostic, ...] = ()

    @property
    def code(self) -> Exit:
        """Return the exit code that this alone would give."""
        return CODES[self.end]

    def seen(self) -> str:
        """Return which site visitors see now, as a sentence without its end."""
        if self.live is Live.OLD:
            return "visitors see the site as it was before"
        if self.live is Live.NEW:
            return "visitors see the new site"
        if self.atomic:
            return "visitors see the old site or the new one, and linkhome cannot tell which"
        return "visitors may see files of the old site beside files of the new one"


def code_of(outcomes: list[Outcome]) -> Exit:
    """Return the exit code of all together: stopped, else uncertain, else failed, else fine."""
    codes = [one.code for one in outcomes]
    for code in (Exit.INTERRUPTED, Exit.UNCERTAIN, Exit.PROBLEMS):
        if code in codes:
            return code
    return Exit.FINE
