"""Check a site: build it in memory, hold it against every rule, and, if wished, look at it online."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from .. import pipeline
from ..check import rules
from ..check.finding import Finding, joined
from ..check.site import Site
from ..config.load import Config
from ..console import Console, plural
from ..deploy import entries
from ..deploy.entries import Wanted
from ..diagnostics import Diagnostic, Exit, LinkhomeError, Severity, error, reason_of
from ..opening import opened
from ..project import Project
from ..snapshot import Snapshot

if TYPE_CHECKING:
    from ..check import online


class Options(NamedTuple):
    """What the command line said; the defaults are those of a bare ``linkhome check``."""

    site: str | None = None
    live: bool = False
    strict: bool = False
    json: bool = False
    quiet: bool = False


class Checked(NamedTuple):
    """Hold what a check found: by the build, by the rules, and whether somebody did not answer."""

    snapshot: Snapshot | None
    noticed: Sequence[Diagnostic]
    found: Sequence[Finding]
    silent: bool = False


def run(options: Options, console: Console | None = None) -> Exit:
    """Check the site and tell; the code is 0 if nothing has to be repaired."""
    console = console or Console(quiet=options.quiet)
    try:
        with console.working("Checking"):
            checked = _checked(options, console)
    except LinkhomeError as problem:
        if not options.json:
            raise
        checked = Checked(None, problem.diagnostics, ())
        console.json(_summary(checked, problem.code))
        return problem.code
    code = _code(checked, options.strict)
    if options.json:
        console.json(_summary(checked, code))
        return code
    console.report([*checked.noticed, *(one.diagnostic() for one in checked.found)])
    snapshot = checked.snapshot
    if code is Exit.FINE and snapshot is not None:
        what = "the site and what is online" if options.live else "the site"
        console.result(f"Checked {what}: {plural(len(snapshot.files), 'file')}, nothing has to be repaired.")
    return code


def _checked(options: Options, console: Console) -> Checked:
    project, config, _ = opened(options.site)
    places = _places(config)
    built = pipeline.build_to(pipeline.Order(project))
    snapshot = built.snapshot
    site = Site(snapshot.files, config.site.url or "")
    silent: Sequence[str] = ()
    try:
        found = rules.find(site, project, config, places, built.served)
        if options.live:
            seen = _seen(site, built, project, config, places, console)
            found, silent = joined([*found, *seen.found]), seen.silent
    except OSError as problem:
        message = f"'{problem.filename}' cannot be read: {reason_of(problem)}"
        raise LinkhomeError(error(message, hint="do not change files during the check; then check again")) from None
    return Checked(snapshot, snapshot.diagnostics, found, bool(silent))


def _seen(
    site: Site, built: pipeline.Build, project: Project, config: Config, wanted: Sequence[Wanted], console: Console
) -> online.Seen:
    """Look at what is online, and at what the site links there.

    Raises:
        LinkhomeError: nobody knows where the site is.
    """
    from .. import __version__
    from ..check import online, outward
    from ..check.certificate import Trusted
    from ..deploy.journal import Journal
    from ..embeds.fetch import Client, Net

    where = online.places(wanted, Journal(project.deployed), config.site.url or "")
    if not where:
        hint = "write url: https://… into linkhome.yaml"
        raise LinkhomeError(error("linkhome.yaml does not say where the site is online", hint=hint), Exit.USAGE)
    net, agent, language = Net.from_environment(), f"linkhome/{__version__} (check)", config.languages[0]
    if net.is_double:
        console.complain("LINKHOME_TEST_INTERNET is set: nothing of the real internet is asked")
    with Client(agent, language, net=net, own=[place.url for place in where]) as client:
        fetched = project.saved.is_dir()
        seen = online.look(
            site, built.snapshot.build_id(), where, client, Trusted(net.ca, net.hosts), fetched, built.served
        )
    with Client(agent, language, net=net) as client:
        return seen._replace(found=[*seen.found, *outward.find(site, client)])


def _places(config: Config) -> Sequence[Wanted]:
    return entries.read(config) if config.site.deploy else ()


def _code(checked: Checked, strict: bool) -> Exit:
    kinds = {one.severity for one in checked.noticed} | {one.severity for one in checked.found}
    if checked.silent:
        return Exit.NETWORK
    if Severity.ERROR in kinds or (strict and Severity.WARNING in kinds):
        return Exit.PROBLEMS
    return Exit.FINE


def _summary(checked: Checked, code: Exit) -> dict[str, object]:
    snapshot = checked.snapshot
    return {
        "ok": code is Exit.FINE,
        "build": snapshot.build_id() if snapshot else "",
        "files": len(snapshot.files) if snapshot else 0,
        "diagnostics": [one.as_dict() for one in checked.noticed],
        "findings": [one.as_dict() for one in checked.found],
    }
