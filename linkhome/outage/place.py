"""Open what the commands about outages share: the site, as far as they need it."""

from __future__ import annotations

from datetime import tzinfo
from pathlib import Path

from msgspec import Struct

from ..config.load import Config
from ..content.moments import zone
from ..diagnostics import Diagnostic
from ..opening import opened
from ..project import Project
from . import record
from .current import Current, current
from .links import Linked, concerned, links
from .pasting import Paste, texts


class Place(Struct, frozen=True):
    """Hold a site and its time zone. What ``outage.yaml`` says is read when it is needed: others may write it."""

    project: Project
    config: Config
    zone: tzinfo
    diagnostics: tuple[Diagnostic, ...]

    @property
    def journal(self) -> Path:
        """Return the file of the journal; losing it costs rounds, nothing else."""
        return journal_of(self.project)

    def outages(self, now: float) -> tuple[Current, ...]:
        """Return the outages that are not over.

        Raises:
            LinkhomeError: ``outage.yaml`` has mistakes, or cannot be read.
        """
        entries, _ = record.load(self.project, self.config.languages)
        return current(entries, now, self.zone)

    def links(self, outage: Current) -> tuple[Linked, ...]:
        """Return the links of the site that lead nowhere while a platform is down."""
        return concerned(links(self.config.site), outage)

    def texts(self, outage: Current) -> tuple[Paste, ...]:
        """Return what there is to paste about an outage."""
        return texts(self.config, outage)


def open_place(site: str | None) -> Place:
    """Read the site.

    Raises:
        LinkhomeError: with every mistake of ``linkhome.yaml``.
    """
    project, config, found = opened(site)
    return Place(project, config, zone(config.site.timezone), tuple(found))


def journal_of(project: Project) -> Path:
    """Return where a site's journal of observations lies."""
    return project.cache / "seen.json"
