"""Every theme, with the example and with the extremes: nobody shut out, nothing too heavy, nothing out of its place."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import nu
import pytest

from linkhome.cli import main
from linkhome.theme import locate

REPOSITORY = Path(__file__).parents[2]
sys.path.insert(0, str(REPOSITORY / "tests"))

from creators import CREATORS, write  # noqa: E402

NODE = REPOSITORY / "scripts/node"
THEMES = sorted(locate.bundled())
FLIGHT, FONTS = 14_000, 60_000


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory, example_site: Path) -> Path:
    """Build every creator in every theme; give the folder with THEME/CREATOR/.

    All have the example's media: each begins with what its build remembers, where everything is found by its content.
    """
    root = tmp_path_factory.mktemp("themes")
    built = root / "built"
    for creator in CREATORS:
        site = write(creator, root / creator, "base")
        shutil.copytree(example_site / ".cache", site / ".cache")
        for theme in THEMES:
            assert main(["build", str(site), "--quiet", "--theme", theme, "--out", str(built / theme / creator)]) == 0
    return built


@pytest.fixture(scope="module")
def visited(sites: Path, serve) -> object:
    """Visit the pages of a theme when they are asked for (see themes.mjs)."""

    @cache
    def visit(theme: str) -> dict:
        example = sites / theme / "example"
        post = next(page for page in sorted(example.glob("posts/*/index.html")))
        audited = {
            "home": "example/", "posts": "example/posts/", "page": "example/imprint/", "missing": "",
            "post": post.parent.relative_to(sites / theme).as_posix() + "/", "kit": "example/kit/",
            **{creator: f"{creator}/" for creator in CREATORS[1:]},
        }  # fmt: skip
        with serve(sites / theme) as server, serve(example) as root:
            # The page for lost visitors names its files from the root of its site.
            audited["missing"] = f"{root}404.html"
            narrow = [*audited.values(), "example/de/"]
            wanted = {"servers": [server, root], "audited": audited, "narrow": narrow, "home": "example/"}
            script = Path(__file__).with_name("themes.mjs")
            ran = subprocess.run([NODE, script, json.dumps(wanted)], capture_output=True, text=True, timeout=280)
        assert ran.returncode == 0, f"the browser could not be driven\n{ran.stderr}"
        return json.loads(ran.stdout)

    return visit


@pytest.mark.parametrize("theme", THEMES)
def test_nobody_is_shut_out(visited, theme):
    assert visited(theme)["axe"] == []


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_moves_and_nobody_else_is_asked(visited, theme):
    found = visited(theme)
    assert found["shifts"] == []
    assert found["late"] == []
    assert found["animations"] == []
    assert found["foreign"] == []


@pytest.mark.parametrize("theme", THEMES)
def test_a_browser_understands_every_declaration(visited, theme):
    found = visited(theme)
    assert found["unknown"] == []
    assert found["declarations"] > 3000


@pytest.mark.parametrize("theme", THEMES)
def test_no_page_scrolls_sideways_on_a_small_phone(visited, theme):
    assert visited(theme)["sideways"] == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_notice_on_a_copy_comes_first_and_leaves_the_rest_as_it_is(visited, theme):
    assert visited(theme)["copy"] == []


@pytest.mark.parametrize("theme", THEMES)
def test_a_thumb_hits_what_it_aims_at(visited, theme):
    assert visited(theme)["small"] == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_keyboard_sees_where_it_is(visited, theme):
    found = visited(theme)
    assert found["unseen"] == []
    assert found["focusable"] > 60


@pytest.mark.parametrize("theme", THEMES)
def test_the_fonts_of_a_page_are_light(visited, theme):
    fonts = visited(theme)["fonts"]
    assert fonts <= FONTS
    assert fonts > 0 or not locate.find(theme, Path("/nonexistent/theme")).faces


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("home", ["index.html", "de/index.html"])
def test_the_home_page_comes_in_one_flight(sites, theme, home):
    html = (sites / theme / "example" / home).read_bytes()
    assert b'rel="stylesheet"' not in html, "the styles did not fit into the page"
    assert len(gzip.compress(html, 9)) <= FLIGHT


@pytest.mark.parametrize("theme", THEMES)
def test_no_element_carries_a_style_of_its_own(sites, theme):
    for page in (sites / theme).rglob("*.html"):
        assert not re.search(r"<[a-z][^>]*\sstyle=", page.read_text("utf-8")), page


def test_the_nu_html_checker_has_nothing_to_say(sites):
    pages = [
        page
        for page in sorted(sites.rglob("*.html"))
        if page.name == "index.html"
        and ("example" not in page.parts or page.parent.name in ("example", "de", "imprint", "posts", "kit"))
    ]
    assert nu.said(pages, sites) == []
    assert len(pages) > 40
