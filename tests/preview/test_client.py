"""The script of the preview in a real Chromium: what it changes in place, when it reloads, what it shows, whom it asks."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from driver import Tab

from linkhome.diagnostics import Diagnostic, Span, error, warning
from linkhome.preview import markup
from linkhome.preview.server import Server, open_door
from linkhome.preview.stage import Shown, Stage
from linkhome.preview.telling import Telling
from linkhome.project import Project
from linkhome.snapshot import Artifact

GIF = "47494638396101000100800000%sffffff2c00000000010001000002024401003b"
STYLE = """@layer tokens,page;@layer tokens{:root{--ink:rgb(1, 2, 3)}}@font-face{font-family:own;src:url("/font.woff2")}
@layer page{body{color:var(--ink);font-family:own,sans-serif}.tall{height:5000px}}.v1{--k:1}"""
TAKEN = error("there is no key 'colour'", Span("linkhome.yaml", 11, 3, 6), "did you mean 'color'?", "  colour: red")


class Studio:
    """Stand in for the studio, which no test here visits."""

    def answer(self, *_: object) -> None:
        return None

    def settings(self, *_: object) -> tuple[int, str, bytes]:
        return 404, "text/plain", b""


def picture(colour: str) -> bytes:
    """Return a picture of one dot."""
    return bytes.fromhex(GIF % colour)


def page(body: str = "<main><p>First</p></main>", style: str = STYLE, head: str = "", title: str = "Lina") -> str:
    """Return a page as linkhome writes one, with its policy about scripts."""
    policy = "frame-src 'none'; script-src 'self'"
    return (
        f'<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<title>{title}</title><style>{style}</style>{head}</head><body class="home">{body}</body></html>'
    )


class House:
    """A preview whose stage the test fills, and its server."""

    def __init__(self, root: Path, port: int = 8700) -> None:
        self.root = root
        self.files: dict[str, Artifact] = {}
        #: Where the editor opens a place.
        self.edit = ""
        self.open(port)

    def open(self, port: int, strict: bool = False) -> None:
        """Begin to serve, with a stage that remembers nothing."""
        self.stage = Stage()
        listening = open_door(port, strict)
        self.port = listening.door.port
        telling = Telling(self.stage, lambda _: self.edit)
        self.server = Server(listening, self.stage, telling, Studio(), Project(self.root))
        if self.files:
            self.show()
        self.server.start()

    @property
    def url(self) -> str:
        """Return where the home page is."""
        return f"http://127.0.0.1:{self.port}/"

    def show(self, *found: Diagnostic, broken: bool = False) -> int:
        """Show the pages as they are; return the number under which."""
        self.stage.show(Shown(files=dict(self.files), diagnostics=found, broken=broken))
        return self.stage.shown.number

    def put(self, text: str | bytes | None, path: str = "index.html", show: bool = True) -> None:
        """Change a file, or take it away."""
        if text is None:
            del self.files[path]
        else:
            self.files[path] = Artifact.of(text.encode() if isinstance(text, str) else text)
        if show:
            self.show()


@pytest.fixture(scope="module")
def shared_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Serve once for all tests."""
    house = House(tmp_path_factory.mktemp("house"))
    yield house
    house.server.close()


@pytest.fixture
def house(shared_house: House) -> House:
    """Give the server with nothing but a home page and what it needs."""
    shared_house.files.clear()
    shared_house.edit = "vscode://file/my-site/linkhome.yaml:11:3"
    shared_house.put(b"no font", "font.woff2", show=False)
    shared_house.put(picture("000000"), "favicon.ico", show=False)
    shared_house.put(page("<main><p>Not here</p></main>"), "404.html", show=False)
    shared_house.put(page())
    return shared_house


@pytest.fixture
def seen(house: House, tab: Tab) -> Callable[..., Tab]:
    """Give the way to look at a page: ``seen("<p>…</p>")``; the tab is returned as soon as it listens."""

    def look(body: str = "<main><p>First</p></main>", path: str = "index.html", **more: str) -> Tab:
        house.put(page(body, **more), path)
        tab.go(house.url + path.removesuffix("index.html"))
        listening(tab)
        tab.evaluate("window.mark = 'the same document'")
        return tab

    return look


