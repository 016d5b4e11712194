"""What a theme of the creator's own runs in a page is allowed there, and what anybody else writes into it is not."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from conftest import NODE, serving

from linkhome.cli import main

SITE = """\
url: https://lina.example
profile: {name: Lina Marlow}
contact: {email: hello@lina.example}
brand: {share: none, kit: false}
home: [newsletter]
newsletter: {provider: formspree, form: abcdwxyz}
"""
HOME = """\
{% extends "theme:home.html" %}
{% block end %}
<script>(globalThis.ran ??= []).push("plain", "a</span>", "hello@lina.example", "{{ profile.name }}’s", 1 < 2 && "and")</script>
<script type="module">
  (globalThis.ran ??= []).push("module")
</script>
<script type="application/javascript">(globalThis.ran ??= []).push("named")</script>
<script type="application/json">{"not": "run"}</script>
{% endblock %}
"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """Build a site with scripts in its templates, write another into a copy of the page, and open both."""
    root = tmp_path_factory.mktemp("inline")
    (root / "theme/templates").mkdir(parents=True)
    (root / "linkhome.yaml").write_text(SITE, "utf-8")
    (root / "theme/templates/home.html").write_text(HOME, "utf-8")
    assert main(["build", str(root), "--quiet"]) == 0
    public = root / "public"
    page = (public / "index.html").read_text("utf-8")
    (public / "evil.html").write_text(page.replace("</main>", '</main><script>ran=["evil"]</script>'), "utf-8")
    with serving(public) as server:
        wanted = json.dumps({"server": server, "pages": ["index.html", "evil.html"]})
        script = Path(__file__).with_name("inline.mjs")
        ran = subprocess.run([NODE, script, wanted], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, f"the browser could not be driven\n{ran.stderr}"
    return json.loads(ran.stdout)


def test_every_script_of_the_theme_runs_as_it_was_written(opened):
    found = opened["index.html"]
    assert found["ran"] == ["plain", "a</span>", "hello@lina.example", "Lina Marlow’s", "and", "named", "module"]
    assert found["refused"] == []


def test_a_script_that_somebody_else_wrote_into_the_page_does_not(opened):
    found = opened["evil.html"]
    assert "evil" not in found["ran"] and "plain" in found["ran"]
    assert len(found["refused"]) == 1 and "Content Security Policy" in found["refused"][0]
