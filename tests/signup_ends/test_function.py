"""The function for Netlify: the same desk, with people kept in Netlify Blobs when that is there, else only passed on."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from other_process import NODE, OtherProcess
from talk import Client, within_one_window

HERE = Path(__file__).parent
TOKEN = "only-a-token-for-the-tests"
SETTINGS = {
    "SITE": "https://lina.example",
    "CHECK": "https://lina.example/check-your-mail/",
    "EXPORT_TOKEN": TOKEN,
    "RESEND_KEY": "re_test",
    "MAIL_FROM": "letters@lina.example",
    "LIST_NAME": "Letters",
}


@pytest.fixture(scope="module")
def function(copied: Callable[[str], Path]) -> Iterator[tuple[OtherProcess, str]]:
    """Run the function beside a package for Blobs."""
    folder = copied("netlify")
    package = folder / "node_modules/@netlify/blobs"
    package.mkdir(parents=True)
    shutil.copy(HERE / "blobs.mjs", package / "index.mjs")
    (package / "package.json").write_text(
        json.dumps({"name": "@netlify/blobs", "type": "module", "exports": "./index.mjs"})
    )
    with OtherProcess(NODE, HERE / "function_host.mjs", folder, **SETTINGS) as process:
        yield process, process.line()["url"]


def test_it_keeps_people_in_blobs_until_they_confirm(function: tuple[OtherProcess, str]) -> None:
    process, url = function
    client = Client(url)
    answer = client.subscribe("one@mail.example", script=False, first_name="Anna")
    assert (answer.status, answer.headers["location"]) == (303, SETTINGS["CHECK"])
    client.subscribe("one@mail.example")
    ((key, entry),) = process.ask("blobs").items()
    assert re.fullmatch("person:[0-9a-f]{32}", key), "no address stands in a key"
    assert (entry["email"], entry["status"], entry["ip"]) == ("one@mail.example", "pending", client.ip)
    (mail,) = process.ask("asked")
    confirm = re.search(r"/confirm\?\S+", mail["body"]["text"])
    assert confirm
    assert client.get(confirm[0]).status == 200
    assert client.form(confirm[0]).status == 200
    assert process.ask("blobs")[key]["status"] == "active"
    assert process.ask("asked")[0]["url"] == "https://api.resend.com/contacts"


def test_it_gives_the_list_in_pages_and_throws_away_what_is_over(function: tuple[OtherProcess, str]) -> None:
    process, url = function
    for number in range(45):
        assert Client(url).subscribe(f"p{number}@mail.example").status == 200
    bearer = {"authorization": f"Bearer {TOKEN}"}
    assert Client(url).get("/export").status == 401
    emails: list[str] = []
    cursor, pages = "", 0
    while cursor is not None:
        page = Client(url).get(f"/export?limit=20&cursor={cursor}", **bearer).json()
        emails += [person["email"] for person in page["people"]]
        cursor, pages = page["cursor"], pages + 1
    assert sorted(emails) == sorted(["one@mail.example", *(f"p{number}@mail.example" for number in range(45))])
    assert pages == 3
    assert Client(url).form("/forget", fields={"email": "p7@mail.example"}, **bearer).status == 200
    assert "p7@mail.example" not in str(process.ask("blobs"))


def test_who_comes_very_often_is_asked_to_wait(function: tuple[OtherProcess, str]) -> None:
    within_one_window()
    client = Client(function[1])
    answers = [client.subscribe(f"often{number}@mail.example").status for number in range(11)]
    assert answers == [200] * 10 + [429]


def test_without_the_package_people_are_passed_on_and_nothing_is_kept(copied: Callable[[str], Path]) -> None:
    with OtherProcess(NODE, HERE / "function_host.mjs", copied("netlify"), **SETTINGS) as process:
        client = Client(process.line()["url"])
        assert client.subscribe("two@mail.example", last_name="Berger").json()["confirm"] is False
        (told,) = process.ask("asked")
        assert (told["url"], told["body"]["email"]) == ("https://api.resend.com/contacts", "two@mail.example")
        assert process.ask("blobs") == {}
        assert client.get("/export", authorization=f"Bearer {TOKEN}").status == 404
        assert client.get("/confirm?id=1&token=1").status == 410


def test_it_answers_on_no_other_address_of_the_site(function: tuple[OtherProcess, str]) -> None:
    assert Client(function[1]).get("/").status == 404