def listening(tab: Tab) -> None:
    """Wait until the page was told something."""
    tab.until("document.querySelector('linkhome-preview')?.state")


def up_to_date(tab: Tab, house: House) -> None:
    """Wait until the page heard what is on the stage now."""
    tab.until(f"document.querySelector('linkhome-preview')?.state?.number === {house.stage.shown.number}")


def was_reloaded(tab: Tab) -> bool:
    """Tell whether the page is another document than the one that was looked at."""
    return tab.evaluate("window.mark !== 'the same document'")


#: Compare the page with a fresh parse of its new text; the sheet by its rules, and without what the preview adds.
EQUAL = """(() => {
  const now = document.documentElement.cloneNode(true);
  const wanted = new DOMParser().parseFromString(%s, 'text/html').documentElement;
  now.querySelector('linkhome-preview').remove();
  now.querySelector('script[data-have]').remove();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(wanted.querySelector('style').textContent);
  const rules = (all) => [...all].map((one) => one.cssText).join('\\n');
  const styles = rules(document.styleSheets[0].cssRules) === rules(sheet.cssRules);
  for (const one of [now, wanted]) one.querySelector('style').textContent = '';
  return styles && now.isEqualNode(wanted) ? 'equal' : now.outerHTML;
})()"""


def equals(tab: Tab, html: str) -> None:
    """See that the page is exactly as if it had just been loaded."""
    tab.until(f"({EQUAL % json.dumps(html)}) === 'equal'")


def shadow(what: str) -> str:
    """Return the expression for an element of what the preview shows."""
    return f"document.querySelector('linkhome-preview').shadowRoot.querySelector({json.dumps(what)})"


def test_a_text_changes_in_place(house, seen):
    tab = seen("<main><p>First <b>one</b></p><p>Other</p></main>")
    tab.evaluate("window.other = document.querySelectorAll('p')[1]")
    new = page("<main><p>First <b>two</b></p><p>Other</p></main>", title="Lina M.")
    house.put(new)
    tab.shows("First two")
    assert not was_reloaded(tab)
    assert tab.evaluate("document.title") == "Lina M."
    assert tab.evaluate("other === document.querySelectorAll('p')[1]")
    equals(tab, new)


def test_one_change_after_the_other_is_made_in_place(house, seen):
    tab = seen()
    for number in range(20):
        house.put(page(f"<main><p>Number {number}</p></main>"))
    tab.shows("Number 19")
    assert not was_reloaded(tab)


def test_a_new_link_joins_its_list_and_the_others_stay(house, seen):
    items = '<li><a href="/a"><img src="a.gif" alt="">A</a></li>\n<li><a href="/b">B</a></li>'
    house.put(picture("102030"), "a.gif")
    tab = seen(f"<main><ul>{items}</ul></main>")
    tab.evaluate("window.first = document.querySelector('li'), window.last = document.querySelector('li:last-child')")
    more = items.replace("</li>\n", '</li>\n<li><a href="/new">New</a></li>\n')
    new = page(f"<main><ul>{more}</ul></main>")
    house.put(new)
    tab.shows("New")
    assert tab.evaluate("first === document.querySelector('li') && last === document.querySelector('li:last-child')")
    assert not was_reloaded(tab)
    equals(tab, new)


def test_a_picture_changes_in_its_element_and_never_leaves_a_gap(house, seen):
    body = '<main><picture><source srcset="{0}.gif 1x"><img src="{0}.gif" width="9" height="9" alt=""></picture></main>'
    house.put(picture("ff0000"), "a.1a2b3c4d.gif", show=False)
    house.put(picture("0000ff"), "b.1a2b3c4d.gif", show=False)
    tab = seen(body.format("a.1a2b3c4d"))
    tab.drawn("img", (255, 0, 0))
    tab.evaluate("window.old = document.querySelector('img')")
    house.put(page(body.format("b.1a2b3c4d")))
    tab.until("document.querySelector('img').currentSrc.endsWith('b.1a2b3c4d.gif')")
    tab.drawn("img", (0, 0, 255))
    assert tab.evaluate("old === document.querySelector('img')")
    assert not was_reloaded(tab)


