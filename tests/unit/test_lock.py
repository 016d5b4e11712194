from __future__ import annotations

import errno
import fcntl
import sys
import threading
import time
from pathlib import Path

import pytest

from linkhome.lock import Taken, alone


def test_the_lock_is_ours_and_its_file_goes(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with alone(str(path), 0) as sure:
        assert sure is True
        assert path.exists()
    assert not path.exists()


def test_a_second_holder_is_told(tmp_path: Path) -> None:
    with alone(f"{tmp_path}/lock", 0), pytest.raises(Taken), alone(f"{tmp_path}/lock", 0.05):
        raise AssertionError("both hold it")


def test_a_second_holder_waits(tmp_path: Path) -> None:
    order: list[str] = []
    held = threading.Event()

    def first() -> None:
        with alone(f"{tmp_path}/lock", 0):
            held.set()
            time.sleep(0.1)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    held.wait()
    with alone(f"{tmp_path}/lock", 10):
        order.append("second")
    thread.join()
    assert order == ["first", "second"]


def test_what_a_dead_holder_left_is_no_lock(tmp_path: Path) -> None:
    (tmp_path / "lock").write_bytes(b"")
    with alone(f"{tmp_path}/lock", 0) as sure:
        assert sure is True


def test_an_error_frees_it(tmp_path: Path) -> None:
    with pytest.raises(KeyError), alone(f"{tmp_path}/lock", 0):
        raise KeyError
    with alone(f"{tmp_path}/lock", 0) as sure:
        assert sure is True


def test_a_disk_without_locks_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(fd: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with alone(f"{tmp_path}/lock", 0) as sure:
        assert sure is False


def test_a_python_without_locks_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with alone(f"{tmp_path}/lock", 0) as sure:
        assert sure is False


def test_a_broken_disk_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(fd: int, how: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(fcntl, "flock", fail)
    with pytest.raises(OSError, match="Input/output"), alone(f"{tmp_path}/lock", 0):
        raise AssertionError("not reached")
