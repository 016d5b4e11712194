"""Write what one place is to serve into a folder, for those who bring it there by other means than linkhome.

No secret is asked for, nothing is sent, and the journal hears nothing of it. The folder is the old one or the new one,
whole; a hidden file beside it says what is in it, so that nothing of anybody else's is ever lost there.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from .. import output
from ..diagnostics import Diagnostic, Exit, LinkhomeError, error, reason_of
from ..durable import make_folders, write_file
from ..output import Artifact, Snapshot, Stamp
from ..project import Project
from ..refusals import refuse_unsafe
from ..snapshot import folders_of
from ..staging import survey
from ..token import Token
from .archive import Archive
from .checkout import Checkout
from .entries import Wanted
from .freeze import LITTER
from .nouns import Frozen, Live, Plan, Refused
from .outcome import End, Outcome
from .overlay import lay_over
from .proof import address_of
from .table import Around

#: Targets whose entry says where a site is seen. To make one of these asks nobody, and needs no secret yet.
_TELLING = ("github", "codeberg", "netlify", "github-actions", "netlify-build")
_ANOTHER = "name another folder with --into"


def write_into(
    folder: Path, place: Wanted, all_: Sequence[Wanted], frozen: Frozen, project: Project, built: str, taken: Path
) -> Outcome:
    """Let ``folder`` be exactly what the place is to serve; ``built`` is the address that the site was built for.

    ``taken`` is the folder that holds the built site. Wants the lock of the deploy.

    Raises:
        LinkhomeError: the folder holds what linkhome did not put there, or lies where it would destroy something.
    """
    if place.about.name == "folder" and place.given.get("zip"):
        hint = f"run 'linkhome deploy --to {place.name}', which writes that file"
        raise LinkhomeError(error(f"{place.name} is one file, not a folder", hint=hint), Exit.USAGE)
    with _about(folder):
        _refuse_places(folder, project, taken)
        note = folder.parent / f".{folder.name}.linkhome-into"
        noted = _noted(note)
        old = _ours(folder, noted)
        address = _address(place, project, built)
        with tempfile.TemporaryDirectory(prefix="into-", dir=project.cache) as scratch:
            laid = lay_over(frozen, place, all_, address, built, Archive(Path(scratch)))
            plan = _plan(laid.frozen, old)
            _write(folder, note, laid.frozen, old)
    return Outcome(
        name=place.name,
        target=place.about.name,
        end=End.WRITTEN,
        live=Live.OLD,
        build=frozen.build,
        plan=plan,
        written=True,
        url=address.lstrip("/"),
        remarks=laid.remarks,
    )


def _address(place: Wanted, project: Project, built: str) -> str:
    """Return where visitors see the place, as far as its entry says; the primary is seen at the site's own address."""
    target = None
    if not place.url and place.about.name in _TELLING:
        secrets = {secret.name: Token("") for secret in place.about.secrets if secret.required}
        around = Around(project.root, project.cache, place.name, place.url)
        target = place.make(place.given, secrets, around)
    found = address_of(place, target) if target else place.url or place.home
    found = found or (built if place.primary else "") or (target.served_at if isinstance(target, Checkout) else "")
    return f"{found.rstrip('/')}/" if found else ""


# ------------------------------------------------------------------ whose folder it is


def _refuse_places(folder: Path, project: Project, taken: Path) -> None:
    """Refuse a folder in which the site's sources or the built site lie, or that lies in one of these."""
    refuse_unsafe(folder, project.root)
    real = os.path.realpath(folder)
    for kept in (project.out, taken):
        built = os.path.realpath(kept)
        if real == built or real.startswith(built + os.sep) or built.startswith(real.rstrip(os.sep) + os.sep):
            raise LinkhomeError(error(f"'{folder}' is where the built site is: {kept}", hint=_ANOTHER), Exit.USAGE)


def _noted(note: Path) -> Mapping[str, Collection[str]] | None:
    """Return which files linkhome put into the folder, with the hashes that each may have; None if nobody knows."""
    try:
        return msgspec.json.decode(note.read_bytes(), type=dict[str, list[str]])
    except (FileNotFoundError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def _ours(folder: Path, noted: Mapping[str, Collection[str]] | None) -> dict[str, Stamp]:
    """Return the files of the folder, each one as linkhome put it there.

    Raises:
        Refused: there is something else.
    """
    if not os.path.lexists(folder):
        return {}
    tree = survey(str(folder))
    files = {path: seen for path, seen in tree.files.items() if path.split("/")[-1] not in LITTER}
    if not files and not tree.folders:
        return {}
    if noted is None:
        why = f"the folder {folder.name}/ was not written by 'linkhome deploy --into', so it is left as it is"
        raise Refused(why, f"empty it, or {_ANOTHER}")
    stamps: dict[str, Stamp] = {}
    for path, seen in sorted(files.items()):
        link = os.path.islink(folder / path)
        digest = "" if path not in noted or link else _sha256(folder / path)
        if digest in noted.get(path, ()):
            stamps[path] = Stamp(digest, seen.st_size, seen.st_mtime_ns)
    folders = set(folders_of(noted))
    strange = sorted({*(files.keys() - stamps.keys()), *(f"{path}/" for path in tree.folders if path not in folders)})
    if strange:
        some = ", ".join(f"'{path}'" for path in strange[:3])
        some += f" and {len(strange) - 3:,} more" if len(strange) > 3 else ""
        why = f"{folder.name}/ holds {some}, which is not as linkhome put it there"
        raise Refused(why, f"take it out, or {_ANOTHER}; nothing was written")
    return stamps


def _plan(frozen: Frozen, old: Mapping[str, Stamp]) -> Plan:
    adds = tuple(path for path in frozen.files if path not in old)
    changes = tuple(path for path, file in frozen.files.items() if path in old and old[path].sha256 != file.sha256)
    size = sum(frozen.files[path].size for path in (*adds, *changes))
    return Plan(adds, changes, tuple(sorted(old.keys() - frozen.files.keys())), size)


# ------------------------------------------------------------------ writing


def _write(folder: Path, note: Path, frozen: Frozen, old: Mapping[str, Stamp]) -> None:
    """Swap the folders; before that, note what is in either, so that both are known again after a kill."""
    files = {path: Artifact.copy(frozen.places[path], file.sha256, file.size) for path, file in frozen.files.items()}
    now = {path: [file.sha256] for path, file in frozen.files.items()}
    both = {path: [stamp.sha256] for path, stamp in old.items()}
    for path, hashes in now.items():
        both.setdefault(path, []).extend(hashes)
    make_folders(folder.parent)
    write_file(note, msgspec.json.encode(both, order="sorted"))
    output.write(Snapshot(files), folder, old)
    write_file(note, msgspec.json.encode(now, order="sorted"))


@contextmanager
def _about(folder: Path) -> Iterator[None]:
    """Say what goes wrong with the folder in the words of ``--into``."""
    try:
        yield
    except LinkhomeError as problem:
        raise LinkhomeError(map(_reworded, problem.diagnostics), problem.code) from None
    except OSError as problem:
        why = f"{folder.name}/ cannot be written: {reason_of(problem)}"
        raise LinkhomeError(error(why, hint=f"allow writing there, or {_ANOTHER}")) from None


def _reworded(said: Diagnostic) -> Diagnostic:
    return said._replace(hint=said.hint.replace("--out", "--into"))


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
