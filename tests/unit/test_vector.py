"""A published SVG can only draw: whatever else was in it is gone, and what did something is named."""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET

import pytest

from linkhome.brand.sheets import has_danger
from linkhome.brand.vector import clean
from linkhome.diagnostics import LinkhomeError

NAMES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
HTML = "http://www.w3.org/1999/xhtml"


def cleaned(inner: str, attributes: str = "") -> tuple[str, tuple[str, ...]]:
    made = clean(f"<svg {NAMES} {attributes}>{inner}</svg>".encode(), "logo.svg")
    again = clean(made.data, "logo.svg")
    assert again.data == made.data and again.removed == (), "what is clean stays as it is"
    body = made.data.decode()
    return body[body.index(">") + 1 : -6] if body.endswith("</svg>") else "", made.removed


@pytest.mark.parametrize(
    ("inner", "left", "told"),
    [
        ("<script>alert(1)</script>", "", "<script>"),
        ('<script href="//evil.example/x.js"/>', "", "<script>"),
        ('<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>', "", "<script>"),
        ("<g><script><![CDATA[alert(1)]]></script></g>", "<g/>", "<script>"),
        (f'<foreignObject><body xmlns="{HTML}"><iframe src="x"/></body></foreignObject>', "", "<foreignObject>"),
        (f'<h:iframe xmlns:h="{HTML}" src="x"/>', "", "<iframe>"),
        ('<path onclick="a()" d="M0 0"/>', '<path d="M0 0"/>', "'onclick', which runs a script"),
        ('<path oNcLiCk="a()" d="M0 0"/>', '<path d="M0 0"/>', "'oNcLiCk', which runs a script"),
        ('<a href="javascript:a()"><path d="M0"/></a>', '<g><path d="M0"/></g>', ""),
        ('<use href="data:image/svg+xml,&lt;svg/>"/>', "", "an address of something outside of the file"),
        ('<use xlink:href="other.svg#a"/>', "", "an address of something outside of the file"),
        ('<image href="https://evil.example/pixel.gif"/>', "", "an address of something outside of the file"),
        ('<image xlink:href="//evil.example/pixel.gif"/>', "", "an address of something outside of the file"),
        ('<feImage href="x.png"/>', "", "an address of something outside of the file"),
        ('<path fill="url(https://evil.example/#a)"/>', "<path/>", "an address of something outside of the file"),
        ("<path style=\"fill: URL ( 'x' )\"/>", "<path style=\"fill: URL ( 'x' )\"/>", ""),
        ("<path style=\"fill:url( 'x' )\"/>", "<path/>", "an address of something outside of the file"),
        ('<path style="fill:u\\72l(x)"/>', "<path/>", "an address of something outside of the file"),
        ('<path style="fill:url/**/(x);a:url(y)"/>', "<path/>", "an address of something outside of the file"),
        ("<style>@import 'x.css';</style>", "<style/>", "styles that load something"),
        ("<style>@\\69mport 'x.css';</style>", "<style/>", "styles that load something"),
        ("<style>a{b:url(x)}</style>", "<style/>", "styles that load something"),
        ("<style>a{b:image-set('x' 1x)}</style>", "<style/>", "styles that load something"),
        ('<animate attributeName="href" to="javascript:a()"/>', "", "<animate> of 'href'"),
        ('<set attributeName="xlink:href" to="javascript:a()"/>', "", "<set> of 'xlink:href'"),
        ('<set attributeName="onclick" to="a()"/>', "", "<set> of 'onclick'"),
    ],
)
def test_what_is_more_than_drawing_is_gone_and_named(inner: str, left: str, told: str) -> None:
    assert cleaned(inner) == (left, (told,) if told else ())


