"""Where themes and their files are found."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from linkhome.diagnostics import LinkhomeError, Span
from linkhome.theme import locate


@pytest.fixture
def themes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for the bundled themes: base, and one that extends it."""
    root = tmp_path / "themes"
    for name, about in (
        ("base", "styles: {tokens: all, rows: link links}"),
        ("night", "extends: base\nstyles: {rows: link, stars: home}"),
        ("ring", "extends: ring"),
        ("broken", "styles: {]"),
    ):
        (root / name / "templates").mkdir(parents=True)
        (root / name / "theme.yaml").write_text(about)
    monkeypatch.setattr(locate, "bundled_root", lambda: root)
    return root


def test_the_site_comes_first_and_the_parent_last(themes: Path, tmp_path: Path) -> None:
    theme = locate.find("night", tmp_path / "theme")
    assert theme.templates == (
        tmp_path / "theme" / "templates",
        themes / "night" / "templates",
        themes / "base" / "templates",
    )


def test_a_child_changes_and_adds_styles(themes: Path, tmp_path: Path) -> None:
    theme = locate.find("night", tmp_path / "theme")
    assert theme.styles == {"tokens": {"all"}, "rows": {"link"}, "stars": {"home"}}
    assert list(theme.styles) == ["tokens", "rows", "stars"]


def test_static_files_are_found_and_published_by_the_same_order(themes: Path, tmp_path: Path) -> None:
    for folder, text in ((themes / "base" / "static", "base"), (tmp_path / "theme" / "static", "own")):
        (folder / "css").mkdir(parents=True)
        (folder / "fonts").mkdir()
        for name in ("css/rows.css", "fonts/a.woff2", "timed.js"):
            (folder / name).write_text(text)
    (themes / "base" / "static" / "grain.svg").write_text("<svg/>")
    theme = locate.find("base", tmp_path / "theme")
    found = theme.static_file("css/rows.css")
    assert found and found.read_text() == "own"
    assert theme.static_file("css/none.css") is None
    assert {name: path.read_text() for name, path in theme.published().items()} == {
        "fonts/a.woff2": "own",
        "grain.svg": "<svg/>",
    }


def test_an_unknown_name_lists_the_themes(themes: Path, tmp_path: Path) -> None:
    with pytest.raises(LinkhomeError) as caught:
        locate.find("nigth", tmp_path / "theme", Span("linkhome.yaml", 7, 10))
    (found,) = caught.value.diagnostics
    assert found.message == "there is no theme 'nigth'"
    assert found.hint == "did you mean 'night'? the themes are: base, broken, night, ring"
    assert found.span == Span("linkhome.yaml", 7, 10)


@pytest.mark.parametrize("name", ["../base", "", ".", "base/../base"])
def test_a_name_is_no_path(themes: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(LinkhomeError, match="there is no theme"):
        locate.find(name, tmp_path / "theme")


def test_a_theme_that_extends_itself_is_told(themes: Path, tmp_path: Path) -> None:
    with pytest.raises(LinkhomeError, match="the theme 'ring' extends itself: ring > ring"):
        locate.find("ring", tmp_path / "theme")


def test_a_broken_file_has_its_line(themes: Path, tmp_path: Path) -> None:
    with pytest.raises(LinkhomeError) as caught:
        locate.find("broken", tmp_path / "theme")
    span = caught.value.diagnostics[0].span
    assert span and span.file.endswith("broken/theme.yaml") and span.line == 1


def test_other_packages_are_asked_for_unknown_names_only(
    themes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "linkhome_demo_theme").mkdir()
    (tmp_path / "linkhome_demo_theme" / "__init__.py").write_text("")
    (tmp_path / "linkhome_demo_theme" / "theme.yaml").write_text("title: Demo")
    monkeypatch.syspath_prepend(str(tmp_path))
    asked = []

    def entry_points(group: str) -> list[EntryPoint]:
        asked.append(group)
        return [EntryPoint("demo", "linkhome_demo_theme", group)]

    monkeypatch.setattr("importlib.metadata.entry_points", entry_points)
    locate.find("base", tmp_path / "theme")
    assert asked == []
    theme = locate.find("demo", tmp_path / "theme")
    assert asked == ["linkhome.themes"]
    assert [folder.name for folder in theme.chain] == ["demo", "base"]
    assert theme.chain[0].path == tmp_path / "linkhome_demo_theme"
