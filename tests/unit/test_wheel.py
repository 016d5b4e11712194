"""What is published is the wheel: built, installed into an empty environment, it must build the example site."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(REPOSITORY)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_holds_themes_types_and_licence_and_nothing_else(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "linkhome/py.typed",
        "linkhome/_themes/base/theme.yaml",
        "linkhome/_themes/base/templates/base.html",
        "linkhome/_faces/eb-garamond/EBGaramond.ttf",
        "linkhome/_faces/eb-garamond/OFL.txt",
        "linkhome/starter/linkhome.yaml",
    } <= names
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"linkhome"}
    assert [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".orig", ".tmp"))] == []
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {
        "linkhome/newsletter/server/shared/desk.mjs",
        "linkhome/newsletter/server/cloudflare/wrangler.toml",
    } <= names
    assert wheel.stat().st_size < 6_000_000


def test_the_installed_wheel_builds_the_example_site(wheel, tmp_path):
    home = tmp_path / "env"
    # Its own pip would take as long as all the rest: this one's installs into it as well.
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True, timeout=120)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", str(scripts / "python"), "install"]
    pip += ["--quiet", "--disable-pip-version-check", "--no-input"]
    ran = subprocess.run([*pip, str(wheel)], capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr
    copy = tmp_path / "site"
    shutil.copytree(REPOSITORY / "example-site", copy, ignore=shutil.ignore_patterns("public", ".cache"))
    # Nothing of this copy of the program may help: not the folder, not the path.
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    program = str(scripts / "linkhome")
    built = subprocess.run(
        [program, "build", "--strict"], cwd=copy, env=env, capture_output=True, text=True, timeout=120
    )
    assert (built.returncode, built.stderr) == (0, "")
    assert built.stdout.startswith("Built ")
    assert "Lina Marlow" in (copy / "public/index.html").read_text("utf-8")
    again = subprocess.run([program, "build"], cwd=copy, env=env, capture_output=True, text=True, timeout=120)
    assert again.stdout == "Nothing has changed; public/ is up to date.\n"
    made = subprocess.run(
        [program, "init", "--yes", "new"], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60
    )
    assert (made.returncode, made.stderr) == (0, "")
