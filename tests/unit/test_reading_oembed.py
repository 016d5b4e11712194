"""What is read out of oEmbed answers, with the quirks that platforms have. All answers here are invented."""

from __future__ import annotations

import json
from typing import Any

import pytest

from linkhome.embeds.fetch import Answer
from linkhome.embeds.reading import Reading, Unusable, read
from linkhome.platforms.asking import Ask

ENDPOINT = "https://api.films.example/oembed?url=x"
HERE = "https://films.example/w/moths"
FILM = "https://www.youtube.com/watch?v=abcdefghijk"


def say(found: Any, address: str = HERE, status: int = 200) -> Reading:
    body = found if isinstance(found, bytes) else json.dumps(found).encode()
    return read(Ask("oembed", ENDPOINT), Answer(status, {"content-type": "text/html"}, body, ENDPOINT), address)


def refusal(found: Any, address: str = HERE, status: int = 200) -> str:
    with pytest.raises(Unusable) as problem:
        say(found, address, status)
    return problem.value.code


def test_a_film() -> None:
    found = say(
        {
            "type": "video",
            "version": "1.0",
            "title": "Moths",
            "author_name": "Lina",
            "author_url": "https://films.example/lina",
            "description": "Two\r\nlines",
            "thumbnail_url": "https://films.example/t.jpg?sig=a&utm_x=1",
            "width": 480,
            "height": 270,
            "duration": 75.9,
            "upload_date": "2026-03-04 05:06:07",
            "html": '<iframe src="https://films.example/embed/1?a=1&amp;b=2" allow="camera"></iframe><iframe src="https://evil.example/"></iframe>',
        }
    )
    assert (found.source, found.kind, found.title, found.author) == ("oembed", "video", "Moths", "Lina")
    assert (found.text, found.published, found.duration, found.aspect) == (
        "Two\nlines",
        "2026-03-04T05:06:07Z",
        75,
        "16:9",
    )
    assert found.frame == "https://films.example/embed/1?a=1&b=2"
    assert found.image == "https://films.example/t.jpg?sig=a&utm_x=1"


@pytest.mark.parametrize("version", [1.0, 1, "1.0", None, "2.0", []])
def test_the_version_is_not_looked_at(version: object) -> None:
    assert say({"type": "rich", "version": version, "title": "Moths"}).title == "Moths"


def test_no_type_but_something_to_tell() -> None:
    assert say({"title": "Moths"}).title == "Moths"
    assert refusal({"provider_name": "Films"}) == "error"
    assert refusal({"type": "rich", "version": "1.0"}) == "empty"
    assert refusal({"type": "rich", "html": "<iframe src='https://films.example/1'></iframe>"}) == "empty"


@pytest.mark.parametrize(
    ("width", "height", "shape"),
    [
        ("480", "270", "16:9"),
        ("480px", "270px", "16:9"),
        (200, 113, "16:9"),
        (113, 200, "9:16"),
        ("100%", 400, ""),
        (None, None, ""),
        (-4, 3, ""),
        (True, True, ""),
        (1e400, 3, ""),
        (float("nan"), 3, ""),
        (10**40, 3, ""),
        (1000, 370, "100:37"),
    ],
)
def test_sizes(width: Any, height: Any, shape: str) -> None:
    assert say({"type": "video", "title": "x", "width": width, "height": height}).aspect == shape


def test_the_shape_of_the_picture_stands_for_that_of_the_film() -> None:
    found = say(
        {
            "type": "video",
            "title": "x",
            "width": "100%",
            "height": "100%",
            "thumbnail_width": 576,
            "thumbnail_height": 1024,
        }
    )
    assert found.aspect == "9:16"
    assert say({"type": "rich", "title": "x", "width": 400, "height": 400}).aspect == ""


