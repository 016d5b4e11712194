"""Whatever was read and is different now is told, in every way of watching; nothing else ever is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from watched import CEILING, NEVER, SILENCE, STYLES, Desk, age, be_patient, prepare, write

SITE = {
    "linkhome.yaml": "profile: {name: Lina}\n",
    "posts/zagreb.md": "Drawn on slow trains.\n",
    "posts/2026/basel.md": "A bridge at night.\n",
    "media/front.png": "a picture",
    "theme/static/own.css": "body{}",
}


@pytest.fixture(params=["inotify", "observer", "polling"])
def desk(request, tmp_path, monkeypatch):
    prepare(request.param, monkeypatch)
    before = threading.active_count()
    desk = Desk(write(tmp_path / "my-site", SITE), request.param)
    age(desk.root)
    desk.read().follow()
    yield desk
    desk.watch.close()
    assert threading.active_count() == before


#: Where all comes down to the same events, the third way is not tried again.
FEWER_WAYS = pytest.mark.parametrize("desk", ["inotify", "polling"], indirect=True)


@pytest.mark.parametrize("save", STYLES)
def test_a_save_in_any_style_is_told_by_name(desk, save):
    changed = desk.after(lambda: save(desk.root / "posts/zagreb.md", "Drawn on slower trains, and painted.\n"))
    assert changed >= {"posts/zagreb.md"}
    assert changed <= {"posts/zagreb.md", "posts"}
    assert desk.catches_up()
    assert desk.is_silent()


def test_a_new_file_is_told_as_the_folder_that_it_is_in(desk):
    assert desk.after(lambda: write(desk.root, {"posts/graz.md": "Now."})) == {"posts"}
    assert desk.catches_up()
    assert desk.texts["posts/graz.md"] == b"Now."
    assert desk.is_silent()


def test_a_removed_file_is_told_and_so_is_one_that_comes_back(desk):
    file = desk.root / "posts/2026/basel.md"
    assert desk.after(file.unlink) == {"posts/2026", "posts/2026/basel.md"}
    desk.read().follow()
    assert desk.after(lambda: file.write_text("Back.")) == {"posts/2026"}
    assert desk.catches_up()


def test_a_new_folder_is_told_and_then_what_is_in_it(desk):
    assert desk.after(lambda: write(desk.root, {"posts/2027/one.md": "One."})) == {"posts"}
    desk.read().follow()
    assert desk.after(lambda: write(desk.root, {"posts/2027/one.md": "Another."})) == {"posts/2027/one.md"}


def test_a_folder_may_be_renamed_and_renamed_back(desk):
    folder, other = desk.root / "posts/2026", desk.root / "posts/2025"
    assert desk.after(lambda: folder.rename(other)) >= {"posts", "posts/2026", "posts/2026/basel.md"}
    assert desk.catches_up()
    desk.after(lambda: other.rename(folder))
    assert desk.catches_up()
    assert desk.after(lambda: write(desk.root, {"posts/2026/basel.md": "Later."})) == {"posts/2026/basel.md"}
    assert desk.catches_up()
    assert desk.is_silent()


@FEWER_WAYS
def test_what_was_looked_for_in_vain_is_told_when_it_is_there_at_last(desk):
    desk.take("pages/imprint/text.md")
    desk.follow()
    assert desk.is_silent()
    changed = desk.after(lambda: write(desk.root, {"pages/imprint/text.md": "Who I am."}))
    assert changed == {"pages/imprint/text.md"}


@FEWER_WAYS
def test_the_configuration_may_be_deleted_and_restored(desk):
    file = desk.root / "linkhome.yaml"
    text = file.read_text()
    assert desk.after(file.unlink) == {"linkhome.yaml"}
    desk.read().follow()
    assert desk.after(lambda: file.write_text(text)) == {"linkhome.yaml"}
    assert desk.catches_up()
    assert desk.is_silent()


def test_the_same_text_saved_again_is_no_change(desk, monkeypatch):
    be_patient(monkeypatch)

    def save() -> None:
        for style in STYLES:
            style(desk.root / "posts/zagreb.md", SITE["posts/zagreb.md"])
        os.utime(desk.root / "media/front.png")

    saving = threading.Thread(target=save)
    saving.start()
    while saving.is_alive():
        assert desk.watch.wait(0.05) == NEVER
    assert desk.is_silent()


@FEWER_WAYS
def test_reading_is_no_change(desk):
    assert desk.is_silent()
    for _ in range(3):
        desk.read().follow()
        assert desk.watch.wait(0.1) == NEVER


def test_temporary_files_of_editors_and_the_built_site_never_matter(desk):
    names = ["4913", "zagreb.md~", ".zagreb.md.swp", "zagreb.md.bck", ".#zagreb.md", "#zagreb.md#", "x.tmp"]
    names += ["zagreb.md___jb_tmp___", ".goutputstream-AB12CD", "zagreb.md.sb-1a2b-XyZ", "Thumbs.db", ".DS_Store"]
    for name in names:
        write(desk.root, {f"posts/{name}": "x"})
    write(desk.root, {"public/index.html": "x", ".git/HEAD": "x", ".cache/x": "x", "node_modules/a/b.md": "x"})
    assert desk.is_silent()
    desk.read().follow()
    assert desk.is_silent()
    for name in names:
        (desk.root / "posts" / name).unlink()
    shutil.rmtree(desk.root / "public")
    assert desk.is_silent()


@FEWER_WAYS
def test_one_that_was_listed_in_passing_is_not_missed(desk):
    """The build listed a folder at the very moment in which an editor had a file of its own there."""
    backup = desk.root / "posts/zagreb.md~"
    backup.write_text("old")
    deadline = time.monotonic() + CEILING
    while desk.way == "inotify" and not desk.watch._journal.passed(str(desk.root / "posts")):
        assert time.monotonic() < deadline
        assert desk.is_silent()
    desk.read()
    backup.unlink()
    desk.follow()
    if desk.way == "polling":  # who is told nothing cannot know that it was there
        desk.settle()
    assert desk.is_silent()


def test_many_files_at_once_are_told_together(desk):
    write(desk.root, {f"posts/p{number}.md": "old" for number in range(200)})
    desk.settle()

    def check_out() -> None:
        for number in range(200):
            (desk.root / f"posts/p{number}.md").write_text("new")

    told = [desk.after(check_out)]
    desk.read().follow()
    while changed := desk.watch.wait(SILENCE):
        told.append(changed)
        desk.read().follow()
    assert desk.texts == Desk.now(desk.root)
    assert frozenset().union(*told) <= {f"posts/p{number}.md" for number in range(200)}
    assert len(told) <= 20  # one on a machine with nothing else to do


def test_a_linked_folder_is_watched_where_it_really_is(desk, tmp_path):
    real = write(tmp_path / "disk", {"a.png": "one", "deep/b.png": "two"})
    shutil.rmtree(desk.root / "media")
    (desk.root / "media").symlink_to(real)
    desk.settle()
    assert desk.after(lambda: (real / "a.png").write_text("three")) == {"media/a.png"}
    desk.read().follow()
    assert desk.after(lambda: (real / "deep/b.png").write_text("four")) == {"media/deep/b.png"}
    desk.read().follow()
    assert desk.after(lambda: (real / "c.png").write_text("five")) == {"media"}
    assert desk.catches_up()


@FEWER_WAYS
def test_a_linked_folder_may_be_made_to_lead_elsewhere(desk, tmp_path):
    write(tmp_path, {"one/a.png": "one", "two/a.png": "two"})
    shutil.rmtree(desk.root / "media")
    (desk.root / "media").symlink_to(tmp_path / "one")
    desk.settle()

    def point_elsewhere() -> None:
        (desk.root / "media").unlink()
        (desk.root / "media").symlink_to(tmp_path / "two")

    assert "media/a.png" in desk.after(point_elsewhere)
    assert desk.catches_up()
    assert desk.after(lambda: (tmp_path / "two/a.png").write_text("three")) == {"media/a.png"}


@FEWER_WAYS
def test_a_linked_file_is_watched_where_it_really_is(desk, tmp_path):
    write(tmp_path, {"disk/a.txt": "one", "other/b.txt": "two"})
    (tmp_path / "middle.txt").symlink_to("disk/a.txt")
    (desk.root / "posts/linked.md").symlink_to("../../middle.txt")
    desk.settle()
    assert desk.texts["posts/linked.md"] == b"one"
    assert desk.after(lambda: (tmp_path / "disk/a.txt").write_text("three")) == {"posts/linked.md"}
    desk.read().follow()

    def point_elsewhere() -> None:
        (desk.root / "posts/linked.md").unlink()
        (desk.root / "posts/linked.md").symlink_to(tmp_path / "other/b.txt")

    assert "posts/linked.md" in desk.after(point_elsewhere)
    desk.read().follow()
    assert desk.after(lambda: (tmp_path / "other/b.txt").write_text("four")) == {"posts/linked.md"}


@FEWER_WAYS
def test_a_site_that_is_itself_a_link_is_watched(desk, tmp_path):
    (tmp_path / "alias").symlink_to(desk.root)
    other = Desk(tmp_path / "alias", desk.way).read().follow()
    try:
        assert other.after(lambda: (desk.root / "posts/zagreb.md").write_text("new")) == {"posts/zagreb.md"}
    finally:
        other.watch.close()


@FEWER_WAYS
def test_files_outside_of_the_site_are_watched_under_their_whole_name(desk, tmp_path):
    outside = write(tmp_path, {"themes/base/page.html": "<p>"}) / "themes/base/page.html"
    desk.inputs.sha256(outside)
    desk.follow()
    assert desk.after(lambda: outside.write_text("<b>")) == {str(outside)}


@FEWER_WAYS
def test_what_was_told_is_told_again_until_it_is_followed(desk):
    assert desk.after(lambda: write(desk.root, {"posts/zagreb.md": "One."})) == {"posts/zagreb.md"}
    write(desk.root, {"posts/2026/basel.md": "Two."})
    both = {"posts/zagreb.md", "posts/2026/basel.md"}
    deadline = threading.Event()
    while (told := desk.watch.wait(CEILING)) != both:  # the second one may not have been heard of yet
        assert told == {"posts/zagreb.md"}
        deadline.wait(0.02)
    write(desk.root, {"posts/zagreb.md": SITE["posts/zagreb.md"]})
    while (told := desk.watch.wait(CEILING)) != {"posts/2026/basel.md"}:
        assert told == both
        deadline.wait(0.02)


def test_waiting_ends_when_the_time_is_over_or_somebody_wakes_it(desk):
    assert desk.watch.wait(0) == NEVER
    assert desk.after(desk.watch.wake) == NEVER
    desk.watch.wake()
    assert desk.watch.wait() == NEVER
    assert desk.after(desk.watch.close) == NEVER
    assert desk.watch.wait() == NEVER


def test_watchdog_is_imported_only_when_there_is_something_to_hear():
    code = (
        "import sys, pathlib\n"
        "from linkhome.preview.watch import Watch\n"
        "watch = Watch(pathlib.Path.cwd(), poll=True)\n"
        "watch.follow({'linkhome.yaml': None}, {})\n"
        "assert not watch.wait(0.2)\n"
        "watch.close()\n"
        "sys.exit('watchdog' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=Path.home(), timeout=CEILING).returncode == 0
