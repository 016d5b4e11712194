"""Name what a deploy is made of: a frozen build, what a place holds already, the plan between both, how it ended."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO, Protocol

from msgspec import Struct

from ..diagnostics import LinkhomeError, error

#: Hears how far an upload is: bytes sent so far, of how many, and the file that is under way.
Tell = Callable[[int, int, str], None]


class File(Struct, frozen=True, gc=False):
    """Name the content of one file."""

    sha256: str
    size: int


class Frozen(Struct, frozen=True):
    """Hold a build that nobody changes any more: every file by its path in the site, and where its bytes lie.

    ``build`` is the id of `linkhome.snapshot.Snapshot.build_id`; ``tree`` stands for every byte, overlays included.
    """

    build: str
    tree: str
    files: Mapping[str, File]
    places: Mapping[str, Path]

    @property
    def size(self) -> int:
        """Return the bytes of all files together."""
        return sum(one.size for one in self.files.values())

    def open(self, path: str) -> BinaryIO:
        """Open one file to be read in pieces."""
        return self.places[path].open("rb")

    def read(self, path: str) -> bytes:
        """Return one file whole; for small ones."""
        return self.places[path].read_bytes()


class Key(Struct, frozen=True):
    """Describe one key of an entry under ``deploy:``: what it is, an example, what it has to look like."""

    name: str
    what: str
    example: str
    pattern: str = ""
    required: bool = False


class Secret(Struct, frozen=True):
    """Describe something that is asked from the environment or the keyring, never from a file."""

    name: str
    variable: str
    what: str
    required: bool = True


class About(Struct, frozen=True):
    """Say what a target is, for messages, for the docs and for the checks before anything is sent.

    ``atomic``: visitors see the old site or the new one, never a mixture. ``headers`` names the files for headers
    that this kind of host reads (of ``_headers``, ``_redirects``, ``.htaccess``). ``hidden``: it serves paths with a
    dot, as ``.well-known/`` is one. ``slow`` is how long a change may take to be seen, in seconds. ``builds``: such a
    host builds the site from the creator's repository, so nothing of it is sent, and no earlier one brought back.
    ``extra`` is the part of ``linkhome[…]`` that has to be installed, ``module`` what that brings.
    """

    name: str
    title: str
    keys: tuple[Key, ...] = ()
    secrets: tuple[Secret, ...] = ()
    atomic: bool = False
    headers: tuple[str, ...] = ()
    hidden: bool = True
    slow: float = 60.0
    builds: bool = False
    extra: str = ""
    module: str = ""
    budget: int = 0
    remark: str = ""


class There(Struct, frozen=True):
    """Say what a place holds: ``files`` by path with a mark of their content, None when that cannot be known.

    ``release`` is the target's own name for what is live (a commit, a deploy id), ``build`` linkhome's if it was found.
    ``foreign`` names files that linkhome did not put there and leaves alone. ``stop`` is a sentence why nothing may be
    deployed now, ``hint`` what to do about it.
    """

    build: str = ""
    release: str = ""
    files: Mapping[str, str] | None = None
    foreign: tuple[str, ...] = ()
    stop: str = ""
    hint: str = ""


class Plan(Struct, frozen=True):
    """Name what would be done: paths that come, change and go, and the bytes that are to be sent."""

    adds: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    deletes: tuple[str, ...] = ()
    size: int = 0

    @property
    def empty(self) -> bool:
        """Tell whether the place holds this very site already."""
        return not (self.adds or self.changes or self.deletes)


class Live(enum.StrEnum):
    """Say which site visitors see after something went wrong."""

    OLD = "old"
    NEW = "new"
    UNKNOWN = "unknown"


class Refused(LinkhomeError):  # noqa: N818 (how a deploy ended)
    """Say that nothing was sent, and why: the site that is live stays."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(error(message, hint=hint))


class Failed(LinkhomeError):  # noqa: N818 (how a deploy ended)
    """Say that a deploy did not come to its end, and which site visitors see now."""

    def __init__(self, message: str, hint: str = "", live: Live = Live.OLD) -> None:
        super().__init__(error(message, hint=hint))
        self.live = live


class Target(Protocol):
    """Be one place on one host. Made with the checked keys of its entry and its secrets; asks nobody before `look`.

    Every method raises `Refused` or `Failed` with a sentence and a hint, and nothing else; no secret is in either.
    """

    about: About

    @property
    def address(self) -> str:
        """Return where visitors see it, with a slash at the end; empty if that is only known after a deploy."""

    def marks(self, frozen: Frozen) -> Mapping[str, str]:
        """Return for each path that this target would send the mark that `look` gives for the same content."""

    def look(self) -> There:
        """Ask what is there."""

    def upload(self, frozen: Frozen, plan: Plan, there: There, tell: Tell) -> str:
        """Bring everything to the host; return a ticket. On atomic targets visitors see nothing of it yet.

        May be called again after a failure: what has arrived is not sent again where the protocol allows that.
        """

    def activate(self, ticket: str) -> str:
        """Let visitors see it, durably; return the target's name for this release."""

    def tidy(self, frozen: Frozen, plan: Plan) -> None:
        """Remove what is not needed any more, once the new site was seen to be live."""

    def close(self) -> None:
        """Let go of connections and temporary files."""
