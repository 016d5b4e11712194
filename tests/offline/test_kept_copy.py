"""What is kept of a site, and the worker that is written for it."""

from __future__ import annotations

import json
import re

import msgspec

from linkhome.config.schema import Deploy, Profile, Site
from linkhome.offline import plan, worker
from linkhome.snapshot import Artifact

FRONT = (
    '<html><link rel="icon" href="icon.svg"><style>@font-face{src:url("assets/text.1a2b3c4d.woff2")}</style>'
    '<img src="media/a.1a2b3c4d.jpg" srcset="media/a.1a2b3c4d-320.avif 320w, media/a.1a2b3c4d-750.avif 750w">'
    '<a href="https://other.example/">x</a><a href="imprint/index.html">y</a><a href="long/">z</a><a href="press.zip">p</a>'
    '<script defer src="assets/offline.1a2b3c4d.js"></script>'
)
FILES = {
    "index.html": Artifact.of(FRONT.encode()),
    "de/index.html": Artifact.of(b'<html><link rel="stylesheet" href="../assets/home.1a2b3c4d.css">'),
    "assets/home.1a2b3c4d.css": Artifact.of(b"@font-face{src:url(heading.1a2b3c4d.woff2)}"),
    "assets/heading.1a2b3c4d.woff2": Artifact.of(b"h"),
    "assets/text.1a2b3c4d.woff2": Artifact.of(b"t"),
    "assets/offline.1a2b3c4d.js": Artifact.of(b"o"),
    "icon.svg": Artifact.of(b"i"),
    "media/a.1a2b3c4d.jpg": Artifact.of(b"x" * 90_000),
    "media/a.1a2b3c4d-320.avif": Artifact.of(b"x" * 9_000),
    "media/a.1a2b3c4d-750.avif": Artifact.of(b"x" * 39_000),
    "imprint/index.html": Artifact.of(b"imprint"),
    "long/index.html": Artifact.of(b"x" * plan.BUDGET),
    "press.zip": Artifact.of(b"z"),
    "unnamed.html": Artifact.of(b"u"),
}
FRONTS = ["index.html", "de/index.html"]


def site(**more: object) -> Site:
    """Return a site of somebody."""
    return Site(profile=Profile(name="Lina"), **more)


def told(written: Artifact) -> dict:
    """Return what a worker knows."""
    found = re.search(r'= (\{"version".*\})$', bytes(written.data or b"").decode(), re.MULTILINE)
    assert found
    return json.loads(found[1])


def test_front_pages_and_all_that_they_need_are_kept_then_what_fits():
    kept = plan.choose(FILES, FRONTS)
    assert set(kept.must) == {
        *FRONTS, "assets/text.1a2b3c4d.woff2", "assets/offline.1a2b3c4d.js", "assets/home.1a2b3c4d.css",
        "assets/heading.1a2b3c4d.woff2",
    }  # fmt: skip
    assert kept.more == ("icon.svg", "media/a.1a2b3c4d-750.avif", "imprint/index.html")


def test_a_worker_names_addresses_as_hosts_serve_them():
    found = told(worker.write(FILES, site(), FRONTS))
    assert found["must"][:2] == ["./", "de/"] and "imprint/" in found["more"]
    assert found["homes"] == ["de/", "./"] and found["places"] == []
    assert [worker.address(name) for name in ("index.html", "a b/index.html", "x/ü.png")] == [
        "./",
        "a%20b/",
        "x/%C3%BC.png",
    ]


def test_it_is_another_one_when_something_that_is_kept_is():
    before = worker.write(FILES, site(), FRONTS)
    assert worker.write(FILES | {"unnamed.html": Artifact.of(b"new")}, site(), FRONTS) == before
    after = worker.write(FILES | {"imprint/index.html": Artifact.of(b"new")}, site(), FRONTS)
    assert told(after)["version"] != told(before)["version"]


def test_turned_off_it_takes_back_and_answers_nothing():
    off = worker.write(FILES, site(offline=False), FRONTS)
    assert off.data == worker.taking_back()
    assert b"unregister()" in off.data and b"caches.delete" in off.data and b'"fetch"' not in off.data


def test_only_places_whose_hosts_let_others_read_are_asked():
    s3, github = Deploy(target="s3", url="https://s.example"), Deploy(target="github", url="https://g.example/x")
    first = msgspec.structs.replace(github, url=None)
    assert worker.mirrors(site(url="https://lina.example", deploy=[s3, github])) == ["https://g.example/x/"]
    assert worker.mirrors(site(url="https://lina.example", deploy=[first, s3])) == ["https://lina.example/"]
    assert worker.mirrors(site(url="https://lina.example", deploy=[s3, first])) == []
    assert worker.mirrors(site(url="https://lina.example", deploy=[github])) == []
    assert worker.mirrors(site(url="https://lina.example", deploy=[first, github], offline=False)) == []
    assert list(worker.asks(site(url="https://lina.example", deploy=[first, github]))) == [
        "https://lina.example",
        "https://g.example",
    ]
