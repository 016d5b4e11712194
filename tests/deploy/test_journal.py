"""The journal keeps what happened over crashes and merges, and answers what a deploy asks of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkhome.deploy.journal import Journal, Row, State, as_text
from linkhome.diagnostics import LinkhomeError

NOVEMBER = 1_795_000_000.0  # 2026-11-18


def row(state: State, tree: str = "t1", at: float = NOVEMBER, name: str = "netlify") -> Row:
    return Row(as_text(at), name, "netlify", state, f"b{tree}", tree)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "deployed")


def again(journal: Journal) -> Journal:
    return Journal(journal.file.parent)


def test_lines_are_kept_in_order(journal: Journal) -> None:
    rows = [row("begun"), row("live"), row("begun", "t2", name="github")]
    for one in rows:
        journal.add(one)
    assert again(journal).rows("netlify") == rows[:2]
    assert again(journal).rows("github") == rows[2:]
    assert journal.file.read_text().count("\n") == 3


def test_half_a_line_of_a_crash_spoils_nothing(journal: Journal) -> None:
    journal.add(row("live"))
    with open(journal.file, "ab") as file:
        file.write(b'{"at":"2026-11-18T')
    now = again(journal)
    assert now.rows("netlify") == [row("live")]
    now.add(row("live", "t2"))
    assert again(journal).rows("netlify") == [row("live"), row("live", "t2")]


def test_the_marks_of_a_merge_are_passed_over(journal: Journal) -> None:
    journal.add(row("live"))
    text = journal.file.read_text()
    journal.file.write_text(f"<<<<<<< mine\n{text}=======\n\xe4{text}>>>>>>> theirs\n[1]\n", "latin-1")
    assert again(journal).rows("netlify") == [row("live")]


def test_a_line_of_a_newer_linkhome_is_understood_as_far_as_possible(journal: Journal) -> None:
    journal.add(row("live"))
    journal.file.write_text(journal.file.read_text().replace('"at"', '"mood":"fine","at"'))
    assert again(journal).rows("netlify") == [row("live")]


def test_the_build_before_is_the_one_to_go_back_to(journal: Journal) -> None:
    assert journal.before("netlify") is None
    for one in (row("live", "t1"), row("begun", "t2"), row("live", "t2")):
        journal.add(one)
    assert journal.before("netlify") == row("live", "t1")
    journal.add(row("begun", "t3"))
    journal.add(row("failed", "t3"))
    assert journal.before("netlify") == row("live", "t1")
    journal.add(row("begun", "t4"))
    assert journal.unsettled("netlify")
    journal.add(row("uncertain", "t4"))
    assert journal.unsettled("netlify")
    assert journal.before("netlify") == row("live", "t2")
    assert journal.live("netlify") == row("live", "t2")
    assert journal.of_build("netlify", "bt1") == row("live", "t1")
    assert journal.of_build("netlify", "bt4") is None


def test_a_month_counts_what_may_have_cost_something(journal: Journal) -> None:
    assert journal.spent("netlify", NOVEMBER) == 0
    states: tuple[State, ...] = ("begun", "live", "begun", "failed", "begun", "uncertain", "live", "begun")
    for state in states:
        journal.add(row(state))
    journal.add(row("begun", name="github"))
    journal.add(row("begun", at=NOVEMBER + 30 * 86_400))
    assert journal.spent("netlify", NOVEMBER) == 3
    assert journal.spent("netlify", NOVEMBER + 30 * 86_400) == 1


def test_kept_are_the_builds_that_may_be_live(journal: Journal) -> None:
    for number in range(5):
        journal.add(row("begun", f"t{number}"))
        journal.add(row("live" if number != 2 else "failed", f"t{number}"))
    assert journal.trees("netlify", 3) == ["t4", "t3", "t1"]


def test_a_journal_that_cannot_be_read_or_written_is_told(journal: Journal, tmp_path: Path) -> None:
    journal.file.parent.mkdir()
    journal.file.mkdir()
    with pytest.raises(LinkhomeError, match="cannot be read"):
        again(journal)
    with pytest.raises(LinkhomeError, match="nothing can be written to deployed/"):
        journal.add(row("live"))
