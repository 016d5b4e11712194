"""One site, deployed to every place there is by the command line: live, left alone, changed, taken back; and what a
creator keeps to themselves never gets there, nor into anything that is said or kept.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
import yaml
from site_folder import Ran, SiteFolder

from linkhome.deploy import order, table
from linkhome.deploy.engine import deploy_to
from linkhome.deploy.freeze import freeze
from linkhome.deploy.outcome import End

from .desks import PAGES, built, desk, place
from .git_double import contents
from .places import SECRETS, Spot, everywhere

#: The names of the entries; two of ``folder`` are one file each.
NAMES = (
    *("github", "codeberg", "netlify", "cloudflare", "ssh", "sftp", "ftps", "s3"),
    *("folder", "zip", "html", "github-actions", "netlify-build"),
)
#: Places that hold no site, but how a host builds it from the creator's repository.
BUILT_THERE = ("github-actions", "netlify-build")
#: Where each host looks for what is special about it; only some of these files are for everybody.
_OVERLAID = ("404.html", "_headers", ".htaccess", "_redirects", ".nojekyll")
#: Tokens that a keyring keeps; the others are in the environment.
_IN_KEYRING = {"deploy:netlify:token": "LINKHOME_NETLIFY_TOKEN", "deploy:ftps:password": "LINKHOME_FTPS_PASSWORD"}
#: Nothing of these may be anywhere else than where it is put here.
CANARY = "canary-4711-"
HOME = "url: https://lina.example\nprofile: {name: Lina}\nbrand: {share: none, kit: false}\n"
SITE: Mapping[str, str] = {
    "pages/about.md": "---\ntitle: About\n---\nAbout me.\n",
    "pages/more.md": "---\ntitle: More\n---\nMore of it.\n",
    "theme/static/paper.txt": "one",
    "theme/static/large.bin": "0123456789abcdef" * 5_000,
    ".env": f"TOKEN={CANARY}env",
    "notes.txt": f"{CANARY}notes",
    "id_ed25519": f"{CANARY}key",
    "private/people.csv": f"email\n{CANARY}people@people.example\n",
    "saved/web/left-0123456789abcdef.json": f'{{"title": "{CANARY}saved"}}',
    "media/unused.txt": f"{CANARY}media",
    "theme/static/.env": f"TOKEN={CANARY}theme",
    "theme/static/.git/config": f"url = https://x:{CANARY}git@host.example/",
    "pages/.draft.md": f"---\ntitle: {CANARY}hidden\n---\n",
}


class Step(NamedTuple):
    """Hold one command, and what every place showed after it."""

    ran: Ran
    shown: Mapping[str, Mapping[str, bytes]]

    def row(self, name: str) -> dict[str, Any]:
        return next(row for row in self.ran.json["places"] if row["name"] == name)


class Story(NamedTuple):
    """Hold all that happened: each step by its name, the site as it was built first, and where everything is."""

    steps: Mapping[str, Step]
    built: Mapping[str, bytes]
    spots: Mapping[str, Spot]
    folder: SiteFolder
    programs: Path


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    base = tmp_path_factory.mktemp("every")
    folder = SiteFolder(base / "site")
    folder.root.mkdir()
    outside = base / "outside"
    outside.mkdir()
    (outside / "diary.txt").write_text(f"{CANARY}outside")
    with pytest.MonkeyPatch.context() as patch, everywhere(base, folder.root) as spots:
        assert set(spots) == set(NAMES)
        _surroundings(patch, base)
        for path, text in SITE.items():
            folder.write(path, text)
        with open(folder.root / ".git" / "config", "a") as config:
            config.write(f'[remote "origin"]\n\turl = https://x:{CANARY}origin@host.example/site.git\n')
        (folder.root / "media" / "link.txt").symlink_to(outside / "diary.txt")
        (folder.root / "saved" / "web" / "link.json").symlink_to(outside / "diary.txt")
        folder.write("linkhome.yaml", f"# {CANARY}comment\n{HOME}{yaml.safe_dump({'deploy': _entries(spots)})}")
        steps: dict[str, Step] = {}

        def take(name: str, *args: str) -> None:
            ran = folder.run(*args)
            steps[name] = Step(ran, {name: spot.shown() for name, spot in spots.items()})

        take("plan", "deploy", "--plan", "--json") if False else None
        take("first", "deploy", "--json")
        built = folder.files()
        take("again", "deploy", "--json")
        _change(folder)
        (folder.root / "public" / "link.txt").symlink_to(outside / "diary.txt")
        take("changed", "deploy", "--json")
        take("back", "deploy", "--rollback", "--json")
        take("plan", "deploy", "--plan")
        take("status", "status")
        yield Story(steps, built, spots, folder, base / "programs")
        folder.end()


def _surroundings(patch: pytest.MonkeyPatch, base: Path) -> None:
    """Be a creator's computer: tokens in the environment and in a keyring, and a list of every program that begins."""
    patch.setenv("HOME", str(base))
    kept = {user: SECRETS[variable] for user, variable in _IN_KEYRING.items()}
    keyring = ModuleType("keyring")
    keyring.get_password = lambda service, user: kept.get(user)  # type: ignore[attr-defined]
    patch.setitem(sys.modules, "keyring", keyring)
    for name, value in SECRETS.items():
        patch.delenv(name, raising=False)
        if name not in _IN_KEYRING.values():
            patch.setenv(name, value)
    programs = base / "bin"
    programs.mkdir()
    for name in ("git", "ssh", "rsync"):
        real = shutil.which(name)
        assert real, f"these tests need {name}: 'scripts/prepare tools' installs it"
        (programs / name).write_text(f'#!/bin/sh\nprintf "%s\\n" {name} "$@" >> "{base}/programs"\nexec {real} "$@"\n')
        (programs / name).chmod(0o755)
    patch.setenv("PATH", f"{programs}:{os.environ['PATH']}")


