"""The loop says a line about each rebuild, tells mistakes once, and builds when time has come."""

from __future__ import annotations

import io
import re
from collections import deque

import pytest

from linkhome.console import Console
from linkhome.diagnostics import Exit, LinkhomeError
from linkhome.preview.builder import Abandoned, Builder
from linkhome.preview.loop import LOOK, Loop
from linkhome.preview.stage import Settings, Stage
from linkhome.project import Project

SITE = "url: https://lina.example\nprofile: {name: Lina}\nhome: [{text: Hello}]\n"


class Changes:
    """Say in turn what was changed: each is done when its turn comes; then the preview ends."""

    def __init__(self, stage: Stage, *turns) -> None:
        self.stage = stage
        self.turns = deque(turns)
        self.followed = []
        self.pauses = []

    def follow(self, files, folders) -> None:
        self.followed.append(set(files))

    def wait(self, seconds=None) -> frozenset[str]:
        self.pauses.append(seconds)
        if not self.turns:
            self.stage.close()
            return frozenset()
        names, do = self.turns.popleft()
        do()
        return frozenset(names)


class Told(io.StringIO):
    """What was printed, with clocks and durations taken out."""

    @property
    def lines(self) -> list[str]:
        plain = re.sub(r"(?m)^\d\d:\d\d:\d\d ", "TIME ", self.getvalue())
        return re.sub(r"\d+\.\d\d s", "N s", plain).splitlines()


@pytest.fixture
def previewed(site):
    """Run a loop over a small site with these turns; give what was printed, on both streams, and what was asked."""

    def run(*turns, text=SITE):
        folder = site({"linkhome.yaml": text, "posts/one.md": "---\ntitle: One\ndate: 2026-01-01\n---\nText.\n"})
        stage = Stage()
        out, err = Told(), Told()
        builder = Builder(Project(folder.root), stage)
        loop = Loop(builder, Console(out, err))
        changes = Changes(stage, *((names, lambda do=do: do(folder, stage)) for names, do in turns))
        loop.begin()
        changes.follow(builder.files, builder.folders)
        loop.run(changes)
        return out, err, changes

    return run


def edit(old: str, new: str, name: str = "linkhome.yaml"):
    return lambda folder, _: folder.replace(name, old, new)


def test_each_rebuild_is_a_line(previewed):
    out, err, changes = previewed(
        (["linkhome.yaml"], edit("Hello", "Good day")),
        (["posts/one.md"], edit("Text.", "Another text.", "posts/one.md")),
        (["linkhome.yaml"], edit("profile", "# a remark\nprofile")),
    )
    assert out.lines == [
        "Built 5 pages in N s.",
        "TIME linkhome.yaml: 1 page, N s",
        "TIME posts/one.md: 2 pages, N s",
        "TIME linkhome.yaml: nothing on the page changed",
    ]
    assert err.lines == []
    assert len(changes.followed) == 4
    assert {"linkhome.yaml", "posts/one.md"} <= changes.followed[-1]


def test_a_mistake_is_told_once_and_its_repair_too(previewed):
    out, err, _ = previewed(
        (["linkhome.yaml"], edit("text: Hello", "txet: Hello")),
        (["posts/one.md"], edit("Text.", "Another text.", "posts/one.md")),
        (["linkhome.yaml"], edit("txet: Hello", "text: Hello")),
    )
    assert out.lines[1:] == [
        "TIME linkhome.yaml: 1 error; the page stays as it was",
        "TIME posts/one.md: 1 error; the page stays as it was",
        "TIME linkhome.yaml: repaired, 2 pages, N s",
    ]
    assert err.getvalue().count("did you mean 'text'?") == 1
    assert "    3 | home: [{txet: Hello}]" in err.getvalue()


