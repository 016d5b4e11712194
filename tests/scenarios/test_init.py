"""Make a site, be asked, be refused; and what was made builds at once."""

from __future__ import annotations

import json
import posixpath
import pty
import re
import signal
import subprocess
import sys
import time

import pytest

from linkhome.config.schema import Site
from linkhome.deploy.netlify import ABOUT
from linkhome.starter import quoted
from linkhome.starter.answers import one_line

pytestmark = pytest.mark.usefixtures("pictures_made_once")


def test_defaults_give_a_site_that_builds(site):
    folder = site()
    made = folder.run("init", "night-trains", "--yes")
    assert (made.code, made.err) == (0, "")
    assert made.out == (
        "Made a site for Night Trains: .gitignore, posts/hello.md, pages/imprint.md, pages/privacy.md, "
        "media/portrait.jpg, media/featured.jpg, linkhome.yaml.\n"
        "Next: see it in your browser while you change what you like in night-trains/linkhome.yaml:\n"
        "\n"
        "    linkhome serve night-trains --open\n"
        "\n"
        "'linkhome deploy' puts it online; what GitHub Pages and Netlify ask of you stands at the end of that file.\n"
    )
    built = folder.build("night-trains")
    assert built.code == 0
    assert re.findall(r"(?:error|warning): .*", built.err) == ["warning: the site has no address yet"]
    assert "Night Trains" in folder.read("night-trains/public/index.html")


def test_with_an_address_there_is_nothing_to_warn_of(site):
    folder = site()
    assert folder.run("init", "--yes", "--url", "lina.example").code == 0
    built = folder.build("--strict")
    assert (built.code, built.err) == (0, "")


@pytest.mark.parametrize("more", [[], ["--url", "lina.example"]])
def test_no_link_of_a_new_site_is_dead(site, more):
    folder = site()
    folder.run("init", "--yes", *more)
    folder.build()
    files = folder.files()
    pages = {name: data.decode() for name, data in files.items() if name.endswith(".html")}
    for name, text in pages.items():
        for address in re.findall(r"""<a [^>]*?href=["']?([^"' >#]+)""", text):
            if ":" not in address:
                target = posixpath.normpath(posixpath.join("/", posixpath.dirname(name), address))
                assert target.lstrip("/") in files, f"{name}: {address}"
    assert len(pages) == 7


def test_the_folder_here_is_the_default(site):
    folder = site(name="lina-marlow")
    assert "\n    linkhome serve --open\n" in folder.run("init", "--yes").out
    assert "  name: Lina Marlow\n" in folder.read("linkhome.yaml")
    assert folder.build().code == 0


def test_every_question_can_be_answered(site):
    folder = site()
    answers = "Lina Marlow\nIllustrator\nteal\n\nlina.example/\n"
    made = folder.run("init", "x", answers=answers)
    assert made.code == 0
    text = folder.read("x/linkhome.yaml")
    assert "  name: Lina Marlow\n  tagline: Illustrator\n" in text
    assert '  color: "#008080"' in text
    assert "  theme: atelier\n" in text
    assert 'url: "https://lina.example"\n' in text


def test_a_wrong_answer_is_explained_and_asked_again(site):
    folder = site()
    answers = "Lina\nDraws\nrusty\n#9a3b1f\nbsae\nbase\nnot an address\nhttps://lina.example\n"
    made = folder.run("init", "x", answers=answers)
    assert made.code == 0
    assert "Error: 'rusty' is no colour: write it as #9A3B1F" in made.out + made.err
    assert "Error: there is no theme 'bsae': did you mean 'base'?" in made.out + made.err
    assert "Error: 'not an address' is no address of a site" in made.out + made.err
    assert '  color: "#9A3B1F"' in folder.read("x/linkhome.yaml")


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--name", " ", "error: --name: the name must not be empty"),
        ("--tagline", "x" * 161, "error: --tagline: the tagline has 161 characters; keep it under 160"),
        ("--colour", "#12", "error: --colour: '#12' is no colour"),
        ("--theme", "nope", "error: --theme: there is no theme 'nope'"),
        ("--url", "ftp://lina.example", "error: --url: 'ftp://lina.example' is no address of a site"),
    ],
)
def test_a_wrong_option_is_refused_before_anything_is_written(site, option, value, said):
    folder = site()
    made = folder.run("init", "x", "--yes", option, value)
    assert (made.code, made.out) == (2, "")
    assert said in made.err
    assert not (folder.root / "x").exists()


def test_nobody_to_ask_is_said(site):
    made = site().run("init", "x", answers="")
    assert made.code == 2
    assert (
        "error: there is nobody to answer\n      = give the answers as options, or take the defaults with --yes"
        in made.err
    )


NASTY = """\\"': #{}[]&*!|>%@` Zoë 🚂 \u202e<b>"""


