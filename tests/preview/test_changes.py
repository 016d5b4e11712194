"""What turns one version of a page into another: exactly that, and in doubt a reload."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from linkhome.preview import markup
from linkhome.preview.changes import MOST, Change, between
from linkhome.preview.sheets import Rules, differences, rules

GOLDEN = Path(__file__).parents[1] / "golden"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def page(body: str, head: str = "<title>Lina</title>", style: str = ":root{--ink:#111}.v1{--k:2}") -> str:
    """Return a page as linkhome writes one."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}<style>{style}</style></head>'
        f'<body class="home">{body}</body></html>'
    )


class Places(HTMLParser):
    """Find where elements stand in the text of a page, by their places among their siblings, in the library's own way."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.lines = [0]
        for line in html.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))
        self.found: dict[tuple[int, ...], tuple[int, int]] = {}
        self.open: list[tuple[tuple[int, ...], int]] = []
        self.counts: list[int] = [0]
        self.waiting: list[tuple[int, ...]] = []
        self.feed(html)
        self.close()
        self._finish(len(html))

    @property
    def here(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def _finish(self, at: int) -> None:
        for path in self.waiting:
            self.found[path] = (self.found[path][0], at)
        self.waiting.clear()

    def handle_starttag(self, tag: str, attrs: object, alone: bool = False) -> None:
        self._finish(self.here)
        path = (*(self.open[-1][0] if self.open else ()), self.counts[-1])
        self.counts[-1] += 1
        self.found[path] = (self.here, -1)
        if tag in VOID or alone:
            self.waiting.append(path)
        else:
            self.open.append((path, self.here))
            self.counts.append(0)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.handle_starttag(tag, attrs, alone=True)

    def handle_endtag(self, tag: str) -> None:
        self._finish(self.here)
        self.waiting.append(self.open.pop()[0])
        self.counts.pop()

    def handle_data(self, data: str) -> None:
        self._finish(self.here)

    handle_comment = handle_entityref = handle_charref = handle_decl = handle_data


def applied(html: str, change: Change) -> str:
    """Return the page after a change, made by somebody who knows nothing of how it was found."""
    places = Places(html).found
    spots = [(*places[(0, *edit.at)], edit.old, edit.new) for edit in change.edits]
    own = [(found.start(1), found.end(1)) for found in re.finditer("<style>(.*?)</style>", html, re.DOTALL)]
    for sheet in change.styles:
        start, end = own[sheet.number]
        spots.append((start, end, html[start:end], restyled(html[start:end], sheet.rules)))
    for start, end, old, new in sorted(spots, reverse=True):
        assert html[start:end] == old, "an edit names what is not there"
        html = html[:start] + new + html[end:]
    return html


def restyled(css: str, changes: Sequence[Rules]) -> str:
    """Return a sheet after its rules were exchanged one after the other, as a browser would."""
    for change in changes:
        css = "".join(_with(rules(css), change, change.at, change.sizes))
    return css


def _with(found: Sequence[str] | None, change: Rules, at: tuple[int, ...], sizes: tuple[int, ...]) -> list[str]:
    assert found is not None
    assert len(found) == sizes[0] or change.old != change.new
    rows = list(found)
    if len(at) == 1:
        assert tuple(rows[at[0] : at[0] + len(change.old)]) == change.old
        rows[at[0] : at[0] + len(change.old)] = change.new
        return rows
    head, _, inside = rows[at[0]].partition("{")
    rows[at[0]] = head + "{" + "".join(_with(rules(inside[:-1]), change, at[1:], sizes[1:])) + "}"
    return rows


def edits(old: str, new: str) -> list[tuple[str, str]]:
    """Return what is exchanged for what between two bodies; fails when it is a reload."""
    change = between(page(old), page(new))
    assert change.kind == "patch", change.why
    assert applied(page(old), change) == page(new)
    return [(edit.old, edit.new) for edit in change.edits]


def why_not(old: str, new: str) -> str:
    """Return why two bodies need a reload."""
    change = between(page(old), page(new))
    assert change.kind == "reload"
    return change.why


def test_a_page_that_did_not_change_is_the_same():
    assert between(page("<p>A</p>"), page("<p>A</p>")) == Change("same")


def test_a_text_is_exchanged_with_the_smallest_element_around_it():
    assert edits("<main><p>A <b>b</b></p><p>C</p></main>", "<main><p>A <b>c</b></p><p>C</p></main>") == [
        ("<b>b</b>", "<b>c</b>")
    ]
    assert edits("<main><p>A <b>b</b></p></main>", "<main><p>D <b>b</b></p></main>") == [
        ("<p>A <b>b</b></p>", "<p>D <b>b</b></p>")
    ]


def test_a_picture_is_exchanged_as_a_whole_and_what_is_around_it_stays():
    old = '<a href="/"><picture><source srcset="a.avif"><img src="a.jpg" alt=""></picture><span>A</span></a>'
    assert edits(old, old.replace("a.", "b.")) == [
        (old[12 : old.index("<span")], old[12 : old.index("<span")].replace("a.", "b."))
    ]


def test_a_drawing_is_exchanged_as_a_whole():
    old = '<p><svg viewBox="0 0 2 2"><use href="#i-a"/><g><path d="M0 0"/></g></svg></p>'
    assert edits(old, old.replace("M0 0", "M1 1")) == [(old[3:-4], old[3:-4].replace("M0 0", "M1 1"))]


def test_an_element_that_comes_or_goes_is_exchanged_with_its_list():
    assert edits("<ul><li>A</li><li>B</li></ul>", "<ul><li>A</li><li>C</li><li>B</li></ul>") == [
        ("<ul><li>A</li><li>B</li></ul>", "<ul><li>A</li><li>C</li><li>B</li></ul>")
    ]


def test_several_changes_are_made_at_once():
    assert len(edits("<p>A</p><div><p>B</p></div><p>C</p>", "<p>1</p><div><p>2</p></div><p>C</p>")) == 2


def test_the_title_and_what_machines_read_change_without_a_reload():
    head = '<title>{0}</title><meta name="description" content="{0}"><meta property="og:title" content="{0}">'
    head += '<link rel="canonical" href="https://lina.example/{0}"><script type="application/ld+json">"{0}"</script>'
    old, new = page("<p>A</p>", head.format("A")), page("<p>A</p>", head.format("B"))
    change = between(old, new)
    assert (change.kind, [edit.at for edit in change.edits]) == ("patch", [(0, n) for n in range(1, 6)])
    assert applied(old, change) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<meta name="viewport" content="a">', '<meta name="viewport" content="b">'),
        ('<meta http-equiv="Content-Security-Policy" content="a">', '<meta http-equiv="Content-Security-Policy" content="b">'),
        ('<link rel="icon" href="a">', '<link rel="icon" href="b">'),
        ("<title>A</title>", '<title>A</title><meta name="description" content="b">'),
        ("<title>A</title>", "<title>A</title><!-- b -->"),
        ('<script src="a.js"></script>', '<script src="b.js"></script>'),
        ('<script type="module">1</script>', '<script type="module">2</script>'),
    ],
)  # fmt: skip
def test_anything_else_in_the_head_is_a_reload(old, new):
    assert between(page("", old), page("", new)).kind == "reload"


def test_styles_change_by_their_rules():
    old = "@layer a{.a{color:red}.b{color:red}}@font-face{font-family:x;src:url(x.woff2)}.v1{--k:1}.v2{--k:2}"
    new = old.replace(".b{color:red}", ".b{color:blue}").replace(".v2{--k:2}", ".v2{--k:3}.v3{--k:1}")
    change = between(page("<p>A</p>", style=old), page("<p>A</p>", style=new))
    assert change.kind == "style"
    assert [(one.at, one.sizes, one.old, one.new) for one in change.styles[0].rules] == [
        ((3,), (4,), (".v2{--k:2}",), (".v2{--k:3}", ".v3{--k:1}")),
        ((0, 1), (4, 2), (".b{color:red}",), (".b{color:blue}",)),
    ]
    assert restyled(old, change.styles[0].rules) == new


def test_a_text_and_the_styles_that_follow_from_it_change_together():
    old, new = page("<h1>Lina</h1>", style=".v1{--k:2}"), page("<h1>Lina M.</h1>", style=".v1{--k:3}")
    change = between(old, new)
    assert (change.kind, len(change.edits), len(change.styles)) == ("patch", 1, 1)
    assert applied(old, change) == new


def test_a_linked_style_sheet_gets_another_address():
    head = '<link rel="stylesheet" href="assets/home.{}.css">'
    change = between(page("", head.format("1a2b3c4d")), page("", head.format("5e6f7a8b")))
    assert change.kind == "style"
    assert change.styles[0].href == ("assets/home.1a2b3c4d.css", "assets/home.5e6f7a8b.css")
    assert (
        between(page("", head.format("1")), page("", head.format("1").replace(">", ' media="print">'))).kind == "reload"
    )


@pytest.mark.parametrize("css", [".a{color:red", ".a}", ".a{b:'}", ".a{b:(}", ".a{}/*"])
def test_styles_with_a_mistake_are_a_reload(css):
    assert rules(css) is None
    assert between(page("", style=".a{}"), page("", style=css)).kind == "reload"


def test_a_sheet_is_taken_apart_where_browsers_do():
    sheet = "@layer a,b;/* } */ @media (x){.a{b:';}'}} .c::before{content:'\\'{'}.d{e:url( f;g} )}\n"
    assert rules(sheet) == ("@layer a,b;", "@media (x){.a{b:';}'}}", ".c::before{content:'\\'{'}", ".d{e:url( f;g} )}")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<form><p>A</p></form>", "<form><p>B</p></form>"),
        ('<form data-signup=""><label>A<input></label></form>', '<form data-signup=""><label>B<input></label></form>'),
        ("<main>A</main>", "<main><form></form></main>"),
        ("<main>A</main>", "<main><script>1</script></main>"),
        ("<main>A</main>", "<main><iframe></iframe></main>"),
        ("<main>A</main>", "<main><my-clock>A</my-clock></main>"),
        ("<H1-Clock><p>A</p></H1-Clock>", "<H1-Clock><p>B</p></H1-Clock>"),
        ("<my-clock><p>A</p></my-clock>", "<my-clock><p>B</p></my-clock>"),
        ("<main><p>A<input></p></main>", "<main><p>B<input><input></p></main>"),
        ("<main>A</main>B", "<main>A</main>C"),
        ("<p>A</p>", "<p>A</p><p>B</p>"),
        ("<noscript>A</noscript>", "<noscript>B</noscript>"),
    ],
)
def test_what_has_a_life_of_its_own_is_left_to_a_reload(old, new):
    assert why_not(old, new)


def script(name: str) -> str:
    return f'<script defer src="assets/{name}.1a2b3c4d.js"></script>'


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("timed", '<ul><li data-until="9"><b>A</b></li></ul>', '<ul><li data-until="10"><b>A</b></li></ul>'),
        ("timed", "<ul><li>A</li></ul>", '<ul><li>A</li><li data-since="1">B</li></ul>'),
        ("play", '<ul><li data-play="x/y"><a><h3>A</h3></a></li></ul>', '<ul><li data-play="x/y"><a><h3>B</h3></a></li></ul>'),
        ("play", '<div><p class="small note">A</p></div>', '<div><p class="small note">B</p></div>'),
        ("play", "<div><p>A</p></div>", "<div><p>A</p><p class=note>B</p></div>"),
        ("timed-play", "<ul><li>A</li></ul>", '<ul><li>A</li><li data-since="1">B</li></ul>'),
        ("timed-play", '<div><p class="small note">A</p></div>', '<div><p class="small note">B</p></div>'),
        ("clock", "<p>A</p>", "<p>B</p>"),
    ],
)  # fmt: skip
def test_what_a_script_of_the_page_holds_on_to_is_left_to_a_reload(name, old, new):
    assert why_not(old + script(name), new + script(name))
    if name != "clock":
        assert edits(old, new), "without the script there is nobody who would mind"


def test_beside_what_a_script_holds_on_to_things_change_freely():
    old = '<ul><li data-until="9">A</li><li><b>B</b></li></ul>' + script("timed") + script("play")
    assert edits(old, old.replace("B", "C")) == [("<b>B</b>", "<b>C</b>")]
    assert edits(old, old.replace("<li><b>", "<li>New</li><li><b>")), "the timed one stays as it is"
    inside = '<section data-until="9"><p>A</p></section>' + script("timed")
    assert edits(inside, inside.replace("A", "B")) == [("<p>A</p>", "<p>B</p>")]


def test_with_a_script_of_somebody_else_styles_and_the_title_still_change_in_place():
    old = page("<p>A</p><script>1</script>")
    assert between(old, old.replace("#111", "#222")).kind == "style"
    assert between(old, old.replace("<title>Lina", "<title>L.")).kind == "patch"
    assert between(old, old.replace("A", "B")).kind == "reload"


def test_too_many_changes_are_a_reload():
    def row(text: str, count: int) -> str:
        return "".join(f"<p>{n} {text}</p>" for n in range(count))

    assert len(edits(row("a", MOST), row("b", MOST))) == MOST
    assert why_not(row("a", MOST + 1), row("b", MOST + 1))


@pytest.mark.parametrize(
    "body",
    [
        "<p>A<div>B</div></p>",
        "<p><span><ul></ul></span></p>",
        "<a>A<b><a>B</a></b></a>",
        "<ul><li>A<li>B</ul>",
        "<b><p>A</b></p>",
        "<table><tr><td>A</td></tr></table>",
        "<table><tbody><tr><td>A</td></tr>B</tbody></table>",
        "<table><tbody><tr><td>A</td></tr><p>B</p></tbody></table>",
        "<h1>A<h2>B</h2></h1>",
        "<div/>A",
        "<svg><p>A</p></svg>",
        "<svg><desc><b/></desc></svg>",
        "<select><option>A</option></select>",
        "<dl><dt>A<dd>B</dd></dt></dl>",
        '<p a="b"c="d">A</p>',
        '<p a = "b">A</p>',
        "<p>A</p></div>",
        "<div>A",
        "<p>a <b</p>",
        "A<!--B",
        "<?php ?>",
        "<script><!--<script></script>",
        "</body><body>",
        "<div>" * 300 + "</div>" * 300,
    ],
)
def test_a_page_that_browsers_would_repair_is_a_reload(body):
    assert markup.elements(page(body)) is None
    assert why_not("<p>A</p>", body) and why_not(body, body + " ")


def test_every_page_that_linkhome_builds_can_be_read():
    pages = sorted(GOLDEN.glob("*/out/**/*.html"))
    assert len(pages) > 20
    for one in pages:
        html = one.read_text("utf-8")
        root = markup.elements(html)
        assert root is not None, one
        places = Places(html).found
        assert sorted((e.start, e.end) for e in root.all()) == sorted(places.values()), one


def test_a_long_page_is_compared_quickly():
    rows = "".join(f'<li><a class="row" href="/{n}"><b>Link {n}</b> <small>a note</small></a></li>' for n in range(500))
    style = "".join(f"@layer blocks{{.b{n}{{color:red}}}}" for n in range(200))
    old = page(f"<main><ul>{rows}</ul></main>", style=style)
    assert len(old) > 40_000
    times = []
    for n in range(20):
        new = old.replace("Link 300", f"Link 300, {n}")
        began = time.perf_counter()
        assert between(old, new).kind == "patch"
        times.append(time.perf_counter() - began)
    assert min(times) < 0.02, "it takes 3 ms where nothing else is done"


# Pages and edits at random.

TEXTS = st.sampled_from(["", "A", "Lina &amp; Co", "B\n", " x < y ", "<!-- c -->", "é"])
CLASSES = st.sampled_from(["", ' class="v1"', " class=note", ' data-until="9"', " title='a > b'", " hidden"])


def element(tag: str) -> Callable[[tuple[str, str, list[str]]], str]:
    return lambda parts: f"<{tag}{parts[0]}>{parts[1]}{''.join(parts[2])}</{tag}>"


def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inside = st.tuples(CLASSES, TEXTS, st.lists(inner, max_size=4))
    return st.one_of(*(inside.map(element(tag)) for tag in ("div", "section", "main", "details", "figure", "form")))


LEAVES = st.one_of(
    st.tuples(CLASSES, TEXTS, st.just([])).map(element("p")),
    st.tuples(CLASSES, TEXTS, st.just(["<b>x</b>", "<i>y</i>"])).map(element("h2")),
    st.sampled_from(["a", "b"]).map(lambda n: f'<picture><source srcset="{n}.avif"><img src="{n}.jpg" alt></picture>'),
    st.sampled_from(
        ["<svg><use href='#i'/></svg>", "<hr>", "<input>", "<ul><li>1</li><li>2</li></ul>", "<x-y>1</x-y>"]
    ),
    TEXTS,
)
BODIES = st.lists(st.recursive(LEAVES, wrapped, max_leaves=12), max_size=5).map("".join)
RULES = st.sampled_from(
    [".a{b:c}", ".v1{--k:1}", "@layer x,y;", "@media (x){.a{b:c}}", "@media (x){.a{b:d}.c{}}", "@layer x{}", "/* } */.d{e:';'}"]
)  # fmt: skip
SHEETS = st.lists(RULES, max_size=8).map("".join)
TAG_OR_TEXT = re.compile(r"<[^>]*>|[^<]+")


@st.composite
def versions(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a page and a later version of it: a text, a tag or a piece of it was exchanged, doubled or taken away."""
    body = draw(BODIES)
    other = body
    for _ in range(draw(st.integers(0, 3))):
        pieces = TAG_OR_TEXT.findall(other) or [""]
        at = draw(st.integers(0, len(pieces) - 1))
        pieces[at] = draw(
            st.one_of(
                TEXTS, LEAVES, st.just(pieces[at] * 2), st.just(""), CLASSES.map(pieces[at].replace(">", ">").__add__)
            )
        )
        other = "".join(pieces)
    style = draw(SHEETS)
    scripts = draw(st.sampled_from(["", script("timed"), script("play") + script("timed"), script("own")]))
    new_style = draw(st.one_of(st.just(style), SHEETS))
    title = draw(st.sampled_from(["Lina", "Lina M."]))
    return page(f"<div>{body}</div>{scripts}", style=style), page(
        f"<div>{other}</div>{scripts}", f"<title>{title}</title>", new_style
    )


