"""The preview builds again and again in one process: what it shows is what a build from nothing writes."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from random_creator import EDITS, NOW, Creator, differences, state_of

from linkhome.inputs import Inputs, names_digest
from linkhome.preview.builder import Abandoned, Builder
from linkhome.preview.loop import named
from linkhome.preview.stage import Settings, Stage
from linkhome.project import Project

ROUNDS = int(os.environ.get("LINKHOME_ROUNDS", "0")) or 10
EVERY = 1 if "LINKHOME_ROUNDS" in os.environ else 5
SEEDS = [int(seed) for seed in os.environ.get("LINKHOME_SEEDS", "3").split(",")]
#: What has nothing to do with a preview: it never looks at the output, and runs no command.
ELSEWHERE = {"a_look_at_another_theme", "a_hand_in_the_output"}

SITE = """url: https://lina.example
profile: {name: Lina}
home:
  - text: Hello
  - posts: 3
  - link: https://a.example/
    title: Shop
    from: 2026-09-20
    until: 2026-09-25
"""
POST = "---\ntitle: {0}\ndate: 2026-01-0{0}\n---\nText {0}.\n"


class Preview:
    """A builder with a stage, and somebody who has pages open."""

    def __init__(self, root: Path, settings: Settings | None = None) -> None:
        self.root = root
        self.stage = Stage(settings)
        self.builder = Builder(Project(root), self.stage)

    @property
    def files(self) -> dict[str, bytes]:
        """Return the site as browsers are given it."""
        files = self.stage.shown.files
        return {name: one.data if one.data is not None else one.source.read_bytes() for name, one in files.items()}

    @property
    def said(self) -> str:
        return "\n".join(one.message for one in self.stage.shown.diagnostics)

    def page(self, name: str = "index.html") -> str:
        return self.files[name].decode()

    def glance(self, *changed: str, pages: tuple[str, ...] = ("index.html",)) -> bool:
        with self.stage.watched(pages):
            return self.builder.glance(changed)


@pytest.fixture
def preview(site, monkeypatch):
    """Give the preview of a small site with three posts, built once."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))
    folder = site({"linkhome.yaml": SITE, **{f"posts/p{n}.md": POST.format(n) for n in (1, 2, 3)}})
    made = Preview(folder.root)
    assert made.builder.whole()
    made.folder = folder
    return made


def _changed(builder: Builder, root: Path) -> set[str]:
    """Return which inputs differ from what the last build read."""
    now, found = Inputs(root), set()
    for name, stamp in builder.files.items():
        if now.sha256(root / name) != (stamp.sha256 if stamp else None):
            found.add(name)
    for name, digest in builder.folders.items():
        folder = root / name
        names = sorted(n for n in os.listdir(folder) if n[0] != ".") if folder.is_dir() else None
        if digest != (names_digest(names) if names is not None else None):
            found.add(name)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_shown_is_what_a_build_from_nothing_writes(site, monkeypatch, seed):
    dice = random.Random(seed)
    folder = site()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))
    me = Creator(folder, dice)
    preview = Preview(folder.root)
    builder = preview.builder
    assert builder.whole(), preview.said
    edits = [name for name in EDITS if name not in ELSEWHERE]
    seen = equal = 0
    for number in range(1, ROUNDS + 1):
        before, state = me.sources(), state_of(me)
        done = [dice.choice(edits) for _ in range(dice.choice((1, 1, 1, 2)))]
        for name in done:
            EDITS[name](me)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(me.now))
        last = f"seed {seed}, round {number}, after {done}"
        old = builder.last.traces
        pages = tuple(name for name in preview.stage.shown.files if name.endswith(".html") and name != "404.html")
        glanced = preview.glance(*_changed(builder, folder.root), pages=pages)
        early = {name: preview.stage.shown.files[name].sha256 for name in pages}
        good = builder.whole()
        assert "stumbled" not in preview.said, f"{last}\n{preview.said}"
        new = builder.last.traces
        # A letter or a player that nothing shows any more is only noticed by the whole build.
        fewer = set(old.letters) - set(new.letters) or old.hosts - new.hosts
        if glanced and good and not fewer:
            seen += 1
            late = {name: one.sha256 for name, one in preview.stage.shown.files.items()}
            assert {name for name in early if name in late and early[name] != late[name]} == set(), last
        if number % EVERY and good:
            continue
        fresh = site(name="fresh")
        shutil.rmtree(fresh.root)
        shutil.copytree(folder.root, fresh.root, ignore=shutil.ignore_patterns(".cache", "public"))
        again = fresh.build()
        assert (again.code == 0) is good, f"{last}\n{again.err}\n{preview.said}"
        if good:
            equal += 1
            assert not (wrong := differences(preview.files, fresh.files())), f"{last}\n{wrong}"
        else:
            me.restore(before)
            me.__dict__.update(state)
            assert builder.whole(), preview.said
    assert seen
    assert equal


def test_a_text_is_glanced_at_without_the_others(preview, monkeypatch):
    preview.folder.replace("posts/p2.md", "Text 2", "Another text")
    read = []
    monkeypatch.setattr(
        Inputs, "read", lambda self, path, do=Inputs.read: read.append(self.name(path)) or do(self, path)
    )
    assert preview.glance("posts/p2.md", pages=("posts/p2/index.html",))
    assert "Another text" in preview.page("posts/p2/index.html")
    assert [name for name in read if name.startswith("posts/")] == ["posts/p2.md"]
    assert not preview.stage.shown.settled
    assert preview.builder.whole()
    assert preview.stage.shown.settled