@pytest.mark.parametrize(
    "name", [NASTY, "no", "true", "1.10", "- x", "a: b", "x #y", "'quoted'", "名前", "@theme@", "Null", "é è"]
)
def test_any_answer_reads_back_as_it_was_given(site, name):
    import yaml

    folder = site()
    assert (
        folder.run("init", "x", "--yes", "--name", name, "--tagline", name, "--url", "https://lina.example").code == 0
    )
    profile = yaml.load(folder.read("x/linkhome.yaml"), yaml.BaseLoader)["profile"]
    assert (profile["name"], profile["tagline"]) == (one_line(name), one_line(name))
    assert folder.build("x", "--strict").code == 0


def test_line_breaks_and_control_characters_are_taken_out():
    assert one_line(" a\r\nb\tc\x1b[31m\x00\ud800 ") == "a b c[31m"
    assert quoted('say "hi" \\ now') == '"say \\"hi\\" \\\\ now"'


def test_a_site_is_never_overwritten(site):
    folder = site({"linkhome.yaml": "profile: {name: Lina}\n"})
    made = folder.run("init", "--yes")
    assert made.code == 2
    assert f"error: there is a site in {folder.root} already" in made.err
    assert folder.files("") == {"linkhome.yaml": b"profile: {name: Lina}\n"}


def test_a_folder_with_other_files_keeps_them(site):
    folder = site({".git/HEAD": "ref", ".gitignore": "mine\n", "pages/imprint.md": "mine\n", "notes.txt": "mine\n"})
    made = folder.run("init", "--yes")
    assert made.code == 0
    assert made.err == "These were there already and stay as they are:\n  .gitignore\n  pages/imprint.md\n"
    for name in (".gitignore", "pages/imprint.md", "notes.txt"):
        assert folder.read(name) == "mine\n"
    assert folder.build().code == 0


def test_a_file_is_no_folder(site):
    made = site({"notes.txt": "x"}).run("init", "notes.txt", "--yes")
    assert (made.code, made.err) == (2, "error: 'notes.txt' is a file\n      = name a folder for the site\n1 error\n")


def test_quiet_says_nothing(site):
    made = site().run("--quiet", "init", "x", "--yes")
    assert made == (0, "", "")


def test_the_editor_finds_the_schema(site):
    folder = site()
    folder.run("init", "x", "--yes")
    first = folder.read("x/linkhome.yaml").splitlines()[0]
    name = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)[1]
    schema = folder.read(f"x/{name}")
    assert json.loads(schema)["properties"]["profile"]
    assert schema == folder.run("schema").out


def test_every_key_is_shown_and_wakes_up(site):
    """What sleeps behind a # is correct, too."""
    folder = site()
    folder.run("init", "--yes")
    text = folder.read("linkhome.yaml")
    for key in Site.__struct_encode_fields__:
        assert re.search(rf"^#?{key}:", text, re.MULTILINE), f"the key '{key}' is not shown"
    # A sleeping line has its key right behind the #, or is indented by two; prose has one space.
    awake = re.sub(r"^( *)#(?=[\w-]|  )", r"\1", text, flags=re.MULTILINE)
    folder.write("linkhome.yaml", awake.replace("media/logo.svg", "media/portrait.jpg"))
    built = folder.build()
    assert (built.code, re.findall("^.*error:.*$", built.err, re.MULTILINE)) == (0, [])


def test_the_rules_of_hosts_that_bite_are_told_in_a_sentence_each(site):
    """What they say is what deploying does: the keys wake up to two places, and the figures are those of the target."""
    folder = site()
    folder.run("init", "--yes", "--url", "yourname.github.io")
    told = folder.read("linkhome.yaml").partition("# Where 'linkhome deploy'")[2]
    rules = re.findall(r"^# - (GitHub Pages|Netlify): (.+\.)$", told, re.MULTILINE)
    assert [host for host, _ in rules] == ["GitHub Pages"] * 4 + ["Netlify"] * 3
    for words in (
        "public",
        "its name makes the address",
        "shops",
        "ten minutes",
        "offline",
        "functions",
        "'provider: netlify'",
    ):
        assert len([one for _, one in rules if words in one]) == 1, words
    cost = re.search(r"costs (\d+) of the free plan's (\d+) credits", told)
    assert cost and f"costs {cost[1]} of the {cost[2]} credits" in ABOUT.remark
    folder.write(
        "linkhome.yaml",
        folder.read("linkhome.yaml").partition("#deploy:")[0]
        + re.sub(r"(?m)^#", "", "#deploy:" + told.partition("#deploy:")[2]),
    )
    assert folder.build("--strict").code == 0
    assert "yourname.netlify.app</a>" in folder.read("public/index.html")


def test_ctrl_c_at_a_question_ends_with_one_line(site):
    folder = site()
    _, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "linkhome", "init", "x"],
        cwd=folder.root,
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    while "[" not in process.stdout.read(1):  # the first question shows its default
        pass
    time.sleep(0.3)  # until it waits for the answer
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, err.strip()) == (130, "stopped")
    assert not (folder.root / "x").exists()
