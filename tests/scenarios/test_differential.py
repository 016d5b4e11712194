"""Edit a site at random: each build has to give what a build of the same files from nothing gives, byte for byte.

A seed is a creator's life. ``LINKHOME_ROUNDS=500`` makes it long and compares after every edit; ``LINKHOME_SEEDS=7,8``
lives other lives. In the usual run builds follow on each other, and only some of them are compared.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from typing import Any

import pytest
from random_creator import EDITS, Creator, differences, state_of

LONG = int(os.environ.get("LINKHOME_ROUNDS", "0"))
ROUNDS = LONG or 12
#: After how many edits the site is compared with one that is built from nothing.
EVERY = 1 if LONG else 6
SEEDS = [int(seed) for seed in os.environ.get("LINKHOME_SEEDS", "1,2").split(",")]
# ---------------------------------------------------------------------- the test


@pytest.mark.parametrize("seed", SEEDS)
def test_an_edited_site_is_as_if_built_from_nothing(site, monkeypatch, seed):
    dice = random.Random(seed)
    folder = site()
    me = Creator(folder, dice)
    done: list[list[str]] = []
    for number in range(1, ROUNDS + 1):
        before, state = me.sources(), state_of(me)
        done.append([dice.choice(list(EDITS)) for _ in range(dice.choice((1, 1, 1, 2)))])
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(me.now))
        for name in done[-1]:
            EDITS[name](me)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(me.now))
        built = folder.build()
        last = f"seed {seed}, round {number}, after {done[-8:]}"
        assert "stumbled" not in built.err, f"{last}\n{built.err}"
        if number % EVERY and built.code == 0:
            continue
        fresh, again = _from_nothing(site, folder)
        assert (built.code, built.err) == (again.code, again.err), last
        if built.code:
            me.restore(before)
            me.__dict__.update(state)
            continue
        ours, theirs = folder.files(), fresh.files()
        assert not (wrong := differences(ours, theirs)), f"{last}\n{wrong}"
        assert not (lost := _lost(ours)), f"{last}\n{lost}"


LINA = "url: https://x.example/sub\nprofile: {name: Lina}\nbrand: {theme: atelier, kit: false, share: pages, share_image: media/a.png}\n"
POST = "---\ntitle: One\ndate: 2026-01-01\n---\nText.\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("media/a.png", (300, 200)),  # named by lists, and by posts without a picture of their own
        ("theme/custom.css", 'p::after { content: "\u0416" }'),  # a letter that nothing else uses
        ("media/d.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 8"><script/></svg>'),
    ],
)
def test_what_once_was_stale(site, image, name, content):
    files = {
        "linkhome.yaml": LINA,
        "media/a.png": image(),
        "posts/one.md": POST,
        "posts/two.md": POST + "![x](media/d.svg)\n",
    }
    folder = site(files | {"media/d.svg": image(9, 9, "svg"), "theme/custom.css": ""})
    assert folder.build().code == 0
    folder.write(name, content if isinstance(content, str) else image(*content))
    built = folder.build()
    fresh, again = _from_nothing(site, folder)
    assert (built.code, built.err) == (again.code, again.err)
    assert not (wrong := differences(folder.files(), fresh.files())), wrong
    assert not (lost := _lost(folder.files())), lost


def test_a_remark_speaks_of_the_picture_as_it_is_called_now(site):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script/><path d="M0 0h9"/></svg>'
    folder = site({"linkhome.yaml": LINA.replace("media/a.png", "a.svg"), "a.svg": drawing})
    assert "a.svg did more than draw" in folder.build().err
    (folder.root / "a.svg").rename(folder.root / "b.svg")
    folder.replace("linkhome.yaml", "a.svg", "b.svg")
    assert "b.svg did more than draw" in folder.build().err


def _from_nothing(site: Any, folder: Any) -> tuple[Any, Any]:
    """Build the same files in a new folder, and return it with what was said."""
    fresh = site(name="fresh")
    shutil.rmtree(fresh.root)
    shutil.copytree(folder.root, fresh.root, ignore=shutil.ignore_patterns(".cache", "public"))
    return fresh, fresh.build()


_NAMED = re.compile(rb'(?:src|href)="(?!mailto&)([^"#?:]+)["#?]|https://x\.example/sub/([^"#? <)]+)["#?]')


def _lost(files: dict[str, bytes]) -> str:
    """Return which own addresses of pages lead nowhere."""
    found = []
    for name, data in files.items():
        if name.endswith(".html") and name != "404.html":
            for near, far in _NAMED.findall(data):
                base = os.path.dirname(name) if near else ""
                place = os.path.normpath(os.path.join(base, (near or far).decode())).lstrip("/")
                if not ({place, f"{place}/index.html".removeprefix("./")} & files.keys()):
                    found.append(f"{name}: {(near or far).decode()}")
    return "\n".join(found)
