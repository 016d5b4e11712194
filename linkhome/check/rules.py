"""Hold every rule that a Snapshot is held against, and apply all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..config.load import Config
from ..deploy.entries import Wanted
from ..headers.served import Served
from ..ledger import build_time
from ..project import Project
from . import (
    access,
    headers,
    hidden,
    left_out,
    legal,
    links,
    manifest,
    policies,
    redirects,
    sizes,
    strangers,
    well_known,
    worker,
    workflow,
)
from .finding import Finding, joined
from .site import Site


def find(site: Site, project: Project, config: Config, places: Sequence[Wanted], served: Served) -> list[Finding]:
    """Return everything that can be known without asking anybody; ``served`` says what the pages need of a host."""
    return joined(_each(site, project, config, places, served))


def _each(site: Site, project: Project, config: Config, places: Sequence[Wanted], served: Served) -> Iterator[Finding]:
    targets = [entry.target for entry in config.site.deploy]
    yield from strangers.find(site)
    yield from links.find(site)
    yield from hidden.find(site)
    yield from left_out.find(project.theme)
    yield from policies.find(site)
    yield from headers.find(site, served, targets)
    yield from redirects.find(site, targets)
    yield from worker.find(site, config.site.offline)
    yield from manifest.find(site)
    yield from well_known.find(site, places, build_time())
    yield from sizes.find(site, targets)
    yield from access.find(site)
    yield from legal.find(site)
    yield from workflow.find(site, project.root, project.cache / "deploy" / "state", places)
