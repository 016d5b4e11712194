"""Write while others read, and write twice at once."""

from __future__ import annotations

import os
import subprocess
import threading
from pathlib import Path

import msgspec
import pytest
import site_writer
from disturbed import Place

from linkhome import output
from linkhome.diagnostics import LinkhomeError
from linkhome.lock import alone


class Reader(threading.Thread):
    """Read the site again and again, as a web server would, and note everything odd."""

    def __init__(self, public: Path, sources: Path) -> None:
        super().__init__()
        self.public = public
        self.sites = {}
        for name in "AB":
            content = site_writer.content(name, sources)
            build = msgspec.json.decode(content["build.json"])["build"]
            self.sites[build] = {path: data for path, data in content.items() if not path.endswith("/")}
        self.seen: set[str] = set()
        self.whole = 0
        self.odd: list[str] = []
        self.enough = threading.Event()

    def run(self) -> None:
        while not self.enough.is_set():
            try:
                self.read_a_file()
                self.read_all()
            except Exception as exc:
                self.odd.append(repr(exc))
                return

    def read_a_file(self) -> None:
        data = (self.public / "index.html").read_bytes()
        if data not in [site["index.html"] for site in self.sites.values()]:
            self.odd.append(f"index.html: {data!r}")

    def read_all(self) -> None:
        """Open the folder once: what is in it never changes; when it is not the site any more it is removed."""
        folder = os.open(self.public, os.O_RDONLY | os.O_DIRECTORY)
        try:
            build = msgspec.json.decode(self.read_in(folder, "build.json"))["build"]
            for path, data in self.sites[build].items():
                if self.read_in(folder, path) != data:
                    self.odd.append(f"{path} is not that of build {build}")
            self.whole += 1
            self.seen.add(build)
        except FileNotFoundError:
            if os.fstat(folder).st_ino == self.public.stat().st_ino:
                raise
        finally:
            os.close(folder)

    def read_in(self, folder: int, path: str) -> bytes:
        fd = os.open(path, os.O_RDONLY, dir_fd=folder)
        with os.fdopen(fd, "rb") as file:
            return file.read()


def test_readers_see_only_whole_sites_during_fifty_swaps(place: Place) -> None:
    readers = [Reader(place.public, place.sources) for _ in range(3)]
    for reader in readers:
        reader.start()
    done = place.run("turns", "50")
    for reader in readers:
        reader.enough.set()
        reader.join()

    assert (done.returncode, done.stderr) == (0, "")
    assert [reader.odd for reader in readers] == [[], [], []]
    assert sum(reader.whole for reader in readers) > 100
    assert set.union(*(reader.seen for reader in readers)) == set(readers[0].sites)


def test_two_writers_take_turns(place: Place) -> None:
    writers = [subprocess.Popen(place.command("turns", "16"), stderr=subprocess.PIPE, text=True) for _ in range(2)]
    ends = [writer.communicate(timeout=60)[1] for writer in writers]

    assert [(writer.returncode, said) for writer, said in zip(writers, ends, strict=True)] == [(0, ""), (0, "")]
    assert place.which() == "A"
    assert place.leftovers() == []


def test_a_living_writer_is_waited_for_and_its_folder_left_alone(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "WAIT", 0.1)
    living = place.parent / ".public.linkhome-0123456789ab"
    living.mkdir()
    with (
        alone(str(place.parent / ".public.linkhome-lock"), 0),
        pytest.raises(LinkhomeError, match=r"^another linkhome is writing public/ just now$"),
    ):
        place.write("B")
    assert living.is_dir()
    assert place.which() == "A"

    place.write("B")
    assert not living.exists()
