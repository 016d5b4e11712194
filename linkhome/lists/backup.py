"""Bring one provider's list home and merge it into the file: complete, or the file stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import IO, NamedTuple

from ..clock import CLOCK, Clock
from ..embeds.fetch import Client
from . import dig, journal, ledger, merge
from .person import told
from .pull import Pulled, address_of, pull, records
from .refusals import RefusedError
from .signing import fitting
from .source import Job
from .tokens import Token
from .vault import Draft, Vault

#: A list that has lost a larger part than this since the last time is not believed.
MOST_LOST = 0.2


class Books(NamedTuple):
    """Hold what is open while lists come home: the folder, everybody in the file, and when each list last came."""

    vault: Vault
    people: ledger.Ledger
    journal: journal.Journal


class Came(NamedTuple):
    """Say what came of one list. ``unnamed`` are entries without an e-mail address, which are only in ``raw``."""

    provider: str
    people: int
    new: int
    gone: int
    unnamed: int
    raw: str


def now() -> str:
    """Return the moment as the file writes it."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


def back_up(
    job: Job,
    token: Token,
    client: Client,
    books: Books,
    *,
    accept: bool = False,
    at: str = "",
    tell: Callable[[int], None] = lambda _: None,
    clock: Clock = CLOCK,
) -> Came:
    """Pull a list, merge it, and write the file and the untouched answers. ``accept`` believes a smaller one, too.

    Raises:
        RefusedError: the list is not complete, or not to be believed; all files are as they were.
        OSError: the files cannot be written; the one with everybody is as it was.
    """
    provider, at = job.source.key, at or now()
    # A smaller list that is believed all the same does not replace the answers of the larger one.
    day = at.replace(":", "") if accept else at[:10]
    raw = books.vault.raw / f"{provider}-{day}.jsonl"
    with Draft(raw) as draft:
        pulled = pull(job, fitting(job.source, token), client, draft.file, tell, clock)
        known = [key for key, person in books.people.people.items() if merge.is_there(person, provider)]
        gone = [key for key in known if key not in pulled.keys]
        if not accept:
            _believe(job, pulled, books, known, gone)
        new = _merged(job, draft.file, books, at)
        for key in gone:
            merge.mark_missing(books.people.people[key], provider, at, job.source.leavers)
        draft.keep()
    books.journal.visits[provider] = journal.Visit(at, pulled.records, raw=raw.name)
    save(books)
    return Came(provider, pulled.records, new, len(gone), pulled.unnamed, raw.name)


def save(books: Books) -> None:
    """Write everybody, then what is remembered of the visit.

    Raises:
        OSError: one of the two cannot be written; it is as it was.
    """
    with Draft(books.vault.people) as draft:
        ledger.write(books.people, draft.file)
        draft.keep()
    books.vault.write(books.vault.journal, journal.packed(books.journal))


def _merged(job: Job, kept: IO[bytes], books: Books, at: str) -> int:
    """Merge the answers into everybody, and return how many are new."""
    everybody = books.people.people
    before, met = len(everybody), set[str]()
    for record in records(job, kept):
        address = address_of(job, record)
        if address:
            key = dig.key(address)
            # Once in a list, a saying replaces the last one; somebody who is there twice has said two things.
            new = told(job.source, record, address)
            everybody[key] = merge.add(everybody.get(key), new, at, proof=key not in met)
            met.add(key)
    return len(everybody) - before


def _believe(job: Job, pulled: Pulled, books: Books, known: list[str], gone: list[str]) -> None:
    """See that a list has not shrunk by more than people do."""
    name = job.source.name
    hint = "the old list stays. Is it still the right list? '--accept-smaller' takes it as it is"
    last = books.journal.visits.get(job.source.key)
    if last and last.how == "api" and pulled.records < last.people * (1 - MOST_LOST):
        why = f"{name} has {pulled.records:,} entries now, and had {last.people:,} at the last backup"
        raise RefusedError(why, hint)
    # Who never confirmed is forgotten after a while, by law: that is no loss.
    lost = sum(_settled(job, books, key) for key in gone)
    if lost > len(known) * MOST_LOST:
        why = f"{lost:,} of {len(known):,} people whom {name} had at the last backup are not on the list any more"
        raise RefusedError(why, hint)


def _settled(job: Job, books: Books, key: str) -> bool:
    said = merge.remembered(books.people.people[key]).get(job.source.key)
    return said is not None and (said.status != "pending" or job.source.status == "pending")
