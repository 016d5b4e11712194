"""Every provider of the table brings its whole list home, asked as its documentation wants to be asked."""

from __future__ import annotations

import csv
import json
import stat
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from site_folder import SiteFolder

from linkhome.lists.person import COLUMNS
from linkhome.lists.table import BY_HAND, SOURCES
from linkhome.newsletter.table import PROVIDERS

from .offices import Office
from .services import HOSTS, SETTINGS, TOKENS, crowd, services

#: What a provider cannot say of people: then everybody is what is named here.
NEVER_PENDING = {"brevo", "resend", "ghost", "keila"}
ALWAYS_ACTIVE = {"getresponse", "mailman"}
ALWAYS_PENDING = {"netlify", "formspree"}
#: Where names stand in one field, or nowhere.
ONE_NAME = {"mailjet", "getresponse", "ghost", "listmonk", "mailman"}
NO_NAME = {"beehiiv"}
NO_PHONE = {"mailjet", "getresponse", "ghost", "mailman", "beehiiv", "resend"}


def rows(folder: SiteFolder) -> list[dict[str, str]]:
    with (folder.root / "private/subscribers.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def expected(provider: str, state: str) -> str:
    if provider in ALWAYS_ACTIVE:
        return "active"
    if provider in ALWAYS_PENDING:
        return "pending"
    return "active" if state == "pending" and provider in NEVER_PENDING else state


def test_every_provider_of_the_sign_up_can_be_asked_or_says_how_its_list_comes_home_by_hand() -> None:
    assert set(SOURCES) | set(BY_HAND) == set(PROVIDERS)
    assert not set(SOURCES) & set(BY_HAND)
    assert set(TOKENS) == set(SETTINGS) == set(SOURCES)
    assert len(HOSTS) == len(SOURCES)


@pytest.mark.parametrize("number", [0, 1, 100, 1203])
@pytest.mark.parametrize("provider", list(SOURCES))
def test_the_whole_list_comes_home(
    provider: str, number: int, opened: Callable[..., Office], listed: Callable[..., SiteFolder]
) -> None:
    people, name = crowd(number), SOURCES[provider].name
    offices = opened(services(people))
    folder = listed(provider, offices.port)
    ran = folder.run("list", "backup")
    assert (
        ran.code,
        ran.err.replace("LINKHOME_TEST_INTERNET is set: nothing of the real internet is asked\n", ""),
    ) == (0, "")
    assert ran.out.splitlines()[0] == f"{name[0].upper()}{name[1:]}: {number:,} entries, {number:,} new."
    found = rows(folder)
    assert [row["email"] for row in sorted(found, key=lambda row: int(row["email"][6:-12]))] == [
        one["email"] for one in people
    ]
    wanted = Counter(expected(provider, one["state"]) for one in people)
    assert Counter(row["status"] for row in found) == wanted
    for row in found:
        assert list(row) == list(COLUMNS)
        one = people[int(row["email"][6:-12])]
        assert row["provider"] == provider
        names = (row["first_name"], row["last_name"], row["name"])
        if provider in NO_NAME:
            assert names == ("", "", "")
        elif provider in ONE_NAME:
            assert names == ("", "", f"{one['first']} {one['last']}")
        elif provider != "netlify":
            assert names[0] == one["first"]
            assert names[1] == one["last"]
        assert row["phone"] == ("" if provider in NO_PHONE else one["phone"])
        if provider != "mailman":
            assert row["subscribed_at"] == "2026-01-01T10:00:00Z"
        said = json.loads(row["extra_json"])[provider]
        assert said["id" if row["provider_id"] else "status"]


@pytest.mark.parametrize("provider", list(SOURCES))
def test_nothing_that_was_sent_or_said_is_left_anywhere_but_in_private(
    provider: str,
    opened: Callable[..., Office],
    listed: Callable[..., SiteFolder],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(0)
    offices = opened(services(crowd(130)))
    folder = listed(provider, offices.port)
    for arguments in (("backup",), ("backup", "--json"), ("status",), ("status", "--json")):
        ran = folder.run("list", *arguments)
        assert ran.code == 0
        said = ran.out + ran.err + caplog.text
        for secret in canaries(provider):
            assert secret not in said
        assert "@" not in said
        assert "Guest" not in said
    for path in folder.root.rglob("*"):
        private = (folder.root / "private") in (path, *path.parents)
        if path.is_file():
            text = path.read_text("utf-8")
            for secret in canaries(provider):
                assert secret not in text, path
            assert private or "example.org" not in text, path
        if private and path.name != ".gitignore":
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def canaries(provider: str) -> list[str]:
    return [TOKENS[provider], *TOKENS[provider].split(":"), "granted-canary"]


def test_what_the_providers_said_is_kept_untouched(
    opened: Callable[..., Office], listed: Callable[..., SiteFolder]
) -> None:
    opened(services(crowd(230)))
    folder = listed("buttondown")
    assert folder.run("list", "backup").code == 0
    (raw,) = (folder.root / "private/raw").iterdir()
    assert raw.name.startswith("buttondown-20")
    pages: list[Any] = [json.loads(line) for line in raw.read_text("utf-8").splitlines()]
    assert [len(page["results"]) for page in pages] == [100, 100, 30]
    assert pages[0]["count"] == 230
