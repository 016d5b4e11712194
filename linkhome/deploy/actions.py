"""Let GitHub build and publish a site: write the workflow into the creator's checkout, and send nothing.

What a creator changed in it is never written over without their word.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from ..diagnostics import reason_of
from ..durable import make_folders, write_file
from ..token import Token
from .actions_workflow import Wishes, text
from .git_remote import parse
from .nouns import About, Failed, Frozen, Key, Plan, Refused, Tell, There
from .table import Around

#: Where GitHub looks for it, from the top of the repository.
FILE = ".github/workflows/linkhome.yml"
#: What the workflow installs, beside linkhome.yaml.
REQUIREMENTS = "requirements.txt"
MAKE = "echo linkhome | uv pip compile - --universal --python-version {} --generate-hashes -o requirements.txt"

_HOST = "github.com"
_HEAD = "# Written by 'linkhome deploy'. Change it as you like: linkhome then leaves it alone, unless you say --yes.\n"
_SEAL = re.compile(r"# linkhome ([0-9a-f]{64})\n")
_LINKHOME = re.compile(r"^linkhome(?:\[[\w, -]*\])?\s*==", re.MULTILINE | re.IGNORECASE)
_CRON_FIELD = r"[0-9*][0-9*/,-]{0,30}"
_NEVER = ("off", "no", "false", "never")
#: What may stand between double quotes in the lines that the workflow runs.
_PLAIN_FOLDER = re.compile(r"[\w ./@+-]*")

ABOUT = About(
    name="github-actions",
    title="GitHub Actions",
    keys=(
        Key("repository", "the git repository at GitHub; only for the address in the file", "lina/lina.github.io"),
        Key(
            "cron",
            "when the site is refreshed and built, as five fields in UTC; every day at 4:23 if it is not given",
            "23 4 * * *",
            rf"{_CRON_FIELD}(?: {_CRON_FIELD}){{4}}",
        ),
        Key(
            "refresh",
            "how old saved copies may get, or 'off' if only you refresh them; 20h if it is not given",
            "20h",
            rf"0|[1-9][0-9]{{0,3}}[mhd]|{'|'.join(_NEVER)}",
        ),
        Key("python", "the version of Python there; 3.13 if it is not given", "3.13", r"3\.[1-9][0-9]"),
    ),
    atomic=True,
    slow=0.0,  # it is published by the next push, not by this deploy
    remark="commit and push the workflow; then choose 'GitHub Actions' under Settings, Pages",
)


class Actions:
    """Be the workflow file of one checkout."""

    about = ABOUT
    #: Where the site is seen is up to GitHub, and to the settings there.
    address = ""

    def __init__(self, given: Mapping[str, str], secrets: Mapping[str, Token], around: Around) -> None:
        del secrets
        self._site = around.root.resolve()
        self._top = next((one for one in (self._site, *self._site.parents) if (one / ".git").exists()), None)
        self._yes = around.yes
        self._python = given.get("python", Wishes().python)
        folder = self._site.relative_to(self._top).as_posix() if self._top else ""
        refresh = given.get("refresh", Wishes().refresh)
        wishes = Wishes(
            folder="" if folder == "." else folder,
            settings=_settings(given.get("repository", "")),
            cron=given.get("cron", Wishes().cron),
            refresh="" if refresh in _NEVER else refresh,
            python=self._python,
        )
        if not _PLAIN_FOLDER.fullmatch(wishes.folder):
            why = f"the site lies in '{wishes.folder}', a name that a workflow cannot use"
            raise Refused(why, "give the folder a name of letters, digits and hyphens")
        self._text = sealed(text(wishes))

    def marks(self, frozen: Frozen) -> Mapping[str, str]:
        """Return the mark of the workflow; the built site does not go there."""
        del frozen
        return {FILE: _mark(self._text)}

    def look(self) -> There:
        """See what lies in the checkout, and whether it is ours to replace."""
        if self._top is None:
            hint = "run 'git init' in it, or move it into your clone of the repository"
            return There(files={}, stop="the site's folder is no git repository, so GitHub cannot build it", hint=hint)
        there = self._read(self._top / FILE)
        release = _mark(there) if there else ""
        stop, hint = self._reason_to_stop(there)
        return There("", release, {FILE: release} if there else {}, (), stop, hint)

    def upload(self, frozen: Frozen, plan: Plan, there: There, tell: Tell) -> str:
        """Return the mark of the workflow; there is nothing to send."""
        del frozen, there
        tell(plan.size, plan.size, FILE)
        return _mark(self._text)

    def activate(self, ticket: str) -> str:
        """Write the workflow, whole or not at all."""
        assert self._top is not None
        path = self._top / FILE
        try:
            make_folders(path.parent)
            write_file(path, self._text.encode())
        except OSError as problem:
            raise Failed(f"{FILE} cannot be written: {reason_of(problem)}", "allow writing there, then again") from None
        return ticket

    def tidy(self, frozen: Frozen, plan: Plan) -> None:
        """Leave everything as it is."""

    def close(self) -> None:
        """Let go of nothing."""

    # -------------------------------------------------------------- inside

    def _reason_to_stop(self, there: str) -> tuple[str, str]:
        if there and there != self._text and not ours(there) and not self._yes:
            hint = "say --yes to write it anew; your own words in it are then lost, unless git has them"
            return f"{FILE} has been changed since linkhome wrote it, or is not linkhome's", hint
        wanted = self._read(self._site / REQUIREMENTS)
        if not _LINKHOME.search(wanted) or "--hash=sha256:" not in wanted:
            problem = "does not name linkhome with hashes" if wanted else "is missing"
            return f"{REQUIREMENTS} beside linkhome.yaml {problem}", f"make it with: {MAKE.format(self._python)}"
        return "", ""

    def _read(self, path: Path) -> str:
        """Return a small text of the checkout, empty if there is none; line ends as they are written here."""
        try:
            return path.read_bytes().decode(errors="replace").replace("\r\n", "\n")
        except FileNotFoundError:
            return ""
        except OSError as problem:
            raise Refused(f"{path.name} cannot be read: {reason_of(problem)}", "see to that file, then again") from None


def sealed(workflow: str) -> str:
    """Return a workflow with a line by which it is known again, as long as nobody changes it."""
    body = _HEAD + workflow
    return f"# linkhome {_mark(body)}\n{body}"


def ours(there: str) -> bool:
    """Tell whether this is a workflow of ours, of whatever version, that nobody has changed."""
    found = _SEAL.match(there)
    return found is not None and found[1] == _mark(there[found.end() :])


def _mark(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _settings(repository: str) -> str:
    """Return where Pages is switched on, if that is known."""
    if not repository:
        return ""
    short = re.fullmatch(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+", repository)
    remote = parse(f"https://{_HOST}/{repository}" if short else repository, _HOST)
    return f"https://{_HOST}/{remote.owner}/{remote.name}/settings/pages" if remote.owner else ""
