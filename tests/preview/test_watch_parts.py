"""The parts of watching that need no waiting: when a save is over, which names pass, which file systems are silent."""

from __future__ import annotations

import os
import time

import pytest

from linkhome.inputs import READ_MAX, Inputs, Stamp, names_digest
from linkhome.preview import mounts, quiet, sweep
from linkhome.preview.ground import Ground
from linkhome.preview.known import Item
from linkhome.preview.passing import passing
from linkhome.preview.quiet import Batch, State, git_is_at_work


def batch(*places: tuple[str, float], state: State = State.UNKNOWN) -> Batch:
    made = Batch()
    for place, at in places:
        made.add(place, at, state)
    return made


def test_one_file_is_over_soon_and_many_are_later():
    assert batch(("a", 10.0)).over() == 10.0 + quiet.ONE
    assert batch(("a", 10.0), ("b", 10.1)).over() == 10.1 + quiet.ONE
    assert batch(("a", 10.0), ("b", 10.1), ("c", 10.2)).over() == 10.2 + quiet.MANY
    assert batch(("a", 10.0), ("a", 10.1), ("a", 10.2)).over() == 10.2 + quiet.ONE


def test_what_goes_on_and_on_is_over_nevertheless():
    going_on = batch(*((f"p{n}", 10 + n / 50) for n in range(100)))
    assert going_on.over() == 10 + quiet.MOST
    assert going_on.longest() == 10 + quiet.LONGEST
    assert batch(*(("video", 10 + n / 50) for n in range(500)), state=State.WRITING).over() == 10 + quiet.LONGEST


def test_what_is_half_done_gets_more_time():
    assert batch(("a", 10.0)).over(delicate=True) == 10.0 + quiet.DELICATE
    assert batch(("a", 10.0), state=State.WRITING).over() == 10.0 + quiet.DELICATE
    closed = batch(("a", 10.0), state=State.WRITING)
    closed.add("a", 10.01, State.DONE)
    assert closed.over() == 10.01 + quiet.DONE
    assert closed.over(delicate=True) == 10.01 + quiet.DELICATE
    closed.add("b", 10.02)
    assert closed.over() == 10.02 + quiet.ONE


PASSING = (
    "4913 a.md~ ~$a.doc .a.md.swp a.swx a.md.bck .#a.md #a.md# a.tmp a.md___jb_tmp___ a.md___jb_old___ "
    ".goutputstream-AB12CD a.md.sb-1f2e-AbC sedA1b2C3 Thumbs.db .DS_Store ._a.png"
)


@pytest.mark.parametrize("name", PASSING.split())
def test_names_that_editors_and_systems_give_pass(name):
    assert passing(name)


@pytest.mark.parametrize("name", ["a.md", "4913.md", "sb-1.png", "sedimented", "a~b.md", "bck", "tmp.md", "a.swf.png"])
def test_names_that_a_creator_gives_do_not_pass(name):
    assert not passing(name)


def test_a_listing_is_the_same_whatever_came_and_went_in_it():
    then = names_digest(["a.md", "b.md", "b.md~"])
    assert sweep.could_be(then, ["a.md", "b.md"], ["4913", "b.md~"])
    assert sweep.could_be(names_digest(["a.md", "b.md"]), ["4913", "a.md", "b.md"], [])
    assert not sweep.could_be(then, ["a.md"], ["b.md~"])
    assert not sweep.could_be(then, ["a.md", "b.md"], [])


