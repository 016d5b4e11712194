"""Remember the last build, so that one that would change nothing ends at once.

The build is a pure function of its inputs, and this file names them all: if every one of them still looks the
same, if the output does, and if no date has passed, the answer is known. Nothing heavy is imported here.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from stat import S_ISREG
from typing import Any

from .inputs import Inputs, Stamp, hidden, names_digest
from .project import Project

FORMAT = 2


class Ledger:
    """Hold what one build read and wrote. ``None`` for a file or folder says that it must not be there."""

    __slots__ = (
        "build",
        "built_at",
        "changes_at",
        "diagnostics",
        "files",
        "folders",
        "outputs",
        "pages",
        "places",
        "program",
    )

    def __init__(self) -> None:
        self.program = ""
        self.files: dict[str, Stamp | None] = {}
        self.folders: dict[str, str | None] = {}
        self.outputs: dict[str, tuple[str, int, int]] = {}
        self.pages: dict[str, str] = {}
        self.changes_at = 0.0
        self.built_at = 0.0
        self.diagnostics: list[Any] = []
        self.build = ""
        self.places: dict[str, int] = {}

    def known(self) -> dict[str, Stamp]:
        """Return the stamps of the files that were there."""
        return {name: stamp for name, stamp in self.files.items() if stamp}


def load(project: Project, theme: str | None) -> Ledger | None:
    """Return the ledger of the last build of this site into this folder with this theme, or None."""
    try:
        data = json.loads(_file(project, theme).read_bytes())
        if data["format"] != FORMAT:
            return None
        ledger = Ledger()
        for name in Ledger.__slots__:
            setattr(ledger, name, data[name])
        ledger.files = {name: Stamp(*stamp) if stamp else None for name, stamp in ledger.files.items()}
        ledger.outputs = {name: (str(a), int(b), int(c)) for name, (a, b, c) in ledger.outputs.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return ledger


def save(project: Project, theme: str | None, ledger: Ledger) -> None:
    """Write the ledger; a read-only folder costs only time at the next build."""
    data = {"format": FORMAT} | {name: getattr(ledger, name) for name in Ledger.__slots__}
    file = _file(project, theme)
    spare = file.with_suffix(f".{os.getpid()}.tmp")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        spare.write_text(json.dumps(data, separators=(",", ":")), "utf-8")
        os.replace(spare, file)


def still_true(ledger: Ledger, project: Project, now: float) -> bool:
    """Tell whether a build now would give what lies in the output folder already."""
    if ledger.program != program() or not ledger.outputs:
        return False
    if now < ledger.built_at or (ledger.changes_at and now >= ledger.changes_at):
        return False
    root, out = str(project.root) + os.sep, str(project.out) + os.sep
    return _folders_same(ledger, root) and _files_same(ledger, root) and outputs_same(ledger, out)


def outputs_same(ledger: Ledger, out: str) -> bool:
    """Tell whether the output holds the files that were written (by size and time), and no others."""
    try:
        # Whatever is put into a folder or taken out of it gives the folder a new time.
        if folder_times(ledger.outputs, out) != ledger.places:
            return False
        for name, (_, size, mtime_ns) in ledger.outputs.items():
            stat = os.lstat(out + name)
            if stat.st_size != size or stat.st_mtime_ns != mtime_ns:
                return False
    except OSError:
        return False
    return True


def folder_times(names: Iterable[str], out: str) -> dict[str, int]:
    """Return when each folder of the output was last changed."""
    folders = {name.rpartition("/")[0] for name in names}
    folders |= {part for folder in folders for part in _above(folder)}
    return {folder: os.stat(out + folder).st_mtime_ns for folder in sorted(folders)}


def _above(folder: str) -> list[str]:
    parts = folder.split("/")
    return ["/".join(parts[:n]) for n in range(len(parts))]


@cache
def program() -> str:
    """Return a mark of this very copy of linkhome: its files' times and sizes as they were when it was first asked."""
    digest = hashlib.blake2b(digest_size=12)
    folders = [os.path.dirname(os.path.abspath(__file__))]
    while folders:
        with os.scandir(folders.pop()) as found:
            for entry in sorted(found, key=lambda e: e.name):
                if entry.is_dir() and entry.name not in ("__pycache__", "_themes"):
                    folders.append(entry.path)
                elif entry.name.endswith((".py", ".json")):
                    stat = entry.stat()
                    digest.update(f"{entry.name} {stat.st_mtime_ns} {stat.st_size};".encode())
    return digest.hexdigest()


def build_time() -> float:
    """Return the time of the build in seconds since 1970: ``SOURCE_DATE_EPOCH`` if set, else now."""
    try:
        return float(os.environ["SOURCE_DATE_EPOCH"])
    except (KeyError, ValueError):
        return time.time()


def _folders_same(ledger: Ledger, root: str) -> bool:
    for name, digest in ledger.folders.items():
        try:
            names = sorted(n for n in os.listdir(name if os.path.isabs(name) else root + name) if not hidden(n))
        except OSError:
            if digest is None:
                continue
            return False
        if digest != names_digest(names):
            return False
    return True


def _files_same(ledger: Ledger, root: str) -> bool:
    suspects = Inputs(Path(root))
    for name, stamp in ledger.files.items():
        path = name if os.path.isabs(name) else root + name
        try:
            seen = os.stat(path)
        except OSError:
            if stamp is None:
                continue
            return False
        if stamp is None:
            if S_ISREG(seen.st_mode):
                return False
            continue
        if (stamp.size, stamp.mtime_ns) != (seen.st_size, seen.st_mtime_ns):
            return False
        if stamp.racy and suspects.sha256(path) != stamp.sha256:
            return False
    return True


def _file(project: Project, theme: str | None) -> Path:
    mark = hashlib.blake2b(f"{project.out}\0{theme or ''}".encode(), digest_size=6).hexdigest()
    return project.cache / f"ledger-{mark}.json"