def _entries(spots: Mapping[str, Spot]) -> list[dict[str, object]]:
    """Return the key ``deploy``, the places in the order of `NAMES`."""
    rows: list[dict[str, object]] = []
    for name in NAMES:
        entry: dict[str, object] = {"target": name, "name": name, **spots[name].entry}
        rows.append({key: int(str(value)) if key == "port" else value for key, value in entry.items()})
    return rows


def _change(folder: SiteFolder) -> None:
    folder.replace("linkhome.yaml", "name: Lina", "name: Lina Marlow")
    folder.write("theme/static/paper.txt", "two")
    folder.write("pages/new.md", "---\ntitle: New\n---\nNew.\n")
    (folder.root / "pages" / "more.md").unlink()


def test_these_are_all_targets() -> None:
    assert {*NAMES} - {"zip", "html"} == set(table.TARGETS)


@pytest.mark.parametrize("name", NAMES)
def test_the_site_goes_live_and_is_seen_there(story: Story, name: str) -> None:
    row = story.steps["first"].row(name)
    assert (row["end"], row["visitors_see"], row["verified"]) == ("live", "new", True), row
    assert row["size"] > 0 or name in ("zip", "html", *BUILT_THERE)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("zip", "html", *BUILT_THERE)])
def test_visitors_get_the_site_that_was_built_byte_for_byte(story: Story, name: str) -> None:
    shown = story.steps["first"].shown[name]
    assert {path: data for path, data in shown.items() if path not in _OVERLAID} == {
        path: data for path, data in story.built.items() if path not in _OVERLAID
    }
    assert "404.html" in shown


@pytest.mark.parametrize("name", NAMES)
def test_an_unchanged_site_is_not_sent_again(story: Story, name: str) -> None:
    row = story.steps["again"].row(name)
    assert (row["end"], row["visitors_see"], row["size"]) == ("unchanged", "new", 0), row
    assert story.steps["again"].shown[name] == story.steps["first"].shown[name]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in BUILT_THERE])
def test_going_back_brings_every_byte_of_the_site_before(story: Story, name: str) -> None:
    first, changed, back = (story.steps[step].shown[name] for step in ("first", "changed", "back"))
    assert story.steps["changed"].row(name)["end"] == "live"
    assert changed != first
    row = story.steps["back"].row(name)
    assert (row["end"], row["visitors_see"], row["build"]) == ("live", "new", story.steps["first"].row(name)["build"])
    # What an open page may still ask for stays for a while where files are shown one by one.
    assert {path: data for path, data in back.items() if path in first or not order.hashed(path)} == first


@pytest.mark.parametrize("name", BUILT_THERE)
def test_a_host_that_builds_the_site_itself_is_said_to_be_no_place_to_go_back_at(story: Story, name: str) -> None:
    row = story.steps["back"].row(name)
    assert row["end"] == "refused", row
    assert "git revert" in row["hint"]
    assert story.steps["back"].shown[name] == story.steps["first"].shown[name]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_is_nobodys_business_arrives(story: Story, name: str) -> None:
    held = story.spots[name].held()
    assert held
    assert [word for word in (CANARY, *SECRETS.values()) if word.encode() in held] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_names_the_place_and_changes_nothing(story: Story, name: str) -> None:
    assert f"\n{name}: " in f"\n{story.steps['plan'].ran.out}{story.steps['plan'].ran.err}"
    assert story.steps["plan"].shown[name] == story.steps["back"].shown[name]


def test_nothing_of_it_is_said_or_kept_or_seen_in_the_list_of_processes(story: Story) -> None:
    said = "".join(step.ran.out + step.ran.err for step in story.steps.values()).encode()
    kept = b"".join(
        os.fsencode(path) + (path.read_bytes() if path.is_file() else b"")
        for top in (".cache", "deployed", "public")
        for path in (story.folder.root / top).rglob("*")
    )
    programs = story.programs.read_bytes()
    assert {b"git", b"ssh", b"rsync"} <= set(programs.split(b"\n"))
    for where, seen in (("said", said), ("kept", kept), ("programs", programs)):
        assert [word for word in (CANARY, *SECRETS.values()) if word.encode() in seen] == [], where


