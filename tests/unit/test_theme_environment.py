"""The environment of templates: own templates over the theme's, strict names, kept compilations, explained mistakes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import theme_model
from jinja2 import Environment

from linkhome.theme import environment, errors, locate


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "theme" / "templates" / "blocks").mkdir(parents=True)
    return tmp_path


def made(site: Path, cache: Path | None = None) -> Environment:
    return environment.make(locate.find("base", site / "theme"), cache)


def own(site: Path, name: str, source: str) -> None:
    (site / "theme" / "templates" / name).write_text(source)


def explained(site: Path, name: str = "page.html", **context: object) -> tuple[str, str, int, str, str]:
    page = theme_model.page("page")
    with pytest.raises(Exception) as caught:
        made(site).get_template(name).render(page.as_context(), style="", **context)
    found = errors.explain(caught.value, locate.find("base", site / "theme"))
    assert found.span
    return found.message, found.span.file, found.span.line, found.source, found.hint


def test_an_own_template_extends_the_one_that_it_replaces(site: Path) -> None:
    own(
        site, "missing.html", '{% extends "theme:missing.html" %}{% block main %}{{ super() }}<p>Mine</p>{% endblock %}'
    )
    html = made(site).get_template("missing.html").render(theme_model.page("missing").as_context(), style="")
    assert "This page is not here" in html and "<p>Mine</p></main>" in html


def test_a_theme_may_be_named_by_its_own_name(site: Path) -> None:
    own(site, "missing.html", '{% extends "base:missing.html" %}{% block footer %}{% endblock %}')
    html = made(site).get_template("missing.html").render(theme_model.page("missing").as_context(), style="")
    assert "404" in html and "<footer" not in html


def test_everything_is_escaped(site: Path) -> None:
    own(site, "page.html", "{{ page.title }}")
    page = theme_model.page("page", title="<script>alert('x')</script>")
    html = made(site).get_template("page.html").render(page.as_context())
    assert html == "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{{ page.titel }}", "'Page' has no 'titel', did you mean 'title'?"),
        ("{{ shell.texts.skipp }}", "there is no text or key 'skipp', did you mean 'skip'?"),
        ("{{ pge.title }}", "nothing here is called 'pge', did you mean 'page'?"),
        ("{% if page.xyzzy %}{% endif %}", "'Page' has no 'xyzzy'"),
        ("{{ page.titel.x }}", "'Page' has no 'titel', did you mean 'title'?"),
    ],
)
def test_a_wrong_name_says_what_was_meant(site: Path, source: str, message: str) -> None:
    own(site, "page.html", "<p>\n" + source)
    assert explained(site)[:3] == (message, "theme/templates/page.html", 2)


def test_a_syntax_error_has_file_line_and_source(site: Path) -> None:
    own(site, "page.html", "<p>\n<b>\n  {% if %}\n</b>")
    message, file, line, source, hint = explained(site)
    assert message.startswith("the template cannot be read: ")
    assert (file, line, source) == ("theme/templates/page.html", 3, "  {% if %}")
    assert hint == "this is your own template: repair it there, or delete it to get the theme's back"


def test_a_missing_template_is_found_by_its_name(site: Path) -> None:
    own(site, "page.html", '\n{% include "icons.html" %}')
    message, file, line, _, hint = explained(site)
    assert (message, file, line) == ("there is no template 'icons.html'", "theme/templates/page.html", 2)
    assert hint.startswith("did you mean 'icon.html'?")


def test_a_mistake_in_a_macro_has_the_place_of_the_macro(site: Path) -> None:
    own(site, "own.html", "{% macro half(n) %}\n{{ n // 0 }}\n{% endmacro %}")
    own(site, "page.html", '{% import "own.html" as own %}\n<p>{{ own.half(3) }}</p>')
    message, file, line, source, _ = explained(site)
    assert message == "the template fails: integer division or modulo by zero"
    assert (file, line, source) == ("theme/templates/own.html", 2, "{{ n // 0 }}")


def test_compiled_templates_are_kept_and_a_damaged_one_is_made_again(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    context = theme_model.page("missing").as_context()
    cache = tmp_path / "cache"
    first = made(site, cache).get_template("missing.html").render(context, style="")
    kept = sorted((cache / "templates").iterdir())
    assert len(kept) == 3  # missing.html, base.html, parts.html
    for number, file in enumerate(kept):
        data = file.read_bytes()
        file.write_bytes((b"", data[:-9], b"x" * len(data))[number])
    assert made(site, cache).get_template("missing.html").render(context, style="") == first
    assert made(site, cache).get_template("missing.html").render(context, style="") == first


def test_a_cache_that_cannot_be_written_is_no_problem(site: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    html = (
        made(site, tmp_path / "cache")
        .get_template("missing.html")
        .render(theme_model.page("missing").as_context(), style="")
    )
    assert "404" in html


def test_bundled_templates_are_kept_beside_the_modules(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(environment, "_SHARED", tmp_path / "shared")
    own(site, "page.html", "{{ page.title }}")
    ready = made(site, tmp_path / "cache")
    ready.get_template("page.html")
    ready.get_template("missing.html")
    assert len(list((tmp_path / "shared").iterdir())) == 1
    assert len(list((tmp_path / "cache" / "templates").iterdir())) == 1
