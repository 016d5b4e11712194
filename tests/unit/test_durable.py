from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from linkhome import durable


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note every flush of a file or folder, in order."""
    noted: list[str] = []
    fsync = os.fsync

    def note(fd: int) -> None:
        noted.append(Path(os.readlink(f"/proc/self/fd/{fd}")).name)
        fsync(fd)

    monkeypatch.setattr(os, "fsync", note)
    return noted


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    file = tmp_path / "saved.json"
    durable.write_file(file, b"old")
    durable.write_file(file, b"new and longer")
    assert file.read_bytes() == b"new and longer"
    assert names(tmp_path) == ["saved.json"]


def test_the_file_and_then_its_folder_are_flushed(tmp_path: Path, calls: list[str]) -> None:
    durable.write_file(tmp_path / "saved.json", b"{}")
    assert calls[0].startswith(".linkhome-")
    assert calls[1:] == [tmp_path.name]


def test_a_name_as_long_as_the_disk_allows(tmp_path: Path) -> None:
    durable.write_file(tmp_path / ("n" * 255), b"x")
    assert names(tmp_path) == ["n" * 255]


def test_a_plain_name_means_the_folder_where_we_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    durable.write_file("here.txt", b"x")
    assert names(tmp_path) == ["here.txt"]


def test_a_symbolic_link_is_replaced_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"theirs")
    (tmp_path / "link").symlink_to("elsewhere")
    durable.write_file(tmp_path / "link", b"ours")
    assert (tmp_path / "elsewhere").read_bytes() == b"theirs"
    assert not (tmp_path / "link").is_symlink()


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_an_error_changes_nothing_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    file = tmp_path / "saved.json"
    file.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(OSError, match="No space left"):
        durable.write_file(file, b"new")
    monkeypatch.undo()
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == ["saved.json"]


def test_ctrl_c_leaves_nothing_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        durable.write_file(tmp_path / "saved.json", b"new")
    assert names(tmp_path) == []


def test_a_missing_folder_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        durable.write_file(tmp_path / "no" / "saved.json", b"new")


def test_short_writes_are_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: write(fd, bytes(data[:3])))
    durable.write_file(tmp_path / "saved.json", b"0123456789")
    assert (tmp_path / "saved.json").read_bytes() == b"0123456789"


def test_a_disk_that_takes_nothing_is_an_error_not_an_endless_loop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "write", lambda fd, data: 0)
    with pytest.raises(OSError, match="took nothing"):
        durable.write_file(tmp_path / "saved.json", b"0123456789")


def test_few_files_are_flushed_one_by_one(tmp_path: Path, calls: list[str]) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x").write_bytes(b"")
    durable.flush(str(tmp_path), ["a/x"], ["a"])
    assert calls == ["x", "a", tmp_path.name]


def test_many_files_are_flushed_with_the_disk(
    tmp_path: Path, calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []

    def flush_disk(root: str) -> bool:
        flushed.append(root)
        return True

    monkeypatch.setattr(durable, "_flush_disk", flush_disk)
    durable.flush(str(tmp_path), [f"{n}" for n in range(16)], [])
    assert flushed == [str(tmp_path)]
    assert calls == [tmp_path.name]


def test_many_files_where_the_disk_cannot_be_flushed(
    tmp_path: Path, calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "_LINUX", False)
    for n in range(16):
        (tmp_path / f"{n:02}").write_bytes(b"")
    durable.flush(str(tmp_path), [f"{n:02}" for n in range(16)], [])
    assert calls == [*(f"{n:02}" for n in range(16)), tmp_path.name]


def test_without_ctypes_every_disk_is_flushed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bool] = []
    monkeypatch.setattr(os, "sync", lambda: synced.append(True))
    monkeypatch.setitem(sys.modules, "ctypes", None)
    assert durable._flush_disk(str(tmp_path))
    assert synced == [True]


def test_a_folder_that_cannot_be_flushed_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "fsync", refuse)
    durable.flush_folder(str(tmp_path))


def test_a_file_that_somebody_holds_open_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "_TRIES", 3)
    answers: list[Exception | None] = [PermissionError(), PermissionError(), None]

    def move(source: str, target: str) -> None:
        if answer := answers.pop(0):
            raise answer

    durable.patiently(move, "a", "b")
    assert answers == []


def test_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "_TRIES", 2)

    def move(source: str, target: str) -> None:
        raise PermissionError

    with pytest.raises(PermissionError):
        durable.patiently(move, "a", "b")


def test_sweep_removes_only_old_temporary_files(tmp_path: Path) -> None:
    for name in (".linkhome-0123.tmp", ".linkhome-4567.tmp", "mine.tmp", ".linkhome-notes"):
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (0, 0))
    os.utime(tmp_path / ".linkhome-4567.tmp")
    durable.sweep(tmp_path)
    assert names(tmp_path) == [".linkhome-4567.tmp", ".linkhome-notes", "mine.tmp"]