OUT, FOLDER, PEOPLE, ENV, GIT = "../outside/diary.txt", "../outside", "private/people.csv", ".env", ".git/config"
#: Ways by which something else than the site could get into it: where a name of it is, and what it leads to.
LINKS = {
    "a page": ("pages/link.md", OUT),
    "a post": ("posts/link.md", OUT),
    "a file that is linked": ("media/asked.txt", OUT),
    "a file of the theme": ("theme/static/link.txt", OUT),
    "a folder of the theme": ("theme/static/more", FOLDER),
    "a template": ("theme/templates/page.html", OUT),
    "a page from a hidden file": ("pages/link.md", ENV),
    "a linked hidden file": ("media/asked.txt", GIT),
    "a key that is linked by another name": ("media/asked.txt", "id_ed25519"),
    "a hidden file in the theme": ("theme/static/link.txt", ENV),
    "the theme's copy of a list of people": ("theme/static/link.txt", PEOPLE),
    "a file that came later": ("public/link.txt", OUT),
    "a page that was exchanged": ("public/index.html", OUT),
}
#: The same by a second name, which no program can tell from the first one.
NAMESAKES = {
    "a list of people in the theme": ("theme/static/people.csv", PEOPLE),
    "a list of people that is linked": ("media/asked.txt", PEOPLE),
    "a hidden file in the theme, too": ("theme/static/link.txt", ENV),
    "a list of people that came later": ("public/people.csv", PEOPLE),
}
_ASKS = "home: [{link: media/asked.txt, title: It}]\n"
_SAID = ("symbolic link", "leads to a hidden file", "private", "copy of .env", "changed after the build")


@pytest.mark.parametrize("way", [*LINKS, *NAMESAKES])
def test_a_link_that_leads_out_stops_it_before_anybody_hears_of_it(story: Story, way: str) -> None:
    path, to = {**LINKS, **NAMESAKES}[way]
    folder, config = story.folder, story.folder.read("linkhome.yaml")
    before = {name: spot.heard() for name, spot in story.spots.items()}
    link = folder.root / path
    with contextlib.ExitStack() as after:
        if link.exists():
            after.callback(folder.write, path, link.read_bytes())
            link.unlink()
        link.parent.mkdir(parents=True, exist_ok=True)
        make = os.symlink if way in LINKS else os.link
        make(folder.root / to, link)
        after.callback(link.unlink)
        folder.write("linkhome.yaml", config + (_ASKS if "asked" in path else ""))
        after.callback(folder.write, "linkhome.yaml", config)
        ran = folder.run("deploy", "--json", *(("--built", "public") if path.startswith("public/") else ()))
    assert (ran.code, ran.json["places"]) == (1, []), ran
    assert any(word in ran.out for word in _SAID), ran.out
    assert CANARY not in ran.out + ran.err
    assert {name: spot.heard() for name, spot in story.spots.items()} == before


@pytest.mark.parametrize("name", ["github", "codeberg"])
def test_the_example_site_goes_to_a_branch_is_left_alone_and_can_be_taken_back(
    story: Story, name: str, example_site: Path, tmp_path: Path
) -> None:
    host, loaded = story.spots[name].host, table.load(name)
    bare = host.make("lina/example")
    root = tmp_path / "site"
    shutil.copytree(example_site / "public", root / "public")
    here = place(loaded.make, {"repository": host.url("lina/example")}, host.page("lina/example"))
    site = freeze(root / "public")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("LINKHOME_GITHUB_TOKEN", "LINKHOME_CODEBERG_TOKEN"):
            patch.setenv(variable, SECRETS[variable])
        first = deploy_to(here, site, desk(root, here))
        assert (first.end, first.verified) == (End.LIVE, True), first
        was = contents(bare, host.branch)
        assert {path: data for path, data in was.items() if path not in _OVERLAID} == {
            path: site.read(path) for path in site.files if path not in _OVERLAID
        }
        assert deploy_to(here, site, desk(root, here)).end is End.UNCHANGED
        worse = freeze(built(root, {**PAGES, "index.html": b"<p>worse"}))
        assert deploy_to(here, worse, desk(root, here, yes=True)).end is End.LIVE
        assert contents(bare, host.branch)["index.html"] == b"<p>worse"
        then = desk(root, here, yes=True)
        row = then.journal.before(here.name)
        assert row is not None
        back = then.archive.recall(row.tree)
        assert back is not None
        assert deploy_to(here, back, then, ready=True).end is End.LIVE
    assert contents(bare, host.branch) == was
