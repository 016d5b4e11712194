"""Tell the story of a build on one screen: what the creator wrote goes in, a Snapshot comes out.

The build is a pure function of the files, the chosen theme and the time of the build: no network, no other clock.
"""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from . import givens, ledger, output
from .assembly import assemble
from .assets import Styles
from .brand.letters import written
from .brand.measure import Measure
from .cache import Cache, fingerprint
from .config.load import Config
from .config.schema import OutageEntry
from .content import redirects
from .content.arrangement import Arrangement
from .content.gather import Plan, gather
from .content.media import Media, Tell
from .content.posts import Texts
from .diagnostics import Diagnostic, LinkhomeError, Severity, in_order
from .dress import Dress
from .headers.served import Served
from .inputs import Inputs
from .kit.plan import Kit
from .ledger import Ledger
from .output import Artifact, Snapshot
from .project import Project
from .render import Rendering
from .scripts import Scripts, words
from .theme import environment
from .theme.locate import Theme
from .theme.sources import sources
from .viewing import PUBLIC, Settings


class Traces(NamedTuple):
    """Hold what of a build the next glance takes over: how the texts lie, which letters and players the pages have.

    ``address`` is that of the site, empty without one.
    """

    arranged: Arrangement | None = None
    letters: str = ""
    hosts: frozenset[str] = frozenset()
    rendering: Rendering | None = None
    styles: Styles | None = None
    address: str = ""


class Build(NamedTuple):
    """Hold a built site, and what the next build may take from it."""

    snapshot: Snapshot
    ledger: Ledger
    cache: Cache
    pages: int
    traces: Traces = Traces()
    served: Served = Served((), "")


class Order(NamedTuple):
    """Say what is to be built: whose site, in which theme if not its own, and as it looks with which settings.

    ``before`` is the ledger of the last build, ``kept`` holds the files that it left: what they prove to be unchanged
    is not made again. ``tell`` hears what takes long. ``inputs`` is given by who wants to know what was read even if
    the build fails. ``styles`` are those of the last build, if it was made in this process.
    """

    project: Project
    theme: str | None = None
    before: Ledger | None = None
    kept: Mapping[str, Artifact] | None = None
    tell: Tell | None = None
    settings: Settings = PUBLIC
    inputs: Inputs | None = None
    styles: Styles | None = None


class Bench(NamedTuple):
    """Hold what a build works with, once everything but the texts was read."""

    order: Order
    inputs: Inputs
    cache: Cache
    now: float
    config: Config
    warnings: list[Diagnostic]
    dress: Dress
    theme: Theme | None
    texts: Texts
    media: Media
    kit: Kit
    outages: Sequence[OutageEntry]


def build(project: Project, theme: str | None = None, before: Ledger | None = None, tell: Tell | None = None) -> Build:
    """Build the site as the public sees it; see `Order`.

    Raises:
        LinkhomeError: with every mistake of every file.
    """
    output.refuse_unsafe(project.out, project.root)
    return build_to(Order(project, theme, before, _left(before, project), tell))


def build_to(order: Order) -> Build:
    """Build what was ordered.

    Raises:
        LinkhomeError: with every mistake of every file.
    """
    with at_work(order.project) as cache:
        bench = begin(order, cache)
        plan = gather(
            bench.config, bench.texts, bench.media, bench.now, bench.dress.look, bench.kit, bench.outages,
            order.settings.drafts,
        )  # fmt: skip
        leading = lead_on(bench, plan)
        stop_at_errors([*bench.dress.found, *plan.diagnostics, *leading.found])
        hosts = frozenset(host for page in plan.pages for host in page.frames)
        rendering, lacking = rendering_of(bench, plan, plan.letters, hosts)
        rendering.render(plan.pages, order.before.pages if order.before else {}, bench.media.kept, order.tell)
        bench.kit.make()
        files, served = assemble(bench.config, plan, rendering, hosts, leading, bench.media, bench.kit)
        noted = [*bench.dress.remarks(bench.kit), *bench.dress.fonts.found, *lacking, *leading.found]
        snapshot = Snapshot(files, tuple(in_order([*bench.warnings, *noted, *plan.diagnostics])))
        traces = Traces(plan.arranged, plan.letters, hosts, rendering, rendering.sheets, bench.config.site.url or "")
        return Build(snapshot, _remember(bench, rendering, snapshot, plan), cache, len(plan.pages), traces, served)


