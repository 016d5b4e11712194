"""The way back: where a value stands that a later stage finds fault with."""

from __future__ import annotations

import pickle

import pytest

from linkhome.config.load import read_front, read_site
from linkhome.config.spans import Spans

SITE = """\
profile:
  name: Lina
  portrait: media/lina.jpg
  cover: {file: media/c.jpg, alt: ""}
home:
  - link: https://x.example
    image: media/a.jpg
  - links: More
    items:
      - https://y.example
      - {url: b.pdf, title: B}
  - divider
"""


@pytest.fixture(scope="module")
def spans() -> Spans:
    config, _ = read_site(SITE.encode(), "linkhome.yaml")
    assert config is not None
    return config.spans


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        (("profile", "name"), (2, 9, 4), (2, 3, 4)),
        (("profile", "cover", "file"), (4, 17, 11), (4, 11, 4)),
        (("profile",), (1, 1, 7), (1, 1, 7)),
        (("home", 0, "image"), (7, 12, 11), (7, 5, 5)),
        (("home", 0), (6, 5, 4), (6, 5, 4)),
        (("home", 1, "items", 0), (10, 9, 17), (10, 9, 17)),
        (("home", 1, "items", 1, "url"), (11, 15, 5), (11, 10, 3)),
        (("home", 1, "items"), (9, 5, 5), (9, 5, 5)),
        (("home", 2), (12, 5, 7), (12, 5, 7)),
        ((), (1, 1, 7), (1, 1, 7)),
    ],
)
def test_values_and_keys(spans, path, value, key):
    assert spans.at(*path)[1:] == value
    assert spans.key(*path)[1:] == key


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("profile", "portrait", "file"), (3, 13, 14)),
        (("profile", "bio"), (1, 1, 7)),
        (("home", 1, "items", 0, "url"), (10, 9, 17)),
        (("home", 1, "items", 9), (9, 5, 5)),
        (("home", 2, "divider"), (12, 5, 7)),
        (("home", 0, "title"), (6, 5, 4)),
        (("contact", "email"), (1, 1, 7)),
    ],
)
def test_the_nearest_thing_that_exists(spans, path, place):
    assert spans.at(*path)[1:] == place


def test_findings_carry_their_line(spans):
    found = spans.error("the file does not exist", "home", 0, "image", hint="add it")
    assert (found.message, found.span, found.hint, found.source) == (
        "the file does not exist",
        ("linkhome.yaml", 7, 12, 11),
        "add it",
        "    image: media/a.jpg",
    )
    assert str(spans.warning("x", "profile", "name").severity) == "warning"


def test_without_a_tree_the_file_is_the_place():
    _, spans, _ = read_front(b"", "posts/a.md", 2)
    assert spans.at("title") == ("posts/a.md", 0, 1, 1)
    assert spans.error("x", "title").span == ("posts/a.md", 0, 1, 1)


def test_spans_travel_between_processes(spans):
    again = pickle.loads(pickle.dumps(spans))
    assert again.at("home", 0, "image") == spans.at("home", 0, "image")
