"""A creator on the day of an outage: by hand, and with a job that looks every quarter of an hour."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from internet.meeting import enter
from internet.world import Answer, World, world
from site_folder import SiteFolder

from linkhome.commands import outage, outage_auto, refresh
from linkhome.lock import alone
from linkhome.outage import record

SITE = """\
profile: {name: Ada Example}
url: https://ada.example
language: [en, de]
socials:
  - https://www.instagram.com/ada
  - https://x.com/ada
contact: {email: hello@ada.example, phone: +41 61 555 01 23, whatsapp: true}
home:
  - link: https://www.facebook.com/ada
  - embed: https://blog.example/ink
  - newsletter
newsletter: {provider: custom, action: https://list.example/in}
"""
META = ("www.instagram.com", "www.facebook.com", "whatsapp.com")
OTHERS = ("x.com", "ada.example", "list.example", "blog.example")
MORE = ("vimeo.com",)
KINDS = ("mail", "post", "sms", "story")
START = datetime(2026, 11, 22, 9, 10, tzinfo=UTC).timestamp()


def page(path: str) -> Answer:
    head = '<meta property="og:title" content="How ink dries"><meta property="og:description" content="Slowly.">'
    return Answer(f"<!doctype html><title>How ink dries</title>{head}".encode(), "text/html")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    folder = tmp_path / "world"
    folder.mkdir()
    with world(folder, dict.fromkeys((*META, *OTHERS, *MORE), page)) as made:
        enter(made, monkeypatch)
        yield made


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Return how to let it be some minutes after 09:10."""

    def clock(minutes: float) -> None:
        fixed = SimpleNamespace(time=lambda: START + minutes * 60, perf_counter=time.perf_counter)
        for module in (outage, outage_auto, refresh):
            monkeypatch.setattr(module, "time", fixed)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", f"{START + minutes * 60:.0f}")

    clock(0)
    return clock


def talk(err: str) -> list[str]:
    return [line for line in err.splitlines() if not line.startswith("LINKHOME_TEST_INTERNET")]


def entries(folder: SiteFolder) -> list[dict[str, object]]:
    ran = folder.run("outage", "status", "--json")
    assert ran.code == 0
    return [{k: v for k, v in row.items() if v is not None} for row in ran.json["outages"]]


# ------------------------------------------------------------------ by hand


def test_on_writes_the_file_and_the_texts_and_says_what_comes_next(site, at):
    folder = site({"linkhome.yaml": SITE})
    ran = folder.run("outage", "on", "instagram", "--until", "+6h", "--note", 'Back "soon": wait')
    assert ran.code == 0
    assert ran.err == ""
    said = ran.out.splitlines()
    assert said[0] == (
        "Instagram (Meta): down since 2026-11-22 09:10 until 2026-11-22 15:10, switched on by hand; "
        "3 links of the site marked."
    )
    assert said[-1] == "Now run 'linkhome build', and publish."
    assert sorted(os.listdir(folder.root / "outage")) == [
        f"instagram-{k}.{lang}.txt" for k in KINDS for lang in ("de", "en")
    ]
    story = folder.read("outage/instagram-story.de.txt")
    assert story.startswith("Instagram ist gerade gestört. Hier geht es weiter: ada.example/de\n")
    assert story.rstrip("\n") in ran.out
    assert "https://x.com/ada" in folder.read("outage/instagram-post.en.txt")
    assert 'Back "soon": wait' in folder.read("outage/instagram-mail.en.txt")
    assert entries(folder) == [
        {
            "platform": "instagram",
            "name": "Instagram",
            "owner": "Meta",
            "on": True,
            "since": "2026-11-22 09:10",
            "until": "2026-11-22 15:10",
            "note": 'Back "soon": wait',
            "by": "hand",
            "links": ["https://www.instagram.com/ada", "https://wa.me/41615550123", "https://www.facebook.com/ada"],
        }
    ]


def test_without_an_end_it_says_that_it_stays_on(site, at):
    ran = site({"linkhome.yaml": SITE}).run("outage", "on", "Instagram")
    assert ran.code == 0
    assert ran.err == "It stays on until you run 'linkhome outage off instagram'.\n"


def test_on_once_more_changes_what_is_said_and_keeps_the_rest(site, at):
    folder = site({"linkhome.yaml": SITE})
    folder.run("outage", "on", "x", "--note", "Not mine")
    folder.run("outage", "on", "instagram", "--note", "Soon")
    at(60)
    folder.run("outage", "on", "instagram", "--until", "18:00")
    assert [(e["platform"], e["since"], e.get("until"), e.get("note")) for e in entries(folder)] == [
        ("x", "2026-11-22 09:10", None, "Not mine"),
        ("instagram", "2026-11-22 09:10", "2026-11-22 18:00", "Soon"),
    ]
    folder.run("outage", "on", "instagram", "--note", "", "--since", "08:00")
    assert entries(folder)[1]["since"] == "2026-11-22 08:00"
    assert "note" not in entries(folder)[1]


def test_an_outage_that_is_over_is_begun_anew(site, at):
    folder = site({"linkhome.yaml": SITE})
    folder.run("outage", "on", "instagram", "--until", "+1h", "--note", "Soon")
    at(120)
    folder.run("outage", "on", "instagram")
    assert [(e["since"], e.get("until"), e.get("note")) for e in entries(folder)] == [("2026-11-22 11:10", None, None)]


def test_off_takes_the_entry_and_the_texts_away(site, at):
    folder = site({"linkhome.yaml": SITE})
    folder.run("outage", "on", "instagram")
    folder.run("outage", "on", "x")
    ran = folder.run("outage", "off", "Instagram")
    assert ran.out == "Instagram: off. 8 texts of outage/ went with it.\nNow run 'linkhome build', and publish.\n"
    assert [e["platform"] for e in entries(folder)] == ["x"]
    assert sorted({name.partition("-")[0] for name in os.listdir(folder.root / "outage")}) == ["x"]
    assert folder.run("outage", "off", "instagram").out == "Instagram was not on.\n"
    folder.run("outage", "off")
    assert sorted(os.listdir(folder.root)) == [".cache", "linkhome.yaml"]
    assert folder.run("outage", "off").out == "Nothing was on.\n"


def test_a_text_that_the_creator_changed_is_neither_overwritten_nor_removed(site, at):
    folder = site({"linkhome.yaml": SITE})
    folder.run("outage", "on", "instagram")
    folder.write("outage/instagram-post.en.txt", "My own words\n")
    folder.write("outage/mine.txt", "Mine\n")
    again = folder.run("outage", "on", "instagram", "--note", "Soon")
    assert "outage/instagram-post.en.txt was changed by hand and stays as it is" in again.err
    ran = folder.run("outage", "off")
    assert ran.code == 0
    assert "outage/instagram-post.en.txt was changed by hand and stays as it is" in ran.err
    assert sorted(os.listdir(folder.root / "outage")) == ["instagram-post.en.txt", "mine.txt"]
    assert folder.read("outage/instagram-post.en.txt") == "My own words\n"


def test_texts_are_known_without_the_journal_too(site, at):
    folder = site({"linkhome.yaml": SITE})
    folder.run("outage", "on", "instagram")
    (folder.root / ".cache/seen.json").unlink()
    folder.run("outage", "off")
    assert not (folder.root / "outage").exists()


def test_a_link_in_place_of_a_text_is_not_followed(site, at, tmp_path):
    folder = site({"linkhome.yaml": SITE})
    mine = tmp_path / "mine.txt"
    mine.write_text("Mine")
    (folder.root / "outage").mkdir()
    (folder.root / "outage/instagram-sms.en.txt").symlink_to(mine)
    assert "instagram-sms.en.txt was changed by hand" in folder.run("outage", "on", "instagram").err
    folder.run("outage", "off")
    assert mine.read_text() == "Mine"
    assert (folder.root / "outage/instagram-sms.en.txt").is_symlink()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["insta"], "did you mean 'instagram'?"),
        (["facebok"], "did you mean 'facebook'?"),
        (["meta"], "name one of its platforms, all are marked: instagram, threads, facebook, whatsapp, messenger"),
        (["my own forum"], "linkhome knows no platform 'my own forum'"),
        (["\x1b[31m" * 30], "linkhome knows no platform '?[31m?"),
        (["instagram", "--since", "soon"], "--since: 'soon' is no time"),
        (["instagram", "--until", "25:00"], "--until: there is no time '25:00'"),
        (["instagram", "--until", "08:00"], "'--until 2026-11-22 08:00' is before it begins (2026-11-22 09:10)"),
        (["instagram", "--since", "-3h", "--until", "08:00"], "'--until 2026-11-22 08:00' is over already"),
        (["instagram", "--note", "x" * 501], "the note is too long: 501 characters, 500 are allowed"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_writes_nothing(site, at, arguments, said):
    folder = site({"linkhome.yaml": SITE})
    ran = folder.run("outage", "on", *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert not (folder.root / record.FILE).exists()
    assert not (folder.root / "outage").exists()


def test_a_platform_that_the_site_does_not_link_to_is_told(site, at):
    ran = site({"linkhome.yaml": SITE}).run("outage", "on", "youtube")
    assert ran.code == 0
    assert "the site has no link to YouTube or anything else of Alphabet" in ran.err


def test_json_holds_what_other_programs_want(site, at):
    folder = site({"linkhome.yaml": SITE})
    on = folder.run("outage", "on", "instagram", "--json")
    assert on.err == ""
    assert on.json["ok"] is True
    assert {text["file"] for text in on.json["texts"]} == {f"outage/{n}" for n in os.listdir(folder.root / "outage")}
    off = folder.run("outage", "off", "--json").json
    assert [row["platform"] for row in off["outages"]] == ["instagram"]
    assert len(off["removed"]) == 8


def test_quiet_says_nothing_but_warnings(site, at):
    folder = site({"linkhome.yaml": SITE})
    assert folder.run("outage", "on", "instagram", "-q")[1:] == ("", "")
    assert folder.run("outage", "off", "-q")[1:] == ("", "")


def test_a_file_with_mistakes_is_told_and_off_removes_it(site, at):
    folder = site({"linkhome.yaml": SITE, "outage.yaml": "outages:\n  - platform: instagram\n    sinse: 2026-11-22\n"})
    for command in (["on", "x"], ["off", "x"], ["status"], ["auto"]):
        ran = folder.run("outage", *command)
        assert ran.code == 1, command
        assert "outage.yaml:3:5" in ran.err
        assert "since" in ran.err
    assert "sinse" in folder.read("outage.yaml")
    ran = folder.run("outage", "off")
    assert ran.code == 0
    assert "outage.yaml had mistakes" in ran.err
    assert not (folder.root / "outage.yaml").exists()


def test_whoever_writes_at_the_same_time_is_waited_for_and_then_told(site, at, monkeypatch):
    monkeypatch.setattr(record, "PATIENCE", 0.05)
    folder = site({"linkhome.yaml": SITE})
    (folder.root / ".cache").mkdir()
    with alone(str(folder.root / ".cache/outage.lock"), 0):
        ran = folder.run("outage", "on", "instagram")
    assert ran.code == 1
    assert "another command is writing outage.yaml just now" in ran.err
    assert folder.run("outage", "on", "instagram").code == 0


def test_a_build_shows_what_was_switched_on(site, at):
    folder = site({"linkhome.yaml": SITE})
    folder.run("outage", "on", "instagram")
    assert folder.build().code == 0
    assert "Instagram is down right now" in folder.read("public/index.html")
    assert not [name for name in folder.files() if "instagram-" in name or "outage" in name]
    folder.run("outage", "off")
    folder.build()
    assert "is down right now" not in folder.read("public/index.html")


# ------------------------------------------------------------------ automatically


def looked(folder: SiteFolder, at: Callable[[float], None], *minutes: float) -> str:
    """Look at each of these minutes, and return what was said at the last."""
    for one in minutes:
        at(one)
        ran = folder.run("outage", "auto")
        assert ran.code == 0, ran.err
        assert talk(ran.err) == []
    return ran.out


def test_a_true_outage_is_marked_and_unmarked_without_anybody(site, here, at):
    folder = site({"linkhome.yaml": SITE})
    assert looked(folder, at, 0) == "Asked 7 front doors: all answered.\n"
    here.break_(*META, by="refused")
    said = looked(folder, at, 15)
    assert "no answer from whatsapp.com (connect), www.facebook.com (connect), www.instagram.com (connect)" in said
    assert "Meta seems to be down: 1 round since 2026-11-22 09:25. That is not enough to be sure yet." in said
    looked(folder, at, 30)
    assert not (folder.root / record.FILE).exists()
    said = looked(folder, at, 45)
    assert "Meta is down. Instagram (Meta): down since 2026-11-22 09:25 until 2026-11-23 09:55" in said
    assert said.endswith("Now run 'linkhome build', and publish.\n")
    assert len(os.listdir(folder.root / "outage")) == 8
    before = folder.read(record.FILE)
    looked(folder, at, 60, 75)
    assert folder.read(record.FILE) == before
    folder.build()
    assert "Instagram is down right now" in folder.read("public/index.html")
    here.mend()
    looked(folder, at, 90, 105)
    assert folder.read(record.FILE) == before
    assert "Meta is back: Instagram is marked no longer." in looked(folder, at, 120)
    assert not (folder.root / record.FILE).exists()
    assert not (folder.root / "outage").exists()
    assert looked(folder, at, 135) == "Asked 7 front doors: all answered.\n"


@pytest.mark.parametrize("fault", ["500", "tls", "reset", "dns", "hang"])
def test_every_kind_of_outage_is_seen(site, here, at, fault):
    folder = site({"linkhome.yaml": SITE})
    looked(folder, at, 0)
    here.break_(*META, by=fault)
    looked(folder, at, 15, 30, 45)
    assert [e["platform"] for e in entries(folder)] == ["instagram"]


@pytest.mark.parametrize("fault", ["429", "403 with og:", "login page", "consent page", "404", "redirect loop"])
def test_what_only_blocks_programs_is_no_outage(site, here, at, fault):
    folder = site({"linkhome.yaml": SITE})
    looked(folder, at, 0)
    here.break_(*META, by=fault)
    assert looked(folder, at, 15, 30, 45, 60) == "Asked 7 front doors: all answered.\n"
    assert not (folder.root / record.FILE).exists()


def test_our_own_line_down_is_no_outage(site, here, at):
    folder = site({"linkhome.yaml": SITE})
    looked(folder, at, 0)
    here.break_(*META, *OTHERS, by="dns")
    assert "Nobody could be reached: is this computer online?" in looked(folder, at, 15, 30, 45, 60)
    assert not (folder.root / record.FILE).exists()


def test_a_single_platform_is_left_to_the_creator(site, here, at):
    folder = site({"linkhome.yaml": SITE})
    looked(folder, at, 0)
    here.break_("x.com", by="refused")
    said = looked(folder, at, 15, 30, 45)
    assert "X has not answered since 2026-11-22 09:25. A platform alone is never switched on automatically" in said
    assert "'linkhome outage on x'" in said
    assert not (folder.root / record.FILE).exists()


def test_what_the_creator_switched_on_stays_and_what_he_switched_off_stays_off(site, here, at):
    folder = site({"linkhome.yaml": SITE})
    looked(folder, at, 0)
    here.break_(*META, by="refused")
    folder.run("outage", "on", "facebook", "--note", "My words")
    mine = folder.read(record.FILE)
    looked(folder, at, 15, 30, 45)
    assert folder.read(record.FILE) == mine
    folder.run("outage", "off")
    looked(folder, at, 60, 75, 90, 105)
    assert not (folder.root / record.FILE).exists()


def test_an_end_that_has_come_takes_its_entry_away_but_no_word_of_the_creator(site, here, at):
    by_hand = "- {platform: x, since: 2026-11-20, until: 2026-11-21}\n"
    by_auto = "- {platform: instagram, since: 2026-11-20, until: 2026-11-21, by: auto}\n"
    folder = site({"linkhome.yaml": SITE, "outage.yaml": f"outages:\n{by_hand}{by_auto}"})
    looked(folder, at, 0)
    assert [line for line in folder.read(record.FILE).splitlines() if "platform:" in line and line[0] != "#"] == [
        "- platform: x"
    ]


def test_a_refresh_counts_as_a_round(site, here, at):
    folder = site({"linkhome.yaml": SITE.replace("  - newsletter\n", "  - embed: https://vimeo.com/76979871\n")})
    assert folder.run("refresh").code == 0
    here.break_("vimeo.com", by="500")
    at(15)
    assert folder.run("refresh", "--max-age", "0").code == 0
    journal = json.loads(folder.read(".cache/seen.json"))
    assert [((row[0] - START) / 60, *row[1:]) for row in journal["seen"]] == [
        (0, "blog.example", "", "blog.example", ""),
        (0, "vimeo.com", "vimeo", "Bending Spoons", ""),
        (15, "blog.example", "", "blog.example", ""),
        (15, "vimeo.com", "vimeo", "Bending Spoons", "5xx"),
    ]
    at(16)
    assert "  blog.example" not in folder.run("outage", "status").out
    assert folder.run("refresh").out.startswith("Nothing is due yet")
    assert json.loads(folder.read(".cache/seen.json")) == journal


def test_a_journal_that_cannot_be_written_does_not_stop_a_refresh(site, here, at, monkeypatch):
    folder = site({"linkhome.yaml": SITE})
    (folder.root / ".cache/seen.json").mkdir(parents=True)
    ran = folder.run("refresh")
    assert ran.code == 0
    assert "who answered could not be noted in .cache/: is a directory" in ran.err
    assert folder.run("outage", "auto").code == 1


def test_status_says_who_was_seen(site, here, at):
    folder = site({"linkhome.yaml": SITE})
    assert "Nobody was looked at yet" in folder.run("outage", "status").out
    looked(folder, at, 0)
    here.break_("www.instagram.com", by="500")
    looked(folder, at, 15)
    at(30)
    said = folder.run("outage", "status").out.splitlines()
    assert said[:3] == ["No platform is marked as down.", "", "Seen lately:"]
    assert said[3:] == [
        "  Meta: Instagram did not answer 15 minutes ago, others did",
        "  X Corp: answered 15 minutes ago",
    ]
    found = folder.run("outage", "status", "--json").json["companies"]
    assert [(one["company"], one["state"], one["failed"]) for one in found] == [
        ("Meta", "unclear", ["instagram"]),
        ("X Corp", "well", []),
    ]


def test_a_damaged_journal_begins_anew(site, here, at):
    folder = site({"linkhome.yaml": SITE, ".cache/seen.json": '{"seen": [[1,'})
    assert looked(folder, at, 0) == "Asked 7 front doors: all answered.\n"
    assert len(json.loads(folder.read(".cache/seen.json"))["seen"]) == 7


def test_a_site_without_links_has_nobody_to_ask(site, here, at):
    folder = site({"linkhome.yaml": "profile: {name: Ada}\n"})
    assert looked(folder, at, 0) == "There is nobody to look at: the site links to no platform.\n"


def test_a_site_that_links_to_one_company_only_is_told_that_nothing_can_be_decided(site, here, at):
    links = "socials: [https://www.instagram.com/ada, https://www.facebook.com/ada]\n"
    ran = site({"linkhome.yaml": f"profile: {{name: Ada}}\n{links}"}).run("outage", "auto")
    assert ran.code == 0
    assert "too few other hosts to tell an outage of Meta from trouble with your own line" in ran.err


def test_what_auto_did_can_be_read_by_programs(site, here, at):
    folder = site({"linkhome.yaml": SITE})
    looked(folder, at, 0)
    here.break_(*META, by="500")
    looked(folder, at, 15, 30)
    at(45)
    found = folder.run("outage", "auto", "--json").json
    assert [row["platform"] for row in found["on"]] == ["instagram"]
    assert {row["host"]: row["problem"] for row in found["asked"]} == dict.fromkeys(META, "5xx") | dict.fromkeys(
        OTHERS, ""
    )
    assert found["companies"][0]["down_since"] == "2026-11-22T09:25:00+00:00"


def test_two_jobs_at_once_do_no_harm(site, here):
    folder = site({"linkhome.yaml": SITE})
    both = [folder.spawn("outage", "auto", "-q", env={"LINKHOME_TEST_INTERNET": str(here.file)}) for _ in range(2)]
    for process in both:
        _, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
    rounds = {row[0] for row in json.loads(folder.read(".cache/seen.json"))["seen"]}
    assert len(rounds) == 2
    assert os.listdir(folder.root / ".cache") == ["seen.json"]


def test_no_address_of_a_person_goes_into_the_journal(site, here, at):
    folder = site({"linkhome.yaml": SITE})
    looked(folder, at, 0)
    journal = folder.read(".cache/seen.json")
    assert not [word for word in ("/ada", "41615550123", "hello@", "https:") if word in journal]
    assert {asked.path for asked in here.asked} == {"/"}