@contextlib.contextmanager
def at_work(project: Project) -> Iterator[Cache]:
    """Open the cache for a build; it stays open unless the build fails."""
    cache = Cache(project.cache)
    gc.disable()  # a build makes much and drops little; looking for garbage would cost a tenth of it
    try:
        yield cache
    except BaseException as problem:
        if isinstance(problem, (LinkhomeError, KeyboardInterrupt)):
            cache.save(prune=False)  # what was slow to make need not be made again after the repair
        cache.close()
        raise
    finally:
        gc.enable()


def begin(order: Order, cache: Cache) -> Bench:
    """Read everything but the texts.

    Raises:
        LinkhomeError: with every mistake of the site's file and of outage.yaml.
    """
    project, settings = order.project, order.settings
    inputs = order.inputs or Inputs(project.root, order.before.known() if order.before else None)
    config, warnings = givens.read_config(project, inputs, cache)
    dress = Dress(config, project, order.theme, inputs, cache)
    kept = dict(order.kept or {})
    media = Media(project, inputs, cache, kept, order.tell)
    outages, more = givens.find_outages(project, inputs, config, settings.outages)
    return Bench(
        order=order,
        inputs=inputs,
        cache=cache,
        now=ledger.build_time() if settings.at is None else settings.at,
        config=config,
        warnings=warnings + more,
        dress=dress,
        theme=dress.theme,
        texts=Texts(project, inputs, cache, config.languages, config.site.texts),
        media=media,
        kit=dress.kit(media, cache, kept),
        outages=outages,
    )


def stop_at_errors(found: Sequence[Diagnostic]) -> None:
    """Raise when one of the findings is a mistake."""
    if any(d.severity == Severity.ERROR for d in found):
        raise LinkhomeError(in_order(found))


def lead_on(bench: Bench, plan: Plan) -> redirects.Leading:
    """Return the addresses that only lead on, once all others are known."""
    if not bench.config.site.redirects or not plan.arranged:
        return redirects.Leading()
    static = bench.theme.published() if bench.theme else {}
    files = {*(page.path for page in plan.pages), *plan.files, *bench.kit.places, *static}
    return redirects.plan(bench.config, plan.arranged, bench.media, files)


def rendering_of(
    bench: Bench, plan: Plan, letters: str, hosts: frozenset[str]
) -> tuple[Rendering, Sequence[Diagnostic]]:
    """Return what renders pages, and which letters no font has."""
    theme, cache, dress = bench.theme, bench.cache, bench.dress
    assert theme
    project, options = bench.order.project, dress.options.values
    made_of = sources(theme, bench.inputs, project)
    lacking = dress.fonts.make(letters + written(theme, made_of, cache))
    sheets = Styles(theme, dress.finish, dress.fonts, bench.media, bench.inputs, cache)
    # The front page is made afresh each time; nothing that stands on it alone concerns the others.
    elsewhere = repr(msgspec.structs.replace(bench.config.site, home=[], redirects={}))
    # Nor is the creator's own style sheet in it, the first of these: a page says itself which styles it has.
    made_from = (elsewhere, repr(dress.finish), dress.fonts.key, repr(options), *made_of[1:])
    shell_key = fingerprint(ledger.program(), *made_from, *sorted(hosts), *plan.signup)
    scripts = Scripts(theme, words(theme, bench.config, sorted(hosts), plan.signup))
    known = environment.make(theme, project.cache, options, Measure(dress.fonts, cache), scripts)
    return Rendering(theme, known, sheets, scripts, shell_key, bench.order.styles), lacking


def _left(before: Ledger | None, project: Project) -> dict[str, Artifact]:
    """Return the files of the old output that are as they were written, so that they may stay."""
    if before is None:
        return {}
    kept, folder = {}, f"{project.out}{os.sep}"
    for name, (digest, size, mtime_ns) in before.outputs.items():
        with contextlib.suppress(OSError):
            stat = os.lstat(folder + name)
            if (stat.st_size, stat.st_mtime_ns) == (size, mtime_ns):
                kept[name] = Artifact.keep(digest, size)
    return kept


def _remember(bench: Bench, rendering: Rendering, snapshot: Snapshot, plan: Plan) -> Ledger:
    done = Ledger()
    done.program = ledger.program()
    done.files, done.folders = bench.inputs.files, bench.inputs.folders
    done.pages, done.changes_at = rendering.keys, plan.changes_at
    done.diagnostics = [tuple(d) for d in snapshot.diagnostics]
    done.build = snapshot.build_id()
    done.built_at = bench.now
    return done
