"""The list comes home from the Worker that linkhome gives away, run by the runtime of Cloudflare."""

from __future__ import annotations

import csv
import json
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from site_folder import REPOSITORY, SiteFolder

TOKEN = "wk-canary-0123456789abcdef0123456789"
STATES = ("active", "pending", "unsubscribed")
PEOPLE = 1203


class Host:
    """Run the Worker; ask it in lines of JSON."""

    def __init__(self, folder: Path) -> None:
        settings = {"main": {"SITE": "https://lina.example", "LIST_NAME": "Letters", "EXPORT_TOKEN": TOKEN}}
        script = REPOSITORY / "tests/signup_ends/worker_host.mjs"
        self.process = subprocess.Popen(
            [str(REPOSITORY / "scripts/node"), str(script), str(folder), json.dumps(settings)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.url = self._line()["url"].rstrip("/")

    def _line(self) -> Any:
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def put(self, entries: list[Any]) -> None:
        """Fill its shelves."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"call": "put", "worker": "main", "entries": entries}) + "\n")
        self.process.stdin.flush()
        assert "problem" not in self._line()


@pytest.fixture
def host(site: Callable[..., SiteFolder]) -> Iterator[Host]:
    folder = site({"linkhome.yaml": "profile: {name: Lina}\n"}, "given-away")
    assert folder.run("newsletter", "worker", "cloudflare", str(folder.root / "worker")).code == 0
    made = Host(folder.root / "worker")
    try:
        yield made
    finally:
        assert made.process.stdin and made.process.stdout
        made.process.stdin.close()
        try:
            made.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            made.process.kill()
            made.process.wait()
        made.process.stdout.close()


def person(number: int) -> list[Any]:
    said = {
        "email": f"p{number}@mail.example", "first_name": "Jörg", "status": STATES[number % 3], "ip": "203.0.113.7",
        "subscribed_at": "2026-01-01T10:00:00Z", "consent_version": "2026-01", "tags": ["zine"], "token": "canary",
        "unsubscribed_at": "2026-02-01T10:00:00Z" if number % 3 == 2 else "",
    }  # fmt: skip
    return [f"person:{number:032x}", said]


def test_the_list_of_the_own_worker_comes_home(
    host: Host, site: Callable[..., SiteFolder], monkeypatch: pytest.MonkeyPatch
) -> None:
    host.put([*(person(number) for number in range(PEOPLE)), ["rate:1:x", 3]])
    server = host.url.replace("127.0.0.1", "localhost")
    text = f"profile: {{name: Lina}}\nurl: https://lina.example\nnewsletter: {{provider: worker, server: '{server}'}}\n"
    folder = site({"linkhome.yaml": text})
    monkeypatch.setenv("LINKHOME_WORKER_TOKEN", "wrong-token-0123456789")
    ran = folder.run("list", "backup")
    assert (ran.code, "does not accept the token" in ran.err) == (1, True), ran
    monkeypatch.setenv("LINKHOME_WORKER_TOKEN", TOKEN)
    ran = folder.run("list", "backup")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Your own server: {PEOPLE:,} entries, {PEOPLE:,} new.")
    with (folder.root / "private/subscribers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert {row["email"] for row in rows} == {f"p{number}@mail.example" for number in range(PEOPLE)}
    assert Counter(row["status"] for row in rows) == dict.fromkeys(STATES, PEOPLE // 3)
    row = next(row for row in rows if row["email"] == "p2@mail.example")
    assert row["unsubscribed_at"] == "2026-02-01T10:00:00Z"
    assert (row["first_name"], row["tags"], row["consent_version"], row["consent_ip"]) == (
        "Jörg", "zine", "2026-01", "203.0.113.7",
    )  # fmt: skip
    assert b"canary" not in b"".join(folder.files("private").values())
