from __future__ import annotations

from datetime import UTC, datetime

import pytest

from linkhome.content import moments
from linkhome.texts import ENGLISH, GERMAN, interface

ZURICH = moments.zone("Europe/Zurich")


def _seconds(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def test_a_day_is_printed_in_the_texts_language() -> None:
    day = moments.moment("2026-03-07", UTC, ENGLISH)
    assert (day.iso, day.text, day.day, day.month, day.year, day.time) == (
        "2026-03-07",
        "7 March 2026",
        "7",
        "Mar",
        "2026",
        "",
    )
    assert moments.moment("2026-03-07 18:00", ZURICH, GERMAN).text == "7. März 2026, 18:00 Uhr"
    assert moments.moment("2026-03-07T18:00", ZURICH, GERMAN).iso == "2026-03-07T18:00+01:00"


def test_a_language_without_months_prints_numbers() -> None:
    texts = {**interface("fr", {})[0], "months": "?"}
    assert moments.moment("2026-03-07", UTC, texts).text == "7 03 2026"


@pytest.mark.parametrize(
    ("now", "hidden", "over"),
    [
        ("2026-11-30T23:59:59+01:00", True, False),
        ("2026-12-01T00:00:00+01:00", False, False),
        ("2026-12-24T23:59:59+01:00", False, False),
        ("2026-12-25T00:00:00+01:00", False, True),
    ],
)
def test_the_last_day_is_shown_whole_in_the_sites_time_zone(now: str, hidden: bool, over: bool) -> None:
    window, is_over, _ = moments.window("2026-12-01", "2026-12-24", ZURICH, _seconds(now))
    assert is_over is over
    assert (window is not None and window.hidden) is hidden


def test_the_next_change_is_known() -> None:
    early = moments.window("2026-12-01", "2026-12-24", ZURICH, 0)
    assert early[2] == _seconds("2026-12-01T00:00:00+01:00")
    late = moments.window("2026-12-01", "2026-12-24", ZURICH, _seconds("2026-12-02T00:00:00+01:00"))
    assert late[2] == _seconds("2026-12-25T00:00:00+01:00")
    assert moments.window(None, None, UTC, 0) == (None, False, 0.0)
    assert moments.window(None, "2020-01-01", UTC, late[2]) == (None, True, 0.0)


def test_every_text_is_there_in_german() -> None:
    assert GERMAN.keys() == ENGLISH.keys()
    assert interface("de-AT", {}) == ({**ENGLISH, **GERMAN}, [])


def test_the_sites_own_texts_win_and_what_lacks_is_named() -> None:
    texts, lacking = interface("fr", {"fr": {"home": "Accueil"}})
    assert texts["home"] == "Accueil"
    assert texts["quotes"] == "«»‹›"
    assert "home" not in lacking
    assert "skip" in lacking
