"""What a place gets, written into a folder: the same as is sent there, and nothing of anybody else's is lost."""

from __future__ import annotations

import os
import re
import shutil
import socket
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from site_folder import SiteFolder

from linkhome import output
from linkhome.deploy import credentials, entries, into, table
from linkhome.lock import alone
from linkhome.output import Snapshot, Stamp, Written

from .double import Double, Place

PLACES = """\
url: https://lina.example
profile: {name: Lina}
brand: {share: none, kit: false}
well_known: {bluesky: "did:plc:abcdefghijklmnopqrstuvwx"}
deploy:
  - {target: netlify, site: lina-marlow}
  - {target: github, repository: git@github.com:lina/lina.github.io.git, domain: www.lina.example}
  - {target: github, name: project, repository: git@github.com:lina/site.git}
  - {target: codeberg, repository: git@codeberg.org:lina/pages.git}
  - {target: github-actions, repository: lina/site}
  - {target: github-actions, name: own-domain, repository: lina/site, url: https://two.example}
  - {target: netlify-build}
  - {target: cloudflare, account: 0123456789abcdef0123456789abcdef, script: lina}
  - {target: ssh, host: lina.example, path: ~/site, identity: ~/none/such, url: https://lina.example/below/}
  - {target: sftp, host: lina.example, user: lina, path: /web}
  - {target: ftps, host: lina.example, user: lina, path: /web}
  - {target: s3, bucket: lina}
  - {target: folder, path: ../copy}
  - {target: folder, name: offline, path: ../copy.zip, zip: zip}
"""
HEADERS = ("_headers", "_redirects", ".htaccess")
#: Which of the files that only some hosts read each place gets; beside it, where its page for wrong addresses leads.
GETS = {
    "netlify": ({"_headers"}, "/"),
    "github": ({".nojekyll", "CNAME"}, "/"),
    "project": ({".nojekyll"}, "/site/"),
    "codeberg": ({".nojekyll"}, "/"),
    "github-actions": (set(), "/site/"),
    "own-domain": (set(), "/"),
    "netlify-build": ({"_headers"}, "/"),
    "cloudflare": ({"_headers"}, "/"),
    "ssh": ({".htaccess"}, "/below/"),
    "sftp": ({".htaccess"}, "/"),
    "ftps": ({".htaccess"}, "/"),
    "s3": (set(), "/"),
    "folder": ({"_headers", ".htaccess"}, "/"),
}


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """Be a site with a place of every kind, built once."""
    folder = SiteFolder(tmp_path_factory.mktemp("into") / "site")
    folder.write("linkhome.yaml", PLACES)
    assert folder.build().code == 0
    return folder


