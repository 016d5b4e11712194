"""Put the built site where visitors find it, take it back, and keep what the places ask for in secret."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from ..console import Console
from ..deploy import credentials, entries, freeze
from ..deploy.archive import Archive
from ..deploy.desk import Desk
from ..deploy.engine import deploy_to
from ..deploy.entries import Wanted
from ..deploy.journal import Journal
from ..deploy.nouns import Frozen, Live, Plan
from ..deploy.outcome import End, Outcome, code_of
from ..diagnostics import Exit, LinkhomeError, error
from ..opening import held, opened
from ..project import Project
from ..token import Token
from . import deploy_telling as telling

#: How long another deploy of the same site is waited for, in seconds.
PATIENCE = 2.0
LOCK = "deploy.lock"
_APART = (
    ("--to", "--all"),
    ("--rollback", "--built"),
    *(("--into", other) for other in ("--all", "--plan", "--rollback", "--token")),
)
_ID = re.compile(r"[0-9a-f]{4,64}")


class Options(NamedTuple):
    """What the command line said; the defaults are those of a bare ``linkhome deploy``.

    ``rollback`` is the id of a build, empty for the one before, None when nothing is taken back. ``into`` names a
    folder that gets what a place would get.
    """

    site: str | None = None
    to: tuple[str, ...] = ()
    everywhere: bool = False
    plan: bool = False
    yes: bool = False
    json: bool = False
    built: str | None = None
    into: str | None = None
    rollback: str | None = None
    token: str | None = None
    quiet: bool = False


def run(options: Options, console: Console | None = None) -> Exit:
    """Deploy to every chosen place, one after the other, and tell; one that fails does not keep the next from it."""
    console = console or Console(quiet=options.quiet)
    options = _sorted_out(options)
    try:
        project, config, _ = opened(options.site)
        places = entries.read(config)
        if options.token is not None:
            return _keep(entries.chosen(places, [options.token])[0], console)
        wanted = entries.chosen(places, options.to)
        if options.into is not None and len(wanted) > 1:
            hint = f"write --to and one of: {', '.join(one.name for one in wanted)}"
            raise LinkhomeError(error("--into writes what one place gets", hint=hint), Exit.USAGE)
        busy = error("another deploy of this site is at work", hint="wait until it is done, then deploy again")
        with held(project, LOCK, PATIENCE, busy), telling.Telling(console, options.json, options.plan) as watch:
            desk = Desk(
                root=project.root,
                archive=Archive(project.cache / "deploy"),
                journal=Journal(project.deployed),
                watch=watch,
                places=places,
                built=config.site.url or "",
                yes=options.yes,
                plan=options.plan,
            )
            if options.into is not None:
                return _into(options.into, options, project, desk, watch, wanted[0], console)
            each = _onward(options, project, desk, watch) if options.rollback is None else _back(options.rollback, desk)
            outcomes = _all(wanted, each, watch)
    except LinkhomeError as problem:
        if not options.json:
            raise
        console.json(telling.summary((), problem.diagnostics))
        return problem.code
    if options.json:
        console.json(telling.summary(outcomes))
    elif len(wanted) > 1 or outcomes[-1].end is End.STOPPED:
        telling.closing(console, wanted, outcomes, options.rollback)
    return code_of(outcomes)


def _all(wanted: Sequence[Wanted], each: Callable[[Wanted], Outcome], watch: telling.Telling) -> list[Outcome]:
    """Deploy to one place after the other; only a wish to stop ends that early."""
    outcomes: list[Outcome] = []
    for place in wanted:
        outcomes.append(each(place))
        watch.ended(outcomes[-1])
        if outcomes[-1].end is End.STOPPED:
            break
    return outcomes


def _onward(options: Options, project: Project, desk: Desk, watch: telling.Telling) -> Callable[[Wanted], Outcome]:
    """Freeze the built site, and return what deploys it."""
    frozen = _frozen(options, project, watch)
    return lambda place: deploy_to(place, frozen, desk)


def _frozen(options: Options, project: Project, watch: telling.Telling) -> Frozen:
    from .. import ledger
    from ..output import Stamp
    from . import build

    if options.built is not None:
        return freeze.freeze(Path(options.built).absolute(), private=project.private)
    watch.step("Building")
    found = build.built(project, build.Options(quiet=True), Console(quiet=True)).diagnostics
    if not options.json:
        watch.report(found)
    before = ledger.load(project, None)
    known = {path: Stamp(*stamp) for path, stamp in before.outputs.items()} if before else {}
    return freeze.freeze(project.out, known, project.private)


def _into(
    folder: str, options: Options, project: Project, desk: Desk, watch: telling.Telling, place: Wanted, console: Console
) -> Exit:
    """Write what the place would get into a folder, and tell."""
    from ..deploy.into import write_into

    frozen, built = _frozen(options, project, watch), Path(options.built or project.out).absolute()
    outcome = write_into(Path(os.path.abspath(folder)), place, desk.places, frozen, project, desk.built, built)
    if options.json:
        console.json(telling.summary([outcome]))
    else:
        console.report(outcome.remarks)
        done = telling.written(outcome.plan or Plan())
        console.result(f"{place.name}: what it is to serve is in {folder.rstrip('/' + os.sep)}/ ({done}).")
    return Exit.FINE


def _back(build: str, desk: Desk) -> Callable[[Wanted], Outcome]:
    """Return what brings a place back to the build that it had before, or to the named one."""

    def back(place: Wanted) -> Outcome:
        if place.about.builds:
            why = "the site is built there from your repository, so it is taken back there"
            return _refused(place, why, "undo the change with 'git revert', then push")
        row = desk.journal.of_build(place.name, build) if build else desk.journal.before(place.name)
        if row is None:
            which = f"the build {build}" if build else "an earlier build"
            return _refused(place, f"{place.name} never had {which}, as far as deployed/journal.jsonl knows", "")
        frozen = desk.archive.recall(row.tree)
        if frozen is None:
            hint = "build it again from an older state of your files, then deploy that"
            return _refused(place, f"the build {row.build[:8]} of {row.at[:10]} is not kept here any more", hint)
        return deploy_to(place, frozen, desk, ready=True)

    return back


def _refused(place: Wanted, message: str, hint: str) -> Outcome:
    return Outcome(place.name, place.about.name, End.REFUSED, Live.OLD, message=message, hint=hint)


def _sorted_out(options: Options) -> Options:
    """Take what stands behind --rollback for the site's folder, if it cannot be a build.

    Raises:
        LinkhomeError: options that do not go together.
    """
    given = {
        "--to": bool(options.to),
        "--all": options.everywhere,
        "--plan": options.plan,
        "--token": options.token is not None,
        "--rollback": options.rollback is not None,
        "--built": options.built is not None,
        "--into": options.into is not None,
    }
    for one, other in _APART:
        if given[one] and given[other]:
            hint = "leave one of them out"
            raise LinkhomeError(error(f"{one} and {other} do not go together", hint=hint), Exit.USAGE)
    if options.rollback and not _ID.fullmatch(options.rollback):
        if options.site is not None:
            hint = "'linkhome status' names the builds"
            raise LinkhomeError(error(f"'{options.rollback}' is not the id of a build", hint=hint), Exit.USAGE)
        return options._replace(site=options.rollback, rollback="")
    return options


def _keep(place: Wanted, console: Console) -> Exit:
    """Ask for the secrets of a place without showing them, and store them in the keyring of the system."""
    secrets = place.about.secrets
    if not secrets:
        raise LinkhomeError(error(f"{place.about.title} asks for nothing in secret"), Exit.USAGE)
    for secret in secrets:
        if sys.stdin.isatty():
            import click

            console.talk(f"This is {secret.what}." + ("" if secret.required else " Leave it empty if there is none."))
            given = str(click.prompt(f"{secret.name} of {place.name}", hide_input=True, default="", show_default=False))
        else:
            given = sys.stdin.readline()
        if given.strip() or secret.required:
            credentials.keep(place.name, place.about, secret, Token(given.strip()))
            console.result(f"The {secret.name} of {place.name} is in the keyring of this system.")
    return Exit.FINE