def test_styles_change_by_their_rules_and_no_typeface_is_fetched_again(house, seen):
    tab = seen()
    tab.until("performance.getEntriesByName(new URL('/font.woff2', location).href).length === 1")
    new = page(style=STYLE.replace("1, 2, 3", "4, 5, 6").replace(".v1{--k:1}", ".v1{--k:2}.v2{--k:3}"))
    house.put(new)
    tab.styled("main", "color", "rgb(4, 5, 6)")
    equals(tab, new)
    house.put(page(style=STYLE))
    tab.styled("main", "color", "rgb(1, 2, 3)")
    equals(tab, page(style=STYLE))
    assert not was_reloaded(tab)
    assert tab.evaluate("performance.getEntriesByName(new URL('/font.woff2', location).href).length") == 1


def test_a_linked_style_sheet_is_there_before_the_old_one_goes(house, seen):
    house.put("p{color:rgb(1, 1, 1)}", "assets/a.1a2b3c4d.css", show=False)
    house.put("p{color:rgb(2, 2, 2)}", "assets/b.1a2b3c4d.css", show=False)
    link = '<link rel="stylesheet" href="assets/{}.1a2b3c4d.css">'
    tab = seen(head=link.format("a"))
    tab.styled("p", "color", "rgb(1, 1, 1)")
    tab.evaluate("""
        window.bare = 0;
        new MutationObserver(() => { window.bare += getComputedStyle(document.querySelector('p')).color === 'rgb(0, 0, 0)' })
          .observe(document.head, { childList: true });
        0
    """)
    house.put(page(head=link.format("b")))
    tab.styled("p", "color", "rgb(2, 2, 2)")
    assert tab.evaluate("document.querySelectorAll('link').length") == 1
    assert tab.evaluate("bare") == 0
    assert not was_reloaded(tab)


def test_what_a_script_changed_is_never_touched_but_loaded_anew(house, seen):
    tab = seen("<main><p>First</p></main>")
    tab.evaluate("document.querySelector('p').append('!')")
    new = page("<main><p>Second</p></main>")
    house.put(new)
    tab.shows("Second")
    assert was_reloaded(tab)
    equals(tab, new)


def test_rules_that_this_browser_does_not_have_are_loaded_anew(house, seen):
    style = STYLE + "@unheard-of x{a{b:c}}.v2{--k:1}"
    tab = seen(style=style)
    house.put(page(style=style.replace("1, 2, 3", "7, 8, 9")))
    tab.styled("main", "color", "rgb(7, 8, 9)")
    assert was_reloaded(tab)


def test_a_reload_keeps_the_place_and_which_groups_are_open(house, seen):
    groups = "".join(f"<details><summary>{name}</summary><p class='tall'>{name}</p></details>" for name in "ABC")
    tab = seen(f"<main>{groups}</main>")
    tab.evaluate("document.querySelectorAll('summary')[1].click()")
    tab.evaluate("scrollTo({ top: 3210, behavior: 'instant' })")
    tab.until("scrollY === 3210")
    house.put(page(f"<main><details open><summary>New</summary><p>New</p></details>{groups}<form></form></main>"))
    tab.until("document.querySelectorAll('details').length === 4 && document.readyState === 'complete'")
    assert was_reloaded(tab)
    assert tab.evaluate("[...document.querySelectorAll('details')].map((one) => one.open)") == [
        True,
        False,
        True,
        False,
    ]
    assert tab.evaluate("scrollY") == 3210


