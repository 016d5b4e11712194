"""Write the built site: the only code that touches ``public/``, which is always one whole site.

A new folder is filled beside the old one (unchanged files are linked), checked, made to last and then
swapped with it in one step. Whatever happens on the way (a kill, a full disk, Ctrl-C), the old site stays.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from msgspec import DecodeError, Struct, json

from .diagnostics import LinkhomeError, error
from .durable import flush, flush_folder, patiently
from .exchange import exchange, recover
from .lock import Taken, alone
from .refusals import refuse_shape, refuse_unsafe, sentence
from .snapshot import GENERATOR, SEAL, Artifact, Snapshot, Stamp, folders_of, name_faults, seal
from .staging import Changed, Tree, fill, holds, name_beside, remove, survey, sweep

__all__ = ["SEAL", "Artifact", "Snapshot", "Stamp", "Vanished", "Written", "refuse_unsafe", "seal", "write"]

# How long a second build of the same site waits for the first one, in seconds.
WAIT = 5.0
# What file managers drop into any folder that somebody looks at.
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}
_READABLE = 0o444


class Vanished(Exception):  # noqa: N818 (a state of the old output, not a mistake)
    """Say that files to be kept are not in the old output any more: build them afresh. Nothing was changed."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        super().__init__(", ".join(paths))
        self.paths = paths


class Written(Struct, frozen=True):
    """Report what a write did: files written, linked from the old site and gone from it.

    ``stamps`` belong to the next `write`. ``unchanged``: the old site was this one, nothing was touched.
    """

    stamps: dict[str, Stamp]
    new: int
    linked: int
    removed: int
    unchanged: bool


class _Plan(Struct, frozen=True):
    same: set[str]
    removed: int
    unchanged: bool


def write(snapshot: Snapshot, out: Path, known: Mapping[str, Stamp] | None = None) -> Written:
    """Let the folder ``out`` be exactly the snapshot: afterwards, or as it was before if this raises.

    ``known`` holds the stamps of the last write; without one a file is compared byte by byte.

    Raises:
        Vanished: files of the kind `Artifact.keep` are not there as promised; build them and write again.
        LinkhomeError: in one sentence, why the site cannot be written.
    """
    files = snapshot.files
    if SEAL not in files:
        raise ValueError(f"a snapshot needs {SEAL} (made by seal) before it is written")
    if faults := name_faults(files):
        raise LinkhomeError(faults)
    refuse_shape(out)
    absolute = os.path.abspath(out)
    parent, name = os.path.realpath(os.path.dirname(absolute)), os.path.basename(absolute)
    place = f"{parent}/{name}"
    try:
        os.makedirs(parent, exist_ok=True)
        with alone(f"{parent}/.{name}.linkhome-lock", WAIT) as sure:
            if sure:
                recover(place)
            old = _old_site(place)
            if sure:
                sweep(place)
            plan = _compare(files, place, old, known or {})
            if plan.unchanged and old:
                return Written(_stamps(files, old), 0, len(files), 0, True)
            return _replace(files, place, old, plan)
    except Taken:
        problem = f"another linkhome is writing {name}/ just now"
        raise LinkhomeError(error(problem, hint="wait until it is done, then build again")) from None
    except OSError as exc:
        raise sentence(exc, place) from exc


def _old_site(place: str) -> Tree | None:
    """List the old site; None when there is none yet, an error when what lies there is not ours to replace."""
    if not os.path.lexists(place):
        return None
    old = survey(place)
    name = os.path.basename(place)
    if not (old.folders or old.files.keys() - _LITTER):
        return old
    if not _is_ours(f"{place}/{SEAL}"):
        problem = f"the folder {name}/ was not made by linkhome, so it is left as it is"
        raise LinkhomeError(error(problem, hint="empty it, or name another folder with --out"))
    if ".git" in old.files or ".git" in old.folders:
        problem = f"the folder {name}/ holds a git repository (.git), which a build would delete"
        raise LinkhomeError(error(problem, hint="move .git elsewhere, or name another folder with --out"))
    return old


