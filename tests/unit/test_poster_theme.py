"""The theme poster: no two fields that touch are alike, headings carry their width, and texts stay whole."""

from __future__ import annotations

import random
import re
from itertools import pairwise
from pathlib import Path

import pytest
import theme_model
from jinja2 import Environment
from markupsafe import Markup
from msgspec.structs import replace

from linkhome.content.model import Block, Icon, Link, Page
from linkhome.theme import environment, locate

BLOCK = re.compile(r'<(?:section|div|figure|hr) class="b ([^"]*)"')
SETTINGS = {"print": "dots", "star": True}


class Ruler:
    """Measure as if every letter were half an em wide, and break where a line would be longer than twelve letters."""

    def width(self, text: str, face: str, capitals: bool = False, wdth: float | None = None) -> float:
        return len(text) / 2

    def lines(self, text: str, face: str, most: int = 4, capitals: bool = False) -> tuple[str, ...]:
        made = [""]
        for word in (text.upper() if capitals else text).split():
            if made[-1] and len(made[-1]) + len(word) > 11 and len(made) < most:
                made.append(word)
            else:
                made[-1] = f"{made[-1]} {word}".strip()
        return tuple(made)

    def fit(self, text: str, face: str, most: int = 4, capitals: bool = False) -> float:
        return max(self.width(line, face) for line in self.lines(text, face, most))


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    theme = locate.find("poster", tmp_path_factory.mktemp("site") / "theme")
    return environment.make(theme, None, SETTINGS, Ruler())  # type: ignore[arg-type]


def rendered(ready: Environment, page: Page, **options: object) -> str:
    return theme_model.rendered(ready, page, options=SETTINGS | options)


def home(ready: Environment, *blocks: Block, **more: object) -> str:
    made = [replace(block, id=f"{block.type}-{number}") for number, block in enumerate(blocks)]
    return rendered(ready, theme_model.page(blocks=tuple(made), **more))


def row(title: str) -> Block:
    return Block(type="link", id="link", style="row", links=(Link(href="https://a.example", title=title),))


def touching(html: str) -> list[tuple[str, str]]:
    """Return the fields of every two blocks that lie side by side or on top of each other, on any page."""
    blocks = [names.split() for names in BLOCK.findall(html)]
    field = [next(name for name in names if re.fullmatch(r"f\d", name)) for names in blocks]
    # The tear-off tabs have the colour of the paper in light mode.
    field = ["f0" if name == "f4" else name for name in field]
    rows: list[list[int]] = []
    for number, names in enumerate(blocks):
        if "hf" in names and rows and len(rows[-1]) == 1 and "hf" in blocks[rows[-1][0]]:
            rows[-1].append(number)
        else:
            rows.append([number])
    found = {(number, number + 1) for number in range(len(blocks) - 1)}
    found |= {(left, right) for left, right in (row for row in rows if len(row) == 2)}
    for above, below in pairwise(rows):
        same = len(above) == len(below) == 2
        found |= (
            {(a, b) for a, b in zip(above, below, strict=False)} if same else {(a, b) for a in above for b in below}
        )
    return [(field[a], field[b]) for a, b in sorted(found)] + [(field[n], "f2") for n in rows[-1]]


@pytest.mark.parametrize("seed", range(40))
def test_fields_that_touch_are_never_alike(ready: Environment, seed: int) -> None:
    chance = random.Random(seed)
    kinds = [block for name, block in theme_model.BLOCKS.items() if block.type != "divider"]
    html = home(ready, *chance.choices(kinds, k=chance.randint(1, 30)))
    assert [pair for pair in touching(html) if pair[0] == pair[1]] == []


def test_a_divider_leads_from_one_field_into_the_next(ready: Environment) -> None:
    text, divider = theme_model.BLOCKS["text"], Block(type="divider", id="divider")
    html = home(ready, text, divider, text)
    before, line, after = (re.search(r"f\d", names)[0] for names in BLOCK.findall(html))  # type: ignore[index]
    assert line == before != after


def test_links_that_follow_each_other_are_one_line_up(ready: Environment) -> None:
    html = home(ready, row("One"), row("Two"), row("Three"), theme_model.BLOCKS["text"], row("Four"))
    assert html.count('class="b ln ') == 2
    first = html.partition("</ul></div>")[0]
    assert [first.find(title) > 0 for title in ("One", "Two", "Three", "Four")] == [True, True, True, False]


