"""What a visitor sees of fonts: nothing moves when they come, and no letter is lost."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from conftest import NODE, REPOSITORY, serving

SITE = """
url: https://lina.example
profile:
  name: Lina Marlow
  tagline: Illustrator, zine-maker, night-train regular
  bio: I draw what slips past the window of slow trains, and print it in small runs. Größe, Ångström, façade.
home:
  - text: |
      ## Letters from the sleeper car
      One letter a month, with a drawing. Also when the apps are down.
  - text: "> Known and unknown: Lina ქართული"
brand: {fonts: {heading: heading.ttf, text: text.ttf}}
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory) -> dict:
    from linkhome.cli import main

    folder = tmp_path_factory.mktemp("fonts")
    (folder / "linkhome.yaml").write_text(SITE, "utf-8")
    for role, name in (("heading", "mona-sans/MonaSans"), ("text", "instrument-sans/InstrumentSans")):
        (folder / f"{role}.ttf").write_bytes((REPOSITORY / f"faces/{name}.ttf").read_bytes())
    assert main(["build", str(folder), "--quiet"]) == 0
    with serving(folder / "public") as server:
        command = [NODE, Path(__file__).with_name("fonts.mjs"), server, "h1", "blockquote"]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=100)
    assert ran.returncode == 0, f"the browser could not be driven; 'scripts/prepare tools' installs it\n{ran.stderr}"
    return json.loads(ran.stdout)


def test_a_font_that_comes_late_moves_nothing(seen):
    assert seen["late"]["fetched"] == ["heading", "text"]
    assert seen["late"]["shifted"] == 0
    assert seen["soon"]["shifted"] == 0


def test_lines_are_as_high_and_nearly_as_wide_before_the_font_is_there(seen):
    for (text, width, height), (_, wide, high) in zip(seen["never"]["lines"], seen["soon"]["lines"], strict=True):
        assert height == pytest.approx(high, abs=0.6), text
        if width < 300:  # one line
            assert width == pytest.approx(wide, rel=0.08), text


def test_letters_come_from_the_own_font_as_soon_as_it_is_there(seen):
    assert [custom for custom, _, _ in seen["soon"]["fonts"]["h1"]] == [True]
    assert not any(custom for custom, _, _ in seen["never"]["fonts"]["h1"])


def test_a_letter_that_the_font_does_not_have_is_shown_in_another(seen):
    fonts = seen["soon"]["fonts"]["blockquote"]
    counts = {custom: sum(count for own, _, count in fonts if own == custom) for custom in (True, False)}
    assert counts[True] > 20
    assert counts[False] == len("ქართული")
