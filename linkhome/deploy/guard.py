"""Stop what is probably a mistake before anything is sent: a site that nearly vanishes, and one deploy too many."""

from __future__ import annotations

from collections.abc import Mapping

from ..console import plural
from .entries import Wanted
from .journal import Journal
from .nouns import File, Frozen, Plan, Refused, There

#: More deletes than these are asked about: so many, or such a part of what is there.
MOST, SHARE = 256, 0.25


def compare(marks: Mapping[str, str], frozen: Frozen, there: There, before: Mapping[str, File] | None = None) -> Plan:
    """Return what has to be done so that a place holds the build, by what it holds already.

    Where the place cannot tell, ``before`` says what was last seen live there; without it everything is new. What
    linkhome did not put there is never deleted.
    """
    if there.files is not None:
        holds: Mapping[str, str] = {path: mark for path, mark in there.files.items() if path not in there.foreign}
        wanted = marks
    else:
        holds = {path: file.sha256 for path, file in (before or {}).items()}
        wanted = {path: frozen.files[path].sha256 for path in marks if path in frozen.files}
    adds = tuple(sorted(path for path in wanted if path not in holds))
    changes = tuple(sorted(path for path, mark in wanted.items() if path in holds and holds[path] != mark))
    deletes = tuple(sorted(path for path in holds if path not in wanted))
    size = sum(frozen.files[path].size for path in (*adds, *changes) if path in frozen.files)
    return Plan(adds, changes, deletes, size)


def doubt(plan: Plan, there: There, before: Mapping[str, File] | None = None) -> str:
    """Return a question about a plan that deletes much of what is there; empty for any other plan."""
    number = len(plan.deletes)
    total = len(there.files) - len(there.foreign) if there.files is not None else len(before or {})
    if number > MOST or (number and number > SHARE * total):
        return f"{plural(number, 'file')} of {total:,} would be deleted there"
    return ""


def refuse_overspending(place: Wanted, journal: Journal, now: float) -> None:
    """Refuse one deploy more than the month has.

    Raises:
        Refused: the budget of the place is used up.
    """
    budget = place.budget
    if not budget or (spent := journal.spent(place.name, now)) < budget:
        return
    why = f"{plural(spent, 'deploy')} to {place.name} this month, and its budget is {budget}"
    hint = f"wait for the next month, or raise 'budget' of this place{_cost(place)}"
    raise Refused(why, hint)


def _cost(place: Wanted) -> str:
    return (
        "; at Netlify an account without credits takes all its sites offline" if place.about.name == "netlify" else ""
    )
