from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkhome.content.markdown import Reference, fill, inline, render


def test_a_plain_text_is_a_paragraph_without_the_engine() -> None:
    assert render("Drawings from slow trains").html == "<p>Drawings from slow trains</p>\n"
    assert render("").html == ""


@pytest.mark.parametrize(
    ("quotes", "html"),
    [
        ("“”‘’", "<p>“Yes”, it’s ‘so’</p>\n"),
        ("„“‚‘", "<p>„Yes“, it’s ‚so‘</p>\n"),
        ("«»‹›", "<p>«Yes», it’s ‹so›</p>\n"),
    ],
)
def test_quotes_follow_the_language(quotes: str, html: str) -> None:
    assert render("\"Yes\", it's 'so'", quotes).html == html


def test_raw_html_stays_visible_text() -> None:
    html = render("<script>alert(1)</script> <b onclick=x>b</b>\n\n<div>\n\nx").html
    assert "<script" not in html
    assert "<b " not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "&lt;div&gt;" in html


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "javascript&#58;alert(1)", "&#106;avascript:alert(1)",
        "vbscript:x", "data:text/html,x", "data:image/svg+xml,x", "file:///etc/passwd", "ftp://a.example/",
    ],
)  # fmt: skip
def test_an_unsafe_scheme_never_becomes_a_link(address: str) -> None:
    for text in (f"[x]({address})", f"[x](<{address}>)", f"<{address}>", f"![x]({address})", f"[x]\n\n[x]: {address}"):
        html = render(text).html
        assert "href" not in html
        assert "src" not in html


def test_own_files_are_marks_until_the_page_is_known() -> None:
    done = render('See [this](media/a b.pdf) and\n[that](<media/a b.pdf>).\n\n![Alt](media/x.png "A caption")')
    assert done.references == (
        Reference("link", "media/a b.pdf", line=0),
        Reference("image", "media/x.png", "Alt", "A caption", 3),
    )
    filled = fill(done.html, done.references, lambda r: "../a.pdf" if r.kind == "link" else "<img>")
    assert '<a href="../a.pdf">that</a>' in filled
    assert "<figure><img><figcaption>A caption</figcaption></figure>" in filled


def test_control_characters_cannot_forge_a_mark() -> None:
    done = render("a \x020\x03 *b*")
    assert done.html == "<p>a 0 <em>b</em></p>\n"
    assert done.references == ()


def test_headings_start_below_the_page_and_have_anchors_only_where_asked() -> None:
    assert render("# A\n\n## B", top=3).html == "<h3>A</h3>\n<h3>B</h3>\n"
    assert render("## Über uns\n\n## Über uns", anchors=True).html == (
        '<h2 id="ueber-uns">Über uns</h2>\n<h2 id="ueber-uns-2">Über uns</h2>\n'
    )


def test_an_opening_heading_can_be_the_title() -> None:
    done = render("# My *title*\n\nFirst line\nof text.", take_heading=True)
    assert (done.heading, done.summary, done.html) == (
        "My title",
        "First line of text.",
        "<p>First line\nof text.</p>\n",
    )


def test_tables_footnotes_and_definitions_work() -> None:
    html = render("| a |\n|---|\n| 1 |\n\nx[^1]\n\nT\n: D\n\n~~y~~\n\n[^1]: note", anchors=True).html
    for tag in ("<table>", "<td>1</td>", 'class="footnote-ref"', "<dd>D</dd>", "<s>y</s>"):
        assert tag in html


def test_inline_drops_only_a_lone_paragraph() -> None:
    assert inline("Yes, *please*.").html == "Yes, <em>please</em>."
    assert inline("a\n\nb").html == "<p>a</p>\n<p>b</p>"


class _Tags(HTMLParser):
    KNOWN = frozenset(
        [
            "p",
            "em",
            "strong",
            "s",
            "a",
            "code",
            "pre",
            "blockquote",
            "ul",
            "ol",
            "li",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "br",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "div",
            "figure",
            "figcaption",
            "sup",
            "section",
            "dl",
            "dt",
            "dd",
        ]
    )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.KNOWN, tag
        for name, value in attrs:
            assert name in {"href", "title", "class", "id", "start", "tabindex"}, name
            if name == "href":
                assert (value or "").split(":")[0].lower() not in {"javascript", "data", "vbscript", "file"}


def test_columns_are_aligned_by_classes() -> None:
    html = render("a | b | c\n:-- | :-: | --:\n1 | 2 | 3\n").html
    assert [f'<td class="{name}">' in html for name in ("left", "mid", "right")] == [True] * 3
    assert "style" not in html


_PIECES = st.sampled_from(
    ["<script>", "</p>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "![a](b \"c\")", "`", "**", "|", "\n", "\n\n",
     "> ", "- ", "1. ", "# ", "[^1]", "[^1]: ", "\x00", "\x02", "&#106;", "&lt;", "<!--", "-->", "]]>", "\t", "~~~", "<a\n", "\u202e"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(_PIECES, st.text(max_size=12)), max_size=30).map("".join))
def test_no_text_gives_an_unknown_tag_or_address(text: str) -> None:
    done = render(text, anchors=True)
    parser = _Tags()
    parser.feed(fill(done.html, done.references, lambda r: "#" if r.kind == "link" else ""))
    parser.close()
