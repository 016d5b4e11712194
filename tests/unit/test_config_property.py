"""Whatever bytes a file holds: no exception, places inside of the file, and no address that could run a script."""

from __future__ import annotations

import html
import re
import urllib.parse
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from linkhome.config import source
from linkhome.config.kinds import KINDS
from linkhome.config.load import Config, read_front, read_site
from linkhome.config.nodes import List, Map, Node, Scalar
from linkhome.config.wrong import KindError
from linkhome.diagnostics import Diagnostic

FULL = Path(__file__).with_name("full_site.yaml").read_bytes()
SOME = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

FRAGMENTS = [
    "profile:", "home:", "name: Lina", "link: https://x.example", "title", "- ", "-", ": ", ":", "\n", "\n  ",
    "\n    ", "\t", "[", "]", "{", "}", ", ", '"', "'", "|", ">", "|\n", "&a ", "*a", "!x ", "!!str ", "<<: ",
    "? ", "#", " # ", "%", "@", "`", "~", "null", "true", "no", "12:30", "---\n", "...\n", "\r\n", "\r",
    "\u2028", "\x85", "\ufeff", "\x00", "\x07", "😀", "ä", "\\", "\\u0000", "\\UFFFFFFFF", "\\ud800",
    "javascript:alert(1)", "2026-02-30", "../x", "newsletter", "image", "alt: ", "language: ", "en: ", "url: ",
    "socials:", "contact:", "fields: ", "color: #abc", "x" * 2000,
]  # fmt: skip
TRICKY = st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join)


@st.composite
def mutated(draw):
    """Return the full example with a few bytes, pieces or lines removed, repeated or replaced."""
    data = FULL
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        size = draw(st.integers(0, 40))
        new = draw(
            st.one_of(st.binary(max_size=6), st.sampled_from(FRAGMENTS).map(str.encode), st.just(data[at - 30 : at]))
        )
        data = data[:at] + new + data[at + size :]
    return data


def inside(data: bytes, found: list[Diagnostic], first_line: int = 1) -> None:
    """Check that every place exists and that its line is quoted."""
    lines = re.split("\r\n|\n|\r", data.decode("utf-8", "replace").removeprefix("\ufeff"))
    for one in found:
        assert one.message
        assert one.span is not None
        if one.span.line:
            line = lines[one.span.line - first_line]
            assert one.span.line >= first_line
            assert 1 <= one.span.column <= len(line) + 1
            assert 1 <= one.span.width <= max(1, len(line) - one.span.column + 1)
            assert one.source == line


def check(data: bytes) -> Config | None:
    config, found = read_site(data, "linkhome.yaml")
    inside(data, found)
    assert (config is None) == any(one.severity == "error" for one in found)
    front, spans, found = read_front(data, "posts/a.md", 5)
    inside(data, found, 5)
    assert (front is None) == any(one.severity == "error" for one in found)
    assert spans.at("title").line >= 0
    return config


@SOME
@given(st.binary(max_size=400))
def test_any_bytes(data):
    check(data)


@SOME
@given(st.text(max_size=400))
def test_any_text(text):
    check(text.encode("utf-8", "surrogatepass"))


@SOME
@given(TRICKY)
@example('"\\UFFFFFFFF"')
@example("? \n: a\n")
def test_tricky_yaml(text):
    check(text.encode())


@SOME
@given(TRICKY)
@example('"\\UFFFFFFFF"')
@example('profile: {name: "\\ud800"}')
def test_tricky_yaml_without_the_parser_in_c(text):
    before = source.PARSER
    source.PARSER = yaml.SafeLoader
    try:
        check(text.encode())
    finally:
        source.PARSER = before


@SOME
@given(mutated())
def test_a_good_file_gone_wrong(data):
    config = check(data)
    if config:
        for address in addresses(config.site):
            harmless(address)


def addresses(value: object) -> list[str]:
    """Return everything in a struct that could become an address."""
    if isinstance(value, str):
        return [value] if ":" in value and " " not in value and "\n" not in value and "://" in value else []
    if isinstance(value, list | tuple):
        return [found for one in value for found in addresses(one)]
    if isinstance(value, dict):
        return addresses(list(value.values()))
    fields = getattr(value, "__struct_fields__", ())
    return [found for name in fields for found in addresses(getattr(value, name))]


