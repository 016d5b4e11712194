"""Run the small site's writer in a process of its own and look at what it leaves."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import site_writer

import linkhome
from linkhome.output import write

Run = subprocess.CompletedProcess[str]
# What stands before a command: strace and what it injects, or a mount that only the command sees.
Strace = Callable[..., tuple[str, ...]]
Mounting = Callable[[str], tuple[str, ...]] | None
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
        write(site_writer.snapshot(name, self.sources), self.public)

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
