"""The steps of the README, taken one after the other as somebody does who has never published anything."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from site_folder import REPOSITORY, SiteFolder

from linkhome.deploy import netlify, verify

from .git_double import GitHost, contents, hosting
from .netlify_double import TOKEN, Netlify

GIT_TOKEN = "a-token-of-lina"
START = "profile: {name: Lina}\nbrand: {share: none, kit: false}\n"


def steps(heading: str) -> tuple[str, list[list[str]]]:
    """Return what to write into linkhome.yaml, and the commands to run."""
    section = (REPOSITORY / "README.md").read_text("utf-8").partition(f"### {heading}\n")[2].partition("\n##")[0]
    (yaml,) = re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)
    (console,) = re.findall(r"```console\n(.*?)```", section, re.DOTALL)
    return yaml, [line.split()[1:] for line in console.splitlines() if line.startswith("linkhome ")]


@pytest.fixture
def folder(site: Callable[..., SiteFolder]) -> SiteFolder:
    return site({"linkhome.yaml": START})


@pytest.fixture
def leading(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Lead whoever looks at an address of the README to a host on loopback."""
    ways: dict[str, str] = {}
    look = verify._get

    def led(session: object, address: str, path: str) -> object:
        return look(session, ways.get(address, address), path)  # type: ignore[arg-type]

    monkeypatch.setattr(verify, "_get", led)
    return ways


@pytest.fixture(autouse=True)
def keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[tuple[str, str], str] = {}
    made = ModuleType("keyring")
    made.get_password = lambda service, user: kept.get((service, user))  # type: ignore[attr-defined]
    made.set_password = lambda service, user, word: kept.update({(service, user): word})  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", made)
    for name in ("LINKHOME_GITHUB_TOKEN", "LINKHOME_NETLIFY_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def github(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GitHost]:
    """Be GitHub, with an empty repository as step 2 makes it. Its name leads elsewhere, so git keeps the token."""
    with hosting(tmp_path / "github") as host:
        host.make("lina/lina.github.io")
        config = tmp_path / "gitconfig"
        config.write_text(f'[url "http://127.0.0.1:{host.port}/"]\n\tinsteadOf = https://github.com/\n')
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
        yield host


def follow(folder: SiteFolder, heading: str, token: str) -> str:
    """Take the steps, and return what the last command said."""
    yaml, commands = steps(heading)
    folder.write("linkhome.yaml", yaml + START)
    assert [command[0] for command in commands] == ["deploy", "deploy"]
    said = ""
    for command in commands:
        ran = folder.run(*command, answers=f"{token}\n")
        assert ran.code == 0, ran.err
        assert token not in ran.out + ran.err
        said = ran.out
    return said


def test_github_pages(folder: SiteFolder, github: GitHost, leading: dict[str, str], tmp_path: Path) -> None:
    leading["https://lina.github.io/"] = github.page("lina/lina.github.io")
    assert "github: live at https://lina.github.io/ (build " in follow(folder, "GitHub Pages", GIT_TOKEN)
    there = contents(tmp_path / "github" / "lina" / "lina.github.io.git")
    assert {path: data for path, data in there.items() if path != ".nojekyll"} == {
        path: data for path, data in folder.files().items() if path not in ("_headers", ".htaccess")
    }
    assert "nothing has changed" in folder.run("deploy").out
    assert folder.run("status").code == 0


def test_netlify(folder: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.build()
    with Netlify() as host:
        host.put(folder.files(), "dragged there")
        folder.write("posts/one.md", "---\ntitle: One\ndate: 2026-01-01\n---\nSome text.\n")
        monkeypatch.setattr(netlify, "API", host.api)
        said = follow(folder, "Netlify", TOKEN)
        assert re.match(r"netlify: live at http://127.0.0.1:\d+/ \(build ", said)
        assert host.files() == {path: data for path, data in folder.files().items() if path != ".htaccess"}
        assert host.complaints == []
