"""Handle the folders beside the built site: list one, fill one, remove one, sweep what killed builds left.

All paths here are strings with forward slashes: ten thousand files are no place for objects.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256

from msgspec import Struct

from .durable import write_all
from .exchange import aside
from .snapshot import Artifact, folders_of

_CHUNK = 1 << 20
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
# When a link fails for one of these, a copy would fail too; anything else is worth a copy.
_HOPELESS = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS)


class Tree(Struct, frozen=True):
    """List a folder: what is in it besides folders (with its `os.lstat`), and the folders, parents first."""

    files: dict[str, os.stat_result]
    folders: list[str]


class Changed(Exception):  # noqa: N818 (a state of a file, not a mistake)
    """Say that a file is not what its hash promised; ``path`` is the name in the site."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def name_beside(place: str) -> str:
    """Return a new hidden name beside the folder ``place``, of the form that `sweep` knows."""
    parent, name = os.path.split(place)
    return f"{parent}/.{name}.linkhome-{os.urandom(6).hex()}"


def sweep(place: str) -> None:
    """Remove what killed builds left beside ``place``. Only for the one that holds the lock."""
    parent, name = os.path.split(place)
    ours = re.compile(re.escape(f".{name}.linkhome-") + "[0-9a-f]{12}")
    with os.scandir(parent) as entries:
        left = [entry.path for entry in entries if ours.fullmatch(entry.name)]
    if os.path.lexists(aside(place)):
        left.append(aside(place))
    for path in left:
        remove(path)


def survey(root: str) -> Tree:
    """List a folder without following a link anywhere."""
    files: dict[str, os.stat_result] = {}
    folders: list[str] = []
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        with os.scandir(f"{root}/{prefix}") as entries:
            for entry in entries:
                path = prefix + entry.name
                if _is_folder(entry):
                    folders.append(path)
                    waiting.append(f"{path}/")
                else:
                    files[path] = entry.stat(follow_symlinks=False)
    folders.sort()
    return Tree(files, folders)


def fill(root: str, files: Mapping[str, Artifact], old: str, same: Collection[str]) -> list[str]:
    """Make the folder ``root`` with all files, those in ``same`` linked from ``old``; return the written ones.

    Everybody may read what is in it whatever the umask says, because it is made to be published:
    files have mode 0644, folders 0755.

    Raises:
        Changed: a source file or a file to be kept is no longer what its hash says.
    """
    os.mkdir(root, 0o755)
    private = sys.platform != "win32" and stat.S_IMODE(os.stat(root).st_mode) & 0o755 != 0o755
    if private:
        _open_up(root, 0o755)
    for folder in folders_of(files):
        os.mkdir(f"{root}/{folder}", 0o755)
        if private:
            _open_up(f"{root}/{folder}", 0o755)
    written: list[str] = []
    linking = True
    for path in sorted(files):
        if path in same and linking:
            try:
                os.link(f"{old}/{path}", f"{root}/{path}")
                continue
            except OSError as exc:
                if exc.errno in _HOPELESS:
                    raise
                # Only a file with too many names leaves hope for the next one.
                linking = exc.errno == errno.EMLINK
        _write(f"{root}/{path}", path, files[path], old)
        if private:
            _open_up(f"{root}/{path}", 0o644)
        written.append(path)
    return written


def remove(root: str, files: Iterable[str] = (), folders: Collection[str] = ()) -> None:
    """Remove a folder and all in it; knowing what is in it is quicker. What cannot be removed stays for `sweep`."""
    try:
        inner = set(folders)
        for path in sorted([*files, *inner], reverse=True):  # each folder right after what was in it
            if path in inner:
                os.rmdir(f"{root}/{path}")
            else:
                os.unlink(f"{root}/{path}")
        os.rmdir(root)
    except OSError:
        if os.path.lexists(root):
            import shutil  # something else lies in it, or nobody knows what does

            shutil.rmtree(root, ignore_errors=True)


def holds(path: str, artifact: Artifact) -> bool:
    """Tell whether a file of the right size has the artifact's content, by reading it."""
    try:
        fd = os.open(path, _READ)
        try:
            if artifact.data is not None:
                return _read_all(fd, artifact.size) == artifact.data
            return _copy_and_hash(fd, None) == artifact.sha256
        finally:
            os.close(fd)
    except OSError:
        return False  # what cannot be read is written again


def _write(target: str, path: str, artifact: Artifact, old: str) -> None:
    if artifact.data is not None:
        fd = os.open(target, _NEW, 0o644)
        try:
            write_all(fd, artifact.data)
        finally:
            os.close(fd)
        return
    try:
        source = os.open(artifact.source or f"{old}/{path}", _READ)
    except FileNotFoundError as exc:
        raise Changed(path) from exc
    try:
        fd = os.open(target, _NEW, 0o644)
        try:
            found = _copy_and_hash(source, fd)
        finally:
            os.close(fd)
    finally:
        os.close(source)
    if found != artifact.sha256:
        raise Changed(path)


def _copy_and_hash(source: int, target: int | None) -> str:
    found = sha256()
    while chunk := os.read(source, _CHUNK):
        found.update(chunk)
        if target is not None:
            write_all(target, chunk)
    return found.hexdigest()


def _read_all(fd: int, size: int) -> bytes:
    """Read a file of this size and see that there is no more of it."""
    parts = []
    while chunk := os.read(fd, size + 1):
        parts.append(chunk)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _open_up(path: str, mode: int) -> None:
    try:
        os.chmod(path, mode)
    except OSError:
        return  # FAT and some shared folders have no modes to change


def _is_folder(entry: os.DirEntry[str]) -> bool:
    # A junction is Windows' link to a folder: Python before 3.12 calls it a folder.
    if sys.platform == "win32" and entry.stat(follow_symlinks=False).st_reparse_tag:
        return False
    return entry.is_dir(follow_symlinks=False)
