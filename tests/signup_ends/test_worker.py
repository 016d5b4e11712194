"""The Worker under Cloudflare's own runtime: what it takes, what it answers, what it keeps, and what it tells others."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from other_process import OtherProcess
from talk import Answer, Client, within_one_window

SITE = "https://lina.example"
TOKEN = "only-a-token-for-the-tests"
BEARER = {"authorization": f"Bearer {TOKEN}"}
RESEND = {"RESEND_KEY": "re_test", "MAIL_FROM": "Lina Marlow <letters@lina.example>"}
MAILJET = {
    "MAILJET_KEY": "public",
    "MAILJET_SECRET": "sécret",
    "MAILJET_LIST": "77",
    "MAIL_FROM": "letters@lina.example",
}
MAILMAN = {"MAILMAN_URL": "https://lists.example/", "MAILMAN_LIST": "letters@lina.example", "MAILMAN_USER": "rest"}
PAGES = {"THANKS": f"{SITE}/thanks/", "CHECK": f"{SITE}/check/", "SORRY": f"{SITE}/sorry/"}
BASE = {"SITE": f"{SITE}, https://mirror.example/lina/", "LIST_NAME": "Letters", "EXPORT_TOKEN": TOKEN}
HOSTS: dict[str, dict[str, object]] = {
    "main": BASE | PAGES | RESEND | {"RESEND_SEGMENT": "seg-1"},
    "plain": BASE | RESEND | {"LIST_LANGUAGE": "de", "LIST_IMPRINT": "Lina Marlow, Basel <lina.example/imprint>"},
    "quiet": BASE | PAGES,
    "mailjet": BASE | MAILJET,
    "mailman": BASE | PAGES | MAILMAN,
    "lax": BASE | {"CONSENT": "optional", "EXPORT_TOKEN": "short"},
    "large": BASE,
    "shelfless": BASE | RESEND | {"PEOPLE": False},
    "nothing": BASE | {"PEOPLE": False},
    "unset": {},
}


@pytest.fixture(scope="module")
def worker(run_worker: Callable[..., OtherProcess]) -> Iterator[OtherProcess]:
    with run_worker(**HOSTS) as process:
        process.url = process.line()["url"]  # type: ignore[attr-defined]
        yield process


@pytest.fixture
def at(worker: OtherProcess) -> Iterator[Callable[..., Client]]:
    """Give a client for one of the hosts; what was asked of others before is forgotten."""
    worker.ask("asked")
    yield lambda name="main": Client(worker.url, "" if name == "main" else f"{name}.test")  # type: ignore[attr-defined]
    worker.ask("answerWith", status=200)


@pytest.fixture
def kept(worker: OtherProcess) -> Callable[..., dict[str, Any] | None]:
    """Give the entry of somebody as it lies in KV."""

    def find(email: str, name: str = "main") -> dict[str, Any] | None:
        entries = worker.ask("entries", worker=name)
        found = [entry for entry in entries if entry["email"].lower() == email.lower()]
        assert len(found) <= 1, "two entries of one person"
        return found[0] if found else None

    return find


def links(mail: dict[str, Any]) -> list[str]:
    """Return the ways in a mail that was sent: to confirm, and to unsubscribe."""
    text = mail["body"]["text"] if "text" in mail["body"] else mail["body"]["Messages"][0]["TextPart"]
    return [
        re.sub(r"^https?://[^/]+", "", link) for link in re.findall(r"https?://\S+/(?:confirm|unsubscribe)\?\S+", text)
    ]


def confirmed(client: Client, worker: OtherProcess, email: str, **fields: Any) -> tuple[Answer, str]:
    """Sign up and press the button; return the answer to that, and the way to unsubscribe."""
    assert client.subscribe(email, **fields).status == 200
    (mail,) = (asked for asked in worker.ask("asked") if asked["url"].endswith("/emails"))
    confirm, leave = links(mail)
    return client.form(confirm), leave


# ---------------------------------------------------------------- signing up


def test_a_form_without_a_script_is_sent_on_to_the_page_that_says_look_into_your_mail(at, kept) -> None:
    answer = at().subscribe("one@mail.example", script=False, first_name=" Anna ", tags=["zines", "trains, tours"])
    assert (answer.status, answer.headers["location"], answer.body) == (303, f"{SITE}/check/", b"")
    entry = kept("one@mail.example")
    assert {name: entry[name] for name in ("email", "first_name", "status", "consent_version", "tags")} == {
        "email": "one@mail.example",
        "first_name": "Anna",
        "status": "pending",
        "consent_version": "2026-11",
        "tags": ["zines", "trains", "tours"],
    }


def test_a_script_is_answered_in_json_which_only_the_own_sites_may_read(at) -> None:
    answer = at().subscribe("two@mail.example", origin=None)
    assert (answer.status, answer.json()) == (200, {"ok": True, "status": "pending", "confirm": True})
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["vary"] == "Origin"
    for origin, allowed in (
        (SITE, SITE),
        ("https://mirror.example", "https://mirror.example"),
        ("https://evil.example", None),
    ):
        headers = {"content_type": "application/x-www-form-urlencoded", "accept": "application/json", "origin": origin}
        answer = at().ask("POST", "/subscribe", "email=two%40mail.example&consent=1", **headers)
        assert answer.status == 200
        assert answer.headers.get("access-control-allow-origin") == allowed


def test_what_cannot_be_seen_is_taken_out_of_what_people_paste(at, kept) -> None:
    at().subscribe("\ufeffunseen@\u200bmail.example ", first_name="Ann\na\u202e", last_name="می\u200cخواهم")
    entry = kept("unseen@mail.example")
    assert (entry["first_name"], entry["last_name"]) == ("Ann a", "می\u200cخواهم")


def test_json_is_taken_like_a_form(at, kept) -> None:
    body = '{"email": "three@mail.example", "consent": true, "tags": ["a", "b"], "phone": 41615550123, "phone_consent": "p1", "x": {"y": 1}}'
    answer = at().ask(
        "POST", "/subscribe", body, content_type="application/json; charset=utf-8", accept="application/json"
    )
    assert answer.status == 200
    entry = kept("three@mail.example")
    assert (entry["phone"], entry["phone_consent_version"], entry["tags"]) == ("41615550123", "p1", ["a", "b"])


@pytest.mark.parametrize(
    ("fields", "field", "error"),
    [
        ({"email": ""}, "email", "email_missing"),
        ({"email": "  "}, "email", "email_missing"),
        ({"email": "anna"}, "email", "email_wrong"),
        ({"email": "anna@mail"}, "email", "email_wrong"),
        ({"email": "anna@@mail.example"}, "email", "email_wrong"),
        ({"email": "a b@mail.example"}, "email", "email_wrong"),
        ({"email": "anna@mail..example"}, "email", "email_wrong"),
        ({"email": "an\u200dna@mail.example"}, "email", "email_wrong"),
        ({"email": "a@mail.example,b@mail.example"}, "email", "email_wrong"),
        ({"email": "x" * 250 + "@mail.example"}, "email", "email_wrong"),
        ({"email": "a@mail.example", "phone": "call me"}, "phone", "phone_wrong"),
        ({"email": "a@mail.example", "phone": "+41 61 555 01 23"}, "phone_consent", "phone_consent_missing"),
        ({"email": "a@mail.example", "consent": ""}, "consent", "consent_missing"),
    ],
)
def test_what_is_wrong_is_named_with_its_field(at, kept, fields, field, error) -> None:
    answer = at().subscribe(**fields)
    told = answer.json()
    assert (answer.status, told["ok"], told["field"], told["error"]) == (422, False, field, error)
    assert told["message"].endswith(".") or told["message"].endswith("name@example.org") or "+44" in told["message"]
    assert kept(fields["email"]) is None


@pytest.mark.parametrize(
    ("language", "words"),
    [("de-AT,en;q=0.5", "Das ist keine E-Mail-Adresse."), ("fr, en", "That is no e-mail address.")],
)
def test_without_a_script_the_page_says_what_to_correct_in_the_visitor_s_language(at, language, words) -> None:
    answer = at().form("/subscribe", fields={"email": "<b>anna", "consent": "1"}, accept_language=language)
    assert answer.status == 422
    assert words in answer.text
    assert f'<html lang="{language[:2] if language.startswith("de") else "en"}">' in answer.text
    assert "<b>" not in answer.text
    assert "form-action 'self' https://lina.example https://mirror.example" in answer.headers["content-security-policy"]


def test_the_form_may_name_its_language_and_its_own_pages_but_no_others(at, worker) -> None:
    own = {"check": f"{SITE}/de/check/", "language": "de"}
    answer = at("plain").subscribe("four@mail.example", script=False, **own)
    assert answer.headers["location"] == f"{SITE}/de/check/"
    assert worker.ask("asked")[0]["body"]["subject"] == "Bitte bestätigen: Letters"
    for page in (
        "https://evil.example/",
        "//evil.example/",
        "javascript:alert(1)",
        "https://lina.example.evil.example/",
    ):
        answer = at("plain").subscribe("five@mail.example", script=False, check=page)
        assert (answer.status, answer.headers.get("location")) == (200, None)
        assert "Schau in dein Postfach" in answer.text, "without pages of their own the Worker shows one"


def test_a_program_that_fills_in_the_trap_is_told_that_all_went_well_and_leaves_no_trace(at, worker, kept) -> None:
    answer = at().subscribe("bot@mail.example", script=False, website="https://spam.example")
    assert (answer.status, answer.headers["location"]) == (303, f"{SITE}/check/")
    assert at().subscribe("bot@mail.example", website="x").json()["ok"] is True
    assert kept("bot@mail.example") is None
    assert worker.ask("asked") == []


def test_too_much_is_refused_before_it_is_read(at) -> None:
    fields = {"email": "six@mail.example", "first_name": "x" * 10_000}
    assert at().subscribe(**fields).status == 413
    headers = {"content_type": "application/x-www-form-urlencoded", "accept": "application/json"}
    endless = at().ask("POST", "/subscribe", (b"x" * 1000 for _ in range(11)), **headers)
    assert (endless.status, endless.json()["error"]) == (413, "too_much")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        ("null", "application/json", 400),
        ("email=a%40mail.example", "text/plain", 415),
        ("--x--", "multipart/form-data; boundary=x", 415),
        ("", "application/x-www-form-urlencoded", 422),
        ("%", "application/x-www-form-urlencoded", 422),
    ],
)
def test_what_no_form_sends_is_refused_politely(at, body, kind, status) -> None:
    answer = at().ask("POST", "/subscribe", body, content_type=kind, accept="application/json")
    assert (answer.status, answer.json()["ok"]) == (status, False)


def test_only_the_own_sites_are_allowed_to_ask_beforehand(at) -> None:
    wish = {"access_control_request_method": "POST", "access_control_request_headers": "content-type"}
    allowed = at().ask("OPTIONS", "/subscribe", origin=SITE, **wish)
    assert (allowed.status, allowed.headers["access-control-allow-origin"]) == (204, SITE)
    assert allowed.headers["access-control-allow-methods"] == "POST"
    assert allowed.headers["access-control-allow-headers"] == "Content-Type"
    for origin in ("https://evil.example", "http://lina.example", "null"):
        refused = at().ask("OPTIONS", "/subscribe", origin=origin, **wish)
        assert refused.status == 403
        assert [name for name in refused.headers if name.startswith("access-control")] == []


def test_the_same_address_twice_is_one_entry_and_one_mail(at, worker, kept) -> None:
    client = at()
    client.subscribe("Seven@Mail.Example", first_name="Anna")
    client.subscribe("seven@mail.example", last_name="Berger", first_name="")
    entry = kept("seven@mail.example")
    assert (entry["first_name"], entry["last_name"]) == ("Anna", "Berger")
    assert [asked["body"]["to"] for asked in worker.ask("asked")] == [["Seven@mail.example"]]


def test_who_comes_very_often_is_asked_to_wait(at, kept) -> None:
    within_one_window()
    client = at()
    for number in range(10):
        assert client.subscribe(f"often{number}@mail.example").status == 200
    answer = client.subscribe("often10@mail.example")
    assert (answer.status, answer.json()["error"], answer.headers["retry-after"]) == (429, "too_often", "600")
    assert client.subscribe("often10@mail.example", script=False).headers["location"] == f"{SITE}/sorry/"
    assert kept("often10@mail.example") is None
    assert at().subscribe("often10@mail.example").status == 200, "others are not held up"


def test_neighbours_in_one_ipv6_network_count_as_one(at) -> None:
    within_one_window()
    client = at()
    for number in range(10):
        client.ip = f"2001:db8::{number + 1:x}:1"
        assert client.subscribe(f"six{number}@mail.example").status == 200
    client.ip = "2001:db8:0:0:ffff::1"
    assert client.subscribe("six10@mail.example").status == 429
    client.ip = "2001:db8:0:1::1"
    assert client.subscribe("six10@mail.example").status == 200


def test_without_a_consent_box_the_creator_must_say_so(at) -> None:
    assert at("lax").subscribe("eight@mail.example", consent="", phone="+41 61 555 01 23").status == 200


# ---------------------------------------------------------------- the mail and its two links


def test_the_mail_holds_two_links_and_nothing_that_the_visitor_wrote(at, worker) -> None:
    at().subscribe("nine@mail.example", first_name="BUY NOW spam.example", accept_language="en")
    (mail,) = worker.ask("asked")
    assert (mail["method"], mail["url"], mail["authorization"]) == (
        "POST",
        "https://api.resend.com/emails",
        "Bearer re_test",
    )
    assert (mail["body"]["from"], mail["body"]["to"]) == ('"Lina Marlow" <letters@lina.example>', ["nine@mail.example"])
    assert "spam.example" not in str(mail)
    assert "nine" not in mail["body"]["text"] + mail["body"]["html"], "addresses do not belong into links"
    confirm, leave = links(mail)
    assert re.fullmatch(r"/confirm\?id=[0-9a-f]{32}&token=[0-9a-f]{32}&language=en", confirm)
    assert mail["body"]["headers"]["List-Unsubscribe"].endswith(f"{leave}>")


def test_mailjet_sends_the_mail_without_watching_the_reader(at, worker) -> None:
    at("mailjet").subscribe("ten@mail.example")
    (mail,) = worker.ask("asked")
    assert (mail["url"], mail["authorization"]) == ("https://api.mailjet.com/v3.1/send", "Basic cHVibGljOnPDqWNyZXQ=")
    (message,) = mail["body"]["Messages"]
    assert message["From"] == {"Email": "letters@lina.example", "Name": "Letters"}
    assert (message["To"], message["TrackClicks"], message["TrackOpens"]) == (
        [{"Email": "ten@mail.example"}],
        "disabled",
        "disabled",
    )
    assert len(links(mail)) == 2


def test_the_imprint_stands_below_the_mail_as_text(at, worker) -> None:
    at("plain").subscribe("eleven@mail.example")
    (mail,) = worker.ask("asked")
    assert mail["body"]["text"].endswith("Lina Marlow, Basel <lina.example/imprint>\n")
    assert "Basel &#60;lina.example/imprint&#62;" in mail["body"]["html"]


def test_opening_the_link_changes_nothing_and_pressing_the_button_confirms(at, worker, kept) -> None:
    client = at()
    client.subscribe("twelve@mail.example", first_name="Anna")
    (mail,) = worker.ask("asked")
    confirm, _ = links(mail)
    for _ in range(2):  # programs that look for viruses open every link
        shown = client.get(confirm)
        assert (shown.status, shown.headers["referrer-policy"], shown.headers["cache-control"]) == (
            200,
            "no-referrer",
            "no-store",
        )
        assert '<form method="post"><button>' in shown.text
    assert client.ask("HEAD", confirm).status == 405
    assert kept("twelve@mail.example")["status"] == "pending"
    done = client.form(confirm)
    assert (done.status, done.headers["location"]) == (303, f"{SITE}/thanks/")
    entry = kept("twelve@mail.example")
    assert entry["status"] == "active"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", entry["confirmed_at"])
    assert "expiration" not in entry, "who confirmed is kept for good"
    assert client.form(confirm).status == 303, "pressing twice does no harm"
    assert kept("twelve@mail.example")["confirmed_at"] == entry["confirmed_at"]


def test_a_wrong_or_old_link_says_so(at, worker, kept) -> None:
    client = at("plain")
    client.subscribe("thirteen@mail.example")
    (mail,) = worker.ask("asked")
    confirm, leave = links(mail)
    swapped = leave.partition("token=")[2].partition("&")[0]
    for way in (
        re.sub("token=.{4}", "token=0000", confirm),
        re.sub("token=[0-9a-f]+", f"token={swapped}", confirm),
        re.sub("id=.{4}", "id=0000", confirm),
        "/confirm",
        "/confirm?id=rate:1&token=1",
        "/confirm?id=" + "0" * 32 + "&token=",
    ):
        for answer in (client.get(way), client.form(way)):
            assert answer.status == 410
    entry = kept("thirteen@mail.example", "plain")
    assert entry["status"] == "pending"
    past = {name: value for name, value in entry.items() if name not in ("name", "expiration")} | {
        "expires": time.time() - 1
    }
    worker.ask("put", worker="plain", entries=[[entry["name"], past]])
    assert client.form(confirm).status == 410


def test_who_does_not_confirm_is_forgotten_after_seven_days(at, kept) -> None:
    at().subscribe("fourteen@mail.example")
    entry = kept("fourteen@mail.example")
    assert abs(entry["expiration"] - time.time() - 7 * 24 * 3600) < 60
    at("quiet").subscribe("fourteen@mail.example")
    assert "expiration" not in kept("fourteen@mail.example", "quiet"), "nobody asked them, so nobody forgets them"


def test_unsubscribing_takes_a_button_too_and_leaves_a_mark(at, worker, kept) -> None:
    client = at()
    _, leave = confirmed(client, worker, "fifteen@mail.example")
    assert client.get(leave).status == 200
    assert kept("fifteen@mail.example")["status"] == "active"
    worker.ask("asked")
    assert client.form(leave, fields={"List-Unsubscribe": "One-Click"}).status == 200
    entry = kept("fifteen@mail.example")
    assert (entry["status"], bool(entry["unsubscribed_at"])) == ("unsubscribed", True)
    (told,) = worker.ask("asked")
    assert (told["method"], told["body"]) == ("PATCH", {"unsubscribed": True})
    assert told["url"] == "https://api.resend.com/contacts/fifteen%40mail.example"


def test_who_left_stays_marked_until_they_confirm_again(at, worker, kept) -> None:
    client = at()
    _, leave = confirmed(client, worker, "sixteen@mail.example")
    client.form(leave)
    worker.ask("asked")
    assert client.subscribe("sixteen@mail.example", first_name="Anna").json()["status"] == "pending"
    entry = kept("sixteen@mail.example")
    assert (entry["status"], entry.get("first_name")) == ("unsubscribed", None)
    (mail,) = worker.ask("asked")
    assert client.form(links(mail)[0]).status == 303
    entry = kept("sixteen@mail.example")
    assert (entry["status"], entry["first_name"], entry["unsubscribed_at"]) == ("active", "Anna", "")
    assert {"unsubscribed": False, "first_name": "Anna"} in [asked["body"] for asked in worker.ask("asked")]


def test_nobody_can_change_what_is_kept_of_a_person_who_is_active(at, worker, kept) -> None:
    client = at()
    confirmed(client, worker, "seventeen@mail.example", first_name="Anna")
    before = kept("seventeen@mail.example")
    client.subscribe("seventeen@mail.example", first_name="Mallory", phone="+1 555 0100 000", phone_consent="1")
    after = kept("seventeen@mail.example")
    assert {name: after[name] for name in ("status", "first_name")} == {"status": "active", "first_name": "Anna"}
    (mail,) = (asked for asked in worker.ask("asked") if asked["url"].endswith("/emails"))
    assert before["token"] not in str(mail), "an older link must not agree to what somebody else wrote"
    client.form(links(mail)[0])
    assert kept("seventeen@mail.example")["first_name"] == "Mallory", "but the person may, with the link in the mail"


def test_a_mail_that_cannot_be_sent_is_no_success_and_is_sent_at_the_next_try(at, worker, kept) -> None:
    client = at()
    worker.ask("answerWith", status=500)
    answer = client.subscribe("eighteen@mail.example")
    assert (answer.status, answer.json()["error"], answer.headers["retry-after"]) == (503, "later", "120")
    assert client.subscribe("eighteen@mail.example", script=False).headers["location"] == f"{SITE}/sorry/"
    worker.ask("answerWith", status=200)
    worker.ask("asked")
    assert client.subscribe("eighteen@mail.example").status == 200
    assert len(worker.ask("asked")) == 1
    assert kept("eighteen@mail.example")["status"] == "pending"
    complaints = worker.complaints()
    assert "Resend (mail) answered 500" in complaints
    assert "eighteen" not in complaints


# ---------------------------------------------------------------- the lists from which the creator sends


def test_only_who_confirmed_is_passed_on_to_resend(at, worker, kept) -> None:
    client = at()
    client.subscribe("nineteen@mail.example", first_name="Anna", last_name="Berger")
    (mail,) = worker.ask("asked")
    worker.ask("answerWith", status=500)
    assert client.form(links(mail)[0]).headers["location"] == f"{SITE}/sorry/"
    assert kept("nineteen@mail.example")["status"] == "pending", "the button can be pressed again"
    worker.ask("answerWith", status=200)
    worker.ask("asked")
    assert client.form(links(mail)[0]).headers["location"] == f"{SITE}/thanks/"
    contact, segment = worker.ask("asked")
    assert (contact["url"], contact["authorization"]) == ("https://api.resend.com/contacts", "Bearer re_test")
    assert contact["body"] == {
        "email": "nineteen@mail.example",
        "first_name": "Anna",
        "last_name": "Berger",
        "unsubscribed": False,
    }
    assert segment["url"] == "https://api.resend.com/contacts/nineteen%40mail.example/segments/seg-1"


def test_mailjet_is_told_who_came_and_who_left(at, worker) -> None:
    client = at("mailjet")
    client.subscribe("twenty@mail.example", first_name="Anna", last_name="Berger")
    (mail,) = worker.ask("asked")
    confirm, leave = links(mail)
    client.form(confirm)
    client.form(leave)
    came, left = worker.ask("asked")
    assert came["url"] == left["url"] == "https://api.mailjet.com/v3/REST/contactslist/77/managecontact"
    assert came["body"] == {"Email": "twenty@mail.example", "Name": "Anna Berger", "Action": "addnoforce"}
    assert left["body"]["Action"] == "unsub"


def test_mailman_asks_for_the_confirmation_itself_when_no_mail_can_be_sent(at, worker, kept) -> None:
    client = at("mailman")
    assert (
        client.subscribe("twentyone@mail.example", first_name="Anna", accept="application/json").json()["confirm"]
        is True
    )
    (told,) = worker.ask("asked")
    assert told["url"] == "https://lists.example/3.1/members"
    assert told["body"] == {
        "list_id": "letters.lina.example",
        "subscriber": "twentyone@mail.example",
        "display_name": "Anna",
        "pre_verified": False,
        "pre_confirmed": False,
        "pre_approved": True,
    }
    assert kept("twentyone@mail.example", "mailman")["status"] == "pending"
    worker.ask("answerWith", status=409)
    assert client.subscribe("twentyone@mail.example").status == 200, "who is a member already is no failure"


def test_without_keys_for_mail_people_are_kept_and_thanked(at, worker, kept) -> None:
    client = at("quiet")
    assert client.subscribe("twentytwo@mail.example").json() == {"ok": True, "status": "pending", "confirm": False}
    assert client.subscribe("twentytwo@mail.example", script=False).headers["location"] == f"{SITE}/thanks/"
    assert kept("twentytwo@mail.example", "quiet")["status"] == "pending"
    assert worker.ask("asked") == []


def test_without_a_place_to_keep_people_they_are_passed_on_at_once(at, worker) -> None:
    assert at("shelfless").subscribe("twentythree@mail.example").json() == {
        "ok": True,
        "status": "taken",
        "confirm": False,
    }
    assert [asked["url"] for asked in worker.ask("asked")] == ["https://api.resend.com/contacts"]


@pytest.mark.parametrize("name", ["nothing", "unset"])
def test_a_worker_that_is_not_set_up_never_says_that_it_took_somebody(at, name) -> None:
    answer = at(name).subscribe("twentyfour@mail.example")
    assert (answer.status, answer.json()["ok"]) == (503, False)


# ---------------------------------------------------------------- the creator


@pytest.mark.parametrize(
    "given", [{}, {"authorization": "Bearer wrong"}, {"authorization": TOKEN}, {"authorization": f"Basic {TOKEN}"}]
)
def test_the_list_is_given_to_nobody_without_the_token(at, given) -> None:
    for way, answer in (
        ("/export", at().get("/export", **given)),
        ("/forget", at().form("/forget", fields={"email": "a@b.example"}, **given)),
    ):
        assert answer.status == 401, way
        assert answer.headers["www-authenticate"] == "Bearer"
        assert "people" not in answer.text


def test_a_token_that_is_too_short_opens_nothing(at) -> None:
    assert at("lax").get("/export", authorization="Bearer short").status == 404
    assert at("unset").get("/export", authorization="Bearer ").status in (401, 404, 503)


def test_the_list_comes_in_pages_and_whole(at, worker) -> None:
    def person(number: int) -> list[object]:
        status = ("active", "pending", "unsubscribed")[number % 3]
        return [
            f"person:{number:032x}",
            {"email": f"p{number}@mail.example", "status": status, "token": "secret", "ip": "203.0.113.7"},
        ]

    over = ["person:" + "0" * 31 + "-", {"email": "late@mail.example", "status": "pending", "expires": 1}]
    worker.ask("put", worker="large", entries=[*(person(number) for number in range(1003)), over, ["rate:1:x", 3]])
    client = at("large")
    people: list[dict[str, Any]] = []
    cursor, sizes = "", []
    while cursor is not None:
        page = client.get(f"/export?cursor={cursor}", **BEARER).json()
        people += page["people"]
        sizes.append(len(page["people"]))
        cursor = page["cursor"]
    assert sum(sizes) == 1003 and max(sizes) == 500
    assert {person["email"] for person in people} == {f"p{number}@mail.example" for number in range(1003)}
    assert set(people[0]) == {
        "email", "first_name", "last_name", "phone", "status", "subscribed_at", "confirmed_at", "unsubscribed_at",
        "consent_version", "phone_consent_version", "source", "tags", "language", "ip",
    }  # fmt: skip
    assert people[0]["tags"] == []
    assert "secret" not in str(people)
    assert len(client.get("/export?limit=7", **BEARER).json()["people"]) == 7
    assert len(client.get("/export?limit=1000", **BEARER).json()["people"]) == 1000
    for limit in ("0", "1001", "x", "1.5"):
        assert client.get(f"/export?limit={limit}", **BEARER).status == 400
    left = {entry["email"] for entry in worker.ask("entries", worker="large")}
    assert "late@mail.example" not in left, "who did not confirm in time is thrown away on the way"


def test_the_creator_can_mark_and_forget_somebody_who_wrote_a_letter(at, worker, kept) -> None:
    client = at()
    confirmed(client, worker, "twentyfive@mail.example")
    fields = {"email": "TwentyFive@mail.example"}
    assert client.form("/unsubscribe", fields=fields, **BEARER).json() == {"ok": True, "status": "unsubscribed"}
    assert kept("twentyfive@mail.example")["status"] == "unsubscribed"
    assert client.form("/forget", fields=fields, **BEARER).json() == {"ok": True}
    assert kept("twentyfive@mail.example") is None
    assert client.form("/forget", fields=fields, **BEARER).status == 404
    assert client.form("/forget", fields={"email": "nobody"}, **BEARER).status == 422


def test_other_ways_lead_nowhere(at) -> None:
    client = at()
    assert client.get("/").status == client.ask("HEAD", "/").status == 200
    assert client.get("/person:1").status == 404
    assert client.get("/subscribe").status == 405
    assert client.get("/subscribe").headers["allow"] == "POST"
    assert client.ask("DELETE", "/export", **BEARER).status == 405
    assert client.form("/subscribe/", script=True, fields={"email": ""}).status == 422, (
        "a slash at the end does no harm"
    )


def test_nothing_about_people_was_logged(worker: OtherProcess) -> None:
    complaints = worker.complaints()
    assert "mail.example" not in complaints
    assert "203.0.113" not in complaints
    assert TOKEN not in complaints
