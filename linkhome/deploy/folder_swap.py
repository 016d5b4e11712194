"""Fill a folder beside the old one and swap both in one step. What others put into the old one comes along.

Which files are linkhome's stands in a hidden file beside the folder, so that the folder holds the site and no more.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from ..diagnostics import reason_of
from ..durable import flush, flush_folder, patiently, write_all, write_file
from ..exchange import exchange, recover
from ..lock import Taken, alone
from ..snapshot import GENERATOR, SEAL, folders_of
from ..staging import Tree, name_beside, remove, survey, sweep
from .freeze import LITTER
from .nouns import Failed, Frozen, Live, Refused, Tell, There

#: Seconds for which another deploy to the same folder is waited for.
WAIT = 5.0
#: Folders above are never made: where a drive is missing, they would be made on another one.
PLUG = "plug the drive in, or make the folder, then deploy again"
_PIECE = 1 << 20
_MODE, _FOLDER_MODE = 0o644, 0o755


class Swap:
    """Be one folder. ``yes``: files of others that are in the way may be replaced."""

    def __init__(self, place: Path, yes: bool) -> None:
        self._place, self._parent, self._name = str(place), str(place.parent), place.name
        self._note = f"{self._parent}/.{self._name}.linkhome-files"
        self._yes = yes
        self._old: dict[str, str] = {}
        self._foreign: dict[str, str] = {}
        self._frozen: Frozen | None = None
        self._staging = ""
        self._open = contextlib.ExitStack()

    def marks(self, frozen: Frozen) -> Mapping[str, str]:
        """Return the hash of each file.

        Raises:
            Refused: files of others are in the way.
        """
        taken = sorted(_in_the_way(self._foreign, frozen))
        if taken and not self._yes:
            some = ", ".join(f"'{path}'" for path in taken[:3]) + (", …" if len(taken) > 3 else "")
            hint = "take another folder; or deploy with --yes, which replaces them"
            raise Refused(f"{self._name}/ holds {some}, which linkhome did not put there", hint)
        return {path: file.sha256 for path, file in frozen.files.items()}

    def look(self) -> There:
        """Read every file that is there."""
        try:
            if not os.path.isdir(self._parent):
                return There(stop=f"the folder {self._parent} is not there", hint=PLUG)
            recover(self._place)
            if not os.path.lexists(self._place):
                self._old, self._foreign = {}, {}
                return There(files={})
            tree = survey(self._place)
            stop, hint = self._stop(tree)
            if stop:
                return There(stop=stop, hint=hint)
            self._old = {path: _hash(f"{self._place}/{path}") for path in tree.files}
        except OSError as problem:
            raise Refused(f"cannot look into {self._name}/: {reason_of(problem)}", "is it there, and yours?") from None
        known = self._known()
        self._foreign = {path: mark for path, mark in self._old.items() if path not in known}
        return There(_build_in(f"{self._place}/{SEAL}"), "", self._old, tuple(sorted(self._foreign)))

    def fill(self, frozen: Frozen, tell: Tell) -> str:
        """Write the whole site beside the old one, and what others put there; unchanged files are linked."""
        with self._failing("the old one is untouched"):
            sure = self._open.enter_context(alone(f"{self._parent}/.{self._name}.linkhome-lock", WAIT))
            if sure:
                recover(self._place)
                sweep(self._place)
            taken = _in_the_way(self._foreign, frozen)
            carried = {path: mark for path, mark in self._foreign.items() if path not in taken}
            self._staging = name_beside(self._place)
            written, folders = self._fill(frozen, carried, tell)
            flush(self._staging, written, folders)
            self._frozen = frozen
        return frozen.tree

    def switch(self) -> str:
        """Swap the folders."""
        assert self._frozen is not None
        with self._failing("the old one is untouched"):
            # Written first: a file that is named and not there yet is nobody's; one that is there unnamed would stay.
            names = sorted({*self._frozen.files, *(path for path in self._old if path not in self._foreign)})
            write_file(self._note, msgspec.json.encode(names))
            if os.path.lexists(self._place):
                exchange(self._staging, self._place)
            else:
                patiently(os.rename, self._staging, self._place)
                self._staging = ""
        try:
            flush_folder(self._parent)
        except OSError as problem:
            why = f"the new site is in {self._name}/, but the disk says: {reason_of(problem)}"
            raise Failed(why, "check the disk, then deploy again", Live.NEW) from None
        with contextlib.suppress(OSError):
            write_file(self._note, msgspec.json.encode(sorted(self._frozen.files)))
        return ""

    def close(self) -> None:
        """Remove the folder that is not the site: the old one after a swap, the new one without."""
        if self._staging:
            remove(self._staging)
            self._staging = ""
        self._open.close()

    def _stop(self, tree: Tree) -> tuple[str, str]:
        """Return why the folder may not be replaced, and what to do; two empty texts if it may."""
        another = "write another 'path' for this place in linkhome.yaml"
        odd = next((path for path, seen in sorted(tree.files.items()) if not stat.S_ISREG(seen.st_mode)), "")
        if ".git" in tree.files or ".git" in tree.folders:
            return f"{self._name}/ holds a git repository (.git)", another
        if odd:
            return f"{self._name}/{odd} is a symbolic link, or no file at all", f"take it out, or {another}"
        empty = not (tree.files.keys() - LITTER)
        if not empty and not os.path.exists(self._note) and not _is_ours(f"{self._place}/{SEAL}"):
            return (
                f"the folder {self._name}/ was not made by linkhome, so it is left as it is",
                f"empty it, or {another}",
            )
        return "", ""

    def _known(self) -> set[str]:
        """Return the files that linkhome put there; all of them where nobody wrote that down."""
        try:
            return set(msgspec.json.decode(Path(self._note).read_bytes(), type=list[str]))
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return set(self._old) - LITTER

    def _fill(self, frozen: Frozen, carried: Mapping[str, str], tell: Tell) -> tuple[list[str], list[str]]:
        """Write into the staging folder; return what was written, and all folders."""
        folders = folders_of([*frozen.files, *carried])
        for folder in ("", *folders):
            os.mkdir(f"{self._staging}/{folder}", _FOLDER_MODE)
            _open_up(f"{self._staging}/{folder}", _FOLDER_MODE)
        done, written = 0, []
        for path in sorted([*frozen.files, *carried]):
            target, old = f"{self._staging}/{path}", f"{self._place}/{path}"
            ours = frozen.files.get(path)
            if self._old.get(path) == (ours.sha256 if ours else carried[path]) and _linked(old, target):
                done += ours.size if ours else 0
                continue
            found = _copied(str(frozen.places[path]) if ours else old, target)
            if ours and found != ours.sha256:
                raise Failed(f"'{path}' was changed while it was copied", "build and deploy again")
            written.append(path)
            done += ours.size if ours else 0
            tell(done, frozen.size, path)
        return written, folders

    @contextlib.contextmanager
    def _failing(self, after: str) -> Iterator[None]:
        try:
            yield
        except Taken:
            why = f"another deploy to {self._name}/ is under way"
            raise Failed(why, "wait until it is done, then deploy again") from None
        except OSError as problem:
            hint = "make room, or allow writing there, then deploy again"
            raise Failed(f"cannot write beside {self._name}/: {reason_of(problem)}; {after}", hint) from None


def _in_the_way(foreign: Mapping[str, str], frozen: Frozen) -> set[str]:
    """Return files of others at whose names, above or below which the site has something else."""
    folders = set(folders_of(frozen.files))
    found = {path for path, mark in foreign.items() if path in folders}
    found |= {path for path in foreign if any(above in frozen.files for above in folders_of([path]))}
    same = {path for path in foreign if path in frozen.files}
    return found | {path for path in same if foreign[path] != frozen.files[path].sha256}


def _build_in(path: str) -> str:
    try:
        with open(path, "rb") as file:
            found = msgspec.json.decode(file.read(65536))
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return ""
    ours = isinstance(found, dict) and found.get("generator") == GENERATOR
    return str(found.get("build", "")) if ours else ""


def _is_ours(path: str) -> bool:
    return bool(_build_in(path))


def _hash(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _linked(source: str, target: str) -> bool:
    """Give a file a second name; False where the file system has none."""
    try:
        os.link(source, target)
    except OSError:
        return False
    return True


def _copied(source: str, target: str) -> str:
    """Copy a file in pieces; return the hash of what was copied."""
    found = hashlib.sha256()
    fd = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), _MODE)
    try:
        with open(source, "rb") as file:
            while piece := file.read(_PIECE):
                found.update(piece)
                write_all(fd, piece)
    finally:
        os.close(fd)
    _open_up(target, _MODE)
    return found.hexdigest()


def _open_up(path: str, mode: int) -> None:
    """Let everybody read what is made to be published; some file systems have no modes."""
    with contextlib.suppress(OSError):
        os.chmod(path, mode)
