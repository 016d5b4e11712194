#!/usr/bin/env python3
"""Time the backup of a long list from a server on loopback, against reading and writing the same data without any care.

    python benchmarks/lists.py [--people 100000] [--page 1000] [--runs 3]

The server is the creator's own (`/export`), in a process of its own. *first*: there is no file yet; *again*: everybody
is in the file already. *bare* reads the same answers from a file with json and writes them with csv, nothing else, in a
process of its own, too. Read the ratio, not the seconds: it holds on a busy machine as well.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from multiprocessing import Process, Queue
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from lists.offices import Reply, office, say

HOST = "sign-up.example.com"
CONFIG = f"profile: {{name: Ada}}\nnewsletter: {{provider: worker, server: https://{HOST}}}\n"
#: Runs a command and tells the peak of its memory in KiB at the end of its standard error.
PROBE = "import resource, sys; {}; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr); sys.exit(code)"
BACKUP = PROBE.format("from linkhome.cli import main; code = main(['list', 'backup', '-q'])")
BARE = PROBE.format(
    "import csv, json; rows = [one for line in open(sys.argv[1]) for one in json.loads(line)['people']];"
    "out = csv.DictWriter(open(sys.argv[2], 'w', newline=''), list(rows[0])); out.writeheader(); out.writerows(rows); code = 0"
)


def person(n: int) -> dict[str, object]:
    """Return somebody who does not exist."""
    return {
        "email": f"person.{n}@example.org", "first_name": f"First{n}", "last_name": f"Last{n}",
        "phone": f"+49 151 {n:07}", "status": "unsubscribed" if n % 9 == 8 else "active",
        "subscribed_at": "2026-01-01T10:00:00Z", "confirmed_at": "2026-01-01T10:05:00Z",
        "unsubscribed_at": "2026-03-01T10:00:00Z" if n % 9 == 8 else "", "consent_version": "2026-01",
        "phone_consent_version": "", "source": "https://ada.example/", "tags": ["zine", "list"], "language": "en",
        "ip": "192.0.2.7",
    }  # fmt: skip


def serve(folder: str, people: int, page: int, ready: Queue[str]) -> None:
    """Answer for ever; every answer is made before the first question."""
    pages: dict[str, Reply] = {}
    with (Path(folder) / "answers.jsonl").open("wb") as kept:
        for start in range(0, people, page):
            end = min(start + page, people)
            cursor = str(end) if end < people else ""
            pages[str(start)] = say({"people": [person(n) for n in range(start, end)], "cursor": cursor})
            kept.write(pages[str(start)].body + b"\n")
    with office(Path(folder) / "office", {HOST: lambda question: pages[question.query.get("cursor", "0")]}) as made:
        ready.put(str(made.file))
        while True:
            time.sleep(3600)


def timed(code: str, folder: Path, *arguments: str) -> tuple[float, float]:
    """Run some Python in a process of its own; return its seconds and the peak of its memory in MiB."""
    os.sync()
    began = time.perf_counter()
    ran = subprocess.run([sys.executable, "-c", code, *arguments], cwd=folder, capture_output=True, text=True)
    took = time.perf_counter() - began
    if ran.returncode:
        raise SystemExit(ran.stdout + ran.stderr)
    return took, int(ran.stderr.split()[-1]) / 1024


def main(people: int, page: int, runs: int) -> None:
    """Race them."""
    times: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as top:
        ready: Queue[str] = Queue()
        server = Process(target=serve, args=(top, people, page, ready), daemon=True)
        server.start()
        os.environ["LINKHOME_TEST_INTERNET"] = ready.get()
        os.environ["LINKHOME_WORKER_TOKEN"] = "none-is-needed"
        site = Path(top) / "site"
        for _ in range(runs):
            shutil.rmtree(site, ignore_errors=True)
            site.mkdir()
            (site / "linkhome.yaml").write_text(CONFIG)
            bare = timed(BARE, site, f"{top}/answers.jsonl", f"{top}/bare.csv")
            for name, one in (("bare", bare), ("first", timed(BACKUP, site)), ("again", timed(BACKUP, site))):
                times.setdefault(name, []).append(one)
            told = json.loads((site / "private/backups.json").read_text())
            assert told["visits"]["worker"]["people"] == people
        server.terminate()
        server.join()
    seconds = {name: statistics.median(one for one, _ in found) for name, found in times.items()}
    for name, found in times.items():
        ratio = seconds[name] / seconds["bare"]
        peak = max(memory for _, memory in found)
        print(f"{name}: {seconds[name]:.1f} s, {peak:.0f} MiB, {ratio:.1f} times the bare work, {people:,} people")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--page", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    chosen = parser.parse_args()
    main(chosen.people, chosen.page, chosen.runs)
