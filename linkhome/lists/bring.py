"""Bring a CSV home that a creator downloaded: everybody in it, every row that could not be read, and a copy of it."""

from __future__ import annotations

import hashlib
import itertools
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from . import dig, journal, layouts, merge
from .backup import Books, save
from .person import COLUMNS, Person, Said, Told, fits, read
from .refusals import RefusedError
from .sheet import Row, Sheet, opened, rows
from .source import Fields, Rule, Status
from .vault import Draft

#: So many rows are looked at to find out which column is what.
SAMPLES = 50
_NAME_IT = "call the column with the addresses 'email', in the first line of the file"
#: What the copy for Excel puts before a text that could be a formula.
_GUARDED = ("'=", "'+", "'-", "'@")


class Bad(NamedTuple):
    """Hold a row that could not be taken: the line on which it begins, and why. Nothing of it is shown."""

    line: int
    why: str


class Brought(NamedTuple):
    """Say what came of a file. ``unknown`` counts rows whose status nobody knows; ``silent``: there was no status."""

    provider: str
    people: int
    new: int
    bad: list[Bad]
    unknown: int
    silent: bool
    columns: dict[str, str]


def bring(path: Path, provider: str, books: Books, at: str) -> Brought:
    """Merge a CSV into everybody. ``provider`` is whose it is, empty to find out.

    A file is of unknown age and may hold a part only: nobody is missed who is not in it, and nobody who unsubscribed
    becomes active by it, unless it says that they signed up again later.

    Raises:
        RefusedError: nothing of it can be used; nothing was changed.
        OSError: it cannot be kept.
    """
    sheet = opened(path)
    if any(dig.email(column) for column in sheet.columns):  # then all of it is about somebody, and not to be shown
        raise RefusedError(f"the columns of {path.name} have no names: its first line is about a person", _NAME_IT)
    samples = [row.cells for row in itertools.islice(rows(sheet), SAMPLES) if row.cells]
    columns = layouts.recognise(sheet.columns, samples, provider)
    if columns is None:
        named = ", ".join(f"'{column[:40]}'" for column in sheet.columns[:12])
        raise RefusedError(f"no column of {path.name} holds e-mail addresses; its columns are {named}", _NAME_IT)
    reading = _Reading(sheet, columns, provider or (columns.layout.provider if columns.layout else "file"))
    everybody, before = books.people.people, len(books.people.people)
    people = set[str]()
    for row in rows(sheet):
        person = reading.person(row)
        if person is None:
            continue
        key = dig.key(person.person.email)
        people.add(key)
        if columns.is_ours:
            books.people.put(person.person)
        else:
            everybody[key] = merge.add(everybody.get(key), person, at, proof=False)
    if not people:
        raise RefusedError(f"there is nobody in {path.name}", "is it the right file?")
    raw = _copy(path, reading.provider, books, at)
    if not columns.is_ours and reading.provider not in books.journal.visits:
        books.journal.visits[reading.provider] = journal.Visit(at, len(people), "file", raw)
    save(books)
    called = {name: sheet.columns[number] for name, number in columns.ours.items()}
    new = len(everybody) - before
    silent = not columns.is_ours and not reading.tells
    return Brought(reading.provider, len(people), new, reading.bad, reading.unknown, silent, called)


class _Reading:
    """Turn rows into people, and note those that are none."""

    def __init__(self, sheet: Sheet, columns: layouts.Columns, provider: str) -> None:
        self.provider = provider
        self.bad: list[Bad] = []
        self.unknown = 0
        self._width = len(sheet.columns)
        self._columns = columns
        self._rules: tuple[Rule, ...] = columns.layout.rules if columns.layout else ()
        #: Whether anything in this file says who has unsubscribed.
        self.tells = bool(self._rules) or "status" in columns.ours or "unsubscribed_at" in columns.ours
        self._fields = Fields(("email",)) if columns.is_ours else self._paths()

    def _paths(self) -> Fields:
        """Return where the values of a record are: in a column of their own, or in one that holds JSON."""
        found = {name: (f"inside.{name}", f"inside.{name.replace('_', '-')}") for name in ("first_name", "last_name")}
        found["phone"] = ("inside.phone", "inside.mobile")
        ours = {name: (name, *found.get(name, ())) for name in self._columns.ours if name != "status"}
        return Fields(**{"id": (), **found, **ours})

    def person(self, row: Row) -> Told | None:
        """Return what a row tells, or None when it tells of nobody."""
        if row.cells is None:
            self.bad.append(Bad(row.line, "its quotation marks are not in order"))
            return None
        if len(row.cells) > self._width and any(cell.strip() for cell in row.cells[self._width :]):
            self.bad.append(Bad(row.line, f"there are {len(row.cells)} values in it, and {self._width} columns"))
            return None
        cells = row.cells + [""] * (self._width - len(row.cells))
        email = dig.email(cells[self._columns.ours["email"]])
        if not email:
            self.bad.append(Bad(row.line, "there is no e-mail address in it"))
            return None
        if self._columns.is_ours:
            bare = [cell[1:] if cell.startswith(_GUARDED) else cell for cell in cells]
            return Told(Person(**{**dict(zip(COLUMNS, bare, strict=False)), "email": email}), Said())
        record: dict[str, Any] = {name: cells[number] for name, number in self._columns.ours.items()}
        record["inside"] = self._inside(cells)
        record["others"] = {name: cells[number] for name, number in self._columns.others.items()}
        status = self._status(cells)
        told = read(self.provider, self._fields, (), status, ("others",), record, email)
        others = told.said.data.pop("others", {})
        told.said.data = others
        return told

    def _status(self, cells: list[str]) -> Status:
        for rule in self._rules:
            number = self._columns.plain.get(rule.path)
            if number is not None and fits(rule.value, cells[number].strip()):
                return rule.status
        if "unsubscribed_at" in self._columns.ours and dig.moment(cells[self._columns.ours["unsubscribed_at"]]):
            return "unsubscribed"
        word = cells[self._columns.ours["status"]].strip() if "status" in self._columns.ours else ""
        if not word:
            return "active"
        status = layouts.meaning(self.provider, word)
        if status is None:
            self.unknown += 1
        return status or "pending"

    def _inside(self, cells: list[str]) -> Any:
        layout = self._columns.layout
        number = self._columns.plain.get(layout.inside) if layout and layout.inside else None
        if number is None or not cells[number].strip():
            return {}
        try:
            return msgspec.json.decode(cells[number])
        except (msgspec.DecodeError, RecursionError):
            return {}


def _copy(path: Path, provider: str, books: Books, at: str) -> str:
    """Keep the file as it is beside the other untouched answers; the same file twice is kept once."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:8]
        place = books.vault.raw / f"{provider}-{at[:10]}-{digest}.csv"
        with Draft(place) as draft:
            file.seek(0)
            shutil.copyfileobj(file, draft.file)
            draft.keep()
    return place.name
