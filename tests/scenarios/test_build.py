"""Break it, see the error, repair it: a creator's day with ``linkhome build``."""

from __future__ import annotations

import json
import re
import shutil

import pytest

LINA = "profile:\n  name: Lina Marlow\n  tagline: Illustrator\nurl: https://lina.example\n"


def test_a_site_of_three_lines_builds(site):
    folder = site({"linkhome.yaml": LINA})
    built = folder.build()
    assert (built.code, built.err) == (0, "")
    first, second = built.out.splitlines()
    assert re.fullmatch(r"Built \d+ pages? and \d+ other files? into public/ in \d+\.\d\d s\.", first)
    assert second == "To see it, open public/index.html in your browser."
    assert "<title>Lina Marlow" in folder.read("public/index.html")


def test_a_second_build_has_nothing_to_do(site):
    folder = site({"linkhome.yaml": LINA})
    folder.build()
    before = folder.files()
    again = folder.build()
    assert again == (0, "Nothing has changed; public/ is up to date.\n", "")
    assert folder.files() == before


def test_a_change_is_seen_at_once(site):
    folder = site({"linkhome.yaml": LINA})
    folder.build()
    folder.replace("linkhome.yaml", "Illustrator", "Zine-maker")
    assert folder.build().out.startswith("Built ")
    assert "Zine-maker" in folder.read("public/index.html")


def test_a_misspelt_key_is_shown_and_repaired(site):
    folder = site({"linkhome.yaml": LINA.replace("tagline", "taglin")})
    built = folder.build()
    assert (built.code, built.out) == (1, "")
    assert built.err == (
        "linkhome.yaml:3:3: error: unknown key 'taglin'\n"
        "    3 |   taglin: Illustrator\n"
        "      |   ^^^^^^\n"
        "      = did you mean 'tagline'?\n"
        "1 error\n"
    )
    assert not (folder.root / "public").exists()
    folder.replace("linkhome.yaml", "taglin:", "tagline:")
    assert folder.build().code == 0


def test_an_error_leaves_the_last_good_site_alone(site):
    folder = site({"linkhome.yaml": LINA})
    folder.build()
    before = folder.files()
    folder.replace("linkhome.yaml", "profile:", "profil:")
    assert folder.build().code == 1
    assert folder.files() == before


def test_all_mistakes_of_all_files_come_at_once(site):
    folder = site(
        {
            "linkhome.yaml": LINA + "brand:\n  color: reddish\nhome:\n  - lnik: https://a.example\n",
            "posts/one.md": "---\ntitel: One\n---\ntext\n",
            "pages/two.md": "---\ntitle: Two\ndraft: perhaps\n---\ntext\n",
        }
    )
    built = folder.build()
    places = re.findall(r"^(\S+?:\d+):\d+: error:", built.err, re.MULTILINE)
    assert places == ["linkhome.yaml:6", "linkhome.yaml:8", "pages/two.md:3", "posts/one.md:2"]
    assert built.err.endswith("\n4 errors\n")


def test_broken_front_matter_is_shown_in_its_file(site):
    folder = site({"linkhome.yaml": LINA, "posts/one.md": "---\ntitle: [One\ndate: 2026-01-01\n---\nText\n"})
    built = folder.build()
    assert built.code == 1
    assert re.search(r"^posts/one\.md:[234]:\d+: error: ", built.err, re.MULTILINE)
    folder.replace("posts/one.md", "[One", "One")
    assert folder.build().code == 0
    assert "One" in folder.read("public/posts/one/index.html")


def test_a_missing_picture_is_named_where_it_is_wanted(site, image):
    folder = site({"linkhome.yaml": LINA + "home:\n  - image: {file: media/prints.png, alt: Prints}\n"})
    built = folder.build()
    assert built.code == 1
    assert re.search(r"^linkhome\.yaml:6:\d+: error: .*media/prints\.png", built.err, re.MULTILINE)
    folder.write("media/prints.png", image(800, 500))
    assert folder.build().code == 0


def test_a_picture_that_is_none_is_refused(site):
    folder = site(
        {"linkhome.yaml": LINA + "home:\n  - image: {file: media/x.png, alt: X}\n", "media/x.png": "not a picture"}
    )
    built = folder.build()
    assert built.code == 1
    assert "media/x.png" in built.err


def test_a_picture_without_words_is_a_warning(site, image):
    folder = site({"linkhome.yaml": LINA + "home:\n  - image: media/x.png\n", "media/x.png": image()})
    built = folder.build()
    assert built.code == 0
    assert re.search(r"^linkhome\.yaml:6:\d+: warning: ", built.err, re.MULTILINE)
    assert built.err.endswith("\n1 warning\n")