@pytest.mark.parametrize(
    "inner",
    [
        '<defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient></defs>'
        '<path fill="url(#a)" d="M0 0"/>',
        '<use href="#a"/>',
        '<use xlink:href="#a" x="3"/>',
        '<style>.a{fill:url(#b)} .c &gt; d{stroke:red}</style><path class="a"/>',
        "<text>one <tspan>two</tspan> three &amp; &lt;four></text>".replace("four>", "four&gt;"),
        '<text xml:space="preserve">  a  </text>',
        '<filter id="f"><feGaussianBlur in="SourceGraphic" stdDeviation="2"/></filter>',
        '<animate attributeName="opacity" values="0;1" dur="2s" repeatCount="indefinite"/>',
        '<title>Logo</title><path d="M0 0" aria-hidden="true"/>',
        '<image href="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="/>',
    ],
)
def test_what_draws_stays_as_it_is(inner: str) -> None:
    assert cleaned(inner) == (inner, ())


def test_illustrator_is_not_blamed_for_its_own_copy() -> None:
    inner = (
        '<switch><foreignObject requiredExtensions="ai" width="1"><i/></foreignObject><g><path d="M0"/></g></switch>'
    )
    assert cleaned(inner) == ('<switch><g><path d="M0"/></g></switch>', ())


def test_the_outermost_element_is_cleaned_too() -> None:
    made = clean(f'<?xml-stylesheet href="x.css"?><svg {NAMES} onload="a()" width="4" height="3"/>'.encode(), "a.svg")
    assert made.data == b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'
    assert made.removed == ("a style sheet outside of the file", "'onload', which runs a script")


def test_attributes_from_a_doctype_are_no_way_in() -> None:
    drawing = f'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "a()">]><svg {NAMES}/>'
    made = clean(drawing.encode(), "a.svg")
    assert b"onload" not in made.data and made.removed == ("'onload', which runs a script",)


def test_an_entity_is_read_before_it_is_judged() -> None:
    drawing = f'<!DOCTYPE svg [<!ENTITY a "javascript:a()"><!ENTITY on "M0 0">]><svg {NAMES}><use href="&a;"/><path d="&on;"/></svg>'
    made = clean(drawing.encode(), "a.svg")
    assert made.data.endswith(b'><path d="M0 0"/></svg>')
    assert len(made.removed) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_the_encoding_hides_nothing(encoding: str) -> None:
    drawing = f'<?xml version="1.0" encoding="{encoding}"?><svg {NAMES} onload="a()"><text>Zür</text></svg>'
    made = clean(drawing.encode(encoding), "a.svg")
    assert "<text>Zür</text>" in made.data.decode() and b"onload" not in made.data


def test_deep_and_long_drawings_take_no_time() -> None:
    deep = b"<svg>" + b"<g>" * 200_000 + b"</g>" * 200_000 + b"</svg>"
    assert len(clean(deep, "a.svg").data) > 1_000_000
    with pytest.raises(LinkhomeError, match="could make browsers hang"):
        entity = f'<!DOCTYPE svg [<!ENTITY a "{"x" * 199}">]><svg {NAMES}><text>{"&a;" * 90_000}</text></svg>'
        clean(entity.encode(), "a.svg")


PARTS = ["<script>", "</script>", "onload=", "<style>@import 'x'", "</style>", "&#x3c;script&#x3e;", "<![CDATA[", "]]>",
         "<a xlink:href='javascript:a()'>", "</a>", "<image href='http://x'/>", "<g>", "</g>", " ", "\t", "<!--", "-->",
         "<path style='fill:url(x)'/>", "<use href='x#y'/>", "&lt;script>", "<foreignObject>", "</foreignObject>"]  # fmt: skip


def test_whatever_comes_together_nothing_active_comes_out() -> None:
    chance = random.Random(7)
    for _ in range(3000):
        inner = "".join(chance.choices(PARTS, k=chance.randrange(1, 9)))
        try:
            made = clean(f"<svg {NAMES}>{inner}</svg>".encode(), "a.svg")
        except LinkhomeError:
            continue
        for element in ET.fromstring(made.data).iter():
            local = element.tag.rpartition("}")[2].lower()
            assert local not in ("script", "foreignobject", "a", "iframe")
            for key, value in element.attrib.items():
                assert not key.rpartition("}")[2].lower().startswith("on")
                assert not key.endswith("href") or value.startswith("#")
                assert not has_danger(value)
            assert local != "style" or not has_danger(element.text or "")
