"""Lay out a frozen build as a folder, for programs that send folders: links to the kept files, copies where need be."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path

from ..snapshot import folders_of
from .nouns import Frozen

_PREFIX = "tree-"
#: What a killed process left behind is removed when it is this old, in seconds.
_STALE = 86_400


def lay_out(frozen: Frozen, place: Path) -> Path:
    """Return a new folder in ``place`` that holds exactly the files of the build. Who asked removes it.

    Raises:
        OSError: the disk is full, or the like.
    """
    place.mkdir(parents=True, exist_ok=True)
    _sweep(place)
    root = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
    for folder in folders_of(frozen.files):
        (root / folder).mkdir()
    for path in frozen.files:
        try:
            os.link(frozen.places[path], root / path)
        except OSError:  # another disk, one without links, or too many of them
            shutil.copyfile(frozen.places[path], root / path, follow_symlinks=False)
    return root


def _sweep(place: Path) -> None:
    for left in place.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _STALE:
                shutil.rmtree(left, ignore_errors=True)
