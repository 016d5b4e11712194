"""A page in the dark, in the light, without motion, without scripts, at another time: what changes, and what does not."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkhome.preview.views import ALWAYS, NEVER, View, parse
from linkhome.theme import locate

DARK, LIGHT, STILL = View(look="dark"), View(look="light"), View(still=True)
VIEWS = st.builds(
    View,
    look=st.sampled_from(["", "dark", "light"]),
    still=st.booleans(),
    script=st.booleans(),
    at=st.none() | st.integers(0, 99_999_999_999),
)
#: Pieces of pages, in any order: what a parser could stumble over.
SCRAPS = st.lists(
    st.sampled_from(
        [
            *"<>\"'()=\\\nü",
            "<!--",
            "-->",
            "<style>",
            "</style>",
            "<script>",
            "</script>",
            "/*",
            "*/",
            "url(",
            '<p media="',
            "(prefers-color-scheme:dark)",
            "prefers-reduced-motion",
            "color-scheme:light dark",
        ]
    )
    | st.text(max_size=5),
    max_size=30,
).map("".join)


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("dark", DARK),
        ("light", LIGHT),
        ("still", STILL),
        ("noscript", View(script=False)),
        ("still+dark+noscript", View(look="dark", still=True, script=False)),
        ("at1798761600", View(at=1_798_761_600)),
        ("dark+at0", View(look="dark", at=0)),
    ],
)
def test_words_in_an_address_name_a_view(text, view):
    assert parse(text) == view


@pytest.mark.parametrize(
    "text",
    [
        "",
        "+",
        "dark+",
        "dark+light",
        "dark+dark",
        "DARK",
        "dim",
        "at",
        "at-5",
        "at1+at2",
        "at123456789012",
        "dark still",
        "a" * 99,
    ],
)
def test_other_words_name_none(text):
    assert parse(text) is None


@given(VIEWS)
def test_a_view_is_read_from_the_words_that_it_gives(view):
    assert parse(view.text) == (view if view.text else None)


@given(st.text())
def test_any_text_is_a_view_or_none(text):
    view = parse(text)
    assert view is None or parse(view.text) == view


def test_only_a_page_without_scripts_is_sent_into_a_sandbox():
    assert DARK.headers() == {} == View(at=1).headers()
    assert View(script=False).headers() == {
        "Content-Security-Policy": "sandbox allow-same-origin allow-forms allow-popups"
    }


# ---------------------------------------------------------------- styles


@pytest.mark.parametrize(
    ("view", "asked", "answer"),
    [
        (DARK, "(prefers-color-scheme:dark)", ALWAYS),
        (DARK, "(prefers-color-scheme:light)", NEVER),
        (LIGHT, "(prefers-color-scheme: light)", ALWAYS),
        (LIGHT, "( PREFERS-COLOR-SCHEME :\n Dark )", NEVER),
        (DARK, "(prefers-color-scheme)", ALWAYS),
        (DARK, "(/* ink */prefers-color-scheme/* is */: dark/**/)", ALWAYS),
        (STILL, "(prefers-reduced-motion:reduce)", ALWAYS),
        (STILL, "(prefers-reduced-motion)", ALWAYS),
        (STILL, "( prefers-reduced-motion : no-preference )", NEVER),
        (DARK, "(prefers-reduced-motion:reduce)", "(prefers-reduced-motion:reduce)"),
        (STILL, "(prefers-color-scheme:dark)", "(prefers-color-scheme:dark)"),
        (DARK, "(prefers-contrast:more)", "(prefers-contrast:more)"),
    ],
)
def test_a_condition_is_answered_for_the_visitor(view, asked, answer):
    for css in ("@media %s{a{color:red}}", "@media not all and %s and (min-width:9px){}", "@import 'x.css' %s;"):
        assert view.apply("css", css % asked) == css % answer


@pytest.mark.parametrize(
    "css",
    [
        'a::after{content:"(prefers-color-scheme:dark)"}',
        "a::after{content:'it\\'s (prefers-color-scheme:dark)'}",
        "/* (prefers-color-scheme:dark) */a{}",
        "a{background:url(x-(prefers-color-scheme:dark).png)}",
        "/* never closed (prefers-color-scheme:dark)",
        ".prefers-color-scheme{--x-color-scheme:light dark}",
    ],
)
def test_what_only_looks_like_a_condition_stays(css):
    assert DARK.apply("css", css) == css


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (":root{color-scheme:light dark}", ":root{color-scheme:dark}"),
        (":root{color-scheme: dark light !important;}", ":root{color-scheme: dark !important;}"),
        (":root{color-scheme:light}", ":root{color-scheme:light}"),
        (":root{color-scheme:only light}", ":root{color-scheme:only light}"),
    ],
)
def test_a_page_that_can_do_both_gets_one_colour_scheme(before, after):
    assert DARK.apply("css", before) == after
    assert STILL.apply("css", before) == before


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<source media="(prefers-color-scheme:dark) and (min-width:9em)" src=x>',
            f'<source media="{ALWAYS} and (min-width:9em)" src=x>',
        ),
        (
            "<link rel=stylesheet media=(prefers-color-scheme:light) href=x>",
            f"<link rel=stylesheet media={NEVER} href=x>",
        ),
        ("<img sizes='(prefers-color-scheme: dark) 9px, 100vw'>", f"<img sizes='{ALWAYS} 9px, 100vw'>"),
        ('<meta name="color-scheme" content="light dark">', '<meta name="color-scheme" content="dark">'),
        ('<meta content="light dark" name=color-scheme>', '<meta content="dark" name=color-scheme>'),
        ('<p style="color-scheme:light dark">', '<p style="color-scheme:dark">'),
        ("<STYLE>@media(prefers-color-scheme:dark){a{}}</STYLE>", f"<STYLE>@media{ALWAYS}{{a{{}}}}</STYLE>"),
        (
            "<svg><style>@media(prefers-color-scheme:dark){}</style></svg>",
            f"<svg><style>@media{ALWAYS}{{}}</style></svg>",
        ),
        ('<script src="x.js" integrity="sha256-abc" defer></script>', '<script src="x.js"  defer></script>'),
    ],
)
def test_what_asks_for_the_scheme_in_a_page_is_answered(before, after):
    assert DARK.apply("html", f"<p>before</p>{before}<p>after</p>") == f"<p>before</p>{after}<p>after</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<p>Write <code>@media (prefers-color-scheme:dark)</code>, and color-scheme:light dark.</p>",
        "<!-- <style>@media (prefers-color-scheme:dark){}</style> -->",
        "<title>(prefers-color-scheme:dark)</title><textarea><p media='(prefers-color-scheme:dark)'></textarea>",
        '<p title=\'media="(prefers-color-scheme:dark)"\' alt="a > b">',
        '<script type="application/ld+json">{"a": "(prefers-color-scheme:dark)"}</script>',
        '<meta name="description" content="light dark">',
        "<script>matchMedia('(prefers-contrast:more)')</script>",
        "<p media='(prefers-color-scheme:dark)",
    ],
)
def test_what_a_page_says_stays(html):
    assert DARK.apply("html", html) == html


@given(VIEWS, SCRAPS)
def test_whatever_is_on_a_page_applying_twice_changes_no_more(view, scraps):
    for kind in ("html", "css", "js", "svg"):
        once = view.apply(kind, scraps)
        assert view.apply(kind, once) == once


@given(VIEWS, SCRAPS.filter(lambda text: not re.search("prefers-|color-scheme|integrity|Date", text)))
def test_a_page_that_asks_for_nothing_is_the_same_in_every_view(view, scraps):
    assert view.apply("html", scraps) == scraps


def test_a_picture_that_cannot_be_rewritten_stays():
    assert DARK.apply("png", "(prefers-color-scheme:dark)") == "(prefers-color-scheme:dark)"


# ---------------------------------------------------------------- scripts


def test_a_script_that_asks_gets_the_answer():
    script = 'matchMedia("(prefers-color-scheme: dark)").matches || matchMedia("(prefers-reduced-motion)").matches'
    assert DARK.apply("js", script) == script.replace("(prefers-color-scheme: dark)", ALWAYS)
    assert STILL.apply("js", script) == script.replace("(prefers-reduced-motion)", ALWAYS)


def test_a_script_in_the_page_is_still_the_one_that_its_policy_names():
    script, other = "matchMedia('(prefers-color-scheme:dark)')", "go()"
    policy = "script-src 'self' " + " ".join(f"'sha256-{digest(one)}'" for one in (script, other))
    page = f'<meta http-equiv="Content-Security-Policy" content="{policy}"><script>{script}</script><script>{other}</script>'
    seen = DARK.apply("html", page)
    for one in re.findall("<script>(.*?)</script>", seen):
        assert f"'sha256-{digest(one)}'" in seen
    assert digest(script) not in seen
    assert digest(other) in seen


def digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def test_the_script_that_hides_by_date_sees_the_time_of_the_view():
    timed = (locate.bundled()["base"] / "static/timed.js").read_text("utf-8")
    seen = View(at=1_798_761_600).apply("js", timed)
    assert "Date.now()" in timed
    assert seen == timed.replace("Date.now()", "1798761600000")
    assert DARK.apply("js", timed) == timed


def test_other_scripts_keep_the_clock():
    assert View(at=5).apply("js", "let late = Date.now() > 9") == "let late = Date.now() > 9"
