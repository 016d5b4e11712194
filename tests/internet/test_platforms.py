"""Fetch from thirty platforms over real connections, and again, and when there is something new."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from site_folder import SiteFolder

from linkhome.embeds import keep, saved

from .meeting import config, everything
from .town import CONTROLS, EMBEDS, LATEST, Town
from .world import World

ADA = "Ada Example"
#: What a copy holds after the first refresh: title (without its number), author, whether there is a picture, by whom
#: the answer was given.
SINGLE = {
    "youtube": ("A film about rails", ADA, True, "oembed"),
    "vimeo": ("A film", ADA, True, "oembed"),
    "tiktok": ("A short film", ADA, True, "oembed"),
    "twitch": ("A long stream", None, True, "page"),
    "dailymotion": ("Another film", ADA, True, "oembed"),
    "peertube": ("A free film", ADA, True, "api"),
    "loom": ("How to fold", ADA, True, "oembed"),
    "ted": ("How to draw", ADA, True, "oembed"),
    "bluesky": ("The ink is dry", ADA, False, "api"),
    "mastodon": ("The press runs", ADA, False, "api"),
    "reddit": ("Which ink dries fastest", ADA, True, "oembed"),
    "pinterest": ("A pin", ADA, True, "oembed"),
    "telegram": ("Ada's channel", None, True, "page"),
    "spotify": ("Night Lines", ADA, True, "oembed"),
    "soundcloud": ("Night train", ADA, True, "oembed"),
    "bandcamp": ("Night Lines, by Ada", None, True, "page"),
    "deezer": ("Night Lines on record", ADA, True, "oembed"),
    "tidal": ("Night Lines in full", ADA, True, "oembed"),
    "mixcloud": ("Night set", ADA, True, "oembed"),
    "flickr": ("Snow on the line", ADA, True, "oembed"),
    "giphy": ("A train, turning", ADA, True, "oembed"),
    "github": ("ada/press", None, True, "page"),
    "figma": ("A plan of the night", ADA, True, "oembed"),
    "etsy": ("A print", None, True, "page"),
    "eventbrite": ("A fair", None, True, "page"),
    "story": ("A story about ink", None, True, "page"),
    "x": ("The train is late", "Ada", False, "oembed"),
}
#: The same for channels: title of the newest, how many, whether they have pictures.
CHANNELS = {
    "youtube": ("A film", 3, True),
    "mastodon": ("The press runs", 3, False),
    "podcast": ("An episode", 3, True),
    "substack": ("A letter", 3, True),
    "blog": ("A note", 3, True),
    "medium": ("An essay", 3, True),
}


def held(site: SiteFolder, address: str) -> dict[str, Any]:
    """Return the copy of an address, as it is in its file."""
    return json.loads(saved.place(site.root / "saved", address).read_bytes())


def asked(here: World) -> list[str]:
    return [one.host for one in here.asked]


def test_the_tables_name_the_whole_town():
    assert len(EMBEDS) + len(LATEST) >= 30
    assert list(SINGLE) == list(EMBEDS)
    assert list(CHANNELS) == list(LATEST)


@pytest.mark.parametrize("name", SINGLE)
def test_what_is_kept_of_one_thing(settled: Path, name: str):
    title, author, pictured, source = SINGLE[name]
    record = held(SiteFolder(settled), EMBEDS[name])
    good = record["good"]
    words = good.get("title") if name != "x" else good["text"]
    assert words.startswith(f"{title}, no. 1")
    assert (good.get("author"), bool(good.get("image")), good["source"]) == (author, pictured, source)
    assert record["url"] == EMBEDS[name]
    copy, problems = saved.read(settled / "saved", EMBEDS[name])
    assert problems == []
    assert copy and bool(copy.kept) == pictured
    if pictured:
        assert copy.kept and copy.kept.fallback.is_file()
        assert [width for width, _ in copy.kept.sizes] == [320, 640]


@pytest.mark.parametrize("name", CHANNELS)
def test_what_is_kept_of_a_channel(settled: Path, name: str):
    title, count, pictured = CHANNELS[name]
    items = held(SiteFolder(settled), LATEST[name])["good"]["items"]
    assert len(items) == count
    for number, item in enumerate(items):
        words = item.get("title") or item["text"]
        assert words.startswith(f"{title}, no. 1")
        assert number == 0 or f"({number})" in words
        assert item["url"].startswith("https://")
        assert item["published"].startswith("2026-01-1")
        assert bool(item.get("image")) == pictured
    assert [item["published"] for item in items] == sorted((item["published"] for item in items), reverse=True)


def test_what_only_some_platforms_say(settled: Path):
    def good(name: str) -> dict[str, Any]:
        return held(SiteFolder(settled), EMBEDS[name])["good"]

    assert good("etsy")["price"] == "18.00 EUR"
    assert good("eventbrite")["place"] == "Market hall"
    assert good("eventbrite")["starts"] == "2027-03-03T11:00:00+01:00"
    assert good("flickr")["license"] == "CC BY 4.0"
    assert good("peertube")["duration"] == 95
    assert held(SiteFolder(settled), LATEST["podcast"])["good"]["items"][0]["audio"] == "https://sound.example/0.mp3"
    assert held(SiteFolder(settled), LATEST["youtube"])["facts"] == {"channel": "UC0123456789abcdefghijkl"}


def test_a_second_refresh_asks_nobody(copied: Callable[[], SiteFolder], here: World):
    site = copied()
    before = site.files("saved")
    ran = site.run("refresh")
    assert (ran.code, ran.out) == (
        0,
        "Nothing is due yet: 35 addresses were asked not long ago. '--max-age 0' asks all the same.\n",
    )
    assert here.asked == []
    assert site.files("saved") == before


def test_what_has_not_changed_makes_no_difference(copied: Callable[[], SiteFolder], here: World):
    site = copied()
    before = site.files("saved")
    ran = site.run("refresh", "--max-age", "0")
    assert "Asked about 35 addresses in" in ran.out
    assert "0 new or better." in ran.out
    assert site.files("saved") == before
    marked = {one.host for one in here.asked if "If-None-Match" in one.headers}
    # Whoever gave a mark last time is shown it, and need not send the answer again.
    assert marked >= {"feeds.example", "ada.substack.com", "medium.com", "story.example", "github.com", "t.me"}
    assert "images.example" not in asked(here), "pictures from the same address are not fetched again"


def test_a_copy_of_the_town_fetched_anew_has_the_same_bytes(settled: Path, site: Any, here: World):
    fresh = site({"linkhome.yaml": everything()})
    assert fresh.run("refresh").code == 0
    today = {name: data.count(b'"fetched"') for name, data in fresh.files("saved").items() if name.endswith(".json")}
    assert set(today.values()) == {1}
    assert fresh.files("saved") == SiteFolder(settled).files("saved")


def test_a_new_edition_comes_in(copied: Callable[[], SiteFolder], here: World, town: Town):
    site = copied()
    town.edition = 2
    assert "35 new or better" in site.run("refresh", "--max-age", "0").out
    for name, address in (EMBEDS | {"well": CONTROLS["well"]}).items():
        good = held(site, address)["good"]
        assert "no. 2" in (good["text"] if name == "x" else good["title"]), name
    for name, address in (LATEST | {"well feed": CONTROLS["well feed"]}).items():
        newest = held(site, address)["good"]["items"][0]
        assert "no. 2" in (newest.get("title") or newest["text"]), name


def test_the_built_page_shows_the_cards_and_opens_no_connection(
    copied: Callable[[], SiteFolder], monkeypatch: pytest.MonkeyPatch
):
    site = copied()

    def never(*_: object, **__: object) -> Any:
        raise AssertionError("a build opened a connection")

    monkeypatch.delenv("LINKHOME_TEST_INTERNET", raising=False)
    monkeypatch.setattr(socket, "socket", never)
    monkeypatch.setattr(socket, "getaddrinfo", never)
    ran = site.build("--out", str(site.root.parent / "out"), "--json")
    assert ran.code == 0
    assert ran.json["diagnostics"] == []
    page = unescape((site.root.parent / "out/index.html").read_text("utf-8"))
    shown = {**SINGLE, **CHANNELS, "telegram": ("Tomorrow at six, by the stairs.",)}
    assert [name for name, (words, *_) in shown.items() if words not in page] == []


def test_more_of_a_channel_are_fetched_when_more_are_to_be_shown(site: Any, here: World):
    folder = site({"linkhome.yaml": config(latest={"blog": LATEST["blog"]}, count=2)})
    folder.run("refresh")
    folder.replace("linkhome.yaml", "count: 2", "count: 4")
    folder.run("refresh", "--max-age", "0")
    assert len(held(folder, LATEST["blog"])["good"]["items"]) == 4


def test_what_was_lost_or_damaged_is_due_at_once(site: Any, here: World):
    folder = site({"linkhome.yaml": config({"story": EMBEDS["story"], "vimeo": EMBEDS["vimeo"]})})
    folder.run("refresh")
    whole = folder.files("saved")
    (folder.root / f"saved/{keep.key(EMBEDS['vimeo'])}.json").unlink()
    folder.write(f"saved/{keep.key(EMBEDS['story'])}.json", "{ cut o")
    ran = folder.run("refresh")
    assert ran.code == 0
    assert "Asked about 2 addresses in" in ran.out
    assert f"the saved copy {keep.key(EMBEDS['story'])} cannot be used" in ran.err
    after = folder.files("saved")
    assert {name: data for name, data in after.items() if ".damaged-" not in name} == whole


def test_a_lost_picture_is_fetched_again(site: Any, here: World):
    folder = site({"linkhome.yaml": config({"story": EMBEDS["story"]})})
    folder.run("refresh")
    whole = folder.files("saved")
    next((folder.root / "saved/web").glob("*.jpg")).unlink()
    folder.run("refresh", "--max-age", "0")
    assert folder.files("saved") == whole


def test_one_picture_that_all_episodes_share_is_fetched_once(site: Any, here: World, town: Town):
    feed = town.hosts["feeds.example"]

    def same(path: str) -> Any:
        answer = feed(path)
        body = answer.body
        for number in range(4):
            body = body.replace(f"-{number}.jpg".encode(), b"-show.jpg")
        return answer._replace(body=body)

    here.hosts["feeds.example"] = same
    folder = site({"linkhome.yaml": config(latest={"podcast": LATEST["podcast"]})})
    folder.run("refresh")
    items = held(folder, LATEST["podcast"])["good"]["items"]
    assert len({item["image"]["file"] for item in items}) == 1
    assert asked(here).count("images.example") <= 2  # that of the show, and that of its episodes


def test_an_address_that_is_the_feed_itself(site: Any, here: World, town: Town):
    here.hosts["well.example"] = town.hosts["medium.com"]
    address = "https://well.example/show/abc123"  # nothing in it says that it is a feed
    folder = site({"linkhome.yaml": config(latest={"feed": address})})
    folder.run("refresh")
    assert len(held(folder, address)["good"]["items"]) == 3
    assert held(folder, address)["facts"]["feed"] == address
    folder.run("refresh", "--max-age", "0")
    assert here.asked[-1].headers["If-None-Match"] == '"1"'


@pytest.mark.parametrize("again", range(3))
def test_a_refresh_gives_the_same_bytes_in_any_order(settled: Path, site: Any, here: World, again: int):
    lines = everything().splitlines()
    pairs = [line for line in lines if line.startswith("  - embed")]
    fresh = site({"linkhome.yaml": "\n".join([*lines[:3], *(pairs[again * 9 :] + pairs[: again * 9])])})
    fresh.run("refresh")
    all_of_it = SiteFolder(settled).files("saved")
    assert {name: all_of_it[name] for name in fresh.files("saved")} == fresh.files("saved")