def _is_ours(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            found = json.decode(file.read(65536))
    except (OSError, DecodeError, UnicodeDecodeError):
        return False
    return isinstance(found, dict) and found.get("generator") == GENERATOR


def _compare(files: Mapping[str, Artifact], place: str, old: Tree | None, known: Mapping[str, Stamp]) -> _Plan:
    """Find the files that may be linked; raise `Vanished` for those that have to be but cannot."""
    lying = old.files if old else {}
    same: set[str] = set()
    for path, artifact in files.items():
        there = lying.get(path)
        if (
            there is None
            or there.st_size != artifact.size
            or not stat.S_ISREG(there.st_mode)
            or there.st_mode & _READABLE != _READABLE
        ):
            continue
        stamp = known.get(path)
        trusted = stamp is not None and stamp.size == there.st_size and stamp.mtime_ns == there.st_mtime_ns
        equal = trusted and stamp is not None and stamp.sha256 == artifact.sha256
        # A stamp that differs settles it too, but what is to be kept gets a second look: it cannot be built here.
        if not equal and (artifact.kept or not trusted):
            equal = holds(f"{place}/{path}", artifact)
        if equal:
            same.add(path)
    if missing := tuple(sorted(path for path, a in files.items() if a.kept and path not in same)):
        raise Vanished(missing)
    removed = len(lying.keys() - files.keys())
    unchanged = len(same) == len(files) and not removed and old is not None and old.folders == folders_of(files)
    return _Plan(same, removed, unchanged)


def _replace(files: Mapping[str, Artifact], place: str, old: Tree | None, plan: _Plan) -> Written:
    """Build the new folder beside the old one and swap them. Whichever is then not the site is removed."""
    staging = name_beside(place)
    done = False
    try:
        written = fill(staging, files, place, plan.same)
        tree = survey(staging)
        _verify(files, tree, place)
        flush(staging, written, tree.folders)
        if old is None:
            patiently(os.rename, staging, place)
        else:
            exchange(staging, place)
        done = True
        _settle(place)
    except Changed as exc:
        artifact = files[exc.path]
        if artifact.kept:
            raise Vanished((exc.path,)) from exc
        problem = f"'{artifact.source}' was changed or removed while the site was being built"
        raise LinkhomeError(error(problem, hint="build again")) from exc
    finally:
        if done and old:
            remove(staging, old.files, old.folders)
        else:
            remove(staging)
    return Written(_stamps(files, tree), len(written), len(files) - len(written), plan.removed, False)


def _settle(place: str) -> None:
    """Make the swap itself last. It has happened: an error here must not say that the old site is still there."""
    try:
        flush_folder(os.path.dirname(place))
    except OSError as exc:
        problem = f"the new site is in {os.path.basename(place)}/, but the disk reported an error just then"
        raise LinkhomeError(error(problem, hint="check the disk, then build again")) from exc


def _verify(files: Mapping[str, Artifact], tree: Tree, place: str) -> None:
    """See that what arrived on the disk is what was meant to, no less and no more."""
    wrong = tree.files.keys() ^ files.keys()
    wrong |= {path for path, there in tree.files.items() if path in files and there.st_size != files[path].size}
    if wrong or tree.folders != folders_of(files):
        name = os.path.basename(place)
        some = ", ".join(sorted(wrong)[:3]) or "its folders"
        problem = f"the new site did not arrive on the disk as it was written ({some}), so {name}/ stays as it was"
        raise LinkhomeError(error(problem, hint="build again; if this comes back, check the disk"))


def _stamps(files: Mapping[str, Artifact], tree: Tree) -> dict[str, Stamp]:
    there = tree.files
    return {path: Stamp(a.sha256, a.size, there[path].st_mtime_ns) for path, a in files.items()}
