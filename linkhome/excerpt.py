"""Show the place of a finding: the line, a caret under the right characters, and what to do.

Wide and combining characters, emoji and tabs keep the caret where it belongs, and nothing that a file
contains reaches the terminal as a command.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .diagnostics import Diagnostic, Span

TAB = 4
#: Text and the role that gives it its colour.
Piece = tuple[str, str]

# Marks of direction and other invisible signs can make a line look like another one.
_HIDDEN = frozenset("\u061c\u200b\u200e\u200f\u2028\u2029\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINER, _PICTURE = "\u200d", "\ufe0f"


class Cell(NamedTuple):
    """One character of the source: what is printed for it, and how many columns that takes."""

    text: str
    width: int


def describe(diagnostic: Diagnostic, encoding: str, columns: int) -> list[list[Piece]]:
    """Return the printed lines of one finding, each as pieces with their roles; keys of providers are blotted out."""
    diagnostic = diagnostic.without_secrets()
    span = diagnostic.span
    head: list[Piece] = [(f"{visible(_place(span), encoding)}: ", "place")] if span and span.file else []
    head += [(f"{diagnostic.severity}:", "mark"), (" " + visible(diagnostic.message, encoding), "")]
    lines = [head]
    if span and span.line and diagnostic.source.strip():
        lines += _pointed(span, diagnostic.source, encoding, columns)
    gutter = f"{'':>5} = "
    for hint in diagnostic.hint.splitlines():
        lines.append([(gutter, "gutter"), (visible(hint, encoding), "hint")])
        gutter = " " * len(gutter)
    return lines


def visible(text: str, encoding: str) -> str:
    """Return ``text`` on one line with whatever could steer a terminal, or that it cannot show, spelt out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(c, encoding) for c in text.replace("\r\n", " ").replace("\n", " ").replace("\t", " "))


def _place(span: Span) -> str:
    return f"{span.file}:{span.line}:{span.column}" if span.line else span.file


def _pointed(span: Span, source: str, encoding: str, columns: int) -> Iterator[list[Piece]]:
    cells = list(_cells(source.rstrip("\r\n"), encoding))
    first = min(max(span.column - 1, 0), len(cells))
    last = min(first + max(span.width, 1), len(cells))
    cells, first, last = _cut(cells, first, last, columns - 8, "…" if _can(encoding, "…") else "...")
    before = sum(c.width for c in cells[:first])
    under = max(sum(c.width for c in cells[first:last]), 1)
    yield [(f"{span.line:>5} | ", "gutter"), ("".join(c.text for c in cells), "")]
    yield [(f"{'':>5} | ", "gutter"), (" " * before, ""), ("^" * under, "mark")]


def _cut(cells: list[Cell], first: int, last: int, room: int, dots: str) -> tuple[list[Cell], int, int]:
    """Keep what fits into ``room`` columns, a third of it before the caret."""
    if sum(c.width for c in cells) <= room:
        return cells, first, last
    mark = Cell(dots, len(dots))
    begin, used = first, 0
    while begin and used + cells[begin - 1].width <= room // 3:
        begin -= 1
        used += cells[begin].width
    end, used = begin, 2 * mark.width
    while end < len(cells) and used + cells[end].width <= room:
        used += cells[end].width
        end += 1
    kept = [mark] * (begin > 0) + cells[begin:end] + [mark] * (end < len(cells))
    shift = begin - (begin > 0)
    return kept, first - shift, min(last, end) - shift


def _cells(line: str, encoding: str) -> Iterator[Cell]:
    column, joined, before = 0, False, 0
    for c in line:
        if c == "\t":
            cell = Cell(" " * (TAB - column % TAB), TAB - column % TAB)
        elif (shown := _shown(c, encoding)) != c:
            cell = Cell(shown, len(shown))
        elif c == _PICTURE:
            cell = Cell(c, 1 if before == 1 else 0)  # asks for the wide, coloured form of a narrow sign
        else:
            cell = Cell(c, 0 if joined else _width(c))
        joined, before = c == _JOINER, cell.width
        column += cell.width
        yield cell


def _width(c: str) -> int:
    if c < "\u0300":
        return 1
    import unicodedata  # a table of half a megabyte, only wanted by lines that go beyond Latin

    if unicodedata.category(c) in ("Mn", "Me", "Cf") or "\u1160" <= c <= "\u11ff" or "\U0001f3fb" <= c <= "\U0001f3ff":
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


def _shown(c: str, encoding: str) -> str:
    if c < " " or "\x7f" <= c <= "\x9f" or c in _HIDDEN or "\ud800" <= c <= "\udfff" or not _can(encoding, c):
        return c.encode("ascii", "backslashreplace").decode() if c > "\x7f" else f"\\x{ord(c):02x}"
    return c


def _can(encoding: str, c: str) -> bool:
    if c.isascii() or encoding.lower() in ("utf-8", "utf8"):
        return True
    try:
        c.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