@SOME
@given(TRICKY)
def test_both_parsers_build_the_same_tree(text):
    trees = []
    before = source.PARSER
    for parser in (yaml.CSafeLoader, yaml.SafeLoader):
        source.PARSER = parser
        try:
            trees.append(source.compose(text.encode(), "a.yaml"))
        finally:
            source.PARSER = before
    (one, mistakes), (other, more_mistakes) = trees
    if one is not None and other is not None and not mistakes and not more_mistakes:
        assert shape(one) == shape(other)


def shape(node: Node) -> object:
    """Return a tree with the places of its texts."""
    if isinstance(node, Map):
        return {(key, name.span): shape(value) for key, (name, value) in node.entries.items()}
    if isinstance(node, List):
        return [shape(item) for item in node.items]
    return (node.text, node.plain, node.span) if isinstance(node, Scalar) and node.text else None


# ------------------------------------------------------------------ addresses

SCHEMES = ("javascript", "data", "vbscript", "file", "blob", "about", "ftp", "livescript", "jar", "view-source")
BETWEEN = [
    "",
    "\t",
    "\n",
    "\r",
    " ",
    "\x00",
    "\x01",
    "\x1f",
    "\x7f",
    "\u00a0",
    "\u200b",
    "\u200d",
    "\u2028",
    "\ufeff",
    "\u00ad",
]
SPELT = [
    lambda c: c,
    str.upper,
    lambda c: f"%{ord(c):02x}",
    lambda c: f"%25{ord(c):02X}",
    lambda c: f"&#{ord(c)};",
    lambda c: f"&#x{ord(c):x};",
    lambda c: f"&#0000{ord(c)}",
    lambda c: f"&amp;#{ord(c)};",
    lambda c: f"\\u{ord(c):04x}",
    lambda c: {":": "&colon;"}.get(c, c),
    lambda c: {":": "："}.get(c, c),
]


@st.composite
def disguised(draw):
    """Return a dangerous scheme in one of the spellings that filters have overlooked before."""
    word = draw(st.sampled_from(SCHEMES)) + ":"
    plain = draw(st.booleans())
    spelt = [c if plain else draw(st.sampled_from(SPELT))(c) for c in word]
    text = "".join(draw(st.sampled_from(BETWEEN)) + c for c in spelt) if draw(st.booleans()) else "".join(spelt)
    before = draw(
        st.sampled_from(["", " ", "\t", "\x00", "\n", "//", "./", "https:", "mailto:", "tel:", "media/", "?", "#"])
    )
    return before + text + draw(st.sampled_from(["alert(1)", "//x.example/%0aalert(1)", "text/html,<script>", ""]))


def harmless(address: str) -> None:
    """Check what a browser makes of an address, also after a careless decoder had it in its hands."""
    assert not re.search("[\x00-\x1f\x7f\\\\]", address)
    text = address
    for _ in range(10):
        seen = re.sub("[\x00-\x20]", "", text)
        scheme = re.match("([a-zA-Z][a-zA-Z0-9+.-]*):", seen)
        assert not scheme or scheme[1].lower() in ("http", "https", "mailto", "tel", "sms", "wss"), address
        text = urllib.parse.unquote(html.unescape(text))


@SOME
@given(disguised())
def test_no_disguise_becomes_an_address(text):
    for kind in ("address", "web", "path"):
        try:
            harmless(KINDS[kind](text))
        except KindError:
            continue


@SOME
@given(disguised())
def test_no_disguise_becomes_an_address_of_a_page(text):
    quoted = "".join(f"\\U{ord(c):08x}" for c in text)
    data = (
        f'profile: {{name: L}}\nsocials: ["{quoted}"]\nhome: [{{link: "{quoted}"}}, {{embed: "{quoted}"}}]\n'.encode()
    )
    config, found = read_site(data, "linkhome.yaml")
    inside(data, found)
    if config:
        for address in addresses(config.site):
            harmless(address)


@SOME
@given(st.text(max_size=60))
def test_any_text_of_any_kind(text):
    for check in KINDS.values():
        try:
            result = check(text)
        except KindError as wrong:
            assert wrong.message
        else:
            assert check(result) == result


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_plain_spelling_is_refused(scheme):
    for kind in ("address", "web", "path"):
        with pytest.raises(KindError):
            KINDS[kind](f"{scheme}:x")