def test_strict_writes_nothing_when_there_is_a_warning(site, image):
    folder = site({"linkhome.yaml": LINA + "home:\n  - image: media/x.png\n", "media/x.png": image()})
    built = folder.build("--strict")
    assert (built.code, built.out) == (1, "")
    assert built.err.startswith("error: nothing was written: --strict lets no warning pass\n")
    assert built.err.endswith("\n1 error, 1 warning\n")
    assert not (folder.root / "public").exists()
    assert folder.build().code == 0
    assert folder.build("--strict").code == 1, "also when there is nothing to do"


def test_warnings_are_repeated_when_there_is_nothing_to_do(site, image):
    folder = site({"linkhome.yaml": LINA + "home:\n  - image: media/x.png\n", "media/x.png": image()})
    assert folder.build().err == folder.build().err != ""


def test_a_template_error_names_the_template_and_its_line(site):
    folder = site({"linkhome.yaml": LINA, "theme/templates/home.html": "<h1>\n{{ profile.name }\n</h1>\n"})
    built = folder.build()
    assert built.code == 1
    assert re.search(r"^theme/templates/home\.html:2:\d+: error: ", built.err, re.MULTILINE)


def test_a_template_that_asks_for_too_much_names_its_line(site):
    folder = site({"linkhome.yaml": LINA, "theme/templates/home.html": "<h1>\n{{ profile.shoe_size.left }}\n</h1>\n"})
    built = folder.build()
    assert built.code == 1
    assert re.search(r"^theme/templates/home\.html:2:\d+: error: .*shoe_size", built.err, re.MULTILINE)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", " javascript:alert(1)"]
)
def test_an_address_that_runs_code_is_refused(site, address):
    folder = site({"linkhome.yaml": LINA + f'home:\n  - link: "{address}"\n    title: x\n'})
    built = folder.build()
    assert built.code == 1
    assert re.search(r"^linkhome\.yaml:6:\d+: error: ", built.err, re.MULTILINE)


def test_code_in_a_text_is_only_text(site):
    folder = site({"linkhome.yaml": LINA + 'home:\n  - text: "<script>alert(1)</script> [x](javascript:alert(1))"\n'})
    folder.build()
    page = folder.read("public/index.html")
    assert "<script>alert" not in page
    assert 'href="javascript' not in page.lower()


def test_json_is_one_object_and_nothing_else(site, image):
    folder = site({"linkhome.yaml": LINA + "home:\n  - image: media/x.png\n", "media/x.png": image()})
    built = folder.build("--json")
    assert (built.code, built.err) == (0, "")
    found = built.json
    assert list(found) == ["ok", "out", "pages", "files", "new", "removed", "unchanged", "build", "diagnostics"]
    assert (found["ok"], found["out"], found["removed"], found["unchanged"]) == (True, "public/", 0, 0)
    assert found["pages"] >= 1
    assert found["files"] == found["new"] == len(folder.files())
    assert found["build"] == json.loads(folder.read("public/build.json"))["build"]
    (finding,) = found["diagnostics"]
    assert (finding["severity"], finding["file"], finding["line"]) == ("warning", "linkhome.yaml", 6)
    again = folder.build("--json").json
    assert (again["new"], again["unchanged"], again["build"]) == (0, found["files"], found["build"])
    assert again["diagnostics"] == found["diagnostics"]


def test_json_also_tells_of_errors(site):
    folder = site({"linkhome.yaml": LINA + "moon: full\n"})
    built = folder.build("--json")
    assert (built.code, built.err) == (1, "")
    assert (built.json["ok"], built.json["pages"], built.json["build"]) == (False, 0, "")
    assert built.json["diagnostics"][0] == {
        "severity": "error",
        "message": "unknown key 'moon'",
        "hint": built.json["diagnostics"][0]["hint"],
        "file": "linkhome.yaml",
        "line": 5,
        "column": 1,
        "width": 4,
    }


def test_quiet_keeps_only_what_is_wrong(site, image):
    folder = site({"linkhome.yaml": LINA + "home:\n  - image: media/x.png\n", "media/x.png": image()})
    built = folder.build("--quiet")
    assert (built.code, built.out) == (0, "")
    assert "warning" in built.err
    assert folder.run("-q", "build").out == ""


