"""Deploy to a host that shows each file as soon as it is there: all of it is sent beside the site, then moved into it.

Until the last byte has arrived nothing of the site changes; then files are moved to their places in the order in which
they need each other, each in one step where the host can do that. Files that linkhome did not put there stay.
"""

from __future__ import annotations

import contextlib
import io
import secrets
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeVar

from ..diagnostics import reason_of
from ..snapshot import folders_of
from . import waiting
from .census import Census
from .notes import DRAFT, FILE, FOLDER, NewerError, Notes, decoded
from .nouns import Failed, Frozen, Live, Plan, Refused, Tell, There
from .order import hashed, stages
from .remote import Pool, Remote, RemoteError, Seen
from .sending import Tally, send_all
from .table import Around

#: Seconds before the second, third, … try when a connection broke.
PAUSES = (1.0, 3.0, 9.0)
#: For how many deploys a file with a hash in its name stays after the site has it no more.
GRACE = 2
_AGAIN = "deploy again: it goes on where it stopped"

_T = TypeVar("_T")


class InPlace:
    """Be a folder on a host for files: the body of each target that speaks to such a host.

    ``host`` is its name, ``shown`` the folder as the creator wrote it, ``most`` how many connections are open at once.
    """

    def __init__(
        self,
        connect: Callable[[], Remote],
        host: str,
        shown: str,
        around: Around,
        *,
        most: int,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._pool = Pool(connect, most)
        self._host, self._shown, self._around, self._wait = host, shown, around, wait
        self._notes = Notes()
        self._census = Census(self._listed, self._notes)
        self._frozen: Frozen | None = None
        self._moves: list[list[str]] = []

    @property
    def address(self) -> str:
        """Return where visitors see it: only the creator knows."""
        return self._around.url.rstrip("/") + "/" if self._around.url else ""

    def look(self) -> There:
        """Read the notes, and see whether the files are still as they say."""
        try:
            self._notes = self._patiently(_notes) or Notes()
            self._census = Census(self._listed, self._notes)
            if not self._census.take():
                why = f"there is no folder '{self._shown}' on {self._host}"
                return There(stop=why, hint="make it there, or correct 'path'")
        except NewerError:
            why = f"a newer linkhome has deployed to '{self._shown}' on {self._host}"
            return There(stop=why, hint="update linkhome on this computer")
        except RemoteError as problem:
            raise Refused(self._why(problem), problem.hint) from None
        return self._census.there()

    def marks(self, frozen: Frozen) -> Mapping[str, str]:
        """Return the SHA-256 of every file.

        Raises:
            Refused: files would be replaced that linkhome did not put there.
        """
        try:
            self._census.widen(frozen.files)
        except RemoteError as problem:
            raise Refused(self._why(problem), problem.hint) from None
        strange = self._census.strange(frozen.files)
        if strange and not self._around.yes:
            some = ", ".join(strange[:3]) + (f" and {len(strange) - 3:,} more" if len(strange) > 3 else "")
            why = f"linkhome did not put {some} into '{self._shown}' on {self._host}, and would replace it"
            raise Refused(why, "look at what is there; if it may be replaced, deploy again with --yes")
        return {path: file.sha256 for path, file in frozen.files.items()}

    def upload(self, frozen: Frozen, plan: Plan, there: There, tell: Tell) -> str:  # noqa: ARG002 (it looked itself)
        """Send everything into our own folder on the host; nothing of the site changes by that."""
        self._frozen, census = frozen, self._census
        # Of what was about to go from the host the plan does not know that it is there.
        paths = [path for path in (*plan.adds, *plan.changes) if census.mark(path) != frozen.files[path].sha256]
        tally = Tally(plan.size, tell)
        try:
            self._patiently(lambda remote: remote.make_folder(FOLDER))
            send_all(paths, lambda path: self._send(path, frozen, tally), tally)
            self._moves = stages(paths)
            self._each((one for one in folders_of(frozen.files) if one not in census.folders), _make_folder)
            there_now = self._listed(FOLDER, []) or {}
            coming = {path: waiting.noted(path, frozen.files[path], there_now) for path in paths}
            old, token = self._notes, secrets.token_hex(8)
            self._keep(Notes(build=old.build, token=token, files=census.settled(), coming=coming, leaving=old.leaving))
        except RemoteError as problem:
            raise Failed(self._why(problem), problem.hint or _AGAIN, Live.OLD) from None
        except OSError as problem:
            why = f"could not read the site: {reason_of(problem)}"
            raise Failed(why, "build and deploy again", Live.OLD) from None
        tell(plan.size, plan.size, "")
        return token

    def activate(self, ticket: str) -> str:
        """Move everything to its place, what others need first; write down how it looks there."""
        assert self._frozen is not None
        live = Live.OLD
        try:
            found = self._patiently(_notes)
            if found is None or found.token != ticket:
                raise Failed(f"somebody else deploys to {self._host} just now", "deploy again a little later", Live.OLD)
            for group in self._moves:
                live = live if all(map(hashed, group)) else Live.UNKNOWN
                send_all(group, self._move, Tally(0, lambda *_: None))
        except NewerError:
            raise Failed(f"a newer linkhome deploys to {self._host} just now", "update linkhome", Live.OLD) from None
        except RemoteError as problem:
            raise Failed(self._why(problem), problem.hint or _AGAIN, live) from None
        # The new site is there. Notes that cannot be written now are made up for by `tidy`, or by the next look.
        with contextlib.suppress(RemoteError):
            self._take_down(self._frozen)
        return self._frozen.tree

    def tidy(self, frozen: Frozen, plan: Plan) -> None:
        """Remove what the site has no more; what an open page may still ask for stays for two deploys."""
        try:
            if self._notes.tree != frozen.tree:
                self._take_down(frozen)
            old = self._notes
            leaving = {path: left - 1 for path, left in old.leaving.items()}
            leaving |= {path: GRACE for path in plan.deletes if hashed(path)}
            gone = {path for path, left in leaving.items() if left <= 0}
            gone |= {path for path in plan.deletes if path not in leaving}
            stay = {path: noted for path, noted in old.files.items() if path not in gone}
            self._each(sorted(gone), _remove)
            self._each(sorted({*folders_of(gone)} - {*folders_of(stay)}, reverse=True), _remove_folder)
            left = [f"{FOLDER}/{name}" for name in self._listed(FOLDER, []) or {}]
            self._each((path for path in left if path not in (FILE, DRAFT)), _remove)
            leaving = {path: number for path, number in leaving.items() if path not in gone}
            self._keep(Notes(build=old.build, tree=old.tree, token=old.token, files=stay, leaving=leaving))
        except RemoteError as problem:
            why = f"files that the site has no more were left: {self._why(problem)}"
            raise Failed(why, "the next deploy removes them", Live.NEW) from None

    def close(self) -> None:
        """Hang up."""
        self._pool.close()

    # ------------------------------------------------------------------ inside

    def _send(self, path: str, frozen: Frozen, tally: Tally) -> None:
        known: list[Mapping[str, Seen]] = [self._census.staged]
        # At a second try, how far it had come is asked again.
        self._patiently(lambda remote: waiting.send(remote, path, frozen, known.pop() if known else None, tally))

    def _move(self, path: str) -> None:
        assert self._frozen is not None
        waits = f"{FOLDER}/{waiting.name_of(path, self._frozen.files[path])}"
        tries: list[str] = []

        def move(remote: Remote) -> None:
            tries.append(path)
            try:
                remote.move(waits, path)
            except RemoteError as problem:
                if not (problem.gone and len(tries) > 1):  # else the answer to a try before was lost: it was done
                    raise

        self._patiently(move)

    def _take_down(self, frozen: Frozen) -> None:
        """Write down that everything is in place."""
        old = self._notes
        leaving = {path: left for path, left in old.leaving.items() if path not in frozen.files}
        files = {**old.files, **old.coming}
        self._keep(Notes(build=frozen.build, tree=frozen.tree, token=old.token, files=files, leaving=leaving))

    def _keep(self, notes: Notes) -> None:
        data = notes.encoded()

        def write(remote: Remote) -> None:
            remote.send(io.BytesIO(data), len(data), DRAFT, 0, lambda _: None)
            remote.move(DRAFT, FILE)

        self._patiently(write)
        self._notes = notes

    def _listed(self, folder: str, names: Collection[str]) -> Mapping[str, Seen] | None:
        return self._patiently(lambda remote: remote.listed(folder, names))

    def _each(self, paths: Iterable[str], do: Callable[[Remote, str], None]) -> None:
        for path in paths:
            self._patiently(lambda remote, path=path: do(remote, path))  # type: ignore[misc]

    def _patiently(self, do: Callable[[Remote], _T]) -> _T:
        """Do it, with another connection when one breaks; everything that is asked here may be done twice."""
        for pause in PAUSES:
            try:
                with self._pool.one() as remote:
                    return do(remote)
            except RemoteError as problem:
                if not problem.lost:
                    raise
            self._wait(pause)
        with self._pool.one() as remote:
            return do(remote)

    def _why(self, problem: RemoteError) -> str:
        return f"{self._host} {problem.why}"


def _notes(remote: Remote) -> Notes | None:
    return decoded(remote.read(FILE)) or decoded(remote.read(DRAFT))


def _make_folder(remote: Remote, path: str) -> None:
    remote.make_folder(path)


def _remove(remote: Remote, path: str) -> None:
    remote.remove(path)


def _remove_folder(remote: Remote, path: str) -> None:
    remote.remove_folder(path)
