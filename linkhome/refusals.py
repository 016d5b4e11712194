"""Say in one sentence why the built site cannot be written: a wrong folder, or what the system answered."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from .diagnostics import Exit, LinkhomeError, error
from .project import Project
from .snapshot import SEAL, Artifact

_OTHER = "name another folder with --out"
_ALLOW = f"allow writing there, or {_OTHER}"
_SPACE = "free some space, then build again"
# What the system says → what a creator reads, and what to do.
_REASONS = {
    errno.ENOSPC: ("the disk is full", _SPACE),
    errno.EDQUOT: ("your share of the disk is used up", _SPACE),
    errno.EFBIG: ("a file is larger than this disk or this account allows", "use a smaller file, or raise the limit"),
    errno.EROFS: ("the folder {parent} is read-only", _ALLOW),
    errno.EACCES: ("the folder {parent} is read-only for you", _ALLOW),
    errno.EPERM: ("the folder {parent} is read-only for you", _ALLOW),
    errno.EIO: ("the disk reported an error", "check the disk, then build again"),
    errno.ENAMETOOLONG: ("a name in the site is too long for this disk", f"shorten it, or {_OTHER}"),
    errno.EBUSY: ("{name}/ is in use or is a disk of its own", f"close what uses it, or {_OTHER}"),
    errno.EXDEV: ("{name}/ cannot be renamed on this disk", "remove the folder, then build again"),
    errno.EMFILE: ("too many files are open", "close other programs, then build again"),
    errno.ENFILE: ("too many files are open", "close other programs, then build again"),
    errno.ENOTDIR: ("a part of the path {parent} is a file", _OTHER),
}


def sentence(exc: OSError, place: str) -> LinkhomeError:
    """Turn what the system answered while ``place`` was being written into one sentence about it."""
    parent, name = os.path.split(place)
    plain = (exc.strerror or str(exc) or type(exc).__name__).lower()
    reason, hint = _REASONS.get(exc.errno or 0, (f"the system says: {plain}", ""))
    where = exc.filename if isinstance(exc.filename, str) else ""
    if exc.errno in (errno.EACCES, errno.EPERM) and os.path.lexists(where) and not where.startswith(f"{parent}/."):
        # Not a file that is being written, so one that is being read.
        reason, hint = f"'{where}' may not be read", "allow reading it, then build again"
    there = os.path.isfile(f"{place}/{SEAL}")
    after = f"the old site in {name}/ is untouched" if there else f"nothing was written to {name}/"
    return LinkhomeError(error(f"{reason.format(parent=parent, name=name)}; {after}", hint=hint))


def refuse_shape(out: Path) -> None:
    """Refuse what is no folder that can be swapped: a file, a symbolic link, the root of the disk."""
    if out.is_symlink():
        problem = f"'{out}' is a symbolic link, which a build would replace by a folder"
        raise LinkhomeError(error(problem, hint="name the folder that it leads to with --out"), Exit.USAGE)
    if os.path.lexists(out) and not out.is_dir():
        raise LinkhomeError(error(f"'{out}' is a file, not a folder", hint=_OTHER), Exit.USAGE)
    if not Path(os.path.abspath(out)).name:
        raise LinkhomeError(error(f"'{out}' is the whole disk, not a folder for a site", hint=_OTHER), Exit.USAGE)


def refuse_unsafe(out: Path, root: Path) -> None:
    """Refuse an output folder whose replacement would destroy what the creator wrote.

    Raises:
        LinkhomeError: ``out`` is a file, a link, the site's own folder, one above it, or in a source folder.
    """
    refuse_shape(out)
    project = Project(root)
    above = _places(root)
    lineage = _places(out)
    if lineage[0] & above[0]:
        problem, hint = "the built site cannot take the place of the folder that it is made from", _OTHER
        raise LinkhomeError(error(problem, hint=hint), Exit.USAGE)
    if any(lineage[0] & place for place in above[1:]):
        problem = f"'{out}' holds the site's own folder, which a build would delete"
        raise LinkhomeError(error(problem, hint=_OTHER), Exit.USAGE)
    sources = (
        project.posts,
        project.pages,
        project.media,
        project.saved,
        project.theme,
        project.cache,
        project.private,
        project.deployed,
    )
    for source in (*sources, root / ".git"):
        if any(place & _identity(source) for place in lineage):
            problem = f"the built site cannot lie in {source.name}/, where the site's sources are"
            raise LinkhomeError(error(problem, hint=_OTHER), Exit.USAGE)


def _places(path: Path) -> list[set[object]]:
    """Return the identities of a folder and of all above it."""
    real = Path(os.path.realpath(path))
    return [_identity(place) for place in (real, *real.parents)]


def _identity(path: Path) -> set[object]:
    """Return by what a folder may be recognised, also when capital letters or links hide it."""
    names: set[object] = {os.path.normcase(os.path.realpath(path))}
    try:
        found = path.stat()
    except OSError:
        return names
    return names | {(found.st_dev, found.st_ino)}


def refuse_private(files: Mapping[str, Artifact], project: Project) -> None:
    """Refuse a site that would publish a file of ``private/``, by a link or as a copy, or a copy of ``.env``.

    Raises:
        LinkhomeError: it names the file and its place in the site; nothing was written.
    """
    kept = _by_size(kept_back(project.private))
    for place, artifact in files.items():
        if not artifact.source:
            continue
        named = project.relative(artifact.source)
        if project.is_private(os.path.realpath(artifact.source)):
            problem, hint = "but it is private", "remove the link that leads into private/"
        elif same := next((path for path in kept.get(artifact.size, ()) if _sha256(path) == artifact.sha256), None):
            problem, hint = f"but it is a copy of {name_of(same)}", "remove the copy"
        else:
            continue
        hint += "; what lies there is not for everybody"
        raise LinkhomeError(error(f"'{named}' would be published as '{place}', {problem}", hint=hint))


def kept_back(private: Path) -> list[Path]:
    """Return every file of which no copy may be published: of the folder ``private/``, and each ``.env`` beside it."""
    found = [*private.rglob("*"), *private.parent.glob(".env*")] if private.is_dir() else private.parent.glob(".env*")
    return [path for path in found if path.is_file()]


def name_of(kept: Path) -> str:
    """Return what a file that is kept back is called in a message; the names in ``private/`` are nobody's business."""
    return kept.name if kept.name.startswith(".env") else "a file in private/"


def _by_size(files: Iterable[Path]) -> dict[int, list[Path]]:
    """Return files by their size: only those that are as long as another can be the same."""
    found: dict[int, list[Path]] = {}
    for path in files:
        if size := path.stat().st_size:
            found.setdefault(size, []).append(path)
    return found


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
