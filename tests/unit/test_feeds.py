"""The feeds: what stands in them, and what never changes."""

from __future__ import annotations

import json
import warnings
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from linkhome.feeds import Enclosure, Entry, Feed, atom, identity, json_feed

ENTRY = Entry(
    stem="numbered-by-hand",
    url="https://lina.example/posts/numbered-by-hand/",
    title="Why my prints are numbered by hand & <why> not",
    published="2026-11-14T18:00:00+01:00",
    updated="2026-11-15",
    summary="Eighty sheets.",
    html='<p>&amp; <a href="../packing/">paper</a>.</p>',
    tags=("riso", "paper & ink"),
    image="https://lina.example/media/prints.jpg",
)
FEED = Feed(
    url="https://lina.example/",
    atom_url="https://lina.example/feed.xml",
    json_url="https://lina.example/feed.json",
    title="Lina Marlow",
    description="Illustrator",
    language="en",
    author="Lina Marlow",
    entries=(ENTRY,),
)


def parse(data: bytes) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the reader's own dependencies
        import feedparser

        return feedparser.parse(data, sanitize_html=False)


def test_atom_word_for_word() -> None:
    assert (
        atom(FEED).decode()
        == """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://lina.example/">
  <id>https://lina.example/</id>
  <title>Lina Marlow</title>
  <subtitle>Illustrator</subtitle>
  <updated>2026-11-15T00:00:00Z</updated>
  <link rel="self" type="application/atom+xml" href="https://lina.example/feed.xml"/>
  <link rel="alternate" type="text/html" href="https://lina.example/"/>
  <author><name>Lina Marlow</name><uri>https://lina.example/</uri></author>
  <generator>linkhome</generator>
  <entry xml:base="https://lina.example/posts/numbered-by-hand/">
    <id>tag:lina.example,2026-11-14:en/numbered-by-hand</id>
    <title>Why my prints are numbered by hand &amp; &lt;why&gt; not</title>
    <link rel="alternate" type="text/html" href="https://lina.example/posts/numbered-by-hand/"/>
    <published>2026-11-14T18:00:00+01:00</published>
    <updated>2026-11-15T00:00:00Z</updated>
    <category term="riso"/>
    <category term="paper &amp; ink"/>
    <link rel="enclosure" type="image/jpeg" href="https://lina.example/media/prints.jpg"/>
    <summary>Eighty sheets.</summary>
    <content type="html">&lt;p&gt;&amp;amp; &lt;a href=&quot;../packing/&quot;&gt;paper&lt;/a&gt;.&lt;/p&gt;</content>
  </entry>
</feed>
"""
    )


def test_json_feed_word_for_word() -> None:
    assert (
        json_feed(FEED).decode()
        == """\
{
  "version": "https://jsonfeed.org/version/1.1",
  "title": "Lina Marlow",
  "home_page_url": "https://lina.example/",
  "feed_url": "https://lina.example/feed.json",
  "description": "Illustrator",
  "authors": [
    {
      "name": "Lina Marlow",
      "url": "https://lina.example/"
    }
  ],
  "language": "en",
  "items": [
    {
      "id": "tag:lina.example,2026-11-14:en/numbered-by-hand",
      "url": "https://lina.example/posts/numbered-by-hand/",
      "title": "Why my prints are numbered by hand & <why> not",
      "summary": "Eighty sheets.",
      "image": "https://lina.example/media/prints.jpg",
      "date_published": "2026-11-14T18:00:00+01:00",
      "date_modified": "2026-11-15T00:00:00Z",
      "tags": [
        "riso",
        "paper & ink"
      ],
      "content_html": "<p>&amp; <a href=\\"../packing/\\">paper</a>.</p>"
    }
  ]
}
"""
    )


def test_a_reader_finds_everything() -> None:
    read = parse(atom(FEED))
    assert read.bozo == 0
    assert read.version == "atom10"
    assert (read.feed.title, read.feed.language, read.feed.author) == ("Lina Marlow", "en", "Lina Marlow")
    entry = read.entries[0]
    assert entry.title == "Why my prints are numbered by hand & <why> not"
    assert entry.id == "tag:lina.example,2026-11-14:en/numbered-by-hand"
    assert [tag.term for tag in entry.tags] == ["riso", "paper & ink"]
    assert "https://lina.example/posts/packing/" in entry.content[0].value


