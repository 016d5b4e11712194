"""Let one process at a time do a thing: the operating system frees the lock when its holder dies."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

_PAUSE = 0.03
# What file systems answer that know no locks (some network and FUSE ones).
_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)


class Taken(Exception):  # noqa: N818 (it is an answer)
    """Say that another living process held the lock for the whole time that we waited."""


@contextmanager
def alone(path: str, wait: float) -> Iterator[bool]:
    """Hold the lock file ``path`` and remove it afterwards; wait up to ``wait`` seconds for another holder.

    Yields True, or False where the file system knows no locks: then others may be at work too.

    Raises:
        Taken: another process holds it still.
        OSError: the lock file cannot be made.
    """
    deadline = time.monotonic() + wait
    while True:
        fd = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            sure = _take(fd)
            if sure is not None and _is_there(fd, path):
                break
        except BaseException:
            os.close(fd)
            raise
        os.close(fd)
        if time.monotonic() > deadline:
            raise Taken(path)
        if sure is None:
            time.sleep(_PAUSE)
    try:
        yield sure
    finally:
        _release(fd, path)


def _take(fd: int) -> bool | None:
    """Try once: True when it is ours, None when it is somebody else's, False when there are no locks here."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return None
    except ImportError:  # a Python without it
        return False
    except OSError as exc:
        if exc.errno in _NO_LOCKS:
            return False
        raise
    return True


def _is_there(fd: int, path: str) -> bool:
    """Tell whether the file we locked still bears its name: the holder before us removes it when done."""
    try:
        return os.path.samestat(os.fstat(fd), os.stat(path))
    except FileNotFoundError:
        return False


def _release(fd: int, path: str) -> None:
    if sys.platform == "win32":
        os.close(fd)  # an open file cannot be removed there; whoever is quicker with it keeps it
        _remove(path)
    else:
        _remove(path)  # while we hold it, so that nobody locks a file without a name for long
        os.close(fd)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return  # a lock file that stays is no lock: the next build opens it and goes on
