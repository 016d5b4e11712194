"""The head of posts and pages, and texts in several languages."""

from __future__ import annotations

import pytest

from linkhome.config import schema
from linkhome.config.load import read_front, text_in

SILENT = "this picture has no description for those who cannot see it"


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        (None, "en", ""),
        ("A", "de", "A"),
        ({"en": "A", "de": "B"}, "de", "B"),
        ({"en": "A", "de": "B"}, "de-CH", "B"),
        ({"en": "A", "de": "B"}, "fr", "A"),
        ({"it": "C"}, "fr", "C"),
        ({}, "fr", ""),
    ],
)
def test_text_in(value, language, expected):
    assert text_in(value, language, ("en", "de")) == expected


def test_front_matter():
    front, spans, found = read_front(b"title: 12:30\ndate: 2026-11-02\ntags: [1, no]\ndraft: true\n", "posts/a.md", 2)
    assert found == []
    assert front == schema.FrontMatter(title="12:30", date="2026-11-02", tags=["1", "no"], draft=True)
    assert spans.at("date") == ("posts/a.md", 3, 7, 10)


def test_embeds_of_a_text_are_addresses_or_entries():
    front, spans, found = read_front(
        b"embeds:\n"
        b"  - https://vimeo.com/76979871\n"
        b"  - url: https://www.instagram.com/p/Example000001/\n"
        b"    title: {en: The blue arrives, de: Das Blau kommt}\n"
        b"    image: {file: media/blue.jpg, alt: A drum}\n"
        b"    date: 2026-11-15\n"
        b'    duration: "0:31"\n',
        "posts/a.md",
        2,
    )
    assert found == []
    assert front is not None
    assert front.embeds == [
        "https://vimeo.com/76979871",
        schema.Entry(
            url="https://www.instagram.com/p/Example000001/",
            title={"en": "The blue arrives", "de": "Das Blau kommt"},
            image=schema.PictureFile(file="media/blue.jpg", alt="A drum"),
            date="2026-11-15",
            duration="0:31",
        ),
    ]
    assert spans.at("embeds", 1, "image", "file") == ("posts/a.md", 6, 19, 14)


@pytest.mark.parametrize(
    ("embeds", "line", "column", "message"),
    [
        ("  - vimeo.com/76979871\n", 3, 5, "'vimeo.com/76979871' does not begin with https://"),
        ("  - media/film.mp4\n", 3, 5, "'media/film.mp4' does not begin with https://"),
        ("  - title: A film\n", 3, 5, "'url' is missing"),
        ("  - url: https://vimeo.com/1\n    titel: A film\n", 4, 5, "unknown key 'titel'"),
        ("  - url: mailto:lina@lina.example\n", 3, 10, "'mailto:lina@lina.example' does not begin with https://"),
        ("  - url: https://vimeo.com/1\n    date: soon\n", 4, 11, "'soon' is not a day that can be read"),
    ],
)
def test_mistakes_in_embeds_of_a_text(embeds, line, column, message):
    front, _, found = read_front(f"embeds:\n{embeds}".encode(), "posts/a.md", 2)
    assert front is None
    assert [(one.span.line, one.span.column, one.message) for one in found if one.span] == [(line, column, message)]


def test_front_matter_may_be_empty():
    assert read_front(b"", "posts/a.md", 2)[::2] == (schema.FrontMatter(), [])


def test_mistakes_of_front_matter_count_lines_of_the_file():
    front, _, found = read_front(
        b"titel: A\ndate: 1.12.2026\nimage: media/a.jpg\nslug: Night trains\n", "posts/a.md", 2
    )
    assert front is None
    assert [(one.span.line, one.span.column, one.message, one.hint) for one in found if one.span] == [
        (2, 1, "unknown key 'titel'", "did you mean 'title'?"),
        (3, 7, "'1.12.2026' is not a day that can be read", "did you mean '2026-12-01'?"),
        (4, 8, SILENT, 'write {file: media/a.jpg, alt: "what it shows"}; alt: "" says that it only decorates'),
        (5, 7, "'Night trains' cannot be part of an address", "did you mean 'night-trains'?"),
    ]


def test_broken_front_matter_has_places_as_well():
    front, spans, found = read_front(b"title: a: b\n", "posts/a.md", 2)
    assert front is None
    assert [(*one.span[1:], one.message) for one in found if one.span] == [
        (2, 9, 1, "a text without quotes cannot contain a colon and a space")
    ]
    assert spans.at("title") == ("posts/a.md", 0, 1, 1)
