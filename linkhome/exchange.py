"""Swap two folders so that whoever looks finds one or the other, whole.

Linux and macOS can do that in one step. Elsewhere, and on file systems that refuse, two renames do
it: for a moment the second folder is missing, and after a crash just then `recover` brings it back.
"""

from __future__ import annotations

import errno
import os
import platform
import sys
from collections.abc import Callable
from typing import Any

from .durable import flush_folder, patiently

# How a kernel or file system says that it cannot swap in one step (NFS, FAT, some FUSE and shared folders).
_CANNOT = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)
_LINUX = sys.platform.startswith("linux")
_MAC = sys.platform == "darwin"
_SWAP = 2  # RENAME_EXCHANGE on Linux, RENAME_SWAP on macOS
_HERE = -100  # AT_FDCWD: paths are not relative to an open folder
# The system call's number, for a C library without the function.
_NUMBERS = {"x86_64": 316, "aarch64": 276, "riscv64": 276}

Swap = Callable[[bytes, bytes], int]


def exchange(new: str, place: str) -> None:
    """Let two existing folders of one parent trade names; on an error both are as before.

    Raises:
        OSError: the system refused; ``place`` is still what it was.
    """
    if not _at_once(new, place):
        _in_steps(new, place)


def aside(place: str) -> str:
    """Return where the folder ``place`` stands between the two renames: hidden, beside it, always complete."""
    parent, name = os.path.split(place)
    return f"{parent}/.{name}.linkhome-aside"


def recover(place: str) -> bool:
    """Bring back a folder that a killed process lost between two renames; say whether there was one.

    To be called only by the one process that may write ``place``.
    """
    if os.path.lexists(place) or not os.path.isdir(aside(place)):
        return False
    os.rename(aside(place), place)
    flush_folder(os.path.dirname(place))
    return True


def _at_once(new: str, place: str) -> bool:
    """Swap in one step, or return False when this system or file system has no such step."""
    swap = _find_swap()
    if swap is None:
        return False
    if swap(os.fsencode(new), os.fsencode(place)) == 0:
        return True
    import ctypes

    code = ctypes.get_errno()
    if code in _CANNOT:
        return False
    raise OSError(code, os.strerror(code), new, None, place)


def _find_swap() -> Swap | None:
    if not (_LINUX or _MAC):
        return None
    try:
        import ctypes  # only a build that changes something needs it

        library = ctypes.CDLL(None, use_errno=True)
    except (ImportError, OSError):  # a Python without it: small containers have that
        return None
    return _mac(library) if _MAC else _linux(library)


def _mac(library: Any) -> Swap | None:
    function = getattr(library, "renamex_np", None)
    return function and (lambda new, place: function(new, place, _SWAP))


def _linux(library: Any) -> Swap | None:
    function = getattr(library, "renameat2", None)
    if function is not None:
        return lambda new, place: function(_HERE, new, _HERE, place, _SWAP)
    number = _NUMBERS.get(platform.machine())
    if number is None or sys.maxsize < 2**32:
        return None
    from ctypes import c_char_p, c_long

    # A variadic function: every argument has to be as wide as a register.
    return lambda new, place: library.syscall(
        c_long(number), c_long(_HERE), c_char_p(new), c_long(_HERE), c_char_p(place), c_long(_SWAP)
    )


def _in_steps(new: str, place: str) -> None:
    """Swap by renames: ``place`` goes aside, ``new`` takes its name, and the old one takes the name of ``new``."""
    old = aside(place)
    try:
        patiently(os.rename, place, old)
        patiently(os.rename, new, place)
    except BaseException:
        # Also when interrupted: whatever happened, there has to be a folder at the place.
        if not os.path.lexists(place):
            patiently(os.rename, old, place)
        raise
    try:
        patiently(os.rename, old, new)
    except OSError:
        return  # the swap is done; what still stands aside is swept with the other leftovers
