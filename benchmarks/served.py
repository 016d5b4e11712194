"""Run one preview on a site of its own, know when it rests, and end it for certain (Linux)."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

#: So long a preview may take until it shows its first page.
START = 900.0


class Server:
    """Run one preview on a site of its own. Use it as a context: afterwards no process of it is left."""

    def __init__(self, name: str, command: list[str], folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = folder.with_suffix(".log")
        filled = [word.replace("{port}", str(self.port)) for word in command]
        began = time.monotonic()
        with self.log.open("wb") as log:
            # Vite ends when its input does, so it gets one that stays open; a group of its own, to end it whole.
            self.process = subprocess.Popen(
                filled, cwd=folder, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True
            )
        try:
            while b"evision " not in self.get("/"):
                if self.process.poll() is not None or time.monotonic() - began > START:
                    sys.exit(f"{name} does not start:\n{self.log.read_text('utf-8', 'replace')[-2000:]}")
                time.sleep(0.02)
        except BaseException:
            self.end()
            raise
        self.ready = time.monotonic() - began

    def url(self, page: str) -> str:
        """Return the address of a page."""
        return f"http://127.0.0.1:{self.port}{page}"

    def get(self, page: str) -> bytes:
        """Return what is served there; nothing while nobody serves it."""
        try:
            with urllib.request.urlopen(self.url(page), timeout=30) as answer:
                return answer.read()
        except OSError:
            return b""

    def processes(self) -> list[Path]:
        """Return the folders in /proc of all its processes."""
        every = ((one, _stat(one)) for one in Path("/proc").glob("[0-9]*"))
        return [one for one, stat in every if stat and int(stat[2]) == self.process.pid and stat[0] != "Z"]

    def rest(self, most: float = 60.0) -> None:
        """Wait until it has had nothing to do for a while, or so many seconds."""
        until = time.monotonic() + most
        worked, calm = -1, 0
        while calm < 3 and time.monotonic() < until:
            time.sleep(0.05)
            threads = [_stat(thread) for process in self.processes() for thread in _threads(process)]
            now = sum(int(stat[11]) + int(stat[12]) for stat in threads if stat)  # in hundredths of a second
            # On a busy machine it may want to work and not be let: then it is running all the same.
            busy = abs(now - worked) > 1 or any(stat[0] in "RD" for stat in threads if stat)
            worked, calm = now, 0 if busy else calm + 1

    def end(self, how: signal.Signals = signal.SIGTERM, patience: float = 5.0) -> float:
        """End it and all that it started; return how many seconds that took of its own accord, or infinity."""
        began = time.monotonic()
        if self.process.poll() is None:
            os.killpg(self.process.pid, how)
        while self.process.poll() is None and time.monotonic() - began < patience:
            time.sleep(0.01)
        took = time.monotonic() - began if self.process.poll() is not None else float("inf")
        while left := self.processes():
            for one in left:
                with suppress(ProcessLookupError):
                    os.kill(int(one.name), signal.SIGKILL)
            time.sleep(0.02)
        self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()
        return took

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()


def _threads(process: Path) -> list[Path]:
    try:
        return list((process / "task").iterdir())
    except OSError:
        return []


def _stat(process: Path) -> list[str]:
    """Return what Linux tells of a process or a thread, from its state on; nothing when it has just ended."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
