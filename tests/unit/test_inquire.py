"""Question after question about one address: in which order, how often, and what is said when none was answered."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest

from linkhome.embeds import inquire
from linkhome.embeds.answer import Answer, FetchError
from linkhome.embeds.inquire import Failure, Inquirer, Unchanged, why_not
from linkhome.embeds.turns import Turns
from linkhome.embeds.wanted import Wanted

PAGE = "https://ada.example/a-page"
VIDEO = "https://vimeo.com/76979871"
FEED = b'<rss version="2.0"><channel><title>Ada</title><item><title>One</title><link>https://ada.example/1</link></item></channel></rss>'


class Client:
    """Answer from a table; what is not there cannot be reached. A list is worked through, its last answer stays."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, str]] = []
        self.deadlines: list[float | None] = []

    def get(self, url: str, limits: Any, *, etag: str = "", deadline: float | None = None, **_: Any) -> Answer:
        self.asked.append((url, etag))
        self.deadlines.append(deadline)
        said = self.answers.get(url, FetchError("connect", "nobody is there"))
        if isinstance(said, list):
            said = said.pop(0) if len(said) > 1 else said[0]
        if isinstance(said, Exception):
            raise said
        return said if said.url else Answer(said.status, said.headers, said.body, url)


def page(title: str = "A page", head: str = "", status: int = 200, **headers: str) -> Answer:
    body = f'<!doctype html><title>{title}</title><meta property="og:title" content="{title}">{head}'
    return Answer(status, {"content-type": "text/html", **headers}, body.encode(), "")


def said(value: object, status: int = 200, **headers: str) -> Answer:
    return Answer(status, {"content-type": "application/json", **headers}, json.dumps(value).encode(), "")


def feed(**headers: str) -> Answer:
    return Answer(200, {"content-type": "application/rss+xml", **headers}, FEED, "")


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inquire, "SECOND_TRY", (0.0, 0.0))
    monkeypatch.setattr(inquire, "PAUSES", {"page": 0.0, "feed": 0.0})
    monkeypatch.setattr(inquire, "PAUSE", 0.0)


def asker(answers: dict[str, Any]) -> tuple[Inquirer, Client]:
    stopping = threading.Event()
    client = Client(answers)
    return Inquirer(client, Turns(stopping), stopping), client  # type: ignore[arg-type]


def ask(answers: dict[str, Any], want: Wanted, facts: Mapping[str, str] = MappingProxyType({})) -> Any:
    inquirer, client = asker(answers)
    try:
        return inquirer.ask(want, facts, {}, enough=False), [url for url, _ in client.asked]
    except (Failure, Unchanged) as problem:
        return problem, [url for url, _ in client.asked]


def test_the_better_door_first_and_the_page_only_when_it_is_shut():
    good = said({"version": "1.0", "type": "video", "title": "A film", "thumbnail_url": "https://i.example/a.jpg"})
    found, asked = ask({}, Wanted(VIDEO))
    first = asked[0]
    assert first.startswith("https://vimeo.com/api/oembed.json?")
    found, asked = ask({first: good, VIDEO: page("Another title")}, Wanted(VIDEO))
    assert (found.reading.title, asked) == ("A film", [first])
    found, asked = ask({first: page(status=500), VIDEO: page("Another title")}, Wanted(VIDEO))
    assert (found.reading.title, asked) == ("Another title", [first, first, VIDEO])


@pytest.mark.parametrize("code", ["connect", "reset", "slow"])
def test_who_stumbles_is_asked_a_second_time(code):
    found, asked = ask({PAGE: [FetchError(code, "no"), page()]}, Wanted(PAGE))
    assert (found.reading.title, asked) == ("A page", [PAGE, PAGE])


@pytest.mark.parametrize("code", ["dns", "tls", "refused", "redirects", "large", "not-http"])
def test_who_does_not_stumble_but_refuses_is_not(code):
    problem, asked = ask({PAGE: [FetchError(code, "no"), page()]}, Wanted(PAGE))
    assert (problem.code, asked) == (code, [PAGE])


def test_an_error_that_says_when_to_come_back_is_believed():
    problem, asked = ask({PAGE: [page(status=503, **{"retry-after": "120"}), page()]}, Wanted(PAGE))
    assert (problem.code, problem.wait, asked) == ("wait", 120, [PAGE])


def test_feeds_of_youtube_that_are_not_there_are_asked_for_again():
    facts = {"channel": "UC0123456789abcdefghijkl"}
    _, asked = ask({}, Wanted("https://www.youtube.com/@ada", 3), facts=facts)
    first = asked[0]
    lost = Answer(404, {}, b"<title>Error 404 (Not Found)!!1</title>", "")
    found, asked = ask({first: [lost, feed()]}, Wanted("https://www.youtube.com/@ada", 3), facts=facts)
    assert asked == [first, first]
    assert len(found.reading.items) == 1


def test_a_page_leads_to_the_feed_for_many_and_not_for_one():
    head = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    answers = {PAGE: page(head=head), "https://ada.example/feed.xml": feed()}
    found, asked = ask(answers, Wanted(PAGE, 3))
    assert (len(found.reading.items), asked) == (1, [PAGE, "https://ada.example/feed.xml"])
    found, asked = ask(answers, Wanted(PAGE))
    assert (found.reading.items, asked) == ((), [PAGE])


