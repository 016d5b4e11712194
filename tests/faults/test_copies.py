"""Kill the writer of saved copies at every call, fill its disk, double it: every file is all old or all new."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from itertools import product
from pathlib import Path

import copy_writer
import msgspec
import PIL
import pytest
from disturbed import MARK, Mounting, Run, Strace

import linkhome

# The calls that change something, each with its other name on other processors.
CALLS = ["openat", "write", "mkdir|mkdirat", "link|linkat", "fsync", "rename|renameat|renameat2"]
FAULTS = ["signal=KILL", "error=ENOSPC", "error=EIO"]
MODULES = (linkhome, msgspec, PIL)


class Shelf:
    """Hold a folder of saved copies and run writers on it."""

    def __init__(self, folder: Path) -> None:
        self.first = folder / "first"
        self.folder = folder / "saved"
        copy_writer.before(self.first)
        shutil.copytree(self.first, self.folder)

    def reset(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self.first, self.folder)

    def command(self, *rest: str) -> list[str]:
        paths = [str(Path(module.__file__ or "").parents[1]) for module in MODULES]
        interpreter = [os.path.realpath(sys.executable), "-E", "-S", "-B", copy_writer.__file__]
        return [*interpreter, os.pathsep.join(paths), rest[0], str(self.folder), *rest[1:]]

    def run(self, *command: str, before: tuple[str, ...] = ()) -> Run:
        return subprocess.run([*before, *self.command(*command)], capture_output=True, text=True, timeout=60)

    def states(self) -> str:
        return copy_writer.states(self.folder)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def hits(shelf: Shelf, strace: Strace, log: Path, calls: tuple[str, ...]) -> list[tuple[str, int]]:
    """Run the writer undisturbed and return the calls that it makes after the mark, counted from its start."""
    done = shelf.run("one", before=strace(calls))
    assert (done.returncode, done.stderr) == (0, "")
    assert shelf.states() == "new new new"
    counts: dict[str, int] = {}
    found = []
    for call in re.findall(r"^(?:\d+ +)?(\w+)\(", log.read_text(errors="replace"), re.MULTILINE):
        counts[call] = counts.get(call, 0) + 1
        if call != MARK and MARK in counts:
            found.append((call, counts[call]))
    return found


@pytest.mark.parametrize(("names", "fault"), [*product(CALLS, FAULTS)])
def test_a_fault_at_any_call_leaves_every_copy_old_or_new(
    shelf: Shelf, strace: Strace, tmp_path: Path, names: str, fault: str
) -> None:
    calls = tuple(names.split("|"))
    found = hits(shelf, strace, tmp_path / "trace", calls)
    assert found, f"the writer never calls {names}: the sweep would test nothing"
    seen = set()
    for call, count in found:
        shelf.reset()
        inject = f"{call}:{fault}:when={count}"
        done = shelf.run("one", before=strace(calls, inject))
        if fault == "signal=KILL":
            assert done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL), (inject, done)
        else:
            assert done.returncode in (0, 1), (inject, done)
            assert len(done.stderr.splitlines()) == done.returncode, (inject, done.stderr)
            assert copy_writer.leftovers(shelf.folder) == [], inject
        states = shelf.states()
        assert re.fullmatch("new new new|new new old|new old old|old old old", states), (inject, states)
        assert done.returncode or states == "new new new", inject
        seen.add(states)
        copy_writer.write(shelf.folder)
        assert shelf.states() == "new new new"
    assert len(seen) > 1 or len(found) < 3, "every fault came at the same moment"


@pytest.mark.parametrize("size", [0, 100, 400, 700])
def test_a_size_limit_that_cuts_a_write_short(shelf: Shelf, size: int) -> None:
    done = shelf.run("limited", str(size))
    assert (done.returncode, done.stderr) == (1, "File too large\n")
    assert "old" in shelf.states()
    assert copy_writer.leftovers(shelf.folder) == []


@pytest.mark.parametrize("free", [0, 4, 12, 20, 40])
def test_a_full_disk(shelf: Shelf, mounting: Mounting, free: int) -> None:
    if mounting is None:
        pytest.skip("a small disk can only be mounted by who may mount; the limits above stand for it")
    small = shelf.folder.parent / "small"
    small.mkdir()
    mount = f"mount -t tmpfs -o size=200k none '{small}'; cp -r '{shelf.folder}' '{small}/saved'"
    mount += f"; mkdir '{small}/warm'; mount -t tmpfs none '{small}/warm'"
    mount += f"; head -c 200k /dev/zero > '{small}/full' 2> /dev/null || truncate -s -{free}k '{small}/full'"
    kept = shelf.folder.parent / "kept"
    command = shelf.command("one")
    command[command.index(str(shelf.folder))] = str(small / "saved")
    script = f"\"$@\"; status=$?; cp -r '{small}/saved' '{kept}'; exit $status"
    done = subprocess.run(
        [*mounting(mount), "sh", "-c", script, "sh", *command], capture_output=True, text=True, timeout=60
    )
    states = copy_writer.states(kept)
    assert copy_writer.leftovers(kept) == []
    assert (done.returncode, done.stderr) in [(0, ""), (1, "No space left on device\n")], done
    assert (done.returncode == 0) == (states == "new new new")


def test_two_writers_do_each_other_no_harm(shelf: Shelf) -> None:
    shelf.run("one")
    writers = [subprocess.Popen(shelf.command("turns", "60"), stderr=subprocess.PIPE, text=True) for _ in range(2)]
    seen = set()
    while any(writer.poll() is None for writer in writers):
        seen.add(shelf.states())
    assert [(writer.wait(), writer.communicate()[1]) for writer in writers] == [(0, ""), (0, "")]
    assert seen == {"old new new", "new new new"}
    assert copy_writer.leftovers(shelf.folder) == []
