"""The workflow for GitHub: valid, careful, written only where it is wanted, and its own script tried on a real host."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from linkhome.commands.group import linkhome
from linkhome.deploy.actions import ABOUT, FILE, Actions
from linkhome.deploy.actions_workflow import ALIVE, Wishes, text
from linkhome.deploy.checkout import sealed
from linkhome.deploy.engine import deploy_to
from linkhome.deploy.nouns import Failed, Refused
from linkhome.deploy.table import Around

from .desks import desk, frozen, place
from .git_double import GitHost, contents, git, hosting, push_by_hand

HASHED = "linkhome==1.0 \\\n    --hash=sha256:8bb5376d2006950386f8c6427613334a2acadc5f559cb80e638d00b4df957e37\n"
WISHES = {
    "plain": Wishes(),
    "in a folder": Wishes(folder="my site", settings="https://github.com/lina/site/settings/pages"),
    "under a name": Wishes(place="second-host"),
    "without refresh": Wishes(refresh="", cron="7 3 * * 1-5", python="3.12"),
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a site in a repository, ready to be built by GitHub."""
    git(tmp_path, "init", "--quiet")
    (tmp_path / "linkhome.yaml").write_text("url: https://lina.example\n")
    (tmp_path / "requirements.txt").write_text(HASHED)
    return tmp_path


def made(root: Path, *, yes: bool = False, **given: str) -> Actions:
    return Actions(given, {}, Around(root, root / ".cache", yes=yes))


def written(root: Path, *, yes: bool = False, **given: str) -> str:
    made(root, yes=yes, **given).activate("")
    return (root / FILE).read_text()


# ------------------------------------------------------------------ the file


