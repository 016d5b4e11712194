"""A creator looks at the themes, chooses, changes a file of one, and updates linkhome later."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from linkhome.theme import locate

SITE = "url: https://a.example\nprofile: {name: Ada}\nbrand: {theme: base}\n"


@pytest.fixture
def site(tmp_path, monkeypatch):
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "linkhome.yaml").write_text(SITE, "utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def run(capsys):
    from linkhome.cli import main

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_list_tells_every_theme_and_which_one_is_used(site, run):
    code, out, _ = run("theme", "list")
    assert code == 0
    assert [line[0] for line in out.splitlines() if line[2:].startswith("base")] == ["*"]
    assert {line[2:].split()[0] for line in out.splitlines()} >= set(locate.bundled())
    code, out, _ = run("theme", "list", "--json")
    rows = {row["name"]: row for row in json.loads(out)["themes"]}
    assert rows["base"]["used"] is True
    assert Path(rows["base"]["path"], "theme.yaml").is_file()


def test_themes_can_be_looked_at_before_there_is_a_site(tmp_path, monkeypatch, run):
    monkeypatch.chdir(tmp_path)
    assert run("theme", "list")[0] == 0
    assert run("theme", "show", "base")[0] == 0


def test_show_names_fonts_options_and_pictures(site, run, tmp_path):
    for name in locate.bundled():
        code, out, _ = run("theme", "show", name, "--out", str(tmp_path))
        assert code == 0
        assert "Fonts" in out
    code, _, err = run("theme", "show", "bsae")
    assert code != 0
    assert "did you mean 'base'?" in err


def test_ejecting_copies_a_file_that_then_belongs_to_the_site(site, run):
    code, out, _ = run("theme", "eject", "blocks/link.html")
    assert code == 0
    assert "theme/templates/blocks/link.html" in out
    mine = site / "theme/templates/blocks/link.html"
    assert mine.read_bytes() == (locate.bundled()["base"] / "templates/blocks/link.html").read_bytes()
    mine.write_text("changed", "utf-8")
    code, _, err = run("theme", "eject", "blocks/link.html")
    assert code != 0
    assert "already" in err
    assert mine.read_text("utf-8") == "changed"


def test_styles_can_be_ejected_and_are_then_used(site, run):
    assert run("theme", "eject", "base.css")[0] == 0
    css = site / "theme/static/css/base.css"
    css.write_text(css.read_text("utf-8") + "\nbody { --mine: 1 }\n", "utf-8")
    assert run("build", "-q")[0] == 0
    assert "--mine" in (site / "public/index.html").read_text("utf-8")


def test_extending_changes_one_block_only(site, run):
    assert run("theme", "eject", "page.html", "--extend")[0] == 0
    mine = site / "theme/templates/page.html"
    assert mine.read_text("utf-8").startswith('{% extends "theme:page.html" %}')
    (site / "pages").mkdir()
    (site / "pages/about.md").write_text("---\ntitle: About\n---\nHello.\n", "utf-8")
    mine.write_text(mine.read_text("utf-8") + "{% block footer %}<p>mine</p>{{ super() }}{% endblock %}\n", "utf-8")
    assert run("build", "-q")[0] == 0
    page = (site / "public/about/index.html").read_text("utf-8")
    assert "<p>mine</p>" in page
    assert "Hello." in page
    assert "<p>mine</p>" not in (site / "public/index.html").read_text("utf-8")


def test_a_file_without_blocks_cannot_be_extended(site, run):
    code, _, err = run("theme", "eject", "parts.html", "--extend")
    assert code != 0
    assert "no blocks" in err


def test_a_misspelt_file_gets_a_hint_and_the_list_is_there(site, run):
    code, _, err = run("theme", "eject", "hmoe.html")
    assert code != 0
    assert "did you mean 'home.html'?" in err
    _, out, _ = run("theme", "eject")
    assert "home.html" in out.splitlines()
    assert "base.css" in out.splitlines()


def test_diff_tells_what_an_update_changed_and_can_be_told_that_it_was_seen(site, run, monkeypatch, tmp_path):
    themes = tmp_path / "themes"
    shutil.copytree(locate.bundled_root(), themes)
    monkeypatch.setattr(locate, "bundled_root", lambda: themes)
    assert run("theme", "eject", "page.html")[0] == 0
    assert "changed nothing" in run("theme", "diff")[1]

    theirs = themes / "base/templates/page.html"
    theirs.write_text(theirs.read_text("utf-8").replace("<article>", "<article class=new>"), "utf-8")
    mine = site / "theme/templates/page.html"
    mine.write_text(mine.read_text("utf-8") + "\n<!-- mine -->\n", "utf-8")
    _, out, _ = run("theme", "diff")
    assert "+<article class=new>" in out
    assert "<!-- mine -->" not in out
    assert "+<!-- mine -->" in run("theme", "diff", "--mine")[1]
    assert "+<article class=new>" in run("theme", "diff", "page.html", "--seen")[1]
    assert "changed nothing" in run("theme", "diff")[1]

    theirs.unlink()
    assert "no such file any more" in run("theme", "diff")[1]


def test_what_was_ejected_is_never_published(site, run):
    assert run("theme", "eject", "timed.js")[0] == 0
    assert run("build", "-q")[0] == 0
    published = {file.relative_to(site / "public").as_posix() for file in (site / "public").rglob("*")}
    assert not any("original" in name or name.endswith("timed.js") for name in published)
