"""The copy in visitors' browsers, in a real Chromium: whatever becomes of the host, the page is there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import NODE, REPOSITORY

from linkhome.cli import main
from linkhome.texts import ENGLISH, GERMAN

HERE = Path(__file__).parent
SITE = """
url: https://lina.example
language: [en, de]
profile: {{name: "Lina {build}", portrait: media/portrait.webp}}
contact: {{email: hello@lina.example}}
newsletter: {{provider: formspree, form: abcdwxyz}}
home: [newsletter, contact, posts]
offline: {offline}
deploy:
  - {{target: netlify, site: lina}}
  - {{target: github, repository: "git@github.com:lina/lina.git", url: "https://mirror.example"}}
"""
POST = "---\ntitle: {title}\ndate: 2026-11-1{day}\n---\n\n{words}\n"
FAILURES = ("503", "reset", "gone", "hang", "stopped")


def copy_of(texts: dict[str, str], date: str) -> re.Pattern[str]:
    """Return what the notice on a copy says: when it was made, and the other addresses of the site."""
    both = f"lina.example {texts['outage_and']} mirror.example"
    whole = f"{texts['offline_copy']} {texts['second_address'].format(addresses=both)}"
    return re.compile(re.escape(whole).replace(r"\{date\}", date))


ENGLISH_COPY = copy_of(ENGLISH, r"[A-Z][a-z]+ \d{1,2}, \d{4}")
GERMAN_COPY = copy_of(GERMAN, r"\d{1,2}\. [A-ZÄa-zä]+ \d{4}")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Build the site twice, and once with the copy turned off."""
    root = tmp_path_factory.mktemp("offline")
    site = root / "site"
    (site / "media").mkdir(parents=True)
    (site / "posts").mkdir()
    shutil.copy(REPOSITORY / "example-site/media/portrait.webp", site / "media")
    site.joinpath("posts/2026-11-11-trains.md").write_text(POST.format(title="Trains", day=1, words="Slow."), "utf-8")
    long = "\n\n".join(f"Ferry number {number} leaves at seven." for number in range(15_000))
    site.joinpath("posts/2026-11-12-ferries.md").write_text(POST.format(title="Ferries", day=2, words=long), "utf-8")
    for name, build, offline in (("one", "One", "true"), ("two", "Two", "true"), ("off", "Off", "false")):
        site.joinpath("linkhome.yaml").write_text(SITE.format(build=build, offline=offline), "utf-8")
        assert main(["build", str(site), "--quiet", "--out", str(root / name)]) == 0
    return {name: str(root / name) for name in ("one", "two", "off")}


@pytest.fixture(scope="module")
def told(folders: dict[str, str]) -> dict:
    """Live through all stories in one Chromium; give what was found (see offline.mjs)."""
    ran = subprocess.run([NODE, HERE / "offline.mjs", json.dumps(folders)], capture_output=True, text=True, timeout=400)
    assert ran.returncode == 0, f"the browser could not be driven; 'scripts/prepare tools' installs it\n{ran.stderr}"
    return dict(json.loads(ran.stdout))


def test_every_story_came_to_its_end_without_an_error_on_the_page(told):
    assert {name: found["failed"] for name, found in told.items() if "failed" in found} == {}
    assert [error for found in told.values() for error in found.get("errors", ())] == []


@pytest.mark.parametrize("way", FAILURES)
def test_a_returning_visitor_sees_page_form_and_ways_to_the_creator(told, way):
    for found in (told["fails"][way], told["fails"][f"{way} again"]):
        assert (found["failed"], found["heading"]) == ("", "Lina One")
        assert (found["form"], found["mail"], found["face"], found["fonts"]) == (True, True, True, 0)
        assert ENGLISH_COPY.fullmatch(found["notice"]) and found["border"] == "2px"
        assert found["top"] == 0, "the notice is seen at once, also by whoever loads the page again"


def test_who_waits_for_a_host_that_hangs_waits_once(told):
    assert told["fails"]["hang"]["seconds"] >= 2.9
    assert told["fails"]["hang again"]["seconds"] < told["fails"]["hang"]["seconds"]


def test_while_the_host_answers_there_is_no_notice(told):
    assert [told["fails"][when]["notice"] for when in ("first", "up", "back")] == ["", "", ""]


def test_the_notice_is_in_the_language_of_the_page(told):
    assert GERMAN_COPY.fullmatch(told["fails"]["german"]["notice"])


def test_a_page_that_was_read_is_there_and_any_other_gives_way_to_the_front_page_of_its_language(told):
    assert told["fails"]["post"]["heading"] == "Trains" and told["fails"]["post"]["notice"]
    unknown = told["fails"]["unknown"]
    assert (unknown["at"], unknown["heading"]) == ("/de/", "Lina One")


def test_a_new_build_reaches_a_visitor_within_one_visit(told):
    assert told["updates"]["visits"] == 2, "the page, and then its copy"
    assert told["updates"]["copy"]["heading"] == "Lina Two" and told["updates"]["copy"]["notice"]


def test_turned_off_nothing_is_left(told):
    found = told["killed"]
    assert found["visit"]["heading"] == "Lina Off"
    assert "ERR_CONNECTION_REFUSED" in found["down"]["failed"]


def test_the_page_comes_from_the_second_address_where_its_host_allows_that(told):
    found = told["mirrored"]
    assert found["before"] == 0, "nobody is asked while the first address answers"
    assert (found["mirror"]["heading"], found["mirror"]["at"], found["named"]) == ("Lina Two", "/", True)
    assert found["mirror"]["notice"].startswith(ENGLISH["offline_mirror"].partition("{")[0])
    assert (found["unread"]["heading"], found["unread"]["at"]) == ("Ferries", "/posts/ferries/")
    assert found["closed"]["heading"] == "Lina One" and ENGLISH_COPY.fullmatch(found["closed"]["notice"])


def test_a_page_of_the_preview_keeps_nothing(told):
    assert told["previewed"] == {"asked": False, "registered": 0}


def test_the_site_can_be_installed(told):
    assert told["installable"] == {"manifest": [], "faults": []}


def test_what_is_kept_is_small_and_there(folders):
    text = Path(folders["one"], "sw.js").read_text("utf-8")
    found = re.search(r'= (\{"version".*\})', text)
    assert found
    plan = json.loads(found[1])
    names = [
        f"{name}index.html".removeprefix("./") if name.endswith("/") else name for name in plan["must"] + plan["more"]
    ]
    assert sum(Path(folders["one"], name).stat().st_size for name in names) < 500_000
    assert "posts/ferries/index.html" not in names and {"index.html", "de/index.html", "icon.svg"} <= set(names)