def test_colour_is_for_terminals_or_on_demand(site, monkeypatch):
    folder = site({"linkhome.yaml": LINA + "moon: full\n"})
    assert "\x1b[" not in folder.build().err
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;31merror:\x1b[0m" in folder.build().err
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in folder.build().err


def test_no_site_here_says_how_to_make_one(site):
    built = site({"notes.txt": ""}).build()
    assert built.code == 2
    assert "linkhome init" in built.err


def test_the_site_is_found_from_below_and_by_name(site):
    folder = site({"linkhome.yaml": LINA, "posts/one.md": "---\ntitle: One\n---\nText\n"})
    assert folder.run("build", str(folder.root)).code == 0
    assert folder.run("build", str(folder.root / "linkhome.yaml")).code == 0
    below = type(folder)(folder.root / "posts")
    shutil.rmtree(folder.root / "public")
    assert below.build().code == 0
    assert (folder.root / "public/index.html").exists()


def test_out_leads_elsewhere(site):
    folder = site({"linkhome.yaml": LINA})
    built = folder.build("--out", "../elsewhere")
    assert built.code == 0
    assert f"into {(folder.root.parent / 'elsewhere').as_posix()}/ in" in built.out
    assert (folder.root.parent / "elsewhere/index.html").is_file()
    assert not (folder.root / "public").exists()


@pytest.mark.parametrize(("out", "code"), [("public", 1), (".", 2), ("..", 2)])
def test_a_folder_that_linkhome_did_not_make_is_never_replaced(site, out, code):
    folder = site({"linkhome.yaml": LINA, "public/diary.txt": "dear diary"})
    built = folder.build("--out", out)
    assert built.code == code
    assert built.err.startswith("error: ")
    assert folder.files("")["public/diary.txt"] == b"dear diary"
    assert folder.read("linkhome.yaml") == LINA


def test_the_theme_may_be_tried_without_changing_the_site(site):
    folder = site({"linkhome.yaml": LINA})
    assert folder.build("--theme", "base").code == 0
    built = folder.build("--theme", "bsae")
    assert built.code in (1, 2)
    assert "there is no theme 'bsae'" in built.err
    assert "did you mean 'base'?" in built.err


def test_two_languages_stand_beside_each_other(site):
    folder = site(
        {
            "linkhome.yaml": "url: https://lina.example\nlanguage: [en, de]\nprofile:\n  name: Lina\n"
            "  tagline: {en: Illustrator, de: Zeichnerin}\n"
        }
    )
    assert folder.build("--strict").code == 0
    english, german = folder.read("public/index.html"), folder.read("public/de/index.html")
    assert ("Illustrator" in english, "Zeichnerin" in german) == (True, True)
    assert 'hreflang="de"' in english.replace("hreflang=de", 'hreflang="de"')
    assert "Zeichnerin" not in re.sub("<head>.*</head>", "", english, flags=re.DOTALL)


def test_without_an_address_the_site_still_works(site):
    folder = site({"linkhome.yaml": "profile: {name: Lina}\n"})
    assert folder.build().code == 0
    assert "canonical" not in folder.read("public/index.html")


def test_the_place_of_the_folder_and_the_cache_change_nothing(site):
    files = {
        "linkhome.yaml": LINA + "home: [posts]\n",
        "posts/one.md": "---\ntitle: One\ndate: 2026-01-01\n---\nText\n",
    }
    first, second = site(files, "a"), site(files, "b c")
    assert (first.build().code, second.build().code) == (0, 0)
    assert first.files() == second.files()
    shutil.rmtree(first.root / ".cache")
    shutil.rmtree(first.root / "public")
    assert first.build().code == 0
    assert first.files() == second.files()


def test_a_site_in_a_folder_with_a_strange_name(site):
    folder = site({"linkhome.yaml": LINA}, "Zoë's 名前 #1 %20")
    assert folder.build().code == 0


def test_a_read_only_place_ends_with_a_sentence(site):
    folder = site({"linkhome.yaml": LINA})
    blocked = folder.write("blocked", "a file where a folder should be")
    built = folder.build("--out", str(blocked / "public"))
    assert (built.code, built.out) == (1, "")
    assert "Traceback" not in built.err
    assert "stumbled" not in built.err


def test_the_editors_schema_comes_back(site):
    folder = site()
    folder.run("init", "--yes")
    shutil.rmtree(folder.root / ".cache")
    folder.build()
    assert json.loads(folder.read(".cache/schema.json"))["properties"]["profile"]


def test_a_build_in_a_process_of_its_own_is_the_same(site):
    folder = site({"linkhome.yaml": LINA})
    built = folder.command("build")
    assert (built.code, built.err) == (0, "")
    first = folder.files()
    shutil.rmtree(folder.root / "public")
    shutil.rmtree(folder.root / ".cache")
    other = folder.command("build", env={"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONUTF8": "0"})
    assert (other.code, other.err) == (0, "")
    assert folder.files() == first


@pytest.mark.parametrize("name", ["linkhome.yaml", "posts/one.md"])
def test_a_file_that_cannot_be_read_is_named(site, name):
    folder = site({"linkhome.yaml": LINA, name: b"\xff\xfe\x00broken"})
    built = folder.build()
    assert built.code == 1
    assert built.err.startswith(f"{name}:")
    assert not (folder.root / "public").exists()
