"""Cards as visitors meet them: nobody else is asked before a click, only who was announced after it, and nothing moves."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import all_cards
import nu
import pytest
from conftest import NODE, serving

from linkhome.cli import main
from linkhome.platforms.entry import ALLOW, SANDBOX
from linkhome.platforms.playing import player
from linkhome.theme import locate

THEMES = sorted(locate.bundled())
#: What is clicked, in this order: each card's frame, its address and the name of the platform.
PLAYED = (all_cards.FILM, all_cards.SHORT, all_cards.MUSIC)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build both sites in every theme; give the folders with THEME/."""
    root = tmp_path_factory.mktemp("cards")
    for name in ("good", "evil"):
        site = all_cards.write(root / f"{name}-site", evil=name == "evil")
        for theme in THEMES:
            assert main(["build", str(site), "--quiet", "--theme", theme, "--out", str(root / name / theme)]) == 0
    return {name: root / name for name in ("good", "evil")}


@pytest.fixture(scope="module")
def visited(built: dict[str, Path]) -> dict:
    """Visit everything in one Chromium; give what was found (see cards.mjs)."""
    with serving(built["good"]) as server, serving(built["evil"]) as evil:
        wanted = {"server": server, "evil": evil, "themes": THEMES}
        script = Path(__file__).with_name("cards.mjs")
        ran = subprocess.run([NODE, script, json.dumps(wanted)], capture_output=True, text=True, timeout=280)
    assert ran.returncode == 0, f"the browser could not be driven; 'scripts/prepare tools' installs it\n{ran.stderr}"
    return json.loads(ran.stdout) | {"server": server}


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest, visited: dict) -> dict:
    """Give what was found in one theme."""
    return visited["themes"][request.param]


def test_nobody_else_is_asked_before_a_click_and_only_who_was_announced_after_it(theme, visited):
    assert theme["before"] == []
    assert theme["after"] == ["player.vimeo.com"]
    assert theme["referer"] == [visited["server"]], "a film wants to know on whose page it plays, and no more"
    assert theme["hosts"] == ["open.spotify.com", "player.vimeo.com", "www.tiktok.com"]
    assert theme["sound"] == [["none", False, "media.podcast.example", True]] * 3


def test_a_frame_has_the_attributes_of_its_platform(theme):
    assert [frame["src"] for frame in theme["frames"]] == [player(str(one["url"])).src for one in PLAYED]
    for frame, one in zip(theme["frames"], PLAYED, strict=True):
        made = player(str(one["url"]))
        assert frame["title"] == f"{made.platform}: {one['title']}"
        assert frame["allow"] == made.allow
        assert frame["referrer"] == made.referrer
        assert frame["sandbox"].split() == made.sandbox.split()
        assert frame["loading"] == "lazy" and frame["full"]
        wide, high = map(int, (made.aspect or "0:0").split(":"))
        wanted = frame["width"] * high / wide if wide else made.height
        assert abs(frame["height"] - wanted) <= 1 and frame["width"] >= 300


def test_the_frame_stands_where_the_picture_stood_and_nothing_moves(theme):
    x, y, width, height = theme["frame"]
    assert (x, y, width) == tuple(theme["picture"][:3])
    assert height <= theme["picture"][3] + 1
    assert theme["moved"] == 0
    assert theme["lazy"] < 0.01, "pictures have their room before they come; typefaces move next to nothing"
    assert theme["wide"] == 0 and "sideways" not in theme


def test_the_keyboard_starts_it_and_the_original_stays_a_link(theme):
    assert theme["focused"] == "IFRAME"
    assert theme["link"] == all_cards.FILM["url"] and theme["shown"]
    assert theme["described"] == 0, "who will see the visitor is said where the card is told"
    assert theme["small"] == []


def test_a_carousel_is_pushed_on_by_the_keyboard(theme):
    assert [one[1:] for one in theme["rows"]] == [[0, "group", "Films in a row"], [0, "group", "Shorts in a row"]]
    assert all(more for more, *_ in theme["rows"]) and theme["pushed"] > 0


def test_nobody_is_shut_out(theme):
    assert theme["axe"] == []
    assert theme["errors"] == []


def test_what_is_always_wanted_is_remembered_and_forgotten(visited):
    memory = visited["memory"]
    assert memory["first"] is False
    assert json.loads(memory["kept"]) == {"always player.vimeo.com": "1"} and memory["forgotten"] == "{}"
    assert len(memory["again"]) == 1 and "autoplay=0" in memory["again"][0]
    assert not any("autoplay" in allow for allow in memory["allow"])
    assert memory["focused"] == "BODY"
    assert memory["later"] == 0 and memory["restored"] == 1
    assert memory["errors"] == []


def test_a_browser_that_stores_nothing_plays_all_the_same(visited):
    assert visited["forbidden"] == {"frames": 1, "errors": []}


def test_a_click_for_another_tab_plays_nothing_here(visited):
    assert visited["modified"] == [False] * 4
    assert visited["elsewhere"] == {"frames": 0, "tabs": 1}


def test_without_a_script_the_card_is_a_link(visited):
    assert visited["plain"] == {"before": 0, "url": all_cards.FILM["url"]}


@pytest.mark.parametrize("name", THEMES)
def test_hostile_words_stay_words(visited, name):
    found = visited["evil"][name]
    assert all(before == after and "evil" not in after.replace(all_cards.EVIL, "") for before, after in found["titles"])
    assert found["bad"] == 0 and found["links"] == [] and found["errors"] == []
    assert set(found["hosts"]) <= {"open.spotify.com", "player.vimeo.com", "www.tiktok.com", "www.youtube-nocookie.com",
                                   "mastodon.example"}  # fmt: skip


@pytest.mark.parametrize("name", THEMES)
def test_the_policy_names_the_hosts_of_the_frames_and_nobody_else(built, name):
    for page in ("index.html", "posts/cards/index.html"):
        text = (built["good"] / name / page).read_text("utf-8")
        policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        assert policy
        rules = dict(rule.split(" ", 1) for rule in policy[1].split("; "))
        assert rules["default-src"] == "'self'"
        played = {f"https://{address.partition('/')[0]}" for address in re.findall(r'data-play="([^"]*)"', text)}
        assert set(rules["frame-src"].split()) == played
        assert not re.search(r"<[a-z][^>]*\s(style|on[a-z]+)=", text.replace("&quot;", ""))


def test_a_page_without_players_has_no_script(built):
    for name in THEMES:
        assert "/play." not in (built["good"] / name / "posts/index.html").read_text("utf-8")


def test_the_nu_html_checker_has_nothing_to_say(built):
    pages = [page for page in sorted(built["good"].rglob("index.html")) if page.parent.name in ("cards", *THEMES)]
    assert len(pages) == 2 * len(THEMES)
    assert nu.said(pages, built["good"]) == []


def test_the_script_knows_what_is_usual():
    text = (locate.bundled()["base"] / "static/play.js").read_text("utf-8")
    assert f'"{ALLOW}"' in text and f'"{SANDBOX}"' in text
