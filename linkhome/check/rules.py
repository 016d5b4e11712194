"""Hold every rule that a Snapshot is held against, and apply all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..config.load import Config
from ..deploy.entries import Wanted
from ..project import Project
from . import access, hidden, legal, links, policies, sizes, strangers, workflow
from .finding import Finding, joined
from .site import Site


def find(site: Site, project: Project, config: Config, places: Sequence[Wanted]) -> list[Finding]:
    """Return everything that can be known without asking anybody."""
    return joined(_each(site, project, config, places))


def _each(site: Site, project: Project, config: Config, places: Sequence[Wanted]) -> Iterator[Finding]:
    yield from strangers.find(site)
    yield from links.find(site)
    yield from hidden.find(site)
    yield from policies.find(site)
    yield from sizes.find(site, [entry.target for entry in config.site.deploy])
    yield from access.find(site)
    yield from legal.find(site)
    yield from workflow.find(site, project.root, project.cache / "deploy" / "state", places)
