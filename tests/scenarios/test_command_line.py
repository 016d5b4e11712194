"""How the program starts and ends: help, misuse, Ctrl-C, a closed pipe, and what nobody foresaw."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from linkhome import __version__
from linkhome.commands.build import Options

LINA = "profile: {name: Lina}\nurl: https://lina.example\n"


def test_version(site):
    assert site().run("--version") == (0, f"linkhome {__version__}\n", "")


def test_help_names_every_command_on_one_screen(site):
    shown = site().run("--help")
    assert shown.code == 0
    assert re.findall(r"^  (\w+)  ", shown.out.partition("Commands:")[2], re.MULTILINE) == [
        "build",
        "check",
        "deploy",
        "embeds",
        "headers",
        "init",
        "list",
        "newsletter",
        "outage",
        "refresh",
        "schema",
        "serve",
        "status",
        "theme",
    ]
    assert len(shown.out.splitlines()) <= 25


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["buidl"], "No such command 'buidl'. Did you mean 'build'?"),
        (["build", "--stric"], "No such option '--stric'. Did you mean '--strict'?"),
        (["build", "a", "b"], "Got unexpected extra argument"),
        (["build", "--theme"], "Option '--theme' requires an argument."),
    ],
)
def test_misuse_is_explained(site, arguments, said):
    ran = site().run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_bare_build_is_a_build_without_options(site, monkeypatch):
    """The short way past the parser gives exactly what the parser gives."""
    seen = []
    monkeypatch.setattr("linkhome.commands.build.run", lambda options: seen.append(options) or 0)
    folder = site()
    folder.run("build")
    folder.run("--", "build")
    assert seen == [Options(), Options()]


def test_the_schema_is_a_json_schema(site):
    import jsonschema

    ran = site().run("schema")
    assert (ran.code, ran.err) == (0, "")
    schema = json.loads(ran.out)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate({"profile": {"name": "Lina"}, "home": ["newsletter", {"link": "https://a.example"}]}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"profil": {"name": "Lina"}}, schema)


def test_a_surprise_is_one_sentence_and_a_file(site, monkeypatch, tmp_path):
    def broken(options):
        raise KeyError("the left shoe")

    monkeypatch.setattr("linkhome.commands.build.run", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ran = site().run("build")
    assert (ran.code, ran.out) == (1, "")
    assert "Traceback" not in ran.err
    sentence, advice = ran.err.splitlines()
    assert sentence == ("linkhome stumbled over something that it should have handled: KeyError: 'the left shoe'")
    (kept,) = tmp_path.glob("linkhome-*.txt")
    assert f"the details are in {kept};" in advice
    assert "Traceback (most recent call last)" in kept.read_text("utf-8")


def test_the_traceback_is_there_for_who_wants_it(site, monkeypatch):
    def broken(options):
        raise RecursionError("\x1b[2J")

    monkeypatch.setattr("linkhome.commands.build.run", broken)
    monkeypatch.setenv("LINKHOME_DEBUG", "1")
    ran = site().run("build")
    assert ran.code == 1
    assert "Traceback (most recent call last)" in ran.err
    assert "\x1b" not in ran.err


def test_trouble_with_a_file_is_no_surprise(site, monkeypatch):
    def full(options):
        raise OSError(28, "No space left on device", "public/index.html")

    monkeypatch.setattr("linkhome.commands.build.run", full)
    ran = site().run("build")
    assert (ran.code, ran.err.splitlines()[0]) == (1, "public/index.html: error: no space left on device")


def test_ctrl_c_ends_with_one_line(site):
    post = "---\ntitle: Post {n}\ndate: 2026-01-01\n---\n" + "Some *text* with [a link](https://a.example).\n\n" * 60
    folder = site({"linkhome.yaml": LINA, **{f"posts/p{n}.md": post.replace("{n}", str(n)) for n in range(600)}})
    process = folder.spawn("build")
    helpers = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while process.poll() is None and not helpers.read_text():
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the build and to all who work for it
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "stopped\n")
    assert not (folder.root / "public").exists()
    assert [name.name for name in folder.root.iterdir() if name.name.startswith(".") and name.name != ".cache"] == []


def test_a_reader_that_goes_away_is_no_trouble(site):
    folder = site()
    process = folder.spawn("schema")
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    process.wait(30)


def test_a_full_disk_behind_stdout_is_said(site):
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "linkhome", "schema"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=30
        )
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert "No space left" in ran.stderr


def test_a_terminal_of_another_language_gets_through(site):
    folder = site({"linkhome.yaml": LINA + "名前: x\n"})
    ran = folder.command("build", env={"PYTHONIOENCODING": "ascii"})
    assert ran.code == 1
    assert "unknown key '\\u540d\\u524d'" in ran.err


def test_python_dash_m_is_the_same_program(site):
    ran = site().command("--version")
    assert ran == (0, f"linkhome {__version__}\n", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_there_for_every_shell(site, shell):
    ran = site().command(env={"_LINKHOME_COMPLETE": f"{shell}_source"})
    assert ran.code == 0
    assert "linkhome" in ran.out
    completed = site().command(
        env={
            "_LINKHOME_COMPLETE": f"{shell}_complete",
            "COMP_WORDS": "linkhome bu",
            "COMP_CWORD": "bu" if shell == "fish" else "1",
        }
    )
    assert "build" in completed.out
