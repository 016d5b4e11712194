"""What every built page keeps, seen in a real Chromium: see visit.mjs for how it is looked at."""

from __future__ import annotations

import re

import pytest


def test_nobody_is_shut_out(visit):
    """axe-core, every rule: each kind of page, 390 and 1280 px, light and dark, folds closed and open."""
    assert visit["axe"] == []


def test_nothing_moves_after_it_was_painted(visit):
    assert visit["shifts"] == []


def test_nothing_is_animated_for_those_who_asked_for_peace(visit):
    assert visit["animations"] == []


def test_every_picture_is_there(visit):
    assert visit["pictures"] == []


def test_no_page_scrolls_sideways_on_a_small_phone(visit):
    assert visit["sideways"] == []


def test_nobody_else_is_asked_for_anything(visit):
    own = (visit["server"], "file://", "data:")
    assert [url for url in visit["requests"] if not url.startswith(own)] == []
    assert len(visit["requests"]) > 50


#: Chromium shows no captions to a page that was opened from disk; the video plays without them.
CAPTIONS_FROM_DISK = re.compile(r"file:.*\.vtt\b", re.DOTALL)


def test_every_request_is_answered(visit):
    assert [line for line in visit["failed"] if not CAPTIONS_FROM_DISK.match(line)] == []


def test_the_console_stays_silent(visit):
    assert [line for line in visit["errors"] if not CAPTIONS_FROM_DISK.match(line)] == []


def test_everything_can_be_read_without_javascript(visit):
    assert visit["withoutScript"] == []
    assert visit["texts"]["home"] > 1000


@pytest.mark.parametrize("place", ["root", "repo", "disk"])
def test_the_site_works_wherever_its_folder_lies(visit, place):
    """At a domain's root, below /repo/ and opened from disk: home, a post, the German page, back home."""
    travel = visit["travels"][place]
    assert travel["steps"] == [["en", 1, True], ["en", 1, True], ["de", 1, True], ["en", 1, True]]
    assert travel["home"]
    assert "posts/" in travel["post"]
    assert "de/" in travel["german"]
