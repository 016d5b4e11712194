from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from linkhome import ledger
from linkhome.inputs import UNREADABLE, Inputs
from linkhome.ledger import Ledger
from linkhome.project import Project


def _old(path: Path) -> None:
    os.utime(path, (1_700_000_000, 1_700_000_000))


def test_a_file_is_remembered_with_its_hash(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"abc")
    seen = Inputs(tmp_path)
    assert seen.read(tmp_path / "a.txt") == b"abc"
    assert seen.sha256(tmp_path / "a.txt") == hashlib.sha256(b"abc").hexdigest()
    stamp = seen.files["a.txt"]
    assert stamp is not None
    assert (stamp.size, stamp.racy) == (3, True)


def test_a_missing_file_is_remembered_too(tmp_path: Path) -> None:
    seen = Inputs(tmp_path)
    assert seen.read(tmp_path / "none") is None
    assert seen.sha256(tmp_path / "none/either") is None
    assert seen.files == {"none": None, "none/either": None}


def test_an_old_file_with_the_same_stamp_is_not_read_again(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"abc")
    _old(file)
    first = Inputs(tmp_path)
    first.sha256(file)
    known = {name: stamp for name, stamp in first.files.items() if stamp}
    file.write_bytes(b"xyz")
    _old(file)
    assert Inputs(tmp_path, known).sha256(file) == hashlib.sha256(b"abc").hexdigest()
    racy = {"a.txt": known["a.txt"]._replace(racy=True)}
    assert Inputs(tmp_path, racy).sha256(file) == hashlib.sha256(b"xyz").hexdigest()


def test_listings_are_sorted_and_leave_hidden_files_out(tmp_path: Path) -> None:
    for name in ("b", "a", ".hidden", ".well-known", ".htaccess"):
        (tmp_path / name).touch()
    seen = Inputs(tmp_path)
    assert [entry.name for entry in seen.listing(tmp_path)] == [".htaccess", ".well-known", "a", "b"]
    assert seen.listing(tmp_path / "none") == []
    assert seen.folders["none"] is None


class _Site:
    """A tiny site with a ledger that is true of it."""

    def __init__(self, root: Path) -> None:
        self.project = Project(root)
        self.text = root / "a.txt"
        self.text.write_text("one")
        _old(self.text)
        self.project.out.mkdir()
        self.page = self.project.out / "index.html"
        self.page.write_text("page")
        seen = Inputs(root)
        seen.sha256(self.text)
        seen.sha256(root / "absent.txt")
        seen.listing(root / "posts")
        self.ledger = Ledger()
        self.ledger.program = ledger.program()
        self.ledger.files, self.ledger.folders = seen.files, seen.folders
        stat = self.page.stat()
        self.ledger.outputs = {"index.html": ("x", stat.st_size, stat.st_mtime_ns)}
        self.ledger.places = ledger.folder_times(self.ledger.outputs, f"{self.project.out}/")

    def still_true(self, now: float = 1000.0) -> bool:
        ledger.save(self.project, None, self.ledger)
        loaded = ledger.load(self.project, None)
        assert loaded is not None
        return ledger.still_true(loaded, self.project, now)


def test_nothing_changed(tmp_path: Path) -> None:
    assert _Site(tmp_path).still_true()


def test_each_change_is_noticed(tmp_path: Path) -> None:
    def text(site: _Site) -> None:
        site.text.write_text("two")

    def gone(site: _Site) -> None:
        site.text.unlink()

    def appeared(site: _Site) -> None:
        (site.project.root / "absent.txt").touch()

    def folder(site: _Site) -> None:
        (site.project.root / "posts").mkdir()

    def output(site: _Site) -> None:
        site.page.write_text("edited by hand")

    def lost(site: _Site) -> None:
        site.page.unlink()

    def program(site: _Site) -> None:
        site.ledger.program = "another version"

    def date(site: _Site) -> None:
        site.ledger.changes_at = 999.0

    def added(site: _Site) -> None:
        (site.project.out / "extra.txt").touch()

    def clock(site: _Site) -> None:
        site.ledger.built_at = 1001.0

    for number, change in enumerate((text, gone, appeared, folder, output, lost, program, date, added, clock)):
        root = tmp_path / str(number)
        root.mkdir()
        site = _Site(root)
        change(site)
        assert not site.still_true(), change.__name__


def test_a_young_file_is_hashed_before_it_is_believed(tmp_path: Path) -> None:
    site = _Site(tmp_path)
    stamp = site.ledger.files["a.txt"]
    assert stamp is not None
    site.ledger.files["a.txt"] = stamp._replace(racy=True)
    assert site.still_true()
    site.text.write_text("two")
    _old(site.text)
    assert not site.still_true()


def test_a_broken_ledger_is_no_ledger(tmp_path: Path) -> None:
    site = _Site(tmp_path)
    ledger.save(site.project, None, site.ledger)
    file = next(site.project.cache.glob("ledger-*.json"))
    for junk in ("", "{", "[]", '{"format": 1}', '{"format": 99}'):
        file.write_text(junk)
        assert ledger.load(site.project, None) is None
    assert ledger.load(site.project, "another-theme") is None


def test_what_cannot_be_read_is_remembered_as_such(tmp_path, monkeypatch):
    """Whoever waits for the repair has to know the name."""
    inputs = Inputs(tmp_path)
    (tmp_path / "a.md").write_text("text")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as locked:
        locked.setattr("os.stat", refuse)
        locked.setattr("os.scandir", refuse)
        for ask, name in ((inputs.read, "a.md"), (inputs.sha256, "b.md"), (inputs.listing, "posts")):
            with pytest.raises(PermissionError):
                ask(tmp_path / name)
    assert inputs.files == {"a.md": UNREADABLE, "b.md": UNREADABLE}
    assert inputs.folders == {"posts": ""}
    assert inputs.read(tmp_path / "a.md") == b"text"
    assert inputs.files["a.md"] != UNREADABLE
