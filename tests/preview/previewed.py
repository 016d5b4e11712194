"""``linkhome serve`` in a process of its own, at a creator's folder: what it says, and how often it built."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import resource
import signal
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple, Self
from urllib.parse import urlsplit

from driver import PATIENCE
from site_folder import SiteFolder

RED, GREEN, BLUE = (200, 30, 30), (30, 160, 60), (40, 60, 200)
_REBUILT = re.compile(r"\d\d:\d\d:\d\d ")


class Answer(NamedTuple):
    """What the server answered; names of headers are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Preview:
    """A running ``linkhome serve``. What stands in the folder is changed through ``site``."""

    def __init__(self, site: SiteFolder, *options: str, port: int = 0) -> None:
        self.site = site
        self.lines: list[str] = []
        self.complaints: list[str] = []
        #: Builds that nobody was waiting for.
        self.strays: list[str] = []
        self._counted = 0
        self._disturbed = False
        self._said = threading.Condition()
        self.process = site.spawn("serve", "--port", str(port or free_port()), *options)
        site.spawned.remove(self.process)  # its streams are read here, and so it is ended here
        self._readers = [
            threading.Thread(target=self._read, args=(stream, kept), daemon=True)
            for stream, kept in ((self.process.stdout, self.lines), (self.process.stderr, self.complaints))
        ]
        for reader in self._readers:
            reader.start()

    def _read(self, stream: IO[str], kept: list[str]) -> None:
        with stream:
            for line in stream:
                with self._said:
                    kept.append(line.rstrip("\n"))
                    self._said.notify_all()
        with self._said:
            self._said.notify_all()

    def wait(self, condition: Callable[[], Any], for_what: str) -> None:
        """Wait until something holds that changes with what is said."""
        with self._said:
            assert self._said.wait_for(condition, PATIENCE), f"never came: {for_what}\n{self.everything()}"

    def everything(self) -> str:
        """Return all that was said."""
        return "\n".join((*self.lines, "-- and as talk --", *self.complaints))

    def ready(self) -> Self:
        """Wait until the address was said."""

        def said() -> bool:
            return any(line.startswith("The studio") for line in self.lines)

        self.wait(lambda: said() or self.process.poll() is not None, "the address")
        assert said(), f"it ended\n{self.everything()}"
        return self

    def _address(self) -> str:
        said = (re.match(r"The page is at (http://\S+)", line) for line in list(self.lines))
        return next((found[1] for found in said if found), "")

    @property
    def address(self) -> str:
        """Return where the front page is."""
        return self._address()

    @property
    def port(self) -> int:
        """Return the port that it listens at."""
        return urlsplit(self.address).port or 0

    def url(self, path: str = "") -> str:
        """Return the address of a page: ``url("posts/x/")``."""
        return self.address + path

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
        """Ask for a path from the root of the host; nothing is followed."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            link.request(method, path, body or None, {name.replace("_", "-"): value for name, value in headers.items()})
            response = link.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            link.close()

    def state(self) -> dict[str, Any]:
        """Return what the preview says of itself."""
        return json.loads(self.ask("/.linkhome/state").body)["state"]

    @property
    def rebuilt(self) -> list[str]:
        """Return the lines about rebuilding so far."""
        return [line for line in list(self.lines) if _REBUILT.match(line)]

    @contextlib.contextmanager
    def builds(self, number: int) -> Iterator[list[str]]:
        """See that what is done in the block leads to so many builds; gives their lines when it is over.

        Those that come too many and later are found by the next look, and by ``rests`` at last.
        """
        self.count_strays()
        before, lines = self._counted, []
        self._disturbed = True
        yield lines
        self._disturbed = False
        self.wait(lambda: len(self.rebuilt) >= before + number, f"build {number}")
        lines += self.rebuilt[before:]
        self._counted = before + len(lines)
        assert len(lines) == number, "\n".join(lines)

    def count_strays(self) -> None:
        """Remember the builds that came without a reason."""
        self.strays += self.rebuilt[self._counted :]
        self._counted += len(self.rebuilt[self._counted :])

    def calm(self) -> None:
        """Wait until a third of a second passes without a build, and take those so far as wanted, however many they were."""
        deadline = time.monotonic() + PATIENCE
        while self.rebuilt[self._counted :] or not self.state()["settled"]:
            assert time.monotonic() < deadline, f"it never came to rest\n{self.everything()}"
            self._counted = len(self.rebuilt)
            time.sleep(0.3)

    def sound(self) -> bool:
        """Tell whether the last scenario came to its end and left a site without mistakes, so that another may begin."""
        if self._disturbed or self.process.poll() is not None:
            return False
        with contextlib.suppress(OSError, ValueError):
            return not self.state()["broken"]
        return False

    def seconds_at_work(self) -> float:
        """Return how long the process has kept a processor busy since its start."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def threads(self) -> int:
        """Return how many threads the process has."""
        return len(os.listdir(f"/proc/{self.process.pid}/task"))

    def fill_disk(self) -> None:
        """Let no more byte be written to any file, as on a full disk."""
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

    def free_disk(self) -> None:
        """Let files be written again."""
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    @contextlib.contextmanager
    def asleep(self) -> Iterator[None]:
        """Let the process stand still for the block, as with the lid of the laptop closed."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """Let it not live on, nor anything that it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.end(signal.SIGKILL)

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        """End it by a signal; return its code."""
        self.process.send_signal(how)
        code = self.process.wait(PATIENCE)
        for reader in self._readers:
            reader.join(PATIENCE)
        return code


def rests(*previews: Preview, seconds: float = 2.0) -> None:
    """See that nothing is built while nothing changes, that nobody is busy meanwhile, and that no stray build came before."""
    before = [(len(preview.rebuilt), preview.seconds_at_work()) for preview in previews]
    time.sleep(seconds)
    for preview, (builds, work) in zip(previews, before, strict=True):
        preview.count_strays()
        assert preview.rebuilt[builds:] == [], "built without a change"
        assert preview.seconds_at_work() - work < seconds / 10, "busy without a change"
        assert not preview.strays, "built more often than needed:\n" + "\n".join(preview.lines)


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def picture(colour: tuple[int, int, int], width: int = 160, height: int = 100) -> bytes:
    """Make a PNG of one colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + bytes(colour) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def post(title: str, text: str, head: str = "") -> str:
    """Write a post of 2026."""
    return f"---\ntitle: {title}\ndate: 2026-05-01\n{head}---\n\n{text}\n"
