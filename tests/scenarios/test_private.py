"""Lists of people stay at home: canaries lie in private/ and in the environment, and none of them ever comes out."""

from __future__ import annotations

import os

import pytest

CANARY = "canary.7f3a@people.example"
OTHER = "canary.9b1c@people.example"
LIST = f"email,first_name,phone\r\n{CANARY},Canary-Birdsong,+41615550199\r\n{OTHER},,\r\n"
#: Nothing of these may be in any byte that a build writes or says.
SECRETS = (CANARY, OTHER, "Canary-Birdsong", "615550199", "canary-token-4711")
SITE = "url: https://lina.example\nprofile: {name: Lina Marlow}\nbrand: {share: none, kit: false}\n"
NEWSLETTER = "newsletter: {provider: buttondown, account: lina}\n"
PAGE = "---\ntitle: About\n---\n"


@pytest.fixture
def folder(site, monkeypatch):
    """Make a site that was built once, with a list of people beside it and tokens in the environment."""
    for provider in ("BUTTONDOWN", "FORMSPREE", "GHOST"):
        monkeypatch.setenv(f"LINKHOME_{provider}_TOKEN", "canary-token-4711")
    made = site(
        {"linkhome.yaml": SITE, "private/subscribers.csv": LIST, "private/raw/buttondown-2026-11-22.jsonl": LIST}
    )
    made.write("private/face.png", b"\x89PNG\r\n\x1a\n" + CANARY.encode())
    made.write("private/.gitignore", "*\n")
    assert made.build().code == 0
    return made


def leaks(folder, *said: str) -> list[str]:
    """Return where a canary is to be seen: in a written file, in the name of one, or in what was said."""
    found = [f"said {one}" for text in said for one in SECRETS if one in text]
    for top in ("public", ".cache"):
        for path in sorted((folder.root / top).rglob("*")):
            seen = os.fsencode(path) + (path.read_bytes() if path.is_file() else b"")
            found += [f"{path}: {one}" for one in SECRETS if one.encode() in seen]
    return found


def refused(folder, place: str) -> str:
    """Build, and check that it was refused at this place, in words and as JSON, with the old site as it was."""
    before = folder.files()
    built, as_json = folder.build(), folder.build("--json")
    assert built.code == as_json.code == 1
    assert built.err.startswith(f"{place}error: "), built.err
    assert "private" in built.err and "      = " in built.err, "it says why, and what to do"
    assert as_json.json["ok"] is False and as_json.json["diagnostics"][0]["message"] in built.err
    assert folder.files() == before
    assert leaks(folder, built.out, built.err, as_json.out, as_json.err) == []
    return built.err


# ---------------------------------------------------------------- whoever names it


@pytest.mark.parametrize(
    ("more", "line", "column"),
    [
        ("home: [{link: private/subscribers.csv}]\n", 4, 15),
        ("home: [{link: ./private/subscribers.csv}]\n", 4, 15),
        ("home: [{link: Private/subscribers.csv}]\n", 4, 15),
        ("home: [{links: Mine, items: [private/raw/buttondown-2026-11-22.jsonl]}]\n", 4, 30),
        ("home: [{image: {file: private/face.png, alt: A face}}]\n", 4, 23),
        ("home: [{audio: private/a.mp3}]\n", 4, 16),
        ("socials: [private/subscribers.csv]\n", 4, 11),
        ("footer: {links: [private/subscribers.csv]}\n", 4, 18),
    ],
)
def test_a_key_that_names_it_is_refused_at_its_place(folder, more, line, column):
    folder.write("linkhome.yaml", SITE + more)
    refused(folder, f"linkhome.yaml:{line}:{column}: ")


@pytest.mark.parametrize("key", ["logo", "icon", "background", "share_image"])
def test_the_brand_is_refused_it_too(folder, key):
    text = SITE.replace("kit: false", f"kit: true, {key}: private/face.png")
    folder.write("linkhome.yaml", text)
    refused(folder, f"linkhome.yaml:3:{text.split(chr(10))[2].index('private/') + 1}: ")


@pytest.mark.parametrize("address", ["media/../private/subscribers.csv", "../my-site/private/subscribers.csv"])
def test_a_way_around_is_refused(folder, address):
    folder.write("linkhome.yaml", f"{SITE}home: [{{link: {address}}}]\n")
    refused(folder, "linkhome.yaml:4:15: ")


@pytest.mark.parametrize("text", ["[all of you](private/subscribers.csv)", "![us](private/face.png)"])
@pytest.mark.parametrize("kind", ["pages", "posts"])
def test_a_text_that_names_it_is_refused_at_its_place(folder, kind, text):
    folder.write(f"{kind}/a.md", f"---\ntitle: A\ndate: 2026-11-01\n---\nSome words.\n\n{text}\n")
    refused(folder, f"{kind}/a.md:7:{text.index('(') + 2}: ")


def test_a_text_that_names_it_from_its_own_folder_is_refused(folder):
    folder.write("pages/a.md", f"{PAGE}[all of you](../private/subscribers.csv)\n")
    refused(folder, "pages/a.md:4:14: ")


# ---------------------------------------------------------------- by links of the disk, and as copies


def link(folder, name: str, target: str) -> None:
    place = folder.root / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(target)


