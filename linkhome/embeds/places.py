"""Say where the copy of an address lies, and read the bytes that lie there: of a plain file of the site, or nothing."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path

from ..platforms import recognise

#: Larger files are none of ours.
LIMIT = 512 * 1024
#: What `picture` calls the files that it makes: nobody else's file is shown without being looked at.
OURS = re.compile(r"[0-9a-f]{16}-[1-9][0-9]{0,3}\.(?:webp|jpg)")
# A link is not followed, a pipe is not waited for.
_CAREFUL = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def place(folder: Path, address: str) -> Path:
    """Return the file in which the copy of an address lies, whether it is there or not.

    ``folder`` is the site's ``saved/``. All spellings of an address have the same file: its name is a readable
    part of the address and the first eight digits of the SHA-256 of its key (`recognise`).
    """
    from hashlib import sha256

    known = recognise(address)
    digest = sha256(known.key.encode("utf-8", "replace")).hexdigest()[:8]
    readable = _readable(known.id or known.handle or known.key.partition("?")[0].rpartition("/")[2])
    return folder / (known.slug or "web") / (f"{readable}-{digest}.json" if readable else f"{digest}.json")


def content(path: Path) -> bytes | None:
    """Return what a copy's file holds, up to one byte more than the limit; None when there is no file.

    No symbolic link is followed, neither of the file nor of its folder: a copy lies in the site, or nowhere.

    Raises:
        OSError: it is there and cannot be read, or is no file.
    """
    try:
        if stat.S_ISLNK(os.lstat(path.parent).st_mode):
            raise OSError(errno.ELOOP, f"its folder {path.parent.name}/ is a symbolic link")
        fd = os.open(path, _CAREFUL)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as problem:
        if problem.errno == errno.ELOOP and problem.filename:
            raise OSError(errno.ELOOP, "it is a symbolic link") from None
        raise
    try:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise OSError(errno.EINVAL, "it is no file")
        return os.read(fd, LIMIT + 1)
    finally:
        os.close(fd)


def _readable(text: str) -> str:
    words = "".join(letter if (letter.isascii() and letter.isalnum()) or letter == "_" else "-" for letter in text)
    return "-".join(part for part in words.split("-") if part)[:40].strip("-_")
