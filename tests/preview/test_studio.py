"""The studio: what it answers, what it refuses, and what a creator does on it in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from at_the_door import Telling
from driver import REPOSITORY, Browser, Tab
from hypothesis import given
from hypothesis import strategies as st
from previewed import Preview, post
from site_folder import SiteFolder

from linkhome.config.load import read_site
from linkhome.preview.coming import coming
from linkhome.preview.leaves import Leaves
from linkhome.preview.stage import Shown, Stage
from linkhome.preview.studio import FILES, Studio
from linkhome.preview.wishes import wished
from linkhome.project import Project
from linkhome.snapshot import Artifact
from linkhome.viewing import Settings

YAML = """\
url: https://lina.example
language: [en, de]
timezone: Europe/Zurich
profile: {name: Lina Marlow, tagline: {en: Illustrator, de: Illustratorin}}
brand: {fonts: system, share: none}
socials: [https://www.instagram.com/lina.example, https://www.threads.net/@lina.example]
newsletter: {action: https://lists.example/lina}
home:
  - link: https://shop.example/new
    title: New prints
    from: 2090-03-01 18:00
    until: 2090-04-01
  - link: https://www.instagram.com/p/abc
    title: On Instagram
  - link: https://shop.example/old
    title: Old prints
    until: 2001-01-01
  - text: "It is *drawn* by hand."
  - events:
      - {title: Print fair, date: 2091-05-06 11:00}
"""
PAGES = {
    "index.html": '<html lang="en"><title>Lina Marlow</title>',
    "de/index.html": '<html lang="de"><title>Lina Marlow</title>',
    "404.html": '<html lang="en"><title>Nothing here – Lina Marlow</title>',
    "imprint/index.html": '<html lang="en"><title>Imprint &amp; more – Lina Marlow</title>',
    "posts/index.html": '<html lang="en"><title>Posts</title>',
    "posts/zagreb/index.html": '<html lang="en"><title>Zagreb</title>',
    "de/posts/zagreb/index.html": '<html lang="de"><title>Zagreb auf Deutsch</title>',
    "odd.html": "no page at all",
    "media/x.txt": "text",
}
SHOWN = Shown(files={name: Artifact.of(text.encode()) for name, text in PAGES.items()}, languages=("en", "de"))


@pytest.fixture
def folder(site: Callable[..., SiteFolder]) -> SiteFolder:
    return site({"linkhome.yaml": YAML, "posts/zagreb.md": post("Zagreb", "Drawn on slow trains.")})


@pytest.fixture
def studio(folder: SiteFolder) -> Studio:
    return Studio(Project(folder.root), Stage(), Telling(), "my://open{file}:{line}")


def asked(studio: Studio, path: str, *query: tuple[str, str], shown: Shown = SHOWN) -> Any:
    answer = studio.answer(path, query, shown, studio.stage)
    assert answer and answer[:2] == (200, "application/json; charset=utf-8")
    return json.loads(answer[2])


# ---------------------------------------------------------------- its own files


@pytest.mark.parametrize("name", FILES)
def test_its_files_are_there(studio, name):
    answer = studio.answer(name, (), SHOWN, studio.stage)
    assert answer and answer[0] == 200 and len(answer[2]) > 500
    assert b"{token}" not in answer[2]


def test_its_page_holds_the_token_and_lets_nothing_else_in(studio):
    page = studio.answer("", (), SHOWN, studio.stage)[2].decode()
    assert f'content="{studio.stage.token}"' in page
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in page
    assert "<script>" not in page and " style=" not in page and " onclick=" not in page


@pytest.mark.parametrize("path", ["studio.py", "../stage.py", "studio", "settings", "events", "where/", "STATE"])
def test_there_is_nothing_else(studio, path):
    assert studio.answer(path, (), SHOWN, studio.stage) is None


# ---------------------------------------------------------------- how things stand


def test_it_tells_how_the_asked_page_stands(studio):
    told = asked(studio, "state", ("page", "index.html"), ("have", "abc"), ("page", "posts/index.html"))
    assert {page: change["kind"] for page, change in told["state"]["changes"].items()} == {
        "index.html": "reload",
        "posts/index.html": "reload",
    }
    assert told["base"] == "/"
    assert told["languages"] == ["en", "de"]
    assert told["shown"] == told["wanted"] == {"at": None, "outages": [], "drafts": False, "local": ""}


def test_it_offers_the_platforms_of_the_site_and_what_comes_and_goes(studio):
    offered = asked(studio, "state")["coming"]
    assert offered["zone"] == "Europe/Zurich"
    assert [(one["slug"], one["owner"], one["links"]) for one in offered["platforms"]] == [
        ("instagram", "Meta", 2),
        ("threads", "Meta", 1),
    ]
    assert [(one["local"], one["what"], one["how"]) for one in offered["changes"]] == [
        ("2090-03-01T18:00", "New prints", "comes"),
        ("2090-04-02T00:00", "New prints", "goes"),
        ("2091-05-06T11:00", "Print fair", "goes"),
    ]


def test_a_planned_outage_is_among_what_comes(studio, folder):
    folder.write("outage.yaml", "outages:\n  - {platform: instagram, since: 2088-01-01 10:00}\n")
    assert asked(studio, "state")["coming"]["changes"][0]["what"] == "instagram"


def test_while_the_file_has_mistakes_it_offers_what_it_knew(studio, folder):
    before = asked(studio, "state")["coming"]
    folder.write("linkhome.yaml", "profile: [\n")
    assert asked(studio, "state")["coming"] == before
    (folder.root / "linkhome.yaml").unlink()
    assert asked(studio, "state")["coming"] == before


def test_without_any_good_file_it_offers_nothing_and_still_answers(site):
    studio = Studio(Project(site({"linkhome.yaml": ": ["}).root), Stage(), Telling())
    assert asked(studio, "state")["coming"] == {"zone": "UTC", "platforms": [], "changes": []}


def test_the_next_changes_come_first_and_not_too_many():
    links = "".join(f"  - {{link: https://x.example/{day}, from: 2090-01-{day:02}}}\n" for day in range(1, 30))
    config = read_site(f"profile: {{name: Lina}}\nhome:\n{links}".encode(), "linkhome.yaml")[0]
    found = coming(config, (), 0.0).changes
    assert [one.local[:10] for one in found] == [f"2090-01-{day:02}" for day in range(1, 13)]
    assert found[0].what == "x.example"


# ---------------------------------------------------------------- which pages


def test_pages_are_listed_by_kind_and_language(studio):
    told = asked(studio, "state", ("find", ""))
    assert [(one["path"], one["kind"], one["language"]) for one in told["pages"]] == [
        ("index.html", "home", "en"),
        ("de/index.html", "home", "de"),
        ("imprint/index.html", "page", "en"),
        ("odd.html", "page", ""),
        ("posts/index.html", "posts", "en"),
        ("posts/zagreb/index.html", "post", "en"),
        ("de/posts/zagreb/index.html", "post", "de"),
        ("404.html", "missing", "en"),
    ]
    assert told["count"] == 8


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("zagreb", ["Zagreb", "Zagreb auf Deutsch"]),
        ("ZAGREB de/", ["Zagreb auf Deutsch"]),
        ("imprint more", ["Imprint & more – Lina Marlow"]),
        ("nowhere", []),
    ],
)
def test_a_page_is_found_by_words_of_its_title_and_address(studio, words, titles):
    assert [one["title"] for one in asked(studio, "state", ("find", words))["pages"]] == titles


def test_a_page_that_changed_has_its_new_title_at_once():
    leaves = Leaves()
    for title in ("Old", "New"):
        files = {"index.html": Artifact.of(f"<title>{title}</title>".encode())}
        assert leaves.find(files, (), "", 9)[0][0].title == title


# ---------------------------------------------------------------- where something was written


def test_a_place_comes_with_its_line_and_the_way_to_the_editor(studio):
    found = asked(studio, "where", ("page", "posts/zagreb/index.html"), ("text", "Drawn on slow trains."))
    assert found["place"] == "posts/zagreb.md:6:1"
    assert found["source"] == "Drawn on slow trains."
    assert found["edit"] == f"my://open{studio.project.root}/posts/zagreb.md:6"


def test_below_a_path_addresses_are_understood_as_well(studio):
    shown = Shown(files=SHOWN.files, languages=("en", "de"), base="/lina/")
    found = asked(studio, "where", ("page", "index.html"), ("href", "/lina/posts/zagreb/"), shown=shown)
    assert found["file"] == "posts/zagreb.md"


def test_without_a_site_nobody_can_tell(site):
    studio = Studio(Project(site({}).root), Stage(), Telling())
    assert asked(studio, "where", ("page", "index.html"), ("text", "Lina")) == {}


# ---------------------------------------------------------------- settings


def test_settings_are_taken_and_those_that_are_not_named_stay(studio):
    heard = []
    studio.stage.on_settings = lambda: heard.append(studio.stage.wanted)
    assert studio.settings(b'{"at": "2090-03-01T18:00", "drafts": true}', studio.stage)[0] == 200
    status, _, body = studio.settings(b'{"outages": ["Instagram", "threads", "instagram"]}', studio.stage)
    at = 3792070800.0  # 17:00 of the world's time
    assert (status, studio.stage.wanted) == (200, Settings(at=at, outages=("instagram", "threads"), drafts=True))
    assert json.loads(body)["wanted"]["local"] == "2090-03-01T18:00"
    assert len(heard) == 2
    studio.settings(b'{"at": null, "outages": [], "drafts": false}', studio.stage)
    assert studio.stage.wanted == Settings()


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-12-01T18:00", 1796144400.0),
        ("2026-07-01T18:00", 1782921600.0),
        ("2026-12-01T18:00Z", 1796148000.0),
        ("2026-12-01", 1796079600.0),
    ],
)
def test_times_are_those_of_the_site(text, at):
    assert wished(json.dumps({"at": text}).encode(), Settings(), "Europe/Zurich").at == at


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "these are no settings"),
        (b"\xff", "these are no settings"),
        (b"[]", "these are no settings"),
        (b'{"at": 5}', "these are no settings"),
        (b'{"drafts": "yes"}', "these are no settings"),
        (b'{"more": 1}', "these are no settings"),
        (b'{"at": "tomorrow"}', "'tomorrow' is no time that there is"),
        (b'{"at": "2026-02-30T10:00"}', "'2026-02-30T10:00' is no time that there is"),
        (b'{"at": "1066-10-14"}', "'1066-10-14' is no time that there is"),
        (b'{"at": "9999-12-31T23:59"}', "'9999-12-31T23:59' is no time that there is"),
        (b'{"outages": ["instagramm"]}', "'instagramm' is no platform that is known here"),
        (json.dumps({"outages": ["x"] * 51}).encode(), "those are too many platforms"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(studio, body, message):
    status, _, answer = studio.settings(body, studio.stage)
    assert (status, json.loads(answer)) == (400, {"error": message})
    assert studio.stage.wanted == Settings()


@given(st.binary(max_size=200) | st.recursive(st.none() | st.text() | st.integers(), lambda one: st.lists(one) | st.dictionaries(st.sampled_from(["at", "outages", "drafts"]), one)).map(lambda one: json.dumps(one).encode()))  # fmt: skip
def test_whatever_is_posted_gives_settings_or_a_sentence(body):
    try:
        assert isinstance(wished(body, Settings(), "UTC"), Settings)
    except ValueError as problem:
        assert str(problem)


# ---------------------------------------------------------------- in a browser

SITE = {
    "linkhome.yaml": YAML,
    "posts/zagreb.md": post("Zagreb", "Drawn on slow trains."),
    "posts/zagreb.de.md": post("Zagreb auf Deutsch", "Im Zug gezeichnet."),
    "posts/draft.md": post("Not yet", "Unfinished.", "draft: true\n"),
}
FRAME = "frame.contentDocument"


@pytest.fixture(scope="module")
def running(start: Callable[..., Preview]) -> Preview:
    """Preview one small site for all that follows."""
    return start(SITE, "--editor", "my-editor://open{file}:{line}:{column}")


@pytest.fixture
def at_work(running: Preview, browser: Browser) -> Iterator[Callable[..., Tab]]:
    """Give the way to open the studio; afterwards the settings are as they were, and nothing went wrong in it."""
    tab = browser.window("about:blank")

    def open_studio(query: str = "") -> Tab:
        tab.go(f"{running.address}.linkhome/{query}")
        calm(tab)
        return tab

    yield open_studio
    tab.evaluate("document.querySelector('#strip:not([hidden]) button')?.click()")
    tab.until("document.getElementById('strip').hidden")
    calm(tab)
    errors = tab.told().errors
    tab.close()
    assert [one for one in errors if "sandbox" not in one] == []  # of what does not run without scripts


def calm(tab: Tab) -> None:
    """Wait until the page is in the frame, and is what is wanted."""
    tab.until(
        f"document.getElementById('busy').hidden && !document.body.classList.contains('waiting') && {FRAME}?.readyState === 'complete'"
        f" && {FRAME}.body.innerText.length > 9"
    )


def reads(tab: Tab, words: str) -> None:
    """Wait until the framed page says this."""
    tab.until(f"{FRAME}?.body?.innerText.includes({json.dumps(words)})")


def reads_no(tab: Tab, words: str) -> None:
    """Wait until the framed page does not say this any more."""
    tab.until(f"{FRAME}?.body && !{FRAME}.body.innerText.includes({json.dumps(words)})")


def where(tab: Tab) -> str:
    return tab.evaluate("frame.contentWindow.location.pathname")


def test_the_page_is_as_wide_as_on_a_telephone(at_work):
    tab = at_work("?size=iphone-se")
    assert tab.evaluate("[frame.contentWindow.innerWidth, frame.contentWindow.innerHeight]") == [375, 667]
    tab.click("button", "Turn")
    assert tab.evaluate("[frame.contentWindow.innerWidth, frame.contentWindow.innerHeight]") == [667, 375]
    tab.click("button", "Size: iPhone SE")
    tab.click("button", "Desktop 1280 × 800")
    tab.until("frame.contentWindow.innerWidth === 800 || frame.contentWindow.innerWidth === 1280")
    assert tab.evaluate("location.search").startswith("?size=desktop")


def test_the_width_follows_the_grip(at_work):
    tab = at_work()
    tab.evaluate("document.getElementById('grip').focus()")
    tab.press("ArrowRight")
    tab.until("frame.contentWindow.innerWidth === 403")
    assert tab.evaluate("location.search") == "?size=403x852"


def test_looks_are_remembered_in_the_address(at_work):
    tab = at_work()
    tab.click("button", "Look: System")
    tab.click("button", "Dark")
    tab.until("frame.contentWindow.location.pathname === '/.linkhome/as/dark/'")
    tab.click("switch", "Less motion")
    tab.until("frame.contentWindow.location.pathname === '/.linkhome/as/dark+still/'")
    tab = at_work(tab.evaluate("location.search"))
    assert where(tab) == "/.linkhome/as/dark+still/"
    assert tab.evaluate(f"{FRAME}.querySelector('meta[name=color-scheme]').content") == "dark"


def test_a_link_in_the_page_leads_on_in_the_same_look(at_work):
    tab = at_work("?look=dark&page=posts/index.html")
    tab.evaluate(f"{FRAME}.querySelector('main a[href*=zagreb]').click()")
    tab.until("frame.contentWindow.location.pathname === '/.linkhome/as/dark/posts/zagreb/index.html'")
    tab.until("document.title.startsWith('Zagreb')")
    assert "page=posts/zagreb/index.html" in tab.evaluate("location.search")


def test_the_language_switch_leads_to_the_translation(at_work):
    tab = at_work("?page=posts/zagreb/index.html")
    tab.click("button", "Language: EN")
    tab.click("button", "German DE")
    reads(tab, "Im Zug gezeichnet.")
    tab.until("document.getElementById('tongue').innerText.trim() === 'DE'")


def test_pages_are_found_by_their_titles(at_work):
    tab = at_work()
    tab.evaluate("document.getElementById('page').click()")
    tab.until("document.querySelectorAll('#pages .row').length > 4")
    tab.evaluate(
        "(field => { field.value = 'zagreb deutsch'; field.dispatchEvent(new Event('input')) })(document.querySelector('#pages input'))"
    )
    tab.until("document.querySelectorAll('#pages .row').length === 1")
    tab.evaluate("document.querySelector('#pages .row').click()")
    reads(tab, "Im Zug gezeichnet.")


def test_time_travel_shows_what_is_still_to_come(at_work):
    tab = at_work()
    reads_no(tab, "New prints")
    tab.evaluate("document.getElementById('time').click()")
    tab.until("document.querySelectorAll('#times .row').length === 4")
    tab.evaluate("document.querySelectorAll('#times .row')[1].click()")
    reads(tab, "New prints")
    tab.until("document.getElementById('strip').innerText.includes('As of Mar 1, 2090, 6:00')")
    tab.until("frame.contentWindow.location.pathname.startsWith('/.linkhome/as/at37')")


def test_an_outage_can_be_supposed(at_work):
    tab = at_work()
    tab.evaluate("document.getElementById('outage').click()")
    tab.until("document.querySelectorAll('#outages .row').length === 2")
    tab.evaluate("document.querySelector('#outages .row').click()")
    reads(tab, "Instagram is down")
    assert "Instagram down" in tab.evaluate("document.getElementById('strip').innerText")


def test_drafts_can_be_shown(at_work):
    tab = at_work("?page=posts/index.html")
    reads_no(tab, "Not yet")
    tab.evaluate("document.getElementById('time').click()")
    tab.until("document.querySelector('#times [name=drafts]') && document.querySelectorAll('#times .row').length")
    tab.evaluate("document.querySelector('#times [name=drafts]').click()")
    reads(tab, "Not yet")


def test_a_picked_block_leads_to_its_line_in_the_editor(at_work, running):
    tab = at_work()
    tab.click("button", "Pick something on the page")
    tab.evaluate(f"[...{FRAME}.querySelectorAll('p')].find(one => one.innerText.includes('drawn by hand')).click()")
    tab.until("document.querySelector('#found .place')?.innerText === 'linkhome.yaml:18:12'")
    assert tab.evaluate("document.querySelector('#found mark').textContent") == "It is *drawn* by hand"
    link = tab.evaluate("document.querySelector('#found a').href")
    assert link == f"my-editor://open{running.site.root}/linkhome.yaml:18:12"
    tab.press("Escape")
    tab.until("document.getElementById('pick').getAttribute('aria-pressed') === 'false'")
    assert tab.evaluate("document.querySelector('#found:popover-open')") is None


def test_picking_follows_no_link(at_work):
    tab = at_work("?page=posts/index.html")
    tab.click("button", "Pick something on the page")
    tab.evaluate(f"{FRAME}.querySelector('main a[href*=zagreb]').click()")
    tab.until("document.querySelector('#found .place')?.innerText.startsWith('posts/zagreb.md:2')")
    assert where(tab) == "/posts/"


def test_a_page_without_scripts_is_made_anew_by_the_studio(at_work, running):
    tab = at_work("?page=posts/zagreb/index.html&script=off")
    assert where(tab) == "/.linkhome/as/noscript/posts/zagreb/"
    assert tab.evaluate(f"{FRAME}.querySelector('linkhome-preview')") is None
    tab.until("performance.getEntriesByType('resource').length > 3")
    running.site.replace("posts/zagreb.md", "on slow trains", "on very slow trains")
    reads(tab, "Drawn on very slow trains")
    running.site.replace("posts/zagreb.md", "on very slow trains", "on slow trains")
    reads(tab, "Drawn on slow trains")


def test_nobody_is_kept_from_using_it(at_work):
    tab = at_work()
    axe = (REPOSITORY / "node_modules/axe-core/axe.min.js").read_text("utf-8")
    tab.evaluate(axe + ";0")
    for panel in ("", "pages", "sizes", "looks", "tongues", "times", "outages", "problems"):
        tab.evaluate(f"document.getElementById('{panel}')?.showPopover()")
        tab.until(f"!'{panel}' || document.querySelector('#{panel or 'page'} :is(.row, .card, .reports p, b)')")
        options = "{ iframes: false, resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }"
        found = tab.evaluate(f"axe.run({{ exclude: [['#frame']] }}, {options})")["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], panel
        tab.press("Escape")


def test_it_says_so_when_the_preview_is_gone(start, open_tab):
    preview = start({"linkhome.yaml": "profile: {name: Lina Marlow}\n"})
    tab = open_tab(f"{preview.address}.linkhome/")
    calm(tab)
    tab.until(f"{FRAME}.querySelector('linkhome-preview')?.state")
    preview.kill()
    tab.until("document.getElementById('strip').innerText.includes('does not answer')")


def test_what_is_wrong_is_counted_and_shown_until_it_is_repaired(at_work, running):
    tab = at_work()
    running.site.replace("linkhome.yaml", "timezone:", "timezon:")
    tab.until("document.getElementById('state').getAttribute('aria-label') === '1 error'")
    tab.evaluate("document.getElementById('state').click()")
    tab.until("document.querySelector('#problems pre')?.innerText.includes(\"unknown key 'timezon'\")")
    assert tab.evaluate("document.querySelector('#problems a').href").endswith("/linkhome.yaml:3:1")
    running.site.replace("linkhome.yaml", "timezon:", "timezone:")
    tab.until("document.getElementById('state').getAttribute('aria-label') === 'Fine'")
    tab.press("Escape")