def test_an_error_is_shown_with_its_caret_over_the_last_good_page_and_is_gone_when_repaired(house, seen):
    tab = seen("<main><a href='/'>First</a></main>")
    tab.evaluate("document.querySelector('a').focus()")
    house.show(TAKEN, error("nothing works"), broken=True)
    said = tab.overlay("there is no key 'colour'")
    assert (
        "2 errors" in said
        and "linkhome.yaml:11:3" in said
        and "did you mean 'color'?" in said
        and "nothing works" in said
    )
    assert tab.evaluate(shadow("pre") + ".textContent") == "   11 |   colour: red\n      |   ^^^^^^\n"
    assert tab.evaluate(shadow("a.place") + ".href") == "vscode://file/my-site/linkhome.yaml:11:3"
    assert tab.text == "First", "the page behind it is the last good one"
    house.show(TAKEN, broken=True)
    tab.overlay("1 error")
    assert "nothing works" not in tab.overlay("colour")
    house.show()
    tab.no_overlay()
    assert tab.evaluate("document.activeElement.textContent") == "First", "the focus is where it was"
    assert not was_reloaded(tab)


def test_an_error_is_text_whatever_it_holds(house, seen):
    tab = seen()
    bad = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    house.show(error(bad, Span(f"{bad}.yaml", 1, 1, 3), bad, bad), broken=True)
    said = tab.overlay("1 error")
    assert said.count(bad) == 4
    assert tab.evaluate(shadow("img, script") + " === null")


def test_only_addresses_of_editors_become_links(house, seen):
    tab = seen()
    for edit in ("javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil.example", "https://evil.example", ""):  # fmt: skip
        house.edit = edit
        house.show(TAKEN, broken=True)
        up_to_date(tab, house)
        assert tab.evaluate(shadow(".place") + ".localName") == "span", edit
    house.edit = "zed://file/my-site/linkhome.yaml:11:3"
    house.show(TAKEN, broken=True)
    tab.until(shadow(".place") + ".localName === 'a'")


def test_escape_closes_the_error_until_the_next_change(house, seen):
    tab = seen()
    house.show(TAKEN, broken=True)
    tab.overlay("1 error")
    tab.press("Escape")
    tab.no_overlay()
    tab.go(house.url)
    listening(tab)
    tab.no_overlay()
    tab.click("button", "1 error")
    tab.overlay("colour")
    tab.click("button", "Close")
    tab.no_overlay()
    house.show(TAKEN, broken=True)
    tab.overlay("1 error")
    house.show()
    tab.no_overlay()


def test_warnings_are_counted_quietly_and_opened_on_a_click(house, seen):
    tab = seen()
    house.show(warning("no alt", Span("linkhome.yaml", 3, 5, 4), "", "    image: a.jpg"), warning("more"))
    tab.until(shadow(".many") + ".textContent === '2 warnings'")
    tab.no_overlay()
    tab.click("button", "2 warnings")
    assert "no alt" in tab.overlay("more")
    house.show(warning("more"))
    assert "no alt" not in tab.overlay("1 warning")
    house.show()
    tab.no_overlay()
    assert tab.evaluate(shadow(".many") + ".hidden")


def test_the_way_to_the_studio_can_be_put_away_for_as_long_as_the_tab_is_open(house, seen):
    tab = seen("<main><p>First</p></main>", path="posts/x/index.html")
    assert tab.evaluate(shadow(".studio") + ".getAttribute('href')") == "/.linkhome/?page=posts%2Fx%2Findex.html"
    tab.click("button", "Hide until this tab is closed")
    tab.until(shadow("aside") + ".hidden")
    tab.go(house.url)
    listening(tab)
    assert tab.evaluate(shadow("aside") + ".hidden")
    house.show(warning("more"))
    tab.until(f"!{shadow('aside')}.hidden && {shadow('.studio')}.hidden")
    tab.evaluate("sessionStorage.clear()")


