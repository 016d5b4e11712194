"""Deploy to a server of one's own over ssh: a release folder is filled by rsync, then a link leads to it in one step.

Visitors see the whole old site or the whole new one. What did not change since the last release is linked there, not
sent again; an upload that broke off goes on where it stopped.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from ..diagnostics import reason_of
from ..token import Token
from . import releases
from .nouns import About, Failed, Frozen, Key, Live, Plan, Refused, Tell, There
from .shell import Shell
from .shell_words import ShellError
from .table import Around
from .tree import lay_out

#: How many releases stay on the host, the live one included.
KEEP = 5
#: How many earlier attempts rsync looks into for what has arrived; it takes twenty folders at most.
MOST_BASES = 8
#: Seconds before the second, third, … try when a connection broke.
PAUSES = (1.0, 3.0, 9.0)
HOST = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]"
USER = r"[A-Za-z0-9_][A-Za-z0-9._@+-]{0,63}"
PORT = r"[1-9][0-9]{0,4}"
#: A file on this computer. ssh reads quotes and % in such a name in its own way.
LOCAL = r"""[^\x00-\x1f\x7f"'%]{1,1000}"""
_PART = r"(?!\.{1,2}(?:/|$))[A-Za-z0-9._+@=,][A-Za-z0-9._+@=,-]*"
_PATH = rf"(?:~/|/)?{_PART}(?:/{_PART})*/?"
_T = TypeVar("_T")
_LINE = re.compile(r"([0-9,]+) ([0-9,]+) (.*)")

ABOUT = About(
    name="ssh",
    title="your server over ssh",
    keys=(
        Key("host", "the server's name, or what your ssh settings call it", "lina.example", HOST, required=True),
        Key("path", "a folder of the server, in which the releases lie", "~/site", _PATH, required=True),
        Key("user", "your name there", "lina", USER),
        Key("port", "the port of ssh, if it is not 22", "2222", PORT),
        Key("keep", "how many releases stay on the server", "5", r"[1-9][0-9]?"),
        Key("known_hosts", "a file with the server's key, if not the one of ssh", "known_hosts", LOCAL),
        Key("identity", "the file of your private key, if ssh does not find it", "~/.ssh/id_ed25519", LOCAL),
    ),
    atomic=True,
    headers=(".htaccess",),
    slow=30.0,
    remark="the web server has to show the folder 'current' in that path, which is a symbolic link",
)
_WRONG = {
    "no rsync": ("{host} has no rsync", "install it there, or use the target 'sftp'"),
    "closed": ("'{path}' on {host} is no folder that this account may enter", "check 'path', and who owns the folder"),
    "locked": ("this account may not write in '{path}' on {host}", "check 'path', and who owns the folder"),
    "taken": ("'{path}/current' on {host} is no symbolic link", "move it away; linkhome makes a link of that name"),
    "foreign": ("'{path}/current' on {host} leads to '{leads}', which linkhome did not make", "name another 'path'"),
}


class Ssh:
    """Be one folder on one server. ``wait`` is another one in tests."""

    about = ABOUT

    def __init__(
        self,
        given: Mapping[str, str],
        _secrets: Mapping[str, Token],  # ssh has its own
        around: Around,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        known, identity = local_file(given, "known_hosts", around), local_file(given, "identity", around)
        self._host = given["host"]
        self._shell = Shell(self._host, given.get("user", ""), given.get("port", ""), known, identity)
        self._path = given["path"].removeprefix("~/").rstrip("/")
        self._shown = given["path"].rstrip("/")
        self._keep = int(given.get("keep", KEEP))
        self._around = around
        self._wait = wait
        self._found: releases.Found | None = None
        self._pending: Frozen | None = None
        self._tree: Path | None = None

    @property
    def address(self) -> str:
        """Return where visitors see it: only the creator knows."""
        return self._around.url.rstrip("/") + "/" if self._around.url else ""

    def marks(self, frozen: Frozen) -> Mapping[str, str]:
        """Return the SHA-256 of every file."""
        return {path: file.sha256 for path, file in frozen.files.items()}

    def look(self) -> There:
        """Ask which release is live, and what is in it."""
        try:
            found = self._patiently(self._look)
        except ShellError as problem:
            raise Refused(self._why(problem), problem.hint) from None
        self._found = found
        if found.trouble:
            stop, hint = _WRONG[found.trouble]
            return There(stop=stop.format(host=self._host, path=self._shown, leads=found.leads[:200]), hint=hint)
        if not found.live:
            return There(files={})
        listing = found.listing
        return There(listing.build if listing else "", found.live, listing.files if listing else None)

    def upload(self, frozen: Frozen, plan: Plan, there: There, tell: Tell) -> str:
        """Fill a folder beside the releases; of an upload that broke off, what has arrived stays there."""
        self._pending = frozen
        try:
            self._tree = lay_out(frozen, self._around.state)
            part = self._patiently(lambda: self._fill(frozen.tree, there.release, plan.size, tell))
        except ShellError as problem:
            raise Failed(self._why(problem), problem.hint, Live.OLD) from None
        except OSError as problem:
            raise Failed(
                f"could not prepare the upload: {reason_of(problem)}", "make room, then deploy again"
            ) from None
        tell(plan.size, plan.size, "")
        return part

    def activate(self, ticket: str) -> str:
        """Let ``current`` lead to what was uploaded, unless it leads elsewhere than when we looked."""
        assert self._found is not None
        assert self._pending is not None
        name = self._found.next_name(self._pending.tree)
        script, was = releases.activating(self._pending), f"releases/{self._found.live}" if self._found.live else ""
        try:
            said = self._patiently(lambda: self._shell.script(script, self._path, ticket, name, was))
        except ShellError as problem:
            # A script that was refused did nothing; of one whose answer was lost nobody knows.
            live = Live.UNKNOWN if problem.lost else Live.OLD
            raise Failed(self._why(problem), problem.hint, live) from None
        if said == ["live"]:
            return name
        if said and said[0].startswith("moved"):
            why = f"somebody else deployed to {self._host} in the meantime"
            raise Failed(why, "look at what is live now; deploy again to replace it", Live.UNKNOWN)
        raise Failed(f"{self._host} did not make the new release live", "deploy again", Live.UNKNOWN)

    def tidy(self, frozen: Frozen, plan: Plan) -> None:  # noqa: ARG002 (releases go as a whole)
        """Remove the oldest releases."""
        try:
            found = self._look()
            self._shell.script(releases.TIDY, self._path, frozen.tree, *found.beyond(self._keep))
        except ShellError as problem:
            raise Failed(f"old releases were left: {self._why(problem)}", problem.hint, Live.NEW) from None

    def close(self) -> None:
        """Stop what runs, and remove the folder that was sent."""
        self._shell.close()
        if self._tree is not None:
            shutil.rmtree(self._tree, ignore_errors=True)
            self._tree = None

    # ------------------------------------------------------------------ inside

    def _look(self) -> releases.Found:
        found = releases.read(self._shell.script(releases.LOOK, self._path))
        if found is None:
            raise ShellError("did not come to the end of its answer", "try again in a moment", lost=True)
        return found

    def _fill(self, tree: str, live: str, total: int, tell: Tell) -> str:
        assert self._tree is not None
        attempt = secrets.token_hex(4)
        said = self._shell.script(releases.PREPARE, self._path, tree, attempt)
        bases = [live] if releases.NAME.fullmatch(live) else []
        bases += [part for line in said if releases.PART.fullmatch(part := line.removeprefix("part "))][:MOST_BASES]
        # Options that every rsync of the last fifteen years knows. Contents count, not times; never in place, as files
        # that did not change are the very ones of the release that is live.
        options = ["--recursive", "--perms", "--chmod=Du=rwx,Dgo=rx,Fu=rw,Fgo=r", "--checksum", "--compress"]
        options += ["--delete", "--partial", "--8-bit-output", "--out-format=%b %l %n"]
        options += [f"--link-dest=../{one}" for one in bases]
        sent = 0

        def hear(line: str) -> None:
            nonlocal sent
            if (found := _LINE.fullmatch(line)) and not found[3].endswith("/"):
                sent += int(found[2].replace(",", ""))
                tell(min(sent, total), total, found[3])

        part = f".{tree}.{attempt}.part"
        self._shell.copy(self._tree, f"{self._path}/releases/{part}", options, hear)
        return part

    def _patiently(self, ask: Callable[[], _T]) -> _T:
        """Ask again when the connection broke; everything here may be done twice."""
        for pause in PAUSES:
            try:
                return ask()
            except ShellError as problem:
                if not problem.lost:
                    raise
            self._wait(pause)
        return ask()

    def _why(self, problem: ShellError) -> str:
        return f"there is no '{problem.missing}' on this computer" if problem.missing else f"{self._host} {problem.why}"


def local_file(given: Mapping[str, str], key: str, around: Around) -> Path | None:
    """Return the file of this computer that a key names; None without such a key.

    Raises:
        Refused: there is no such file.
    """
    if key not in given:
        return None
    path = around.root / os.path.expanduser(given[key])
    if not path.is_file():
        raise Refused(
            f"there is no file '{given[key]}', which '{key}' names", "relative paths begin beside linkhome.yaml"
        )
    return path
