"""What the manual tells a creator to paste is right, down to the last step of the scheduled job."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from site_folder import REPOSITORY

from linkhome.config.outages import read_outages
from linkhome.outage import decide, doors, wording

GUIDE = (REPOSITORY / "docs/outage.md").read_text("utf-8")


def pasted(name: str) -> str:
    [found] = re.findall(rf"<!-- file: {re.escape(name)} -->\n```yaml\n(.*?)```", GUIDE, re.DOTALL)
    return found


def steps() -> list[dict[str, str]]:
    return yaml.safe_load(pasted(".github/workflows/outage.yml"))["jobs"]["look"]["steps"]


def git(folder: Path, *arguments: str) -> str:
    ran = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_the_file_in_the_manual_is_right():
    entries, _, found = read_outages(pasted("outage.yaml").encode(), "outage.yaml", ("en", "de"))
    assert found == []
    assert [entry.platform for entry in entries or ()] == ["instagram"]


def test_the_job_keeps_the_journal_and_looks():
    assert "linkhome outage auto" in [step.get("run") for step in steps()]
    [cached] = [step["with"] for step in steps() if step.get("uses", "").startswith("actions/cache@")]
    assert cached["path"] == ".cache/seen.json"
    assert cached["key"].startswith(cached["restore-keys"])


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Be what a runner has checked out: a site, and a place to push to."""
    git(tmp_path, "init", "-q", "--bare", "remote")
    git(tmp_path, "clone", "-q", "remote", "clone")
    folder = tmp_path / "clone"
    git(folder, "config", "user.name", "Ada")
    git(folder, "config", "user.email", "ada@ada.example")
    (folder / "linkhome.yaml").write_text("profile: {name: Ada}\n")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "Begin")
    git(folder, "push", "-q", "origin", "HEAD")
    return folder


def test_the_job_commits_what_changed_and_nothing_else(clone):
    def last_step() -> list[str]:
        subprocess.run(["bash", "-e", "-c", steps()[-1]["run"]], cwd=clone, check=True, capture_output=True, timeout=60)
        assert git(clone, "rev-parse", "HEAD") == git(clone, "rev-parse", "@{u}")
        return git(clone, "ls-files").split()

    assert last_step() == ["linkhome.yaml"]
    (clone / "outage").mkdir()
    (clone / "outage.yaml").write_text("outages: []\n")
    (clone / "outage/x-sms.en.txt").write_text("X is down\n")
    (clone / "public").mkdir()
    (clone / "public/index.html").write_text("built")
    assert last_step() == ["linkhome.yaml", "outage.yaml", "outage/x-sms.en.txt"]
    assert last_step() == ["linkhome.yaml", "outage.yaml", "outage/x-sms.en.txt"]
    assert len(git(clone, "log", "--oneline").splitlines()) == 2
    (clone / "outage.yaml").unlink()
    (clone / "outage/x-sms.en.txt").unlink()
    (clone / "outage").rmdir()
    assert last_step() == ["linkhome.yaml"]


def test_numbers_in_the_manual_are_those_of_the_program():
    plain = " ".join(GUIDE.split())
    minutes = [round(seconds / 60) for seconds in (decide.ON_AFTER, decide.OFF_AFTER)]
    assert (decide.ROUNDS, decide.PLATFORMS, decide.HOSTS, decide.OTHERS) == (3, 2, 2, 2)
    assert f"On after three such rounds in a row**, over at least {minutes[0]} minutes" in plain
    assert f"Off after three good ones**, over at least {minutes[1]}." in plain
    assert (decide.GAP / 3600, decide.AHEAD_BY / 3600) == (6, 24)
    assert (doors.MOST, doors.TOGETHER, doors.SECONDS) == (20, 4, 30)
    for limit in wording.LIMITS.values():
        assert f"up to {limit} characters" in plain
