"""Whom a page may frame, ask and run, and what it may show."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from linkhome.content.policy import NOBODY, Inline, finished, inline, page_policy, restyled


def hash_of(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def page(*parts: str, policy: str = NOBODY) -> str:
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}"><p>{"".join(parts)}</p>'


def allowed(html: str, what: str = "script-src") -> list[str]:
    found = re.search(rf"{what} ([^;\"]*)", html)
    return found[1].split() if found else []


def test_a_page_names_the_hosts_of_its_players_and_else_only_its_own():
    assert page_policy(["player.vimeo.com", "w.soundcloud.com"]) == (
        f"frame-src https://player.vimeo.com https://w.soundcloud.com; {NOBODY}"
    )
    assert page_policy([]) == NOBODY
    assert NOBODY.startswith("default-src 'self';")


def test_a_form_may_ask_its_providers_and_be_sent_to_whoever_they_lead_on_to():
    assert page_policy((), ["https://formspree.io", "https://lina.example:8443"]) == (
        f"form-action 'self' https:; connect-src 'self' https://formspree.io https://lina.example:8443; {NOBODY}"
    )


def test_a_form_that_stays_on_the_site_asks_nobody():
    assert "connect-src 'self';" in page_policy((), [])


def test_a_server_on_this_machine_needs_no_https():
    made = page_policy((), ["http://127.0.0.1:8787", "https://formspree.io"])
    assert "form-action 'self' https: http://127.0.0.1:8787;" in made
    assert "connect-src 'self' http://127.0.0.1:8787 https://formspree.io;" in made


def test_nothing_in_it_ends_the_attribute_that_it_stands_in():
    made = page_policy(['x"><script>'], ['https://a.example"><b>'])
    assert not set(made) & set('"<>')


@pytest.mark.parametrize(
    "opening",
    [
        "<script>",
        "<script defer>",
        "<SCRIPT>",
        '<script type="module">',
        "<script type=text/javascript>",
        '<script type="application/javascript">',
        '<script\n data-src="x">',
        '<script type="importmap">',
    ],
)
def test_what_a_theme_runs_in_a_page_is_allowed_by_its_hash(opening):
    script = 'document.title = "Lina’s";\n'
    made, _ = finished(page(f"{opening}{script}</script>"))
    assert allowed(made) == ["'self'", hash_of(script)]


@pytest.mark.parametrize(
    "script",
    [
        '<script src="assets/play.js"></script>',
        '<script defer src="assets/play.js"></script>',
        "<script type=module src=a.js></script>",
        '<script type="application/ld+json">{"@context": "https://schema.org"}</script>',
        "<script type=application/json>{}</script>",
        "<scripture>a</scripture>",
    ],
)
def test_files_and_data_need_no_hash(script):
    made, found = finished(page(script))
    assert (allowed(made), found) == ([], Inline((), ()))


def test_each_script_counts_once_and_the_rest_of_the_page_stays():
    html = page("<script>a()</script>", "<script>b()</script>", "<script>a()</script>", "<script src=c.js></script>")
    made, found = finished(html)
    assert allowed(made) == ["'self'", hash_of("a()"), hash_of("b()")]
    assert [f"'{one}'" for one in found.scripts] == allowed(made)[1:]
    assert made.partition("<p>")[2] == html.partition("<p>")[2]


def test_one_changed_letter_changes_what_is_allowed():
    one, other = (finished(page(f"<script>{text}</script>"))[0] for text in ("a()", "a() "))
    assert allowed(one) != allowed(other)


def test_styles_of_a_page_are_allowed_by_their_hashes_and_none_beside_them():
    made, found = finished(page("<style>a{}</style>", '<style media="print">b{}</style>', "<styles>c</styles>"))
    assert allowed(made, "style-src") == ["'self'", hash_of("a{}"), hash_of("b{}")]
    assert len(found.styles) == 2


def test_a_page_that_would_not_fit_with_the_hash_of_its_styles_keeps_them_and_its_scripts_stay_bound():
    tried = []
    html = page("<style>a{}</style>", "<script>b()</script>")
    made, found = finished(html, lambda longer: tried.append(longer) is not None)
    assert allowed(made, "style-src") == ["'self'", "'unsafe-inline'"]
    assert allowed(made) == ["'self'", hash_of("b()")]
    assert allowed(tried[0], "style-src") == ["'self'", *(f"'{one}'" for one in found.styles)]


@pytest.mark.parametrize(("html", "css"), [('<style>a{b:url("data:image/png,x")}</style>', ""), ("", "url(data:x)")])
def test_pictures_that_stand_in_styles_are_allowed_where_there_are_any(html, css):
    assert allowed(finished(page(html), css=css)[0], "img-src") == ["'self'", "data:"]
    assert "img-src" not in finished(page("<style>a{}</style>"))[0]


def test_a_page_with_other_styles_allows_those():
    before, _ = finished(page("<style>a{}</style>"))
    made = restyled(before, before.replace("a{}", "b{}"))
    assert made == finished(page("<style>b{}</style>"))[0]
    assert inline(made).styles != inline(before).styles


def test_a_sound_of_another_host_may_lead_on_to_wherever_its_host_keeps_it():
    made, found = finished(page('<audio controls preload="none" src="https://sound.example/1.mp3"></audio>'))
    assert allowed(made, "media-src") == ["'self'", "https:"]
    assert found.media == ("https:",)
    assert "media-src" not in finished(page('<audio controls src="media/own.mp3"></audio>'))[0]
