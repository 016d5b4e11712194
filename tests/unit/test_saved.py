"""The saved copies: where they lie, and that nothing in them can do harm."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkhome.cache import Cache
from linkhome.content import copies, model
from linkhome.content.media import Media
from linkhome.diagnostics import LinkhomeError, Severity, Span
from linkhome.embeds.saved import Kept, Saved, place, read

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
CHANNEL = "https://www.youtube.com/@linamarlow"
HINT = "delete the file, or restore an older state of it; until then the card shows what the address says"


def save(folder: Path, address: str, record: Any) -> Path:
    path = place(folder, address)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(record if isinstance(record, bytes) else json.dumps(record).encode())
    return path


def good(folder: Path, record: Any, address: str = VIDEO) -> Saved:
    save(folder, address, record)
    saved, problems = read(folder, address)
    assert saved is not None and problems == []
    return saved


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "saved"


# ------------------------------------------------------------------ where they lie


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (VIDEO, "youtube/dQw4w9WgXcQ-6bc35c67.json"),
        ("https://youtu.be/dQw4w9WgXcQ?si=x", "youtube/dQw4w9WgXcQ-6bc35c67.json"),
        (CHANNEL, "youtube/linamarlow-f1add4ac.json"),
        ("https://mastodon.social/@lina/112233445566778899", "mastodon/112233445566778899-cc36185e.json"),
        ("https://lina.example/posts/night-trains/?utm_source=x", "web/night-trains-33d5fc37.json"),
        ("https://lina.example", "web/lina-example-b73e72b6.json"),
    ],
)
def test_a_copy_has_a_readable_name(address: str, name: str) -> None:
    assert place(Path(), address) == Path(name)


@given(st.text())
def test_a_copy_never_lies_elsewhere(address: str) -> None:
    path = place(Path("saved"), address)
    assert path.parent.parent == Path("saved")
    assert path.name.isascii() and len(path.name) < 64
    assert path.suffix == ".json" and not path.name.startswith((".", "-"))


# ------------------------------------------------------------------ what they say


def test_a_missing_copy_is_nothing_to_talk_about(folder: Path) -> None:
    assert read(folder, VIDEO) == (None, [])


def test_reads_a_copy(folder: Path) -> None:
    path = save(
        folder,
        VIDEO,
        {
            "schema": 1,
            "url": VIDEO,
            "platform": "youtube.video",
            "good": {
                "title": "Nine hours of night train in one take",
                "author": "Lina Marlow",
                "text": "One.\n\nTwo.",
                "published": "2026-11-18",
                "duration": 768,
                "aspect": "16:9",
                "image": {"file": "ab12-640.webp", "alt": "A dark window", "width": 640},
                "sensitive": False,
                "items": [],
            },
            "owner": {"title": None, "text": None, "image": None, "hide": False},
        },
    )
    picture = path.with_name("ab12-640.webp")
    picture.write_bytes(b"RIFF")
    assert read(folder, VIDEO) == (
        Saved(
            url=VIDEO,
            kind="video",
            title="Nine hours of night train in one take",
            author="Lina Marlow",
            text="One.\n\nTwo.",
            published="2026-11-18",
            duration="12:48",
            aspect="16:9",
            image=picture,
            alt="A dark window",
        ),
        [],
    )


def test_what_the_creator_says_wins(folder: Path) -> None:
    path = save(
        folder,
        VIDEO,
        {
            "good": {"title": "theirs", "text": "theirs", "image": {"file": "theirs.jpg"}},
            "owner": {"title": "mine", "image": "mine.jpg", "hide": True},
        },
    )
    for name in ("theirs.jpg", "mine.jpg"):
        path.with_name(name).write_bytes(b"x")
    saved, problems = read(folder, VIDEO)
    assert saved and problems == []
    assert (saved.title, saved.text, saved.image) == ("mine", "theirs", path.with_name("mine.jpg"))
    assert saved.hidden


def test_the_creator_alone_may_speak(folder: Path) -> None:
    assert good(folder, {"owner": {"title": "mine"}}).title == "mine"


def test_a_channel_has_its_newest(folder: Path) -> None:
    saved = good(
        folder,
        {
            "good": {
                "items": [
                    {"url": VIDEO, "title": "One", "duration": 3723},
                    {"url": "https://youtu.be/0123456789a", "kind": "short", "owner": {"title": "Mine"}},
                    {"url": VIDEO, "title": "Hidden", "owner": {"hide": True}},
                    {"url": "javascript:alert(1)", "kind": "<b>", "title": "Odd"},
                ]
            }
        },
        CHANNEL,
    )
    assert saved.kind == "channel"
    assert saved.items == (
        Saved(url=VIDEO, kind="video", title="One", duration="1:02:03"),
        Saved(url="https://youtu.be/0123456789a", kind="short", title="Mine"),
        Saved(title="Odd"),
    )


def test_a_broken_entry_costs_only_itself(folder: Path) -> None:
    path = save(folder, CHANNEL, {"good": {"items": [{"title": 3}, "x", {"title": "Fine"}]}})
    saved, problems = read(folder, CHANNEL)
    assert saved and [item.title for item in saved.items] == ["Fine"]
    assert [(problem.message, problem.span) for problem in problems] == [
        (
            "entry 1 of the saved copy is left out: the value of 'title' is of the wrong kind",
            Span(f"saved/youtube/{path.name}"),
        ),
        ("entry 2 of the saved copy is left out: it is not a record", Span(f"saved/youtube/{path.name}")),
    ]


def test_a_channel_is_cut_at_fifty(folder: Path) -> None:
    assert len(good(folder, {"good": {"items": [{}] * 80}}, CHANNEL).items) == 50


# ------------------------------------------------------------------ their pictures

STEM = "0123456789abcdef"
READY = {
    "file": f"{STEM}-640.webp",
    "alt": "A window",
    "width": 640,
    "height": 360,
    "sizes": [{"file": f"{STEM}-640.webp", "width": 640}, {"file": f"{STEM}-320.webp", "width": 320}],
    "fallback": f"{STEM}-640.jpg",
    "placeholder": "#102030",
    "sha256": "ab",
}
FILES = (f"{STEM}-320.webp", f"{STEM}-640.webp", f"{STEM}-640.jpg")


def with_picture(folder: Path, image: dict[str, Any], files: tuple[str, ...] = FILES) -> tuple[Saved, Path]:
    path = save(folder, VIDEO, {"good": {"title": "T", "image": image}})
    for name in files:
        path.with_name(name).write_bytes(f"bytes of {name}".encode())
    saved, problems = read(folder, VIDEO)
    assert saved and problems == []
    return saved, path.parent


def test_a_picture_is_ready_for_the_page(folder: Path) -> None:
    saved, beside = with_picture(folder, READY)
    narrow, wide, jpeg = (beside / name for name in FILES)
    assert saved.kept == Kept(jpeg, ((320, narrow), (640, wide)), 640, 360, "#102030")
    assert (saved.image, saved.alt) == (wide, "A window")


@pytest.mark.parametrize(
    "change",
    [
        {"fallback": "mine.jpg"},
        {"fallback": None},
        {"fallback": "../" + FILES[2]},
        {"sizes": []},
        {"sizes": [{"file": FILES[1], "width": 0}]},
        {"sizes": [{"file": FILES[1]}]},
        {"sizes": [{"file": "mine.webp", "width": 640}]},
        {"width": None},
        {"height": -360},
        {"height": 10**6},
    ],
    ids=str,
)
def test_a_picture_that_is_not_as_we_leave_them_is_prepared_like_any_other(folder: Path, change: Any) -> None:
    saved, beside = with_picture(folder, READY | change, (*FILES, "mine.jpg", "mine.webp"))
    assert saved.kept is None
    assert saved.image == beside / FILES[1]


@pytest.mark.parametrize("colour", ["red", "#12345", "#1234567", "url(x)", None])
def test_a_placeholder_is_a_colour_or_nothing(folder: Path, colour: str | None) -> None:
    saved, _ = with_picture(folder, READY | {"placeholder": colour})
    assert saved.kept and saved.kept.colour == ""


@pytest.mark.parametrize("left", FILES)
def test_what_is_left_of_a_picture_is_shown(folder: Path, left: str) -> None:
    saved, beside = with_picture(folder, READY, (left,))
    assert (saved.kept, saved.image) == (None, beside / left)


def test_a_ready_picture_may_not_be_a_link_to_elsewhere(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    _, beside = with_picture(folder, READY)
    (beside / FILES[0]).unlink()
    (beside / FILES[0]).symlink_to(tmp_path / "secret")
    saved, _ = read(folder, VIDEO)
    assert saved and saved.kept is None


def test_further_values(folder: Path) -> None:
    values = {
        "author_url": "https://lina.example/",
        "frame": "https://www.youtube.com/embed/x",
        "audio": "javascript:1",
        "license": "CC\u202e BY",
        "price": "18 EUR",
        "place": "Graz",
        "starts": "2026-12-01",
        "fetched": "never",
    }
    saved = good(folder, {"good": values})
    found = {name: getattr(saved, name) for name in values}
    assert found == values | {"audio": "", "license": "CC BY", "fetched": ""}


def media_of(folder: Path) -> Media:
    from linkhome.inputs import Inputs
    from linkhome.project import Project

    project = Project(folder.parent)
    return Media(project, Inputs(project.root), Cache(None), {})


def test_a_picture_is_shown_without_making_anything(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved, beside = with_picture(folder, READY)
    assert saved.kept
    media = media_of(folder)
    monkeypatch.setattr(media, "pictures", None)
    shown = copies.picture(saved.kept, media, "../", saved.alt)
    jpeg, narrow, wide = media.files
    assert jpeg.endswith(".jpg") and narrow.endswith("-320.webp") and wide.endswith("-640.webp")
    assert shown == model.Picture(
        src=f"../{jpeg}",
        width=640,
        height=360,
        alt="A window",
        sources=(model.Source(type="image/webp", srcset=f"../{narrow} 320w, ../{wide} 640w"),),
        colour="#102030",
    )
    assert [artifact.source for artifact in media.files.values()] == [
        beside / FILES[2],
        beside / FILES[0],
        beside / FILES[1],
    ]
    assert media.sizes[narrow] == (320, 180)
    assert copies.picture(saved.kept, media, "../", saved.alt) == shown


def test_a_picture_with_other_bytes_has_another_name(folder: Path) -> None:
    saved, beside = with_picture(folder, READY)
    assert saved.kept
    first = copies.picture(saved.kept, media_of(folder), "")
    (beside / FILES[0]).write_bytes(b"other")
    assert copies.picture(saved.kept, media_of(folder), "").src != first.src


def test_a_picture_that_goes_while_we_look_is_one_error(folder: Path) -> None:
    saved, beside = with_picture(folder, READY)
    (beside / FILES[0]).unlink()
    assert saved.kept
    with pytest.raises(LinkhomeError, match=f"there is no picture '{FILES[0]}'"):
        copies.picture(saved.kept, media_of(folder), "")


# ------------------------------------------------------------------ hostile values


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("title", "a\u202eb\x00c\x1b[31m\u2066d\ufeff", "abc[31md"),
        ("title", "  two\n\n words\t", "two words"),
        ("title", "x" * 400, "x" * 299 + "…"),
        ("title", "word " * 100, "word " * 59 + "word…"),
        ("title", "<script>alert(1)</script>", "<script>alert(1)</script>"),  # the templates escape
        ("author", "y" * 500, "y" * 119 + "…"),
        ("text", "a\r\n\r\n\r\n\r\n b  c \n", "a\n\nb c"),
        ("text", "z" * 9000, "z" * 4999 + "…"),
        ("published", "2026-11-18T12:00:00Z", "2026-11-18T12:00:00Z"),
        ("published", "yesterday", ""),
        ("published", "2026-13-01", ""),
        ("published", "20261118", ""),
        ("duration", 45, "0:45"),
        ("duration", 45.9, "0:45"),
        ("duration", 0, ""),
        ("duration", -5, ""),
        ("duration", 10**12, ""),
        ("aspect", "9:16", "9:16"),
        ("aspect", "0:0", ""),
        ("aspect", "16:9;background:url(x)", ""),
        ("sensitive", True, True),
        ("title", None, ""),
    ],
)
def test_values_are_cleaned(folder: Path, key: str, value: Any, expected: Any) -> None:
    assert getattr(good(folder, {"good": {key: value}}), key) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://lina.example/x?y=1", "https://lina.example/x?y=1"),
        ("HTTP://lina.example/", "HTTP://lina.example/"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//lina.example/", ""),
        ("https://user:pw@lina.example/", ""),
        ("https://lina.example\\@evil.example", ""),
        ("https://lina.example/a b", ""),
        ("https://lina.example/\u202e", ""),
        ("https:///x", ""),
        ("https://lina.example/" + "x" * 2048, ""),
    ],
)
def test_only_web_addresses_pass(folder: Path, address: str, expected: str) -> None:
    assert good(folder, {"good": {"items": [{"url": address}]}}, CHANNEL).items[0].url == expected


@pytest.mark.parametrize(
    "name", ["../../secret.jpg", "/etc/passwd.jpg", "a\\b.jpg", ".hidden.jpg", "x.svg", "x.json", "a\nb.jpg"]
)
def test_a_picture_is_a_plain_name(folder: Path, name: str) -> None:
    path = save(folder, VIDEO, {"good": {"title": "T", "image": {"file": name}}})
    (folder / "secret.jpg").write_bytes(b"x")
    saved, problems = read(folder, VIDEO)
    assert saved and saved.title == "T" and saved.image is None
    assert [problem.severity for problem in problems] == [Severity.WARNING]
    assert problems[0].message.startswith("the saved copy is shown without its picture: '")
    assert problems[0].message.endswith("is not the plain name of a picture")
    assert problems[0].span == Span(f"saved/youtube/{path.name}")


def test_a_missing_picture_costs_only_itself(folder: Path) -> None:
    save(folder, VIDEO, {"good": {"title": "T", "image": {"file": "gone.webp"}}})
    saved, problems = read(folder, VIDEO)
    assert saved and saved.image is None
    assert (
        problems[0].message == "the saved copy is shown without its picture: there is no picture 'gone.webp' beside it"
    )


def test_a_picture_may_not_be_a_link_to_elsewhere(folder: Path, tmp_path: Path) -> None:
    path = save(folder, VIDEO, {"good": {"image": {"file": "x.jpg"}}})
    (tmp_path / "secret").write_bytes(b"x")
    path.with_name("x.jpg").symlink_to(tmp_path / "secret")
    saved, problems = read(folder, VIDEO)
    assert saved and saved.image is None and len(problems) == 1


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is not valid JSON"),
        (b"<!DOCTYPE html>", "it is not valid JSON"),
        (b'{"good": {"title": "x"', "it is not valid JSON"),
        (b'{"good": {"title": "\xff"}}', "it is not valid JSON"),
        (b'{"good": {"title": "\\ud800"}}', "it is not valid JSON"),
        (b"\xff\xfe{\x00}\x00", "it is not valid JSON"),
        (b"[]", "it is not a record"),
        (b'"x"', "it is not a record"),
        (b"{}", "it has neither 'good' nor 'owner'"),
        (b'{"good": []}', "the value of 'good' is of the wrong kind"),
        (b'{"good": {"title": 3}}', "the value of 'good.title' is of the wrong kind"),
        (b'{"good": {"duration": 1e999}}', "the value of 'good.duration' is of the wrong kind"),
        (b'{"schema": 2, "good": {}}', "it was written by a newer linkhome"),
        (b"[" * 100_000, "it is not a record"),
        (b'{"good":' * 60_000, "it is not valid JSON"),
        (b'{"x":' * 60_000, "it is not valid JSON"),
        (b'{"good": {"text": "' + b"x" * 530_000 + b'"}}', "it is larger than 512 KB"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_damaged_copy_is_a_warning_that_names_the_file(folder: Path, data: bytes, why: str) -> None:
    path = save(folder, VIDEO, data)
    saved, problems = read(folder, VIDEO)
    assert saved is None
    assert [tuple(problem) for problem in problems] == [
        (Severity.WARNING, f"this saved copy cannot be used: {why}", Span(f"saved/youtube/{path.name}"), HINT, "")
    ]


def test_an_editor_s_byte_order_mark_does_no_harm(folder: Path) -> None:
    assert good(folder, b'\xef\xbb\xbf{"good": {"title": "T"}}').title == "T"


def test_a_folder_or_pipe_in_its_place_is_a_warning(folder: Path) -> None:
    place(folder, VIDEO).mkdir(parents=True)
    os.mkfifo(place(folder, CHANNEL))
    for address in (VIDEO, CHANNEL):
        saved, problems = read(folder, address)
        assert saved is None
        assert [p.message for p in problems] == ["this saved copy cannot be used: it cannot be read (it is no file)"]


@given(
    st.binary(max_size=200)
    | st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=20) | st.integers(),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "good",
                        "owner",
                        "title",
                        "items",
                        "image",
                        "file",
                        "url",
                        "duration",
                        "aspect",
                        "published",
                        "schema",
                    ]
                ),
                inner,
            )
        ),
    ).map(lambda value: json.dumps(value).encode())
)
def test_any_bytes_have_an_answer(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        save(folder, VIDEO, data)
        saved, problems = read(folder, VIDEO)
    assert saved is not None or len(problems) == 1
    assert all(problem.severity is Severity.WARNING for problem in problems)


@pytest.mark.parametrize("what", ["file", "folder"])
def test_no_link_is_followed(folder: Path, tmp_path: Path, what: str) -> None:
    path = place(folder, VIDEO)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / path.name).write_bytes(b'{"good": {"title": "secret"}}')
    if what == "folder":
        folder.mkdir()
        path.parent.symlink_to(outside)
    else:
        path.parent.mkdir(parents=True)
        path.symlink_to(outside / path.name)
    saved, problems = read(folder, VIDEO)
    assert saved is None
    name = "its folder youtube/ is a symbolic link" if what == "folder" else "it is a symbolic link"
    assert [one.message for one in problems] == [f"this saved copy cannot be used: it cannot be read ({name})"]
