"""Nothing is lost between a build and the next, whatever happens to folders, links, threads, clocks and queues."""

from __future__ import annotations

import errno
import os
import shutil
import threading
import time
from pathlib import Path

import pytest
from watched import CEILING, NEVER, SILENCE, Desk, age, be_patient, prepare, write

from linkhome.preview import hearing, mounts, notices, quiet
from linkhome.preview.journal import Kind
from linkhome.preview.known import Hints

SITE = {
    "linkhome.yaml": "profile: {name: Lina}\n",
    "posts/zagreb.md": "Drawn on slow trains.\n",
    "posts/2026/basel.md": "A bridge at night.\n",
    "media/front.png": "a picture",
}


@pytest.fixture
def desk(tmp_path, monkeypatch):
    prepare("inotify", monkeypatch)
    before = threading.active_count()
    desk = Desk(write(tmp_path / "studio/my-site", SITE))
    yield desk
    desk.watch.close()
    assert threading.active_count() == before


class Deaf:
    """Tell of nothing, and give as many watches as it has; alive until it is said to be dead."""

    def __init__(self, watches: int = 10_000) -> None:
        self.watches = watches
        self.dead = False

    def add(self, folder: str) -> None:
        if not self.watches:
            raise OSError(errno.ENOSPC, "no space left on device", folder)
        self.watches -= 1

    def remove(self, folder: str) -> None:
        self.watches += 1

    def alive(self) -> bool:
        return not self.dead

    def close(self) -> None:
        self.dead = True


@pytest.fixture
def deaf(monkeypatch):
    source = Deaf()
    monkeypatch.setattr(notices, "source", lambda tell: source)
    return source


def test_a_change_during_the_first_build_is_told(desk):
    desk.read()
    write(desk.root, {"posts/zagreb.md": "Meanwhile.\n", "posts/graz.md": "New.\n"})
    desk.follow()
    assert desk.watch.wait(CEILING) == {"posts/zagreb.md", "posts"}


def test_a_change_during_a_later_build_is_told(desk):
    desk.settle()
    assert desk.after(lambda: write(desk.root, {"posts/zagreb.md": "First."})) == {"posts/zagreb.md"}
    desk.read()
    write(desk.root, {"posts/zagreb.md": "Second.", "posts/2026/basel.md": "Too."})
    desk.follow()
    assert desk.catches_up()


def test_a_change_of_a_file_that_is_read_for_the_first_time_is_told(desk):
    note = write(desk.root, {"posts/notes.txt": "one"}) / "posts/notes.txt"
    desk.settle()
    desk.take("posts/notes.txt")
    note.write_text("two")
    desk.follow()
    assert desk.watch.wait(CEILING) == {"posts/notes.txt"}


@pytest.mark.parametrize("first", [True, False])
def test_a_time_stamp_that_stays_the_same_hides_no_change(desk, first):
    file = desk.root / "posts/zagreb.md"
    if not first:
        desk.settle()
    desk.read()
    seen = file.stat()
    file.write_text(SITE["posts/zagreb.md"].upper())
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    desk.follow()
    assert desk.watch.wait(CEILING) == {"posts/zagreb.md"}


def test_a_copy_that_keeps_its_time_is_told_although_the_old_one_was_of_the_same_age_and_size(desk):
    age(desk.root)
    desk.settle()
    other = write(desk.root.parent, {"other.md": SITE["posts/zagreb.md"].upper()}) / "other.md"
    age(desk.root.parent)
    assert desk.after(lambda: shutil.copy2(other, desk.root / "posts/zagreb.md")) == {"posts/zagreb.md"}


def test_a_folder_in_the_place_of_another_is_heard_from(desk):
    other = write(desk.root.parent, {"other/basel.md": "Another bridge.\n"}) / "other"
    desk.settle()

    def exchange() -> None:
        (desk.root / "posts/2026").rename(desk.root.parent / "old")
        other.rename(desk.root / "posts/2026")

    assert "posts/2026/basel.md" in desk.after(exchange)
    assert desk.catches_up()
    assert desk.after(lambda: write(desk.root, {"posts/2026/basel.md": "Later."})) == {"posts/2026/basel.md"}
    desk.read().follow()
    write(desk.root.parent, {"old/basel.md": "Nobody reads this any more."})
    assert desk.is_silent()


def test_a_folder_that_was_removed_and_made_again_is_heard_from(desk):
    """The file system likes to give the new folder the number of the old one."""
    desk.settle()
    for turn in range(5):

        def replace(turn: int = turn) -> None:
            shutil.rmtree(desk.root / "posts")
            write(desk.root, {"posts/zagreb.md": f"Made again, {turn}.", "posts/2026/basel.md": f"This too, {turn}."})

        assert desk.after(replace)
        assert desk.catches_up()
        change = {"posts/2026/basel.md": f"And changed, {turn}."}
        assert desk.after(lambda change=change: write(desk.root, change)) == {"posts/2026/basel.md"}
        desk.read().follow()
    assert desk.is_silent()


