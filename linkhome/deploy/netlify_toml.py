"""Let Netlify build and publish a site on every push: write ``netlify.toml`` into the creator's checkout, send nothing.

What a creator changed in it is never written over without their word. The file counts where Netlify builds, and only
there: nothing in it would be read in a deploy of a finished site.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from ..diagnostics import reason_of
from ..durable import write_file
from ..token import Token
from .actions import MAKE, REQUIREMENTS, ours, sealed
from .nouns import About, Failed, Frozen, Key, Plan, Refused, Tell, There
from .table import Around

FILE = "netlify.toml"
PYTHON = "3.13"

ABOUT = About(
    name="netlify-build",
    title="Netlify, built there",
    keys=(Key("python", f"the version of Python there; {PYTHON} if it is not given", PYTHON, r"3\.[1-9][0-9]"),),
    atomic=True,
    slow=0.0,  # it is published by the next push, not by this deploy
    remark="commit and push netlify.toml; then import the repository at Netlify (Add new project). Every push that "
    "changes something costs 15 credits there",
)


class NetlifyBuild:
    """Be the file ``netlify.toml`` of one checkout."""

    about = ABOUT
    #: Where the site is seen is up to Netlify, and to the settings there.
    address = ""

    def __init__(self, given: Mapping[str, str], secrets: Mapping[str, Token], around: Around) -> None:
        del secrets
        self._site = around.root.resolve()
        self._top = next((one for one in (self._site, *self._site.parents) if (one / ".git").exists()), None)
        self._yes = around.yes
        self._python = given.get("python", PYTHON)
        folder = self._site.relative_to(self._top).as_posix() if self._top else "."
        self._text = sealed(text("" if folder == "." else folder, self._python))

    def marks(self, frozen: Frozen) -> Mapping[str, str]:
        """Return the mark of the file; the built site does not go there."""
        del frozen
        return {FILE: _mark(self._text)}

    def look(self) -> There:
        """See what lies in the checkout, and whether it is ours to replace."""
        if self._top is None:
            hint = "run 'git init' in it, or write the target 'netlify', which needs no repository"
            return There(files={}, stop="the site's folder is no git repository, so Netlify cannot build it", hint=hint)
        try:
            there = (self._top / FILE).read_bytes().decode(errors="replace").replace("\r\n", "\n")
        except FileNotFoundError:
            there = ""
        except OSError as problem:
            raise Refused(f"{FILE} cannot be read: {reason_of(problem)}", "see to that file, then again") from None
        stop = hint = ""
        if there and not ours(there) and not self._yes:
            stop = f"{FILE} has been changed since linkhome wrote it, or is not linkhome's"
            hint = "say --yes to write it anew; what is in it is then lost, unless git has it"
        elif not (self._site / REQUIREMENTS).is_file():
            stop = f"{REQUIREMENTS} beside linkhome.yaml is missing, so Netlify would not know what to install"
            hint = f"make it with: {MAKE.format(self._python)}"
        release = _mark(there) if there else ""
        return There("", release, {FILE: release} if there else {}, (), stop, hint)

    def upload(self, frozen: Frozen, plan: Plan, there: There, tell: Tell) -> str:
        """Return the mark of the file; there is nothing to send."""
        del frozen, there
        tell(plan.size, plan.size, FILE)
        return _mark(self._text)

    def activate(self, ticket: str) -> str:
        """Write the file, whole or not at all."""
        assert self._top is not None
        try:
            write_file(self._top / FILE, self._text.encode())
        except OSError as problem:
            raise Failed(f"{FILE} cannot be written: {reason_of(problem)}", "allow writing there, then again") from None
        return ticket

    def tidy(self, frozen: Frozen, plan: Plan) -> None:
        """Leave everything as it is."""

    def close(self) -> None:
        """Let go of nothing."""


def text(folder: str, python: str) -> str:
    """Return the settings for a site in a folder of its repository (posix, empty for all of it)."""
    base = f"base = {json.dumps(folder, ensure_ascii=False)}\n" if folder else ""
    return f"""\
[build]
{base}publish = "public"
# The very files that {REQUIREMENTS} names are installed, and nothing else.
command = "python -m pip install --require-hashes --requirement {REQUIREMENTS} && linkhome build"

[build.environment]
PYTHON_VERSION = {json.dumps(python)}
"""


def _mark(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()
