"""Pull the whole list of one provider: complete, or not at all.

Every answer goes to a file as it came, one a line, before the next is asked for. A list that changes while it is read
(another total, somebody twice, fewer people than there should be) is read again from its beginning.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple

import msgspec

from ..clock import CLOCK, Clock
from ..diagnostics import Exit
from ..embeds.fetch import Client
from . import dig, paging, signing
from .ask import Asker, Got
from .refusals import RefusedError, ShiftedError
from .source import Job
from .tokens import Token

#: So often a list that changed is begun again, after so many seconds.
RESTARTS = 3
REST = 5.0


class Pulled(NamedTuple):
    """Say what came: how many records, how many without an e-mail address, everybody's key, and how many requests."""

    records: int
    unnamed: int
    keys: frozenset[str]
    requests: int


def pull(
    job: Job,
    token: Token,
    client: Client,
    into: IO[bytes],
    tell: Callable[[int], None] = lambda _: None,
    clock: Clock = CLOCK,
) -> Pulled:
    """Ask for every person of a list and write every answer to ``into``, one a line; ``tell`` hears how many came.

    Raises:
        RefusedError: the list is not complete, for a reason that is told; what is in the file is worth nothing.
        OSError: it cannot be written.
    """
    source = job.source
    if "{dc}" in source.url:  # a Mailchimp key ends in the name of the data centre that knows it
        job = msgspec.structs.replace(job, values={**job.values, "dc": token.reveal().rpartition("-")[2]})
    asker = Asker(client, source.name, source.rate, clock)
    asker.hide(*signing.spellings(source, token))
    headers = signing.exchanged(source, token, asker) if source.auth.how == "oauth" else signing.headers(source, token)
    why = ""
    for attempt in range(RESTARTS + 1):
        if attempt:
            asker.rest(REST)
        into.seek(0)
        into.truncate()
        try:
            return _Reading(job, asker, headers, into, tell).all()
        except ShiftedError as problem:
            why = str(problem)
    hint = "try again when fewer people sign up; the list that is here stays as it is"
    raise RefusedError(f"{source.name}: {why}, {RESTARTS + 1} times in a row", hint, Exit.NETWORK)


class _Reading:
    """Be one attempt to read a list from its beginning to its end."""

    def __init__(
        self,
        job: Job,
        asker: Asker,
        headers: Callable[[], dict[str, str]],
        into: IO[bytes],
        tell: Callable[[int], None],
    ) -> None:
        self._job = job
        self._asker = asker
        self._headers = headers
        self._into = into
        self._tell = tell
        # A very short one would be found in words that have nothing to do with it.
        self._secrets = [secret.encode() for secret in asker.secrets if len(secret) >= 8]
        self._asked: set[str] = set()
        self._seen: set[str] = set()
        self._keys: set[str] = set()
        self._records = 0
        self._unnamed = 0

    def all(self) -> Pulled:
        """Read everything."""
        for parent in self._parents():
            for variant in self._job.source.variants:
                self._walk(paging.first(self._job, variant, parent), parent)
        return Pulled(self._records, self._unnamed, frozenset(self._keys), self._asker.requests)

    def _parents(self) -> list[str]:
        """Return the lists or forms to read, each with people of its own."""
        job, parents = self._job, self._job.source.parents
        if parents is None:
            return [""]
        if parents.unless and job.values.get(parents.unless):
            return [job.values[parents.unless]]
        wanted = job.values.get(parents.filter, "") if parents.filter else ""
        found, url = list[str](), paging.filled(parents.url, job.values)
        while url:
            got = self._get(url, lambda data: type(dig.at(data, parents.people)) is list)
            page = paging.Page(url, got.data, got.headers, dig.at(got.data, parents.people))
            chosen = [one for one in page.people if not wanted or dig.text(dig.at(one, parents.name)) == wanted]
            found += [dig.text(dig.at(one, parents.id)) for one in chosen]
            url = self._following(page, 0) if job.source.paging.kind in ("next", "link") else ""
        if not found or not all(found):
            what = f"form named '{wanted}'" if wanted else "list"
            raise RefusedError(f"{job.source.name} has no {what}", "check the settings under 'newsletter'")
        return found

    def _walk(self, url: str, parent: str) -> None:
        """Read the pages of one list, from the first to the last."""
        source = self._job.source
        total: int | None = None
        here = 0
        while url:
            page = self._page(url)
            now = paging.number(source.paging.total, page.data, page.headers)
            if total is not None and now is not None and now != total:
                raise ShiftedError("the number of people changed while they were read")
            total = now if total is None else total
            here += len(page.people)
            self._note(page, parent)
            url = self._following(page, here)
            numbered = source.paging.kind in ("page", "offset")
            if numbered and total is None and url and 0 < len(page.people) < source.paging.size:
                # Nothing but this tells the end: what was not full must have been the last.
                if self._page(url).people:
                    raise ShiftedError("a page in the middle was not complete")
                url = ""
        if total is not None and here != total:
            raise ShiftedError(f"there should be {total:,} people, and {here:,} came")

    def _page(self, url: str) -> paging.Page:
        """Return the people at an address, and write down what came."""
        source = self._job.source
        got = self._get(url, lambda data: paging.people(source, data) is not None)
        # Ends of lines are between values only: no text in JSON holds one.
        line = got.body.removeprefix(b"\xef\xbb\xbf").replace(b"\r", b" ").replace(b"\n", b" ")
        for secret in self._secrets:
            line = line.replace(secret, "…".encode())
        self._into.write(line + b"\n")
        return paging.Page(url, got.data, got.headers, paging.people(source, got.data) or [])

    def _get(self, url: str, good: Callable[[object], bool]) -> Got:
        if url in self._asked:
            raise RefusedError(f"{self._job.source.name} leads round in circles", code=Exit.NETWORK)
        self._asked.add(url)
        return self._asker.get(url, self._headers, good)

    def _following(self, page: paging.Page, so_far: int) -> str:
        try:
            return paging.following(self._job.source.paging, page, so_far)
        except paging.LostError as problem:
            raise RefusedError(f"{self._job.source.name}: {problem}", code=Exit.NETWORK) from None

    def _note(self, page: paging.Page, parent: str) -> None:
        """Remember who came, so that nobody comes twice."""
        fields = self._job.source.fields
        for record in page.people:
            who = dig.first(record, fields.id) or hashlib.sha1(msgspec.json.encode(record)).hexdigest()  # noqa: S324
            who = f"{parent}/{who}"
            if who in self._seen:
                raise ShiftedError("somebody came twice while the people were read")
            self._seen.add(who)
            address = address_of(self._job, record)
            if address:
                self._keys.add(dig.key(address))
            else:
                self._unnamed += 1
        self._records += len(page.people)
        self._tell(self._records)


def address_of(job: Job, record: object) -> str:
    """Return the e-mail address of a person as it is spelt, empty where there is none."""
    return next((found for path in job.source.fields.email if (found := dig.email(dig.at(record, path)))), "")


def records(job: Job, kept: IO[bytes]) -> Iterator[object]:
    """Yield what the provider said of each person, from the file that `pull` wrote."""
    kept.seek(0)
    for line in kept:
        yield from paging.people(job.source, dig.decoded(line)) or ()
