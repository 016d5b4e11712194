"""Take the built folder as it is now: every file with its hash, and not one that the build did not put there.

A built folder says in ``build.json`` which files it consists of: its id is made of their names and hashes. So a file
that was added, changed or taken away afterwards shows, whoever did it, and nothing is sent then.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path

import msgspec

from ..diagnostics import LinkhomeError, reason_of
from ..output import SEAL, Artifact, Snapshot, Stamp
from ..refusals import kept_back, name_of
from ..snapshot import GENERATOR, name_faults
from ..staging import survey
from .nouns import File, Frozen, Refused

#: Names that begin with a dot and are made to be published. Every other one is somebody's secret.
OPEN = frozenset({".well-known", ".nojekyll", ".htaccess", ".domains"})
#: What file managers drop into any folder that somebody looks at; it is never sent.
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_BUILD = "run 'linkhome build', then deploy again"
_NEVER = "nothing was sent; take it out, and think about who has read it already"


def freeze(folder: Path, known: Mapping[str, Stamp] | None = None, private: Path | None = None) -> Frozen:
    """Return the build that lies in ``folder``, its files where they are.

    ``known`` holds the stamps of the build: a file whose time and size are as they were then is not read again.
    Nothing that lies in the folder ``private``, or is a copy of it or of an ``.env`` beside it, is let through.

    Raises:
        Refused: the folder was not built by linkhome, is empty or holds what must not be published.
    """
    try:
        return _frozen(folder, known or {}, private)
    except OSError as problem:
        named = f"'{problem.filename}'" if problem.filename else f"{folder.name}/"
        raise Refused(f"{named} cannot be read: {reason_of(problem)}", "allow reading it, then deploy again") from None


def tree_of(files: Mapping[str, File]) -> str:
    """Return the id that stands for every byte of these files, as 32 hex digits."""
    lines = "".join(f"{path}\0{files[path].sha256}\n" for path in sorted(files))
    return hashlib.sha256(lines.encode()).hexdigest()[:32]


def _frozen(folder: Path, known: Mapping[str, Stamp], private: Path | None) -> Frozen:
    name = folder.name
    if folder.is_symlink() or not folder.is_dir():
        raise Refused(f"there is no folder {name}/ with a built site", _BUILD)
    found = {path: seen for path, seen in survey(str(folder)).files.items() if path.split("/")[-1] not in LITTER}
    build = _claimed(folder)
    _refuse_names(found, name)
    files = {path: _file(folder, path, seen, known.get(path)) for path, seen in sorted(found.items())}
    if "index.html" not in files or not files["index.html"].size:
        raise Refused(f"{name}/ has no front page: an empty site is never sent", _BUILD)
    if Snapshot({path: Artifact.keep(file.sha256, file.size) for path, file in files.items()}).build_id() != build:
        other = _strange(found, known)
        why = f"{name}/ is not as it was built: {other}" if other else f"files in {name}/ were changed after the build"
        raise Refused(why, _BUILD)
    places = {path: folder / path for path in files}
    if private is not None:
        _refuse_private(files, places, private)
    return Frozen(build, tree_of(files), files, places)


def _claimed(folder: Path) -> str:
    """Return the id that the folder says it has."""
    try:
        said = msgspec.json.decode((folder / SEAL).read_bytes())
    except (FileNotFoundError, IsADirectoryError):
        raise Refused(f"{folder.name}/ was not built by linkhome: it has no {SEAL}", _BUILD) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        said = None
    if not isinstance(said, dict) or said.get("generator") != GENERATOR or not isinstance(said.get("build"), str):
        raise Refused(f"{folder.name}/ was not built by linkhome: its {SEAL} is another one", _BUILD)
    return str(said["build"])


def _refuse_names(found: Mapping[str, os.stat_result], name: str) -> None:
    for path, seen in found.items():
        hidden = next((part for part in path.split("/") if part.startswith(".") and part not in OPEN), "")
        if stat.S_ISLNK(seen.st_mode):
            why = f"{name}/{path} is a symbolic link: what it leads to would be sent"
            raise Refused(why, "nothing was sent; replace it by a copy")
        if not stat.S_ISREG(seen.st_mode):
            raise Refused(f"{name}/{path} is no file that can be sent", _BUILD)
        if hidden:
            raise Refused(f"{name}/{path} would be published, but '{hidden}' is a hidden name", _NEVER)
    if faults := name_faults(found):
        raise LinkhomeError(faults)


def _file(folder: Path, path: str, seen: os.stat_result, stamp: Stamp | None) -> File:
    if stamp and (stamp.size, stamp.mtime_ns) == (seen.st_size, seen.st_mtime_ns):
        return File(stamp.sha256, stamp.size)
    return File(_sha256(folder / path), seen.st_size)


def _strange(found: Mapping[str, os.stat_result], known: Mapping[str, Stamp]) -> str:
    """Return what is in the folder beyond the build, or lacks, as far as the last build is remembered."""
    if not known:
        return ""
    more, less = sorted(found.keys() - known.keys()), sorted(known.keys() - found.keys())
    said = [f"{_some(more)} came in afterwards"] if more else []
    said += [f"{_some(less)} is gone"] if less else []
    return " and ".join(said)


def _some(paths: list[str]) -> str:
    return ", ".join(f"'{path}'" for path in paths[:3]) + (f" and {len(paths) - 3:,} more" if len(paths) > 3 else "")


def _refuse_private(files: Mapping[str, File], places: Mapping[str, Path], private: Path) -> None:
    sizes: dict[int, list[Path]] = {}
    for kept in kept_back(private):
        sizes.setdefault(kept.stat().st_size, []).append(kept)
    for path, file in files.items():
        for secret in sizes.get(file.size, ()) if file.size else ():
            if os.path.samefile(secret, places[path]) or _sha256(secret) == file.sha256:
                why = f"'{path}' would be published, but it is a copy of {name_of(secret)}"
                raise Refused(why, "nothing was sent; what lies there is not for everybody")


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
