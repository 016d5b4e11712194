"""The pages on hosts with an API say what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from linkhome.deploy import cloudflare, netlify, netlify_toml
from linkhome.deploy.nouns import About

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = [
    ("deploy-netlify.md", netlify.ABOUT),
    ("deploy-netlify.md", netlify_toml.ABOUT),
    ("deploy-cloudflare.md", cloudflare.ABOUT),
]


@pytest.mark.parametrize("page, about", PAGES, ids=[about.name for _, about in PAGES])
def test_every_key_of_a_target_has_a_row_with_what_it_is(page: str, about: About) -> None:
    text = (DOCS / page).read_text("utf-8")
    rows = text.partition(f"<!-- target: {about.name} -->\n")[2].partition("\n\n")[0].splitlines()[2:]
    needed = {True: "required: ", False: ""}
    assert rows == [f"| `{key.name}` | {needed[key.required]}{key.what} | `{key.example}` |" for key in about.keys]
    assert all(re.fullmatch(key.pattern, key.example) for key in about.keys)
    assert all(secret.variable in text for secret in about.secrets)


def test_numbers_in_the_pages_are_those_of_the_program() -> None:
    text = (DOCS / "deploy-cloudflare.md").read_text("utf-8")
    assert f"{cloudflare.MOST:,} files of at most {cloudflare.LARGEST // 1024 // 1024} MiB" in text
    assert f"stops at {netlify.ABOUT.budget} deploys a month" in (DOCS / "deploy-netlify.md").read_text("utf-8")
