"""A list comes home complete or not at all, whatever its provider does; the file is never worse than before."""

from __future__ import annotations

import csv
import json
import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import msgspec
import pytest
from site_folder import SiteFolder

from linkhome.lists import ask, pull

from .offices import Clerk, Office, Question, Reply, say
from .services import SETTINGS, TOKENS, Service, buttondown, crowd, formspree, kit, services, worker

Open = Callable[..., Office]
Listed = Callable[..., SiteFolder]
DOUBLE = "LINKHOME_TEST_INTERNET is set: nothing of the real internet is asked"


def rows(folder: SiteFolder) -> dict[str, dict[str, str]]:
    with (folder.root / "private/subscribers.csv").open(encoding="utf-8", newline="") as file:
        return {row["email"]: row for row in csv.DictReader(file, strict=True)}


def backup(folder: SiteFolder, *more: str) -> tuple[int, str]:
    ran = folder.run("list", "backup", *more)
    return ran.code, "\n".join(line for line in (ran.err + ran.out).splitlines() if line != DOUBLE)


class Moody:
    """Be a clerk who does something else for some questions: ``{number of the question: what}``, ``-1`` for all."""

    def __init__(self, clerk: Clerk, moods: dict[int, Callable[[Question, Reply], Reply]] | None = None) -> None:
        self.clerk = clerk
        self.moods = moods or {}
        self.asked = 0

    def __call__(self, question: Question) -> Reply:
        mood = self.moods.get(self.asked, self.moods.get(-1))
        self.asked += 1
        reply = self.clerk(question)
        return mood(question, reply) if mood else reply


def changed(**values: Any) -> Callable[[Question, Reply], Reply]:
    """Change values of an answer."""
    return lambda _, reply: say(json.loads(reply.body) | values)


def status(code: int, **headers: str) -> Callable[[Question, Reply], Reply]:
    return lambda _, reply: Reply(b"not now", code, {name.replace("_", "-"): text for name, text in headers.items()})


def how(word: str) -> Callable[[Question, Reply], Reply]:
    return lambda _, reply: reply._replace(how=word)


