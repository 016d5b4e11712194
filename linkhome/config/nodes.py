"""Hold a document as a tree in which every value knows where it stands.

A node keeps two offsets into the text; lines and columns are worked out only when somebody asks, because
thousands of files are read without a single mistake.
"""

from __future__ import annotations

import bisect
import re

from msgspec import Struct

from ..diagnostics import Diagnostic, Span, error, warning

_BREAK = re.compile("\r\n|\n|\r")
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})


class Document:
    """Know the text of one file, or of a part that begins at ``first_line``, and count its lines as editors do."""

    __slots__ = ("_last", "_lines", "_starts", "file", "first_line", "text")

    def __init__(self, text: str, file: str, first_line: int = 1) -> None:
        self.text = text
        self.file = file
        self.first_line = first_line
        self._lines: list[str] = []
        self._starts: list[int] = []
        self._last = 0

    def span(self, start: int, end: int) -> Span:
        """Return the place of ``text[start:end]``, cut at the end of its first line and never outside of the file."""
        row, column = self.place(start)
        room = len(self._lines[row]) - column
        width = max(1, min(end - start, room))
        return Span(self.file, self.first_line + row, column + 1, width)

    def place(self, index: int) -> tuple[int, int]:
        """Return row and column of a character, both from 0; what follows the last word counts as its line."""
        if not self._starts:
            self._lines = _BREAK.split(self.text)
            self._starts = [0, *(found.end() for found in _BREAK.finditer(self.text))]
            self._last = len(self.text.rstrip())
        index = min(index, self._last)
        row = bisect.bisect_right(self._starts, index) - 1
        return row, min(index - self._starts[row], len(self._lines[row]))

    def start_of(self, row: int) -> int:
        """Return the offset at which a row (from 0) begins."""
        self.place(0)
        return self._starts[row]

    def line(self, row: int) -> str:
        """Return the text of a row (from 0) without its line break."""
        self.place(0)
        return self._lines[row] if 0 <= row < len(self._lines) else ""

    def error(self, message: str, start: int, end: int, hint: str = "") -> Diagnostic:
        """Make an error about ``text[start:end]``."""
        span = self.span(start, end)
        return error(message, span, hint, self.line(span.line - self.first_line))

    def warning(self, message: str, start: int, end: int, hint: str = "") -> Diagnostic:
        """Make a warning about ``text[start:end]``."""
        span = self.span(start, end)
        return warning(message, span, hint, self.line(span.line - self.first_line))


class Node(Struct, eq=False):
    """Stand for one value. Made by `source.compose` only."""

    origin: Document
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Return the place of the value."""
        return self.origin.span(self.start, self.end)

    def error(self, message: str, hint: str = "") -> Diagnostic:
        """Make an error about this value."""
        return self.origin.error(message, self.start, self.end, hint)

    def warning(self, message: str, hint: str = "") -> Diagnostic:
        """Make a warning about this value."""
        return self.origin.warning(message, self.start, self.end, hint)


class Scalar(Node, eq=False):
    """Hold a text exactly as it was written; ``plain`` means without quotes."""

    text: str
    plain: bool

    @property
    def empty(self) -> bool:
        """Tell whether nothing was written: no text, ``null`` or ``~`` without quotes."""
        return self.plain and self.text in _EMPTY


class List(Node, eq=False):
    """Hold entries in order."""

    items: list[Node]


class Map(Node, eq=False):
    """Hold values by key, with the key's own place, in the order of the file."""

    entries: dict[str, tuple[Scalar, Node]]

    @property
    def head(self) -> Node:
        """Return the first key: the place to point at when something about the whole map is wrong."""
        return next((key for key, _ in self.entries.values()), self)

    def get(self, key: str) -> Node | None:
        """Return the value of a key, or None."""
        found = self.entries.get(key)
        return found[1] if found else None


class Broken(Node, eq=False):
    """Stand where something was refused already, so that nobody complains twice."""


def shorten(text: str, most: int = 60) -> str:
    """Return a creator's text on one line, cut so that a sentence can quote it."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