@pytest.mark.parametrize(
    "change",
    [{"title": "Another"}, {"url": "https://lina.example/p/1/"}, {"updated": "2027-01-01"}, {"html": ""}, {"tags": ()}],
    ids=lambda change: next(iter(change)),
)
def test_an_id_survives_what_creators_change(change: dict[str, Any]) -> None:
    assert identity(FEED, replace(ENTRY, **change)) == "tag:lina.example,2026-11-14:en/numbered-by-hand"


@pytest.mark.parametrize(
    ("url", "language", "stem", "expected"),
    [
        ("https://lina.example:8080/repo/", "de", "nachtzug", "tag:lina.example,2026-11-14:de/nachtzug"),
        ("https://lina.example", "en", "two words & ü", "tag:lina.example,2026-11-14:en/two%20words%20%26%20%C3%BC"),
        ("https://müller.example", "en", "a", "tag:m%C3%BCller.example,2026-11-14:en/a"),
    ],
)
def test_ids_are_addresses(url: str, language: str, stem: str, expected: str) -> None:
    assert identity(replace(FEED, url=url, language=language), replace(ENTRY, stem=stem)) == expected


def test_the_newest_change_dates_the_feed() -> None:
    entries = (
        replace(ENTRY, stem="a", published="2026-11-14T23:30:00-05:00", updated=""),  # 04:30 on the 15th, UTC
        replace(ENTRY, stem="b", published="2026-11-15T04:00:00Z", updated=""),
    )
    assert "<updated>2026-11-14T23:30:00-05:00</updated>\n  <link" in atom(replace(FEED, entries=entries)).decode()


def test_a_change_is_never_before_the_publication() -> None:
    text = atom(replace(FEED, entries=(replace(ENTRY, updated="2020-01-01"),))).decode()
    assert "2020" not in text


def test_a_feed_without_posts_is_a_feed() -> None:
    empty = replace(FEED, entries=())
    assert parse(atom(empty)).bozo == 0
    assert b"<updated>1970-01-01T00:00:00Z</updated>" in atom(empty)
    assert json.loads(json_feed(empty)).get("items") == []


def test_a_post_without_a_date_stays_out() -> None:
    feed = replace(FEED, entries=(replace(ENTRY, published=""), replace(ENTRY, published="soon")))
    assert b"<entry" not in atom(feed)
    assert json.loads(json_feed(feed)).get("items") == []


def test_an_episode_has_its_file() -> None:
    entry = replace(ENTRY, image="", enclosure=Enclosure("https://lina.example/12.mp3", "audio/mpeg", 1234))
    read = parse(atom(replace(FEED, entries=(entry,))))
    assert [(link.href, link.type, link.length) for link in read.entries[0].enclosures] == [
        ("https://lina.example/12.mp3", "audio/mpeg", "1234")
    ]
    item = json.loads(json_feed(replace(FEED, entries=(entry,))))["items"][0]
    assert item["attachments"] == [
        {"url": "https://lina.example/12.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 1234}
    ]


def test_a_language_that_runs_from_right_to_left_is_named() -> None:
    assert b'xml:lang="ar"' in atom(replace(FEED, language="ar"))


TEXT = st.text(st.characters() | st.sampled_from("\x00\x08\x0b\x1f\ufffe\uffff\r\n\t<>&\"'\ud800]"), max_size=30)


@given(TEXT, TEXT, TEXT)
def test_any_text_gives_a_feed_that_readers_accept(title: str, html: str, tag: str) -> None:
    feed = replace(FEED, title=title, description=tag, entries=(replace(ENTRY, title=title, html=html, tags=(tag,)),))
    assert parse(atom(feed)).bozo == 0
    item = json.loads(json_feed(feed))["items"][0]
    assert item["id"] == "tag:lina.example,2026-11-14:en/numbered-by-hand"
    assert isinstance(item["content_html"], str)
    assert datetime.fromisoformat(item["date_published"])
