"""Give the fault tests a writer in a process of its own and the means to disturb it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import site_writer

import linkhome

Run = subprocess.CompletedProcess[str]
Strace = Callable[..., tuple[str, ...]]
MARK = "getppid"  # the call that the writer makes when it begins


class Place:
    """Hold a folder with site A in ``public`` and run writers on it."""

    def __init__(self, folder: Path) -> None:
        self.sources = folder / "sources"
        self.parent = folder / "site"
        self.public = self.parent / "public"
        for made in (self.sources, self.parent):
            made.mkdir()
        self.write("A")
        self.write("B")
        self.write("A")

    def write(self, name: str) -> None:
        """Write a site undisturbed, in this process."""
        site_writer.write(site_writer.snapshot(name, self.sources), self.public)

    def command(self, command: str, *rest: str) -> list[str]:
        # The real interpreter: a shim or the venv's link would add a start of its own to every trace.
        paths = [Path(module.__file__ or "").parents[1] for module in (linkhome, msgspec)]
        interpreter = [os.path.realpath(sys.executable), "-E", "-S", "-B", site_writer.__file__]
        return [*interpreter, os.pathsep.join(map(str, paths)), command, str(self.public), str(self.sources), *rest]

    def run(self, *command: str, before: tuple[str, ...] = ()) -> Run:
        """Run a writer (behind the words in ``before``) and return how it ended."""
        return subprocess.run([*before, *self.command(*command)], capture_output=True, text=True, timeout=60)

    def which(self) -> str:
        return site_writer.which(self.public, self.sources)

    def leftovers(self) -> list[str]:
        return site_writer.leftovers(self.public)

    def recovers(self) -> None:
        """See that the next build works and sweeps, then stand as at the beginning."""
        self.write("B")
        assert self.which() == "B"
        assert self.leftovers() == []
        self.write("A")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture
def strace(tmp_path: Path) -> Strace:
    """Return how to run a command under strace: which calls to log to ``tmp_path/trace`` and what to inject."""
    found = shutil.which("strace")
    if not found:
        pytest.fail("the fault tests need strace: install it with 'apt-get install strace' (or dnf, pacman, apk)")

    def before(calls: tuple[str, ...], inject: str = "") -> tuple[str, ...]:
        trace = "trace=" + ",".join(f"?{call}" for call in (*calls, MARK))
        # Stopping at these calls only is quicker by a third, but that way strace cannot inject signals.
        quick = () if "signal=" in inject else ("-f", "--seccomp-bpf")
        return (
            found,
            "-qq",
            *quick,
            "-o",
            str(tmp_path / "trace"),
            "-e",
            trace,
            *(("-e", f"inject={inject}") if inject else ()),
        )

    return before


@pytest.fixture
def mounting() -> Callable[[str], tuple[str, ...]] | None:
    """Return how to run a command after a mount that only it sees; None where that is not allowed."""
    unshare = shutil.which("unshare")
    if not unshare or subprocess.run([unshare, "-m", "true"], capture_output=True).returncode:
        return None
    return lambda mount: (unshare, "-m", "sh", "-ec", f'{mount}; exec "$@"', "sh")
