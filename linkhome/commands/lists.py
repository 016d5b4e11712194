"""Bring the creator's lists home: from every provider that gives them out, and from files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..config.load import Config
from ..console import Console, plural
from ..diagnostics import Diagnostic, Exit, LinkhomeError, Span, did_you_mean, error, warning
from ..lists import jobs, journal, ledger, table, tokens
from ..lists.refusals import RefusedError, clean
from ..lists.source import Job
from ..lists.vault import Draft, Vault
from ..opening import opened
from ..project import Project, find
from .list_site import NO_LIST, discreet, lists_of, people, provider_named

if TYPE_CHECKING:
    from ..embeds.fetch import Client
    from ..lists.backup import Books, Came
    from ..lists.bring import Brought

_ADD = "add the key 'newsletter' to linkhome.yaml, or bring a file home with 'linkhome list import FILE.csv'"


class Options(NamedTuple):
    """What the command line said of ``list backup``."""

    site: str | None = None
    only: tuple[str, ...] = ()
    accept_smaller: bool = False
    excel: bool = False
    json: bool = False
    quiet: bool = False


class _Refused(NamedTuple):
    """Hold a list that did not come home, and why."""

    provider: str
    why: Diagnostic
    code: Exit


def run_backup(options: Options, console: Console | None = None) -> Exit:
    """Back up every list of the site, each by itself, and tell; the code is 0 only if all of them came home."""
    console = console or Console(quiet=options.quiet)
    with discreet():
        project, config, _ = opened(options.site)
        came, refused = _backed_up(project, config, _chosen(config, options.only), options, console)
    if options.json:
        rows = [_row_of(one) for one in came] + [_refusal(one) for one in refused]
        failed = any(one.code for one in refused)
        console.json({"ok": not failed, "file": ledger.FILE, "lists": rows})
    else:
        console.report(one.why for one in refused)
        for one in came:
            console.result(_sentence(one))
        if came:
            console.result(f"Everybody is in {ledger.FILE}, and what the providers said in private/raw/.")
    codes = {one.code for one in refused} - {Exit.FINE}
    return Exit.NETWORK if codes == {Exit.NETWORK} else Exit.PROBLEMS if codes else Exit.FINE


def run_import(file: str, site: str | None, provider: str | None, quiet: bool, console: Console | None = None) -> Exit:
    """Merge a CSV into the list, and say which rows could not be read."""
    from ..lists.backup import Books, now
    from ..lists.bring import bring

    console = console or Console(quiet=quiet)
    with discreet():
        project = find(site)
        path = Path(file).absolute()
        named = provider_named(provider) if provider else ""
        with Vault(project.private).held() as vault:
            books = Books(vault, ledger.load(vault.people), journal.load(vault.journal))
            try:
                brought = bring(path, named, books, now())
            except RefusedError as problem:
                raise LinkhomeError(error(clean(problem.why), hint=problem.hint)) from None
            except OSError as problem:
                raise vault.closed(problem) from None
    console.report(_remarks(project, path, brought))
    known = [f"'{column}' is {name}" for name, column in brought.columns.items() if name != column]
    if known:
        console.talk(f"Columns: {', '.join(known)}.")
    whose = "" if brought.provider == "file" else f" of {table.name_of(brought.provider)}"
    console.result(f"{people(brought.people)}{whose}, {brought.new:,} of them new, in {ledger.FILE}.")
    return Exit.FINE


# ------------------------------------------------------------------ at work


def _backed_up(
    project: Project, config: Config, wanted: Sequence[Job | jobs.Trouble], options: Options, console: Console
) -> tuple[list[Came], list[_Refused]]:
    from ..lists.backup import Books

    asked = [one for one in wanted if isinstance(one, Job)]
    came: list[Came] = []
    refused = [_troubled(config, one, alone=not asked) for one in wanted if isinstance(one, jobs.Trouble)]
    if not asked:
        return came, refused
    with Vault(project.private).held() as vault, _client(config, asked, console) as client:
        books = Books(vault, ledger.load(vault.people), journal.load(vault.journal))
        try:
            for job in asked:
                found = _one(job, client, books, options, console)
                came, refused = (came, [*refused, found]) if isinstance(found, _Refused) else ([*came, found], refused)
            if options.excel or vault.excel.exists():
                with Draft(vault.excel) as draft:
                    ledger.write_for_excel(books.people, draft.file)
                    draft.keep()
        except OSError as problem:
            raise vault.closed(problem) from None
    return came, refused


def _one(job: Job, client: Client, books: Books, options: Options, console: Console) -> Came | _Refused:
    from ..lists.backup import back_up

    key, name = job.source.key, job.source.name
    found = tokens.find(key)
    if found.token is None:
        why = error(f"there is no token for {name}", hint=tokens.missing(key, found))
        return _Refused(key, why, Exit.PROBLEMS)
    try:
        with console.working(f"Asking {name}") as working:
            return back_up(
                job,
                found.token,
                client,
                books,
                accept=options.accept_smaller,
                tell=lambda number: working.say(f"Asking {name}: {people(number)}"),
            )
    except RefusedError as problem:
        secrets = [found.token.reveal()]
        return _Refused(key, error(clean(problem.why, secrets), hint=clean(problem.hint, secrets)), problem.code)


@contextmanager
def _client(config: Config, asked: Sequence[Job], console: Console) -> Iterator[Client]:
    from .. import __version__
    from ..embeds.fetch import Client
    from ..embeds.net import Net

    net = Net.from_environment()
    if net.is_double:
        console.complain("LINKHOME_TEST_INTERNET is set: nothing of the real internet is asked")
    own = [job.own for job in asked if job.own]
    with Client(f"linkhome/{__version__} (list backup)", config.languages[0], net=net, own=own) as client:
        yield client


def _chosen(config: Config, only: Sequence[str]) -> list[Job | jobs.Trouble]:
    lists = lists_of(config)
    if not lists:
        raise LinkhomeError(error(NO_LIST, hint=_ADD), Exit.USAGE)
    for word in only:
        if word not in lists:
            hint = did_you_mean(word, lists, f"it has: {', '.join(lists)}")
            raise LinkhomeError(error(f"the site has no list at '{word}'", hint=hint), Exit.USAGE)
    return [one for key, one in lists.items() if not only or key in only]


# ------------------------------------------------------------------ to be said


def _troubled(config: Config, trouble: jobs.Trouble, alone: bool) -> _Refused:
    """Return what to say of a list that cannot be asked for; no failure where it never could be, beside others."""
    if trouble.provider in table.SOURCES or alone:
        why = config.spans.error(trouble.message, "newsletter", *trouble.path, hint=trouble.hint)
        return _Refused(trouble.provider, why, Exit.PROBLEMS)
    why = config.spans.warning(trouble.message, "newsletter", *trouble.path, hint=trouble.hint)
    return _Refused(trouble.provider, why, Exit.FINE)


def _remarks(project: Project, path: Path, brought: Brought) -> list[Diagnostic]:
    inside = path.resolve().is_relative_to(project.root.resolve())
    shown = project.relative(project.root / path.resolve().relative_to(project.root.resolve())) if inside else str(path)
    found = [warning(f"this row was left out: {bad.why}", Span(shown, bad.line)) for bad in brought.bad]
    if brought.silent:
        hint = "if some have, add a column 'status' with 'active' or 'unsubscribed', and import it again"
        found.append(warning("the file does not say who has unsubscribed: all count as active", Span(shown), hint))
    if brought.unknown:
        words = f"{plural(brought.unknown, 'row')} with a status that nobody knows: counted as pending"
        found.append(warning(words, Span(shown)))
    if inside and not project.is_private(str(path.resolve())):
        hint = f"a copy is in private/raw/ now; move {shown} away before it is published or committed by mistake"
        found.append(warning("this file with people's addresses lies in the site's folder", Span(shown), hint))
    return found


def _sentence(came: Came) -> str:
    parts = [f"{came.new:,} new"]
    parts += [f"{came.gone:,} no longer there, kept here"] if came.gone else []
    parts += [f"{came.unnamed:,} without an e-mail address, in private/raw/ only"] if came.unnamed else []
    name = table.name_of(came.provider)
    return f"{name[:1].upper()}{name[1:]}: {came.people:,} entries, {', '.join(parts)}."


def _row_of(came: Came) -> dict[str, object]:
    return {**came._asdict(), "ok": True, "problem": "", "hint": ""}


def _refusal(one: _Refused) -> dict[str, object]:
    return {"provider": one.provider, "ok": not one.code, "problem": one.why.message, "hint": one.why.hint}
