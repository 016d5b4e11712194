"""Letters in drawn pictures: the order of scripts, fonts that help out, lines that break and fit."""

from __future__ import annotations

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from linkhome.kit import bidi, fitting, inking
from linkhome.kit.breaking import pieces_of
from linkhome.kit.lettering import Chain, Face, clusters
from linkhome.theme.faces import shipped

FACES = shipped()
SERIF = Face(str(FACES / "eb-garamond/EBGaramond.ttf"), (("wght", 430.0),))
WIDE = Face(str(FACES / "archivo/Archivo.ttf"), (("wdth", 62.0), ("wght", 800.0)))
OTHERS = tuple(
    Face(str(FACES / name))
    for name in (
        "noto-sans/NotoSans.ttf", "noto-sans-arabic/NotoSansArabic.ttf", "noto-sans-hebrew/NotoSansHebrew.ttf",
        "noto-sans-devanagari/NotoSansDevanagari.ttf", "noto-sans-thai/NotoSansThai.ttf", "noto-emoji/NotoEmoji.ttf",
    )
)  # fmt: skip
GERMAN = "Wilhelmine-Friederike Hohenlohe-Schillingsfürst"
ARABIC = "ليلى المنصوري"


@pytest.fixture
def chain() -> Chain:
    return Chain([SERIF], OTHERS)


def turned(text: str, direction: str) -> str:
    """Return a text as the eye meets it, letter by letter."""
    runs = bidi.runs(text, direction)
    return "".join(text[r.start : r.end][:: -1 if r.level % 2 else 1] for r in runs)


@settings(deadline=None)
@given(
    st.text("abc XY 123 ١٢ ليلى שלום ()[]{} -+,.:/%€ !?&é", max_size=16),
    st.sampled_from(["ltr", "rtl"]),
)
def test_scripts_stand_in_the_order_in_which_they_are_read(text, direction):
    assert turned(text, direction) == get_display(text, base_dir="R" if direction == "rtl" else "L")


@pytest.mark.parametrize(("text", "way"), [("Lina", "ltr"), (ARABIC, "rtl"), ("1 נועה", "rtl"), ("…", "rtl")])
def test_the_first_letter_with_a_way_says_which_way_a_line_goes(text, way):
    assert bidi.base(text, "rtl") == way


@pytest.mark.parametrize(
    ("text", "count"),
    [("Zoë", 3), ("e\u0301a", 2), ("👩\u200d🎨🎈", 2), ("🇨🇭🇩🇪", 2), ("1\ufe0f\u20e3", 1), ("👍🏽x", 2)],
)
def test_what_readers_take_for_one_letter_stays_together(text, count):
    assert len(clusters(text)) == count


@pytest.mark.parametrize(
    "text", [GERMAN, ARABIC, "נועה לוי", "Mia 🎈 Öztürk", "Łukasz Ŵ Ș", "Ελένη Иван", "अनुष्का", "ณิชา"]
)
def test_every_name_has_ink_and_misses_nothing(chain, text):
    line = chain.shape(text, bidi.base(text))
    ink = inking.draw(line, 80)
    assert chain.missing == set()
    assert line.advance > 1
    assert ink.mask is not None
    assert ink.mask.getbbox() is not None


def test_arabic_letters_are_joined(chain):
    joined = chain.shape("بيبي", "rtl")
    apart = [chain.shape(letter, "rtl").advance for letter in "بيبي"]
    assert joined.advance < sum(apart) * 0.9


def test_a_letter_that_no_font_has_is_left_out_and_told(chain):
    line = chain.shape("A\U00012000B", "ltr")
    assert chain.missing == {"\U00012000"}
    assert line.advance == pytest.approx(chain.shape("AB", "ltr").advance, abs=0.02)


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=80), st.integers(40, 900))
def test_whatever_is_written_fits_its_box(text, width):
    chain = Chain([SERIF], OTHERS)
    found = fitting.fit(chain, text, width, 300, most=4, high=120, low=12, direction=bidi.base(text))
    assert all(line.advance * found.size <= width * 1.001 for line in found.lines)
    assert len(found.lines) <= 4


@pytest.mark.parametrize("name", [GERMAN, "The Very Honourable Society of Slow Trains and Quiet Windows", ARABIC, "X"])
@pytest.mark.parametrize(("width", "height"), [(560, 300), (900, 160), (300, 700)])
def test_a_name_is_shown_whole_and_large(chain, name, width, height):
    found = fitting.fit(chain, name, width, height, most=3, high=150, direction=bidi.base(name))
    assert sum(len(line.glyphs) for line in found.lines) >= len(name.replace(" ", "")) * 0.6
    assert found.height + found.depth <= height * 1.02
    full = max(line.advance for line in found.lines) * found.size > width * 0.75 or found.height > height * 0.55
    assert full or found.size == 150


def test_short_words_stay_with_the_next_one(chain):
    assert [piece.text for piece in pieces_of(chain, "Ludwig van Beethoven", 0, "ltr")] == ["Ludwig", "van Beethoven"]


def test_a_word_that_is_far_too_long_is_parted_by_a_hyphen(chain):
    word = "Donaudampfschifffahrtsgesellschaftskapitänsmütze"
    found = fitting.fit(chain, word, 420, 400, most=4, high=110)
    assert len(found.lines) > 1
    assert found.size > 40
    alone = fitting.fit(chain, word, 2400, 90, most=1, high=60)
    assert len(alone.lines) == 1, "a hyphen stands only where a line ends"
    assert len(alone.lines[0].glyphs) <= len(word)


def test_a_text_without_room_ends_in_an_ellipsis(chain):
    found = fitting.set_(chain, "one two three four five six seven eight nine ten", 40, 300, 2)
    assert len(found.lines) == 2
    assert all(line.advance * found.size <= 301 for line in found.lines)
    assert found.lines[-1].glyphs[-1].number == chain.shape("…").glyphs[0].number


def test_lines_of_deep_scripts_do_not_touch(chain):
    found = fitting.fit(chain, f"{ARABIC} {ARABIC} {ARABIC}", 400, 600, most=3, high=90, leading=0.9, direction="rtl")
    for upper, lower in zip(found.lines, found.lines[1:], strict=False):
        assert (upper.bottom + lower.top) * found.size <= found.step


def test_lines_of_a_lockup_are_equally_wide():
    lines = fitting.lockup(Chain([WIDE], OTHERS), "Lina Marlow", 800, 600, 2, (62.0, 125.0))
    assert len(lines) == 2
    widths = [(line.right - line.left) * size for line, size in lines]
    assert widths == pytest.approx([800, 800], abs=2)


def test_ink_is_the_same_every_time(chain):
    line = chain.shape("Lina 🎈", "ltr")
    first, again = inking.draw(line, 77.7, 0.3), inking.draw(chain.shape("Lina 🎈", "ltr"), 77.7, 0.3)
    assert first.mask.tobytes() == again.mask.tobytes()
    assert inking.outline(line, 20, 0, 0) == inking.outline(line, 20, 0, 0) != ""
