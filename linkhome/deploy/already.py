"""Decide what is at a place already, by its own word and by the journal, so that nothing is sent twice."""

from __future__ import annotations

from collections.abc import Mapping

from .desk import Desk
from .entries import Wanted
from .nouns import File, Frozen, Plan, Target, There
from .proof import can_tell, prove


def known(place: Wanted, there: There, desk: Desk) -> Mapping[str, File] | None:
    """Return what is there by what the journal knows; None where the place tells itself, or nobody can know."""
    last = desk.journal.live(place.name)
    if there.files is not None or last is None:
        return None
    same = bool(there.release) and there.release == last.release
    if same or (not there.release and not desk.journal.unsettled(place.name)):
        return desk.archive.listed(last.tree)
    return None


def is_there(
    place: Wanted,
    target: Target,
    frozen: Frozen,
    there: There,
    plan: Plan,
    before: Mapping[str, File] | None,
    desk: Desk,
) -> bool:
    """Tell whether the place holds this build, so that there is nothing to send.

    Raises:
        LinkhomeError: the place does not answer.
    """
    last = desk.journal.last(place.name)
    if not (plan.adds or plan.changes) and (there.files is not None or before is not None):
        # What a host keeps for pages that are still open somewhere is no reason to send a site again.
        kept = last is not None and last.tree == frozen.tree and last.state == "live" and last.release == there.release
        return plan.empty or kept
    if there.files is not None or last is None or last.tree != frozen.tree:
        return False
    # The last attempt was this very build, and nobody knows how it ended: if it is there, it is not sent again.
    if last.state == "uncertain" and last.release and last.release == there.release:
        return True
    if last.state in ("begun", "uncertain") and can_tell(place, target, frozen, desk):
        return prove(place, target, frozen, "", 0.0, desk).live
    return False