def test_a_link_in_media_is_refused_where_it_is_named(folder):
    link(folder, "media/list.csv", "../private/subscribers.csv")
    folder.write("linkhome.yaml", f"{SITE}home: [{{link: media/list.csv}}]\n")
    assert "'media/list.csv' lies in the folder private/" in refused(folder, "linkhome.yaml:4:15: ")
    folder.write("linkhome.yaml", SITE)
    assert folder.build().code == 0, "what nobody names is not published"
    assert leaks(folder) == []


def test_a_folder_that_is_a_link_is_refused_as_well(folder):
    link(folder, "media/people", "../private")
    folder.write("linkhome.yaml", f"{SITE}home: [{{link: media/people/subscribers.csv}}]\n")
    refused(folder, "linkhome.yaml:4:15: ")


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("theme/static/list.csv", "../../private/subscribers.csv"),
        ("theme/static/people", "../../private"),
        ("theme/templates/list.html", "../../private/subscribers.csv"),
        ("theme/custom.css", "../private/subscribers.csv"),
        ("posts/list.md", "../private/subscribers.csv"),
        ("pages/people", "../private"),
    ],
)
def test_a_link_among_the_sources_is_refused(folder, name, target):
    link(folder, name, target)
    assert f"'{name}'" in refused(folder, "")
    (folder.root / name).unlink()
    assert folder.build().code == 0


def test_a_template_cannot_take_it_in(folder):
    folder.write(
        "theme/templates/home.html",
        '{% extends "theme:home.html" %}{% block end %}{% include "x.html" %}{% endblock %}',
    )
    link(folder, "theme/templates/x.html", "../../private/subscribers.csv")
    refused(folder, "")


def test_a_private_folder_that_is_itself_elsewhere_is_as_private(folder, tmp_path):
    (folder.root / "private").rename(tmp_path / "safe")
    (folder.root / "private").symlink_to(tmp_path / "safe")
    folder.write("linkhome.yaml", f"{SITE}home: [{{link: private/subscribers.csv}}]\n")
    assert "never published" in refused(folder, "linkhome.yaml:4:15: ")


@pytest.mark.parametrize("how", ["copied", "linked hard"])
@pytest.mark.parametrize("place", ["theme/static/list.csv", "media/list.csv"])
def test_a_copy_is_refused_too(folder, place, how):
    (folder.root / place).parent.mkdir(parents=True)
    if how == "copied":
        folder.write(place, LIST)
    else:
        os.link(folder.root / "private/subscribers.csv", folder.root / place)
    folder.write("linkhome.yaml", f"{SITE}home: [{{link: media/list.csv}}]\n" if "media" in place else SITE)
    assert f"'{place}' would be published as '" in refused(folder, "")


def test_another_list_that_is_as_long_is_published(folder):
    folder.write("media/list.csv", "x" * len(LIST))
    folder.write("linkhome.yaml", f"{SITE}home: [{{link: media/list.csv}}]\n")
    assert folder.build().code == 0


@pytest.mark.parametrize("out", ["private", "private/site"])
def test_the_site_is_not_built_over_it(folder, out):
    built = folder.build("--out", out)
    assert built.code == 2
    assert built.err.startswith("error: the built site cannot lie in private/")
    assert (folder.root / "private/subscribers.csv").read_bytes() == LIST.encode()


# ---------------------------------------------------------------- what is built, and what is said


def test_a_built_site_holds_nothing_of_it_nor_of_the_tokens(folder):
    folder.write("linkhome.yaml", SITE + NEWSLETTER + "home: [newsletter]\n")
    folder.write("pages/about.md", f"{PAGE}Words.\n")
    for arguments in ([], ["--json"], ["--strict"], ["--theme", "atelier"]):
        built = folder.build(*arguments)
        assert built.code == 0, built.err
        assert leaks(folder, built.out, built.err) == []
    assert not any("private" in name or name.endswith((".csv", ".jsonl")) for name in folder.files())


def test_a_build_that_fails_says_nothing_of_it_either(folder, monkeypatch):
    monkeypatch.setenv("LINKHOME_DEBUG", "1")
    folder.write("linkhome.yaml", SITE + "newsletter: {provider: buttondown}\nhome: [newsletter]\n")
    for arguments in ([], ["--json"]):
        built = folder.build(*arguments)
        assert built.code == 1
        assert leaks(folder, built.out, built.err) == []


@pytest.mark.parametrize(
    "secret",
    [
        "sk_live_canary47114711canary",
        "xkeysib-canary47114711canary4711-x",
        "0123456789abcdef0123456789abcdef-us21",
        "re_Canary47_canary47114711canary",
    ],
)
@pytest.mark.parametrize("key", ["account", "key", "api_key", "token"])
def test_a_key_that_was_pasted_into_the_file_is_repeated_nowhere(folder, key, secret):
    written = SITE + f"newsletter: {{provider: buttondown, {key}: {secret}}}\nhome: [newsletter]\n"
    folder.write("linkhome.yaml", written)
    for arguments in ([], ["--json"]):
        built = folder.build(*arguments)
        assert built.code == 1
        assert secret not in built.out + built.err
    built = folder.build()
    assert "linkhome.yaml:4:" in built.err and "*" * len(secret) in built.err
    assert not any(secret.encode() in data for top in ("public", ".cache") for data in folder.files(top).values())
