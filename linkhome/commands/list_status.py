"""Say how the lists stand, and keep the tokens with which they are asked."""

from __future__ import annotations

import sys
import time
from datetime import datetime

from ..console import Console, plural
from ..diagnostics import Exit, LinkhomeError, error
from ..lists import jobs, journal, ledger, table, tokens
from ..lists.refusals import RefusedError
from ..lists.source import Job
from ..lists.vault import Vault
from ..opening import opened
from .list_site import NO_LIST, discreet, lists_of, people, provider_named


def run_status(site: str | None, json: bool, console: Console | None = None) -> Exit:
    """Say who is in the file, when each list last came home, and where its token comes from."""
    console = console or Console()
    with discreet():
        project, config, _ = opened(site)
        vault = Vault(project.private)
        everybody = ledger.load(vault.people)
        visits = journal.load(vault.journal).visits
        lists = lists_of(config)
        rows = [_state(key, lists.get(key), visits.get(key)) for key in dict.fromkeys((*lists, *visits))]
        counts = everybody.by_status()
    if json:
        console.json({"file": ledger.FILE, "people": len(everybody.people), "status": counts, "lists": rows})
        return Exit.FINE
    if everybody.people:
        parts = ", ".join(f"{number:,} {status}" for status, number in sorted(counts.items(), key=lambda one: -one[1]))
        console.result(f"{people(len(everybody.people))} in {ledger.FILE}: {parts}.")
    else:
        console.result("Nobody is in private/subscribers.csv yet." if rows else f"{NO_LIST[0].upper()}{NO_LIST[1:]}.")
    for row in rows:
        came = f"{row['people']:,} entries {_ago(str(row['at']))}" if row["at"] else "never came home"
        came += ", from a file" if row["how"] == "file" else ""
        name = str(row["name"])
        console.result(f"{name[:1].upper()}{name[1:]}: {came}; token: {row['token']}")
    return Exit.FINE


def run_token(provider: str, delete: bool, console: Console | None = None) -> Exit:
    """Store the token of a provider in the keyring, asked for without showing it, or remove it from there."""
    console = console or Console()
    with discreet():
        key = provider_named(provider)
        if key not in table.SOURCES:
            raise LinkhomeError(error(f"{table.name_of(key)} needs no token", hint=jobs.by_hand(key)), Exit.USAGE)
        name = table.name_of(key)
        if delete:
            gone = tokens.forget(key)
            console.result(f"The token of {name} is removed." if gone else f"There was no token of {name}.")
            return Exit.FINE
        tokens.check(key)
        console.talk(f"This is {table.SOURCES[key].auth.what}.")
        try:
            tokens.keep(key, _asked(name))
        except RefusedError as problem:
            raise LinkhomeError(error(problem.why, hint=problem.hint), Exit.USAGE) from None
        console.result(f"The token of {name} is in the keyring of this system.")
    return Exit.FINE


def _asked(name: str) -> tokens.Token:
    """Ask for a token without showing it; from a pipe, read its first line."""
    if sys.stdin.isatty():
        import click

        return tokens.Token(click.prompt(f"Token of {name}", hide_input=True).strip())
    return tokens.Token(sys.stdin.readline().strip())


def _state(key: str, one: Job | jobs.Trouble | None, visit: journal.Visit | None) -> dict[str, object]:
    found = tokens.find(key) if key in table.SOURCES else None
    where = f"none is needed: {jobs.by_hand(key)}" if key in table.BY_HAND else "none is needed"
    if found:
        where = found.where if found.token else f"none ({found.where})"
    return {
        "provider": key,
        "name": table.name_of(key),
        "at": visit.at if visit else None,
        "people": visit.people if visit else 0,
        "how": visit.how if visit else None,
        "token": where,
        "has_token": bool(found and found.token),
        "problem": one.message if isinstance(one, jobs.Trouble) else "",
    }


def _ago(at: str) -> str:
    try:
        days = int((time.time() - datetime.fromisoformat(at).timestamp()) // 86_400)
    except ValueError:
        return "at an unknown time"
    return f"on {at[:10]} (today)" if days < 1 else f"on {at[:10]} ({plural(days, 'day')} ago)"
