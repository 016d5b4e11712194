"""Freeze what a command loads: a start of 40 ms is lost by one careless import."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from linkhome.theme import locate

REPOSITORY = Path(__file__).parents[2]
#: Loads the command line as the installed program does, runs it, and says which modules it took.
PROBE = """
import json, sys
before = set(sys.modules)
from linkhome.cli import main
try:
    code = main(sys.argv[2:])
finally:
    with open(sys.argv[1], "w") as file:
        json.dump(sorted(set(sys.modules) - before), file)
sys.exit(code)
"""

# fmt: off
#: What nothing that is used every day may load.
NEVER = {
    "aiohttp", "asyncio", "concurrent", "email", "feedparser", "fontTools", "ftplib", "http", "httpx",
    "importlib.metadata", "keyring", "linkhome.deploy", "linkhome.preview", "pkg_resources", "pygments", "requests", "rich", "segno", "setuptools", "ssl",
    "unittest", "urllib.request", "urllib3", "watchdog", "webbrowser", "xmlrpc",
}
#: What only a build needs.
BUILD_ONLY = {
    "PIL", "coloraide", "htmlmin", "jinja2", "linkhome.pipeline", "logging", "markdown_it", "markupsafe",
    "mdit_py_plugins", "msgspec", "multiprocessing", "rcssmin", "socket", "sqlite3", "subprocess", "yaml", "zoneinfo",
}
# fmt: on


def loaded(tmp_path, *arguments: str) -> set[str]:
    kept = tmp_path / "modules.json"
    command = [sys.executable, "-W", "error", "-c", PROBE, str(kept), *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PYTHONHASHSEED": "0"}, timeout=60)
    assert ran.returncode == 0, ran.stderr
    return set(json.loads(kept.read_text("utf-8")))


def among(modules: set[str], names: set[str]) -> list[str]:
    """Return which of the names, or parts of them, were loaded."""
    return sorted(name for name in names if any(m == name or m.startswith(name + ".") for m in modules))


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["build", "--help"], ["init", "--help"]])
def test_help_loads_click_and_nothing_of_weight(tmp_path, arguments):
    modules = loaded(tmp_path, *arguments)
    assert among(modules, NEVER | BUILD_ONLY) == []
    packages = {m.partition(".")[0] for m in modules} - sys.stdlib_module_names
    assert {p for p in packages if not p.startswith("_")} == {"click", "linkhome"}
    assert {m for m in modules if m.startswith("linkhome.")} == {
        "linkhome.cli",
        "linkhome.commands",
        "linkhome.commands.audience",
        "linkhome.commands.group",
        "linkhome.commands.options",
        "linkhome.commands.publishing",
        "linkhome.console",
        "linkhome.diagnostics",
    }


SITE = {
    "linkhome.yaml": "profile: {name: Lina}\nurl: https://lina.example\nhome: [posts]\n",
    "posts/one.md": "---\ntitle: One\ndate: 2026-01-01\n---\nSome *text*.\n",
}


def test_a_build_loads_nothing_for_networks_servers_or_shows(site, tmp_path):
    folder = site(SITE)
    # A code is drawn once in the life of an address; segno's way to escape XML opens half of the standard library.
    drawing = {"segno", "email", "http", "ssl", "urllib.request"}
    assert among(loaded(tmp_path, "build", str(folder.root)), NEVER - drawing) == []
    folder.replace("posts/one.md", "*text*", "*words*")
    assert among(loaded(tmp_path, "build", str(folder.root)), NEVER) == []


def test_a_build_of_something_changed_leaves_out_what_the_cache_knows(site, tmp_path):
    folder = site(SITE)
    loaded(tmp_path, "build", str(folder.root))
    folder.replace("linkhome.yaml", "home: [posts]", "home: [posts, divider]")
    modules = loaded(tmp_path, "build", str(folder.root))
    assert among(modules, NEVER | {"PIL", "markdown_it", "mdit_py_plugins", "coloraide", "multiprocessing"}) == []


@pytest.mark.parametrize("theme", sorted(locate.bundled()))
def test_a_build_with_known_letters_opens_no_font(site, tmp_path, theme):
    font = (REPOSITORY / "faces/instrument-sans/InstrumentSans.ttf").read_bytes()
    brand = f"brand: {{theme: {theme}, fonts: {{text: text.ttf}}}}\n"
    files = {"linkhome.yaml": SITE["linkhome.yaml"] + brand, "posts/one.md": SITE["posts/one.md"], "text.ttf": font}
    folder = site(files)
    loaded(tmp_path, "build", str(folder.root))
    folder.replace("posts/one.md", "*text*", "*words*")
    modules = loaded(tmp_path, "build", str(folder.root))
    assert among(modules, {"fontTools", "brotli", "uharfbuzz", "subprocess"}) == []


def test_a_build_with_nothing_to_do_loads_next_to_nothing(site, tmp_path, monkeypatch):
    folder = site(SITE)
    monkeypatch.chdir(folder.root)
    loaded(tmp_path, "build")
    modules = loaded(tmp_path, "build")
    assert (
        among(modules, NEVER | BUILD_ONLY | {"click", "difflib", "inspect", "platform", "tempfile", "unicodedata"})
        == []
    )
    assert {m for m in modules if m.startswith("linkhome.")} == {
        "linkhome.cli",
        "linkhome.commands",
        "linkhome.commands.build",
        "linkhome.console",
        "linkhome.diagnostics",
        "linkhome.inputs",
        "linkhome.ledger",
        "linkhome.project",
    }


def test_importing_linkhome_loads_nothing(tmp_path):
    code = "import sys; before = set(sys.modules); import linkhome; print(sorted(set(sys.modules) - before))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "['linkhome']\n"
