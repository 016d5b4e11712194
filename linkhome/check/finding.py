"""Define what a check finds: a sentence, where it holds, and always what to do about it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from ..diagnostics import Diagnostic, Severity

#: So many places are named; the others are counted.
_NAMED = 3
_ORDER = tuple(Severity)


class Finding(Struct, frozen=True):
    """Hold one finding of the rule family ``rule``.

    ``places`` are files of the built site (or places that it was deployed to); none for the site as a whole.
    """

    rule: str
    severity: Severity
    message: str
    hint: str
    places: tuple[str, ...] = ()

    def diagnostic(self) -> Diagnostic:
        """Return the finding as the terminal prints it."""
        return Diagnostic(self.severity, self.message + _where(self.places), hint=self.hint)

    def as_dict(self) -> dict[str, object]:
        """Return the shape that ``--json`` prints; nothing secret is in it."""
        shown = Diagnostic(self.severity, self.message, hint=self.hint).as_dict()
        return {"rule": self.rule, **shown, "places": list(self.places)}


def joined(found: Iterable[Finding]) -> list[Finding]:
    """Return every finding once with all of its places: errors first, then as they were found."""
    places: dict[Finding, dict[str, None]] = {}
    for one in found:
        places.setdefault(replace(one, places=()), {}).update(dict.fromkeys(one.places))
    whole = [replace(one, places=tuple(sorted(where))) for one, where in places.items()]
    return sorted(whole, key=lambda one: _ORDER.index(one.severity))


def _where(places: tuple[str, ...]) -> str:
    if not places:
        return ""
    more = f" and {len(places) - _NAMED:,} more" if len(places) > _NAMED else ""
    return f" (in {', '.join(places[:_NAMED])}{more})"
