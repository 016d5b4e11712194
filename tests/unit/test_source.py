"""The tree of a document, its places, and everything that is refused before anybody looks at the content."""

from __future__ import annotations

import time

import pytest
import yaml

from linkhome.config import source
from linkhome.config.nodes import List, Map, Node, Scalar
from linkhome.config.source import compose

PARSERS = [pytest.param(yaml.CSafeLoader, id="c"), pytest.param(yaml.SafeLoader, id="python")]


@pytest.fixture(params=PARSERS, autouse=True)
def parser(request, monkeypatch):
    monkeypatch.setattr(source, "PARSER", request.param)


def plain(node: Node | None) -> object:
    """Return the tree as lists, dicts and texts."""
    if isinstance(node, Map):
        return {key: plain(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, List):
        return [plain(item) for item in node.items]
    return node.text if isinstance(node, Scalar) else None


def tree(text: str) -> object:
    node, found = compose(text.encode(), "a.yaml")
    assert found == []
    return plain(node)


def refused(data: str | bytes) -> list[tuple[int, int, int, str]]:
    _, found = compose(data.encode() if isinstance(data, str) else data, "a.yaml")
    return [(one.span.line, one.span.column, one.span.width, one.message) for one in found if one.span]


def test_every_text_stays_as_it_was_written():
    assert tree("a: no\nb: [1.10, 12:30, 010, ~]\nc: {d: 2026-12-01, e: 'x'}\n") == {
        "a": "no",
        "b": ["1.10", "12:30", "010", "~"],
        "c": {"d": "2026-12-01", "e": "x"},
    }


def test_block_texts_and_lists_in_lists():
    assert tree("a: |\n  one\n  two\nb:\n- - x\n  - y\n- z\n") == {"a": "one\ntwo\n", "b": [["x", "y"], "z"]}


def test_plain_tells_quotes_from_none():
    node, _ = compose(b"[a, 'b', \"c\", ~, '~', ]", "a.yaml")
    assert isinstance(node, List)
    scalars = [item for item in node.items if isinstance(item, Scalar)]
    assert [(item.text, item.plain, item.empty) for item in scalars] == [
        ("a", True, False),
        ("b", False, False),
        ("c", False, False),
        ("~", True, True),
        ("~", False, False),
    ]


@pytest.mark.parametrize(
    ("data", "line", "column", "width"),
    [
        (b"a: b\nkey: value\n", 2, 6, 5),
        ("ä: 😀\nkey: 😀😀 x\n".encode(), 2, 6, 4),
        ('a: b\nkey: "😀"\n'.encode(), 2, 6, 3),
        (b"\xef\xbb\xbfa: b\r\nkey: value\r\n", 2, 6, 5),
        ("a: x\u2028  y\nkey: value".encode(), 2, 6, 5),
        (b"a: b\nkey: one\n  two\n", 2, 6, 3),
        (b"a: b\nkey:\n  - x\n", 3, 3, 3),
        (b"# remark\nkey: {a: b,\n  c: d}\n", 2, 6, 6),
    ],
)
def test_places_count_characters(data, line, column, width):
    node, _ = compose(data, "a.yaml")
    assert isinstance(node, Map)
    value = node.get("key")
    assert value is not None
    assert value.span == ("a.yaml", line, column, width)


def test_lines_begin_where_the_part_begins():
    node, _ = compose(b"a: b\nc: d\n", "posts/x.md", first_line=7)
    assert isinstance(node, Map)
    assert node.entries["c"][0].span == ("posts/x.md", 8, 1, 1)
    assert node.entries["c"][0].error("x").source == "c: d"


def test_nothing_is_no_tree_and_no_mistake():
    assert compose(b"", "a.yaml") == (None, [])
    assert compose(b"# only a remark\n", "a.yaml") == (None, [])


REFUSED = {
    "repeated key": ("a: 1\nb: 2\na: 3\n", [(3, 1, 1, "'a' is set twice")]),
    "repeated key below": ("x:\n  a: 1\n  a: 3\n", [(3, 3, 1, "'a' is set twice")]),
    "anchor": ("a: &x 1\nb: 2\n", [(1, 4, 2, "names such as &name are not used here")]),
    "alias": (
        "a: &x 1\nb: *x\n",
        [
            (1, 4, 2, "names such as &name are not used here"),
            (2, 4, 2, "references such as *name are not used here"),
        ],
    ),
    "tag": ("a: !!python/object:os.system x\n", [(1, 4, 25, "tags such as !name are not used here")]),
    "own tag": ("a: !x {b: c}\n", [(1, 4, 2, "tags such as !name are not used here")]),
    "documents": ("a: 1\n---\nb: 2\n", [(2, 1, 3, "a second document begins here")]),
    "key is a list": ("? [a, b]\n: c\n", [(1, 3, 1, "a key must be a word, not a list or a map")]),
    "key is a map": ("a: {{ name }}\n", [(1, 5, 1, "a key must be a word, not a list or a map")]),
    "no key": (": a\n", [(1, 1, 1, "there is no key before this colon")]),
    "no key in braces": ("{: a}\n", [(1, 2, 1, "there is no key before this colon")]),
    "depth": ("[" * 40, [(1, 33, 1, "this is nested too deeply: more than 32 levels")]),
    "depth of a bomb": ("[" * 20_000, [(1, 33, 1, "this is nested too deeply: more than 32 levels")]),
    "depth of a map": ("{a: " * 20_000, [(1, 129, 1, "this is nested too deeply: more than 32 levels")]),
    "control": ("a: b\nc: d\x07e\n", [(2, 5, 1, "the file contains an invisible character, U+0007")]),
    "nul": ("a: \x00\n", [(1, 4, 1, "the file contains an invisible character, U+0000")]),
    "tab": ("a:\n\tb: c\n", [(2, 1, 1, "a tab cannot indent a line")]),
    "tab after spaces": ("a: b\n  \tc: d\n", [(2, 3, 1, "a tab cannot indent a line")]),
    "no space": ("a: b\ntitle:Foo\nc: d\n", [(2, 6, 1, "a space is missing after this colon")]),
    "no space before more": ("- link:https://x.y\n  title: z\n", [(1, 7, 1, "a space is missing after this colon")]),
    "no colon": ("a: b\nc d\ne: f\n", [(2, 1, 3, "there is no colon in this line")]),
    "open quote": ('a: "b\nc: d\n', [(1, 4, 1, "this quote is opened and never closed")]),
    "open quote above": ('a: "b\nc: "d"\n', [(2, 5, 1, "a quote further up is opened and never closed")]),
    "apostrophe": ("a: 'it's fine'\n", [(1, 8, 1, "there is more text after the closing quote")]),
    "backslash": (
        'a: "C:\\Users"\n',
        [(1, 7, 2, "a backslash inside double quotes begins a special sign")],
    ),
    "colon in text": (
        "title: Trains: a book\n",
        [(1, 14, 1, "a text without quotes cannot contain a colon and a space")],
    ),
    "too far": (
        "a: b\n  c: d\n",
        [(2, 3, 1, "this line is indented too far: the key above it has a value already")],
    ),
    "between": (
        "a:\n  b: c\n d: e\n",
        [(3, 2, 1, "the indentation of this line fits none of the lines above")],
    ),
    "at": ("a: @lina\n", [(1, 4, 1, "a text without quotes cannot begin with @")]),
    "star": ("a: *bold* x\n", [(1, 4, 1, "a text without quotes cannot begin with *")]),
    "comma": ("a: , b\n", [(1, 4, 1, "a text without quotes cannot begin with ,")]),
    "folded": ("a: > text\n", [(1, 6, 1, "after > the text begins in the next line")]),
    "open list": ("a: [b, c\nd: e\n", [(1, 4, 1, "this [ is opened and never closed")]),
    "open map": ("a: {b: c\nd: e\n", [(1, 4, 1, "this { is opened and never closed")]),
    "open at the end": ("a: b\nc: [\n", [(2, 5, 1, "the file ends before a bracket is closed")]),
    "no comma": ("a: [b: c: d]\n", [(1, 9, 1, "a comma or ] is missing here")]),
    "directive": ("%YAML 3.0\n---\na: b\n", [(1, 1, 1, "a line that begins with % is not used here")]),
}


@pytest.mark.parametrize("case", REFUSED, ids=lambda name: name.replace(" ", "-"))
def test_refused_with_a_sentence_and_the_place(case):
    text, expected = REFUSED[case]
    assert refused(text) == expected


def test_the_repeated_key_names_the_line_of_the_first():
    _, found = compose(b"a: 1\nb: 2\na: 3\n", "a.yaml")
    assert found[0].hint == "it stands in line 1 already: remove one of the two"
    assert found[0].source == "a: 3"


def test_the_hint_writes_the_quotes():
    _, found = compose(b"title: Trains: a book\n", "a.yaml")
    assert found[0].hint == 'put the text in quotes: title: "Trains: a book"'


def test_a_file_that_is_too_big():
    _, found = compose(b"a: b\n" * 200_001, "a.yaml")
    assert [one.message for one in found] == ["the file is too big: 1,000,005 bytes, 1,000,000 are allowed"]
    assert found[0].span == ("a.yaml", 0, 1, 1)


def test_bytes_that_are_not_utf8():
    assert refused("a: b\nü: Zürich\n".encode() + b"c: caf\xe9\n") == [
        (3, 7, 1, "the file is not UTF-8 text: the byte 0xE9 (byte 24 of the file) does not belong there")
    ]


def test_utf16_is_named():
    _, found = compose("a: b\n".encode("utf-16"), "a.yaml")
    assert found[0].message == "the file is saved as UTF-16, not as UTF-8"


def test_a_bomb_is_refused_at_once():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
    )
    began = time.perf_counter()
    node, found = compose(bomb.encode(), "a.yaml")
    assert time.perf_counter() - began < 1
    assert len(found) == 61
    assert isinstance(node, Map)


def test_a_thousand_mistakes_end_after_a_hundred():
    node, found = compose(b"a: 1\n" * 1000, "a.yaml")
    assert (node, len(found)) == (None, 100)


def test_a_merge_key_is_a_key_like_any_other():
    assert tree("<<: {a: b}\n") == {"<<": {"a": "b"}}
