from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkhome.content.addresses import absolute, base_path, is_safe, root_of, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Über uns & Straße", "ueber-uns-strasse"), ("Café Crème", "cafe-creme"), ("  a -- b  ", "a-b"),
        ("رسائل القطار", "رسائل-القطار"), ("हिन्दी गीत", "हिन्दी-गीत"), ("../../etc", "etc"), ("!!!", ""), ("x" * 200, "x" * 80),
    ],
)  # fmt: skip
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_a_slug_is_one_harmless_part_of_a_path(text: str) -> None:
    made = slug(text)
    assert not set(made) & set("/\\.%?#:\"'<> \n\t\0")
    assert slug(made) == made or not made.isascii()


@pytest.mark.parametrize(
    "address", ["https://a.example", "mailto:a@b.example", "tel:+1", "sms:+1", "a/b.html", "#x", "?a:b"]
)
def test_safe(address: str) -> None:
    assert is_safe(address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:1",
        "JAVASCRIPT:1",
        "java\nscript:1",
        " javascript:1",
        "\x01javascript:1",
        "data:x",
        "file:///x",
        "x:y",
    ],
)
def test_not_safe(address: str) -> None:
    assert not is_safe(address)


def test_ways_between_pages() -> None:
    assert root_of("index.html") == ""
    assert root_of("de/posts/x/index.html") == "../../../"
    assert absolute("https://a.example/repo/", "posts/ü/index.html") == "https://a.example/repo/posts/%C3%BC/"
    assert absolute("https://a.example", "index.html") == "https://a.example/"
    assert absolute("", "index.html") == ""
    assert base_path("https://a.example/repo") == "/repo/"
    assert base_path("") == "/"