@pytest.fixture(scope="module")
def one_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Be a site with one place, built once."""
    made = SiteFolder(tmp_path_factory.mktemp("one") / "site")
    made.write("linkhome.yaml", PLACES.partition("  - {target: netlify")[0] + "  - {target: s3, bucket: lina}\n")
    assert made.build().code == 0
    return made.root


@pytest.fixture
def folder(one_place: Path, tmp_path: Path) -> SiteFolder:
    """Be a copy of that site."""
    return SiteFolder(Path(shutil.copytree(one_place, tmp_path / "my-site")))


def lay(folder: SiteFolder, where: str = "out", *more: str) -> dict[str, bytes]:
    """Write what the only place gets; return what is there then."""
    ran = folder.run("deploy", "--built", "public", "--into", where, *more)
    assert ran.code == 0, ran.err
    return folder.files(where)


def stamps(folder: Path) -> dict[Path, tuple[int, ...]]:
    """Return which files there are, and when each was changed last."""
    seen = {path: os.lstat(path) for path in folder.rglob("*")}
    return {path: (one.st_ino, one.st_mode, one.st_size, one.st_mtime_ns) for path, one in seen.items()}


def ways(page: str) -> list[str]:
    """Return every way on a page to a file of its host."""
    found = re.findall(r'\s(?:href|src|action)="([^"]*)"', page)
    for choices in re.findall(r'\ssrcset="([^"]*)"', page):
        found += [choice.split()[0] for choice in choices.split(", ")]
    return [way for way in found if not re.match("[a-z]+:|#|//", way)]


# ------------------------------------------------------------------ what a place gets


@pytest.mark.parametrize("name", GETS)
def test_each_place_gets_what_its_host_reads_and_a_404_page_that_leads_home(
    name: str, everywhere: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object) -> None:
        raise AssertionError("somebody was asked")

    monkeypatch.setattr(socket.socket, "connect", asked)
    monkeypatch.setattr(credentials, "all_of", asked)
    ran = everywhere.run("deploy", "--to", name, "--built", "public", "--into", f"out/{name}")
    assert ran.code == 0, ran.err
    special, home = GETS[name]
    there, public = everywhere.files(f"out/{name}"), everywhere.files()
    assert {path for path in there if path in (*HEADERS, ".nojekyll", "CNAME", ".domains")} == special
    alike = public.keys() - {*HEADERS, "404.html"}
    assert {path: there[path] for path in alike} == {path: public[path] for path in alike}
    assert ".well-known/atproto-did" in alike
    local = ways(there["404.html"].decode())
    assert len(local) > 3
    assert {way for way in local if not way.startswith(home) or way.removeprefix(home) not in there} == set()
    if name == "github":
        assert there["CNAME"] == b"www.lina.example\n"


def test_nothing_of_it_is_remembered_as_a_deploy(everywhere: SiteFolder) -> None:
    assert everywhere.run("deploy", "--to", "s3", "--into", "out/quiet").code == 0
    assert not (everywhere.root / "deployed").exists()
    assert not (everywhere.root / ".cache" / "deploy").exists()
    assert not list((everywhere.root / ".cache").glob("into-*"))


def test_it_is_byte_for_byte_what_a_deploy_sends(
    site: Callable[..., SiteFolder], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = table.load
    double = table.Loaded(Double.about, Double)
    monkeypatch.setattr(entries, "load", lambda name: double if name == "double" else own(name))
    host = Place()
    monkeypatch.setattr(Double, "places", {"one": host})
    head = PLACES.partition("deploy:")[0].replace("url: https://lina.example", "")
    sites = "deploy:\n  - {target: folder, path: ../copy}\n  - {target: double, options: {place: one}}\n"
    folder = site({"linkhome.yaml": head + sites})
    for name in ("folder", "double"):
        assert folder.run("deploy", "--to", name, "--into", f"../{name}").code == 0
    assert (host.asked, host.live) == ([], {})
    folder.run("deploy")
    assert host.live == folder.files("../double")
    assert folder.files("../copy") == folder.files("../folder")
    assert "_headers" in host.live and ".htaccess" not in host.live


def test_a_place_that_is_one_file_says_how_to_get_it(everywhere: SiteFolder) -> None:
    ran = everywhere.run("deploy", "--to", "offline", "--into", "out/offline")
    assert (ran.code, "offline is one file, not a folder" in ran.err) == (2, True)
    assert "linkhome deploy --to offline" in ran.err


def test_every_file_is_one_of_its_own_that_everybody_may_read(folder: SiteFolder) -> None:
    lay(folder)
    for path in (folder.root / "out").rglob("*"):
        seen = path.stat()
        assert seen.st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path
        assert path.is_dir() or seen.st_nlink == 1, path


# ------------------------------------------------------------------ once more


def test_a_second_time_only_what_differs_is_written(folder: SiteFolder) -> None:
    before = lay(folder)
    stays = folder.root / "out" / ".well-known" / "atproto-did"
    when = stays.stat().st_mtime_ns
    assert ": what it is to serve is in out/ (nothing has changed)." in folder.run("deploy", "--into", "out/").out
    folder.write("pages/about.md", "---\ntitle: About\n---\nHello")
    ran = folder.run("deploy", "--into", "out", "--json")
    (row,) = ran.json["places"]
    assert (ran.code, row["end"], row["visitors_see"], row["verified"]) == (0, "written", "old", False)
    assert "about/index.html" in row["adds"] and "build.json" in row["changes"]
    assert b"Hello" in folder.files("out")["about/index.html"]
    (folder.root / "pages" / "about.md").unlink()
    assert folder.run("deploy", "--into", "out").out.count("1 removed") == 1
    assert folder.files("out") == before
    assert stays.stat().st_mtime_ns == when


def test_another_place_may_take_the_folder(everywhere: SiteFolder) -> None:
    assert everywhere.run("deploy", "--to", "ssh", "--built", "public", "--into", "out/turns").code == 0
    assert everywhere.run("deploy", "--to", "netlify", "--built", "public", "--into", "out/turns").code == 0
    assert everywhere.files("out/turns") == {
        path: data for path, data in everywhere.files().items() if path != ".htaccess"
    }


def test_what_file_managers_leave_is_in_nobodys_way(folder: SiteFolder) -> None:
    folder.write("out/.DS_Store", "x")
    lay(folder)
    folder.write("out/assets/Thumbs.db", "x")
    assert not {".DS_Store", "assets/Thumbs.db"} & lay(folder).keys()


def _whatever(path: Path) -> None:
    (path / "notes.txt").write_text("mine")


def _changed(path: Path) -> None:
    (path / "index.html").write_text("mine")


def _linked(path: Path) -> None:
    (path / "index.html").rename(path.parent / "kept.html")
    (path / "index.html").symlink_to(path.parent / "kept.html")


def _with_git(path: Path) -> None:
    (path / ".git").mkdir()


def _unknown(path: Path) -> None:
    (path.parent / f".{path.name}.linkhome-into").unlink()


def _damaged(path: Path) -> None:
    (path.parent / f".{path.name}.linkhome-into").write_bytes(b"\xff")


@pytest.mark.parametrize(
    ("happens", "named"),
    [
        (_whatever, "holds 'notes.txt'"),
        (_changed, "holds 'index.html'"),
        (_linked, "holds 'index.html'"),
        (_with_git, "holds '.git/'"),
        (_unknown, "was not written by 'linkhome deploy --into'"),
        (_damaged, "was not written by 'linkhome deploy --into'"),
    ],
)
def test_a_folder_with_anything_of_somebody_else_is_left_alone(
    folder: SiteFolder, happens: Callable[[Path], None], named: str
) -> None:
    lay(folder)
    out = folder.root / "out"
    happens(out)
    before = stamps(out)
    folder.replace("linkhome.yaml", "name: Lina", "name: Lina Marlow")
    ran = folder.run("deploy", "--into", "out")
    assert (ran.code, named in ran.err, "--into" in ran.err) == (1, True, True), ran.err
    assert stamps(out) == before


def test_a_built_folder_of_another_site_is_not_taken_for_ours(folder: SiteFolder) -> None:
    folder.build("--out", "other")
    ran = folder.run("deploy", "--into", "other")
    assert (ran.code, "the folder other/ was not written by" in ran.err) == (1, True)


@pytest.mark.parametrize(
    "where",
    [
        "public",
        "public/x",
        ".",
        "..",
        "media/x",
        "pages",
        "posts/x",
        "theme/static",
        "saved/x",
        ".cache/x",
        "private/x",
    ],
)
def test_it_never_lies_where_it_would_destroy_something(folder: SiteFolder, where: str) -> None:
    folder.write("media/x/y.txt", "mine")
    before = folder.files(".")
    ran = folder.run("deploy", "--into", where)
    assert (ran.code, "--into" in ran.err) == (2, True), ran.err
    after = folder.files(".")
    assert {path: data for path, data in after.items() if path[0] != "."} == {
        path: data for path, data in before.items() if path[0] != "."
    }


def test_the_folder_that_is_read_is_not_written(folder: SiteFolder) -> None:
    folder.build("--out", "elsewhere/built")
    for where in ("elsewhere/built", "elsewhere/built/x", "elsewhere"):
        ran = folder.run("deploy", "--built", "elsewhere/built", "--into", where)
        assert (ran.code, "is where the built site is" in ran.err) == (2, True)


def test_a_file_and_a_link_are_no_folders(folder: SiteFolder) -> None:
    folder.write("file", "mine")
    (folder.root / "link").symlink_to(folder.root.parent)
    assert "is a file, not a folder" in folder.run("deploy", "--into", "file").err
    assert "is a symbolic link" in folder.run("deploy", "--into", "link").err
    assert folder.read("file") == "mine"


# ------------------------------------------------------------------ when it breaks off


@pytest.mark.parametrize("after", [False, True])
def test_a_death_in_between_leaves_a_folder_that_is_known_again(
    folder: SiteFolder, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    write = output.write

    def dies(snapshot: Snapshot, where: Path, known: Mapping[str, Stamp]) -> Written:
        if where.name != "out" or after:
            written = write(snapshot, where, known)
        if where.name == "out":
            raise KeyboardInterrupt
        return written

    old = lay(folder)
    folder.replace("linkhome.yaml", "name: Lina", "name: Lina Marlow")
    with monkeypatch.context() as patched:
        patched.setattr(into.output, "write", dies)
        assert folder.run("deploy", "--into", "out").code == 130
    assert (folder.files("out") != old) is after
    assert folder.run("deploy", "--into", "out").code == 0
    assert b"Lina Marlow" in folder.files("out")["index.html"]


def test_a_disk_that_takes_nothing_is_a_sentence(folder: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(folder)
    shutil.rmtree(folder.root / "out")

    def full(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(into, "write_file", full)
    ran = folder.run("deploy", "--into", "out")
    assert (ran.code, "out/ cannot be written: permission denied" in ran.err) == (1, True)
    assert "Traceback" not in ran.err and not (folder.root / "out").exists()


def test_it_waits_for_a_deploy_of_the_same_site(folder: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    from linkhome.commands import deploy as command

    monkeypatch.setattr(command, "PATIENCE", 0.0)
    with alone(str(folder.root / ".cache" / command.LOCK), 0):
        assert "another deploy of this site is at work" in folder.run("deploy", "--into", "out").err


# ------------------------------------------------------------------ the command line


def test_one_place_has_to_be_chosen(everywhere: SiteFolder) -> None:
    ran = everywhere.run("deploy", "--into", "out/x")
    assert (ran.code, "write --to and one of: netlify, github, project" in ran.err) == (2, True)
    assert everywhere.run("deploy", "--to", "s3", "--to", "ssh", "--into", "out/x").code == 2
    assert everywhere.run("deploy", "--to", "githup", "--into", "out/x").code == 2
    assert everywhere.run("deploy", "--to", "githup", "--into", "out/x", "--json").json["ok"] is False
    assert not (everywhere.root / "out" / "x").exists()


@pytest.mark.parametrize("more", [["--plan"], ["--all"], ["--rollback"], ["--token", "s3"]])
def test_options_that_send_do_not_go_with_it(folder: SiteFolder, more: list[str]) -> None:
    ran = folder.run("deploy", "--into", "out", *more)
    assert (ran.code, f"--into and {more[0]} do not go together" in ran.err) == (2, True)


def test_a_mistake_in_the_site_writes_nothing(folder: SiteFolder) -> None:
    folder.write("posts/one.md", "---\ndate: yesterday\n---\nx")
    assert folder.run("deploy", "--into", "out").code == 1
    assert not (folder.root / "out").exists()
