"""Measures of texts: widths, balanced lines, lock-ups; remembered, and the same on every machine."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkhome.brand import measure as module
from linkhome.brand.fonts import Fonts
from linkhome.brand.measure import Lockup, Measure
from linkhome.cache import Cache
from linkhome.config.load import read_site
from linkhome.inputs import Inputs
from linkhome.project import Project
from linkhome.theme.about import About
from linkhome.theme.faces import Face
from linkhome.theme.locate import Folder, Theme

FACES = {
    "display": Face(
        family="Archivo",
        file="archivo/Archivo.ttf",
        weight="800",
        axes={"wdth": "62 125"},
        role="heading",
        letters="capitals",
    ),
    "text": Face(
        family="Schibsted Grotesk",
        file="schibsted-grotesk/SchibstedGrotesk.ttf",
        weight="400 700",
        scripts={"Arab": "noto-sans-arabic/NotoSansArabic.ttf"},
    ),
}


def measuring(folder, brand: str = "{}", cache: Cache | None = None) -> Measure:
    project = Project(folder)
    config, _ = read_site(f"profile: {{name: L}}\nbrand: {brand}\n".encode(), "linkhome.yaml")
    assert config
    theme = Theme("t", project.theme, (Folder("t", folder / "t", About(faces=FACES)),), {})
    fonts = Fonts(theme, config, project, Inputs(folder), cache or Cache(None))
    assert fonts.found == []
    fonts.make("äöüßéلينا")
    return Measure(fonts, cache or Cache(None))


@pytest.fixture(scope="module")
def measure(tmp_path_factory) -> Measure:
    return measuring(tmp_path_factory.mktemp("measure"))


def test_widths_are_those_of_the_font_with_its_kerning(measure):
    assert measure.width("", "text") == 0.0
    assert measure.width("AVAVA", "text") < sum(measure.width(letter, "text") for letter in "AVAVA")
    assert 0.4 < measure.width("x", "text") < 0.6
    assert measure.width("Lina", "text", wght=700) > measure.width("Lina", "text")
    assert measure.width("Lina", "text", wght=2000) == measure.width("Lina", "text", wght=700)


def test_the_width_axis_makes_a_text_wider(measure):
    widths = [measure.width("LINA", "display", wdth=at) for at in (62, 80, 100, 125)]
    assert widths == sorted(set(widths))
    assert measure.width("LINA", "display") == widths[2]
    assert measure.width("LINA", "display", wdth=20) == widths[0]
    assert measure.width("LINA", "text", wdth=62) == measure.width("LINA", "text", wdth=125)


def test_capitals_are_those_that_the_browser_shows(measure):
    assert measure.width("Weiß", "display", capitals=True) == measure.width("WEISS", "display")
    assert measure.lines("Weiß nicht", "display", most=1, capitals=True) == ("WEISS NICHT",)


def test_white_space_counts_once(measure):
    assert measure.width(" a\n  b ", "text") == measure.width("a b", "text")


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("", 4, ()),
        ("Lina", 4, ("Lina",)),
        ("Lina Marlow", 1, ("Lina Marlow",)),
        ("Lina Marlow", 4, ("Lina", "Marlow")),
        ("Ludwig van Beethoven", 4, ("Ludwig", "van Beethoven")),
        ("Maria de la Cruz", 4, ("Maria", "de la Cruz")),
        ("Jean-Baptiste Lully", 4, ("Jean-", "Baptiste", "Lully")),
        ("von Aue", 4, ("von Aue",)),
        ("A B C D E F G H", 2, None),
    ],
)
def test_lines_end_where_a_person_would_end_them(measure, text, most, lines):
    found = measure.lines(text, "text", most=most)
    assert lines is None or found == lines
    assert len(found) <= most


def test_no_more_lines_than_are_needed(measure):
    assert measure.lines("Donaudampfschifffahrt an Bord", "text") == ("Donaudampfschifffahrt", "an Bord")


@given(text=st.text("aeiou lmnrst-éßVانXYZ. ", max_size=60), most=st.integers(1, 5))
@settings(max_examples=150, deadline=None)
def test_lines_lose_nothing_and_more_of_them_are_never_wider(measure, text, most):
    plain = " ".join(text.split())
    lines = measure.lines(text, "text", most=most)
    assert "".join(lines).replace(" ", "") == plain.replace(" ", "")
    assert len(lines) <= most
    assert all(line == line.strip() for line in lines)
    assert measure.fit(text, "text", most=most + 1) <= measure.fit(text, "text", most=most) + 0.01


@given(text=st.text("aeiou lmnrst-éVXYZ. ", max_size=40), most=st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_lines_of_a_lock_up_are_equally_wide_or_at_the_end_of_their_range(measure, text, most):
    found = measure.lockup(text, "display", most=most)
    widest = max((line.k for line in found.lines), default=0.0)
    assert len(found.lines) <= most
    for line in found.lines:
        assert 62 <= line.x <= 125
        assert line.k <= widest
        assert line.k > widest * 0.98 or line.x == 125
        assert line.text == line.text.upper()
    assert found.one >= widest


def test_a_lock_up_stays_in_the_range_that_is_asked_for(measure):
    found = measure.lockup("Lina Marlow", "display", low=70, high=110)
    assert [line.text for line in found.lines] == ["LINA", "MARLOW"]
    assert [line.x for line in found.lines] == [110, 70]
    assert measure.lockup("Lina Marlow", "display", low=10, high=999).lines[0].x == 125


def test_a_lock_up_in_a_face_without_a_width_axis_keeps_the_width(measure):
    found = measure.lockup("Lina Marlow", "text")
    assert [line.x for line in found.lines] == [100, 100]
    assert found.lines[0].k < found.lines[1].k
    assert measure.lockup("", "text") == Lockup((), 0.0)


def test_ink_begins_where_the_offset_says(measure):
    (line,) = measure.lockup("HHH", "display").lines
    advance = measure.width("HHH", "display", wdth=line.x)
    assert line.o < 0
    assert line.k == pytest.approx(advance + 2 * line.o, abs=0.02)  # H has as much space on both sides


def test_another_script_is_measured_in_its_own_font(measure):
    width = measure.width("لينا", "text")
    assert width == pytest.approx(1.6, abs=0.6)
    # Joined letters are narrower than four that stand alone.
    assert width < sum(measure.width(letter, "text") for letter in "لينا")


def test_letters_that_no_face_has_are_estimated(measure):
    assert measure.width("李小龍", "text") == 3.0
    assert measure.width("a\N{COMBINING DOUBLE GRAVE ACCENT}", "display") < 1.5
    assert 0.3 < measure.width("\N{GEORGIAN LETTER AN}", "text") < 0.8
    assert measure.width("🚆", "text") == 1.0


def test_a_face_that_is_not_there_is_named(measure):
    with pytest.raises(ValueError, match="the theme has no face 'title'; its faces are: display, text"):
        measure.width("x", "title")


def test_a_text_of_very_many_words_is_broken_all_the_same(measure):
    lines = measure.lines("word " * 500, "text", most=4)
    assert len(lines) == 4
    assert "".join(lines).count("word") == 500


def test_with_fonts_of_the_device_everything_is_estimated(tmp_path, measure):
    device = measuring(tmp_path, "{fonts: system}")
    assert device.width("Lina Marlow", "display") == device.width("Lina Marlow", "text")
    assert device.width("Lina Marlow", "text") == pytest.approx(measure.width("Lina Marlow", "text"), rel=0.15)
    assert [line.x for line in device.lockup("Lina Marlow", "display").lines] == [100, 100]


def test_what_was_measured_is_not_measured_again(tmp_path, monkeypatch):
    cache = Cache(tmp_path / ".cache")
    first = measuring(tmp_path, cache=cache)
    answers = [first.lockup("Lina Marlow", "display"), first.lines("Lina von Marlow", "text")]
    cache.save()
    cache.close()
    again = measuring(tmp_path, cache=Cache(tmp_path / ".cache"))
    monkeypatch.setattr(module, "Ruler", None)
    assert [again.lockup("Lina Marlow", "display"), again.lines("Lina von Marlow", "text")] == answers


def test_templates_can_measure(site):
    page = '{{ measure.width("Lina", "heading") > 1 }} {{ measure.lockup("Lina Marlow", "heading").lines[1].text }}'
    folder = site(
        {
            "linkhome.yaml": "profile: {name: L}\nbrand: {fonts: {heading: f.ttf}}\n",
            "theme/templates/missing.html": page,
        }
    )
    from linkhome.theme import faces

    folder.write("f.ttf", (faces.shipped() / "archivo/Archivo.ttf").read_bytes())
    built = folder.build()
    assert built.code == 0, built.err
    assert folder.read("public/404.html").split() == ["True", "MARLOW"]


def test_a_wrong_name_in_a_template_is_told_with_its_line(site):
    folder = site({"linkhome.yaml": "profile: {name: L}\n"})
    folder.write("theme/templates/missing.html", '\n{{ measure.width("Lina", "heading") }}')
    built = folder.build()
    assert built.code == 1
    assert "theme/templates/missing.html:2" in built.err
    assert "the theme has no face 'heading'" in built.err