def test_warnings_are_not_told_again_after_a_mistake(previewed):
    _, err, _ = previewed(
        (["linkhome.yaml"], edit("text: Hello", "txet: Hello")),
        (["linkhome.yaml"], edit("txet: Hello", "text: Good day")),
        (["linkhome.yaml"], edit("Good day", "Good evening")),
        text=SITE.replace("url: https://lina.example\n", ""),
    )
    assert err.getvalue().count("the site has no address yet") == 1
    assert err.getvalue().count("unknown block") == 1


def test_a_mistake_that_comes_back_is_told_again(previewed):
    _, err, _ = previewed(
        (["linkhome.yaml"], edit("text: Hello", "txet: Hello")),
        (["linkhome.yaml"], edit("txet: Hello", "text: Hello")),
        (["linkhome.yaml"], edit("text: Hello", "txet: Hello")),
    )
    assert err.getvalue().count("unknown block") == 2


def test_a_site_that_is_broken_from_the_start_is_waited_for(previewed):
    out, err, _ = previewed((["linkhome.yaml"], edit("txet", "text")), text=SITE.replace("text", "txet"))
    assert "did you mean 'text'?" in err.getvalue()
    assert out.lines == ["TIME linkhome.yaml: repaired, 5 pages, N s"]


def test_another_view_is_built_when_somebody_asks_for_it(previewed):
    out, _, _ = previewed(([], lambda _, stage: stage.want(Settings(outages=("instagram",)))))
    assert out.lines[1].startswith("TIME another view: ")
    assert "pages" in out.lines[1]


def test_waking_up_for_nothing_builds_nothing(previewed):
    out, _, changes = previewed(([], lambda *_: None))
    assert len(out.lines) == 1
    assert changes.pauses == [LOOK, LOOK]


def test_what_changes_by_itself_is_built_when_its_time_has_come(previewed, monkeypatch):
    now = [1_790_000_000.0]
    monkeypatch.setattr("time.time", lambda: now[0])
    link = "{link: https://a.example, title: Shop, until: 2026-09-21 16:00}"

    def wait_for_it(*_):
        now[0] = 1_790_100_000.0

    out, _, changes = previewed(([], wait_for_it), text=SITE.replace("{text: Hello}", link))
    assert out.lines[1] == "TIME its time has come: 1 page, N s"
    assert changes.pauses[0] <= LOOK


def test_a_build_that_was_given_up_is_not_followed(previewed, monkeypatch):
    def give_up(*_):
        monkeypatch.setattr(Builder, "whole", given_up)

    def given_up(self):
        raise Abandoned

    out, _, changes = previewed((["linkhome.yaml"], give_up))
    assert len(out.lines) == 1
    assert len(changes.followed) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--at", "tomorrow"], "--at: 'tomorrow' is no time"),
        (["--at", "2026-13-01"], "--at: "),
        (["--outage", "instagrm"], "did you mean 'instagram'?"),
        (["--outage", "telegraph office"], "is no platform that is known here"),
        (["--editor", "javascript:alert(1)"], "editor"),
        (["--port", "99999"], "99999"),
        (["no-such-site"], "there is no linkhome.yaml"),
    ],
)
def test_what_cannot_be_shown_is_said_before_anything_starts(site, capsys, arguments, said):
    folder = site({"linkhome.yaml": SITE})
    ran = folder.run("serve", *arguments)
    assert ran.code == Exit.USAGE
    assert said in ran.err + capsys.readouterr().err
    assert ran.out == ""


def test_times_are_those_of_the_site(site):
    from linkhome.commands.serve import Options, _settings

    folder = site({"linkhome.yaml": SITE + "timezone: Europe/Berlin\n"})
    project = Project(folder.root)
    assert _settings(Options(at="2026-12-24 18:00"), project).at == 1798131600
    folder.write("linkhome.yaml", "profile: [")
    assert _settings(Options(at="2026-12-24 18:00"), project).at == 1798135200
    with pytest.raises(LinkhomeError):
        _settings(Options(at="18 o'clock"), project)
