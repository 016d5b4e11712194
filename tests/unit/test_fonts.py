"""Fonts of a site: which are cut, to which letters, how they are announced, and what is remembered."""

from __future__ import annotations

import re
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from linkhome.brand import letters, measure, subset
from linkhome.theme import faces, locate

REPOSITORY = Path(__file__).parents[2]
SITE = "profile: {name: Lina}\nurl: https://lina.example\nbrand: {theme: typed}\n"
ABOUT = """
styles: {typed: all}
faces:
  heading: {family: Archivo, file: archivo/Archivo.ttf, weight: 800, axes: {wdth: "62 125"}, role: heading, letters: capitals}
  text:
    {family: Schibsted Grotesk, file: schibsted-grotesk/SchibstedGrotesk.ttf, weight: 400 700, scripts: {Arab: noto-sans-arabic/NotoSansArabic.ttf}}
  third: {family: EB Garamond, file: eb-garamond/EBGaramond-Italic.ttf, weight: 430, style: italic, fallback: serif, features: [onum]}
"""
STYLE = "body{font-family:var(--font-text)}h1{font-family:var(--font-heading);font-weight:800;text-transform:uppercase}"


@pytest.fixture
def typed(tmp_path, monkeypatch) -> Path:
    """Make a theme with three faces, of which its styles use two."""
    root = tmp_path / "themes"
    shutil.copytree(locate.bundled_root() / "base", root / "base")
    (root / "typed/static/css").mkdir(parents=True)
    (root / "typed/theme.yaml").write_text(ABOUT, "utf-8")
    (root / "typed/static/css/typed.css").write_text(STYLE, "utf-8")
    monkeypatch.setattr(locate, "bundled_root", lambda: root)
    return root / "typed"


def fonts(folder) -> dict[str, TTFont]:
    """Return the fonts of a built site by the name of their face."""
    return {
        name.split("/")[1].split(".")[0]: TTFont(BytesIO(data))
        for name, data in folder.files().items()
        if name.endswith(".woff2")
    }


def has(font: TTFont) -> set[str]:
    return {chr(code) for code in font.getBestCmap()}


# ------------------------------------------------------------------ cutting


def archivo() -> bytes:
    return (faces.shipped() / "archivo/Archivo.ttf").read_bytes()


