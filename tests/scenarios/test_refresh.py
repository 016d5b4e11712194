"""A creator and other people's platforms: paste an address, refresh, build; then everything that happens in a year."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from internet.meeting import enter
from internet.world import Answer, World, world
from site_folder import SiteFolder

from linkhome.commands import embeds, refresh
from linkhome.embeds import keep, state

STORY = "https://story.example/how-ink-dries"
LETTERS = "https://letters.example/"
KEY = keep.key(STORY)
LONG = "Ink dries from the edges inwards, and the blue ones take longest of all. " * 6
DAY = 86_400.0


class Platforms:
    """Be two small sites, each of which says what a test wants it to."""

    def __init__(self) -> None:
        self.title, self.text, self.author = "How ink dries", LONG, "Ada Example"
        self.letters = 3

    def story(self, path: str) -> Answer:
        head = (
            f'<meta property="og:title" content="{self.title}"><meta property="og:description" content="{self.text}">'
        )
        page = f'<!doctype html><title>{self.title}</title>{head}<meta name="author" content="{self.author}">'
        return Answer(page.encode(), "text/html; charset=utf-8")

    def feed(self, path: str) -> Answer:
        items = "".join(
            f"<item><title>Letter {n}</title><link>https://letters.example/{n}</link><guid>{n}</guid>"
            f"<pubDate>{n:02d} Nov 2026 10:00:00 GMT</pubDate></item>"
            for n in range(self.letters, 0, -1)
        )
        xml = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Letters</title>{items}</channel></rss>'
        return Answer(xml.encode(), "application/rss+xml")


@pytest.fixture
def platforms() -> Platforms:
    return Platforms()


@pytest.fixture
def here(tmp_path: Path, platforms: Platforms, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    folder = tmp_path / "world"
    folder.mkdir()
    with world(folder, {"story.example": platforms.story, "letters.example": platforms.feed}) as made:
        enter(made, monkeypatch)
        yield made


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Return how to let it be some days later."""

    def later(days: float) -> None:
        clock = SimpleNamespace(time=lambda: time.time() + days * DAY, perf_counter=time.perf_counter)
        monkeypatch.setattr(refresh, "time", clock)
        monkeypatch.setattr(embeds, "time", clock)

    return later


def showing(*blocks: str) -> dict[str, str]:
    return {"linkhome.yaml": "profile: {name: Ada Example}\nhome:\n" + "".join(f"  - {block}\n" for block in blocks)}


def copy(folder: SiteFolder, address: str = STORY) -> dict[str, Any]:
    return json.loads(folder.read(f"saved/{keep.key(address)}.json"))


def row(folder: SiteFolder, key: str = KEY) -> dict[str, Any]:
    return next(one for one in folder.run("embeds", "--json").json["embeds"] if one["key"] == key)


def talk(err: str) -> list[str]:
    return [line for line in err.splitlines() if not line.startswith("LINKHOME_TEST_INTERNET")]


def test_paste_refresh_build(site, here):
    folder = site(showing(f"embed: {STORY}", f"latest: {LETTERS}"))
    assert folder.run("embeds").out.splitlines()[0].startswith(f"link only  {KEY}")
    ran = folder.run("refresh")
    assert ran.code == 0
    assert ran.out.startswith("Asked about 2 addresses in ")
    assert ran.out.endswith(" s: 2 new or better.\n")
    assert folder.build().code == 0
    page = folder.read("public/index.html")
    assert "How ink dries" in page
    assert all(f"Letter {n}" in page for n in (1, 2, 3))
    listed = folder.run("embeds").out.splitlines()
    assert listed[0].split(maxsplit=2) == ["fresh", KEY, "How ink dries"]
    assert listed[-1] == "2 fresh."


def test_a_platform_that_is_down_leaves_the_card(site, here, on):
    folder = site(showing(f"embed: {STORY}", f"latest: {LETTERS}"))
    folder.run("refresh")
    folder.build()
    before = folder.files("saved"), folder.files("public")
    here.break_("story.example", by="500")
    ran = folder.run("refresh", "--max-age", "0")
    assert ran.code == 0
    assert talk(ran.err) == [f"{KEY}: it answered with an error page"]
    assert ran.out.endswith(": 0 new or better, 1 kept as it was.\n")
    folder.build()
    assert (folder.files("saved"), folder.files("public")) == before
    assert row(folder)["state"] == "stale"
    assert row(folder)["why"].endswith(": it answered with an error page")
    # It is left alone for an hour, however often somebody asks; then it is tried again.
    here.asked.clear()
    folder.run("refresh")
    assert here.asked == []
    here.mend()
    on(0.06)
    folder.run("refresh")
    assert row(folder)["state"] == "fresh"


def test_strict_tells_scripts(site, here):
    folder = site(showing(f"embed: {STORY}"))
    assert folder.run("refresh", "--strict").code == 0
    here.break_("story.example", by="login page")
    assert folder.run("refresh", "--strict", "--max-age", "0").code == 3
    told = folder.run("refresh", "--max-age", "0", "--json")
    assert told.code == 0
    assert told.json["ok"] is False
    assert told.json["embeds"][0]["problem"].startswith("it answered with its front door")