def test_a_heading_keeps_its_letters_and_carries_its_width(ready: Environment) -> None:
    from linkhome.theme.computed import settle

    html, rules = settle(home(ready, replace(theme_model.BLOCKS["text"], title="Straße nach Süden")))
    found = re.search(r'<h2 class="big (v\d+)">Straße nach Süden</h2>', html)
    assert found
    assert f".{found[1]}{{--w:5.5;--o:8.5}}" in rules


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Lina Marlow", ["Lina Marlow"]),
        ("Maximiliane  von Hohenstein", ["Maximiliane", "von", "Hohenstein"]),
        ("Anna Groß-Straßburg", ["Anna", "Groß-Straßburg"]),
    ],
)
def test_the_lines_of_a_name_are_the_name(ready: Environment, name: str, lines: list[str]) -> None:
    html = rendered(ready, theme_model.page(profile=theme_model.profile(name=name)))
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    assert heading
    assert [re.sub(r"<[^>]*>", "", line) for line in re.findall(r"<span.*?</span>", heading[1])] == lines
    assert re.sub(r"<[^>]*>", "", heading[1]) == " ".join(lines)


@pytest.mark.parametrize(
    ("note", "star", "left"),
    [
        ("The new series. 12 sheets, 80 copies each. Friday, 18:00.", "Friday, 18:00", "12 sheets, 80 copies each."),
        ("A talk with Prof. Ada", "", "A talk with Prof. Ada"),
        ("Out now.", "", "Out now."),
        ("Drawn in one night. And printed in the three weeks after it.", "", "after it."),
    ],
)
def test_a_short_last_sentence_becomes_a_star(ready: Environment, note: str, star: str, left: str) -> None:
    link = Link(
        href="https://a.example",
        title="Night Lines",
        note=note,
        picture=theme_model.picture("prints"),
        style="featured",
    )
    block = Block(type="link", id="link", style="featured", links=(link,))
    html = home(ready, block)
    assert left in html
    assert re.findall(r'class="d">([^<]*)</b></p></div>', html) == ([star] if star else [])
    without = rendered(ready, theme_model.page(blocks=(block,)), star=False)
    assert "star" not in without and str(note) in without


@pytest.mark.parametrize(("count", "cells"), [(1, 1), (6, 6), (7, 4), (12, 6), (13, 5)])
def test_the_keys_stand_in_even_rows(ready: Environment, count: int, cells: int) -> None:
    icon = Icon(name="mail", path=Markup("<path/>"))
    links = tuple(Link(href=f"https://{n}.example", title=f"Place {n}", icon=icon) for n in range(count))
    html = rendered(ready, theme_model.page(socials=links))
    assert f"--n:{cells}\x03" in html


def test_a_number_of_an_episode_stands_beside_its_cover(ready: Environment) -> None:
    block = next(one for one in theme_model.BLOCKS.values() if one.type == "embed" and one.cards[0].kind == "audio")
    for title, number in (
        ("Slow Lines, episode 12: Paper", "12"),
        ("Paper: a talk", ""),
        ("No. 2026", ""),
        ("Show #7: Ink", "7"),
    ):
        html = home(ready, replace(block, cards=(replace(block.cards[0], title=title),)))
        assert re.findall(r'class="d no [^"]*" aria-hidden="true">(\d+)<', html) == ([number] if number else [])


def test_icons_that_nothing_shows_are_not_in_the_page(ready: Environment) -> None:
    known = {name: Icon(name=name, path=Markup("<path/>")) for name in ("mail", "signal", "globe", "etsy")}
    ways = tuple(Link(href="", title="x", note="y", icon=known[name]) for name in ("signal", "mail"))
    shop = Link(href="https://e.example", title="Shop", icon=known["etsy"])
    blocks = (
        Block(type="contact", id="contact", title="Contact", links=ways),
        Block(type="links", id="links", title="Links", links=(shop,)),
    )
    html = rendered(ready, theme_model.page(blocks=blocks, socials=(), icons=tuple(known.values())))
    assert re.findall(r'<symbol id="i-([^"]*)"', html) == ["etsy"]


def test_a_picture_prints_in_the_way_that_was_chosen(ready: Environment) -> None:
    prints = {name: theme_model.picture("portrait", "Lina") for name in ("dots", "tones")}
    prints = {name: replace(one, src=f"{name}.png") for name, one in prints.items()}
    portrait = theme_model.picture("portrait", "Lina", prints=prints)
    page = theme_model.page(profile=theme_model.profile(portrait=portrait))
    for chosen in ("dots", "tones"):
        assert re.search(rf'<figure class="pic">.*?src="{chosen}\.png"', rendered(ready, page, print=chosen), re.DOTALL)
    bare = rendered(ready, theme_model.page(profile=theme_model.profile(portrait=None, cover=None)))
    assert '<p class="disc"></p>' in bare


@pytest.mark.parametrize("folder", ["templates", "static/css"])
def test_nothing_of_the_theme_is_left_unused(folder: str) -> None:
    theme = locate.find("poster", Path("/nowhere/theme"))
    if folder == "static/css":
        own = {file.stem for file in (theme.chain[0].path / folder).iterdir()}
        assert own <= set(theme.styles)
    else:
        names = {file.stem for file in (theme.chain[0].path / folder / "blocks").iterdir()}
        assert names <= {block.type for block in theme_model.BLOCKS.values()}
