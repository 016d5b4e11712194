"""The files that creators copy: whole, small, without secrets, and described as they are."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from linkhome.newsletter.server import KINDS, files

DOCS = Path(__file__).parents[2] / "docs"
SHARED = files("cloudflare")
SECRET = {"EXPORT_TOKEN", "RESEND_KEY", "MAILJET_KEY", "MAILJET_SECRET", "MAILMAN_PASSWORD"}


def read(name: str) -> str:
    return SHARED[name].read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_a_copied_folder_has_all_that_its_files_import(kind: str) -> None:
    found = files(kind)
    for name, file in found.items():
        text = file.read_text("utf-8")
        assert len(text.splitlines()) <= 250, name
        for target in re.findall(r"(?:from|import\() ?'([^']+)'", text):
            assert target.removeprefix("./") in found or target == "@netlify/blobs", (name, target)


def test_there_are_files_for_no_other_host() -> None:
    with pytest.raises(KeyError):
        files("shared")


def settings() -> set[str]:
    return set(re.findall(r"env\.([A-Z_]+)", read("settings.mjs")))


@pytest.mark.parametrize("kind", KINDS)
def test_every_setting_is_described_beside_the_files(kind: str) -> None:
    table = files(kind)["README.md"].read_text("utf-8").partition("## Settings")[2].partition("## Your list")[0]
    rows = [row.split(" | ")[0] for row in table.splitlines() if row.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)} == settings()


def test_every_setting_is_in_the_manual_with_whether_it_is_secret() -> None:
    table = (DOCS / "own-worker.md").read_text("utf-8").partition("<!-- settings: worker -->")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| `([A-Z_]+)` \| (yes )?\|", table, re.MULTILINE)
    assert {name for name, _ in rows} == settings()
    assert {name for name, secret in rows if secret} == SECRET


def test_the_settings_of_the_worker_hold_no_secret() -> None:
    read_ = tomllib.loads(read("wrangler.toml"))
    assert set(read_["vars"]) <= settings() - SECRET
    (shelf,) = read_["kv_namespaces"]
    assert f"env.{shelf['binding']}" in read(read_["main"])
    assert read_["observability"] == {"enabled": False}


def test_both_languages_say_everything() -> None:
    english, german = (
        re.findall(r"^  (\w+): ", part, re.MULTILINE)
        for part in read("words.mjs").split("const LANGUAGES")[0].split("const GERMAN")
    )
    assert english == german
    asked = {
        code for name in SHARED if name.endswith(".mjs") for code in re.findall(r"Refusal\(\d+, '(\w+)'", read(name))
    }
    assert len(asked) > 8
    assert asked - {"not_found", "not_allowed"} <= set(english)
