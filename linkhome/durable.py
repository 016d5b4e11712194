"""Write one file so that it is whole on the disk or not there at all, and make folders of files last.

Every lasting file of linkhome goes through here: saved copies and records by `write_file`, the built
site by `write_all` and `flush`. All failures are plain `OSError`s; who called knows what to say of them.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Collection

# On Windows a virus scanner or an open viewer may hold a file for a moment: worth a second look.
_TRIES = 20 if sys.platform == "win32" else 1
_LINUX = sys.platform.startswith("linux")
# From here on one flush of the whole file system is cheaper than one call a file (measured on ext4:
# 16 files 6 ms against 1 ms, 64 files 26 ms against 2 ms). Below, nobody else's data is waited for.
_FEW = 16
# What network and FUSE file systems answer when they cannot flush a folder: nothing to be done then.
_NO_FLUSH = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
# What a killed process leaves behind is removed when it is this old, in seconds.
_STALE = 3600
_PREFIX = ".linkhome-"
_SUFFIX = ".tmp"


def write_file(path: str | os.PathLike[str], data: bytes) -> None:
    """Replace the file by ``data``: after a crash at any moment it holds all of the old or all of the new.

    The folder must exist. A symbolic link at ``path`` is itself replaced, never written through. The
    file's permissions are those of a new file. On an error nothing has changed and nothing is left over.
    """
    target = os.fspath(path)
    folder = os.path.dirname(target) or os.curdir
    # Not derived from the name: that may already be as long as the disk allows.
    temporary = f"{folder}/{_PREFIX}{os.urandom(6).hex()}{_SUFFIX}"
    made = False
    try:
        fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        made = True
        try:
            write_all(fd, data)
            os.fsync(fd)
        finally:
            os.close(fd)
        patiently(os.replace, temporary, target)
        made = False
    finally:
        if made:
            discard(temporary)
    flush_folder(folder)


def make_folders(path: str | os.PathLike[str]) -> None:
    """Make a folder and those above it, where they are missing, so that their names last like their files.

    Raises:
        OSError: one cannot be made, or the last one is a symbolic link: files written there would lie elsewhere.
    """
    target = os.fspath(path)
    above = os.path.dirname(target)
    if above and not os.path.isdir(above):
        make_folders(above)
    try:
        os.mkdir(target)
    except FileExistsError:
        if os.path.islink(target) or not os.path.isdir(target):
            raise
    else:
        flush_folder(above or os.curdir)


def write_all(fd: int, data: bytes) -> None:
    """Write every byte: a full disk or a size limit may take a part and report success for that part."""
    written = os.write(fd, data)
    if written == len(data):
        return
    rest = memoryview(data)[written:]
    while rest:
        written = os.write(fd, rest)
        if not written:
            raise OSError(errno.EIO, "the disk took nothing of what was written")
        rest = rest[written:]


def flush(root: str, files: Collection[str], folders: Collection[str]) -> None:
    """Make files and folders last over a power cut; the paths are relative to ``root`` and lie on its disk."""
    if len(files) + len(folders) < _FEW or not _flush_disk(root):
        for path in files:
            _flush_file(f"{root}/{path}")
        for path in folders:
            flush_folder(f"{root}/{path}")
    flush_folder(root)


def flush_folder(folder: str) -> None:
    """Make the names in a folder last, where the system can do that (Windows has no such call)."""
    if sys.platform != "win32":
        fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(fd)
        except OSError as exc:
            if exc.errno not in _NO_FLUSH:
                raise
        finally:
            os.close(fd)


def patiently(move: Callable[[str, str], None], source: str, target: str) -> None:
    """Move a file or folder; on Windows try again for about two seconds while somebody holds it open."""
    for attempt in range(1, _TRIES + 1):
        try:
            move(source, target)
        except PermissionError:
            if attempt == _TRIES:
                raise
            time.sleep(attempt * 0.01)
        else:
            return


def discard(path: str) -> None:
    """Remove a file that is of no use any more; one that cannot be removed is left for `sweep`."""
    try:
        os.unlink(path)
    except OSError:
        return


def sweep(folder: str | os.PathLike[str]) -> None:
    """Remove the temporary files that killed processes left in a folder more than an hour ago."""
    with os.scandir(folder) as entries:
        left = [e for e in entries if e.name.startswith(_PREFIX) and e.name.endswith(_SUFFIX)]
    for entry in left:
        if entry.is_file(follow_symlinks=False) and time.time() - entry.stat().st_mtime > _STALE:
            discard(entry.path)


def _flush_file(path: str) -> None:
    # Windows flushes only what is open for writing.
    fd = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _flush_disk(root: str) -> bool:
    """Flush the whole file system that ``root`` lies on; False where the system has no call that waits for it.

    (macOS and the BSDs only start to write when asked to sync; Windows has nothing of the kind.)
    """
    if not _LINUX:
        return False
    try:
        import ctypes  # needed for this call only

        syncfs = ctypes.CDLL(None, use_errno=True).syncfs
    except (ImportError, OSError, AttributeError):
        os.sync()  # on Linux it waits, and flushes the other disks too
        return True
    fd = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if syncfs(fd):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), root)
    finally:
        os.close(fd)
    return True