def test_addresses_begin_at_the_answer() -> None:
    found = say(
        {"type": "link", "title": "x", "author_url": "/lina?utm_source=x", "thumbnail_url": "//cdn.example/t.jpg"}
    )
    assert (found.author_url, found.image) == ("https://api.films.example/lina", "https://cdn.example/t.jpg")
    for bad in (
        "internal:/core/x.png",
        "javascript:alert(1)",
        "data:image/png,x",
        7,
        ["https://x.example/y.png"],
        {"a": 1},
    ):
        assert say({"type": "link", "title": "x", "thumbnail_url": bad}).image == ""


def test_texts_lose_markup_entities_and_length() -> None:
    assert say({"title": "Did you <b>miss me</b>?"}).title == "Did you miss me?"
    assert say({"title": "Files Like a&nbsp;Pro"}).title == "Files Like a Pro"
    assert say({"title": "a &amp;lt; b"}).title == "a &lt; b"
    assert say({"title": "two\n lines\t"}).title == "two lines"
    assert (
        say({"title": "<script>alert(1)</script>Moths", "author_name": '<img src=x onerror="y">Lina'}).author == "Lina"
    )
    assert len(say({"title": "word " * 2000}).title) <= 300
    assert say({"type": "link", "title": 2020}).title == "2020"
    assert say({"title": "A", "author_name": "\u202e\u202d\u202clina\u202c"}).author == "lina"


def test_a_photo_is_its_own_picture() -> None:
    found = say(
        {
            "type": "photo",
            "title": "Moth",
            "url": "https://p.example/b.jpg",
            "web_page": "https://p.example/1",
            "thumbnail_url": "https://p.example/s.jpg",
            "width": "800",
            "height": "600",
            "license_url": "https://creativecommons.org/publicdomain/zero/1.0/",
        }
    )
    assert (found.image, found.url, found.kind, found.aspect, found.license) == (
        "https://p.example/b.jpg",
        "https://p.example/1",
        "picture",
        "4:3",
        "CC0",
    )


def test_a_placeholder_is_dropped_and_the_text_stays() -> None:
    found = say({"type": "rich", "title": "x", "thumbnail_url": "https://soundcloud.com/images/fb_placeholder.png"})
    assert (found.title, found.image) == ("x", "")


TWEET = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Moths &amp; lamps! <a href="https://t.co/a">https://t.co/a</a><br>more '
    '<a href="https://t.co/b">pic.twitter.com/AbC123</a></p>&mdash; Lina (@lina) <a href="https://x.com/lina/status/123456789">March 4, 2026</a></blockquote>\n'
    '<script async src="https://platform.twitter.com/widgets.js"></script>'
)


def test_a_post_on_x() -> None:
    address = "https://x.com/lina/status/123456789"
    found = say(
        {
            "type": "rich",
            "url": "https://twitter.com/lina/status/123456789",
            "author_name": "Lina",
            "cache_age": "3153600000",
            "html": TWEET,
        },
        address,
    )
    assert (found.text, found.published, found.title) == (
        "Moths & lamps! https://t.co/a\nmore",
        "2026-03-04",
        "Lina · X",
    )
    assert found.frame == ""
    other = {
        "type": "rich",
        "url": "https://twitter.com/lina/status/987654321",
        "author_name": "Lina",
        "html": TWEET.replace("123456789", "987654321"),
    }
    assert refusal(other, address) == "other-thing"


def test_a_post_on_bluesky() -> None:
    html = '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:x/app.bsky.feed.post/3k"><p lang="en">Only<br>moths</p>&mdash; Lina (<a href="https://bsky.app/x">@lina</a>) <a href="https://bsky.app/y">March 4, 2026 at 5:06 PM</a></blockquote>'
    found = say(
        {"type": "rich", "author_name": "Lina", "html": html},
        "https://bsky.app/profile/lina.example/post/3kabcdefghij2",
    )
    assert (found.text, found.title) == ("Only\nmoths", "Lina · Bluesky")


def test_the_words_of_a_button_are_no_post() -> None:
    html = '<blockquote class="instagram-media"><p><a href="https://www.instagram.com/p/Abcdefghijk/">A post shared by Lina</a></p></blockquote>'
    assert (
        say({"type": "rich", "author_name": "lina", "html": html}, "https://www.instagram.com/p/Abcdefghijk/").text
        == ""
    )