def half(_: Question, reply: Reply) -> Reply:
    return reply._replace(body=reply.body[: len(reply.body) // 2])


def begun(listed: Listed, opened: Open, number: int = 250) -> tuple[SiteFolder, Moody]:
    """Give a site whose list came home once, and the clerk."""
    clerk = Moody(buttondown(Service(crowd(number))))
    opened({"api.buttondown.com": clerk})
    folder = listed("buttondown")
    assert backup(folder)[0] == 0
    clerk.asked = 0
    return folder, clerk


PASSING = {
    "half a page": half,
    "a cut connection": how("cut"),
    "429 with a date": status(429, Retry_After=format_datetime(datetime.now(UTC) + timedelta(seconds=-5), usegmt=True)),
    "429 with seconds": status(429, Retry_After="0"),
    "503": status(503),
    "no list at all": lambda _, reply: say({"message": "warming up"}),
    "a list that is null": changed(results=None),
    "an empty body": lambda _, reply: Reply(b""),
    "HTML": lambda _, reply: Reply(b"<h1>One moment</h1>"),
}


@pytest.mark.parametrize("fault", PASSING)
@pytest.mark.parametrize("where", [0, 1, 2])
def test_what_passes_is_asked_again(fault: str, where: int, listed: Listed, opened: Open) -> None:
    clerk = Moody(buttondown(Service(crowd(250))), {where: PASSING[fault]})
    opened({"api.buttondown.com": clerk})
    folder = listed("buttondown")
    assert backup(folder)[0] == 0
    assert len(rows(folder)) == 250
    assert clerk.asked == 4


@pytest.mark.parametrize("fault", PASSING)
def test_what_does_not_pass_is_refused_and_the_file_stays_as_it_was(fault: str, listed: Listed, opened: Open) -> None:
    folder, clerk = begun(listed, opened)
    before = folder.files("private")
    clerk.moods = {-1: PASSING[fault]}
    code, said = backup(folder)
    assert code == 3
    assert "Buttondown" in said
    assert "5 times in a row" in said
    assert "the list that is here stays as it is" in said
    assert clerk.asked == 5
    assert folder.files("private") == before


@pytest.mark.parametrize(("fault", "says"), [("hang", "did not answer in time"), ("drip", "did not answer in time")])
def test_whoever_takes_too_long_is_left(
    fault: str, says: str, listed: Listed, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, clerk = begun(listed, opened)
    before = folder.files("private")
    monkeypatch.setattr(ask, "PAGE", msgspec.structs.replace(ask.PAGE, seconds=0.3))
    clerk.moods = {-1: how(fault)}
    code, said = backup(folder)
    assert (code, says in said) == (3, True)
    assert folder.files("private") == before


REFUSED = {
    "a wrong token": (status(401), 1, "does not accept the token (answer 401)"),
    "no right": (status(403), 1, "does not accept the token (answer 403)"),
    "no such list": (status(404), 1, "knows no such list (answer 404)"),
    "another answer": (status(418), 3, "does not answer this question (answer 418)"),
    "a redirect without a goal": (status(302), 3, "leads elsewhere (answer 302)"),
    "a long rest": (status(429, Retry_After="3600"), 3, "wants no questions for 60 minutes"),
    "a redirect to another host": (status(302, Location="https://api.kit.com/v4/subscribers"), 3, "another server"),
    "a next at another host": (changed(next="https://api.kit.com/v4/subscribers"), 3, "another server"),
    "a next at another port": (changed(next="https://api.buttondown.com:8443/v1/subscribers"), 3, "another server"),
    "a next that is none": (changed(next=7), 3, "no address"),
    "a next with brackets": (changed(next="https://[::x/"), 3, "no address"),
    "a next that leads back": (
        changed(next="https://api.buttondown.com/v1/subscribers?ordering=creation_date"),
        3,
        "leads round in circles",
    ),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_what_cannot_get_better_is_refused_at_once(fault: str, listed: Listed, opened: Open) -> None:
    mood, wanted, says = REFUSED[fault]
    clerk = Moody(buttondown(Service(crowd(250))), {-1: mood})
    offices = opened({"api.buttondown.com": clerk, "api.kit.com": kit(Service(crowd(9)))})
    folder = listed("buttondown")
    code, said = backup(folder)
    assert (code, says in said) == (wanted, True), said
    assert not (folder.root / "private/subscribers.csv").exists()
    assert list((folder.root / "private/raw").iterdir()) == []
    assert "api.kit.com" not in {one.host for one in offices.asked}
    assert clerk.asked <= 2


def test_a_redirect_on_the_same_server_is_followed_with_the_token(listed: Listed, opened: Open) -> None:
    clerk = Moody(buttondown(Service(crowd(30))), {0: status(308, Location="/v1/subscribers/?ordering=creation_date")})
    offices = opened({"api.buttondown.com": clerk})
    assert backup(listed("buttondown"))[0] == 0
    assert [one.headers["Authorization"] for one in offices.asked] == [f"Token {TOKENS['buttondown']}"] * 2


def test_an_answer_that_is_too_large_is_refused(listed: Listed, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, _ = begun(listed, opened)
    before = folder.files("private")
    monkeypatch.setattr(ask, "PAGE", msgspec.structs.replace(ask.PAGE, most=10_000))
    code, said = backup(folder)
    assert (code, "sent more than the 10,000 bytes" in said) == (3, True)
    assert folder.files("private") == before


@pytest.mark.parametrize(("bound", "most"), [("MOST_REQUESTS", 2), ("MOST_BYTES", 50_000)])
def test_all_answers_together_are_bounded(
    bound: str, most: int, listed: Listed, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = begun(listed, opened)
    before = folder.files("private")
    monkeypatch.setattr(ask, bound, most)
    code, said = backup(folder)
    assert (code, "goes on and on" in said) == (3, True)
    assert folder.files("private") == before


def test_a_cursor_that_goes_on_for_ever_ends(listed: Listed, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask, "MOST_REQUESTS", 50)
    count = iter(range(10_000))
    opened({"sign-up.example.com": lambda _: say({"people": [], "cursor": f"c{next(count)}"})})
    code, said = backup(listed("worker"))
    assert (code, "goes on and on" in said) == (3, True)


# ------------------------------------------------------------------ a list that changes


def test_a_list_that_grows_while_it_is_read_is_read_again(listed: Listed, opened: Open) -> None:
    service = Service(crowd(250))
    clerk = Moody(buttondown(service))

    def grow(_: Question, reply: Reply) -> Reply:
        service.people = crowd(251)
        return reply

    clerk.moods = {0: grow}
    opened({"api.buttondown.com": clerk})
    folder = listed("buttondown")
    assert backup(folder)[0] == 0
    assert len(rows(folder)) == 251
    assert clerk.asked == 5
    (raw,) = (folder.root / "private/raw").iterdir()
    assert len(raw.read_text().splitlines()) == 3


def test_a_list_that_never_stands_still_is_refused_after_four_times(listed: Listed, opened: Open) -> None:
    folder, clerk = begun(listed, opened)
    before = folder.files("private")
    count = iter(range(10_000))
    clerk.moods = {-1: lambda _, reply: say(json.loads(reply.body) | {"count": 250 + next(count)})}
    code, said = backup(folder)
    assert (code, clerk.asked) == (3, 8)
    assert "the number of people changed while they were read, 4 times in a row" in said
    assert folder.files("private") == before


def test_somebody_who_comes_twice_means_that_somebody_else_may_be_missing(listed: Listed, opened: Open) -> None:
    service = Service(crowd(250))
    clerk = Moody(buttondown(service))

    def push(_: Question, reply: Reply) -> Reply:
        # Somebody is deleted and somebody new is first: the total is the same, and the pages have shifted.
        service.people = [{**crowd(301)[300]}, *crowd(250)[:-1]]
        return reply

    clerk.moods = {0: push}
    opened({"api.buttondown.com": clerk})
    folder = listed("buttondown")
    assert backup(folder)[0] == 0
    assert set(rows(folder)) == {one["email"] for one in service.people}
    clerk.asked, clerk.moods = (
        0,
        {
            1: lambda _, reply: clerk.clerk(
                Question("GET", "", "", {}, {"Authorization": f"Token {TOKENS['buttondown']}"}, b"")
            ),
            **dict.fromkeys(
                (3, 5, 7),
                lambda _, reply: clerk.clerk(
                    Question("GET", "", "", {}, {"Authorization": f"Token {TOKENS['buttondown']}"}, b"")
                ),
            ),
        },
    )
    before = folder.files("private")
    code, said = backup(folder)
    assert (code, "somebody came twice" in said) == (3, True), said
    assert folder.files("private") == before


def test_fewer_people_than_announced_are_a_gap(listed: Listed, opened: Open) -> None:
    folder, clerk = begun(listed, opened)
    before = folder.files("private")

    def short(_: Question, reply: Reply) -> Reply:
        data = json.loads(reply.body)
        return say(data | {"results": data["results"][:-1]})

    clerk.moods = {-1: short}
    code, said = backup(folder)
    assert (code, "there should be 250 people, and 247 came, 4 times in a row" in said) == (3, True), said
    assert folder.files("private") == before


def test_half_a_page_in_the_middle_is_noticed_where_nothing_tells_the_total(listed: Listed, opened: Open) -> None:
    clerk = Moody(formspree(Service(crowd(350))))
    opened({"formspree.io": clerk})
    folder = listed("formspree")

    def short(_: Question, reply: Reply) -> Reply:
        data = json.loads(reply.body)
        return say(data | {"submissions": data["submissions"][:50]})

    clerk.moods = {1: short}
    assert backup(folder)[0] == 0, "the second attempt is whole"
    assert len(rows(folder)) == 350
    before = folder.files("private")
    clerk.moods = {-1: lambda question, reply: short(question, reply) if question.number("offset") == 100 else reply}
    code, said = backup(folder)
    assert (code, "a page in the middle was not complete" in said) == (3, True), said
    assert folder.files("private") == before


# ------------------------------------------------------------------ a list that shrinks


@pytest.mark.parametrize(("left", "taken"), [(200, True), (199, False), (0, False)])
def test_a_list_that_lost_more_than_a_fifth_is_not_believed(
    left: int, taken: bool, listed: Listed, opened: Open
) -> None:
    service = Service(crowd(250))
    opened({"api.buttondown.com": buttondown(service)})
    folder = listed("buttondown")
    assert backup(folder)[0] == 0
    before = folder.files("private")
    service.people = crowd(250)[:left]
    code, said = backup(folder)
    assert code == (0 if taken else 1)
    if not taken:
        assert f"Buttondown has {left} entries now, and had 250 at the last backup" in said
        assert "--accept-smaller" in said
        assert folder.files("private") == before
        assert backup(folder)[0] == 1, "the refused list does not become the one to compare with"
        assert backup(folder, "--accept-smaller")[0] == 0
        assert backup(folder)[0] == 0, "what was believed once is what comes next is compared with"
    found = rows(folder)
    assert len(found) == 250, "nobody is ever lost"
    gone = [row for row in found.values() if "missing_since" in row["extra_json"]]
    assert len(gone) == 250 - left
    states = {one["email"]: one["state"] for one in crowd(250)}
    assert all(row["status"] == states[row["email"]] for row in found.values()), "who is missing keeps their status"
    assert len(list((folder.root / "private/raw").iterdir())) == (1 if taken else 2), "the larger answers stay, too"


def test_another_list_of_the_same_size_is_not_believed(listed: Listed, opened: Open) -> None:
    service = Service(crowd(250))
    opened({"api.buttondown.com": buttondown(service)})
    folder = listed("buttondown")
    assert backup(folder)[0] == 0
    before = folder.files("private")
    service.people = crowd(600)[300:550]
    code, said = backup(folder)
    assert (code, "people whom Buttondown had at the last backup are not on the list any more" in said) == (1, True)
    assert folder.files("private") == before


def test_who_comes_back_is_missing_no_more(listed: Listed, opened: Open) -> None:
    service = Service(crowd(20))
    opened({"api.buttondown.com": buttondown(service)})
    folder = listed("buttondown")
    assert backup(folder)[0] == 0
    service.people = crowd(20)[1:]
    assert "1 no longer there, kept here" in backup(folder)[1]
    since = json.loads(rows(folder)["Guest.0@example.org"]["extra_json"])["buttondown"]["missing_since"]
    assert since.startswith("20")
    assert "no longer there" not in backup(folder)[1], "that is told once"
    assert json.loads(rows(folder)["Guest.0@example.org"]["extra_json"])["buttondown"]["missing_since"] == since
    service.people = crowd(20)
    assert backup(folder)[0] == 0
    assert "missing_since" not in rows(folder)["Guest.0@example.org"]["extra_json"]


def test_whoever_is_gone_from_a_list_that_forgets_leavers_has_unsubscribed(listed: Listed, opened: Open) -> None:
    people = crowd(20)
    hosts = services(people)
    offices = opened({"localhost": hosts["localhost"]})
    folder = listed("mailman", offices.port)
    assert backup(folder)[0] == 0
    people.pop(3)
    assert backup(folder)[0] == 0
    row = rows(folder)["Guest.3@example.org"]
    assert row["status"] == "unsubscribed"
    assert row["unsubscribed_at"]


def test_people_who_never_confirmed_may_be_forgotten(listed: Listed, opened: Open) -> None:
    people = crowd(10)
    for one in people:
        one["state"] = "pending" if one["n"] < 2 else "active"
    service = Service(people)
    opened({"sign-up.example.com": worker(service)})
    folder = listed("worker")
    assert backup(folder)[0] == 0
    service.people = people[2:]
    assert backup(folder)[0] == 0
    assert rows(folder)["Guest.0@example.org"]["status"] == "pending"


# ------------------------------------------------------------------ several lists


FALLBACK = "  fallback: {provider: formspree, form: abcdwxyz}\n"


def test_two_lists_become_one_with_everybody_once(listed: Listed, opened: Open) -> None:
    people = crowd(30)
    others = [{**one, "email": one["email"].upper()} for one in people[20:]] + crowd(40)[30:]
    opened({"api.buttondown.com": buttondown(Service(people)), "formspree.io": formspree(Service(others))})
    folder = listed("buttondown", more=FALLBACK)
    assert backup(folder)[0] == 0
    found = rows(folder)
    assert sorted(found) == sorted(one["email"] for one in crowd(40)), "once each, as they were first spelt"
    both = found["Guest.24@example.org"]
    assert both["status"] == "unsubscribed", "what a form says does not undo that"
    assert set(json.loads(both["extra_json"])) == {"buttondown", "formspree"}
    assert found["Guest.35@example.org"]["provider"] == "formspree"


def test_one_list_that_fails_does_not_stop_the_other(listed: Listed, opened: Open) -> None:
    opened({"api.buttondown.com": lambda _: Reply(b"", 500), "formspree.io": formspree(Service(crowd(12)))})
    folder = listed("buttondown", more=FALLBACK)
    code, said = backup(folder)
    assert code == 3
    assert "Buttondown has a problem (answer 500), 5 times in a row" in said
    assert "Formspree: 12 entries, 12 new." in said
    assert len(rows(folder)) == 12
    told = folder.run("list", "backup", "--json").json
    assert [(one["provider"], one["ok"]) for one in told["lists"]] == [("formspree", True), ("buttondown", False)]
    assert told["ok"] is False
    assert backup(folder, "--only", "formspree")[0] == 0
    code, said = backup(folder, "--only", "formspre")
    assert (code, "did you mean 'formspree'?" in said) == (2, True)


def test_without_a_token_one_is_told_what_to_do(listed: Listed, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    offices = opened({"api.buttondown.com": buttondown(Service(crowd(3)))})
    monkeypatch.delenv("LINKHOME_BUTTONDOWN_TOKEN")
    code, said = backup(listed("buttondown"))
    assert code == 1
    assert "there is no token for Buttondown" in said
    assert "LINKHOME_BUTTONDOWN_TOKEN" in said
    assert "linkhome list token buttondown" in said
    assert offices.asked == []


@pytest.mark.parametrize("provider", ["substack", "loops", "sendy", "web3forms", "basin"])
def test_lists_that_nobody_gives_out_say_how_they_come_home_by_hand(
    provider: str, site: Callable[..., SiteFolder], opened: Open
) -> None:
    given = {"substack": "account: lina", "loops": "form: abc123def456ghi789jkl0123", "basin": "form: 0a1b2c3d4e5f",
             "sendy": "server: https://sendy.example.com\n  list: AbCdEfGhIjKlMnOpQrSt",
             "web3forms": "key: 00000000-0000-4000-8000-000000000009"}[provider]  # fmt: skip
    text = f"profile: {{name: Lina}}\nurl: https://lina.example\nnewsletter:\n  provider: {provider}\n  {given}\n"
    opened({"api.kit.com": kit(Service(crowd(3)))})
    folder = site({"linkhome.yaml": text})
    code, said = backup(folder)
    assert code == 1, said
    assert "linkhome.yaml:4" in said
    assert f"linkhome list import FILE.csv --provider {provider}" in said
    folder.write(
        "linkhome.yaml",
        text.replace(
            f"provider: {provider}\n  {given}",
            f"provider: kit\n  form: '1234567'\n  fallback:\n    provider: {provider}\n    "
            + given.replace("\n", "\n  "),
        ),
    )
    code, said = backup(folder)
    assert code == 0, "beside a list that comes home, that is no failure"
    assert f"--provider {provider}" in said


def test_what_an_export_needs_is_asked_for_with_the_line(site: Callable[..., SiteFolder], opened: Open) -> None:
    opened({"api.kit.com": kit(Service(crowd(3)))})
    settings = SETTINGS["beehiiv"].partition("\n")[0]
    head = "profile: {name: Lina}\nurl: https://lina.example\nnewsletter:\n  provider: beehiiv\n"
    folder = site({"linkhome.yaml": f"{head}  {settings}\n"})
    code, said = backup(folder)
    assert (code, "linkhome.yaml:4" in said, "backup: {publication: …}" in said) == (1, True, True), said
    folder.write("linkhome.yaml", f"{head}  {settings}\n  backup:\n    publication: ../../x\n")
    code, said = backup(folder)
    assert (code, "linkhome.yaml:7" in said, "this 'publication' is not what" in said) == (1, True, True), said


def test_a_site_without_a_list_says_so(site: Callable[..., SiteFolder]) -> None:
    folder = site({"linkhome.yaml": "profile: {name: Lina}\n"})
    code, said = backup(folder)
    assert (code, "the site has no sign-up" in said) == (2, True)
    assert not (folder.root / "private").exists()
    assert folder.run("list", "status").code == 0


# ------------------------------------------------------------------ interruptions


def test_ctrl_c_ends_at_once_and_leaves_the_file(listed: Listed, opened: Open) -> None:
    folder, clerk = begun(listed, opened)
    before = folder.files("private")
    clerk.moods = {1: how("hang")}
    process = folder.spawn("list", "backup")
    end = time.monotonic() + 20
    while clerk.asked < 2:
        assert time.monotonic() < end
        time.sleep(0.02)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert time.monotonic() - began < 3
    assert (process.returncode, out) == (130, "")
    assert err.splitlines()[-1] == "stopped"
    assert folder.files("private") == before


def test_two_at_once_take_turns_or_say_so(listed: Listed, opened: Open) -> None:
    folder, clerk = begun(listed, opened)
    clerk.moods = {1: how("hang")}
    first = folder.spawn("list", "backup")
    end = time.monotonic() + 20
    while clerk.asked < 2:
        assert time.monotonic() < end
        time.sleep(0.02)
    second = folder.command("list", "backup")
    assert second.code == 1
    assert "error: another backup or import of this site is at work" in second.err
    first.send_signal(signal.SIGINT)
    first.communicate(timeout=20)


def test_a_private_that_is_a_link_is_refused(listed: Listed, opened: Open) -> None:
    opened({"api.buttondown.com": buttondown(Service(crowd(3)))})
    folder = listed("buttondown")
    (folder.root / "elsewhere").mkdir()
    (folder.root / "private").symlink_to(folder.root / "elsewhere")
    code, said = backup(folder)
    assert (code, "private/ is a link or a file" in said) == (1, True)
    assert list((folder.root / "elsewhere").iterdir()) == []


def test_an_open_private_is_closed(listed: Listed, opened: Open) -> None:
    opened({"api.buttondown.com": buttondown(Service(crowd(3)))})
    folder = listed("buttondown")
    folder.write("private/subscribers.csv", "")
    os.chmod(folder.root / "private", 0o755)
    os.remove(folder.root / "private/subscribers.csv")
    assert backup(folder)[0] == 0
    assert (folder.root / "private").stat().st_mode & 0o777 == 0o700
    assert folder.read("private/.gitignore") == "*\n"


def test_the_pauses_grow_and_what_the_provider_asks_for_is_granted(
    listed: Listed, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(ask, "PAUSES", (1.0, 3.0, 9.0, 27.0))
    monkeypatch.setattr(pull, "CLOCK", None)
    monkeypatch.setattr(ask.Asker, "rest", lambda _, seconds: waited.append(seconds))
    clerk = Moody(buttondown(Service(crowd(3))), {0: status(500), 1: status(429, Retry_After="45"), 2: status(503)})
    opened({"api.buttondown.com": clerk})
    assert backup(listed("buttondown"))[0] == 0
    assert [round(seconds) for seconds in waited if seconds > 0.5] == [1, 45, 9]
