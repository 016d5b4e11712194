"""A small site that is read as a build reads it, watched in one of three ways, and changed as editors change files."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from linkhome.inputs import Inputs
from linkhome.preview import notices, quiet, watch
from linkhome.preview.watch import Watch

#: How long a machine with other things to do may take to tell of a change, in seconds.
CEILING = 30.0
#: How long nothing has to be told to be believed that nothing will be, in seconds.
SILENCE = 0.15
FOLDERS = ("posts", "media", "theme/static")
NEVER: frozenset[str] = frozenset()


class Desk:
    """Read a site's folder like a build, and have a `Watch` follow what was read."""

    def __init__(self, root: Path, way: str = "inotify") -> None:
        self.root = root
        self.way = way
        self.told: list[str] = []
        self.texts: dict[str, bytes | None] = {}
        self.inputs = Inputs(root)
        self.watch = Watch(root, poll=way == "polling", tell=self.told.append)

    def read(self) -> Desk:
        """Read everything: the configuration, and all files of three folders, with those below."""
        self.inputs = Inputs(self.root)
        self.texts = {}
        self.take("linkhome.yaml")
        folders = [self.root / folder for folder in FOLDERS]
        while folders:
            for entry in self.inputs.listing(folders.pop()):
                if entry.is_dir():
                    folders.append(Path(entry.path))
                elif entry.name.endswith((".md", ".png", ".css")):
                    self.take(self.inputs.name(entry.path))
        return self

    def take(self, name: str) -> None:
        """Read one more file."""
        self.texts[name] = self.inputs.read(self.root / name)

    def follow(self) -> Desk:
        """Hand on what was read."""
        self.watch.follow(self.inputs.files, self.inputs.folders)
        return self

    def settle(self) -> Desk:
        """Read and follow until nothing is different any more."""
        self.read().follow()
        while self.watch.wait(SILENCE):
            self.read().follow()
        return self

    def after(self, change: Callable[[], object]) -> frozenset[str]:
        """Return what is told to be different after a change that is made while it is waited for."""
        timer = threading.Timer(0.02, change)
        timer.start()
        try:
            return self.watch.wait(CEILING)
        finally:
            timer.join()

    def is_silent(self) -> bool:
        """Tell whether nothing is told for a while."""
        return self.watch.wait(SILENCE) == NEVER

    def catches_up(self) -> bool:
        """Read again whenever something is told; tell whether what was read is at last what lies on the disk."""
        deadline = time.monotonic() + CEILING
        while time.monotonic() < deadline:
            if self.texts == Desk.now(self.root):
                return True
            if self.watch.wait(CEILING):
                self.read().follow()
        return False

    @staticmethod
    def now(root: Path) -> dict[str, bytes | None]:
        """Return what lies on the disk."""
        desk = object.__new__(Desk)
        desk.root = root
        return desk.read().texts


def prepare(way: str, monkeypatch) -> None:
    """Have the next `Watch` work in a way: ``inotify``; ``observer``, as on other systems; ``polling``, but quicker."""
    monkeypatch.setattr(watch, "_SOONEST", 0.03)
    if way == "observer":
        monkeypatch.setattr(notices, "source", notices.Observed)


def be_patient(monkeypatch) -> None:
    """Have a half done save waited for however long the machine takes for it."""
    for name in ("DELICATE", "MOST", "LONGEST"):
        monkeypatch.setattr(quiet, name, CEILING)


def write(root: Path, files: Mapping[str, str]) -> Path:
    """Write files, with the folders that they need."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def age(root: Path) -> None:
    """Make all files old, so that time and size are proof."""
    for file in root.rglob("*"):
        os.utime(file, (1_700_000_000, 1_700_000_000), follow_symlinks=False)


def in_place(file: Path, text: str) -> None:
    """Save as most editors do: empty the file, and write."""
    file.write_text(text)


def slowly(file: Path, text: str) -> None:
    """Save in place, and be interrupted when the file is empty, and again when it is half written."""
    with open(file, "w") as opened:
        time.sleep(0.01)
        opened.write(text[: len(text) // 2])
        opened.flush()
        time.sleep(0.01)
        opened.write(text[len(text) // 2 :])


def by_renaming(file: Path, text: str) -> None:
    """Save as careful editors do: write beside it, and put that in its place."""
    spare = file.with_name(f"{file.name}.{os.urandom(4).hex()}")
    spare.write_text(text)
    os.replace(spare, file)


def like_vim(file: Path, text: str) -> None:
    """Save as vim does with a backup: try the folder, move the old file away, write a new one, remove the old one."""
    trial = file.with_name("4913")
    trial.touch()
    trial.unlink()
    backup = file.with_name(file.name + "~")
    os.replace(file, backup)
    file.write_text(text)
    backup.unlink()


def anew(file: Path, text: str) -> None:
    """Remove a file and write another one of the same name."""
    file.unlink()
    file.write_text(text)


STYLES = (in_place, slowly, by_renaming, like_vim, anew)
