"""Kill a backup at any moment, cut its writes short, give it a large list: the file is whole, old or new."""

from __future__ import annotations

import csv
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from site_folder import SiteFolder

from . import backer
from .offices import Office, Question, Reply, say
from .services import Service, worker

KILLS = 40
PEOPLE = 2000


class Editions:
    """Be a list whose people all have the number of the edition as their first name."""

    def __init__(self, number: int = PEOPLE) -> None:
        self.number = number
        self.edition = 1

    def __call__(self, question: Question) -> Reply:
        people = [
            {
                "n": n,
                "email": f"p{n}@example.org",
                "first": f"{self.edition}",
                "last": "x" * 40,
                "phone": "",
                "state": "active",
            }
            for n in range(self.number)
        ]
        return worker(Service(people))(question)


def edition(folder: SiteFolder) -> int:
    """See that the file is whole, and all of one edition; return which."""
    with (folder.root / "private/subscribers.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file, strict=True))
    assert len(found) == PEOPLE
    (only,) = {row["first_name"] for row in found}
    for path in (folder.root / "private/raw").glob("*.jsonl"):
        pages = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        assert sum(len(page["people"]) for page in pages) == PEOPLE
        assert len({one["first_name"] for page in pages for one in page["people"]}) == 1
    assert json.loads(folder.read("private/backups.json"))["visits"]["worker"]["people"] == PEOPLE
    return int(only)


def test_a_killed_backup_leaves_the_old_file_or_the_new(
    opened: Callable[..., Office], listed: Callable[..., SiteFolder]
) -> None:
    clerk = Editions()
    opened({"sign-up.example.com": clerk})
    folder = listed("worker")
    began = time.monotonic()
    assert folder.command("list", "backup").code == 0
    took = (time.monotonic() - began) / 2
    process = subprocess.Popen(
        [sys.executable, "-m", "lists.backer", str(folder.root)],
        cwd=Path(backer.__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin and process.stdout
    dice = random.Random(7)
    ends, seen = [], set()
    try:
        for turn in range(KILLS):
            clerk.edition = turn + 2
            process.stdin.write(f"{dice.uniform(0.02, took):.3f}\n")
            process.stdin.flush()
            ends.append(process.stdout.readline().strip())
            now = edition(folder)
            assert now in range(1, turn + 3)
            seen.add(now)
            took *= 0.85 if ends[-1] == "0" else 1.02
    finally:
        process.kill()
        process.communicate()
    assert set(ends) <= {"killed", "0"}, ends
    assert KILLS / 4 < ends.count("killed") < KILLS, ends
    assert len(seen) > 1, "the kills came before the work, and proved nothing"
    assert folder.command("list", "backup").code == 0
    assert edition(folder) == KILLS + 1
    left = [path.name for path in (folder.root / "private").rglob("*") if path.name.startswith(".")]
    assert left == [".gitignore"]


@pytest.mark.parametrize("size", [0, 5_000, 400_000])
def test_a_disk_that_takes_no_more_leaves_the_old_file(
    size: int, opened: Callable[..., Office], listed: Callable[..., SiteFolder]
) -> None:
    clerk = Editions()
    opened({"sign-up.example.com": clerk})
    folder = listed("worker")
    assert folder.run("list", "backup").code == 0
    clerk.edition = 2

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    process = folder.spawn("list", "backup", preexec_fn=limit)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1, (out, err)
    assert "nothing can be written to private/: file too large; it is as it was" in err
    assert "Traceback" not in err
    assert edition(folder) == 1
    assert [path.name for path in (folder.root / "private").rglob(".*")] == [".gitignore"]
    assert folder.run("list", "backup").code == 0
    assert edition(folder) == 2


def test_a_hundred_thousand_people_come_home_soon_and_in_300_mib(
    opened: Callable[..., Office], listed: Callable[..., SiteFolder]
) -> None:
    number = 100_000
    pages = {}
    for start in range(0, number, 1000):
        people = [
            {"email": f"person.{n}@example.org", "first_name": f"First{n}", "last_name": f"Last{n}", "phone": f"+49 151 {n:07}",
             "status": "active", "subscribed_at": "2026-01-01T10:00:00Z", "confirmed_at": "2026-01-01T10:05:00Z",
             "consent_version": "2026-01", "source": "https://lina.example/", "tags": ["zine", "list"], "language": "en", "ip": "192.0.2.7"}
            for n in range(start, start + 1000)
        ]  # fmt: skip
        end = start + 1000
        pages[str(start)] = say({"people": people, "cursor": str(end) if end < number else ""})
    opened({"sign-up.example.com": lambda question: pages[question.query.get("cursor", "0")]})
    folder = listed("worker")
    for turn in ("new", "again"):
        began = time.monotonic()
        # In a process of its own, which tells the peak of its memory. (What getrusage tells is never less than what
        # the process had that began it.)
        code = "import re, sys; from linkhome.cli import main; code = main(['list', 'backup', '--json']);"
        code += "peak = re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1];"
        code += "print(int(peak) // 1024, file=sys.stderr); sys.exit(code)"
        ran = subprocess.run([sys.executable, "-c", code], cwd=folder.root, capture_output=True, text=True, timeout=180)
        assert ran.returncode == 0, ran.stderr
        assert json.loads(ran.stdout)["lists"][0]["new"] == (number if turn == "new" else 0)
        assert time.monotonic() - began < 150  # a quarter of it and less where nothing else is at work
        assert int(ran.stderr.split()[-1]) < 300
