from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest

from linkhome.deploy import folder_swap
from linkhome.deploy.engine import deploy_to
from linkhome.deploy.folder import Folder
from linkhome.deploy.nouns import Live
from linkhome.deploy.outcome import End, Outcome

from .desks import PAGES, desk, frozen, place, visited

REPOSITORY = Path(__file__).parents[2]
NEW = {**PAGES, "index.html": b"<!doctype html><title>Lina</title><p>New", "new.txt": b"new"}
del NEW["about/index.html"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    root.mkdir()
    (root / "linkhome.yaml").write_text("")
    return root


def deploy(
    root: Path, files: Any = PAGES, path: str = "../copy", url: str = "", yes: bool = False, **given: str
) -> Outcome:
    here = place(Folder, {"path": path, **given}, url)
    return deploy_to(here, frozen(root, files), desk(root, here, yes=yes))


def read(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: data for name, data in found.items() if name != "build.json"}


def beside(folder: Path) -> set[str]:
    """Return what lies beside the folder and its note, the site itself left out."""
    return {one.name for one in folder.parent.iterdir()} - {folder.name, f".{folder.name}.linkhome-files", "site"}


def test_the_folder_becomes_the_site_byte_for_byte(site: Path, tmp_path: Path) -> None:
    outcome = deploy(site)
    assert outcome.end is End.LIVE, outcome.message
    assert outcome.verified
    assert read(tmp_path / "copy") == dict(PAGES)
    assert (tmp_path / "copy" / "build.json").read_bytes() == (site / "public" / "build.json").read_bytes()
    assert beside(tmp_path / "copy") == set()


def test_an_unchanged_site_touches_nothing(site: Path, tmp_path: Path) -> None:
    deploy(site)
    before = (tmp_path / "copy").stat()
    assert deploy(site).end is End.UNCHANGED
    assert (tmp_path / "copy").stat().st_ino == before.st_ino


def test_a_new_site_replaces_the_old_one_and_the_old_one_can_come_back(site: Path, tmp_path: Path) -> None:
    deploy(site)
    outcome = deploy(site, NEW)
    assert outcome.plan is not None
    assert (outcome.plan.adds, outcome.plan.deletes) == (("new.txt",), ("about/index.html",))
    assert read(tmp_path / "copy") == NEW
    assert deploy(site).end is End.LIVE
    assert read(tmp_path / "copy") == dict(PAGES)


def test_files_of_others_come_along_and_are_never_deleted(site: Path, tmp_path: Path) -> None:
    deploy(site)
    (tmp_path / "copy" / "letters").mkdir()
    (tmp_path / "copy" / "letters" / "one.txt").write_text("mine")
    assert deploy(site).end is End.UNCHANGED
    assert deploy(site, NEW).end is End.LIVE
    assert read(tmp_path / "copy") == {**NEW, "letters/one.txt": b"mine"}


def test_a_file_of_others_in_the_way_is_only_replaced_with_yes(site: Path, tmp_path: Path) -> None:
    deploy(site)
    (tmp_path / "copy" / "new.txt").write_text("mine")
    refused = deploy(site, NEW)
    assert refused.end is End.REFUSED
    assert "holds 'new.txt', which linkhome did not put there" in refused.message
    assert read(tmp_path / "copy") == {**PAGES, "new.txt": b"mine"}
    assert deploy(site, NEW, yes=True).end is End.LIVE
    assert read(tmp_path / "copy") == NEW


@pytest.mark.parametrize("in_the_way", ["more", "more/pages/x.txt/y.txt"])
def test_a_file_of_others_where_a_folder_belongs_is_told(site: Path, tmp_path: Path, in_the_way: str) -> None:
    deploy(site)
    path = tmp_path / "copy" / in_the_way
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine")
    files = {**PAGES, "more/pages/x.txt": b"x"}
    refused = deploy(site, files)
    assert refused.end is End.REFUSED
    assert f"'{in_the_way}'" in refused.message
    assert deploy(site, files, yes=True).end is End.LIVE
    assert read(tmp_path / "copy") == files


def test_a_file_that_somebody_changed_is_put_right(site: Path, tmp_path: Path) -> None:
    deploy(site)
    (tmp_path / "copy" / "index.html").write_text("spray")
    assert deploy(site).end is End.LIVE
    assert read(tmp_path / "copy") == dict(PAGES)


def test_a_folder_that_linkhome_did_not_make_is_left_alone(site: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "thesis.txt").write_text("mine")
    outcome = deploy(site, yes=True)
    assert outcome.end is End.REFUSED
    assert "was not made by linkhome" in outcome.message
    assert read(tmp_path / "copy") == {"thesis.txt": b"mine"}


def test_an_empty_folder_is_taken(site: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    assert deploy(site).end is End.LIVE


def test_a_repository_and_links_are_left_alone(site: Path, tmp_path: Path) -> None:
    deploy(site)
    (tmp_path / "copy" / "link").symlink_to(site / "linkhome.yaml")
    assert "symbolic link" in deploy(site, NEW, yes=True).message
    (tmp_path / "copy" / "link").unlink()
    (tmp_path / "copy" / ".git").mkdir()
    assert "git repository" in deploy(site, NEW, yes=True).message
    assert read(tmp_path / "copy") == dict(PAGES)


@pytest.mark.parametrize("zip_", ["", "zip"])
def test_a_drive_that_is_missing_is_not_made_on_this_one(site: Path, tmp_path: Path, zip_: str) -> None:
    given = {"zip": zip_} if zip_ else {}
    outcome = deploy(site, path="../stick/copy.zip", **given)
    assert outcome.end is End.REFUSED
    assert "is not there" in outcome.message
    assert "plug the drive in" in outcome.hint
    assert not (tmp_path / "stick").exists()


@pytest.mark.parametrize(
    ("path", "given"),
    [
        (".", {}),
        ("..", {}),
        ("public", {}),
        ("public/x", {}),
        ("media/x", {}),
        (".cache/x", {}),
        ("/", {}),
        ("media/x.zip", {"zip": "zip"}),
        ("public/x.html", {"zip": "html"}),
        ("../x.html", {"zip": "zip"}),
        ("../folder.zip", {"zip": "zip"}),
        ("../link.zip", {"zip": "zip"}),
    ],
)
def test_a_place_that_would_destroy_something_is_refused(
    site: Path, tmp_path: Path, path: str, given: dict[str, str]
) -> None:
    (tmp_path / "folder.zip").mkdir()
    (tmp_path / "link.zip").symlink_to(site / "linkhome.yaml")
    outcome = deploy(site, path=path, yes=True, **given)
    assert outcome.end is End.REFUSED
    assert "another 'path'" in outcome.hint
    assert (site / "linkhome.yaml").exists()
    assert (tmp_path / "folder.zip").is_dir()


@pytest.mark.parametrize("step", ["flush", "write_file", "exchange"])
def test_a_disk_that_fails_leaves_the_old_site(
    site: Path, tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy(site)

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(folder_swap, step, full)
        outcome = deploy(site, NEW)
    assert outcome.end is End.FAILED
    assert outcome.live is Live.OLD
    assert "no space left" in outcome.message
    assert read(tmp_path / "copy") == dict(PAGES)
    assert beside(tmp_path / "copy") == set()
    assert deploy(site, NEW).end is End.LIVE
    assert read(tmp_path / "copy") == NEW


def test_ctrl_c_while_copying_leaves_the_old_site(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deploy(site)

    def stop(*_: Any) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(folder_swap, "_copied", stop)
        assert deploy(site, NEW).end is End.STOPPED
    assert read(tmp_path / "copy") == dict(PAGES)
    assert beside(tmp_path / "copy") == set()


KILLED = """
import os, signal, sys
from pathlib import Path
from linkhome.deploy import folder_swap
from tests.deploy import test_folder
real = getattr(folder_swap, sys.argv[2])
def killed(*given):
    if sys.argv[3] == "after":
        real(*given)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(folder_swap, sys.argv[2], killed)
test_folder.deploy(Path(sys.argv[1]), test_folder.NEW)
"""


@pytest.mark.parametrize(("step", "when", "new"), [("flush", "before", False), ("exchange", "after", True)])
def test_killed_the_old_site_or_the_new_one_is_there_and_the_next_deploy_cleans_up(
    site: Path, tmp_path: Path, step: str, when: str, new: bool
) -> None:
    deploy(site)
    ran = subprocess.run([sys.executable, "-c", KILLED, site, step, when], cwd=REPOSITORY, timeout=120, check=False)
    assert ran.returncode == -signal.SIGKILL
    assert read(tmp_path / "copy") == (NEW if new else dict(PAGES))
    assert len(beside(tmp_path / "copy")) > 0
    assert deploy(site, {**NEW, "third.txt": b"3"}).end is End.LIVE
    assert read(tmp_path / "copy") == {**NEW, "third.txt": b"3"}
    assert beside(tmp_path / "copy") == set()


def test_whoever_reads_meanwhile_sees_the_old_site_or_the_new_one(site: Path, tmp_path: Path) -> None:
    sites = [{f"{n}.txt": b"%d" % turn for n in range(6)} | {"index.html": b"<title>%d" % turn} for turn in range(2)]
    deploy(site, sites[0])
    over, torn, reads = threading.Event(), [], []

    def look() -> None:
        while not over.is_set():
            # An open folder is one site, whatever takes its name in the meantime.
            folder = os.open(tmp_path / "copy", os.O_RDONLY)
            try:
                found = set()
                for name in sites[0]:
                    fd = os.open(name, os.O_RDONLY, dir_fd=folder)
                    found.add(os.read(fd, 99)[-1:])
                    os.close(fd)
            except FileNotFoundError:
                continue  # the old folder is removed after the swap; its name leads to the new one
            finally:
                os.close(folder)
            reads.append(found)
            if len(found) > 1:
                torn.append(found)

    def ask() -> None:
        while not over.is_set():
            if (tmp_path / "copy" / "index.html").read_bytes()[:7] != b"<title>":
                torn.append({b"index.html"})

    threads = [threading.Thread(target=one) for one in (look, ask)]
    for thread in threads:
        thread.start()
    try:
        for turn in (1, 0, 1, 0, 1, 0):
            assert deploy(site, sites[turn]).end is End.LIVE
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert reads
    assert torn == []


def test_a_folder_with_an_address_is_seen_there(site: Path, tmp_path: Path) -> None:
    class Served(dict[str, bytes]):
        def get(self, name: str, default: Any = None) -> Any:
            path = tmp_path / "copy" / name
            return path.read_bytes() if path.is_file() else default

    with visited(Served()) as address:
        outcome = deploy(site, url=address)
    assert outcome.end is End.LIVE, outcome.message
    assert outcome.url == address


def test_the_zip_holds_the_site_in_one_folder(site: Path, tmp_path: Path) -> None:
    assert deploy(site, path="../lina.zip", zip="zip").end is End.LIVE
    with zipfile.ZipFile(tmp_path / "lina.zip") as made:
        assert made.testzip() is None
        names = made.namelist()
        held = {name.removeprefix("lina/"): made.read(name) for name in names if not name.endswith("build.json")}
    assert held == dict(PAGES)
    assert all(name.startswith("lina/") for name in names)
    first = (tmp_path / "lina.zip").read_bytes()
    assert deploy(site, path="../lina.zip", zip="zip").end is End.UNCHANGED
    (tmp_path / "lina.zip").unlink()
    assert deploy(site, path="../lina.zip", zip="zip").end is End.LIVE
    assert (tmp_path / "lina.zip").read_bytes() == first


@pytest.mark.parametrize("kind", ["zip", "html"])
def test_a_copy_that_is_not_whole_any_more_is_made_anew(site: Path, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"lina.{kind}"
    deploy(site, path=str(path), zip=kind)
    whole = path.read_bytes()
    path.write_bytes(whole[:50] + b"?" + whole[51:])
    assert deploy(site, path=str(path), zip=kind).end is End.LIVE
    assert path.read_bytes() == whole
    assert deploy(site, NEW, path=str(path), zip=kind).end is End.LIVE
    assert path.read_bytes() != whole
    assert {one.name for one in tmp_path.iterdir()} == {"site", path.name}


@pytest.mark.parametrize("kind", ["zip", "html"])
def test_a_file_that_linkhome_did_not_make_is_left_alone(site: Path, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"lina.{kind}"
    path.write_bytes(b"mine")
    outcome = deploy(site, path=str(path), zip=kind, yes=True)
    assert outcome.end is End.REFUSED
    assert "was not made by linkhome" in outcome.message
    assert path.read_bytes() == b"mine"


def test_a_file_is_not_served_at_an_address(site: Path) -> None:
    outcome = deploy(site, path="../lina.zip", zip="zip", url="https://lina.example/")
    assert outcome.end is End.REFUSED
    assert "take the key 'url' out" in outcome.hint


def test_a_full_disk_leaves_the_old_file(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deploy(site, path="../lina.zip", zip="zip")
    before = (tmp_path / "lina.zip").read_bytes()

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("linkhome.deploy.export._sign", full)
    outcome = deploy(site, NEW, path="../lina.zip", zip="zip")
    assert (outcome.end, outcome.live) == (End.FAILED, Live.OLD)
    assert "no space left" in outcome.message
    assert (tmp_path / "lina.zip").read_bytes() == before
    assert {one.name for one in tmp_path.iterdir()} == {"site", "lina.zip"}
