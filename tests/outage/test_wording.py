"""The texts to paste: short enough wherever they go, in letters that arrive, and never with a hole in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from linkhome.outage import wording
from linkhome.outage.wording import Facts, septets, spelt, text
from linkhome.platforms.table import PLATFORMS

LINA = Facts("Instagram", "instagram", "Lina Marlow", "https://lina.example", "https://mastodon.social/@lina", "", True)
LANGUAGES = ("en", "de")


def fits(kind: str, words: str) -> bool:
    if kind == "mail":
        return True
    return 0 < (septets(words) if kind == "sms" else len(words)) <= wording.LIMITS[kind]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", wording.KINDS)
def test_the_fullest_text_names_the_platform_the_page_and_another_channel(kind, language):
    said = text(kind, language, LINA)
    assert "Instagram" in said
    assert "lina.example" in said
    assert kind == "sms" or "mastodon.social/@lina" in said
    assert fits(kind, said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["story", "post", "mail"])
def test_only_a_site_with_a_sign_up_asks_for_addresses(kind, language):
    word = {"en": "address", "de": "dresse"}[language]
    assert word in text(kind, language, LINA)
    assert word not in text(kind, language, structs.replace(LINA, signup=False))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", wording.KINDS)
def test_every_platform_fits(kind, language):
    for slug, platform in PLATFORMS.items():
        said = text(kind, language, structs.replace(LINA, platform=platform.name, slug=slug))
        assert platform.name in said
        assert fits(kind, said)


def test_a_site_with_nothing_but_a_name_has_texts_too():
    bare = Facts("Instagram", "instagram", "Lina")
    assert text("story", "en", bare) == "Instagram is down right now. Back as soon as it is."
    assert text("sms", "de", bare) == "Instagram ist gerade gestört. Unter dieser Nummer geht es weiter. Lina"
    assert text("mail", "en", bare).endswith("\n\nSee you soon\nLina")


def test_addresses_can_be_tapped_where_that_is_possible():
    assert "https://lina.example\n" in text("post", "en", LINA)
    assert "https://lina.example\n" in text("mail", "en", LINA)
    assert "https://lina.example - " in text("sms", "en", LINA)
    assert "https://" not in text("story", "en", LINA)


def test_a_note_of_the_creator_stands_in_the_mail():
    said = text("mail", "en", structs.replace(LINA, note="Parcels leave all the same."))
    assert "\n\nParcels leave all the same.\n\nSee you soon\nLina Marlow" in said


def test_braces_and_stars_of_the_creator_are_words_like_others():
    said = text("mail", "en", structs.replace(LINA, name="{platform} *", note="{0} *"))
    assert said.endswith("\n\n{0} *\n\nSee you soon\n{platform} *")


WORDS = st.text(max_size=300)
URLS = st.builds(lambda host, path: f"https://{host}.example/{path}", st.text("ab-", max_size=90), WORDS)


@given(
    kind=st.sampled_from(wording.KINDS),
    language=st.sampled_from(LANGUAGES),
    facts=st.builds(Facts, WORDS, st.just("some"), WORDS, st.just("") | URLS, WORDS | URLS, WORDS, st.booleans()),
)
def test_whatever_a_site_is_called_its_texts_fit(kind, language, facts):
    assert fits(kind, text(kind, language, facts))


def test_an_sms_counts_as_telephones_count():
    assert septets("a" * 160) == 160
    assert septets("ä€") == 3
    assert septets("{}[]~^|\\") == 16
    assert septets("ł") == 0
    assert septets("“") == 0


def test_names_are_spelt_in_the_letters_of_an_sms():
    assert spelt("Łukasz Dvořák’s Café") == "Lukasz Dvorak's Café"
    assert spelt("Jürgen Groß, Ñandú") == "Jürgen Groß, Ñandu"
    assert spelt("微信 WeChat 🎈") == "WeChat"
    assert text("sms", "en", structs.replace(LINA, platform="微信", slug="wechat")).startswith("wechat is down")


def test_a_page_whose_address_no_sms_can_carry_is_left_out_rather_than_spoilt():
    said = text("sms", "en", structs.replace(LINA, site="https://bücher.example/œuvre", where=""))
    assert said == "Instagram is down right now. Still reachable at this number. Lina Marlow"


def test_other_languages_get_english_words_once():
    assert wording.languages(["de-CH", "fr", "it", "de"]) == (("de", "de-CH"), ("en", "fr"))
    assert wording.languages(["en"]) == (("en", "en"),)