MOUNTS = r"""proc /proc proc rw 0 0
/dev/sda / ext4 rw 0 0
box:/home /home/lina\040m nfs4 rw 0 0
/dev/sdb /home/lina\040m/local btrfs rw 0 0
disk /media/stick fuseblk rw 0 0
host /shared vboxsf rw 0 0
/dev/sdc /over ext4 rw 0 0
far /over fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/site", ""),
        ("/home/lina m/site", "nfs4"),
        ("/home/lina m", "nfs4"),
        ("/home/lina mx", ""),
        ("/home/lina m/local/site", ""),
        ("/media/stick/site", ""),
        ("/shared/site", "vboxsf"),
        ("/over/site", "fuse.sshfs"),
    ],
)
def test_shared_file_systems_are_known(folder, kind):
    assert mounts.silent(folder, MOUNTS) == kind


def test_a_windows_disk_is_silent_inside_of_windows_only(monkeypatch):
    assert mounts.silent("/mnt/c/site", MOUNTS) == ""
    monkeypatch.setattr(mounts, "in_windows", lambda: True)
    assert mounts.silent("/mnt/c/site", MOUNTS) == "Windows"
    assert mounts.silent("/mnt/data/site", MOUNTS) == ""


def test_git_is_at_work_while_it_holds_its_lock(tmp_path):
    site = tmp_path / "repository/site"
    site.mkdir(parents=True)
    assert not git_is_at_work(str(site))
    lock = tmp_path / "repository/.git/index.lock"
    lock.parent.mkdir()
    assert not git_is_at_work(str(site))
    lock.touch()
    assert git_is_at_work(str(site))
    os.utime(lock, (time.time() - 3600,) * 2)
    assert not git_is_at_work(str(site)), "a git that died left it behind"


def test_git_keeps_the_lock_of_a_worktree_elsewhere(tmp_path):
    folder = tmp_path / "repository/.git/worktrees/other"
    folder.mkdir(parents=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "other/.git").write_text(f"gitdir: {folder}\n")
    assert not git_is_at_work(str(tmp_path / "other"))
    (folder / "index.lock").touch()
    assert git_is_at_work(str(tmp_path / "other"))


def test_a_file_is_compared_by_what_is_in_it(tmp_path):
    file = tmp_path / "a.md"
    file.write_text("abc")
    inputs = Inputs(tmp_path)
    inputs.read(file)
    known = inputs.files["a.md"]
    assert sweep.same(sweep.look(str(file), known), known)
    os.utime(file, (1, 1))
    assert sweep.same(sweep.look(str(file), known), known)
    file.write_text("abd")
    assert not sweep.same(sweep.look(str(file), known), known)
    file.unlink()
    assert sweep.look(str(file), known) is None
    file.mkdir()
    assert sweep.look(str(file), known) is None


def test_of_a_huge_file_it_is_known_what_the_build_read_of_it(tmp_path):
    file = tmp_path / "huge.md"
    with open(file, "wb") as made:
        made.truncate(READ_MAX + 5)
    inputs, others = Inputs(tmp_path), Inputs(tmp_path)
    inputs.read(file)
    others.sha256(file)
    for known in (inputs.files["huge.md"], others.files["huge.md"]):
        assert sweep.same(sweep.look(str(file), known, sure=True), known)


def test_what_cannot_be_read_is_different_from_what_is_not_there(tmp_path):
    file = tmp_path / "loop"
    file.symlink_to("loop")
    assert sweep.look(str(file), None) is None
    assert sweep.look(str(tmp_path / ("x" * 300)), None) is None
    assert sweep.look(str(tmp_path / "a\0b"), None) is None
    assert not sweep.same(sweep.UNREADABLE, None)
    assert sweep.same(sweep.UNREADABLE, Stamp(0, -1, "", True))


def test_the_ground_of_a_missing_folder_is_the_nearest_that_is_there(tmp_path):
    ground = Ground(str(tmp_path), [Item("a/b/c.md"), Item("d", folder=True), Item("/nowhere/at/all.css")])
    assert set(ground.reals()) == {str(tmp_path), "/"}
    assert ground.meaning(str(tmp_path), "a", named=True)[1] == [str(tmp_path / "a")]
    assert ground.meaning("/", "nowhere", named=True)[1] == ["/nowhere"]
    assert ground.under([str(tmp_path / "a")]) == {str(tmp_path / "a"), str(tmp_path / "a/b")}
