"""Hold what every deploy of a site works with, and who hears of it and answers its questions."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from ..clock import Clock
from .archive import Archive
from .entries import Wanted
from .journal import Journal
from .nouns import Plan


class Watch(Protocol):
    """Be told how far a deploy is, and be asked when it is in doubt."""

    def step(self, text: str) -> None:
        """Hear what is being done now."""

    def planned(self, place: Wanted, plan: Plan) -> None:
        """Hear what is about to be sent."""

    def sent(self, done: int, total: int, path: str) -> None:
        """Hear how far the upload is, in bytes."""

    def agrees(self, question: str) -> bool:
        """Answer a question about a plan that looks like a mistake."""


class Desk(Struct, frozen=True):
    """Hold the folders, the journal and the wishes. ``built`` is the address that the site was built for.

    ``yes`` takes every question for answered. ``plan`` ends after the plan. ``now`` tells the time of day, ``clock``
    how waiting is done.
    """

    root: Path
    archive: Archive
    journal: Journal
    watch: Watch
    places: Sequence[Wanted]
    built: str = ""
    yes: bool = False
    plan: bool = False
    clock: Clock = Clock()
    now: Callable[[], float] = time.time
