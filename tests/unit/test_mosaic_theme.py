"""The theme mosaic: what kind of stone a link becomes, what is packed, what stays whole in any language."""

from __future__ import annotations

import re

import pytest

HEAD = """\
url: https://ada.example
timezone: Europe/Zurich
profile: {name: Ada Example, location: Basel}
brand: {theme: mosaic, fonts: system}
home:
"""
LINKS = """\
  - links: Shop
    items:
      - {url: "https://a.example", title: Prints, note: 14 new sheets}
      - {url: "https://b.example", title: Commission, note: Open for March}
      - {url: "https://c.example", title: Prices, note: 1.250 francs}
"""
TILE = re.compile(r'<(\w+) class="(t(?: [^"]*)?)"[^>]*>')


@pytest.fixture
def home(site):
    def build(yaml: str, path: str = "public/index.html", **more: str) -> str:
        folder = site({"linkhome.yaml": yaml, **more})
        ran = folder.build()
        assert ran.code == 0, ran.err
        return folder.read(path)

    return build


def tiles(html: str) -> list[str]:
    return [found[2] for found in TILE.finditer(html)]


def kinds(html: str) -> list[str]:
    return [name.removesuffix(" p-locality").split()[-1] for name in tiles(html)]


def test_a_note_that_starts_with_a_number_makes_a_number_tile(home):
    html = home(HEAD + LINKS)
    assert kinds(html) == ["open", "num", "txt", "num", "place"]
    assert "<b>14</b> new sheets" in html
    assert '<b class="four">1.250</b> francs' in html


def test_no_mark_of_the_packing_is_left(home):
    html = home(HEAD + LINKS + "  - divider\n  - quote: Short.\n")
    assert 'class="t [' not in html
    assert not re.search(r'class="[^"]* "|class="[^"]*  ', html)


def test_the_place_lies_behind_the_first_group_of_links(home):
    html = home(HEAD + "  - quote: First.\n" + LINKS + "  - quote: Last.\n")
    assert kinds(html) == ["quo", "open", "num", "txt", "num", "place", "quo"]
    assert html.index("First.") < html.index(">Commission<") < html.index("p-locality") < html.index("Last.")


def test_the_only_link_gets_the_accent_and_a_second_one_does_not(home):
    html = home(HEAD + "  - link: https://a.example\n    title: Album\n  - link: https://b.example\n    title: Tour\n")
    assert [name.endswith("hot") for name in tiles(html) if " txt" in name] == [True, False]


def test_a_form_keeps_the_accent_for_itself(home):
    form = "newsletter: {action: https://lists.example/s, fields: [email]}\n"
    html = home(form + HEAD + "  - newsletter\n  - link: https://a.example\n    title: Album\n")
    assert not [name for name in tiles(html) if "hot" in name]


def test_many_links_become_rows_of_one_stone(home):
    rows = "".join(f'      - {{url: "https://a{n}.example", title: Number {n}}}\n' for n in range(40))
    html = home(HEAD + "  - links: Everything\n    items:\n" + rows)
    assert kinds(html) == ["list", "place"]
    assert len(re.findall(r"<li><a ", html)) == 40


def test_a_number_is_not_parted_from_what_it_counts(home):
    html = home(HEAD + "  - links: A\n    items:\n      - {url: https://a.example, title: A, note: Every 12 days}\n")
    assert "Every 12\u00a0days" in html


def test_loose_stones_are_there_only_where_something_can_go(home):
    assert '<i class="f">' not in home(HEAD + LINKS)


def test_loose_stones_close_the_hole_of_what_is_over(home):
    event = "  - events:\n      - {title: Fair, date: 2090-12-12}\n"
    assert home(HEAD + event).count('<i class="f"></i>') == 9


@pytest.mark.parametrize("name", ["Ko", "Ada Example", "Annegret Wohlgemuth-Schwanzenberger von der Au", "ليلى حدّاد"])
def test_a_name_brings_its_measures(home, name):
    html = home(HEAD.replace("Ada Example", name) + LINKS)
    rule = re.search(r'<div class="name (v\d+)">', html)
    assert rule
    found = re.search(rf"\.{rule[1]}\{{--k:([\d.]+);--j:([\d.]+)\}}", html)
    assert found
    phone, column = float(found[1]), float(found[2])
    assert 0 < column <= phone < 14


def test_a_link_may_have_only_a_title(home):
    html = home(HEAD + "  - link: https://a.example\n    title: Album\n")
    assert '<p class="kick"></p>' in html
