"""Let GitHub build and publish a site: write the workflow into the creator's checkout, and send nothing.

What a creator changed in it is never written over without their word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from ..places import github_page
from ..token import Token
from .actions_workflow import Wishes, text
from .checkout import MAKE, REQUIREMENTS, Checkout, ours, sealed
from .git_remote import parse
from .nouns import About, Key, Refused
from .table import Around

#: Where GitHub looks for it, from the top of the repository.
FILE = ".github/workflows/linkhome.yml"

_HOST = "github.com"
_LINKHOME = re.compile(r"^linkhome(?:\[[\w, -]*\])?\s*==", re.MULTILINE | re.IGNORECASE)
_CRON_FIELD = r"[0-9*][0-9*/,-]{0,30}"
_NEVER = ("off", "no", "false", "never")
#: What may stand between double quotes in the lines that the workflow runs.
_PLAIN_FOLDER = re.compile(r"[\w ./@+-]*")

ABOUT = About(
    name="github-actions",
    title="GitHub Actions",
    keys=(
        Key(
            "repository",
            "the git repository at GitHub; where Pages is switched on, and where the site is without a domain",
            "lina/lina.github.io",
        ),
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
    builds=True,
    remark="commit and push the workflow; then choose 'GitHub Actions' under Settings, Pages",
)


class Actions(Checkout):
    """Be the workflow file of one checkout."""

    about = ABOUT
    file: ClassVar[str] = FILE
    host_name: ClassVar[str] = "GitHub"
    no_repository: ClassVar[str] = "run 'git init' in it, or move it into your clone of the repository"

    def __init__(self, given: Mapping[str, str], secrets: Mapping[str, Token], around: Around) -> None:
        del secrets
        super().__init__(around)
        self._python = given.get("python", Wishes().python)
        refresh = given.get("refresh", Wishes().refresh)
        owner, name = _repository(given.get("repository", ""))
        self.served_at = github_page(owner, name) if owner else ""
        wishes = Wishes(
            place=around.name or ABOUT.name,
            folder=self.folder,
            settings=f"https://{_HOST}/{owner}/{name}/settings/pages" if owner else "",
            cron=given.get("cron", Wishes().cron),
            refresh="" if refresh in _NEVER else refresh,
            python=self._python,
        )
        if not _PLAIN_FOLDER.fullmatch(wishes.folder):
            why = f"the site lies in '{wishes.folder}', a name that a workflow cannot use"
            raise Refused(why, "give the folder a name of letters, digits and hyphens")
        self._text = sealed(text(wishes))

    def reason_to_stop(self, there: str) -> tuple[str, str]:
        """Stop at a workflow that the creator changed, and where the one that would be written could not install."""
        if there and there != self._text and not ours(there) and not self._yes:
            hint = "say --yes to write it anew; your own words in it are then lost, unless git has them"
            return f"{FILE} has been changed since linkhome wrote it, or is not linkhome's", hint
        wanted = self.read(self._site / REQUIREMENTS)
        if not _LINKHOME.search(wanted) or "--hash=sha256:" not in wanted:
            problem = "does not name linkhome with hashes" if wanted else "is missing"
            return f"{REQUIREMENTS} beside linkhome.yaml {problem}", f"make it with: {MAKE.format(self._python)}"
        return "", ""


def _repository(repository: str) -> tuple[str, str]:
    """Return whose repository it is at GitHub, and its name; two empty texts if that is not known."""
    if not repository:
        return "", ""
    short = re.fullmatch(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+", repository)
    remote = parse(f"https://{_HOST}/{repository}" if short else repository, _HOST)
    return (remote.owner, remote.name) if remote.owner and remote.host == _HOST else ("", "")
