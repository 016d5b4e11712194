"""Whose frames a page may hold."""

from __future__ import annotations

from linkhome.content.policy import MOST, frame_policy, headers


def test_a_page_names_the_hosts_of_its_players_and_nobody_else():
    assert frame_policy(["player.vimeo.com", "w.soundcloud.com"]) == (
        "frame-src https://player.vimeo.com https://w.soundcloud.com"
    )
    assert frame_policy([]) == "frame-src 'none'"


def test_the_headers_of_a_host_follow_page_by_page():
    made = headers({"index.html": ["player.vimeo.com"], "posts/index.html": [], "posts/a/index.html": ["t.me"]})
    assert made.decode() == (
        "/\n  Content-Security-Policy: frame-src https://player.vimeo.com\n"
        "/posts/a/\n  Content-Security-Policy: frame-src https://t.me\n"
    )


def test_without_frames_there_is_no_file():
    assert headers({"index.html": []}) == b""


def test_hosts_that_read_a_hundred_rules_get_a_hundred():
    made = headers({f"posts/{n}/index.html": ["t.me"] for n in range(300)})
    assert made.count(b"/posts/") == MOST
