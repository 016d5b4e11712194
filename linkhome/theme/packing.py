"""Pack tiles into a grid without holes, so that a browser that places them one after the other leaves none.

A template writes what a tile may span into its class: ``class="t [2x2 2x1 | 3x2] quote"``. The first span is the one
that it likes best; what stands behind a bar is meant for the next wider grid (two, four and six columns). ``*`` is the
whole row, ``~`` marks a heading, beside which the next tile wants to stand, and ``-`` a tile that is not shown now.
`pack` chooses the spans of all tiles together and writes them down as custom properties: ``--w`` and ``--h`` for two
columns, ``--w4``, ``--h4``, ``--w6`` and ``--h6`` where wider grids differ.

The grid is ``grid-auto-flow: dense``: every tile goes to the first place that has room for it, row by row. `arrange`
follows the same rule for a handful of the best arrangements at once and lets go of those that cost most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup
from msgspec import Struct

from .computed import css

#: The numbers of columns of the grid, from the narrow to the wide page.
COLUMNS = (2, 4, 6)
#: How many arrangements are kept in mind, and how many rows may be unfinished in one.
KEPT, DEEPEST = 12, 4
#: What a step costs: the next span in the list, a hole that stays open, a place behind a later tile (and each row of
#: it), a heading in the middle of a row, one that is left alone, a tile that stands before its heading.
NEXT, OPEN, BEHIND, ROW, MIDDLE, ALONE, ASTRAY = 2.0, 0.5, 0.5, 1.5, 1.5, 12.0, 40.0
#: What it costs to stretch a tile beyond its list by one column or row, and to squeeze it.
STRETCH, TALLER, SQUEEZE = 3.0, 5.0, 14.0

_TILE = re.compile(r'class="t \[([^\]"]*)\]')
_SPAN = re.compile(r"([1-9]\d?|\*)x([1-9])")


class Span(NamedTuple):
    """How many columns and rows a tile takes."""

    wide: int
    high: int


class Tile(Struct, frozen=True):
    """What a tile may span in one grid, the best first; ``heading`` if the tiles after it belong to it."""

    spans: tuple[Span, ...]
    heading: bool = False


class _Place(NamedTuple):
    row: int
    column: int


class _Plan(NamedTuple):
    """One arrangement of the tiles so far. Rows count from the first one that is not full."""

    cost: float
    rows: tuple[int, ...]  # a bit for each column that is taken
    last: _Place  # the furthest place of a tile
    heading: _Place  # where the latest heading stands
    beside: _Place | None  # where the tile after a heading wants to stand
    span: Span
    before: _Plan | None


def pack(page: str) -> Markup:
    """Return the rendered tiles with the spans that fit together, instead of those that each of them may have."""
    listed = [_read(found[1]) for found in _TILE.finditer(page)]
    shown = [tiles for tiles, out in listed if not out]
    chosen = [iter(arrange(tuple(tiles[n] for tiles in shown), columns)) for n, columns in enumerate(COLUMNS)]
    spans = [[t.spans[0] for t in tiles] if out else [next(column) for column in chosen] for tiles, out in listed]
    left = iter(spans)
    return Markup(_TILE.sub(lambda _: f'class="t{_class(next(left))}', page))  # noqa: S704  (it was escaped when rendered)


@lru_cache(maxsize=32)
def arrange(tiles: tuple[Tile, ...], columns: int) -> tuple[Span, ...]:
    """Return a span for every tile, so that a dense grid of so many columns has neither a hole nor an unfinished row.

    A tile gets a span that is not in its list only if there is no other way. The time grows with the number of tiles.
    """
    start = _Place(0, 0)
    plans = [_Plan(0.0, (), start, _Place(-1, -1), None, Span(0, 0), None)]
    for number, tile in enumerate(tiles):
        left = len(tiles) - number - 1
        best: dict[tuple[object, ...], _Plan] = {}
        for plan in plans:
            for span, cost in _choices(tile, plan.rows, columns):
                made = _put(plan, tile, span, cost, columns)
                # Every hole can be closed by one tile as wide as it, so there must be a tile left for each.
                if len(made.rows) > DEEPEST or _holes(made.rows, columns) > left:
                    continue
                known = best.setdefault(made[1:5], made)
                if made.cost < known.cost:
                    best[made[1:5]] = made
        plans = sorted(best.values(), key=lambda plan: plan.cost)[:KEPT]
    return tuple(reversed([*_spans(plans[0])]))


def place(spans: Iterable[Span], columns: int) -> list[tuple[int, int]]:
    """Return the row and column where a dense grid places tiles of these spans, as CSS says."""
    rows: list[int] = []
    places = []
    for span in spans:
        row, column = _first(rows, span, columns)
        _take(rows, span, row, column)
        places.append((row, column))
    return places


def _spans(plan: _Plan) -> Iterator[Span]:
    while plan.before:
        yield plan.span
        plan = plan.before


def _choices(tile: Tile, rows: tuple[int, ...], columns: int) -> Iterator[tuple[Span, float]]:
    """Yield the spans that a tile may take here, with their costs: those of its list, and what fills the first hole."""
    listed = dict.fromkeys(Span(min(span.wide, columns), span.high) for span in tile.spans)
    for number, span in enumerate(listed):
        yield span, number * NEXT
    wide, high = _first_hole(rows, columns)
    for span in dict.fromkeys((Span(wide, 1), Span(wide, high))):
        if span not in listed:
            yield span, min(_bent(span, own, tile.heading) for own in listed)


def _bent(span: Span, own: Span, heading: bool) -> float:
    """Return what it costs to give a tile this span instead of its own; a heading is bare and bends easily."""
    wider, higher = span.wide - own.wide, span.high - own.high
    if heading and wider >= 0 and higher == 0:
        return NEXT + wider * 0.5
    sides = wider * STRETCH if wider > 0 else -wider * SQUEEZE
    return 4.0 + sides + (higher * TALLER if higher > 0 else -higher * SQUEEZE / 2)


def _put(plan: _Plan, tile: Tile, span: Span, cost: float, columns: int) -> _Plan:
    rows = list(plan.rows)
    at = _Place(*_first(rows, span, columns))
    _take(rows, span, *at)
    if at < plan.last:
        cost += BEHIND + ROW * (plan.last.row - at.row)
    if at < plan.heading:
        cost += ASTRAY
    if plan.beside and at != plan.beside:
        cost += ALONE
    heading, beside = plan.heading, None
    if tile.heading:
        heading = at
        cost += MIDDLE if at.column else 0.0
        if span.wide < columns:
            beside = _Place(at.row, at.column + span.wide)
    full = (1 << columns) - 1
    done = next((n for n, row in enumerate(rows) if row != full), len(rows))
    rows = rows[done:]
    cost += OPEN * _holes(tuple(rows), columns)
    last = max(at, plan.last)
    return _Plan(
        plan.cost + cost,
        tuple(rows),
        _Place(max(last.row - done, -1), last.column),
        _Place(max(heading.row - done, -1), heading.column),
        _Place(beside.row - done, beside.column) if beside else None,
        span,
        plan,
    )


def _first(rows: Sequence[int], span: Span, columns: int) -> tuple[int, int]:
    """Return the first place with room for the span."""
    mask, high = (1 << span.wide) - 1, span.high
    for row in range(len(rows)):
        taken = rows[row]
        for other in rows[row + 1 : row + high]:
            taken |= other
        for column in range(columns - span.wide + 1):
            if not taken & mask << column:
                return row, column
    return len(rows), 0


def _take(rows: list[int], span: Span, row: int, column: int) -> None:
    rows.extend([0] * (row + span.high - len(rows)))
    for taken in range(row, row + span.high):
        rows[taken] |= (1 << span.wide) - 1 << column


def _first_hole(rows: Sequence[int], columns: int) -> Span:
    """Return the size of the first hole; a whole row when there is none."""
    for number, row in enumerate(rows):
        start, wide = _hole(row, columns)
        if wide:
            mask = (1 << wide) - 1 << start
            high = 1
            while number + high < len(rows) and _hole(rows[number + high] | ~mask, columns) == (start, wide):
                high += 1
            return Span(wide, high)
    return Span(columns, 1)


@lru_cache(maxsize=1024)
def _hole(row: int, columns: int) -> tuple[int, int]:
    """Return where the first run of free columns starts and how wide it is."""
    start = next((column for column in range(columns) if not row >> column & 1), columns)
    end = next((column for column in range(start, columns) if row >> column & 1), columns)
    return start, end - start


@lru_cache(maxsize=4096)
def _holes(rows: tuple[int, ...], columns: int) -> int:
    """Return how many tiles of one row it takes to close all holes."""
    count = 0
    for row in rows:
        edges = ~row & (row << 1 | 1)  # free, and taken or the edge before it
        count += (edges & (1 << columns) - 1).bit_count()
    return count


@lru_cache(maxsize=256)
def _read(listed: str) -> tuple[tuple[Tile, ...], bool]:
    """Return the tile for each number of columns, and whether it is left out."""
    bare = listed.lstrip("~- ")
    marks = listed[: len(listed) - len(bare)]
    groups = bare.split("|")
    tiles = []
    for number, columns in enumerate(COLUMNS):
        spans = []
        for text in groups[min(number, len(groups) - 1)].split():
            found = _SPAN.fullmatch(text)
            if not found:
                raise ValueError(f"'{text}' is not a span; write columns and rows: 2x1")
            spans.append(Span(columns if found[1] == "*" else int(found[1]), int(found[2])))
        if not spans:
            raise ValueError("a tile needs a span, such as [1x1]")
        tiles.append(Tile(tuple(spans), "~" in marks))
    return tuple(tiles), "-" in marks


def _class(spans: Sequence[Span]) -> str:
    narrow, middle, wide = spans
    values: dict[str, int] = {}
    for name, two, four, six in zip("wh", narrow, middle, wide, strict=True):
        values |= {name: two} if two > 1 else {}
        values |= {f"{name}4": four} if four != two else {}
        values |= {f"{name}6": six} if six != four else {}
    return f" {css(**values)}".rstrip()