def test_a_cut_has_the_letters_that_were_ordered_and_the_licence_but_nothing_to_spare():
    made = subset.cut(archivo(), subset.Order("AVá ", {"wght": (800.0, 800.0), "wdth": (62.0, 125.0)}))
    font = TTFont(BytesIO(made.web))
    assert font.flavor == "woff2"
    assert has(font) == set("AVá ")
    assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in font["fvar"].axes] == [("wdth", 62, 125)]
    assert "Archivo Project Authors" in font["name"].getDebugName(0)
    assert not {"fpgm", "prep", "cvt ", "STAT", "DSIG", "gasp", "kern"} & set(font.keys())
    assert "kern" in {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
    assert TTFont(BytesIO(made.plain)).flavor is None
    assert made.axes == {"wdth": (62.0, 125.0)}
    assert made.weight == 800


def test_the_same_order_gives_the_same_bytes():
    order = subset.Order("abc", {"wght": (400.0, 700.0)})
    assert subset.cut(archivo(), order) == subset.cut(archivo(), order)


def test_a_pinned_font_is_not_variable_any_more():
    made = subset.cut(archivo(), subset.Order("abc", {"wght": (800.0, 800.0)}))
    assert "fvar" not in TTFont(BytesIO(made.plain))
    assert made.axes == {}


def test_an_axis_goes_only_as_far_as_the_font_does():
    made = subset.cut(archivo(), subset.Order("abc", {"wght": (1.0, 2000.0), "wdth": (10.0, 10.0), "none": (1.0, 2.0)}))
    assert made.axes == {"wght": (100.0, 900.0)}


def test_small_capitals_and_old_figures_are_kept_when_they_are_asked_for():
    garamond = (faces.shipped() / "eb-garamond/EBGaramond.ttf").read_bytes()
    plain = subset.cut(garamond, subset.Order("abc123", {}))
    rich = subset.cut(garamond, subset.Order("abc123", {}, ("smcp", "onum")))
    tags = [
        {record.FeatureTag for record in TTFont(BytesIO(one.plain))["GSUB"].table.FeatureList.FeatureRecord}
        if "GSUB" in TTFont(BytesIO(one.plain))
        else set()
        for one in (plain, rich)
    ]
    assert not {"smcp", "onum"} & tags[0]
    assert {"smcp", "onum"} <= tags[1]
    assert len(rich.web) > len(plain.web)


# ------------------------------------------------------------------ letters


def test_both_cases_of_a_letter_are_wanted_and_only_capitals_where_all_is_set_in_capitals():
    assert set("éÉßẞœŒ").issuperset("éÉ")
    wanted = letters.cased("éß", capitals=False)
    assert {"é", "É", "ß", "S", "a", "€", "“"} <= wanted
    capitals = letters.cased("éß", capitals=True)
    assert {"É", "S", "A", "1", "€"} <= capitals
    assert not {"é", "ß", "a"} & capitals


def test_letters_that_are_written_apart_are_wanted_composed_as_well():
    assert "é" in letters.cased("e\N{COMBINING ACUTE ACCENT}", capitals=False)


def test_a_script_has_its_letters_and_what_joins_them():
    wanted = letters.cased("شé", capitals=False)
    assert letters.within(wanted, "Arab") == {"ش", " ", "\u200c", "\u200d"}
    assert letters.within(wanted, "Hebr") == frozenset()
    assert letters.within(wanted, "") == wanted


# ------------------------------------------------------------------ sites


def test_a_page_gets_the_faces_that_its_styles_name_and_no_others(site, typed):
    folder = site({"linkhome.yaml": SITE})
    assert folder.build().err == ""
    page = folder.read("public/index.html")
    assert set(fonts(folder)) == {"heading", "text"}
    for name in ("heading", "text"):
        (place,) = re.findall(rf"assets/{name}\.[0-9a-f]{{8}}\.woff2", page)
        assert (folder.root / "public" / place).is_file()
    assert "third" not in page
    assert "--font-text:lh-text,lh-text-f,lh-text-g,sans-serif" in page
    assert "font-weight:400 700" in page
    assert "font-stretch:62% 125%" in page
    assert "font-display:swap" in page
    assert 'local("Arial")' in page
    assert "size-adjust:" in page


def test_a_stand_in_is_never_wider_than_the_face(site, typed):
    """A browser takes the next wider stand-in for what lies between two: every part of the width axis has one."""
    folder = site({"linkhome.yaml": SITE})
    folder.build()
    rules = re.findall(r"@font-face\{font-family:lh-heading-f;([^}]*)\}", folder.read("public/index.html"))
    parts = [re.search(r"font-stretch:([^;]*);", rule)[1] for rule in rules]
    sizes = [float(re.search(r"size-adjust:([\d.]+)%", rule)[1]) for rule in rules]
    assert parts == ["62% 80.9%", "81% 99.9%", "100% 124.9%", "125%"]
    assert sizes == sorted(sizes)
    for width, size in zip((62, 81, 100, 125), sizes, strict=True):
        letter = measure.Ruler(archivo()).extent(subset.SAMPLE.upper(), {"wght": 800, "wdth": width}).advance
        assert size == pytest.approx(97 * letter / len(subset.SAMPLE.upper()) / 0.6029, rel=0.02)


def test_typefaces_are_announced_and_nothing_hurries_them(site, typed):
    """A page opened from disk may not be told to load them early, and no animation exchanges them."""
    folder = site({"linkhome.yaml": SITE})
    folder.build()
    page = folder.read("public/index.html")
    assert "preload" not in page
    assert "animation:faces" not in page


def test_addresses_of_fonts_fit_the_depth_of_the_page(site, typed):
    folder = site({"linkhome.yaml": SITE, "posts/a.md": "---\ntitle: A\ndate: 2026-01-01\n---\nx\n"})
    folder.build()
    (place,) = re.findall(r'url\("([^"]*text\.[0-9a-f]{8}\.woff2)"\)', folder.read("public/posts/a/index.html"))
    assert (folder.root / "public/posts/a" / place).is_file()


def test_the_page_for_lost_visitors_finds_its_fonts_at_any_depth(site, typed):
    folder = site({"linkhome.yaml": SITE.replace("lina.example", "lina.example/home")})
    folder.build()
    assert 'src:url("/home/assets/text.' in folder.read("public/404.html")


def test_fonts_hold_the_letters_of_the_whole_site(site, typed):
    files = {
        "linkhome.yaml": SITE + 'language: [en, pl]\nhome: [{text: "Wien &mdash; Gr&uuml;n"}]\n',
        "posts/a.md": "---\ntitle: Ångström\ndate: 2026-01-01\ntags: [fjörður]\n---\nŒuvre &ccedil;a\n",
        "pages/b.md": "---\ntitle: B\n---\nŁódź\n",
    }
    folder = site(files)
    assert folder.build().code == 0
    found = fonts(folder)
    assert set("üÜÅåöÖðÐœŒçŁłóźŹ—aZ0€") <= has(found["text"])
    assert set("ÜÅÖÐŒÇŁÓŹ—Z0€") <= has(found["heading"])
    assert not set("üåöa") & has(found["heading"])
    assert "Ş" not in has(found["text"])


def test_a_new_letter_gives_new_fonts_only_where_it_is_known(site, typed):
    folder = site({"linkhome.yaml": SITE})
    folder.build()
    before = {name for name in folder.files() if name.endswith(".woff2")}
    folder.replace("linkhome.yaml", "Lina", "Lina \N{GREEK SMALL LETTER ALPHA}")  # no face has Greek letters
    folder.build()
    assert {name for name in folder.files() if name.endswith(".woff2")} == before
    folder.replace("linkhome.yaml", "Lina", "Līna")
    folder.build()
    after = {name for name in folder.files() if name.endswith(".woff2")}
    assert len(after) == 2
    assert not after & before
    assert "ī" in has(fonts(folder)["text"])


def test_letters_of_templates_and_styles_are_there_too(site, typed):
    (typed / "static/css/typed.css").write_text(STYLE + 'p::after{content:"\\2020"}', "utf-8")
    (typed / "templates").mkdir()
    (typed / "templates/missing.html").write_text('{% extends "base:missing.html" %}{# Ø &Aring; #}', "utf-8")
    folder = site({"linkhome.yaml": SITE, "theme/custom.css": 'b::before{content:"¶"}'})
    assert folder.build().code == 0
    assert {"†", "Ø", "Å", "¶"} <= has(fonts(folder)["text"])


def test_another_script_has_a_file_of_its_own_while_it_is_used(site, typed):
    folder = site({"linkhome.yaml": SITE})
    folder.build()
    assert "unicode-range" not in folder.read("public/index.html")
    folder.replace("linkhome.yaml", "Lina", "لينا")
    folder.build()
    found = fonts(folder)
    assert {"ل", "ي", "ن", "ا"} <= has(found["text-arab"])
    assert not has(found["text-arab"]) & set("abc")
    (rule,) = re.findall(r"@font-face\{[^}]*text-arab[^}]*\}", folder.read("public/index.html"))
    assert "font-family:lh-text;" in rule
    assert "unicode-range:U+600-6FF" in rule


def test_fonts_of_the_system_need_no_file(site, typed):
    folder = site({"linkhome.yaml": SITE.replace("typed}", "typed, fonts: system}")})
    folder.build()
    page = folder.read("public/index.html")
    assert fonts(folder) == {}
    assert "@font-face" not in page
    assert "--font-text:system-ui," in page


def test_what_is_cut_is_remembered(site, typed, monkeypatch):
    folder = site({"linkhome.yaml": SITE})
    folder.build()
    before = folder.files()
    monkeypatch.setattr(subset, "cut", None)
    monkeypatch.setattr(subset, "examine", None)
    folder.replace("linkhome.yaml", "profile: {name: Lina}", "profile: {name: Lina, location: Basel}")
    assert folder.build().code == 0
    assert {n for n in folder.files() if n.endswith(".woff2")} == {n for n in before if n.endswith(".woff2")}


def test_a_lost_cache_gives_the_same_files(site, typed):
    folder = site({"linkhome.yaml": SITE})
    folder.build()
    before = folder.files()
    shutil.rmtree(folder.root / ".cache")
    folder.build()
    assert folder.files() == before


def test_a_font_of_the_theme_is_cut_and_not_published_as_it_is(site, typed):
    (typed / "static/fonts").mkdir()
    shutil.copy(faces.shipped() / "archivo/Archivo.ttf", typed / "static/fonts/Mine.ttf")
    shutil.copy(faces.shipped() / "archivo/OFL.txt", typed / "static/fonts/OFL.txt")
    about = typed / "theme.yaml"
    about.write_text(about.read_text("utf-8").replace("archivo/Archivo.ttf", "Mine.ttf"), "utf-8")
    folder = site({"linkhome.yaml": SITE})
    assert folder.build().code == 0
    assert "heading" in fonts(folder)
    assert "fonts/Mine.ttf" not in folder.files()
    assert "fonts/OFL.txt" in folder.files()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("archivo/Archivo.ttf", "archivo/Gone.ttf", "names the font 'archivo/Gone.ttf', which is not there"),
        ("weight: 800", "weight: heavy", "'heavy' is neither a number nor two"),
        ('wdth: "62 125"', 'wdth: "1 2 3"', "'1 2 3' is neither a number nor two"),
        ("[onum]", "[oldstyle]", "'oldstyle' is no OpenType feature"),
        ("Arab:", "Xxxx:", "'Xxxx' is no script that a face can name"),
        ("  third:", "  Third One:", "'Third One' cannot be the name of a face"),
        ("archivo/Archivo.ttf", "../../secret.ttf", "leads out of the folder of fonts"),
    ],
)
def test_what_is_wrong_with_a_face_is_told(site, typed, old, new, message):
    about = typed / "theme.yaml"
    about.write_text(about.read_text("utf-8").replace(old, new), "utf-8")
    built = site({"linkhome.yaml": SITE}).build()
    assert built.code == 1
    assert message in built.err
    assert "stumbled" not in built.err


