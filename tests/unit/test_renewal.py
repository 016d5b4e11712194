"""Renew one copy: what is written, what is remembered, and what stays when something is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from linkhome.embeds import inquire, keep, saved
from linkhome.embeds.answer import Answer, FetchError
from linkhome.embeds.inquire import Failure, Inquirer
from linkhome.embeds.record import Owner
from linkhome.embeds.renewal import Renewed, renew
from linkhome.embeds.state import DAY, HOUR, Entry
from linkhome.embeds.turns import Turns
from linkhome.embeds.wanted import Wanted

PAGE = "https://ada.example/a-page"
PICTURE = "https://ada.example/a.png"
NOW = 1_795_600_000.0


class Site:
    """Be the page and the picture, and count who is asked."""

    def __init__(self, picture: bytes) -> None:
        self.title, self.tag, self.image = "A page", "", PICTURE
        self.picture: bytes | Exception = picture
        self.asked: list[str] = []
        self.marks: list[str] = []

    def get(self, url: str, limits: Any, *, etag: str = "", **_: Any) -> Answer:
        self.asked.append(url)
        if url != PAGE:
            if isinstance(self.picture, Exception):
                raise self.picture
            return Answer(200, {"content-type": "image/png"}, self.picture, url)
        self.marks.append(etag)
        if etag and etag == self.tag:
            return Answer(304, {}, b"", url)
        head = f'<meta property="og:title" content="{self.title}"><meta property="og:image" content="{self.image}">'
        tag = {"etag": self.tag} if self.tag else {}
        return Answer(200, {"content-type": "text/html", **tag}, f"<!doctype html>{head}".encode(), url)


@pytest.fixture
def there(image: Any, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(inquire, "SECOND_TRY", (0.0, 0.0))
    monkeypatch.setattr(inquire, "PAUSES", {"page": 0.0, "feed": 0.0})
    return Site(image(640, 400))


def again(there: Site, folder: Path, before: Renewed | None = None, later: float = 0.0, **more: Any) -> Renewed:
    stopping = threading.Event()
    inquirer = Inquirer(there, Turns(stopping), stopping)  # type: ignore[arg-type]
    there.asked.clear()
    entry = before.entry if before else Entry()
    return renew(Wanted(PAGE), folder, inquirer, entry, NOW + later, "2026-11-24", **more)


def good(folder: Path) -> Any:
    record = keep.load(folder, PAGE)
    assert record and record.good
    return record.good


def test_the_first_time(there, tmp_path):
    done = again(there, tmp_path)
    assert (done.changed, done.problem, done.asked, done.warnings) == (True, "", True, ())
    assert there.asked == [PAGE, PICTURE]
    assert (good(tmp_path).title, good(tmp_path).fetched) == ("A page", "2026-11-24")
    assert good(tmp_path).image.width == 640
    assert done.entry.next_try == NOW + 7 * DAY


def test_the_same_again_writes_nothing_and_fetches_no_picture(there, tmp_path):
    first = again(there, tmp_path)
    path = saved.place(tmp_path, PAGE)
    before = path.stat().st_mtime_ns
    second = again(there, tmp_path, first, later=8 * DAY)
    assert (second.changed, there.asked, path.stat().st_mtime_ns) == (False, [PAGE], before)
    assert second.entry.checked == NOW + 8 * DAY


def test_not_modified_is_as_good_as_the_same(there, tmp_path):
    there.tag = '"1"'
    first = again(there, tmp_path)
    second = again(there, tmp_path, first, later=8 * DAY)
    assert there.marks == ["", '"1"']
    assert (second.changed, second.problem, second.entry.next_try) == (False, "", NOW + 15 * DAY)
    assert second.entry.asks == first.entry.asks


def test_a_copy_without_all_its_pictures_is_not_enough(there, tmp_path):
    there.tag = '"1"'
    first = again(there, tmp_path)
    whole = {path.name: path.read_bytes() for path in saved.place(tmp_path, PAGE).parent.iterdir()}
    for name in [good(tmp_path).image.fallback, good(tmp_path).image.sizes[0].file]:
        (saved.place(tmp_path, PAGE).parent / name).unlink()
        again(there, tmp_path, first)
        assert there.asked == [PAGE, PICTURE]
        assert {path.name: path.read_bytes() for path in saved.place(tmp_path, PAGE).parent.iterdir()} == whole


def test_a_picture_that_cannot_be_had_is_tried_again_although_the_page_is_the_same(there, tmp_path):
    there.tag = '"1"'
    bytes_of_it, there.picture = there.picture, FetchError("slow", "images.example did not answer in time")
    first = again(there, tmp_path)
    assert first.warnings == (f"{keep.key(PAGE)}: no picture, images.example did not answer in time",)
    assert first.entry.next_try == NOW + DAY, "a card without a picture may get one soon"
    there.picture = bytes_of_it
    second = again(there, tmp_path, first)
    assert there.marks == ["", ""]
    assert second.changed
    assert good(tmp_path).image


def test_a_new_address_of_a_picture_is_fetched_and_the_old_one_forgotten(there, tmp_path):
    done = again(there, tmp_path)
    for day in range(3):
        there.image = f"https://ada.example/signed-{day}.png"
        done = again(there, tmp_path, done)
        assert there.asked == [PAGE, there.image]
        assert not done.changed, "the bytes are the same"
    assert set(done.entry.asks) == {there.image}


def test_an_answer_that_is_held_fetches_no_picture_and_changes_nothing(there, tmp_path):
    first = again(there, tmp_path)
    before = saved.place(tmp_path, PAGE).read_bytes()
    there.title, there.image = "ada.example", "https://ada.example/logo.png"
    record = keep.load(tmp_path, PAGE)
    assert record and record.good
    keep.write(tmp_path, PAGE, structs.replace(record, good=structs.replace(record.good, author="Ada")))
    there.title = ""
    held = again(there, tmp_path, first)
    assert held.problem
    assert held.entry.held or held.entry.code
    assert there.asked == [PAGE]
    assert json.loads(before)["good"]["title"] == good(tmp_path).title


def test_a_failure_counts_and_the_copy_stays(there, tmp_path):
    first = again(there, tmp_path)
    before = saved.place(tmp_path, PAGE).read_bytes()
    there.get = lambda url, limits, **_: Answer(500, {}, b"<title>Internal error</title>", url)
    failed = again(there, tmp_path, first)
    assert (failed.changed, failed.entry.fails, failed.entry.next_try) == (False, 1, NOW + HOUR)
    assert failed.problem == failed.entry.why
    assert saved.place(tmp_path, PAGE).read_bytes() == before


def test_a_player_that_was_forbidden_comes_back_when_it_is_allowed_again(there, tmp_path, monkeypatch):
    there.tag = '"1"'
    first = again(there, tmp_path)
    with monkeypatch.context() as forbidden:
        forbidden.setattr(Inquirer, "ask", refuse)
        closed = again(there, tmp_path, first, 8 * DAY)
    copy, _ = saved.read(tmp_path, PAGE)
    assert closed.changed and closed.problem == "it may not be embedded" and copy and not copy.plays and copy.title
    again(there, tmp_path, closed, 9 * DAY)
    copy, _ = saved.read(tmp_path, PAGE)
    assert there.marks[-1] == "" and copy and copy.plays


def refuse(*_: Any, **__: Any) -> Any:
    raise Failure("private", "it may not be embedded")


def test_a_damaged_copy_is_named_and_replaced(there, tmp_path):
    path = saved.place(tmp_path, PAGE)
    path.parent.mkdir(parents=True)
    path.write_text("{")
    done = again(there, tmp_path)
    assert done.changed
    assert done.warnings[0].startswith(f"the saved copy {keep.key(PAGE)} cannot be used (")
    assert good(tmp_path).title == "A page"


def test_a_copy_of_a_later_version_is_left_alone(there, tmp_path):
    path = saved.place(tmp_path, PAGE)
    path.parent.mkdir(parents=True)
    path.write_text('{"schema": 99}')
    done = again(there, tmp_path)
    assert (done.asked, there.asked, path.read_text()) == (False, [], '{"schema": 99}')
    assert done.problem


def test_a_folder_that_leads_elsewhere_is_not_followed(there, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved/web").symlink_to(tmp_path / "elsewhere")
    done = again(there, tmp_path / "saved")
    assert (done.asked, there.asked) == (False, [])
    assert done.problem.startswith("the saved copy cannot be read: ")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_creators_words_survive(there, tmp_path):
    first = again(there, tmp_path)
    record = keep.load(tmp_path, PAGE)
    assert record
    values = json.loads(saved.place(tmp_path, PAGE).read_text())
    values["owner"] = {"title": "Mine"}
    saved.place(tmp_path, PAGE).write_text(json.dumps(values))
    there.title = "Another page"
    assert again(there, tmp_path, first).changed
    record = keep.load(tmp_path, PAGE)
    assert record and record.good
    assert (record.good.title, record.owner) == ("Another page", Owner(title="Mine"))


#: Four threads meet the shapes of copies for the first time, and change places as often as they can.
THREADS = """
import sys, threading
sys.setswitchinterval(1e-6)
from linkhome.embeds import record
data = b'{"schema": 1, "good": {"title": "a", "image": {"file": "a"}, "items": [{"title": "b"}]}, "owner": {}}'
gate = threading.Barrier(4)
def read():
    gate.wait()
    record.parse_item(record.parse(data).good.items[0])
threads = [threading.Thread(target=read) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


def test_workers_that_meet_copies_for_the_first_time_do_not_end_the_process():
    ends = [subprocess.run([sys.executable, "-c", THREADS], capture_output=True) for _ in range(8)]
    assert {end.returncode for end in ends} == {0}, ends
