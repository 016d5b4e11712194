"""Read other people's CSV as it is found in the world: any encoding, any separator, lines counted as editors count."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .refusals import RefusedError

#: No list of a creator is larger.
MOST_BYTES = 1_000_000_000
LONGEST_CELL = 1_000_000
_SEPARATORS = ",;\t|"
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: How files begin that are no CSV, and what to do with each.
_OTHERS = (
    (
        b"PK\x03\x04",
        "is a ZIP or an Excel workbook",
        "unpack it, or save it as CSV (UTF-8) in your spreadsheet program",
    ),
    (b"\xd0\xcf\x11\xe0", "is an old Excel workbook", "save it as CSV (UTF-8) in your spreadsheet program"),
    (b"%PDF", "is a PDF", "download the list as CSV"),
    (b"{", "is JSON", "download the list as CSV"),
    (b"[", "is JSON", "download the list as CSV"),
    (b"<", "is a web page", "download the list as CSV: what was saved is perhaps the page that asks to log in"),
)


class Row(NamedTuple):
    """Hold one row and the line on which it begins; ``cells`` is None where its quotation marks are not in order."""

    line: int
    cells: list[str] | None


class Sheet(NamedTuple):
    """Hold a CSV: the names of its columns as they are written, and how it is to be read."""

    path: Path
    columns: list[str]
    encoding: str
    separator: str
    skip: int


def opened(path: Path) -> Sheet:
    """Find out how a file is written and what its columns are called.

    Raises:
        RefusedError: it is no CSV, or cannot be read; nothing of it is in the message.
    """
    encoding = _encoding(path)
    try:
        with _text(path, encoding) as file:
            lines = list(_first_lines(file))
    except UnicodeError:
        raise RefusedError(f"{path.name} is no text", "download the list as CSV") from None
    skip = next((number for number, line in enumerate(lines) if line.strip()), None)
    if skip is None:
        raise RefusedError(f"{path.name} is empty")
    head = lines[skip]
    if head.strip().lower().startswith("sep=") and len(head.strip()) == 5:  # a word of Excel to itself
        separator = head.strip()[4]
        skip += 1
    else:
        separator = _separator(head)
    sheet = Sheet(path, [], encoding, separator, skip)
    first = next(_rows(sheet), None)
    if first is None or first.cells is None:
        raise RefusedError(f"the first line of {path.name} cannot be read")
    return sheet._replace(columns=[cell.strip() for cell in first.cells])


def rows(sheet: Sheet) -> Iterator[Row]:
    """Yield the rows below the head, without empty ones.

    Raises:
        RefusedError: the file cannot be read to its end.
    """
    found = _rows(sheet)
    next(found, None)
    try:
        yield from (row for row in found if row.cells is None or any(cell.strip() for cell in row.cells))
    except (OSError, UnicodeError):
        raise RefusedError(f"{sheet.path.name} cannot be read to its end") from None


def _rows(sheet: Sheet) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    with _text(sheet.path, sheet.encoding) as file:
        for _ in range(sheet.skip):
            file.readline()
        reader = csv.reader((line.replace("\0", "") for line in file), delimiter=sheet.separator, strict=True)
        line = sheet.skip + 1
        while True:
            try:
                cells: list[str] | None = next(reader)
            except StopIteration:
                return
            except csv.Error:
                cells = None
            yield Row(line, cells)
            line = sheet.skip + reader.line_num + 1


def _text(path: Path, encoding: str) -> io.TextIOWrapper:
    # Five bytes mean nothing in the code page of Windows; in any other encoding a wrong byte is a wrong guess.
    return path.open(encoding=encoding, newline="", errors="replace" if encoding == "cp1252" else "strict")


def _first_lines(file: io.TextIOBase) -> Iterator[str]:
    for _ in range(20):
        line = file.readline(100_000)
        if not line:
            return
        yield line


def _separator(head: str) -> str:
    """Return what is most often between the names of the columns; a comma where there is only one."""
    plain, inside = [], False
    for letter in head:
        inside ^= letter == '"'
        if not inside:
            plain.append(letter)
    return max(_SEPARATORS, key=plain.count)


def _encoding(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise RefusedError(f"{path.name} is larger than any list of people")
        with path.open("rb") as file:
            begin = file.read(4096)
            for mark, name in _MARKS:
                if begin.startswith(mark):
                    return name
            for mark, what, hint in _OTHERS:
                if begin.lstrip().startswith(mark):
                    raise RefusedError(f"{path.name} {what}, no CSV", hint)
            if b"\0" in begin:  # UTF-16 without a mark: names of columns are ASCII, so every other byte is zero
                return "utf-16-le" if begin[1:2] == b"\0" else "utf-16-be"
            return "utf-8" if _is_utf8(begin, file) else "cp1252"
    except OSError as problem:
        reason = (problem.strerror or type(problem).__name__).lower()
        raise RefusedError(f"{path.name} cannot be read: {reason}", "check the path") from None


def _is_utf8(begin: bytes, file: io.BufferedReader) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        piece = begin
        while piece:
            decoder.decode(piece)
            piece = file.read(1 << 20)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
