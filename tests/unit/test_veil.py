"""Addresses that programs for advertising pass by, and everybody else reads as before."""

from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linkhome.veil import veil

#: What such programs look for.
GATHERED = re.compile(r"[\w.+-]+@[\w-]+\.\w|mailto:", re.IGNORECASE)
ADDRESSES = st.one_of(
    st.emails(),
    st.sampled_from(
        ["hello@lina.example", "@lina@mastodon.example", "a.b+c-d_e@x-y.example.org", "mailto:a@b.example"]
    ),
)
WORDS = st.one_of(
    ADDRESSES,
    st.text(max_size=12),
    st.sampled_from(
        ["&amp", "&amp;", "&#", "&#6", "&lt;", "&not", "mailto", "mailto:", "@", "a@b", "a@b.", "@media", ">", '"', "'"]
    ),
)
TEXTS = st.lists(WORDS, max_size=8).map("".join)


@given(TEXTS)
@example("&amp@b.example")
@example("&copymailto:a@b.example")
@example("a@b.example@c.example")
def test_a_reader_of_html_sees_no_difference(text):
    assert html.unescape(veil(text)) == html.unescape(text)


@given(TEXTS)
def test_veiling_twice_is_veiling_once(text):
    assert veil(veil(text)) == veil(text)


@given(st.lists(st.one_of(ADDRESSES, st.sampled_from([" ", "<br>", ", "])), max_size=6).map(" ".join))
def test_no_plain_address_is_left(text):
    assert not re.search(r"[\w.+-]+@[\w-]+\.\w", veil(text))
    assert "mailto:" not in veil(text)


def test_links_and_texts_are_veiled_and_lead_where_they_led():
    page = '<p>Write to <a href="mailto:hello@lina.example?subject=Hi">hello@lina.example</a> or @lina@mastodon.example.</p>'
    made = veil(page)
    assert made == (
        '<p>Write to <a href="mailto&#58;hello&#64;lina.example?subject=Hi">hello&#64;lina.example</a>'
        " or @lina&#64;mastodon.example.</p>"
    )
    assert attributes(made) == attributes(page) == [("href", "mailto:hello@lina.example?subject=Hi")]


def attributes(page: str) -> list[tuple[str, str | None]]:
    """Return every attribute as a browser reads it."""
    found: list[tuple[str, str | None]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(attrs)

    Reader().feed(page)
    return found


@given(st.dictionaries(st.text(max_size=5), TEXTS, max_size=4))
@example({"email": "hello@lina.example", "@type": "Person", "sameAs": "https://mastodon.example/@lina"})
def test_data_in_a_page_says_the_same(data):
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    made = veil(f'<script type="application/ld+json">{text}</script><p>a@b.example</p>')
    inner = made.removeprefix('<script type="application/ld+json">').partition("</script>")[0]
    assert json.loads(inner) == data
    assert "@b.example</p>" not in made


def test_data_holds_no_plain_address():
    made = veil('<script type="application/ld+json">{"@type":"Person","email":"hello@lina.example"}</script>')
    assert made == '<script type="application/ld+json">{"@type":"Person","email":"hello\\u0040lina.example"}</script>'


@pytest.mark.parametrize(
    "part",
    [
        "<style>.a{color:red}@media(width>9rem){.b{}}x@font-face.y{}</style>",
        '<style media="print">a@page.b{}</style>',
        "<script>const at = 'a@b.example'; // mailto:\n</script>",
        '<script type="module">let a="a@b.example"</script>',
        '<script>let a="</span>", b="a@b.example"</script>',
        '<SCRIPT>let a="a@b.example"</SCRIPT>',
    ],
)
def test_styles_and_scripts_stay_as_they_are(part):
    page = f"<head>{part}</head><p>hello@lina.example</p>"
    made = veil(page)
    assert part in made and "hello&#64;lina" in made


def test_a_page_without_addresses_is_left_alone():
    page = "<p>It is at @media, 5 @ 3 &amp; a@b</p>"
    assert veil(page) is page


def test_no_address_stands_open_in_any_page_of_the_example(example_site: Path):
    pages = sorted((example_site / "public").rglob("*.html"))
    assert len(pages) > 15
    known = 0
    for page in pages:
        text = re.sub(r"<style\b.*?</style>|<script>.*?</script>", "", page.read_text("utf-8"), flags=re.DOTALL)
        assert GATHERED.findall(text) == [], page
        known += len(GATHERED.findall(html.unescape(text)))
    assert known > len(pages), "there are addresses, and readers of HTML see them"