def test_styles_are_changed_without_a_page_being_made(preview, monkeypatch):
    preview.folder.write("theme/custom.css", "body { color: #123456 }")
    assert preview.builder.whole()
    preview.folder.write("theme/custom.css", "body { color: #654321 }")
    monkeypatch.setattr("linkhome.preview.builder.look", lambda *_: pytest.fail("a page was made"))
    assert preview.glance("theme/custom.css")
    early = preview.page()
    assert "#654321" in early
    assert preview.builder.whole()
    assert preview.page() == early


def test_nobody_looks_so_nothing_is_made_first(preview):
    preview.folder.replace("posts/p2.md", "Text 2", "Another text")
    assert not preview.glance("posts/p2.md", pages=())
    assert not preview.glance("posts/p2.md", pages=("no/such/page.html",))


def test_a_new_text_waits_for_the_whole_build(preview):
    preview.folder.write("posts/p4.md", POST.format(4))
    assert not preview.glance("posts")
    assert preview.builder.whole()
    assert "posts/p4/" in preview.page()


def test_the_last_good_site_stays_until_the_mistake_is_gone(preview):
    good = preview.files
    preview.folder.replace("linkhome.yaml", "title: Shop", "titel: Shop")
    assert not preview.glance("linkhome.yaml")
    assert not preview.builder.whole()
    assert preview.files == good
    assert preview.stage.shown.broken
    assert "unknown key 'titel'" in preview.said
    preview.folder.replace("linkhome.yaml", "titel: Shop", "title: Store")
    assert preview.builder.whole()
    assert not preview.stage.shown.broken
    assert "Store" in preview.page()


def test_what_was_changed_during_mistakes_is_not_forgotten(preview):
    preview.folder.replace("linkhome.yaml", "title: Shop", "titel: Shop")
    preview.folder.replace("posts/p2.md", "Text 2", "Another text")
    preview.glance("linkhome.yaml", "posts/p2.md")
    preview.builder.whole()
    preview.folder.replace("linkhome.yaml", "titel: Shop", "title: Shop")
    assert preview.glance("linkhome.yaml", pages=("posts/p2/index.html",))
    assert "Another text" in preview.page("posts/p2/index.html")


def test_mistakes_of_the_first_build_leave_nothing_to_show(site):
    preview = Preview(site({"linkhome.yaml": "profile: {name: Lina\n"}).root)
    assert not preview.builder.whole()
    assert preview.stage.shown.broken
    assert preview.files == {}
    assert "linkhome.yaml" in preview.builder.files


def test_nothing_is_shown_twice(preview):
    number = preview.stage.shown.number
    assert preview.builder.whole()
    assert preview.stage.shown.number == number
    preview.folder.replace("linkhome.yaml", "title: Shop", "titel: Shop")
    preview.builder.whole()
    preview.builder.whole()
    assert preview.stage.shown.number == number + 1


def test_drafts_other_times_and_outages_can_be_looked_at(preview):
    preview.folder.write("posts/p4.md", POST.format(4).replace("date:", "draft: true\ndate:"))
    preview.folder.write("linkhome.yaml", SITE + "  - link: https://www.instagram.com/lina\n    title: Pictures\n")
    assert preview.builder.whole()
    assert "posts/p4/index.html" not in preview.files
    preview.stage.want(Settings(drafts=True))
    assert preview.builder.whole()
    assert "posts/p4/index.html" in preview.files
    assert "Instagram is down" not in preview.page()
    preview.stage.want(Settings(outages=("instagram",)))
    assert preview.builder.whole()
    assert "Instagram is down" in preview.page()
    assert "posts/p4/index.html" not in preview.files
    assert "Shop" in preview.page()
    preview.stage.want(Settings(at=NOW + 30 * 86_400.0))
    assert preview.builder.whole()
    assert "Shop" not in preview.page()
    assert preview.stage.shown.settings.at
    assert not preview.builder.changes_at


def test_the_next_change_by_itself_is_known(preview):
    assert preview.builder.changes_at > NOW


def test_a_build_is_given_up_for_a_newer_one(preview):
    preview.folder.write("theme/templates/post.html", '{% extends "theme:post.html" %}')
    preview.builder.touched = lambda: True
    number = preview.stage.shown.number
    with pytest.raises(Abandoned):
        preview.builder.whole()
    assert preview.stage.shown.number == number
    preview.builder.touched = lambda: False
    assert preview.builder.whole()


def test_a_build_that_meets_a_bug_is_told_and_survived(preview, monkeypatch):
    def break_down(*_: Any) -> None:
        raise RuntimeError("no such thing")

    monkeypatch.setattr("linkhome.pipeline.gather", break_down)
    assert not preview.builder.whole()
    assert "stumbled" in preview.said
    monkeypatch.undo()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))
    assert preview.builder.whole()
    assert not preview.stage.shown.broken


def test_the_output_is_not_touched(preview):
    assert not (preview.root / "public").exists()
    names = {path.name for path in preview.root.iterdir()}
    assert names == {".cache", "linkhome.yaml", "posts"}


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["a.md"], "a.md"),
        (["b.md", "a.md"], "a.md and b.md"),
        (["a", "b", "c"], "a, b and c"),
        (["a", "b", "c", "d"], "a, b and 2 more"),
    ],
)
def test_what_was_changed_is_named(names, said):
    assert named(names) == said
