"""Read what a build is given: the site's file, the theme that it names, and what is down. Mistakes come with places."""

from __future__ import annotations

from collections.abc import Iterable

from .cache import Cache
from .config.load import Config, read_site
from .config.outages import read_outages
from .config.schema import OutageEntry
from .content.posts import Texts
from .diagnostics import Diagnostic, LinkhomeError, Severity, error, in_order
from .inputs import Inputs
from .outage.named import likely, platform_named
from .project import CONFIG, Project
from .theme import locate
from .theme.locate import Theme

#: Since when a platform is down that is only supposed to be: long ago, so that it is at any time that is looked at.
SUPPOSED = "2000-01-01"


def read_config(project: Project, inputs: Inputs, cache: Cache) -> tuple[Config, list[Diagnostic]]:
    """Read the site's file, and return the warnings about it.

    Raises:
        LinkhomeError: with every mistake of it and of the heads of texts.
    """
    data = inputs.read(project.config)
    if data is None:
        raise LinkhomeError(error(f"there is no {CONFIG} in {project.root}", hint="make one with 'linkhome init'"))
    config, found = read_site(data, CONFIG)
    if config is None:
        # All mistakes of all files at once: the texts are read even though the site cannot be built.
        texts = Texts(project, inputs, cache, (), {})
        for folder, kind in ((project.posts, "post"), (project.pages, "page")):
            found += texts.read(folder, kind)[1]
        raise LinkhomeError(in_order(found))
    return config, found


def find_theme(project: Project, config: Config, name: str | None) -> tuple[Theme | None, tuple[Diagnostic, ...]]:
    """Find the theme; a wrong name is told together with all other mistakes."""
    try:
        if name:
            return locate.find(name, project.theme), ()
        span = config.spans.at("brand", "theme")
        return locate.find(config.site.brand.theme, project.theme, span), ()
    except LinkhomeError as problem:
        line = config.spans.error("", "brand", "theme")
        return None, tuple(d._replace(source=line.source) if d.span == line.span else d for d in problem.diagnostics)


def find_outages(
    project: Project, inputs: Inputs, config: Config, more: Iterable[str] = ()
) -> tuple[tuple[OutageEntry, ...], list[Diagnostic]]:
    """Return what ``outage.yaml`` says, with warnings, and ``more`` platforms that are to be treated as down.

    Raises:
        LinkhomeError: with every mistake of it.
    """
    supposed = tuple(OutageEntry(platform=slug, since=SUPPOSED) for slug in more)
    data = inputs.read(project.outage)
    if data is None:
        return supposed, []
    entries, spans, found = read_outages(data, project.relative(project.outage), config.languages)
    for number, entry in enumerate(entries or ()):
        if platform_named(entry.platform) is None:
            near = likely(entry.platform)
            hint = f"did you mean '{near}'?" if near else "'linkhome outage on PLATFORM' writes this file"
            place = ("outages", number, "platform")
            found.append(spans.error(f"'{entry.platform}' is no platform that is known here", *place, hint=hint))
    if entries is None or any(one.severity is Severity.ERROR for one in found):
        raise LinkhomeError(in_order(found))
    return (*entries, *supposed), found
