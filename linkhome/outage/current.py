"""Tell which entries of ``outage.yaml`` count at a moment, and which addresses they concern. Pure, light to load."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import TYPE_CHECKING

from msgspec import Struct

from ..content.moments import bounds
from .named import platform_named

if TYPE_CHECKING:
    from ..config.schema import OutageEntry
    from ..platforms.entry import Known


class Current(Struct, frozen=True):
    """Hold an entry that is not over, with what the table of platforms knows of it.

    ``since`` and ``until`` are seconds since 1970, ``until`` 0 for an outage without a known end. ``since`` may be
    still to come: then the page holds the outage hidden, see `is_on`. ``owner`` is the company that owns the platform,
    empty where nobody does; a platform that the table does not know has its own word as slug and name.
    """

    entry: OutageEntry
    slug: str
    name: str
    owner: str
    since: float
    until: float

    def is_on(self, now: float) -> bool:
        """Tell whether it counts at this moment."""
        return self.since <= now and (not self.until or now < self.until)

    def concerns(self, known: Known) -> bool:
        """Tell whether an address (as `recognise` reads it) is out of reach, too: all of the same company are."""
        return known.slug == self.slug or (bool(self.owner) and known.owner == self.owner)


def current(entries: Iterable[OutageEntry], now: float, zone: tzinfo) -> tuple[Current, ...]:
    """Return what is on at ``now`` (seconds since 1970) or will be, in the order of the file; what is over is left out.

    Times of entries are those of the site's ``zone``. A day as ``until`` counts to its end.
    """
    found = []
    for entry in entries:
        since, until = bounds(entry.since, entry.until, zone)
        if until and now >= until:
            continue
        platform = platform_named(entry.platform)
        slug, name, owner = (
            (platform.slug, platform.name, platform.owner) if platform else (entry.platform,) * 2 + ("",)
        )
        found.append(Current(entry, slug, name, owner, since, until))
    return tuple(found)
