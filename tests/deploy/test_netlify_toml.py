"""The file for those who let Netlify build their site."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from linkhome.deploy.checkout import sealed
from linkhome.deploy.netlify_toml import FILE, NetlifyBuild
from linkhome.deploy.nouns import Frozen, Plan
from linkhome.deploy.table import Around

NOTHING = Frozen("b", "t", {}, {})


def target(root: Path, yes: bool = False, name: str = "", **given: str) -> NetlifyBuild:
    return NetlifyBuild(given, {}, Around(root, root / "state", name, yes=yes))


def write(root: Path, **given: str) -> dict[str, object]:
    one = target(root, **given)
    assert one.look().stop == ""
    one.activate(one.upload(NOTHING, Plan(), one.look(), lambda *_: None))
    assert dict(one.marks(NOTHING)) == target(root, **given).look().files
    return tomllib.loads((root / FILE).read_text() if (root / FILE).exists() else (root.parent / FILE).read_text())


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "requirements.txt").write_text("linkhome==1.0 --hash=sha256:00\n")
    return tmp_path


def test_netlify_installs_what_is_named_builds_and_publishes_what_was_built(checkout):
    assert write(checkout, python="3.12") == {
        "build": {
            "publish": "for-netlify",
            "command": "python -m pip install --require-hashes --requirement requirements.txt && linkhome build"
            " && linkhome deploy --to netlify-build --built public --into for-netlify",
            "environment": {"PYTHON_VERSION": "3.12"},
        }
    }


def test_what_it_runs_publishes_what_netlify_reads_and_nothing_else(checkout):
    (checkout / "linkhome.yaml").write_text(
        "url: https://lina.example\nprofile: {name: Lina}\nbrand: {share: none, kit: false}\n"
        "deploy:\n  - {target: github, repository: git@github.com:lina/site.git}\n"
        "  - {target: netlify-build, name: second}\n"
    )
    written = write(checkout, name="second")["build"]
    installs, _, command = written["command"].partition(" && ")  # type: ignore[index]
    assert installs.startswith("python -m pip install --require-hashes ")
    surroundings = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    ran = subprocess.run(["bash", "-c", command], cwd=checkout, env=surroundings, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    published = checkout / written["publish"]  # type: ignore[index]
    there = {
        path.relative_to(published).as_posix(): path.read_bytes() for path in published.rglob("*") if path.is_file()
    }
    built = checkout / "public"
    public = {path.relative_to(built).as_posix(): path.read_bytes() for path in built.rglob("*") if path.is_file()}
    assert there == {path: data for path, data in public.items() if path != ".htaccess"}
    assert "_headers" in there


def test_a_site_in_a_folder_of_its_repository_is_built_there(checkout):
    site = checkout / 'my "süße" site'
    site.mkdir()
    (site / "requirements.txt").write_text("linkhome==1.0 --hash=sha256:00\n")
    assert write(site)["build"]["base"] == site.name  # type: ignore[index]


def test_what_the_creator_changed_is_left_alone_unless_they_say_otherwise(checkout):
    write(checkout)
    (checkout / FILE).write_text((checkout / FILE).read_text() + "\n[[plugins]]\n")
    there = target(checkout).look()
    assert "has been changed" in there.stop
    assert "--yes" in there.hint
    assert target(checkout, yes=True).look().stop == ""


def test_a_file_of_an_earlier_linkhome_is_written_anew(checkout):
    write(checkout, python="3.12")
    assert write(checkout, python="3.13")["build"]["environment"] == {"PYTHON_VERSION": "3.13"}  # type: ignore[index]


def test_a_file_of_a_linkhome_that_published_what_it_built_is_ours_too(checkout):
    (checkout / FILE).write_text(sealed('[build]\npublish = "public"\ncommand = "linkhome build"\n'))
    assert write(checkout)["build"]["publish"] == "for-netlify"  # type: ignore[index]


def test_what_is_missing_is_told_with_what_to_do(tmp_path, checkout):
    (checkout / "requirements.txt").unlink()
    assert "requirements.txt" in target(checkout).look().stop
    (checkout / ".git").rmdir()
    assert "no git repository" in target(checkout).look().stop