def test_a_worse_answer_is_held_until_the_creator_takes_it(site, here, platforms):
    folder = site(showing(f"embed: {STORY}"))
    folder.run("refresh")
    before = folder.files("saved")
    platforms.text = "Ink."
    ran = folder.run("refresh", "--max-age", "0")
    assert ran.code == 0
    first, second = talk(ran.err)
    assert first.startswith(f"{KEY}: its text shrank from ")
    assert second == "An answer that was held back can be taken all the same: 'linkhome embeds accept KEY'."
    assert folder.files("saved") == before
    listed = folder.run("embeds").out.splitlines()
    assert listed[0].startswith(f"held  {KEY}")
    assert "an answer was refused, the copy stays: its text shrank" in listed[1]

    taken = folder.run("embeds", "accept", KEY)
    assert (taken.code, taken.out) == (0, f"{KEY} has a new copy.\n")
    assert copy(folder)["good"]["text"] == "Ink."
    assert row(folder)["state"] == "fresh"
    assert folder.run("embeds", "accept", KEY).out == f"{KEY} has not changed.\n"


def test_accepting_says_what_is_wrong(site, here):
    folder = site(showing(f"embed: {STORY}", "embed: https://story.example/another"))
    ran = folder.run("embeds", "accept", "nonsense")
    assert ran.code == 2
    assert "the site shows nothing that fits 'nonsense'" in ran.err
    ran = folder.run("embeds", "accept", "story.example")
    assert ran.code == 2
    assert "'story.example' fits more than one copy" in ran.err
    here.break_("story.example", by="tls")
    ran = folder.run("embeds", "accept", KEY)
    assert ran.code == 3
    assert f"{KEY} stays as it is: the certificate of story.example is for another name" in ran.err


def test_a_damaged_copy_costs_this_card_only_and_is_named(site, here):
    folder = site(showing(f"embed: {STORY}", f"latest: {LETTERS}"))
    folder.run("refresh")
    folder.write(f"saved/{KEY}.json", "{ an editor crashed")
    built = folder.build()
    assert built.code == 0
    assert f"saved/{KEY}.json" in built.err
    assert "Letter 3" in folder.read("public/index.html")
    assert row(folder)["state"] == "damaged"
    ran = folder.run("refresh")
    assert f"the saved copy {KEY} cannot be used" in ran.err
    assert copy(folder)["good"]["title"] == "How ink dries"
    beside = [name for name in folder.files("saved") if ".damaged-" in name]
    assert [folder.read(f"saved/{name}") for name in beside] == ["{ an editor crashed"]
    assert row(folder)["state"] == "fresh"


@pytest.mark.parametrize("word", ["web", KEY, KEY.partition("/")[2], "STORY.example", "ink-dries"])
def test_only_what_was_named(site, here, word):
    folder = site(showing(f"embed: {STORY}", "latest: https://mastodon.example/@ada"))
    ran = folder.run("refresh", "--only", word)
    assert ran.out.startswith("Asked about 1 address in ")
    assert {one.host for one in here.asked} == {"story.example"}


def test_a_word_that_names_nothing(site, here):
    folder = site(showing(f"embed: {STORY}"))
    ran = folder.run("refresh", "--only", "youtube")
    assert ran.code == 2
    assert "the site shows nothing that fits 'youtube'" in ran.err
    assert "'linkhome embeds' lists what the site shows" in ran.err
    ran = folder.run("refresh", "--max-age", "soon")
    assert ran.code == 2
    assert "write 30m, 12h, 2d, or 0 for everything" in ran.err


def test_mistakes_in_the_site_are_shown_as_always(site, here):
    folder = site({"linkhome.yaml": "profile: {name: Ada}\nhome:\n  - embed: nonsense\n"})
    ran = folder.run("refresh")
    assert ran.code == 1
    assert "linkhome.yaml:3" in ran.err
    assert folder.run("embeds").code == 1


def test_a_site_that_shows_nothing_from_elsewhere(site, here):
    folder = site({"linkhome.yaml": "profile: {name: Ada}\n"})
    sentence = "The site shows nothing from elsewhere. Add 'embed:' or 'latest:' to 'home' in linkhome.yaml.\n"
    assert folder.run("refresh") == (0, sentence, "")
    assert folder.run("embeds") == (0, sentence, "")


