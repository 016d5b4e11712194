"""Let Netlify build and publish a site on every push: write ``netlify.toml`` into the creator's checkout, send nothing.

What a creator changed in it is never written over without their word. The file counts where Netlify builds, and only
there: nothing in it would be read in a deploy of a finished site.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import ClassVar

from ..token import Token
from .checkout import MAKE, REQUIREMENTS, Checkout, ours, sealed
from .nouns import About, Key
from .table import Around

FILE = "netlify.toml"
PYTHON = "3.13"
#: What is published, beside linkhome.yaml: the built site as Netlify is to serve it.
PUBLISHED = "for-netlify"

ABOUT = About(
    name="netlify-build",
    title="Netlify, built there",
    keys=(Key("python", f"the version of Python there; {PYTHON} if it is not given", PYTHON, r"3\.[1-9][0-9]"),),
    atomic=True,
    headers=("_headers", "_redirects"),
    slow=0.0,  # it is published by the next push, not by this deploy
    builds=True,
    remark="commit and push netlify.toml; then import the repository at Netlify (Add new project). Every push that "
    "changes something costs 15 credits there",
)


class NetlifyBuild(Checkout):
    """Be the file ``netlify.toml`` of one checkout."""

    about = ABOUT
    file: ClassVar[str] = FILE
    host_name: ClassVar[str] = "Netlify"
    served_at = "/"
    no_repository: ClassVar[str] = "run 'git init' in it, or write the target 'netlify', which needs no repository"

    def __init__(self, given: Mapping[str, str], secrets: Mapping[str, Token], around: Around) -> None:
        del secrets
        super().__init__(around)
        self._python = given.get("python", PYTHON)
        self._text = sealed(text(self.folder, self._python, around.name or ABOUT.name))

    def reason_to_stop(self, there: str) -> tuple[str, str]:
        """Stop at a file that the creator changed, and where Netlify would not know what to install."""
        if there and not ours(there) and not self._yes:
            hint = "say --yes to write it anew; what is in it is then lost, unless git has it"
            return f"{FILE} has been changed since linkhome wrote it, or is not linkhome's", hint
        if not (self._site / REQUIREMENTS).is_file():
            stop = f"{REQUIREMENTS} beside linkhome.yaml is missing, so Netlify would not know what to install"
            return stop, f"make it with: {MAKE.format(self._python)}"
        return "", ""


def text(folder: str, python: str, place: str) -> str:
    """Return the settings for a site in a folder of its repository (posix, empty for all of it)."""
    steps = (
        f"python -m pip install --require-hashes --requirement {REQUIREMENTS}",
        "linkhome build",
        f"linkhome deploy --to {place} --built public --into {PUBLISHED}",
    )
    base = f"base = {json.dumps(folder, ensure_ascii=False)}\n" if folder else ""
    return f"""\
[build]
{base}publish = "{PUBLISHED}"
# The very files that {REQUIREMENTS} names are installed, and nothing else.
command = "{" && ".join(steps)}"

[build.environment]
PYTHON_VERSION = {json.dumps(python)}
"""
