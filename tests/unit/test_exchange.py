from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from linkhome import exchange


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, str]:
    """Make the folders ``new`` and ``public``, each with a file that bears its name."""
    for name in ("new", "public"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).write_bytes(b"")
    return f"{tmp_path}/new", f"{tmp_path}/public"


def content(*folders: str) -> list[list[str]]:
    return [os.listdir(folder) for folder in folders]


def answering(code: int) -> Callable[[], Callable[[bytes, bytes], int]]:
    def swap(new: bytes, place: bytes) -> int:
        ctypes.set_errno(code)
        return -1

    return lambda: swap


def test_folders_trade_names_in_one_step(folders: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(exchange, "_in_steps")
    exchange.exchange(*folders)
    assert content(*folders) == [["public"], ["new"]]


def test_the_system_call_serves_where_the_c_library_has_no_name_for_it(folders: tuple[str, str]) -> None:
    class Library:
        syscall = ctypes.CDLL(None, use_errno=True).syscall

    swap = exchange._linux(Library)
    assert swap
    assert swap(os.fsencode(folders[0]), os.fsencode(folders[1])) == 0
    assert content(*folders) == [["public"], ["new"]]


def test_an_unknown_processor_has_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "m68k")
    assert exchange._linux(object()) is None


def test_the_call_of_macos() -> None:
    class Library:
        @staticmethod
        def renamex_np(new: bytes, place: bytes, flags: int) -> int:
            return 0 if (new, place, flags) == (b"new", b"public", 2) else -1

    swap = exchange._mac(Library)
    assert swap
    assert swap(b"new", b"public") == 0
    assert exchange._mac(object()) is None


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOSYS, errno.ENOTSUP])
def test_two_renames_do_it_where_the_disk_cannot_swap(
    folders: tuple[str, str], monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(exchange, "_find_swap", answering(code))
    exchange.exchange(*folders)
    assert content(*folders) == [["public"], ["new"]]
    assert not Path(exchange.aside(folders[1])).exists()


def test_two_renames_do_it_without_ctypes(folders: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ctypes", None)
    exchange.exchange(*folders)
    assert content(*folders) == [["public"], ["new"]]


def test_two_renames_do_it_elsewhere(folders: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "_LINUX", False)
    exchange.exchange(*folders)
    assert content(*folders) == [["public"], ["new"]]


def test_any_other_answer_is_an_error(folders: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "_find_swap", answering(errno.EBUSY))
    with pytest.raises(OSError, match="busy") as caught:
        exchange.exchange(*folders)
    assert caught.value.errno == errno.EBUSY
    assert content(*folders) == [["new"], ["public"]]


@pytest.mark.parametrize("failure", [OSError(errno.EACCES, "Permission denied"), KeyboardInterrupt()])
def test_the_old_folder_is_put_back_when_the_second_rename_fails(
    folders: tuple[str, str], monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    rename = os.rename

    def fail_for_new(source: str, target: str) -> None:
        if source == folders[0]:
            raise failure
        rename(source, target)

    monkeypatch.setattr(os, "rename", fail_for_new)
    with pytest.raises(type(failure)):
        exchange._in_steps(*folders)
    assert content(*folders) == [["new"], ["public"]]


def test_a_swap_is_done_even_when_the_old_folder_stays_aside(
    folders: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = os.rename

    def fail_for_aside(source: str, target: str) -> None:
        if source.endswith("-aside"):
            raise OSError(errno.EIO, "Input/output error")
        rename(source, target)

    monkeypatch.setattr(os, "rename", fail_for_aside)
    exchange._in_steps(*folders)
    assert content(folders[1], exchange.aside(folders[1])) == [["new"], ["public"]]


def test_recover_brings_back_what_stood_aside(folders: tuple[str, str]) -> None:
    place = folders[1]
    Path(place).rename(exchange.aside(place))
    assert exchange.recover(place)
    assert content(place) == [["public"]]


def test_recover_leaves_a_site_that_is_there(folders: tuple[str, str]) -> None:
    new, place = folders
    assert not exchange.recover(place)
    Path(new).rename(exchange.aside(place))
    assert not exchange.recover(place)
    assert content(place) == [["public"]]
