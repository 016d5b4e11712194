"""Read and write the two tables of docs/when-platforms-fail.md, which are made by the tests that they tell of."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from site_folder import REPOSITORY

from .world import FAULTS

PAGE: Path = REPOSITORY / "docs/when-platforms-fail.md"
#: Whether the page is to be written anew instead of compared; one process at a time, then.
WRITING = os.environ.get("LINKHOME_DOCS") == "write"
#: What each fault is, for people. The third column is what the program said.
WORDS = {
    "refused": "the host takes no connections",
    "dns": "there is no such name any more",
    "tls": "the certificate is for somebody else",
    "hang": "connected, and then silence",
    "dripped headers": "the head of the answer comes byte by byte and never ends",
    "dripped body": "the body comes byte by byte and never ends",
    "reset": "the connection breaks in the middle of the answer",
    "429": "“too many requests”, with a time to come back",
    "500": "“internal error”",
    "403 with og:": "forbidden, but the page says what it is about",
    "login page": "“200 OK” with a form to log in",
    "consent page": "“200 OK” with a question about cookies",
    "empty feed": "a list without entries, whatever was asked",
    "truncated": "half of the answer, as if it were whole",
    "wrong charset": "the answer claims to be in another encoding",
    "gzip bomb": "a small answer that unpacks to 50 MB",
    "redirect loop": "the answer leads round in circles",
    "redirect to a private address": "the answer leads into somebody's own network",
    "10 GB": "an answer that is 10 GB long",
    "404": "“not found”",
}
assert list(WORDS) == list(FAULTS)
STAYS, NEW, DOOR = "·", "new", "door"


def rows(mark: str) -> dict[str, list[str]]:
    """Return the cells behind the first one of each row of the table after ``<!-- mark -->``."""
    table = PAGE.read_text("utf-8").partition(f"<!-- {mark} -->\n")[2].partition("\n\n")[0]
    found = {}
    for line in table.splitlines()[2:]:
        first, *rest = (cell.strip() for cell in line.strip("|").split("|"))
        found[first] = rest
    return found


def sentence(fault: str) -> str:
    """Return what the page claims the program to say."""
    return rows("faults")[fault][-1].strip("`")


def column(fault: str) -> dict[str, str]:
    """Return what the page claims of a fault, for each platform."""
    at = list(FAULTS).index(fault)
    return {name: cells[at] for name, cells in rows("matrix").items()}


def write(fault: str, said: str, outcome: Mapping[str, str]) -> None:
    """Put what a test found into the page."""
    numbers = [str(number) for number in range(1, len(FAULTS) + 1)]
    before = rows("faults")
    lines = [[name, WORDS[name], before.get(name, ["", "", ""])[-1]] for name in FAULTS]
    lines[list(FAULTS).index(fault)][2] = f"`{said}`" if said else ""
    numbered = [[name, number, *rest] for number, (name, *rest) in zip(numbers, lines, strict=True)]
    _put("faults", ["fault", "no.", "what happens", "what `linkhome refresh` says"], numbered)
    cells = rows("matrix")
    blank = [""] * len(FAULTS)
    table = {name: (cells.get(name) or blank)[: len(FAULTS)] for name in outcome}
    for name, word in outcome.items():
        table[name][list(FAULTS).index(fault)] = word
    _put("matrix", ["", *numbers], [[name, *line] for name, line in table.items()])


def _put(mark: str, head: list[str], lines: list[list[str]]) -> None:
    table = "\n".join(f"| {' | '.join(line)} |" for line in [head, ["---"] * len(head), *lines])
    text = PAGE.read_text("utf-8")
    begin = f"<!-- {mark} -->\n"
    assert begin in text
    pattern = re.compile(re.escape(begin) + r"(?:\|.*\n)*")
    PAGE.write_text(pattern.sub(lambda _: f"{begin}{table}\n", text, count=1), "utf-8")