def test_in_a_frame_nothing_lies_in_the_corner(house, seen):
    house.put(page("<main><iframe src='framed.html'></iframe></main>").replace("frame-src 'none'; ", ""), show=False)
    house.put(page("<main><p>Framed</p></main>"), "framed.html")
    tab = seen(body="<main><p>First</p></main>", path="other.html")
    tab.go(house.url)
    frame = "document.querySelector('iframe').contentDocument.querySelector('linkhome-preview')"
    tab.until(f"{frame}?.state")
    assert tab.evaluate(f"{frame}.shadowRoot.querySelector('aside').hidden")
    house.show(TAKEN, broken=True)
    tab.until(f"{frame}.shadowRoot.querySelector('dialog').open")


def test_the_page_gets_one_element_more_and_asks_nobody_else(house, seen):
    tab = seen()
    house.show(TAKEN, broken=True)
    tab.overlay("1 error")
    assert tab.evaluate("[...document.documentElement.children].map((one) => one.localName)") == [
        "head", "body", "linkhome-preview"]  # fmt: skip
    assert tab.evaluate("document.body.lastElementChild.localName") == "script"
    assert tab.evaluate("Object.keys(window).filter((one) => /linkhome|^have$/i.test(one))") == []
    hosts = tab.evaluate("performance.getEntries().map((one) => one.name).filter((one) => /^\\w+:/.test(one)).map((one) => new URL(one).host)")  # fmt: skip
    assert set(hosts) == {f"127.0.0.1:{house.port}"}


def test_a_page_that_is_gone_comes_back(house, seen):
    tab = seen("<main><p>Here</p></main>", path="posts/x/index.html")
    house.put(None, "posts/x/index.html")
    tab.shows("Not here")
    house.put(page("<main><p>Here again</p></main>"), "posts/x/index.html")
    tab.shows("Here again")
    assert tab.told().errors == ["Failed to load resource: the server responded with a status of 404 (Not Found)"]


def test_the_page_of_a_site_that_has_none_yet_comes_by_itself(house, tab):
    house.files.clear()
    house.show()
    tab.go(house.url)
    listening(tab)
    loads = tab.told().loads
    house.show(TAKEN, broken=True)
    tab.overlay("1 error")
    assert tab.told().loads == loads
    house.put(page("<main><p>At last</p></main>"))
    tab.shows("At last")
    tab.no_overlay()
    tab.told()


def test_a_hidden_tab_holds_no_stream_and_catches_up_when_it_is_seen(house, seen, open_tab):
    tab = seen()
    assert tab.told().streams == 1
    other = open_tab(house.url)
    listening(other)
    tab.until("document.hidden")
    assert (tab.told().streams, other.told().streams) == (0, 1)
    house.put(page("<main><p>Second</p></main>"))
    other.shows("Second")
    assert "First" in tab.text
    tab.show()
    tab.shows("Second")
    assert not was_reloaded(tab), "it is told from where it was"
    assert (tab.told().streams, other.told().streams) == (1, 0)


def test_visible_tabs_share_one_stream_whoever_comes_or_goes(house, seen, open_tab):
    house.put(page("<main><p>Another</p></main>"), "other/index.html")
    tab = seen()
    other = open_tab(house.url + "other/", window=True)
    third = open_tab(house.url, window=True)
    for one in (other, third):
        listening(one)
        one.evaluate("window.mark = 'the same document'")
    tab.until("!document.hidden")
    house.put(page("<main><p>Second</p></main>"), show=False)
    house.put(page("<main><p>Changed</p></main>"), "other/index.html")
    tab.shows("Second")
    third.shows("Second")
    other.shows("Changed")
    assert [one.told().streams for one in (tab, other, third)].count(1) == 1
    assert house.stage.open_pages() == {"index.html", "other/index.html"}
    tab.go("about:blank")
    house.put(page("<main><p>Third</p></main>"), show=False)
    house.put(page("<main><p>Changed again</p></main>"), "other/index.html")
    third.shows("Third")
    other.shows("Changed again")
    house.show(TAKEN, broken=True)
    for one in (other, third):
        one.overlay("1 error")
    assert not was_reloaded(other) and not was_reloaded(third)