# ------------------------------------------------------------------ what comes with linkhome


def test_every_shipped_typeface_has_its_licence_and_is_named():
    files = sorted(faces.shipped().rglob("*.ttf"))
    notice = (REPOSITORY / "NOTICE").read_text("utf-8")
    manual = (REPOSITORY / "docs/fonts.md").read_text("utf-8")
    script = (REPOSITORY / "scripts/vendor_faces.py").read_text("utf-8")
    for file in files:
        assert "SIL Open Font License" in (file.parent / "OFL.txt").read_text("utf-8")
        name = f"{file.parent.name}/{file.name}"
        assert f"`{name}`" in manual, name
        assert f'"{name}"' in script, name
        assert file.parent.name.replace("-", " ").casefold() in notice.casefold(), name
        known = subset.examine(file.read_bytes())
        axes = [f"`{tag}` {low:g}–{high:g}" for tag, (low, _, high) in sorted(known.axes.items())]
        assert f"`{name}` | {', '.join(axes) or 'none'} |" in manual, axes
    assert len(files) == 14
    assert sum(file.stat().st_size for file in faces.shipped().rglob("*")) < 6_000_000


def test_a_shipped_typeface_does_not_bear_a_reserved_name():
    for file in faces.shipped().rglob("*.ttf"):
        name = TTFont(file)["name"]
        assert all(name.getDebugName(number).startswith("linkhome") for number in (1, 4, 6)), file
        assert "Copyright" in name.getDebugName(0)
