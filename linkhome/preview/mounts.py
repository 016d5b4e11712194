"""Know the file systems on which others change files without this system hearing of it."""

from __future__ import annotations

import functools
import os
import re
import sys

#: Shared over a network, or by the host of a virtual machine. ``fuseblk`` is not among them: those are local disks.
_SILENT = re.compile(
    r"9p | afs | ceph | cifs | coda | davfs | drvfs | fakeowner | fuse (?:\..*)? | gfs2? | glusterfs | gpfs | lustre"
    r" | ncpfs | nfs4? | ocfs2 | prl_fs | prl_fs_freeze | smb\d? | smbfs | vboxsf | virtiofs | vmhgfs",
    re.VERBOSE,
).fullmatch
_ESCAPED = re.compile(r"\\([0-7]{3})")
_WINDOWS_DISK = re.compile(r"/mnt/[a-z](?:/|$)").match


def silent(folder: str, table: str) -> str:
    """Return the kind of file system of a real folder if it does not tell of all changes; else nothing.

    ``table`` is the text of ``/proc/mounts`` (see proc_pid_mounts(5)).
    """
    if sys.platform == "win32":
        return "network" if folder.startswith("\\\\") else ""
    if _WINDOWS_DISK(folder) and in_windows():
        return "Windows"
    kind, longest = "", -1
    for line in table.splitlines():
        _, place, found, *_ = [*line.split(" "), "", "", ""]
        place = _ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), place)
        inside = folder == place or folder.startswith(place.rstrip("/") + "/")
        if place and inside and len(place) >= longest:  # a later one lies over an earlier one
            kind, longest = found, len(place)
    return kind if _SILENT(kind) else ""


def table() -> str:
    """Return what is mounted where, in the words of the system; nothing where it does not say."""
    try:
        with open("/proc/mounts", encoding="utf-8", errors="surrogateescape") as file:
            return file.read()
    except OSError:
        return ""


@functools.cache
def in_windows() -> bool:
    """Tell whether this Linux runs inside of Windows (WSL): its ``/mnt/c`` is a disk of Windows."""
    return "microsoft" in os.uname().release.lower() if hasattr(os, "uname") else False
