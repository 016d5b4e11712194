"""Packing: no hole, no overlap, nearly the order of the source, whatever the tiles may span."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkhome.theme.computed import settle
from linkhome.theme.packing import COLUMNS, Span, Tile, arrange, pack, place

SPANS = st.builds(Span, st.integers(1, 6), st.integers(1, 3))
TILES = st.builds(
    Tile,
    spans=st.lists(SPANS, min_size=1, max_size=4, unique=True).map(tuple),
    heading=st.sampled_from([False] * 5 + [True]),
)
PAGES = st.lists(TILES, max_size=40).map(tuple)


def covered(spans: tuple[Span, ...], columns: int) -> list[list[int]]:
    """Return the grid, each cell with the number of tiles on it."""
    places = place(spans, columns)
    rows = max((row + span.high for (row, _), span in zip(places, spans, strict=True)), default=0)
    grid = [[0] * columns for _ in range(rows)]
    for (row, column), span in zip(places, spans, strict=True):
        assert column + span.wide <= columns
        for y in range(span.high):
            for x in range(span.wide):
                grid[row + y][column + x] += 1
    return grid


@given(PAGES, st.sampled_from((1, 2, 3, 4, 6)))
@settings(max_examples=300, deadline=None)
def test_every_cell_has_exactly_one_tile(tiles: tuple[Tile, ...], columns: int) -> None:
    spans = arrange(tiles, columns)
    assert len(spans) == len(tiles)
    assert all(cell == 1 for row in covered(spans, columns) for cell in row)


@given(PAGES, st.sampled_from(COLUMNS))
@settings(max_examples=100, deadline=None)
def test_the_same_tiles_give_the_same_spans(tiles: tuple[Tile, ...], columns: int) -> None:
    assert arrange.__wrapped__(tiles, columns) == arrange.__wrapped__(tiles, columns)


@given(
    st.lists(st.sampled_from(["1x1 2x1", "2x1", "1x2 2x1", "2x2 2x1"]), min_size=1, max_size=60),
    st.sampled_from(COLUMNS),
)
@settings(max_examples=100, deadline=None)
def test_no_tile_is_far_from_its_place_in_the_source(listed: list[str], columns: int) -> None:
    tiles = tuple(Tile(tuple(Span(int(s[0]), int(s[2])) for s in spans.split())) for spans in listed)
    furthest = 0
    for row, _ in place(arrange(tiles, columns), columns):
        assert row >= furthest - 2
        furthest = max(furthest, row)


def test_tiles_keep_what_they_like_best_when_it_fits() -> None:
    tiles = tuple(Tile((span,)) for span in (Span(2, 2), Span(1, 1), Span(1, 1), Span(2, 1)))
    assert arrange(tiles, 4) == (Span(2, 2), Span(1, 1), Span(1, 1), Span(2, 1))


def test_a_single_tile_takes_the_whole_row() -> None:
    assert [arrange((Tile((Span(1, 1),)),), columns) for columns in COLUMNS] == [(Span(n, 1),) for n in COLUMNS]


def test_a_tile_wider_than_the_grid_takes_the_whole_row() -> None:
    assert arrange((Tile((Span(6, 2),)),), 2) == (Span(2, 2),)


def test_nothing_stands_before_its_heading_or_between_it_and_the_first_tile() -> None:
    small, heading = Tile((Span(1, 1), Span(2, 1))), Tile((Span(1, 1), Span(2, 1)), heading=True)
    big = Tile((Span(2, 2),))
    tiles = (small, small, small, heading, small, small, big, heading, small, small, small)
    for columns in (4, 6):
        places = place(spans := arrange(tiles, columns), columns)
        for number in (3, 7):
            row, column = places[number]
            wide = spans[number].wide
            assert places[number + 1] == ((row, column + wide) if wide < columns else (row + 1, 0))
            assert all(other > places[number] for other in places[number + 1 :])


@pytest.mark.parametrize("columns", COLUMNS)
def test_five_hundred_tiles_are_packed_at_once(columns: int) -> None:
    wants = ((Span(1, 1), Span(2, 1)), (Span(2, 1),), (Span(2, 2), Span(3, 2)), (Span(1, 2), Span(2, 1)))
    tiles = tuple(Tile(wants[(n * n + n // 3) % 4], heading=n % 11 == 0) for n in range(500))
    start = time.process_time()
    spans = arrange(tiles, columns)
    assert time.process_time() - start < 2
    assert all(cell == 1 for row in covered(spans, columns) for cell in row)


def test_a_page_gets_its_spans_as_custom_properties() -> None:
    tiles = ["[2x2 | 2x2 | 3x2]", "[2x2 | 2x2 | 3x2]", "[~1x1 2x1]", "[1x1 2x1]", "[*x1]"]
    html, rules = settle(pack("".join(f'<p class="t {tile} a">x</p>' for tile in tiles)))
    assert html == "".join(f'<p class="t {name} a">x</p>' for name in ("v1", "v1", "v2", "v3", "v4"))
    assert rules == ".v1{--w:2;--w6:3;--h:2}.v2{--w4:2}.v3{--w4:2;--w6:4}.v4{--w:2;--w4:4;--w6:6}"


def test_a_tile_of_one_cell_needs_no_class() -> None:
    tiles = "".join('<p class="t [1x1] a"></p>' for _ in range(12))
    assert pack(tiles) == tiles.replace("[1x1] ", "")


def test_a_tile_that_is_not_shown_takes_no_room() -> None:
    html, rules = settle(pack('<p class="t [-2x2]"></p><p class="t [1x1]"></p>'))
    assert re.findall('"(.*?)"', html) == ["t v1", "t v2"]
    assert rules == ".v1{--w:2;--h:2}.v2{--w:2;--w4:4;--w6:6}"


def test_texts_that_look_like_a_tile_are_left_alone() -> None:
    page = '<p class="other">class=&#34;t [2x2] t [2x2]</p>'
    assert pack(page) == page


@pytest.mark.parametrize("listed", ["", "2", "0x1", "2x2 wide", "2x"])
def test_a_wrong_span_is_told(listed: str) -> None:
    with pytest.raises(ValueError, match="span"):
        pack(f'<p class="t [{listed}]"></p>')
