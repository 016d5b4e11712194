"""Put a site into a branch of a git repository, as one commit upon what is there, and never over somebody else's.

The contents go up first, under a name of their own that no visitor's page comes from; then the branch is moved in one
step, and only if it is still where it was seen (a lease). No work tree is needed and no history is rewritten.
"""

from __future__ import annotations

import contextlib
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping
from typing import ClassVar, TypeVar
from urllib.parse import urlsplit

from ..diagnostics import reason_of
from ..token import Token
from . import git_history as history
from .git_commit import commit_of
from .git_history import shown
from .git_ids import Ids
from .git_process import HOST, TRANSFER, Git, Said
from .git_remote import Remote, parse
from .git_words import Words, missing, words
from .nouns import About, Failed, Frozen, Live, Plan, Refused, Tell, There
from .table import Around

T = TypeVar("T")

#: Where contents wait for their commit to be made the newest of the branch.
_WAITING = "refs/linkhome/"
#: Seconds between two looks at a branch after a push that nobody answered.
_SETTLE = (0.5, 1.5, 3.0)
#: What only lies in the folder that a site is made from.
_SOURCE = "linkhome.yaml"


class Branch(ABC):
    """Be one branch of one repository; what is special about a host is said by its class.

    ``domain_file`` is the file in which a host finds the site's domain.
    """

    about: About
    host: ClassVar[str]
    usual_branch: ClassVar[str]
    domain_file: ClassVar[str]

    def __init__(self, given: Mapping[str, str], secrets: Mapping[str, Token], around: Around) -> None:
        self.remote: Remote = parse(given["repository"], self.host)
        self.branch = given.get("branch", self.usual_branch)
        self.domain = given.get("domain", "").lower()
        self._shown_at = (urlsplit(around.url).hostname or "").lower()
        self._variable = self.about.secrets[0].variable
        self._git = Git(self.remote, around.state, secrets.get("token"))
        self._ids = Ids(around.state)
        self._seen: history.Seen | None = None
        self._kind = "sha1"
        self._waiting: set[str] = set()
        self._made: tuple[str, str, str] | None = None

    @property
    def address(self) -> str:
        """Return where visitors see it, as the host makes addresses of repositories; empty on another host."""
        if self.domain:
            return f"https://{self.domain}/"
        return self.page(self.remote.owner, self.remote.name) if self.remote.host == self.host else ""

    @abstractmethod
    def page(self, owner: str, name: str) -> str:
        """Return where this kind of host shows the site of a repository."""

    def marks(self, frozen: Frozen) -> Mapping[str, str]:
        """Return git's own names for the contents."""
        try:
            return self._ids.of(frozen, self._kind)
        except OSError as problem:
            raise Refused(f"the built site cannot be read: {reason_of(problem)}", "build again") from None

    def look(self) -> There:
        """Ask what is in the branch, and whose it is; stop at a domain or at sources that it is not ours to replace."""
        seen = self._seen = self._asked(self._look)
        stop, hint = self._reason_to_stop(seen)
        files = {shown(path): entry.id for path, entry in seen.tree.items()}
        foreign = tuple(shown(path) for path in seen.foreign)
        return There(seen.build, seen.tip, files, foreign, stop, hint)

    def upload(self, frozen: Frozen, plan: Plan, there: There, tell: Tell) -> str:
        """Bring the contents up, as a commit that no branch has yet; return its name."""
        if self._seen is None:
            self.look()
        assert self._seen is not None
        seen = self._seen
        if there.release != seen.tip:
            raise Refused("somebody else changed the branch in this very moment", "deploy again")
        made = (frozen.tree, seen.tip)
        if self._made and self._made[:2] == made:
            return self._made[2]  # it has arrived before, and only the last step failed
        ids = self.marks(frozen)
        preparing = lambda path: tell(0, plan.size, path)  # noqa: E731 (two words, said once)
        commit = self._asked(lambda: commit_of(self._git, seen, frozen, ids, preparing))
        if commit != seen.tip:
            try:
                self._send(commit, plan.size, tell)
            except (Said, OSError) as problem:
                raise self._failed(problem, Live.OLD) from None
        tell(plan.size, plan.size, "")
        self._made = (*made, commit)
        return commit

    def activate(self, ticket: str) -> str:
        """Let the branch begin at this commit, if it is still what it was; sure of how that ended, or it says so."""
        assert self._seen is not None
        old = self._seen.tip
        if ticket == old:
            return ticket
        try:
            self._push(f"{ticket}:refs/heads/{self.branch}", f"--force-with-lease=refs/heads/{self.branch}:{old}")
        except (Said, OSError) as problem:
            refused = isinstance(problem, Said) and "rejected]" in problem.text
            now = self._tip_now(old, () if refused else _SETTLE)
            if now == ticket:
                return ticket
            raise self._failed(problem, Live.OLD if refused or now == old else Live.UNKNOWN) from None
        return ticket

    def tidy(self, frozen: Frozen, plan: Plan) -> None:
        """Remove the names under which contents waited; where that fails, the next deploy does it."""
        del frozen, plan
        with contextlib.suppress(Said, OSError):
            if self._waiting:
                self._push(*(f":{name}" for name in sorted(self._waiting)))
                self._waiting.clear()

    def close(self) -> None:
        """Remove the temporary repository."""
        self._git.close()

    # -------------------------------------------------------------- inside

    def _look(self) -> history.Seen:
        self._git.begin(sha256=False)
        refs = self._refs()
        self._waiting = {name for name in refs if name.startswith(_WAITING)}
        tip = refs.get(f"refs/heads/{self.branch}", "")
        self._kind = "sha256" if any(len(name) == 64 for name in refs.values()) else "sha1"
        if self._kind == "sha256":
            self._git.begin(sha256=True)
        return history.see(self._git, self.branch) if tip else history.Seen()

    def _refs(self) -> dict[str, str]:
        """Return the names that concern us at the host, and the commit behind each."""
        printed = self._git.run("ls-remote", HOST, f"refs/heads/{self.branch}", f"{_WAITING}*").decode(errors="replace")
        lines = (line.partition("\t") for line in printed.splitlines())
        return {name: commit for commit, _, name in lines if name.startswith((_WAITING, f"refs/heads/{self.branch}"))}

    def _tip_now(self, old: str, pauses: Collection[float]) -> str | None:
        """Return where the branch is, None if nobody says.

        The answer to a push may have been lost on the way back, and the host may still be at work: while the branch is
        ``old``, it is asked again after each of some pauses.
        """
        now: str | None = None
        for pause in (0.0, *pauses):
            time.sleep(pause)
            with contextlib.suppress(Said, OSError):
                now = self._refs().get(f"refs/heads/{self.branch}", "")
                if now != old:
                    break
        return now

    def _reason_to_stop(self, seen: history.Seen) -> tuple[str, str]:
        if _SOURCE in seen.tree:
            hint = f"name a branch of its own: 'branch: {self.usual_branch}'"
            return f"the branch {self.branch} holds what the site is made from ({_SOURCE}), not a built site", hint
        entry = seen.tree.get(self.domain_file)
        if entry is None or self.domain_file not in seen.foreign:
            return "", ""
        text = self._asked(lambda: self._git.run("cat-file", "blob", entry.id)).decode(errors="replace")
        there = next((word for word in text.split() if word.isprintable()), "")[:253].lower()
        if not there or there in (self.domain, self._shown_at):
            return "", ""
        why = f"the site in the branch {self.branch} has the domain {there} (its file {self.domain_file})"
        if self.domain:
            return f"{why}, and linkhome.yaml says {self.domain}", f"let one of both be right: 'domain: {there}'?"
        return f"{why}, of which linkhome.yaml knows nothing", f"add 'domain: {there}' to this entry of 'deploy'"

    def _send(self, commit: str, size: int, tell: Tell) -> None:
        """Bring a commit up under a name that nobody's page comes from."""
        name = f"{_WAITING}{commit[:20]}"
        try:
            self._push(f"{commit}:{name}", tell=lambda percent: tell(size * percent // 100, size, ""))
        except Said as said:
            # Some hosts allow branches only. Then all goes in one step, which is as safe, but tells nothing meanwhile.
            if "hidden ref" not in said.text and "funny refname" not in said.text:
                raise
        else:
            self._waiting.add(name)

    def _push(self, *wanted: str, tell: Callable[[int], None] | None = None) -> None:
        options = [one for one in wanted if one.startswith("--")]
        names = [one for one in wanted if not one.startswith("--")]
        self._git.run("push", "--porcelain", "--progress", *options, HOST, *names, seconds=TRANSFER, tell=tell)

    def _asked(self, ask: Callable[[], T]) -> T:
        """Return an answer to a question; where git fails on the way to it, nothing has been sent."""
        try:
            return ask()
        except (Said, OSError) as problem:
            raise Refused(*self._words(problem)) from None

    def _failed(self, problem: Said | OSError, live: Live) -> Failed:
        found = self._words(problem)
        return Failed(found.message, found.hint, live)

    def _words(self, problem: Said | OSError) -> Words:
        if isinstance(problem, Said):
            return words(problem, self.remote, self.branch, self._variable)
        if isinstance(problem, FileNotFoundError) and problem.filename == "git":
            return missing()
        return Words(f"the disk does not let git work: {reason_of(problem)}", "see to the disk, then deploy again")
