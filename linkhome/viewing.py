"""Say how the site is looked at: as of when, with what down, with drafts or without."""

from __future__ import annotations

from msgspec import Struct


class Settings(Struct, frozen=True):
    """Say as of when, with which platforms down and with which texts the site is shown.

    ``at`` is in seconds since 1970, None for now; ``outages`` are slugs of platforms that are treated as down
    beside those of ``outage.yaml``; ``drafts`` shows texts that are marked as drafts.
    """

    at: float | None = None
    outages: tuple[str, ...] = ()
    drafts: bool = False


#: How visitors see it.
PUBLIC = Settings()