def test_when_the_preview_is_started_anew_the_page_finds_it_and_catches_up(house, seen):
    tab = seen()
    house.server.close()
    tab.until(f"!{shadow('.lost')}.hidden")
    house.open(house.port, strict=True)
    tab.until(f"{shadow('.lost')}.hidden")
    up_to_date(tab, house)
    assert not was_reloaded(tab), "nothing changed meanwhile"
    house.put(page("<main><p>Second</p></main>"))
    tab.shows("Second")
    assert not was_reloaded(tab), "what is served at the same address is known to both"
    house.server.close()
    house.put(page("<main><p>Third</p></main>"), show=False)
    house.open(house.port, strict=True)
    tab.shows("Third")
    tab.told()


def test_a_view_is_loaded_anew_with_every_change(house, seen):
    tab = seen()
    tab.go(f"{house.url}.linkhome/as/dark/")
    listening(tab)
    tab.evaluate("window.mark = 'the same document'")
    house.put(page("<main><p>Second</p></main>"))
    tab.shows("Second")
    assert was_reloaded(tab)


def test_after_any_row_of_edits_the_page_is_as_if_just_loaded(house, seen):
    chance = random.Random(6)
    body = """<a class="skip" href="#main">Skip</a><svg class="defs"><symbol id="i-a" viewBox="0 0 2 2"><path d="M0 0"/></symbol></svg>
<main id="main"><section class="b v1"><h2>One &amp; two</h2><p>A <b>bold</b> and <a href="/x">linked</a> text.<br>More.</p>
<ul class="rows">\n<li><a class="row" href="/1"><b>Link 1</b> <small>note</small></a></li>\n<li><a class="row" href="/2"><b>Link 2</b></a></li>\n</ul></section>
<figure><picture><source srcset="a.1a2b3c4d.gif"><img src="a.1a2b3c4d.gif" alt="A &quot;dot&quot;"></picture><figcaption>Six</figcaption></figure>
<details><summary>Why?</summary><div class="prose"><p>So.</p><pre>\n  a\n b</pre></div></details>
<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table><!-- end --><hr></main>"""
    pieces = ["<p>New</p>", "text &lt; more", "<b>x</b>", "<li>Y</li>", "<svg viewBox='0 0 1 1'><use href='#i-a'/></svg>", " ", "é\n", "<!-- c -->",
              '<picture><img src="b.1a2b3c4d.gif" alt></picture>', "<video src='v.mp4'></video>", "<tr><td>2</td></tr>", "<p>a<div>b</div></p>", "<textarea>t</textarea>"]  # fmt: skip
    for name in "ab":
        house.put(picture("102030"), f"{name}.1a2b3c4d.gif", show=False)
    house.put(b"no film", "v.mp4", show=False)
    tab = seen(body)
    kinds: dict[bool, int] = {True: 0, False: 0}
    style = STYLE
    for _ in range(70):
        parts = re.findall(r"<[^>]*>|[^<]+", body)
        at = chance.randrange(len(parts))
        if parts[at].startswith("<"):
            parts[at] = chance.choice([parts[at] + chance.choice(pieces), parts[at].replace('class="', 'class="w ')])
        else:
            parts[at] = chance.choice([parts[at] + "!", chance.choice(pieces), "", parts[at][::-1]])
        if chance.random() < 0.3:
            style = STYLE + "".join(f".v{n}{{--k:{chance.randrange(3)}}}" for n in range(chance.randrange(4)))
        candidate = page("".join(parts), style)
        house.put(candidate)
        up_to_date(tab, house)
        equals(tab, candidate)
        kinds[was_reloaded(tab)] += 1
        tab.evaluate("window.mark = 'the same document'")
        if markup.elements(candidate):  # else everything after it would be a reload
            body = "".join(parts)
    tab.told()
    assert kinds[False] > 20 and kinds[True] > 5, "both ways were gone"
