"""Whom a page may frame, ask and run."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from linkhome.content.policy import MOST, headers, page_policy, with_hashes

NOBODY = "frame-src 'none'; script-src 'self'"


def hash_of(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def page(*scripts: str) -> str:
    return f'<meta http-equiv="Content-Security-Policy" content="{NOBODY}"><p>{"".join(scripts)}</p>'


def allowed(html: str) -> list[str]:
    found = re.search(r"script-src ([^;\"]*)", html)
    assert found
    return found[1].split()


def test_a_page_names_the_hosts_of_its_players_and_nobody_else():
    assert page_policy(["player.vimeo.com", "w.soundcloud.com"]) == (
        "frame-src https://player.vimeo.com https://w.soundcloud.com; script-src 'self'"
    )
    assert page_policy([]) == NOBODY


def test_a_form_may_ask_its_providers_and_be_sent_to_whoever_they_lead_on_to():
    assert page_policy((), ["https://formspree.io", "https://lina.example:8443"]) == (
        "frame-src 'none'; form-action 'self' https:; "
        "connect-src 'self' https://formspree.io https://lina.example:8443; script-src 'self'"
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
    assert allowed(with_hashes(page(f"{opening}{script}</script>"))) == ["'self'", hash_of(script)]


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
    html = page(script)
    assert with_hashes(html) == html


def test_each_script_counts_once_and_the_rest_of_the_page_stays():
    html = page("<script>a()</script>", "<script>b()</script>", "<script>a()</script>", "<script src=c.js></script>")
    made = with_hashes(html)
    assert allowed(made) == ["'self'", hash_of("a()"), hash_of("b()")]
    assert made.replace(f" {hash_of('a()')} {hash_of('b()')}", "") == html


def test_one_changed_letter_changes_what_is_allowed():
    assert allowed(with_hashes(page("<script>a()</script>"))) != allowed(with_hashes(page("<script>a() </script>")))


def test_the_headers_of_a_host_follow_page_by_page_without_what_only_the_page_knows():
    made = headers(
        {
            "index.html": page_policy(["player.vimeo.com"], ["https://formspree.io"]),
            "posts/index.html": NOBODY,
            "posts/a/index.html": page_policy(["t.me"]),
            "feed.xml": "",
        }
    )
    assert made.decode() == (
        "/\n  Content-Security-Policy: frame-src https://player.vimeo.com; form-action 'self' https:; "
        "connect-src 'self' https://formspree.io\n"
        "/posts/a/\n  Content-Security-Policy: frame-src https://t.me\n"
    )


def test_without_frames_and_forms_there_is_no_file():
    assert headers({"index.html": NOBODY, "404.html": ""}) == b""


def test_hosts_that_read_a_hundred_rules_get_a_hundred():
    made = headers({f"posts/{n}/index.html": page_policy(["t.me"]) for n in range(300)})
    assert made.count(b"/posts/") == MOST
