"""What a refresh remembers: when to ask again, and how each copy stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkhome.embeds.record import Good, Owner, Record
from linkhome.embeds.state import (
    DAY,
    HOUR,
    MINUTE,
    Entry,
    Gone,
    State,
    after_failure,
    after_held,
    after_success,
    due,
    is_gone,
    life,
    load,
    save,
    status,
)

NOW = 1_795_000_000.0  # 2026-11-18
COPY = Record(good=Good(title="T", fetched="2026-10-02"))


# ------------------------------------------------------------------ the file


def test_what_was_saved_is_loaded(tmp_path):
    path = tmp_path / ".cache" / "embeds.json"
    entry = Entry(checked=NOW, fails=2, why="slow", gone=Gone(1, NOW, NOW), asks={"https://a.example": ("W/1", "")})
    save(path, State({"youtube/x-00000000": entry}))
    assert load(path) == State({"youtube/x-00000000": entry})
    assert path.read_bytes().endswith(b"}\n")


@pytest.mark.parametrize(
    "data", [None, b"", b"{", b"[]", b'{"entries": 3}', b'{"entries": {"a": {"fails": "x"}}}', b"\xff", b"[" * 100_000]
)
def test_what_is_damaged_is_nothing(tmp_path, data):
    path = tmp_path / "embeds.json"
    if data is not None:
        path.write_bytes(data)
    assert load(path) == State()


def test_a_folder_in_its_place_is_nothing(tmp_path):
    assert load(tmp_path) == State()
    with pytest.raises(OSError):
        save(tmp_path, State())


# ------------------------------------------------------------------ when to ask


@pytest.mark.parametrize(
    ("kind", "pictured", "seconds"),
    [
        ("card", True, 7 * DAY),
        ("card", False, DAY),
        ("feed", True, HOUR),
        ("feed", False, HOUR),
        ("live", True, 15 * MINUTE),
        ("live", False, 15 * MINUTE),
    ],
)
def test_lives(kind, pictured, seconds):
    assert life(kind, pictured) == seconds


def test_what_was_never_asked_is_due():
    assert due(None, NOW)
    assert due(Entry(), NOW)


def test_a_good_answer_lives_its_life():
    entry = after_success(None, NOW, DAY)
    assert not due(entry, NOW + DAY - 1)
    assert due(entry, NOW + DAY)


def test_who_wants_it_newer_gets_it_newer():
    entry = after_success(None, NOW, 7 * DAY)
    assert not due(entry, NOW + 59, max_age=60)
    assert due(entry, NOW + 60, max_age=60)
    assert due(entry, NOW, max_age=0)
    assert not due(after_failure(entry, NOW, "slow", "slow"), NOW + 60, max_age=0)


def test_failures_are_asked_again_after_longer_and_longer():
    entry, now, pauses = None, NOW, []
    for _ in range(7):
        entry = after_failure(entry, now, "slow", "it did not answer in time")
        pauses.append((entry.next_try - now) / HOUR)
        assert not due(entry, entry.next_try - 1)
        assert due(entry, entry.next_try)
        now = entry.next_try
    assert pauses == [1, 6, 24, 72, 168, 168, 168]
    assert (entry.fails, entry.since, entry.tried) == (7, NOW, now - 7 * DAY)


def test_a_good_answer_forgets_the_bad_ones_but_not_the_conditions():
    entry = after_success(None, NOW, HOUR, {"https://a.example": ("1", "")})
    entry = after_failure(entry, NOW + HOUR, "gone", "no such thing", gone=True)
    entry = after_success(entry, NOW + DAY, HOUR, {"https://b.example": ("2", "")})
    assert entry == Entry(
        checked=NOW + DAY,
        tried=NOW + DAY,
        next_try=NOW + DAY + HOUR,
        asks={"https://a.example": ("1", ""), "https://b.example": ("2", "")},
    )


@pytest.mark.parametrize(("wait", "pause"), [(60, HOUR), (2 * DAY, 2 * DAY), (99 * DAY, 7 * DAY), (-5, HOUR)])
def test_a_platform_may_ask_us_to_stay_away(wait, pause):
    assert after_failure(None, NOW, "wait", "busy", wait=wait).next_try == NOW + pause


def test_a_held_answer_is_asked_for_again_and_whole():
    entry = after_success(None, NOW, HOUR, {"https://a.example": ("1", "")})
    entry = after_held(entry, NOW + HOUR, "the answer has no title")
    assert (entry.held, entry.asks, entry.next_try) == ("the answer has no title", {}, NOW + 2 * HOUR)
    assert after_failure(entry, NOW, "slow", "slow").held == ""


@pytest.mark.parametrize(
    "entry",
    [
        Entry(checked=NOW + DAY, tried=NOW + DAY, next_try=NOW + 2 * DAY),
        Entry(checked=NOW - DAY, tried=NOW - DAY, next_try=NOW + 8 * DAY),
    ],
)
def test_a_clock_that_was_wrong_does_not_stop_us(entry):
    assert due(entry, NOW)


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 40 * DAY), st.floats(0, 1e9)), max_size=12))
def test_nothing_waits_for_ever(steps):
    entry, now = None, NOW
    for good, later, wait in steps:
        now += later
        entry = after_success(entry, now, life("card")) if good else after_failure(entry, now, "x", "x", wait=wait)
        assert due(entry, now + 7 * DAY)


# ------------------------------------------------------------------ gone?


def gone_after(*days: float) -> Entry:
    entry = None
    for day in days:
        entry = after_failure(entry, NOW + day * DAY, "gone", "there is no such page", gone=True)
    assert entry
    return entry


def test_gone_needs_three_times_and_a_week():
    assert not is_gone(gone_after(0, 8))
    assert not is_gone(gone_after(0, 1, 2, 3, 6.9))
    assert is_gone(gone_after(0, 1, 7))


def test_what_may_be_gone_is_asked_again_in_a_day():
    assert gone_after(0).next_try == NOW + DAY
    assert gone_after(0, 1, 2, 3, 4, 5).next_try == NOW + 6 * DAY


def test_another_failure_between_proves_nothing():
    entry = after_failure(gone_after(0, 1), NOW + 2 * DAY, "slow", "slow")
    assert is_gone(after_failure(entry, NOW + 8 * DAY, "gone", "there is no such page", gone=True))


# ------------------------------------------------------------------ what is said


@pytest.mark.parametrize(
    ("record", "entry", "expected"),
    [
        (None, None, ("link only", "never fetched")),
        (Record(owner=Owner()), None, ("link only", "never fetched")),
        (None, Entry(fails=1, why="it is slow"), ("link only", "nothing could be fetched yet: it is slow")),
        (None, gone_after(0, 1, 7), ("gone?", "not found 3 times since 2026-11-18")),
        (COPY, gone_after(0, 1, 7), ("gone?", "not found 3 times since 2026-11-18")),
        (
            Record(owner=Owner(title="Mine")),
            Entry(fails=1, why="x"),
            ("owner", "only your own words; nothing of the platform is kept"),
        ),
        (
            COPY,
            after_held(None, NOW, "the list is empty"),
            ("held", "an answer was refused, the copy stays: the list is empty"),
        ),
        (COPY, after_failure(None, NOW, "slow", "it is slow"), ("stale", "since 2026-11-18: it is slow")),
        (COPY, None, ("stale", "last changed 2026-10-02, not asked from here yet")),
        (Record(good=Good()), None, ("stale", "not asked yet")),
        (COPY, after_success(None, NOW - 20 * DAY, DAY), ("stale", "not asked since 2026-10-29")),
        (COPY, after_success(None, NOW - 3 * DAY, DAY), ("fresh", "asked on 2026-11-15")),
        (COPY, Entry(fails=1, since=1e300, why="x"), ("stale", "since an unknown day: x")),
    ],
)
def test_how_a_copy_stands(record, entry, expected):
    assert status(record, entry, NOW) == expected


def test_the_cache_folder_is_made(tmp_path):
    path = Path(tmp_path / "a" / "b" / "embeds.json")
    save(path, State())
    assert load(path) == State()