def test_prune_removes_what_nothing_shows_and_spares_words_of_ones_own(site, here):
    other = "https://story.example/another"
    folder = site(showing(f"embed: {STORY}", f"embed: {other}", f"latest: {LETTERS}"))
    folder.run("refresh")
    own = copy(folder, other) | {"owner": {"title": "My words"}}
    folder.write(f"saved/{keep.key(other)}.json", json.dumps(own))
    folder.write("linkhome.yaml", showing(f"embed: {STORY}")["linkhome.yaml"])
    before = folder.files("saved")
    dry = folder.run("embeds", "prune", "--dry-run")
    assert dry.out == f"would remove saved/{keep.key(LETTERS)}.json\n"
    assert dry.err == "1 file kept that holds your own words: '--all' removes it too.\n"
    assert folder.files("saved") == before
    assert folder.run("embeds", "prune").out == f"removed saved/{keep.key(LETTERS)}.json\n"
    assert folder.run("embeds", "prune").out == "Every other copy is shown somewhere.\n"
    assert folder.run("embeds", "prune", "--all").out == f"removed saved/{keep.key(other)}.json\n"
    assert folder.run("embeds", "prune").out == "Every copy is shown somewhere.\n"
    assert list(folder.files("saved")) == [f"{KEY}.json"]


def test_instagram_is_never_asked_and_says_what_to_do(site, here):
    post = "https://www.instagram.com/p/AbCdEfGhIjK/"
    folder = site(showing(f"embed: {post}"))
    ran = folder.run("refresh")
    assert ran.code == 0
    assert here.asked == []
    sentence = "Instagram forbids to keep copies of posts: write `title`, `text` and `image` yourself, or `items:`."
    assert talk(ran.err) == [f"{keep.key(post)}: {sentence}"]
    assert ran.out == "Nobody was asked.\n"
    assert folder.run("refresh", "--strict").code == 0, "that is no failure of a platform"
    assert (row(folder, keep.key(post))["state"], row(folder, keep.key(post))["why"]) == ("owner", sentence)
    # Who has written the card needs no advice.
    folder.write("linkhome.yaml", showing(f"{{embed: {post}, title: Snow}}")["linkhome.yaml"])
    assert talk(folder.run("refresh").err) == []


def test_one_video_is_no_channel(site, here):
    folder = site(showing("latest: https://vimeo.com/76979871"))
    ran = folder.run("refresh")
    assert "write 'embed:' instead of 'latest:'" in ran.err


def test_gone_is_said_after_three_times_in_a_week_and_nothing_is_deleted(site, here, on):
    folder = site(showing(f"embed: {STORY}"))
    folder.run("refresh")
    before = folder.files("saved")
    here.break_("story.example", by="404")
    for day, word in ((7.1, "stale"), (8.2, "stale"), (13.0, "stale"), (14.3, "gone?")):
        on(day)
        folder.run("refresh")
        assert (day, row(folder)["state"]) == (day, word)
    assert row(folder)["why"].startswith("not found 4 times since ")
    assert folder.files("saved") == before
    assert folder.build().code == 0
    assert "How ink dries" in folder.read("public/index.html")
    here.mend()
    on(15.5)
    folder.run("refresh")
    assert row(folder)["state"] == "fresh"


def test_the_creators_words_win_and_survive(site, here, platforms):
    folder = site(showing(f"embed: {STORY}"))
    folder.run("refresh")
    folder.write(f"saved/{KEY}.json", json.dumps(copy(folder) | {"owner": {"title": "In my own words"}}))
    folder.build()
    assert "In my own words" in folder.read("public/index.html")
    platforms.title = "How ink dries, second edition"
    folder.run("refresh", "--max-age", "0")
    assert copy(folder)["good"]["title"] == "How ink dries, second edition"
    assert copy(folder)["owner"]["title"] == "In my own words"
    folder.build()
    page = folder.read("public/index.html")
    assert "In my own words" in page
    assert "second edition" not in page


def test_a_channel_that_went_back_in_time_is_held(site, here, platforms):
    folder = site(showing(f"latest: {LETTERS}"))
    platforms.letters = 5
    folder.run("refresh")
    before = folder.files("saved")
    platforms.letters = 2
    ran = folder.run("refresh", "--max-age", "0")
    assert folder.files("saved") == before
    assert row(folder, keep.key(LETTERS))["state"] == "held"
    assert len(talk(ran.err)) == 2


def test_a_copy_of_a_later_linkhome_is_left_alone(site, here):
    folder = site(showing(f"embed: {STORY}"))
    folder.run("refresh")
    folder.write(f"saved/{KEY}.json", json.dumps(copy(folder) | {"schema": 99}))
    before = folder.files("saved")
    ran = folder.run("refresh", "--max-age", "0")
    assert ran.code == 0
    assert KEY in ran.err
    assert folder.files("saved") == before


def test_quiet_means_quiet(site, here):
    folder = site(showing(f"embed: {STORY}"))
    here.break_("story.example", by="500")
    ran = folder.run("refresh", "-q")
    assert (ran.code, ran.out, talk(ran.err)) == (0, "", [])


def test_what_is_remembered_may_be_lost(site, here):
    folder = site(showing(f"embed: {STORY}", f"latest: {LETTERS}"))
    folder.run("refresh")
    before = folder.files("saved")
    folder.write(".cache/embeds.json", "nonsense")
    assert row(folder)["state"] == "stale"
    assert "not asked from here yet" in row(folder)["why"]
    assert folder.run("refresh").code == 0
    assert folder.files("saved") == before
    assert state.load(folder.root / ".cache/embeds.json").entries[KEY].checked > 0
