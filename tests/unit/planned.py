"""Help tests of what pages say: plan a site from the words of its linkhome.yaml, with nothing drawn and nothing written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from linkhome.cache import Cache
from linkhome.config.load import read_site
from linkhome.config.outages import read_outages
from linkhome.content import model
from linkhome.content.gather import Plan, gather
from linkhome.content.media import Media
from linkhome.content.posts import Texts
from linkhome.content.shell import Look
from linkhome.diagnostics import Diagnostic
from linkhome.inputs import Inputs
from linkhome.project import Project

HEAD = "url: https://lina.example\nprofile: {name: Lina Marlow}\nhome: [newsletter]\n"


class Told(NamedTuple):
    """Where a finding stands, what it says, and what to do."""

    severity: str
    line: int
    column: int
    message: str
    hint: str


class Planned(NamedTuple):
    """The plan of a site, and what was found while it was made."""

    plan: Plan
    pages: dict[str, model.Page]

    @property
    def told(self) -> list[Told]:
        return [_told(one) for one in self.plan.diagnostics]

    @property
    def home(self) -> model.Page:
        return self.pages["index.html"]

    def form(self, path: str = "index.html") -> model.Form:
        """Return the first form of a page."""
        found = self.block("newsletter", path).form
        assert found is not None
        return found

    def block(self, kind: str, path: str = "index.html") -> model.Block:
        """Return the first block of a kind."""
        return next(block for block in self.pages[path].blocks if block.type == kind)


def plan(root: Path, text: str, files: Mapping[str, str] | None = None, now: float = 0.0, outages: str = "") -> Planned:
    """Plan the site in ``root`` as it is to be seen at ``now``; ``outages`` are the words of outage.yaml."""
    for name, content in (files or {}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, "utf-8")
    config, found = read_site(text.encode(), "linkhome.yaml")
    assert config is not None, found
    entries, _, wrong = read_outages(outages.encode(), "outage.yaml", config.languages) if outages else ((), None, [])
    assert entries is not None, wrong
    project, cache = Project(root), Cache(None)
    inputs = Inputs(root)
    texts = Texts(project, inputs, cache, config.languages, config.site.texts)
    made = gather(config, texts, Media(project, inputs, cache, {}), now, Look(), None, entries)
    return Planned(made, {page.path: page.make() for page in made.pages})


def _told(one: Diagnostic) -> Told:
    line, column = (one.span.line, one.span.column) if one.span else (0, 0)
    return Told(str(one.severity), line, column, one.message, one.hint)
