"""From the form to the list, in a real browser with and without JavaScript: a Worker, and a newsletter server with mails."""

from __future__ import annotations

import csv
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from other_process import OtherProcess
from served import serving

from linkhome.cli import main

HERE = Path(__file__).parent
SITE = """
url: {url}
language: [en, de]
profile: {{name: Lina Marlow, tagline: Drawings from slow trains}}
brand: {{fonts: system}}
newsletter:
  fields: [email, first_name]
{newsletter}
home:
  - newsletter
"""
TOKEN = "only-a-token-for-the-tests"
SCRIPTS = pytest.mark.parametrize("javascript", [True, False], ids=["with a script", "without a script"])


class Running(NamedTuple):
    """The Worker, the address of the site with a form for it, and the site's folder."""

    process: OtherProcess
    site: str
    folder: Path


def build(folder: Path, url: str, newsletter: str) -> None:
    """Build the site of somebody who wants sign-ups; its pages lie in ``public/``."""
    indented = "".join(f"  {line}\n" for line in newsletter.strip().splitlines())
    (folder / "linkhome.yaml").write_text(SITE.format(url=url, newsletter=indented), "utf-8")
    assert main(["build", str(folder), "--quiet"]) == 0


def sign_up(visitor: OtherProcess, url: str, javascript: bool, email: str) -> None:
    """Fill in the form as a person does, up to the button."""
    visitor.ask("arrive", url=url, javascript=javascript)
    visitor.ask("fill", label="E-mail", value=email)
    visitor.ask("fill", label="First name (optional)", value="Anna")
    visitor.ask("tick", label="Yes, send me the newsletter.")


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory, mails: tuple[OtherProcess, int]) -> Iterator[dict[str, Any]]:
    """Run django-newsletter, and a site with a form for it."""
    folder = tmp_path_factory.mktemp("letters")
    command = (sys.executable, HERE / "newsletter_site.py", folder, str(mails[1]))
    with OtherProcess(*command) as process, serving(folder / "public") as url:
        found = process.line()
        names = "{email: email_field, first_name: name_field}"
        build(folder, url, f"provider: custom\naction: {found['url']}subscribe/\nnames: {names}")
        yield found | {"site": url}


@SCRIPTS
def test_a_newsletter_server_has_the_subscriber_once_the_link_in_its_mail_was_opened(
    javascript: bool, letters: dict[str, Any], mails: tuple[OtherProcess, int], visitor: OtherProcess
) -> None:
    email = f"anna-{javascript}@mail.example".lower()

    def row() -> tuple[Any, ...]:
        database = sqlite3.connect(letters["database"])
        try:
            found = database.execute(
                "select name, subscribed, unsubscribed from newsletter_subscription where email = ?", (email,)
            ).fetchall()
        finally:
            database.close()
        (one,) = found
        return one

    sign_up(visitor, letters["site"], javascript, email)
    sent = visitor.ask("press", button="Sign me up", address="**/email-sent/")
    assert "Content Security Policy" not in str(sent["errors"])
    assert row() == ("Anna", 0, 0)
    mail = mails[0].line()
    assert mail["to"] == [email]
    (link,) = re.findall(r"http://\S+", mail["text"])
    assert visitor.ask("go", url=link)["status"] == 200
    assert row() == ("Anna", 0, 0)
    visitor.ask("press", button="Activate", words="successfully been activated")
    assert row() == ("Anna", 1, 0)
    assert mails[0].silent()


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory, run_worker: Callable[..., OtherProcess]) -> Iterator[Running]:
    """Run the Worker, and a site with a form for it."""
    folder = tmp_path_factory.mktemp("worker")
    with serving(folder / "public") as site:
        settings = {"SITE": site, "LIST_NAME": "Letters", "RESEND_KEY": "re_test", "MAIL_FROM": "letters@lina.example"}
        with run_worker(main=settings | {"THANKS": f"{site}thanks/", "EXPORT_TOKEN": TOKEN}) as process:
            server = process.line()["url"].rstrip("/")
            build(folder, site, f"provider: worker\nserver: {server}")
            yield Running(process, site, folder)


@SCRIPTS
@pytest.mark.parametrize(
    ("page", "language", "button"),
    [("", "en", "Yes, put me on the list"), ("de/", "de", "Ja, nimm mich auf")],
    ids=["English", "German"],
)
def test_the_worker_keeps_the_entry_and_the_button_behind_the_link_in_the_mail_makes_it_active(
    javascript: bool, page: str, language: str, button: str, worker: Running, visitor: OtherProcess
) -> None:
    process, site, _ = worker
    email = f"{language}-{javascript}@mail.example".lower()

    def entry() -> dict[str, Any]:
        (found,) = (one for one in process.ask("entries") if one["email"] == email)
        return found

    process.ask("asked")
    if language == "en":
        sign_up(visitor, site, javascript, email)
        name = "Sign me up"
    else:
        visitor.ask("arrive", url=f"{site}{page}", javascript=javascript, locale="de-CH")
        visitor.ask("fill", label="E-Mail", value=email)
        visitor.ask("fill", label="Vorname (freiwillig)", value="Anna")
        visitor.ask("tick", label="Ja, schick mir den Newsletter.")
        name = "Eintragen"
    if javascript:
        told = {"en": "a mail is on its way to you", "de": "ist unterwegs zu dir"}[language]
        after = visitor.ask("press", button=name, words=told)
        assert after["url"] == f"{site}{page}", "the page is not left"
    else:
        after = visitor.ask("press", button=name, address="**/check-your-mail/")
        assert after["url"] == f"{site}{page}check-your-mail/"
    assert after["errors"] == []
    kept = entry()
    wanted = {"status": "pending", "first_name": "Anna", "language": language}
    assert {name: kept[name] for name in wanted} == wanted
    assert re.fullmatch(r"[0-9a-f]{8}", kept["consent_version"]), "which wording was agreed to"
    (mail,) = process.ask("asked")
    assert mail["body"]["to"] == [email]
    link = re.findall(r"http://\S+/confirm\?\S+", mail["body"]["text"])[0]
    assert visitor.ask("go", url=link)["status"] == 200
    assert entry()["status"] == "pending", "only the button confirms"
    assert not javascript or visitor.ask("obstacles") == []
    thanked = visitor.ask("press", button=button, address="**/thanks/")
    assert thanked["errors"] == []
    assert thanked["url"] == f"{site}{page}thanks/", "a form names the page of its language"
    assert entry()["status"] == "active"
    leave = re.findall(r"http://\S+/unsubscribe\?\S+", mail["body"]["text"])[0]
    visitor.ask("go", url=leave)
    gone = visitor.ask("press", button={"en": "Unsubscribe", "de": "Abmelden"}[language], words="Letters")
    assert entry()["status"] == "unsubscribed"
    assert gone["errors"] == []


def test_the_list_that_the_worker_keeps_comes_home_whole(worker: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [
        [
            f"person:{number:032x}",
            {"email": f"p{number}@mail.example", "status": "active", "first_name": "Anna", "ip": "203.0.113.7"},
        ]
        for number in range(1050)
    ]
    worker.process.ask("put", entries=people)
    monkeypatch.setenv("LINKHOME_WORKER_TOKEN", TOKEN)
    assert main(["list", "backup", str(worker.folder), "--quiet"]) == 0
    with (worker.folder / "private/subscribers.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["email"]: row for row in csv.DictReader(file)}
    wanted = {"status": "active", "first_name": "Anna", "consent_ip": "203.0.113.7"}
    for number in range(1050):
        row = rows[f"p{number}@mail.example"]
        assert {name: row[name] for name in wanted} == wanted
