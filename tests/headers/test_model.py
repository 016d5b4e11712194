"""One policy for all answers, and the file `_headers`, read back by the parsers of those who read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkhome.headers import netlify
from linkhome.headers.caching import A_WHILE, FOREVER, NEVER, cache_of
from linkhome.headers.policy import LONGEST, site_policy
from linkhome.headers.served import Served

from .sites import FILES, HASHES, parsed, served

#: "'self' can be problematic if you host … user uploaded files": a site of linkhome holds its creator's files alone.
OWN_FILES = [50, "script-src", "'self'"]


def rules(policy: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in policy.split(";"))}


def test_the_evaluator_finds_nothing_in_the_policy(tmp_path: Path) -> None:
    file = tmp_path / "policy"
    file.write_text(site_policy(["t.me"], ["https://formspree.io"], HASHES[:1], HASHES[1:], True))
    assert [found for found in parsed("policy", file) if found != OWN_FILES] == []
    file.write_text("script-src *")
    assert len(parsed("policy", file)) > 1


def test_the_policy_allows_what_some_page_needs_and_nothing_else() -> None:
    made = rules(site_policy(["t.me", "a.example", "t.me"], ["https://b.example"], HASHES[:1], HASHES[1:], True))
    assert made["default-src"] == ["'none'"]
    assert made["frame-src"] == ["https://a.example", "https://t.me"]
    assert made["connect-src"] == ["'self'", "https://b.example"]
    assert made["script-src"] == ["'self'", f"'{HASHES[0]}'"]
    assert made["style-src"] == ["'self'", f"'{HASHES[1]}'", f"'{HASHES[2]}'"]
    assert made["frame-ancestors"] == made["base-uri"] == ["'none'"]
    assert made["upgrade-insecure-requests"] == []
    assert rules(site_policy())["frame-src"] == ["'none'"]
    assert rules(site_policy(media=["https:"]))["media-src"] == ["'self'", "https:"]


def test_without_https_nobody_is_sent_there() -> None:
    assert "upgrade" not in site_policy()
    made = rules(site_policy(asks=["http://127.0.0.1:8787"], secure=True))
    assert "upgrade-insecure-requests" not in made
    assert made["form-action"] == ["'self'", "https:", "http://127.0.0.1:8787"]


def test_a_policy_that_hosts_would_not_read_leaves_styles_to_the_pages() -> None:
    made = site_policy(styles=[f"sha256-{number:043}=" for number in range(60)])
    assert len(made) <= LONGEST
    assert rules(made)["style-src"] == ["'self'", "'unsafe-inline'"]
    assert "'unsafe-inline'" not in rules(made)["script-src"]


def test_netlify_reads_back_the_very_model(tmp_path: Path) -> None:
    headers = served().headers()
    file = tmp_path / netlify.FILE
    file.write_bytes(netlify.written(headers))
    read = parsed("headers", file)
    expected = {
        "/*": dict((*headers.always, *headers.secure)),
        "/assets/*": {"Cache-Control": FOREVER},
        "/media/*": {"Cache-Control": FOREVER},
        "/sw.js": {"Cache-Control": NEVER},
        "/build.json": {"Cache-Control": NEVER},
        "/.well-known/atproto-did": {"Content-Type": "text/plain; charset=utf-8"},
        "/.well-known/webfinger": {"Content-Type": "application/jrd+json"},
    }
    assert read == {"headers": [{"for": path, "values": values} for path, values in expected.items()], "errors": []}


def test_the_file_stays_within_what_hosts_read_and_no_file_gets_a_header_twice() -> None:
    styles = [f"sha256-{number:043}=" for number in range(500)]
    lines = served(styles=styles).files()[netlify.FILE].decode().splitlines()
    paths = [line for line in lines if line.startswith("/")]
    assert len(paths) <= netlify.MOST
    assert max(map(len, lines)) <= netlify.LONGEST
    assert all(":" in line for line in lines if line.startswith(" "))
    assert not any(line.strip().startswith(("!", "Cache-Control")) for line in lines[: lines.index("/assets/*")])


def test_https_is_asked_for_only_where_it_is_and_for_this_host_alone() -> None:
    assert dict(served().headers().secure) == {"Strict-Transport-Security": "max-age=31536000"}
    assert served("http://lina.example").headers().secure == served("").headers().secure == ()


def test_players_get_the_name_of_the_site_and_what_they_need() -> None:
    always = dict(served().headers().always)
    assert always["Referrer-Policy"] == "strict-origin-when-cross-origin"
    for needed in ("autoplay", "fullscreen", "encrypted-media", "picture-in-picture", "clipboard-write"):
        assert needed not in always["Permissions-Policy"]


@pytest.mark.parametrize("more", ["assets/own.js", "assets/deep/own.1a2b.css"])
def test_a_folder_with_a_file_of_another_kind_of_name_is_not_kept_for_ever(more: str) -> None:
    made = Served({*FILES, more}, "").headers()
    assert made.hashed == ("media",)


def test_each_kind_of_file_is_kept_as_long_as_it_may_be() -> None:
    assert {path: cache_of(path) for path in FILES if not path.startswith(".")} == {
        "index.html": NEVER,
        "posts/a/index.html": NEVER,
        "404.html": NEVER,
        "assets/play.1a2b3c4d.js": FOREVER,
        "media/prints.3f2a9c01-750.avif": FOREVER,
        "feed.xml": A_WHILE,
        "site.webmanifest": A_WHILE,
        "sw.js": NEVER,
        "build.json": NEVER,
    }


def test_the_same_site_gives_the_same_bytes() -> None:
    one, other = served(frames=["b.example", "a.example"]), served(frames=["a.example", "b.example"])
    assert one.files() == other.files()
    assert sorted(one.files()) == [".htaccess", "_headers"]