def test_the_folder_above_the_site_may_be_renamed_and_renamed_back(desk):
    desk.settle()
    above, other = desk.root.parent, desk.root.parent.with_name("atelier")
    assert "linkhome.yaml" in desk.after(lambda: above.rename(other))
    desk.read().follow()
    assert desk.texts == {"linkhome.yaml": None}
    assert desk.is_silent()
    assert "linkhome.yaml" in desk.after(lambda: other.rename(above))
    assert desk.catches_up()
    assert desk.after(lambda: write(desk.root, {"posts/zagreb.md": "Later."})) == {"posts/zagreb.md"}


def test_the_site_may_be_removed_and_made_again(desk):
    desk.settle()
    assert "linkhome.yaml" in desk.after(lambda: shutil.rmtree(desk.root))
    desk.read().follow()
    assert "linkhome.yaml" in desk.after(lambda: write(desk.root, SITE))
    assert desk.catches_up()


def test_more_events_than_the_kernel_keeps_are_no_loss(desk, monkeypatch):
    """The queue holds 16,384 events; nobody reads it while the journal is held."""
    write(desk.root, {"posts/one.log": "", "posts/two.log": ""})
    desk.settle()
    limit = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
    if limit > 100_000:
        pytest.skip("this kernel keeps more events than a test can make")
    journal, kinds = desk.watch._journal, set()
    take_down = journal.note
    monkeypatch.setattr(desk.watch._hearing._source, "_tell", lambda *told: (kinds.add(told[2]), take_down(*told)))
    with (
        open(desk.root / "posts/one.log", "wb", buffering=0) as one,
        open(desk.root / "posts/two.log", "wb", buffering=0) as two,
        journal._changed,
    ):
        for _ in range(limit // 2 + 5_000):  # in turn: the same event twice would be one
            one.write(b"x")
            two.write(b"x")
        write(desk.root, {"posts/zagreb.md": "Written when nobody could hear it.\n"})
    assert desk.watch.wait(CEILING) == {"posts/zagreb.md"}
    assert Kind.FLOOD in kinds


def test_after_a_sleep_of_the_machine_everything_is_compared(desk, deaf):
    age(desk.root)
    desk.settle()
    write(desk.root, {"posts/zagreb.md": "Changed in its sleep."})
    assert desk.is_silent()
    desk.watch._clock -= 3600  # the clock on the wall went on, the other one did not
    assert desk.watch.wait(CEILING) == {"posts/zagreb.md"}


def test_a_dead_thread_is_replaced_by_looking(desk):
    desk.settle()
    desk.watch._hearing._source._reader.stop()
    assert desk.after(lambda: write(desk.root, {"posts/zagreb.md": "Later."})) == {"posts/zagreb.md"}
    desk.read().follow()
    assert desk.after(lambda: write(desk.root, {"posts/zagreb.md": "Later still."})) == {"posts/zagreb.md"}
    deadline = time.monotonic() + CEILING
    while not desk.told and time.monotonic() < deadline:
        desk.settle()
    assert desk.told == [f"What tells of changes has stopped, so {hearing._OFTEN}."]


def test_folders_beyond_the_number_of_watches_are_looked_at(desk, deaf):
    deaf.watches = 2
    age(desk.root)
    desk.settle()
    assert len(desk.told) == 1
    assert desk.told[0].startswith("The system has no more file watches to give, so files are looked at")
    assert desk.after(lambda: write(desk.root, {"posts/2026/basel.md": "Later."})) == {"posts/2026/basel.md"}
    desk.read().follow()
    assert len(desk.told) == 1


def test_a_system_that_gives_no_watch_at_all_is_looked_at(desk, monkeypatch):
    def none(tell: notices.Tell) -> notices.Source:
        raise OSError(errno.EMFILE, "too many open files")

    monkeypatch.setattr(notices, "source", none)
    desk.settle()
    assert desk.after(lambda: write(desk.root, {"posts/zagreb.md": "Later."})) == {"posts/zagreb.md"}
    assert len(desk.told) == 1


def test_a_folder_on_a_network_is_looked_at_and_the_others_are_heard(desk, deaf, monkeypatch):
    far = desk.root / "media"
    monkeypatch.setattr(mounts, "table", lambda: f"/dev/vda / ext4 rw 0 0\nbox:/pictures {far} nfs4 rw 0 0\n")
    age(desk.root)
    desk.settle()
    assert desk.told == [f"A nfs4 file system does not tell of all changes, so {hearing._OFTEN}."]
    write(desk.root, {"posts/zagreb.md": "Nobody tells of this."})
    assert desk.after(lambda: write(desk.root, {"media/front.png": "another"})) == {"media/front.png"}


def test_a_file_from_the_future_is_not_read_for_ever(desk, deaf, monkeypatch):
    deaf.watches = 0
    age(desk.root)
    ahead = time.time() + 1_000_000
    os.utime(desk.root / "media/front.png", (ahead, ahead))
    monkeypatch.setattr("linkhome.preview.known.RACY_NS", 50_000_000)
    desk.settle()
    desk.watch.wait(3 * SILENCE)
    known = desk.watch._known
    items = desk.watch._hearing.ground.items([str(desk.root / "media")])
    assert known.doubtful(items, lambda _: Hints()) == ([], [])
    assert desk.after(lambda: write(desk.root, {"media/front.png": "A PICTURE"})) == {"media/front.png"}


def test_a_build_that_came_to_nothing_is_not_begun_again_and_again(desk):
    """It hands on the stamps that it was given for what it did not come to."""
    desk.settle()
    old = dict(desk.inputs.files)
    assert desk.after(lambda: write(desk.root, {"posts/zagreb.md": "Changed.", "linkhome.yaml": "[broken"}))
    write(desk.root, {"linkhome.yaml": "[more broken"})
    desk.take("linkhome.yaml")
    desk.watch.follow({**old, "linkhome.yaml": desk.inputs.files["linkhome.yaml"]}, desk.inputs.folders)
    desk.watch._stir(desk.watch._hearing.ground.places)  # as after too many events
    assert desk.is_silent()
    assert desk.after(lambda: write(desk.root, {"posts/zagreb.md": SITE["posts/zagreb.md"]})) == {"posts/zagreb.md"}


@pytest.mark.parametrize("way", ["inotify", "polling"])
def test_a_build_may_ask_whether_it_is_overtaken(tmp_path, monkeypatch, way):
    prepare(way, monkeypatch)
    desk = Desk(write(tmp_path, SITE), way)
    try:
        age(desk.root)
        desk.settle()
        assert not desk.watch.touched()
        desk.after(lambda: write(desk.root, {"posts/zagreb.md": "One."}))
        time.sleep(SILENCE)
        assert not desk.watch.touched(), "what was told is what is being built"
        write(desk.root, {"posts/zagreb.md": "One.", "posts/other.log": "x"})
        time.sleep(SILENCE)
        assert not desk.watch.touched() or "posts" in desk.watch.wait(CEILING)
        write(desk.root, {"posts/2026/basel.md": "Two."})
        deadline = time.monotonic() + CEILING
        while not desk.watch.touched() and time.monotonic() < deadline:
            time.sleep(0.005)
        assert desk.watch.touched()
        assert desk.watch.wait(CEILING) >= {"posts/zagreb.md", "posts/2026/basel.md"}
        desk.read().follow()
        assert not desk.watch.touched()
    finally:
        desk.watch.close()


def test_a_half_written_file_is_not_told(desk, monkeypatch):
    be_patient(monkeypatch)
    file = desk.root / "posts/zagreb.md"
    desk.settle()

    def save() -> None:
        with open(file, "w") as opened:
            time.sleep(0.1)
            opened.write("Half ")
            opened.flush()
            time.sleep(0.1)
            opened.write("and half.")

    assert desk.after(save) == {"posts/zagreb.md"}
    assert file.read_text() == "Half and half."


def test_a_file_that_is_written_under_another_name_is_not_told_before_it_has_its_own(desk, monkeypatch):
    be_patient(monkeypatch)
    spare = desk.root / "posts/zagreb.md.aB3xYz"
    desk.settle()

    def save() -> None:
        spare.write_text("Written with care.")
        time.sleep(0.1)  # until it is safe on the disk
        spare.replace(desk.root / "posts/zagreb.md")

    assert desk.after(save) == {"posts/zagreb.md"}


def test_a_file_that_stays_empty_is_told(desk):
    desk.settle()
    assert desk.after(lambda: (desk.root / "posts/zagreb.md").write_text("")) == {"posts/zagreb.md"}


def test_what_git_changes_is_told_when_git_is_done(desk, monkeypatch):
    monkeypatch.setattr(quiet, "LONGEST", CEILING)
    lock = write(desk.root, {".git/HEAD": "ref: refs/heads/main\n"}) / ".git/index.lock"
    desk.settle()

    def check_out() -> None:
        lock.touch()
        for number in range(10):
            write(desk.root, {f"posts/p{number}.md": "x", "posts/zagreb.md": f"{number}"})
            time.sleep(0.05)
        shutil.rmtree(desk.root / "posts/2026")
        lock.rename(lock.with_name("index"))

    assert desk.after(check_out) == {"posts", "posts/zagreb.md", "posts/2026", "posts/2026/basel.md"}
    assert desk.catches_up()
    assert desk.is_silent()


def test_many_folders_cost_one_thread(desk):
    before = threading.active_count()
    write(desk.root, {f"posts/{number}/index.md": "x" for number in range(300)})
    desk.settle()
    assert threading.active_count() <= before + 1
    assert desk.after(lambda: write(desk.root, {"posts/217/index.md": "y"})) == {"posts/217/index.md"}


def test_closing_in_the_middle_of_changes_leaves_no_thread(tmp_path):
    before = threading.active_count()
    write(tmp_path, SITE)
    for _ in range(10):
        desk = Desk(tmp_path).read().follow()
        write(tmp_path, {"posts/zagreb.md": f"{time.monotonic()}"})
        desk.watch.close()
        assert threading.active_count() == before
        assert desk.watch.wait() == NEVER
