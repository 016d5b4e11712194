"""Read and write ``private/subscribers.csv``: UTF-8, RFC 4180, one row a person, exactly our columns."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import msgspec

from ..diagnostics import LinkhomeError, Span, error
from . import dig
from .merge import together
from .person import COLUMNS, Person

FILE = "private/subscribers.csv"
#: A cell that is longer was not written by us, nor by anybody on purpose.
LONGEST_CELL = 1_000_000
#: Beginnings that make a spreadsheet take a text for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Ledger:
    """Hold everybody by `dig.key`, in the order of the file."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self.people: dict[str, Person] = {}
        for person in people:
            self.put(person)

    def put(self, person: Person) -> None:
        """Add somebody; the same person twice becomes one row."""
        key = dig.key(person.email)
        there = self.people.get(key)
        self.people[key] = together(there, person) if there else person

    def by_status(self) -> dict[str, int]:
        """Return how many there are of each status."""
        return dict(Counter(person.status or "unknown" for person in self.people.values()))


def load(path: Path) -> Ledger:
    """Read the file; nobody is in it when it is not there.

    Raises:
        LinkhomeError: it is damaged, or has been changed so that something would be lost; it says where. A value of the
            file is never shown.
    """
    ledger = Ledger()
    csv.field_size_limit(LONGEST_CELL)
    line = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file, strict=True)
            head = next(rows, None)
            if head is None or tuple(head) != COLUMNS:
                raise _damaged(1, "its first line is not the one that linkhome wrote")
            line = rows.line_num + 1
            for row in rows:
                if len(row) != len(COLUMNS):
                    raise _damaged(line, f"there are {len(row)} values in this row, and should be {len(COLUMNS)}")
                if not dig.email(row[0]):
                    raise _damaged(line, "this row does not begin with an e-mail address")
                ledger.put(Person(*row))
                line = rows.line_num + 1
    except FileNotFoundError:
        return ledger
    except UnicodeDecodeError:
        raise _damaged(0, "it is not UTF-8 any more") from None
    except csv.Error:
        raise _damaged(line, "its quotation marks are not in order") from None
    except OSError as problem:
        reason = (problem.strerror or type(problem).__name__).lower()
        raise LinkhomeError(error(f"{FILE} cannot be read: {reason}", Span(FILE))) from None
    return ledger


def write(ledger: Ledger, file: IO[bytes]) -> None:
    """Write everybody, exactly as they are.

    Raises:
        OSError: not everything could be written.
    """
    _write(file, "utf-8", (msgspec.structs.astuple(person) for person in ledger.people.values()))


def write_for_excel(ledger: Ledger, file: IO[bytes]) -> None:
    """Write a copy to look at: with a mark that tells Excel it is UTF-8, and no cell that could be a formula.

    Raises:
        OSError: not everything could be written.
    """
    guarded = ([_harmless(cell) for cell in msgspec.structs.astuple(one)] for one in ledger.people.values())
    _write(file, "utf-8-sig", guarded)


def _write(file: IO[bytes], encoding: str, rows: Iterable[Iterable[str]]) -> None:
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="", write_through=False)
    try:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
        text.flush()
    finally:
        text.detach()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _damaged(line: int, why: str) -> LinkhomeError:
    hint = "repair it, or move it out of private/: a new one is begun then. It was not touched"
    return LinkhomeError(error(f"{FILE} is not as linkhome wrote it: {why}", Span(FILE, line), hint))
