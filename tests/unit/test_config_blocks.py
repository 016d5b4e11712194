"""The blocks of ``home``, keys that must agree with each other, and what earns a warning."""

from __future__ import annotations

import pytest
from told import mistakes, places, read, said

from linkhome.config import schema
from linkhome.config.load import Config, read_site

PROFILE = "profile: {name: Lina}\n"
SILENT = "this picture has no description for those who cannot see it"


@pytest.mark.parametrize(
    ("entry", "kind", "expected"),
    [
        ("{title: T, image: media/a.jpg, link: https://x.example}", schema.LinkBlock, "https://x.example"),
        ("{image: media/a.jpg, link: https://x.example}", schema.LinkBlock, "https://x.example"),
        ("{text: T, embed: https://x.example}", schema.EmbedBlock, "https://x.example"),
        ("{text: T, title: U}", schema.TextBlock, "T"),
        ("{text: T, support: [], title: U}", schema.SupportBlock, []),
        ("{image: media/a.jpg, audio: media/a.mp3}", schema.AudioBlock, "media/a.mp3"),
        ("posts", schema.PostsBlock, 3),
        ("{posts: }", schema.PostsBlock, 3),
        ("divider", schema.DividerBlock, None),
    ],
)
def test_the_type_of_a_block(entry, kind, expected):
    block = read(f"{PROFILE}home: [{entry}]\n").home[0]
    assert type(block) is kind
    assert getattr(block, kind.type) == expected


@pytest.mark.parametrize(
    ("entry", "message", "advice"),
    [
        ("newslettr", "unknown block 'newslettr'", "did you mean 'newsletter'?"),
        ("gallery", "the block 'gallery' needs a value", "write: gallery: …"),
        ("https://x.example", "an address alone is not a block", "write: link: https://x.example"),
        ("{lnik: https://x.example}", "unknown block 'lnik'", "did you mean 'link'?"),
        ("{url: https://x.example, title: A}", "this block has no type", "did you mean 'link' instead of 'url'?"),
        ("{image: media/a.jpg, link: a.pdf, titel: A}", "unknown key 'titel'", "did you mean 'title'?"),
    ],
)
def test_entries_that_are_no_block(entry, message, advice):
    _, found = read_site(f"{PROFILE}home:\n  - {entry}\n".encode(), "linkhome.yaml")
    assert said(found) == [(3, message, advice)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("home: [newsletter]", (2, 8, 10, "the block 'newsletter' has nothing to show")),
        ("contact:\nhome: [{contact: x}]", (3, 9, 7, "the block 'contact' has nothing to show")),
        ("home: [socials]", (2, 8, 7, "the block 'socials' has nothing to show")),
        ("contact: {sms: true}", (2, 16, 4, "'sms: true' needs a telephone number")),
        (
            "home: [{events: [{title: x, date: 2026-12-02, end: 2026-12-01}]}]",
            (2, 52, 10, "'end' (2026-12-01) is before 'date' (2026-12-02)"),
        ),
        (
            "home: [{divider: , from: 2026-12-01T12:00, until: 2026-12-01 11:59}]",
            (2, 51, 16, "'until' (2026-12-01 11:59) is before 'from' (2026-12-01T12:00)"),
        ),
        ("url: https://x.example/?a=b", (2, 6, 22, "the address of a site has no ? and no # in it")),
        ("language: [en, de, EN]", (2, 20, 2, "'en' is listed twice")),
        (
            "newsletter: {action: https://x.example, fields: [first_name]}",
            (2, 49, 12, "a sign-up form must ask for 'email'"),
        ),
    ],
)
def test_keys_that_do_not_agree(text, expected):
    assert mistakes(f"{PROFILE}{text}\n") == [expected]


def test_a_last_day_counts_to_its_end():
    site = read(f"{PROFILE}home: [{{divider: , from: 2026-12-01 18:00, until: 2026-12-01}}]\n")
    assert (site.home[0].from_, site.home[0].until) == ("2026-12-01 18:00", "2026-12-01")


def warnings(text: str) -> tuple[Config, list[tuple[int, int, int, str]]]:
    config, found = read_site(text.encode(), "linkhome.yaml")
    assert config is not None
    assert {str(one.severity) for one in found} <= {"warning"}
    return config, places(found)


def test_pictures_that_speak_need_a_description():
    _, found = warnings(
        "profile:\n  name: L\n  portrait: media/a.jpg\n  cover: {file: media/b.jpg, alt: ''}\nhome:\n"
        "  - image: {file: media/c.jpg}\n  - gallery: [media/d.jpg, {file: media/e.jpg, alt: E}]\n"
        "  - {link: https://x.example, image: media/f.jpg}\n"
    )
    assert found == [(3, 13, 11, SILENT), (6, 19, 11, SILENT), (7, 15, 11, SILENT)]


def test_texts_in_languages_that_the_site_does_not_have():
    config, found = warnings("profile: {name: {de: L, fr: M}}\nlanguage: [en, de]\ntexts:\n  it: {a: b}\n")
    assert config.site.profile.name == {"de": "L", "fr": "M"}
    assert found == [
        (1, 18, 2, "this text is missing in the main language, 'en'"),
        (1, 25, 2, "the site has no language 'fr'"),
        (4, 3, 2, "the site has no language 'it'"),
    ]


def test_languages_are_written_in_their_usual_way():
    config, found = warnings("profile: {name: {pt-br: L}}\nlanguage: [pt-BR]\n")
    assert (config.languages, config.site.profile.name, found) == (("pt-BR",), {"pt-BR": "L"}, [])


def test_a_map_that_is_no_map_of_languages():
    assert mistakes("profile: {name: {first: L}}\n") == [(1, 18, 5, "'first' is not a language")]
