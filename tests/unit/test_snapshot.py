from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from linkhome.snapshot import Artifact, Snapshot, folders_of, name_faults, seal


def messages(*paths: str) -> list[str]:
    return [fault.message for fault in name_faults(paths)]


def test_bytes_know_their_hash_and_size() -> None:
    artifact = Artifact.of(b"hello")
    assert artifact.sha256 == hashlib.sha256(b"hello").hexdigest()
    assert (artifact.size, artifact.data, artifact.kept) == (5, b"hello", False)


def test_only_what_has_neither_bytes_nor_source_is_kept() -> None:
    assert Artifact.keep("ab", 1).kept
    assert not Artifact.copy(Path("clip.mp4"), "ab", 1).kept
    assert not Artifact.of(b"").kept


def test_the_build_id_is_that_of_the_files_in_any_order_and_without_the_seal() -> None:
    a, b = Artifact.of(b"a"), Artifact.of(b"b")
    files = {"index.html": a, "x/index.html": b}
    one = Snapshot(files).build_id()
    assert one == "4bda4b4347e582d29bff0a5b3f752e6e"
    assert Snapshot({"x/index.html": b, "index.html": a, "build.json": b}).build_id() == one
    assert Snapshot({"x/index.html": a, "index.html": b}).build_id() != one


def test_the_seal() -> None:
    files = {"index.html": Artifact.of(b"a"), "x/index.html": Artifact.of(b"b")}
    expected = b'{"generator": "linkhome", "build": "4bda4b4347e582d29bff0a5b3f752e6e", "files": 2}\n'
    assert seal(files).data == expected
    assert seal(files | {"build.json": seal(files)}).data == expected


def test_folders_come_before_what_is_in_them() -> None:
    assert folders_of(["a/b/c/x", "a/b/y", "z", "b/x"]) == ["a", "a/b", "a/b/c", "b"]


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "posts/über-uns/index.html",
        ".well-known/security.txt",
        "a b/c'd.pdf",
        "👩‍🚀.svg",
        "n" * 255,
        "…" * 85,
    ],
)
def test_good_names(path: str) -> None:
    assert messages(path) == []


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/etc/passwd", "'/etc/passwd' cannot be a file of the site: it does not start in the site's folder"),
        ("C:/x", "'C:/x' cannot be a file of the site: it does not start in the site's folder"),
        ("../x", "'../x' cannot be a file of the site: a part of it is empty, '.' or '..'"),
        ("a/../x", "'a/../x' cannot be a file of the site: a part of it is empty, '.' or '..'"),
        ("a//x", "'a//x' cannot be a file of the site: a part of it is empty, '.' or '..'"),
        ("./x", "'./x' cannot be a file of the site: a part of it is empty, '.' or '..'"),
        ("", "'' cannot be a file of the site: a part of it is empty, '.' or '..'"),
        ("x/", "'x/' cannot be a file of the site: a part of it is empty, '.' or '..'"),
        ("a\0b", "'a\\x00b' cannot be a file of the site: it holds a backslash or a character that cannot be seen"),
        ("a\nb", "'a\\nb' cannot be a file of the site: it holds a backslash or a character that cannot be seen"),
        ("a\\b", "'a\\\\b' cannot be a file of the site: it holds a backslash or a character that cannot be seen"),
        (
            "a\ud800",
            "'a\\ud800' cannot be a file of the site: it holds a backslash or a character that cannot be seen",
        ),
        ("…" * 86, f"'{'…' * 86}' cannot be a file of the site: a part of it is longer than 255 bytes"),
    ],
)
def test_bad_names(path: str, reason: str) -> None:
    assert messages(path) == [reason]


def test_a_file_cannot_be_a_folder_too() -> None:
    assert messages("posts", "posts/one/index.html") == ["'posts' would be a file and a folder at once"]


def test_names_that_are_one_on_a_mac_or_on_windows() -> None:
    same = "are the same name on a Mac or on Windows"
    assert messages("Lina.jpg", "lina.jpg") == [f"'Lina.jpg' and 'lina.jpg' {same}"]
    assert messages("über.html", "u\u0308ber.html") == [f"'u\u0308ber.html' and 'über.html' {same}"]
    assert messages("STRASSE", "straße") == [f"'STRASSE' and 'straße' {same}"]


def test_folders_that_clash_are_named_once() -> None:
    found = messages("Posts/a/x.html", "posts/a/x.html", "posts/b.html")
    assert found == ["'Posts' and 'posts' are the same name on a Mac or on Windows"]
