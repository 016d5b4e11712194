"""Decide whether a build is live at a place: with a visitor's eyes where there is an address, else by its own word."""

from __future__ import annotations

from .desk import Desk
from .entries import Wanted
from .guard import compare
from .nouns import Frozen, Target
from .verify import Seen, verify


def address_of(place: Wanted, target: Target) -> str:
    """Return where the place is seen, with a slash at the end; empty as long as that is not known.

    A draft is seen where the host puts it, whatever address the creator wrote down for visitors.
    """
    drafted = place.given.get("draft") == "true"
    found = target.address if drafted else place.url or target.address or place.home
    return found.rstrip("/") + "/" if found else ""


def prove(place: Wanted, target: Target, frozen: Frozen, release: str, patience: float, desk: Desk) -> Seen:
    """Look until the place shows the build, for at most ``patience`` seconds.

    Raises:
        LinkhomeError: the place does not answer.
    """
    address = address_of(place, target)
    if address and place.about.slow > 0:
        desk.watch.step(f"Looking whether it is live at {address}")
        return verify(address, frozen, patience, desk.clock)
    there = target.look()
    if there.files is None:
        known = bool(there.release) and there.release == release
        return Seen(known, why="" if known else "the place does not say what it holds")
    plan = compare(target.marks(frozen), frozen, there)
    same = not (plan.adds or plan.changes)
    return Seen(same, why="" if same else "what is there is not what was sent")


def can_tell(place: Wanted, target: Target, frozen: Frozen, desk: Desk) -> bool:
    """Tell whether seeing the build id at the address proves that all of the build is there.

    It does not where the build before had the same id (only what is laid over it changed), nor where a host shows
    files one by one.
    """
    before = desk.journal.live(place.name)
    fresh = before is None or before.build != frozen.build
    return fresh and place.about.atomic and place.about.slow > 0 and bool(address_of(place, target))
