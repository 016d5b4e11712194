"""The page on servers of one's own says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from linkhome.deploy import ftps, sftp, ssh
from linkhome.deploy.census import MOST_FOLDERS
from linkhome.deploy.nouns import About

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "deploy-own-server.md").read_text("utf-8")


@pytest.mark.parametrize("about", [ssh.ABOUT, sftp.ABOUT, ftps.ABOUT], ids=lambda about: about.name)
def test_every_key_of_a_target_has_a_row_with_what_it_is(about: About) -> None:
    rows = PAGE.partition(f"<!-- target: {about.name} -->\n")[2].partition("\n\n")[0].splitlines()[2:]
    needed = {True: "required: ", False: ""}
    assert rows == [f"| `{key.name}` | {needed[key.required]}{key.what} | `{key.example}` |" for key in about.keys]
    assert all(re.fullmatch(key.pattern, key.example) for key in about.keys)
    assert all(secret.variable in PAGE for secret in about.secrets)


def test_numbers_in_the_page_are_those_of_the_program() -> None:
    assert f"beyond\n{MOST_FOLDERS} folders" in PAGE