@pytest.mark.parametrize("name", WISHES)
def test_the_workflow_is_valid_and_nothing_is_known_against_it(name: str, tmp_path: Path) -> None:
    file = tmp_path / ".github" / "workflows" / "linkhome.yml"
    file.parent.mkdir(parents=True)
    file.write_text(text(WISHES[name]))
    tools = Path(sys.executable).parent
    schema = [tools / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", file]
    checked = subprocess.run(schema, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    audit = subprocess.run(
        [tools / "zizmor", "--offline", "--pedantic", "--no-config", file], capture_output=True, text=True
    )
    assert audit.returncode == 0, audit.stdout + audit.stderr
    assert "No findings" in audit.stdout + audit.stderr


def loaded(wishes: Wishes) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(text(wishes))
    return found


def steps(wishes: Wishes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = loaded(wishes)["jobs"]["build"]["steps"]
    return found


def test_hidden_files_such_as_those_of_well_known_are_published() -> None:
    pack = next(step for step in steps(Wishes()) if "upload-pages-artifact" in step.get("uses", ""))
    assert pack["with"] == {"path": "${{ runner.temp }}/pages", "include-hidden-files": True}


def test_every_action_is_named_by_its_commit_and_nobody_may_more_than_needed() -> None:
    workflow = loaded(Wishes())
    jobs = workflow["jobs"]
    uses = [step["uses"] for job in jobs.values() for step in job["steps"] if "uses" in step]
    assert len(uses) == 4
    for one in uses:
        name, _, commit = one.partition("@")
        assert name.startswith("actions/")
        assert len(commit) == 40
    assert workflow["permissions"] == {}
    assert jobs["build"]["permissions"] == {"contents": "write"}
    assert jobs["publish"]["permissions"] == {"pages": "write", "id-token": "write"}


def test_a_site_in_a_folder_is_built_and_published_from_there() -> None:
    workflow = loaded(WISHES["in a folder"])
    build = workflow["jobs"]["build"]
    assert build["defaults"]["run"]["working-directory"] == "my site"
    assert workflow[True]["push"]["paths-ignore"] == ["my site/saved/**", ALIVE]


def test_a_site_that_is_refreshed_at_home_is_still_built_by_the_clock() -> None:
    workflow = loaded(WISHES["without refresh"])
    assert workflow[True]["schedule"] == [{"cron": "7 3 * * 1-5"}]
    assert "linkhome refresh" not in text(WISHES["without refresh"])


def test_every_command_in_it_exists_with_its_options() -> None:
    lines = [step["run"].split() for step in steps(Wishes()) if step.get("run", "").startswith("linkhome ")]
    assert [line[1] for line in lines] == ["refresh", "build", "check", "deploy"]
    for _, command, *options in lines:
        shown = CliRunner().invoke(linkhome, [command, "--help"])
        assert shown.exit_code == 0, command
        assert all(option in shown.output for option in options if option.startswith("--"))


# ------------------------------------------------------------------ writing it


def test_deploying_writes_the_file_once_and_says_nothing_is_to_be_done_then(checkout: Path) -> None:
    here = place(Actions, {"repository": "lina/site"})
    first = deploy_to(here, frozen(checkout), desk(checkout, here))
    assert first.end == "live", first
    there = (checkout / FILE).read_text()
    assert "https://github.com/lina/site/settings/pages" in there
    before = (checkout / FILE).stat().st_mtime_ns
    again = deploy_to(here, frozen(checkout), desk(checkout, here))
    assert again.end == "unchanged", again
    assert (checkout / FILE).stat().st_mtime_ns == before


def test_it_lies_at_the_top_of_the_repository_even_if_the_site_does_not(checkout: Path) -> None:
    site = checkout / "web" / "lina"
    site.mkdir(parents=True)
    made(site).activate("")
    assert 'working-directory: "web/lina"' in (checkout / FILE).read_text()


def test_it_names_its_entry(checkout: Path) -> None:
    around = Around(checkout, checkout / ".cache", "second-host")
    Actions({}, {}, around).activate("")
    assert "linkhome deploy --to second-host --built public" in (checkout / FILE).read_text()


def test_a_workflow_of_a_linkhome_that_published_what_it_built_is_ours_too(checkout: Path) -> None:
    (checkout / FILE).parent.mkdir(parents=True)
    (checkout / FILE).write_text(sealed("jobs: {build: {steps: [{run: linkhome build}, {with: {path: public}}]}}\n"))
    assert not made(checkout).look().stop
    assert "--into" in written(checkout)


def test_a_newer_linkhome_may_replace_its_own_file(checkout: Path) -> None:
    old = written(checkout, cron="1 1 * * *")
    assert not made(checkout).look().stop
    assert written(checkout) != old


def test_line_ends_of_windows_are_no_change(checkout: Path) -> None:
    there = written(checkout)
    (checkout / FILE).write_bytes(there.replace("\n", "\r\n").encode())
    target = made(checkout)
    assert not target.look().stop
    assert target.look().files == target.marks(frozen(checkout))


@pytest.mark.parametrize("change", [lambda there: there.replace("20h", "9h"), lambda there: "name: my own\n"])
def test_a_file_that_the_creator_changed_is_only_replaced_with_yes(
    checkout: Path, change: Callable[[str], str]
) -> None:
    (checkout / FILE).parent.mkdir(parents=True)
    (checkout / FILE).write_text(change(written(checkout)))
    there = made(checkout).look()
    assert "has been changed" in there.stop
    assert "--yes" in there.hint
    assert not made(checkout, yes=True).look().stop


@pytest.mark.parametrize("requirements", ["", "linkhome==1.0\n", "other==1 --hash=sha256:00\n"])
def test_without_requirements_with_hashes_it_is_said_how_to_make_them(checkout: Path, requirements: str) -> None:
    (checkout / "requirements.txt").write_text(requirements)
    if not requirements:
        (checkout / "requirements.txt").unlink()
    there = made(checkout, python="3.12").look()
    assert "requirements.txt" in there.stop
    assert "--python-version 3.12 --generate-hashes" in there.hint


def test_a_folder_that_is_no_repository_is_told_so(tmp_path: Path) -> None:
    assert "no git repository" in made(tmp_path).look().stop


def test_a_folder_whose_name_could_be_more_than_a_name_is_refused(checkout: Path) -> None:
    site = checkout / 'x"; $(touch y)'
    site.mkdir()
    with pytest.raises(Refused, match="a name that a workflow cannot use"):
        made(site)


def test_a_place_that_cannot_be_written_is_a_sentence(checkout: Path) -> None:
    (checkout / ".github").write_text("a file")
    with pytest.raises(Failed, match="cannot be written"):
        made(checkout).activate("")


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("cron", ["23 4 * * *", "*/30 0-6 1,15 * 1-5"], ["23 4 * *", "@daily", '* * * * *"\nx', "$(x) * * * *"]),
        ("refresh", ["20h", "30m", "2d", "0", "off"], ["20", "h", "20h; x", "-1h"]),
        ("python", ["3.11", "3.13"], ["3", "3.9", "3.13; x"]),
    ],
)
def test_a_key_takes_nothing_that_could_be_more_than_a_value(key: str, good: list[str], bad: list[str]) -> None:
    pattern = next(one.pattern for one in ABOUT.keys if one.name == key)
    assert all(re.fullmatch(pattern, value) for value in good)
    assert not any(re.fullmatch(pattern, value) for value in bad)


# ------------------------------------------------------------------ what it publishes

SITE = """\
url: https://lina.example
profile: {name: Lina}
brand: {share: none, kit: false}
well_known: {bluesky: "did:plc:abcdefghijklmnopqrstuvwx"}
deploy:
  - {target: netlify, site: lina-marlow}
  - {target: github-actions, name: pages, repository: lina/site}
"""


def test_its_steps_publish_a_page_for_wrong_addresses_whose_links_work_below_a_path(checkout: Path) -> None:
    where, temporary = checkout / "web", checkout / "of the runner"
    temporary.mkdir()
    where.mkdir()
    (where / "linkhome.yaml").write_text(SITE)
    (where / "requirements.txt").write_text(HASHED)
    assert (
        CliRunner().invoke(linkhome, ["deploy", str(where), "--to", "pages"], standalone_mode=False).return_value == 0
    )
    build = yaml.safe_load((checkout / FILE).read_text())["jobs"]["build"]
    runs = [step["run"] for step in build["steps"] if step.get("run", "").startswith("linkhome ")]
    assert [run.split()[1] for run in runs] == ["refresh", "build", "check", "deploy"]
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    machine = {**os.environ, "PATH": tools, "RUNNER_TEMP": str(temporary)}
    at = checkout / build["defaults"]["run"]["working-directory"]
    bash = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", "\n".join(runs)]
    ran = subprocess.run(bash, cwd=at, env=machine, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    packed = Path(build["steps"][-1]["with"]["path"].replace("${{ runner.temp }}", str(temporary)))
    there = {path.relative_to(packed).as_posix(): path.read_bytes() for path in packed.rglob("*") if path.is_file()}
    assert {"index.html", ".well-known/atproto-did"} < there.keys()
    assert not {"_headers", ".htaccess", "CNAME"} & there.keys()
    ways = re.findall(r'\s(?:href|src)="(/[^"]*)"', there["404.html"].decode())
    assert len(ways) > 3
    assert [way for way in ways if not way.startswith("/site/") or way.removeprefix("/site/") not in there] == []


# ------------------------------------------------------------------ its own script, on a real host


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GitHost]:
    accounts = {"x-access-token": "canary-token"}
    with hosting(tmp_path_factory.mktemp("actions"), accounts=accounts, branch="main") as one:
        yield one


def cloned(host: GitHost, name: str, where: Path) -> Path:
    """Clone as the first step does: without the password, and only the newest commit."""
    shallow = ["clone", "--quiet", "--depth=1", "--branch=main", f"file://{host.root / name}.git", str(where)]
    git(host.root, *shallow)
    git(where, "remote", "set-url", "origin", host.url(name))
    return where


def keep(where: Path, token: str = "canary-token") -> subprocess.CompletedProcess[str]:
    """Run the step as the runner does."""
    step = next(step for step in steps(Wishes()) if step.get("name") == "Keep the saved copies")
    names: Mapping[str, str] = {key: value for key, value in step["env"].items() if key.startswith("GIT_")}
    machine = {"PATH": os.environ["PATH"], "HOME": str(where.parent), "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
    runner = {"GITHUB_WORKSPACE": str(where), "GITHUB_REF_NAME": "main", "GIT_TERMINAL_PROMPT": "0", "TOKEN": token}
    bash = [shutil.which("bash") or "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(bash, cwd=where, env=machine | runner | dict(names), capture_output=True, text=True)


def test_new_copies_are_committed_and_a_second_run_has_nothing_to_add(host: GitHost, tmp_path: Path) -> None:
    bare = host.make("lina/keeps", "--initial-branch=main")
    push_by_hand(bare, {"linkhome.yaml": b"url: x", "saved/old.json": b"{}"}, "main")
    where = cloned(host, "lina/keeps", tmp_path / "one")
    (where / "saved" / "old.json").unlink()
    (where / "saved" / "é.json").write_text("{}")
    (where / "public").mkdir()
    (where / "public" / "index.html").write_text("never committed")
    done = keep(where)
    assert done.returncode == 0, done.stderr
    now = contents(bare, "main")
    assert {path for path in now if path != ALIVE} == {"linkhome.yaml", "saved/é.json"}
    assert now[ALIVE]
    assert git(bare, "log", "-1", "--format=%an %cn", "main").strip() == "github-actions[bot] github-actions[bot]"
    count = git(bare, "rev-list", "--count", "main")
    assert keep(where).returncode == 0
    assert git(bare, "rev-list", "--count", "main") == count


def test_a_push_of_the_creator_in_between_is_kept(host: GitHost, tmp_path: Path) -> None:
    bare = host.make("lina/race", "--initial-branch=main")
    push_by_hand(bare, {"linkhome.yaml": b"url: x"}, "main")
    where = cloned(host, "lina/race", tmp_path / "two")
    push_by_hand(bare, {"posts/new.md": b"# New"}, "main")
    (where / "saved").mkdir()
    (where / "saved" / "a.json").write_text("{}")
    done = keep(where)
    assert done.returncode == 0, done.stderr
    assert {"linkhome.yaml", "posts/new.md", "saved/a.json"} < contents(bare, "main").keys()


def test_a_branch_that_workflows_may_not_write_to_is_told_without_the_token(host: GitHost, tmp_path: Path) -> None:
    bare = host.make("lina/closed", "--initial-branch=main")
    before = push_by_hand(bare, {"linkhome.yaml": b"url: x"}, "main")
    where = cloned(host, "lina/closed", tmp_path / "three")
    done = keep(where, "wrong-canary")
    assert done.returncode != 0
    assert "canary" not in done.stdout + done.stderr
    assert git(bare, "rev-parse", "main").strip() == before
