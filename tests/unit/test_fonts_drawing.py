"""The fonts with which pictures are drawn: the face first, then whatever has the letters that it lacks."""

from __future__ import annotations

from pathlib import Path

import pytest
import uharfbuzz

from linkhome.brand import chain
from linkhome.brand.chain import for_drawing
from linkhome.brand.fonts import Fonts
from linkhome.brand.subset import Order, cut
from linkhome.cache import Cache
from linkhome.config.load import read_site
from linkhome.inputs import Inputs
from linkhome.project import Project
from linkhome.theme import faces
from linkhome.theme.about import About
from linkhome.theme.faces import Face
from linkhome.theme.locate import Folder, Theme

FACES = {
    "slanted": Face(
        family="EB Garamond", file="eb-garamond/EBGaramond-Italic.ttf", style="italic", weight="430", role="heading"
    ),
    "title": Face(
        family="Archivo",
        file="archivo/Archivo.ttf",
        weight="800",
        axes={"wdth": "62 125"},
        role="heading",
        scripts={"Arab": "noto-naskh-arabic/NotoNaskhArabic.ttf"},
    ),
}


def fonts(folder: Path, brand: str = "{}", files: dict[str, bytes] | None = None) -> Fonts:
    for name, data in (files or {}).items():
        (folder / name).write_bytes(data)
    config, _ = read_site(f"profile: {{name: L}}\nbrand: {brand}\n".encode(), "linkhome.yaml")
    assert config
    project = Project(folder)
    theme = Theme("t", project.theme, (Folder("t", folder / "t", About(faces=FACES)),), {})
    return Fonts(theme, config, project, Inputs(folder), Cache(folder / ".cache"))


def names(drawn) -> list[str]:
    return [one.file.name for one in drawn if one.file.is_relative_to(faces.shipped())]


def test_a_role_is_drawn_in_its_upright_face_and_then_in_whatever_has_the_letters(tmp_path):
    drawn = for_drawing(fonts(tmp_path), "heading")
    assert names(drawn) == [
        "Archivo.ttf",
        "NotoNaskhArabic.ttf",
        "NotoSans.ttf",
        "NotoSansArabic.ttf",
        "NotoSansHebrew.ttf",
        "NotoSansDevanagari.ttf",
        "NotoSansThai.ttf",
        "NotoEmoji.ttf",
    ]
    assert drawn[0].axes == (("wdth", 62.0), ("wght", 800.0))
    assert drawn[1].axes == (("wght", 700.0),)  # as bold as that font goes
    assert drawn[2].axes == (("wght", 800.0),)


def test_a_face_is_found_by_its_name_and_axes_can_be_asked_for(tmp_path):
    drawn = for_drawing(fonts(tmp_path), "slanted", wght=700)
    assert drawn[0].file.name == "EBGaramond-Italic.ttf"
    assert drawn[0].axes == (("wght", 700.0),)
    assert for_drawing(fonts(tmp_path), "title", wdth=300)[0].axes[0] == ("wdth", 125.0)


def test_a_role_without_a_face_is_drawn_in_what_comes_with_linkhome(tmp_path):
    assert names(for_drawing(fonts(tmp_path), "text"))[0] == "NotoSans.ttf"
    assert names(for_drawing(fonts(tmp_path, "{fonts: system}"), "heading"))[0] == "NotoSans.ttf"


@pytest.mark.parametrize("kind", ["plain", "web"])
def test_an_own_font_is_drawn_from_a_file_that_can_be_opened(tmp_path, kind):
    made = cut((faces.shipped() / "archivo/Archivo.ttf").read_bytes(), Order("abc", {"wght": (400.0, 800.0)}))
    name = {"plain": "own.ttf", "web": "own.woff2"}[kind]
    drawn = for_drawing(fonts(tmp_path, f"{{fonts: {{heading: {name}}}}}", {name: getattr(made, kind)}), "heading")
    assert drawn[0].file.parent == tmp_path / ".cache/fonts"  # a copy: the creator may replace the file at any time
    face = uharfbuzz.Face(drawn[0].file.read_bytes())
    assert set(face.unicodes) == set(map(ord, "abc"))
    assert drawn[0].axes == (("wght", 800.0),)


def test_fonts_of_the_computer_come_last(tmp_path, monkeypatch):
    own = tmp_path / "NotoSansCJK-Regular.ttc"
    own.write_bytes(b"")
    monkeypatch.setattr(chain, "system", lambda: (own,))
    assert for_drawing(fonts(tmp_path), "heading")[-1].file == own


@pytest.mark.parametrize("damage", ["no folder", "a file that was cut off"])
def test_a_cache_that_cannot_be_used_costs_only_time(tmp_path, damage):
    own = (faces.shipped() / "archivo/Archivo.ttf").read_bytes()
    if damage == "no folder":
        (tmp_path / ".cache").write_bytes(b"")
    known = fonts(tmp_path, "{fonts: {heading: own.ttf}}", {"own.ttf": own})
    drawn = for_drawing(known, "heading")[0].file
    if damage != "no folder":
        drawn.write_bytes(drawn.read_bytes()[:3000])
        drawn = for_drawing(known, "heading")[0].file
    assert uharfbuzz.Face(drawn.read_bytes()).glyph_count == uharfbuzz.Face(own).glyph_count
    del known
    assert drawn.exists() == (damage != "no folder")