def test_a_private_film_on_vimeo() -> None:
    assert (
        refusal(
            {"type": "video", "version": "1.0", "provider_name": "Vimeo", "domain_status_code": 403},
            "https://vimeo.com/76979871",
        )
        == "private"
    )


def test_the_id_of_youtube_must_be_in_the_answer() -> None:
    film = {"type": "video", "title": "Moths", "thumbnail_url": "https://i.ytimg.com/vi/abcdefghijk/hqdefault.jpg"}
    assert say(film, FILM).kind == "video"
    assert say(
        {**film, "thumbnail_url": "", "html": '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>'}, FILM
    ).frame
    assert refusal({**film, "thumbnail_url": "https://i.ytimg.com/vi/zzzzzzzzzzz/hqdefault.jpg"}, FILM) == "other-thing"
    assert refusal({"type": "video", "title": "Moths"}, FILM) == "other-thing"


@pytest.mark.parametrize(
    ("address", "frame", "other"),
    [
        (
            "https://vimeo.com/76979871",
            "https://player.vimeo.com/video/76979871",
            "https://player.vimeo.com/video/11112222",
        ),
        (
            "https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC",
            "https://open.spotify.com/embed/track/4uLU6hMCjMI75M1A2tKUQC",
            "https://open.spotify.com/embed/track/1111111111111111111111",
        ),
        (
            "https://www.dailymotion.com/video/x8abcde",
            "https://geo.dailymotion.com/player.html?video=x8abcde",
            "https://geo.dailymotion.com/player.html?video=x9zzzzz",
        ),
    ],
)
def test_other_ids(address: str, frame: str, other: str) -> None:
    answer = {"type": "video", "title": "Moths"}
    assert say({**answer, "html": f'<iframe src="{frame}"></iframe>'}, address).frame == frame
    assert refusal({**answer, "html": f'<iframe src="{other}"></iframe>'}, address) == "other-thing"
    assert say({**answer, "iframe_url": frame}, address).frame == frame
    assert say(answer, address).frame == ""


@pytest.mark.parametrize("title", ["YouTube", " youtube "])
def test_the_name_of_the_platform_is_no_title(title: str) -> None:
    film = {
        "type": "video",
        "title": title,
        "provider_name": "YouTube",
        "thumbnail_url": "https://i.ytimg.com/vi/abcdefghijk/hqdefault.jpg",
    }
    assert refusal(film, FILM) == "shell"
    assert say({**film, "title": "404 Not Found"}, FILM).title == "404 Not Found"
    assert refusal({"type": "link", "title": "404 Not Found"}) == "error"


@pytest.mark.parametrize(
    "frame",
    [
        "http://films.example/1",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://a:b@films.example/",
        "https://films.example/\\x",
    ],
)
def test_frames_that_are_none(frame: str) -> None:
    assert say({"type": "rich", "title": "x", "html": f'<iframe src="{frame}"></iframe>'}).frame == ""


@pytest.mark.parametrize(
    "body",
    [
        b"<oembed><title>x</title></oembed>",
        b"Forbidden",
        b'"a text"',
        b"[1, 2]",
        b"42",
        b'{"title": "cut',
        b"{'title': 1}",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"\xff\xfe\xff",
        b"cb({})",
        b"{" + b"9" * 9999,
    ],
)
def test_what_is_no_object(body: bytes) -> None:
    assert refusal(body) == "not-json"


def test_json_with_a_mark_and_other_encodings() -> None:
    assert say(b"\xef\xbb\xbf \n" + json.dumps({"title": "Ü"}, ensure_ascii=False).encode()).title == "Ü"
    assert say('{"title": "Été"}'.encode("cp1252")).title == "Été"
    assert say(b'{"title": "raw\ttab\nline"}').title == "raw tab line"


def test_a_good_answer_with_an_error_status() -> None:
    assert say({"type": "video", "title": "Moths"}, status=403).title == "Moths"
