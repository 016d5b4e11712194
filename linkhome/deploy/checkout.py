"""Write one file into the creator's checkout, by which a host builds the site itself; send nothing.

What a creator changed in it is never written over without their word.
"""

from __future__ import annotations

import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from ..diagnostics import reason_of
from ..durable import make_folders, write_file
from .nouns import Failed, Frozen, Plan, Refused, Tell, There
from .table import Around

#: What such a host installs, beside linkhome.yaml.
REQUIREMENTS = "requirements.txt"
MAKE = "echo linkhome | uv pip compile - --universal --python-version {} --generate-hashes -o requirements.txt"

_HEAD = "# Written by 'linkhome deploy'. Change it as you like: linkhome then leaves it alone, unless you say --yes.\n"
_SEAL = re.compile(r"# linkhome ([0-9a-f]{64})\n")


class Checkout(ABC):
    """Be one file of one checkout. Who builds upon this says with `reason_to_stop` what else has to be right."""

    #: Where the host looks for it, from the top of the repository, and what the host is called.
    file: ClassVar[str]
    host_name: ClassVar[str]
    #: What to do about a site that lies in no repository.
    no_repository: ClassVar[str]
    #: Where the site is seen is up to the host, and to the settings there.
    address = ""
    #: Where hosts of this kind show it if nobody has set anything else; ``/`` for the root of a host without a name.
    served_at = ""

    def __init__(self, around: Around) -> None:
        self._site = around.root.resolve()
        self._top = next((one for one in (self._site, *self._site.parents) if (one / ".git").exists()), None)
        self._yes = around.yes
        #: The content of the file; set by who builds upon this.
        self._text = ""

    @property
    def folder(self) -> str:
        """Return where the site lies in its repository (posix), empty for the top."""
        folder = self._site.relative_to(self._top).as_posix() if self._top else "."
        return "" if folder == "." else folder

    @abstractmethod
    def reason_to_stop(self, there: str) -> tuple[str, str]:
        """Return why the file must not be written over what is there, and a hint; both empty when it may be."""

    def marks(self, frozen: Frozen) -> Mapping[str, str]:
        """Return the mark of the file; the built site does not go there."""
        del frozen
        return {self.file: _mark(self._text)}

    def look(self) -> There:
        """See what lies in the checkout, and whether it is ours to replace."""
        if self._top is None:
            stop = f"the site's folder is no git repository, so {self.host_name} cannot build it"
            return There(files={}, stop=stop, hint=self.no_repository)
        there = self.read(self._top / self.file)
        release = _mark(there) if there else ""
        stop, hint = self.reason_to_stop(there)
        return There("", release, {self.file: release} if there else {}, (), stop, hint)

    def upload(self, frozen: Frozen, plan: Plan, there: There, tell: Tell) -> str:
        """Return the mark of the file; there is nothing to send."""
        del frozen, there
        tell(plan.size, plan.size, self.file)
        return _mark(self._text)

    def activate(self, ticket: str) -> str:
        """Write the file, whole or not at all."""
        assert self._top is not None
        path = self._top / self.file
        try:
            make_folders(path.parent)
            write_file(path, self._text.encode())
        except OSError as problem:
            why = f"{self.file} cannot be written: {reason_of(problem)}"
            raise Failed(why, "allow writing there, then again") from None
        return ticket

    def tidy(self, frozen: Frozen, plan: Plan) -> None:  # noqa: B027 (nothing to do is the answer)
        """Leave everything as it is."""

    def close(self) -> None:  # noqa: B027
        """Let go of nothing."""

    def read(self, path: Path) -> str:
        """Return a small text of the checkout, empty if there is none; line ends as they are written here."""
        try:
            return path.read_bytes().decode(errors="replace").replace("\r\n", "\n")
        except FileNotFoundError:
            return ""
        except OSError as problem:
            raise Refused(f"{path.name} cannot be read: {reason_of(problem)}", "see to that file, then again") from None


def sealed(content: str) -> str:
    """Return a file with a line by which it is known again, as long as nobody changes it."""
    body = _HEAD + content
    return f"# linkhome {_mark(body)}\n{body}"


def ours(there: str) -> bool:
    """Tell whether this is a file of ours, of whatever version, that nobody has changed."""
    found = _SEAL.match(there)
    return found is not None and found[1] == _mark(there[found.end() :])


def _mark(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()
