"""The journal, and who looks for it: it forgets in time, survives damage, and knows a block from an outage."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from linkhome.config.load import read_site
from linkhome.embeds.answer import PAGE, Answer, FetchError
from linkhome.embeds.fetch import Client
from linkhome.outage import seen
from linkhome.outage.doors import MOST, Door, doors, look
from linkhome.outage.links import channel, links
from linkhome.outage.seen import Journal, Seen
from linkhome.outage.watch import Watching, is_down

DAY = 86_400.0
NOW = 1_795_335_000.0


def one(at: float, host: str = "x.com", platform: str = "x", owner: str = "X Corp", code: str = "") -> Seen:
    return Seen(at, host, platform, owner, code)


# ------------------------------------------------------------------ the journal


def test_a_journal_is_read_as_it_was_written(tmp_path: Path):
    path = tmp_path / ".cache/seen.json"
    journal = Journal(seen=[one(NOW), one(NOW, code="dns")], refused={"Meta": NOW}, texts={"outage/a.txt": "ab"})
    seen.save(path, journal)
    assert seen.load(path) == journal
    assert os.listdir(path.parent) == ["seen.json"]


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"seen": [[1, "a"]]}',
        b'{"seen": 5}',
        b'{"refused": {"Meta": "never"}}',
        b"[" * 100_000,
        b'{"seen": [' + b'["later", "x.com", "x", "X", ""]' + b"]}",
    ],
)
def test_a_damaged_journal_begins_anew(tmp_path: Path, damage: bytes):
    (tmp_path / "seen.json").write_bytes(damage)
    assert seen.load(tmp_path / "seen.json") == Journal()


def test_a_journal_that_is_a_folder_begins_anew(tmp_path: Path):
    assert seen.load(tmp_path) == Journal()


def test_codes_that_nobody_writes_are_left_out(tmp_path: Path):
    path = tmp_path / "seen.json"
    seen.save(path, Journal(seen=[one(NOW), one(NOW, code="blocked"), one(NOW, host="")]))
    assert seen.load(path).seen == [one(NOW)]


def test_a_journal_forgets_after_two_weeks_and_knows_no_future():
    journal = Journal(seen=[one(NOW - 15 * DAY), one(NOW - 13 * DAY), one(NOW + DAY)], refused={"X": NOW - 15 * DAY})
    seen.add(journal, [one(NOW)], NOW)
    assert [round((NOW - x.at) / DAY) for x in journal.seen] == [13, 0]
    assert journal.refused == {}


def test_a_full_journal_keeps_the_newest_and_the_last_answer_of_each_platform():
    journal = Journal(seen=[one(NOW - 10 * DAY), one(NOW - 10 * DAY + 1, code="dns")])
    seen.add(journal, [one(NOW - seen.MOST + n, "fb.com", "facebook", "Meta", "dns") for n in range(seen.MOST)], NOW)
    assert len(journal.seen) == seen.MOST
    assert journal.seen[0] == one(NOW - 10 * DAY)
    assert journal.seen[1].at == NOW - seen.MOST + 1
    assert journal.seen[-1].at == NOW - 1


# ------------------------------------------------------------------ what an answer means


@pytest.mark.parametrize(
    ("status", "headers", "down"),
    [
        (200, {}, False),
        (302, {}, False),
        (401, {}, False),
        (403, {"x-datadome": "1"}, False),
        (404, {}, False),
        (429, {"retry-after": "60"}, False),
        (451, {}, False),
        (500, {}, True),
        (502, {}, True),
        (503, {"retry-after": "60"}, True),
        (503, {"server": "cloudflare"}, False),
        (503, {"cf-mitigated": "challenge"}, False),
        (522, {"server": "cloudflare"}, True),
    ],
)
def test_only_a_server_that_says_it_is_broken_is_down(status, headers, down):
    assert is_down(Answer(status, headers, b"", "https://x.com/")) is down


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[int | str]]:
    """Return what is answered by address, in turn: a status, or the code of an error."""
    answers: dict[str, list[int | str]] = {}

    def get(self: Client, url: str, limits: object, **more: object) -> Answer:
        what = answers[url].pop(0)
        if isinstance(what, int):
            return Answer(what, {}, b"", url)
        raise FetchError(what, "no")

    monkeypatch.setattr(Client, "get", get)
    return answers


def watched(answers: dict[str, list[int | str]]) -> list[Seen]:
    with Watching("", "en") as client:
        for url, turns in answers.items():
            for _ in list(turns):
                try:
                    client.get(url, PAGE)
                except FetchError:
                    continue
        return client.seen(NOW)


def test_a_watching_client_notes_each_host_once(answers):
    answers |= {
        "https://www.instagram.com/ada": [403],
        "https://i.ytimg.com/a.jpg": [200],
        "https://x.com/ada": ["connect", "connect"],
        "https://github.com/ada": ["slow", 200],
        "https://music.youtube.com/x": [500, "dns"],
    }
    assert watched(answers) == [
        Seen(NOW, "github.com", "github", "Microsoft", ""),
        Seen(NOW, "i.ytimg.com", "", "i.ytimg.com", ""),
        Seen(NOW, "music.youtube.com", "youtubemusic", "Alphabet", "5xx"),
        Seen(NOW, "music.youtube.com", "youtubemusic", "Alphabet", "dns"),
        Seen(NOW, "www.instagram.com", "instagram", "Meta", ""),
        Seen(NOW, "x.com", "x", "X Corp", "connect"),
    ]


def test_what_was_not_asked_is_not_noted_and_a_host_that_speaks_is_there(answers):
    answers |= {
        "https://x.com/a": ["refused", "stopped", "not-http"],
        "https://vimeo.com/1": ["redirects"],
        "https://ted.com/1": ["large"],
        "nonsense": ["refused"],
    }
    assert [(x.host, x.code) for x in watched(answers)] == [("ted.com", ""), ("vimeo.com", "")]


# ------------------------------------------------------------------ whom to look at


def site(*lines: str):
    config, found = read_site("\n".join(["profile: {name: Ada}", *lines]).encode(), "linkhome.yaml")
    assert config is not None, found
    return config.site


def test_every_link_of_the_pages_is_found_once():
    found = links(
        site(
            "url: https://ada.example",
            "socials: [https://www.instagram.com/ada, {url: 'https://x.com/ada'}, 'mailto:ada@ada.example']",
            "contact: {phone: +41 61 555 01 23, whatsapp: true, telegram: '@ada', signal: ada.42}",
            "home:",
            "  - link: https://www.instagram.com/ada/",
            "    image: media/a.jpg",
            "  - links: Elsewhere",
            "    items: [https://vimeo.com/ada, media/a.pdf, {url: 'https://ada.bandcamp.com', note: 'see https://no'}]",
            "  - latest: https://www.youtube.com/@ada",
            "  - events: [{title: A fair, date: 2027-01-01, url: 'https://fair.example/x'}]",
            "  - text: Not [this one](https://tiktok.com/@ada)",
            "footer: {links: [https://github.com/ada]}",
        )
    )
    assert [x.known.slug or x.known.host for x in found] == [
        *("instagram", "x", "whatsapp", "signal", "telegram"),
        *("vimeo", "bandcamp", "youtube", "fair.example", "github"),
    ]


def test_the_best_channel_is_a_profile_that_is_not_down_then_mail_then_telephone():
    from datetime import UTC

    from linkhome.config.schema import OutageEntry
    from linkhome.outage.current import current

    (meta,) = current([OutageEntry(platform="instagram", since="2026-11-22")], NOW, UTC)
    socials = "socials: ['mailto:ada@ada.example', https://threads.net/@ada, https://x.com/ada, https://vimeo.com/ada]"
    assert channel(site(socials), meta) == "https://x.com/ada"
    assert channel(site("socials: [https://fb.com/ada, 'mailto:ada@ada.example']"), meta) == "ada@ada.example"
    assert channel(site("contact: {phone: +41 61 555 01 23, whatsapp: true}"), meta) == "+41 61 555 01 23"
    assert channel(site("socials: [https://fb.com/ada]"), meta) == ""


def test_the_doors_of_a_site_are_those_of_its_platforms_a_sibling_and_others_to_compare():
    found = doors(
        site(
            "url: https://ada.example",
            "socials: [https://www.instagram.com/ada, https://www.facebook.com/ada, https://youtu.be/ada]",
            "newsletter: {provider: buttondown, account: ada}",
            "home: [{link: https://amazon.de/dp/B000000000}, {link: https://mastodon.social/@ada}]",
        )
    )
    assert found == (
        Door("www.instagram.com", "instagram"),
        Door("www.facebook.com", "facebook"),
        Door("www.youtube.com", "youtube"),
        Door("amazon.de", "amazon"),
        Door("music.youtube.com", "youtubemusic"),
        Door("www.twitch.tv", "twitch"),
        Door("mastodon.social", "mastodon"),
        Door("ada.example"),
        Door("buttondown.com", "buttondown"),
    )


def test_twenty_doors_are_enough_and_some_of_them_are_others():
    from linkhome.platforms.table import PLATFORMS

    known = [f"https://{p.hosts[0].replace('*', 'com')}/ada" for p in PLATFORMS.values() if p.owner]
    others = [f"https://shop-{n}.example/" for n in range(30)]
    many = doors(site("socials:", *(f"  - {address}" for address in (*others, *known))))
    assert len(many) == len({door.host for door in many}) == MOST
    assert sum(not door.platform for door in many) == 6
    few = doors(site("socials:", *(f"  - {address}" for address in (*others, *known[:1]))))
    assert len(few) == MOST


def test_a_site_without_links_has_nobody_to_look_at():
    assert doors(site("home: [{text: Hello}]")) == ()


def test_doors_for_which_there_is_no_time_left_are_not_asked(answers):
    answers |= {f"https://shop-{n}.example/": [200] for n in range(8)}
    with Watching("", "en") as client:
        look([Door(f"shop-{n}.example") for n in range(8)], client, seconds=1.0)
        assert client.seen(NOW) == []
    with Watching("", "en") as client:
        look([Door(f"shop-{n}.example") for n in range(8)], client)
        assert len(client.seen(NOW)) == 8
