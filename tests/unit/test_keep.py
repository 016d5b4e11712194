"""Writing the saved copies: what is written, what is never lost, and what nobody wants any more."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from linkhome import durable
from linkhome.embeds import keep, saved
from linkhome.embeds.record import DamagedError, Good, Image, Item, NewerError, Owner, Record, Size, parse

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
CHANNEL = "https://www.youtube.com/@linamarlow"
STEM = "0123456789abcdef"
IMAGE = Image(file=f"{STEM}-640.webp", width=640, height=360, sizes=[Size(f"{STEM}-640.webp", 640)], sha256="ab")
RECORD = Record(url=VIDEO, platform="youtube.video", id="dQw4w9WgXcQ", good=Good(title="Nachtzüge 🚂", duration=768.0))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "saved"


def put(folder: Path, content: Any, address: str = VIDEO) -> Path:
    path = saved.place(folder, address)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def held(folder: Path, address: str = VIDEO) -> dict[str, Any]:
    return json.loads(saved.place(folder, address).read_bytes())


def item(url: str, **more: Any) -> Raw:
    return Raw(msgspec.json.encode(Item(url=url, **more)))


# ------------------------------------------------------------------ what is written


def test_the_file_is_canonical_and_easy_to_edit(folder):
    assert keep.write(folder, VIDEO, RECORD) is True
    assert saved.place(folder, VIDEO).read_text("utf-8") == (
        """{
 "good": {
  "duration": 768,
  "title": "Nachtzüge 🚂"
 },
 "id": "dQw4w9WgXcQ",
 "owner": {
  "author": null,
  "hide": false,
  "image": null,
  "text": null,
  "title": null
 },
 "platform": "youtube.video",
 "schema": 1,
 "url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
}
"""
    )


def test_what_was_written_is_read_back(folder):
    record = Record(
        url=CHANNEL,
        facts={"channel": "UCx"},
        good=Good(title="Lina", image=IMAGE, items=[item(VIDEO, title="One", owner=Owner(hide=True))]),
        owner=Owner(title="Mine", image=Image(file="mine.jpg", alt="Me")),
    )
    keep.write(folder, CHANNEL, record)
    found = keep.load(folder, CHANNEL)
    assert found is not None and found.good is not None and record.good is not None
    assert msgspec.structs.replace(found, good=None) == msgspec.structs.replace(record, good=None)
    assert found.good.image == IMAGE
    assert held(folder, CHANNEL)["good"]["items"] == [
        {"url": VIDEO, "title": "One", "owner": {**_words(), "hide": True}}
    ]


def _words() -> dict[str, Any]:
    return {"author": None, "hide": False, "image": None, "text": None, "title": None}


def test_nothing_is_there_yet(folder):
    assert keep.load(folder, VIDEO) is None


def test_a_key_is_for_people_and_the_same_for_all_spellings():
    assert keep.key(VIDEO) == keep.key("https://youtu.be/dQw4w9WgXcQ?si=x") == "youtube/dQw4w9WgXcQ-6bc35c67"


def test_what_says_the_same_is_not_written(folder, monkeypatch):
    keep.write(folder, VIDEO, RECORD)
    path = saved.place(folder, VIDEO)
    monkeypatch.setattr(durable, "write_file", None)
    assert keep.write(folder, VIDEO, RECORD) is False
    path.write_text(json.dumps({**held(folder), "resolved_url": None}, indent=4))  # as another editor leaves it
    assert keep.write(folder, VIDEO, RECORD) is False
    put(folder, {"url": VIDEO, "platform": "youtube.video", "id": "dQw4w9WgXcQ", "good": held(folder)["good"]})
    assert keep.write(folder, VIDEO, RECORD) is False


# ------------------------------------------------------------------ what is never lost


def test_the_creator_s_words_on_the_disk_win(folder):
    words = {"title": "Mine", "hide": True, "note": "of a later version"}
    put(folder, {"good": {"title": "old"}, "owner": words})
    keep.write(folder, VIDEO, msgspec.structs.replace(RECORD, owner=Owner(title="stale")))
    assert held(folder)["owner"] == words
    assert held(folder)["good"]["title"] == "Nachtzüge 🚂"


def test_unknown_keys_survive_everywhere(folder):
    old = {
        "remark": ["mine"],
        "good": {
            "title": "old",
            "later": 1,
            "image": {"file": IMAGE.file, "focus": "20% 30%"},
            "items": [
                {"url": "https://youtu.be/dQw4w9WgXcQ", "later": {"a": None}, "image": {"file": "x.webp", "y": 1}}
            ],
        },
    }
    put(folder, old, CHANNEL)
    good = Good(title="new", image=IMAGE, items=[item("https://lina.example/"), item(VIDEO, title="One", image=IMAGE)])
    keep.write(folder, CHANNEL, Record(good=good))
    found = held(folder, CHANNEL)
    assert found["remark"] == ["mine"]
    assert (found["good"]["title"], found["good"]["later"]) == ("new", 1)
    assert found["good"]["image"]["focus"] == "20% 30%"
    assert found["good"]["items"][1]["later"] == {"a": None}
    assert "y" not in found["good"]["items"][1]["image"]  # it was said of another picture
    assert keep.write(folder, CHANNEL, Record(good=good)) is False


def test_words_on_an_entry_survive_also_those_that_were_just_written(folder):
    put(folder, {"good": {"items": [{"url": VIDEO, "owner": {"title": "Mine"}}, {"url": "x", "owner": 3}]}}, CHANNEL)
    keep.write(folder, CHANNEL, Record(good=Good(items=[item("https://youtu.be/dQw4w9WgXcQ", title="One")])))
    assert held(folder, CHANNEL)["good"]["items"][0]["owner"] == {"title": "Mine"}


def test_a_record_without_good_leaves_ours(folder):
    keep.write(folder, VIDEO, RECORD)
    keep.write(folder, VIDEO, Record(url=VIDEO, facts={"a": "b"}))
    assert held(folder)["good"]["title"] == "Nachtzüge 🚂"
    assert held(folder)["facts"] == {"a": "b"}


@pytest.mark.parametrize(
    "data",
    [b"{", b"\xff\xfe", b"[]", b'{"good": {"title": 3}}', b'"x"', b"{}" + b" " * 530_000],
    ids=range(6),
)
def test_a_damaged_file_is_named_and_its_bytes_are_kept(folder, data):
    path = put(folder, data)
    with pytest.raises(DamagedError):
        keep.load(folder, VIDEO)
    assert keep.write(folder, VIDEO, RECORD) is True
    assert held(folder)["good"]["title"] == "Nachtzüge 🚂"
    (beside,) = [one for one in path.parent.iterdir() if one != path]
    assert beside.name.startswith("dQw4w9WgXcQ-6bc35c67.damaged-")
    assert beside.read_bytes() == data
    path.write_bytes(data)
    keep.write(folder, VIDEO, RECORD)
    assert len(list(path.parent.iterdir())) == 2


def test_where_there_are_no_links_the_bytes_are_copied(folder, monkeypatch):
    path = put(folder, b"{")

    def link(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    keep.write(folder, VIDEO, RECORD)
    assert sorted(one.read_bytes()[:2] for one in path.parent.iterdir()) == [b"{", b"{\n"]


def test_nothing_is_kept_of_an_empty_file(folder):
    path = put(folder, b"")
    keep.write(folder, VIDEO, RECORD)
    assert list(path.parent.iterdir()) == [path]


def test_what_the_creator_said_in_a_damaged_file_stays_as_far_as_it_can_be_used(folder):
    put(folder, {"good": {"title": 3}, "owner": {"title": "Mine", "text": 4, "later": 5}, "remark": 6})
    keep.write(folder, VIDEO, RECORD)
    assert held(folder)["owner"] == {"title": "Mine", "later": 5}
    assert held(folder)["remark"] == 6
    assert keep.load(folder, VIDEO) is not None


def test_a_file_of_a_later_linkhome_is_left_alone(folder):
    path = put(folder, {"schema": 2, "good": {"title": "later"}})
    before = path.read_bytes()
    with pytest.raises(NewerError):
        keep.load(folder, VIDEO)
    with pytest.raises(NewerError):
        keep.write(folder, VIDEO, RECORD)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=9) | st.integers(-(2**70), 2**70),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["good", "owner", "title", "items", "image", "file", "url", "hide", "schema", "x"]),
                inner,
            )
        ),
    ).map(lambda value: json.dumps(value).encode())
    | st.binary(max_size=99)
)
def test_whatever_is_there_a_good_file_comes_of_it(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("saved")
    put(folder, data)
    try:
        changed = keep.write(folder, VIDEO, RECORD)
    except NewerError:
        return
    parse(saved.place(folder, VIDEO).read_bytes())
    assert changed
    assert keep.write(folder, VIDEO, RECORD) is False


def test_a_list_that_is_too_large_loses_its_end(folder):
    words = Owner(text="w" * 4000)
    items = [item(f"https://lina.example/{n}", text="t" * 9000, owner=words if n == 78 else Owner()) for n in range(80)]
    keep.write(folder, CHANNEL, Record(good=Good(items=items)))
    path = saved.place(folder, CHANNEL)
    assert path.stat().st_size <= 512 * 1024
    found = [one["url"].rpartition("/")[2] for one in held(folder, CHANNEL)["good"]["items"]]
    assert found[:2] == ["0", "1"] and found[-1] == "78" and len(found) < 60


def test_what_can_never_fit_is_refused(folder):
    with pytest.raises(OSError, match="larger than 512 KB"):
        keep.write(folder, VIDEO, Record(good=Good(text="t" * 600_000)))
    assert not saved.place(folder, VIDEO).exists()


# ------------------------------------------------------------------ links, and disks that say no


@pytest.mark.parametrize("what", ["file", "folder"])
def test_no_link_is_followed(folder, tmp_path, what):
    outside = tmp_path / "outside"
    outside.mkdir()
    path = saved.place(folder, VIDEO)
    secret = outside / path.name
    secret.write_text('{"good": {"title": "secret"}}')
    if what == "folder":
        folder.mkdir()
        path.parent.symlink_to(outside)
    else:
        path.parent.mkdir(parents=True)
        path.symlink_to(secret)
    with pytest.raises(OSError, match="symbolic link"):
        keep.load(folder, VIDEO)
    with pytest.raises(OSError, match="symbolic link"):
        keep.write(folder, VIDEO, RECORD)
    assert secret.read_text() == '{"good": {"title": "secret"}}'
    assert list(outside.iterdir()) == [secret]
    assert keep.orphans(folder, [], owned=True) == []


def test_the_folder_itself_may_be_a_link(folder, tmp_path):
    (tmp_path / "shared").mkdir()
    folder.symlink_to(tmp_path / "shared")
    assert keep.write(folder, VIDEO, RECORD) is True
    assert keep.load(folder, VIDEO) is not None


def test_a_disk_that_says_no_leaves_everything_as_it_was(folder, monkeypatch):
    path = put(folder, b'{"good": {"title": "old"}}')

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable, "write_all", full)
    with pytest.raises(OSError, match="No space left"):
        keep.write(folder, VIDEO, RECORD)
    assert path.read_bytes() == b'{"good": {"title": "old"}}'
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_folder(folder):
    path = put(folder, b'{"good": {"title": "old"}}')
    path.parent.chmod(0o555)
    try:
        with pytest.raises(PermissionError):
            keep.write(folder, VIDEO, RECORD)
    finally:
        path.parent.chmod(0o755)
    assert list(path.parent.iterdir()) == [path]


# ------------------------------------------------------------------ what nobody wants


def pictures(folder: Path, *stems: str) -> list[Path]:
    made = [saved.place(folder, VIDEO).parent / f"{stem * 16}-640.{kind}" for stem in stems for kind in ("jpg", "webp")]
    for path in made:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return made


def naming(stem: str) -> Good:
    return Good(title="T", image=Image(file=f"{stem * 16}-640.webp", fallback=f"{stem * 16}-640.jpg"))


def test_what_nobody_wants_is_found(folder):
    wanted, unwanted, lost = pictures(folder, "a"), pictures(folder, "b"), pictures(folder, "c")
    keep.write(folder, VIDEO, Record(good=naming("a")))
    keep.write(folder, CHANNEL, Record(good=naming("b")))
    path = saved.place(folder, CHANNEL)
    for mine in ("mine.jpg", "notes.json", "README.md"):
        path.with_name(mine).write_text("mine")
    assert keep.orphans(folder, [VIDEO]) == [path, *unwanted, *lost]
    assert keep.orphans(folder, [VIDEO, CHANNEL]) == lost
    assert wanted[0].exists()


def test_pictures_of_entries_and_of_the_creator_s_words_are_wanted(folder):
    a, b = pictures(folder, "a", "b")[:2], pictures(folder, "b")
    good = Good(items=[item(VIDEO, image=naming("a").image)])
    keep.write(folder, CHANNEL, Record(good=good, owner=Owner(image=b[0].name)))
    assert keep.orphans(folder, [CHANNEL]) == [b[1]]
    assert a[0].exists()


@pytest.mark.parametrize(
    "content",
    [
        {"good": {"title": "T"}, "owner": {"title": "Mine"}},
        {"good": {"items": [{"url": VIDEO, "owner": {"hide": True}}]}},
        {"schema": 2, "good": {"title": "T"}},
        b"{",
    ],
    ids=["words", "words on an entry", "later", "damaged"],
)
def test_what_holds_the_creator_s_words_is_only_named_when_asked_for(folder, content):
    path = put(folder, content)
    assert keep.orphans(folder, []) == []
    assert keep.orphans(folder, [], owned=True) == [path]


def test_pictures_of_what_stays_stay(folder):
    made = pictures(folder, "a", "b", "c")
    put(folder, b'{"good": {"image": {"file": "' + made[0].name.encode() + b'"')  # cut off, and wanted
    put(folder, {"owner": {"title": "Mine", "image": made[2].name}}, CHANNEL)  # not wanted, but the creator's
    assert keep.orphans(folder, [VIDEO]) == [made[1], made[3], made[4], made[5]]
    assert set(keep.orphans(folder, [VIDEO], owned=True)) == {saved.place(folder, CHANNEL), *made[1:]}


def test_the_bytes_of_damaged_files_are_the_creator_s_to_throw_away(folder):
    put(folder, b"{")
    keep.write(folder, VIDEO, RECORD)
    assert keep.orphans(folder, [VIDEO]) == []
    (beside,) = keep.orphans(folder, [VIDEO], owned=True)
    assert ".damaged-" in beside.name


def test_there_may_be_nothing_at_all(folder):
    assert keep.orphans(folder, [VIDEO]) == []
    keep.sweep(folder)


def test_what_killed_writers_left_is_swept(folder):
    path = put(folder, b"{}")
    left, fresh = (path.with_name(f".linkhome-{name}.tmp") for name in ("0123", "4567"))
    for one in (left, fresh):
        one.write_bytes(b"half")
    os.utime(left, (1, 1))
    keep.sweep(folder)
    assert sorted(path.parent.iterdir()) == [fresh, path]
