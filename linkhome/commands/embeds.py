"""Show what the site keeps of other people's pages, take what was held back, and throw away what nothing shows."""

from __future__ import annotations

import time
from collections import Counter

from ..console import Console
from ..diagnostics import Exit, LinkhomeError, error
from ..embeds import keep
from .refresh import renewed
from .shelf import NOTHING, held, open_shelf, row_of


def run_list(site: str | None, json: bool, console: Console | None = None) -> Exit:
    """List every copy: its state, since when and why, what it is."""
    console = console or Console()
    shelf = open_shelf(site)
    now = time.time()
    rows = [row_of(shelf, want, now) for want in shelf.wants]
    if json:
        console.json({"embeds": rows})
        return Exit.FINE
    if not rows:
        console.result(NOTHING)
        return Exit.FINE
    wide = max(len(str(row["state"])) for row in rows)
    long = min(46, max(len(str(row["key"])) for row in rows))
    for row in rows:
        title = str(row["title"])[:40] or str(row["platform"])
        console.result(f"{row['state']:<{wide}}  {row['key']:<{long}}  {title}".rstrip())
        if row["why"]:
            console.result(f"{'':<{wide}}  {row['why']}")
    counted = Counter(str(row["state"]) for row in rows)
    console.result(", ".join(f"{number} {word}" for word, number in counted.items()) + ".")
    return Exit.FINE


def run_accept(key: str, site: str | None, quiet: bool, console: Console | None = None) -> Exit:
    """Ask once more for what was held back, and take the answer as it is."""
    console = console or Console(quiet=quiet)
    shelf = open_shelf(site)
    chosen = shelf.chosen([key])
    if len(chosen) > 1:
        names = ", ".join(keep.key(want.address) for want in chosen[:5])
        raise LinkhomeError(error(f"'{key}' fits more than one copy: {names}", hint="name one of them"), Exit.USAGE)
    name = keep.key(chosen[0].address)
    report, diagnostics = renewed(shelf, chosen, console, accept={name})
    console.report(diagnostics)
    row = report.rows[0].renewed
    if row is None or row.problem:
        why = row.problem if row else "its turn did not come"
        raise LinkhomeError(error(f"{name} stays as it is: {why}", hint="try again later"), Exit.NETWORK)
    console.result(f"{name} has {'a new copy' if row.changed else 'not changed'}.")
    return Exit.FINE


def run_prune(site: str | None, dry: bool, everything: bool, quiet: bool, console: Console | None = None) -> Exit:
    """Remove copies and pictures that nothing on the site shows any more."""
    console = console or Console(quiet=quiet)
    shelf = open_shelf(site)
    addresses = [want.address for want in shelf.wants]
    with held(shelf.project):
        gone = keep.orphans(shelf.project.saved, addresses, owned=everything)
        spared = 0 if everything else len(keep.orphans(shelf.project.saved, addresses, owned=True)) - len(gone)
        for path in gone:
            console.result(f"{'would remove' if dry else 'removed'} {shelf.project.relative(path)}")
            if not dry:
                _remove(path)
    if spared:
        words = "file kept that holds your own words: '--all' removes it too."
        many = "files kept that hold your own words: '--all' removes them too."
        console.talk(f"{spared:,} {words if spared == 1 else many}")
    if not gone:
        console.result(f"Every {'other ' if spared else ''}copy is shown somewhere.")
    return Exit.FINE


def _remove(path: object) -> None:
    import os

    try:
        os.unlink(str(path))
    except FileNotFoundError:
        return
    except OSError as problem:
        raise LinkhomeError(error(f"'{path}' cannot be removed: {(problem.strerror or '').lower()}")) from None
