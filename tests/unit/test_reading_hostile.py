"""Whatever the bytes are, reading ends soon, raises nothing but `Unusable`, and lets nothing unclean through."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from linkhome.embeds import record
from linkhome.embeds.channel import read_channel
from linkhome.embeds.fetch import Answer
from linkhome.embeds.markup import plain, tags
from linkhome.embeds.oembed import read_oembed
from linkhome.embeds.page import read_page
from linkhome.embeds.reading import Reading, Unusable, read
from linkhome.platforms.asking import Ask

ADDRESSES = (
    "https://lina.example/p",
    "https://www.youtube.com/watch?v=abcdefghijk",
    "https://x.com/lina/status/123456789",
    "https://t.me/lina",
)
READERS = {"page": read_page, "oembed": read_oembed, "channel": read_channel}

PAGE = """<!doctype html><html><head><title>Moths &amp; lamps</title><base href="/x/"><meta property="og:title" content="Moths">
<meta property='og:image' content='//cdn.example/m.jpg'><meta name=author content=Lina><link rel="canonical" href="https://lina.example/p">
<meta property="og:video" content="https://p.example/1"><meta http-equiv="refresh" content="0;url=/y"><span itemprop="author"><link itemprop=name content=L></span>
<link rel=alternate type="application/rss+xml" href="/feed"><script type="application/ld+json">{"@graph":[{"@type":["Product"],"name":"M","offers":[{"price":"1,2"}],
"location":{"address":{"addressCountry":{"name":"D"}}},"author":[{"name":"L","url":"/l"}],"startDate":"2026-01-01","duration":"PT1M","image":{"url":["a.jpg"]}}]}</script></head>"""
OEMBED = {
    "type": "video",
    "title": "Moths",
    "author_name": "L",
    "author_url": "/l",
    "thumbnail_url": "https://i.ytimg.com/vi/abcdefghijk/0.jpg",
    "html": '<blockquote class="twitter-tweet"><p>Hi</p><a href="x">March 4, 2026</a></blockquote><iframe src="https://p.example/1"></iframe>',
    "width": 1,
    "height": "2px",
    "duration": "PT1M",
    "license_url": "https://creativecommons.org/licenses/by/4.0",
    "upload_date": 5,
}
values = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def check(how: str, body: bytes, address: str = ADDRESSES[0], status: int = 200) -> None:
    """Read, past the net that the door spreads out below its readers, and through the door."""
    answer, ask = Answer(status, {}, body, address), Ask(how, address)
    try:
        clean(READERS[how](answer, ask, address))
    except Unusable as problem:
        assert problem.sentence and problem.code
    try:
        clean(read(ask, answer, address))
    except Unusable as problem:
        assert problem.sentence != "the answer could not be understood"


def clean(found: Reading) -> None:
    lines = (found.title, found.author, found.image_alt, found.license, found.price, found.place)
    assert all(text == record.line(text) for text in lines)
    assert found.text == record.paragraphs(found.text)
    for address in (
        found.image,
        found.url,
        found.author_url,
        found.frame,
        found.audio,
        *(ask.url for ask in found.asks),
    ):
        assert not address or record.web_address(address) == address
    assert not found.frame or found.frame.lower().startswith("https://")
    assert found.published == record.moment(found.published) and found.starts == record.moment(found.starts)
    assert found.aspect == record.ratio(found.aspect)
    assert 0 <= found.duration < 360_000


@pytest.mark.parametrize("how", READERS)
@given(body=some.binary(max_size=400), status=some.sampled_from([200, 403, 404, 500]))
@settings(max_examples=150, deadline=None)
def test_any_bytes(how: str, body: bytes, status: int) -> None:
    check(how, body, status=status)
    check(how, b"<" + body)
    check(how, b"{" + body)


@given(text=some.text(alphabet="<>/!-=\"' metacontentscriptldtitlelinkhref&#x;0og:\n", max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_markup(text: str) -> None:
    check("page", b"<" + text.encode())
    assert "\0" not in plain(text) or "\0" in text


@given(
    changes=some.dictionaries(
        some.sampled_from([*OEMBED, "error", "url", "description", "web_page", "iframe_url", "provider_name"]),
        values,
        max_size=6,
    )
)
@settings(max_examples=300, deadline=None)
def test_an_answer_with_any_values(changes: dict[str, Any]) -> None:
    check("oembed", json.dumps({**OEMBED, **changes}).encode(), ADDRESSES[1])
    check("oembed", json.dumps({**OEMBED, **changes}).encode(), ADDRESSES[2])


@given(
    thing=some.dictionaries(
        some.sampled_from(
            [
                "@type",
                "@id",
                "@graph",
                "name",
                "url",
                "author",
                "offers",
                "location",
                "image",
                "duration",
                "startDate",
                "license",
                "width",
                "mainEntity",
                "datePublished",
                "embedUrl",
            ]
        ),
        values,
        max_size=9,
    ),
    kind=some.sampled_from(["Product", "Event", "VideoObject", "PodcastEpisode", "ImageObject"]),
)
@settings(max_examples=300, deadline=None)
def test_a_thing_with_any_values(thing: dict[str, Any], kind: str) -> None:
    text = json.dumps({"@type": kind, "name": "x", **thing}).replace("</", "<\\/")
    check("page", f'<title>y</title><script type="application/ld+json">{text}</script>'.encode())


@pytest.mark.parametrize("address", ADDRESSES)
@given(at=some.integers(0, len(PAGE)), size=some.integers(0, 40), piece=some.binary(max_size=12))
@settings(max_examples=120, deadline=None)
def test_a_page_that_was_damaged(address: str, at: int, size: int, piece: bytes) -> None:
    body = PAGE.encode()
    check("page", body[:at] + piece + body[at + size :], address)
    check("channel", body[:at] + piece + body[at + size :], address)


@pytest.mark.parametrize("end", range(0, len(PAGE), 13))
def test_a_page_that_was_cut(end: int) -> None:
    check("page", PAGE.encode()[:end])


PIECES = (
    *(
        "<!--",
        "</",
        "<!a",
        "<?a",
        "<meta ",
        '<meta "',
        "<meta '\"",
        '<meta ">',
        '<meta content="<',
        "<a x=1 ",
        "<div>",
        "<script>",
    ),
    *(
        "<style><",
        "<",
        "<svg>",
        "&#",
        "&#1",
        "&#99999999;",
        "<p",
        "<title>",
        "</title",
        "<!-->",
        "<iframe>",
        '<meta a="b">',
        "&amp;",
        "<b>x",
    ),
    *(
        '<meta property="og:title" content="x">',
        '<link rel="alternate" type="application/rss+xml" href="/a">',
        '<span itemprop="author">',
    ),
    *(
        '<script type="application/ld+json">{"@type":"Product"}</script>',
        '<meta property="og:image" content="',
        "<meta a=' =\"",
        "=\"'",
    ),
)


@pytest.mark.parametrize("piece", PIECES)
def test_two_megabytes_of_one_thing_take_no_time(piece: str) -> None:
    """Linear, and little of it; the bound leaves room for a busy machine (alone it takes a second or less)."""
    text = (piece * (2_000_000 // len(piece) + 1))[:2_000_000]
    begun = time.process_time()
    check("page", b"<" + text.encode())
    plain(text)
    assert time.process_time() - begun < 8


@pytest.mark.parametrize(
    "text",
    [
        "<meta " + "a=1 " * 400_000 + ">",
        "<meta " + "a='\"' " * 200_000 + ">",
        '<script type="application/ld+json">' + "[" * 1_000_000 + "</script>",
        '<script type="application/ld+json">' + '{"@graph":' * 30_000 + "1" + "}" * 30_000 + "</script>",
        '<script type="application/ld+json">' + '{"@graph":' * 800 + "1" + "}" * 800 + "</script>",
        '<script type="application/ld+json">'
        + json.dumps([{"@type": "Product", "name": "x" * 100}] * 9_000)
        + "</script>",
        "<title>" + "word " * 300_000,
        '<meta property="og:title" content="' + "&lt;b&gt;" * 100_000 + '">',
        "<div>" * 300_000 + "<title>x</title>",
    ],
    ids=["attributes", "quotes", "json-lists", "json-objects", "json-deep", "json-many", "title", "entities", "nested"],
)
def test_large_pages(text: str) -> None:
    begun = time.process_time()
    check("page", text.encode())
    assert time.process_time() - begun < 8


def test_large_answers() -> None:
    begun = time.process_time()
    for name in ("title", "html", "description", "author_name", "thumbnail_url", "duration", "license"):
        for value in (
            "<" * 500_000,
            "<a " * 160_000,
            "x" * 500_000,
            "&" * 500_000,
            "9" * 500_000,
            "<p>" * 160_000,
            "\u202e" * 100_000,
        ):
            check("oembed", json.dumps({**OEMBED, name: value}).encode())
    check("oembed", b'{"title": ' + b"9" * 4000 + b', "duration": 1' + b"0" * 4000 + b"}")
    assert time.process_time() - begun < 20


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "<svg/onload=alert(1)>",
        "javascript:alert(1)",
        "\u202etxt",
        "</title><b>x",
    ],
)
def test_no_markup_of_a_payload_is_left(payload: str) -> None:
    answer = json.dumps(
        {
            **OEMBED,
            "title": f"a {payload} b",
            "author_name": payload,
            "author_url": payload,
            "thumbnail_url": payload,
            "description": payload,
        }
    ).encode()
    found = read_oembed(Answer(200, {}, answer, ADDRESSES[0]), Ask("oembed", ADDRESSES[0]), ADDRESSES[0])
    assert not any(mark in found.title + found.author + found.text for mark in ("<", "\u202e"))
    assert "javascript" not in found.image + found.author_url
    clean(found)


def test_plain_text() -> None:
    assert plain("a < b and b > c, <3") == "a < b and b > c, <3"
    assert plain("one<br>two<p>three</p>") == "one\ntwo\n\nthree\n\n"
    assert plain("x<!-- y -->z<style>w</style>v<script>u") == "xzv"
    assert plain("&lt;b&gt; &amp;amp; &#65; &#99999999999; &nope;") == "<b> &amp; A  &nope;"
    assert plain("") == ""


def test_tags() -> None:
    found = list(tags("<a href=1 HREF=2>x</A><!-- <a> --><b><a title='>'>", frozenset({"a"})))
    assert [(tag.name, tag.closing, tag.attributes) for tag in found] == [
        ("a", False, {"href": "1"}),
        ("a", True, {}),
        ("a", False, {"title": ">"}),
    ]
    assert [tag.text for tag in tags("<title>x <b>y</b></TITLE ><title>", frozenset({"title"}))] == [
        "x <b>y</b>",
        "",
        "",
    ]
