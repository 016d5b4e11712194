"""The outlines that links and blocks wear."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time

import pytest

from linkhome.platforms import PLATFORMS, icon
from linkhome.platforms.icons import FILE, about, names
from linkhome.platforms.known import FILES

#: Names that the program and its themes use without a platform.
THINGS = """
mail phone sms chat link globe file pdf archive image video play music podcast mic headphones download rss calendar
clock map pin gift heart star cart bag shop tag ticket coffee piggy card book news journal camera palette code
person people contact home search info question warning arrow-left arrow-right outside down left right check close
menu sun moon translate quote lock offline qr form copy pause
"""


def test_every_platform_has_an_icon() -> None:
    for platform in PLATFORMS.values():
        found = icon(platform.icon or platform.slug)
        assert found, platform.slug
        assert found.name == (platform.icon or platform.slug)


@pytest.mark.parametrize("name", [*THINGS.split(), *sorted({icon for _, icon in FILES.values()})])
def test_things_have_icons(name: str) -> None:
    assert icon(name)


def test_an_unknown_name_has_none() -> None:
    assert icon("no-such-icon") is None


def test_an_icon_is_drawn_in_a_box_of_24() -> None:
    found = icon("youtube")
    assert found and found.path.startswith('<path d="M') and found.path.endswith('"/>')
    drawn = icon("mail")
    assert drawn and drawn.path.startswith('<path fill="none" stroke="currentColor"') and drawn.path.endswith('"/>')
    numbers = re.findall(r"\d+\.?\d*", re.sub(r'stroke-width="[^"]*"', "", drawn.path))
    assert max(map(float, numbers)) <= 24


def test_icons_hold_nothing_but_shapes() -> None:
    attribute = "d|fill|fill-rule|cx|cy|r|x|y|rx|ry|width|height|stroke|stroke-width|stroke-linecap|stroke-linejoin"
    pure = re.compile(rf'(?:<(?:path|circle|rect)(?: (?:{attribute})="[-\w .,]*")+/>)+')
    for name in names():
        found = icon(name)
        assert found and pure.fullmatch(found.path), name


def test_every_icon_says_where_it_is_from() -> None:
    licences = {(facts["source"], facts["licence"]) for facts in map(about, names())}
    assert licences == {
        ("simple-icons 16.37.0", "CC0-1.0"),
        ("bootstrap-icons 1.13.2", "MIT"),
        ("@tabler/icons 3.51.0", "MIT"),
    }


def test_the_colours_of_the_table_are_the_brands_own() -> None:
    for slug, platform in PLATFORMS.items():
        if slug in names():
            assert platform.colour == about(slug)["hex"], slug


def test_the_file_is_sorted_with_one_icon_a_line() -> None:
    lines = FILE.read_text("utf-8").splitlines()
    assert lines[0] == "{" and lines[-1] == "}"
    found = [json.loads("{" + line.rstrip(",") + "}") for line in lines[1:-1]]
    order = [next(iter(one)) for one in found]
    assert order == sorted(order)
    assert len(order) == len(set(order)) >= 200


def test_notice_names_both_sets() -> None:
    notice = (FILE.parents[2] / "NOTICE").read_text("utf-8")
    for word in ("simple-icons 16.37.0", "CC0-1.0", "bootstrap-icons 1.13.2", "The Bootstrap Authors", "trademarks"):
        assert word in notice


def test_reading_the_file_takes_no_time() -> None:
    from linkhome.platforms import icons

    best = 1.0
    for _ in range(5):
        icons._lines.cache_clear()
        icon.cache_clear()
        start = time.perf_counter()
        icon("instagram")
        best = min(best, time.perf_counter() - start)
    assert best < 0.01


def test_knowing_platforms_loads_nothing_of_weight() -> None:
    code = "import sys, linkhome.platforms as p; p.recognise('https://youtu.be/x'); print(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert loaded.isdisjoint({"json", "hashlib", "requests", "markupsafe", "jinja2", "PIL", "linkhome.content.model"})
