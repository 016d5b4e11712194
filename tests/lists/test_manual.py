"""The manual names every service, its variable and its settings, and its promises are those of the program."""

from __future__ import annotations

import re

from site_folder import REPOSITORY

from linkhome.lists import backup, pull, tokens
from linkhome.lists.person import COLUMNS, STATUSES
from linkhome.lists.table import BY_HAND, SOURCES

TEXT = (REPOSITORY / "docs/list-backup.md").read_text("utf-8")


def rows_after(mark: str) -> list[list[str]]:
    table = TEXT.partition(f"<!-- {mark} -->\n")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_every_service_has_a_row_with_what_it_needs() -> None:
    rows = {row[0]: row[1:] for row in rows_after("sources")}
    assert list(rows) == [source.name for source in SOURCES.values()]
    for key, source in SOURCES.items():
        variable, token, needs = rows[source.name]
        assert variable == f"`{tokens.variable(key)}`"
        assert token.lower() == source.auth.what.lower()
        assert re.findall(r"`([a-z]+)`", needs) == [need.name for need in source.needs]
        assert needs.count("may be left out") == sum(need.optional for need in source.needs)


def test_every_service_that_cannot_be_asked_has_a_row() -> None:
    assert [row[0] for row in rows_after("by hand")] == [name for name, _ in BY_HAND.values()]


def test_every_column_and_every_status_is_explained() -> None:
    table = TEXT.partition("## Who is in the file")[2].partition("Nobody is ever removed")[0]
    assert re.findall(r"`(\w+)`", "".join(re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE))) == list(COLUMNS)
    assert all(f"`{status}`" in table for status in STATUSES)


def test_the_numbers_are_those_of_the_program() -> None:
    assert backup.MOST_LOST == 0.2
    assert "lost more than a fifth" in TEXT
    assert pull.RESTARTS + 1 == 4
    assert "four times at most" in TEXT
