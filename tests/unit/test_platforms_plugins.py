"""Platforms of other packages: installed into a folder as pip does, found, used, and harmless when broken."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from linkhome.platforms import Platform

PAGE = (Path(__file__).resolve().parents[2] / "docs/making-a-platform.md").read_text("utf-8")
FILES = dict(re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", PAGE, re.DOTALL))

PROBE = """
import json, sys
from linkhome.platforms import recognise
from linkhome.platforms.asking import newest, single
from linkhome.platforms.playing import player
seen = {}
for address in sys.argv[1:]:
    known, made = recognise(address), player(address, host="lina.example")
    seen[address] = [known.slug, known.kind, known.key, known.icon, [ask.url for ask in single(address)],
        [ask.url for ask in newest(address)], made.src if made else ""]
heavy = "importlib.metadata" in sys.modules
from linkhome.platforms.plugins import problems
print(json.dumps({"seen": seen, "heavy": heavy, "problems": [d.message for d in problems()]}))
"""


def install(folder: Path, module: str, source: str, points: str, name: str = "") -> None:
    name = name or module.replace("_", "-")
    about = folder / f"{module}-1.0.dist-info"
    about.mkdir(parents=True)
    (folder / f"{module}.py").write_text(source, "utf-8")
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", "utf-8")
    (about / "entry_points.txt").write_text(f"[console_scripts]\nx = y:z\n\n[linkhome.platforms]\n{points}\n", "utf-8")


def probe(folder: Path, *addresses: str, cwd: Path | None = None) -> dict[str, object]:
    environment = os.environ | {"PYTHONPATH": str(folder)} if folder else os.environ
    ran = subprocess.run(
        [sys.executable, "-c", PROBE, *addresses], capture_output=True, text=True, env=environment, cwd=cwd, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    found: dict[str, object] = json.loads(ran.stdout)
    return found


FILM = "https://www.pond.example/films/7/frogs?utm_source=x"


def test_the_small_platform_of_the_manual_works(tmp_path: Path) -> None:
    assert '[project.entry-points."linkhome.platforms"]\npond = "linkhome_pond:POND"' in FILES["pyproject.toml"]
    install(tmp_path, "linkhome_pond", FILES["linkhome_pond.py"], "pond = linkhome_pond:POND")
    found = probe(tmp_path, FILM + "#t=5", "https://pond.example/@lina", "https://other.example/films/7")
    assert found["problems"] == []
    assert found["seen"] == {
        FILM + "#t=5": [
            *("pond", "video", "https://pond.example/films/7", "play"),
            ["https://pond.example/oembed?format=json&url=https%3A%2F%2Fwww.pond.example%2Ffilms%2F7", "https://www.pond.example/films/7"],
            *([], "https://player.pond.example/7?autoplay=1&from=5"),
        ],
        "https://pond.example/@lina": [
            *("pond", "profile", "https://pond.example/@lina", "play"),
            *(["https://pond.example/@lina"], ["https://pond.example/@lina/films.xml"], ""),
        ],
        "https://other.example/films/7": [
            *("", "page", "https://other.example/films/7", "globe"),
            *(["https://other.example/films/7"], ["https://other.example/films/7"], ""),
        ],
    }  # fmt: skip


def test_every_field_of_a_platform_is_in_the_manual() -> None:
    table = PAGE.partition("<!-- fields: Platform -->")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)`", table, re.MULTILINE) == [field.name for field in msgspec.structs.fields(Platform)]


def test_nothing_is_loaded_where_nothing_is_installed(tmp_path: Path) -> None:
    found = probe(tmp_path, FILM, "https://youtube.com/@lina")
    assert (found["heavy"], found["problems"]) == (False, [])


def test_nothing_is_loaded_for_hosts_that_are_known(tmp_path: Path) -> None:
    install(tmp_path, "linkhome_pond", "raise SystemExit('loaded')", "pond = linkhome_pond:POND")
    found = probe(tmp_path, "https://youtube.com/@lina", "media/portfolio.pdf", "mailto:a@b.example")
    assert found["heavy"] is False


def test_a_package_in_the_folder_of_a_site_is_not_run(tmp_path: Path) -> None:
    install(tmp_path, "linkhome_pond", "open('ran', 'w')", "pond = linkhome_pond:POND")
    found = probe(tmp_path, FILM, cwd=tmp_path)
    assert found["problems"] == []
    assert not (tmp_path / "ran").exists()


GOOD = 'from linkhome.platforms import Frame, Platform, Rule\nPOND = Platform("pond", "Pond", "", "2E7D32", ("pond.example",){})\n'


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("import no_such_module", "does not load: ModuleNotFoundError"),
        ("raise SystemExit(3)", "does not load: SystemExit"),
        ("def broken(:", "does not load: SyntaxError"),
        ("OTHER = 1", "does not load: AttributeError"),
        ("POND = 'pond'", "it is no linkhome.platforms.Platform"),
        (GOOD.format("").replace('"pond",', '"Pond!",'), "its slug 'Pond!' must be"),
        (GOOD.format("").replace('"pond",', '"youtube",'), "there is a platform 'youtube' already"),
        (GOOD.format("").replace("pond.example", "www.youtube.com"), "must be a name in small letters"),
        (GOOD.format("").replace("pond.example", "lists.youtube.com"), "belongs to a platform that is known already"),
        (GOOD.format("").replace("2E7D32", "green!"), "its entry is malformed: ValueError"),
        (GOOD.format("").replace('"pond",', "7,"), "its entry is malformed: AttributeError"),
        (GOOD.format(', (("frog", "/{id}"),)'), "there is no kind 'frog'"),
        (GOOD.format(', (("video", "/{id:fewdigits}"),)'), "its entry is malformed: ValueError"),
        (GOOD.format(', oembed="http://pond.example/?url="'), "must begin with https://"),
        (GOOD.format(', frames=(Frame("video", "javascript:alert(1)"),)'), "must begin with https://"),
    ],
)
def test_a_broken_plug_in_is_a_warning_and_its_addresses_plain_links(tmp_path: Path, source: str, why: str) -> None:
    install(tmp_path, "linkhome_pond", source, "pond = linkhome_pond:POND")
    install(tmp_path, "linkhome_lake", FILES["linkhome_pond.py"].replace("pond", "lake"), "lake = linkhome_lake:POND")
    found = probe(tmp_path, FILM, "https://lake.example/films/7")
    seen = found["seen"]
    assert isinstance(seen, dict) and isinstance(found["problems"], list)
    assert [row[0] for row in seen.values()] == ["", "lake"]
    (message,) = found["problems"]
    assert message.startswith("the plug-in pond (linkhome-pond) cannot be used: ") and why in message


def test_damaged_metadata_is_a_warning(tmp_path: Path) -> None:
    install(tmp_path, "linkhome_pond", FILES["linkhome_pond.py"], "pond")
    found = probe(tmp_path, FILM)
    assert isinstance(found["problems"], list)
    assert len(found["problems"]) == 1 and "linkhome_pond-1.0.dist-info" in found["problems"][0]


def test_a_tuple_of_platforms_and_a_plug_in_that_looks_at_addresses_itself(tmp_path: Path) -> None:
    two = (
        FILES["linkhome_pond.py"]
        + "from linkhome.platforms import recognise\n"
        + "assert recognise('https://pond.example/films/7').slug == ''\n"
        + "POND = (POND, Platform('lake', 'Lake', '', '000000', ('lake.example',)), Platform('pond', 'Pond', '', '000000', ('a.example',)))\n"
    )
    install(tmp_path, "linkhome_pond", two, "pond = linkhome_pond:POND")
    found = probe(tmp_path, FILM, "https://lake.example/")
    seen = found["seen"]
    assert isinstance(seen, dict)
    assert [(row[0], row[3]) for row in seen.values()] == [("pond", "play"), ("lake", "globe")]
    assert found["problems"] == ["the plug-in pond (linkhome-pond) cannot be used: there is a platform 'pond' already"]