def test_only_the_answer_that_settles_it_may_be_not_modified():
    head = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    answers = {PAGE: page(head=head, etag='"page"'), "https://ada.example/feed.xml": feed(etag='"feed"')}
    found, _ = ask(answers, Wanted(PAGE, 3))
    assert found.marks == {"https://ada.example/feed.xml": ('"feed"', "")}


def test_not_modified_is_only_asked_for_when_there_is_a_copy():
    marks = {PAGE: ('"1"', "")}
    inquirer, client = asker({PAGE: Answer(304, {}, b"", PAGE)})
    with pytest.raises(Unchanged):
        inquirer.ask(Wanted(PAGE), {}, marks, enough=True)
    assert client.asked == [(PAGE, '"1"')]
    inquirer, client = asker({PAGE: page()})
    inquirer.ask(Wanted(PAGE), {}, marks, enough=False)
    assert client.asked == [(PAGE, "")]


def test_a_page_that_leads_on_and_on_costs_six_questions():
    def leading(number: int) -> Answer:
        return page(f"Page {number}", f'<link rel="alternate" type="application/rss+xml" href="/{number + 1}.xml">')

    answers = {f"https://ada.example/{number}.xml": leading(number) for number in range(20)}
    _, asked = ask({PAGE: leading(0), **answers}, Wanted(PAGE, 3))
    assert len(asked) <= inquire.MOST_QUESTIONS


@pytest.mark.parametrize(
    ("head", "is_feed"),
    [
        (b'<?xml version="1.0"?>\n<!-- by a machine -->\n<?xml-stylesheet href="a.xsl"?><rss version="2.0">', True),
        (b"\xef\xbb\xbf <feed xmlns='http://www.w3.org/2005/Atom'>", True),
        (b'<rdf:RDF xmlns:rdf="a">', True),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', True),
        (b'<?xml version="1.0"?><!DOCTYPE html><html>', False),
        (b"<feedback>", False),
        (b"<!-- <rss> --><html>", False),
        (b"<!---->" * 580, False),
    ],
)
def test_what_was_pasted_may_be_the_feed_itself(head, is_feed):
    assert bool(inquire._FEED.match(head)) == is_feed


def test_offline_is_only_said_when_no_door_was_reached():
    assert ask({}, Wanted(VIDEO))[0].offline
    problem, asked = ask({VIDEO: page("Just a moment...")}, Wanted(VIDEO))
    assert len(set(asked)) > 1
    assert (problem.code, problem.offline, problem.held) == ("blocked", False, True)


def test_gone_is_only_said_when_every_door_says_so():
    missing = page("Page not found", status=404)
    problem, asked = ask({PAGE: missing}, Wanted(PAGE))
    assert (problem.code, problem.gone) == ("gone", True)
    problem, asked = ask({VIDEO: missing}, Wanted(VIDEO))
    assert len(set(asked)) > 1
    assert not problem.gone


def test_in_a_hurry_nobody_is_asked_twice_or_for_long():
    inquirer, client = asker({})
    inquirer.in_a_hurry = True
    with pytest.raises(Failure):
        inquirer.ask(Wanted(PAGE), {}, {}, enough=False)
    assert len(client.asked) == 1
    assert client.deadlines[0] is not None


def test_everything_stops_when_it_should():
    inquirer, client = asker({PAGE: page()})
    inquirer.stopping.set()
    with pytest.raises(InterruptedError):
        inquirer.ask(Wanted(PAGE), {}, {}, enough=False)
    with pytest.raises(InterruptedError):
        inquirer.picture("https://i.example/a.jpg")
    assert client.asked == []


def test_a_picture_is_its_bytes_or_a_failure():
    answers = {"https://i.example/a.jpg": Answer(200, {}, b"bytes", ""), "https://i.example/b.jpg": page(status=404)}
    inquirer, _ = asker(answers)
    assert inquirer.picture("https://i.example/a.jpg") == b"bytes"
    with pytest.raises(Failure, match="the picture's server answered 404"):
        inquirer.picture("https://i.example/b.jpg")
    with pytest.raises(Failure, match="nobody is there"):
        inquirer.picture("https://i.example/c.jpg")


def test_short_links_are_followed_first():
    answers = {"https://bit.ly/abc": Answer(200, {}, b"<p>", PAGE), PAGE: page()}
    found, asked = ask(answers, Wanted("https://bit.ly/abc"))
    assert (found.url, asked) == (PAGE, ["https://bit.ly/abc", PAGE])


@pytest.mark.parametrize(
    ("address", "many", "words"),
    [
        ("https://www.instagram.com/p/AbCdEfGhIjK/", False, "Instagram forbids"),
        (VIDEO, True, "write 'embed:' instead of 'latest:'"),
        ("http://127.0.0.1/", False, "nothing that could be asked"),
    ],
)
def test_why_nobody_is_asked(address, many, words):
    assert words in why_not(address, many=many)
    problem, asked = ask({}, Wanted(address, 3 if many else 0))
    assert (problem.code, asked) == ("apart", [])
