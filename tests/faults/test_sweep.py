"""Fail or kill the writer at every single system call: the site is all old or all new, and the next build works."""

from __future__ import annotations

import re
import signal
from itertools import product
from pathlib import Path

import pytest
from disturbed import MARK, Place, Strace

# The calls that change something, each with its other name on other processors.
CALLS = ["openat", "write", "mkdir|mkdirat", "link|linkat", "fsync", "renameat2", "unlink|unlinkat", "rmdir|unlinkat"]
FAULTS = ["signal=KILL", "error=ENOSPC", "error=EIO"]
CASES = [*product(CALLS, FAULTS), ("getdents64", "error=EIO"), ("flock", "error=EIO")]
# What fails while leftovers are removed stays for the next build to sweep.
MAY_LEAVE = {"openat", "unlink", "unlinkat", "rmdir", "getdents64", "flock"}


def hits(place: Place, strace: Strace, log: Path, calls: tuple[str, ...]) -> list[tuple[str, int]]:
    """Run the writer undisturbed and return the calls that it makes after the mark, counted from its start."""
    done = place.run("one", "B", before=strace(calls))
    assert (done.returncode, done.stderr) == (0, "")
    place.write("A")
    counts: dict[str, int] = {}
    found = []
    for call in re.findall(r"^(?:\d+ +)?(\w+)\(", log.read_text(errors="replace"), re.MULTILINE):
        counts[call] = counts.get(call, 0) + 1
        if call != MARK and MARK in counts:
            found.append((call, counts[call]))
    return found


@pytest.mark.parametrize(("names", "fault"), CASES)
def test_a_fault_at_any_call_leaves_a_whole_site(
    place: Place, strace: Strace, tmp_path: Path, names: str, fault: str
) -> None:
    log = tmp_path / "trace"
    calls = tuple(names.split("|"))
    found = hits(place, strace, log, calls)
    assert found, f"the writer never calls {names}: the sweep would test nothing"
    for call, count in found:
        inject = f"{call}:{fault}:when={count}"
        done = place.run("one", "B", before=strace(calls, inject))
        if fault == "signal=KILL":
            assert done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL), (inject, done)
        else:
            assert "(INJECTED)" in log.read_text(errors="replace"), inject
            assert done.returncode in (0, 1), (inject, done)
            assert len(done.stderr.splitlines()) == done.returncode, (inject, done.stderr)
            assert done.returncode == 1 or place.which() == "B", inject
            assert call in MAY_LEAVE or place.leftovers() == [], inject
        assert place.which() in ("A", "B"), inject
        place.recovers()
