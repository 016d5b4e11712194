"""Every theme, in a real browser: a page in a view looks exactly as it does for a visitor who wishes that."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from at_the_door import house_at
from driver import NODE
from previewed import BLUE, RED, picture

from linkhome.cli import main
from linkhome.theme import locate

THEMES = ("base", "atelier", "aurora", "poster", "mosaic", "stage")
SITE = """\
url: https://lina.example
profile:
  name: Lina Marlow
  tagline: Illustrator
  portrait: {file: media/portrait.png, alt: Lina}
  cover: {file: media/cover.png, alt: A train}
brand: {color: "#9A3B1F", fonts: system, share: none, kit: false}
socials: [https://www.instagram.com/lina.example]
home:
  - link: https://shop.example/new
    title: New riso prints
    style: featured
    image: {file: media/cover.png, alt: Prints}
  - text: Drawings from slow trains.
"""
WORDS = "<!doctype html><title>x</title><body><p>always</p><noscript>without</noscript><script>document.write('with')</script></body>"
TIMED = (
    "<!doctype html><title>x</title><body><p data-until=2000000>early</p><p data-since=2000000000000 hidden>late</p>"
    "<script src=timed.js defer></script></body>"
)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """Build the site in every theme, put all on one stage, and look at them."""
    root = tmp_path_factory.mktemp("views")
    (root / "media").mkdir()
    (root / "linkhome.yaml").write_text(SITE, "utf-8")
    (root / "media/portrait.png").write_bytes(picture(BLUE, 400, 500))
    (root / "media/cover.png").write_bytes(picture(RED, 640, 400))
    files: dict[str, bytes | str] = {
        "favicon.ico": b"",
        "words/index.html": WORDS,
        "timed/index.html": TIMED,
        "timed/timed.js": (locate.bundled()["base"] / "static/timed.js").read_text("utf-8"),
    }
    for theme in THEMES:
        out = root / "out" / theme
        out.parent.mkdir(exist_ok=True)
        assert main(["build", str(root), "--quiet", "--theme", theme, "--out", str(out)]) == 0
        files |= {
            f"{theme}/{one.relative_to(out).as_posix()}": one.read_bytes() for one in out.rglob("*") if one.is_file()
        }
    with house_at(root) as house:
        house.show(files)
        wanted = {
            "server": f"http://{house.host}/",
            "themes": [f"{one}/" for one in THEMES],
            "words": "words/",
            "timed": "timed/",
        }
        script = Path(__file__).with_name("views.mjs")
        ran = subprocess.run([str(NODE), str(script), json.dumps(wanted)], capture_output=True, text=True, timeout=240)
    assert ran.returncode == 0, f"the browser could not be driven; 'scripts/prepare tools' installs it\n{ran.stderr}"
    return json.loads(ran.stdout)


def test_a_view_looks_as_for_a_visitor_who_wishes_it(seen):
    assert seen["unlike"] == []


def test_every_theme_looks_different_for_such_visitors(seen):
    assert [one for one in seen["same"] if not one.endswith("/still")] == []  # a theme may have nothing that moves
    assert len(seen["same"]) < len(THEMES)


def test_no_page_complains_in_a_view(seen):
    assert seen["errors"] == []


def test_without_scripts_the_words_for_that_case_are_shown(seen):
    assert seen["words"] == {"": "always\n\nwith", ".linkhome/as/noscript/": "always\n\nwithout"}


def test_what_comes_and_goes_is_seen_as_of_the_time_of_the_view(seen):
    now = seen["timed"][""]
    assert now == ""
    assert seen["timed"][".linkhome/as/at1000/"] == "early"
    assert seen["timed"][".linkhome/as/at3000000000/"] == "late"
