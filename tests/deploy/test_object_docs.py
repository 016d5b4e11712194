"""The pages on buckets and folders say what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from linkhome.deploy import folder, s3, s3_bucket, single, single_page
from linkhome.deploy.nouns import About

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("page, about", [("deploy-s3.md", s3.ABOUT), ("deploy-folder.md", folder.ABOUT)])
def test_every_key_of_a_target_has_a_row_with_what_it_is(page: str, about: About) -> None:
    text = (DOCS / page).read_text("utf-8")
    rows = text.partition(f"<!-- target: {about.name} -->\n")[2].partition("\n\n")[0].splitlines()[2:]
    needed = {True: "required: ", False: ""}
    assert rows == [f"| `{key.name}` | {needed[key.required]}{key.what} | `{key.example}` |" for key in about.keys]
    assert all(not key.pattern or re.fullmatch(key.pattern, key.example) for key in about.keys)
    assert all(secret.variable in text for secret in about.secrets)


def test_numbers_in_the_pages_are_those_of_the_program() -> None:
    text = (DOCS / "deploy-folder.md").read_text("utf-8")
    assert f"more than {single.LARGEST // 1_000_000} MB" in text
    assert f"at most {single_page.WIDEST} pixels" in text
    assert f"for {['no', 'one', 'two'][s3.GRACE]} more deploys" in (DOCS / "deploy-s3.md").read_text("utf-8")


def test_what_hosts_say_most_often_is_explained() -> None:
    text = (DOCS / "deploy-s3.md").read_text("utf-8")
    for code in ("NoSuchBucket", "InvalidAccessKeyId", "AccessDenied", "PermanentRedirect"):
        assert s3_bucket._WORDS[code][0] in text