@settings(max_examples=400)
@given(versions())
def test_a_change_makes_exactly_the_new_page_or_is_a_reload(pair):
    old, new = pair
    change = between(old, new)
    event(change.kind)
    if change.kind == "same":
        assert old == new
    elif change.kind != "reload":
        assert bare(applied(old, change)) == bare(new)
        assert old != new


def bare(html: str) -> str:
    """Return a page whose style sheet is written rule by rule: comments in it are nobody's business."""
    start, end = html.index("<style>") + 7, html.index("</style>")
    return html[:start] + plain(html[start:end]) + html[end:]


def plain(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


@given(SHEETS, SHEETS)
def test_rules_are_exchanged_until_the_sheet_is_the_new_one(old, new):
    found = differences(old, new)
    assert found is not None
    assert plain(restyled(old, found)) == plain(new)


@given(
    st.lists(
        st.sampled_from([".a{", "}", "b:c", ";", "(", ")", "'}'", '"', "/*", "*/", "\\}", "@x y", "\n"]), max_size=9
    ).map("".join)
)
def test_whatever_a_sheet_holds_its_rules_are_all_of_it_or_it_is_given_up(css):
    found = rules(css)
    event(str(found is None))
    if found is not None:
        assert squeezed("".join(found)) == squeezed(css)


def squeezed(css: str) -> str:
    return re.sub(r"[\s;]", "", plain(css))


def test_a_policy_that_names_other_styles_is_no_reason_to_load_the_page_anew():
    head = "<meta http-equiv=\"Content-Security-Policy\" content=\"{}default-src 'self'; style-src 'self' 'sha256-{}'\"><style>{}</style>"

    def whole(css: str, mark: str, frames: str = "") -> str:
        return page("<p>A</p>").replace("</head>", f"{head.format(frames, mark, css)}</head>")

    assert between(whole("a{b:1}", "x"), whole("a{b:2}", "y")).kind == "style"
    assert between(whole("a{b:1}", "x"), whole("a{b:1}", "x", "frame-src https://t.me; ")).kind == "reload"
