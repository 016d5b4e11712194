"""linkhome.yaml and front matter: what is built from them, and that every mistake is found at its place."""

from __future__ import annotations

import inspect
from pathlib import Path

import msgspec
import pytest

from linkhome.config import schema
from linkhome.config.load import Config, read_front, read_site, text_in
from linkhome.diagnostics import Diagnostic

FULL = Path(__file__).with_name("full_site.yaml").read_bytes()
PROFILE = "profile: {name: Lina}\n"


def read(text: str) -> schema.Site:
    config, found = read_site(text.encode(), "linkhome.yaml")
    assert found == []
    assert config is not None
    return config.site


def places(found: list[Diagnostic]) -> list[tuple[int, int, int, str]]:
    return [(one.span.line, one.span.column, one.span.width, one.message) for one in found if one.span]


def mistakes(text: str) -> list[tuple[int, int, int, str]]:
    config, found = read_site(text.encode(), "linkhome.yaml")
    assert config is None
    assert {str(one.severity) for one in found} == {"error"}
    return places(found)


def hint(text: str) -> str:
    _, found = read_site(text.encode(), "linkhome.yaml")
    assert len(found) == 1, found
    return found[0].hint


TEN = """\
url: lina.example
profile:
  nmae: Lina
brand:
  color: #9A3B1F
contact:
  email: lina
  sms: yes
home:
  - link: javascript:alert(1)
    from: 2026-12-24
    until: 2026-12-01
  - newslettr
  - posts: many
  - title: Shop
"""


def test_ten_mistakes_are_ten_diagnostics_at_their_places():
    assert mistakes(TEN) == [
        (1, 6, 12, "'lina.example' does not begin with https://"),
        (3, 3, 4, "unknown key 'nmae'"),
        (5, 10, 7, "'color' is empty: without quotes, # begins a remark"),
        (7, 10, 4, "'lina' is not an e-mail address"),
        (8, 8, 3, "'sms' must be true or false, or a telephone number"),
        (10, 11, 19, "'javascript:alert(1)' is not an address that a page may link to"),
        (12, 12, 10, "'until' (2026-12-01) is before 'from' (2026-12-24)"),
        (13, 5, 9, "unknown block 'newslettr'"),
        (14, 12, 4, "'posts' must be a whole number from 1 to 50"),
        (15, 5, 5, "this block has no type"),
    ]


def test_every_mistake_says_what_to_do():
    _, found = read_site(TEN.encode(), "linkhome.yaml")
    assert [one.hint for one in found][:5] == [
        "did you mean 'https://lina.example'?",
        "did you mean 'name'?",
        'put the colour in quotes: "#9A3B1F"',
        "it looks like this: hello@lina.example",
        "write true",
    ]
    assert found[2].source == "  color: #9A3B1F"


def test_the_full_example_is_read_and_fits_the_types():
    config, found = read_site(FULL, "linkhome.yaml")
    assert found == []
    assert config is not None
    assert config.languages == ("en", "de")
    home = config.site.home
    assert {type(block) for block in home} == set(schema.BLOCKS.values())
    for block in home:
        assert msgspec.convert(msgspec.to_builtins(block), type(block)) == block
    rest = {name: value for name, value in msgspec.to_builtins(config.site).items() if name != "home"}
    assert msgspec.convert(rest, schema.Site) == msgspec.structs.replace(config.site, home=[])


def test_the_full_example_uses_every_key_of_the_schema():
    text = FULL.decode()
    maps = [one for _, one in inspect.getmembers(schema, inspect.isclass) if issubclass(one, schema.Keys)]
    keys = {key for one in maps if one is not schema.FrontMatter for key in one.__struct_encode_fields__}
    assert [key for key in sorted(keys) if f"{key}:" not in text] == []


WORDS = ["no", "on", "yes", "true", "1.10", "12:30", "12:30:45", "010", "1e3", "0x10", "2026-12-01", "1_000", ".5", "<<"]


@pytest.mark.parametrize("word", [*WORDS, '"null"', '"~"', '""'])
def test_text_stays_text(word):
    site = read(f"{PROFILE}title: {word}\n")
    assert site.title == word.strip('"')


@pytest.mark.parametrize("word", ["", "~", "null"])
def test_an_optional_key_without_a_value_is_absent(word):
    assert read(f"{PROFILE}title: {word}\n").title is None


@pytest.mark.parametrize("word", ["", "~", "null"])
def test_a_required_key_without_a_value_is_empty(word):
    assert mistakes(f"profile:\n  name: {word}\n") == [(2, 3, 4, "'name' is empty")]


def test_the_country_code_of_norway():
    assert read(f"{PROFILE}language: no\n").language == "no"


@pytest.mark.parametrize(
    ("line", "message", "advice"),
    [
        ("title: [a]", "'title' must be text, not a list", "remove the '-', or the brackets around it"),
        ("url: {a: b}", "'url' must be an address, not a map of keys", ""),
        ("brand: blue", "'brand' must be a map of keys, not text", None),
        ("socials: https://x.example", "'socials' must be a list, not text", None),
        ("home: {link: x}", "'home' must be a list, not a map of keys", ""),
        (
            "brand: {mode: drak}",
            "'mode' cannot be 'drak'",
            "did you mean 'dark'? (it is one of: auto, light, dark)",
        ),
        ("brand: {fonts: arial}", "'fonts' cannot be 'arial'", "it is one of: system"),
        ("brand: {mode: [dark]}", "'mode' must be auto or light or dark, not a list", None),
        ("home: [{posts: 3.5}]", "'posts' must be a whole number from 1 to 50", ""),
        ("home: [{posts: '3'}]", "'posts' must be a whole number from 1 to 50", "write it without quotes"),
        ("home: [{posts: 010}]", "'posts' must be a whole number from 1 to 50", ""),
        ("home: [{posts: 51}]", "'posts' must be a whole number from 1 to 50", ""),
        ("home: [{links: x, items: [], collapsed: 'true'}]", "'collapsed' must be true or false", None),
        ("home: [{links: x, items: [], collapsed: on}]", "'collapsed' must be true or false", "write true"),
        ("home: [{links: x, items: [], collapsed: 1}]", "'collapsed' must be true or false", "write true or false"),
        ("home: [{divider: wide}]", "'divider' must be without a value, not text", ""),
        ("socials: [a.pdf, ]\nhome: [[x]]", "an entry of 'home' must be a block, not a list", None),
        ("socials: [[x]]", "an entry of 'socials' must be an address, or a map of keys, not a list", None),
        ("socials: [~]", "an entry of 'socials' is empty", ""),
        ("home: [~]", "an entry of 'home' is empty", None),
        ("footer: {links: -a}", "'links' must be a list, not text", "put a space after each -"),
        ("texts: {en: {a: }}", "'a' is empty", None),
        ('title: "a\\0b"', "this text contains an invisible control character, U+0000", "remove it"),
    ],
)
def test_values_of_the_wrong_form(line, message, advice):
    _, found = read_site(f"{PROFILE}{line}\n".encode(), "linkhome.yaml")
    assert [one.message for one in found] == [message]
    assert advice is None or found[0].hint == advice


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("siteURL: x", "did you mean 'url'?"),
        ("URL: x", "did you mean 'url'?"),
        ("time_zone: x", "did you mean 'timezone'?"),
        ("Home: []", "did you mean 'home'?"),
        ("theme: base", "'theme' belongs under 'brand:'"),
        ("links: []", "'links' belongs under 'home:'"),
        ("brand: {colour: '#fff'}", "did you mean 'color'?"),
        ("brand: {zzz: 1}", "known here: theme, color, second, mode, logo, fonts"),
    ],
)
def test_unknown_keys_get_a_hint(line, advice):
    assert hint(f"{PROFILE}{line}\n") == advice


def test_missing_keys_stand_at_their_owner():
    assert mistakes("url: https://x.example\nprofile:\n  tagline: x\nhome:\n  - links: A\n  - faq:\n    - question: x\n") == [
        (2, 1, 7, "'name' is missing in 'profile'"),
        (5, 5, 5, "'items' is missing"),
        (7, 7, 8, "'answer' is missing"),
    ]
    assert mistakes("url: https://x.example\n") == [(1, 1, 3, "'profile' is missing")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"# nothing\n", "the file is empty"),
        (b"- a\n", "here must be keys with values, not a list"),
        (b"hello\n", "here must be keys with values, not text"),
        (b"title:Foo\n", "here must be keys with values, not text"),
        (b"a: [", "the file ends before a bracket is closed"),
        (b"\xff", "the file is not UTF-8 text: the byte 0xFF (byte 1 of the file) does not belong there"),
    ],
)
def test_files_that_are_no_site(data, message):
    config, found = read_site(data, "linkhome.yaml")
    assert config is None
    assert [one.message for one in found] == [message]


def test_mistakes_of_form_and_of_content_come_together():
    assert mistakes("profile: {name: A}\nurl: &x https://a.example\ntitel: B\nurl: x\n") == [
        (2, 6, 2, "names such as &name are not used here"),
        (3, 1, 5, "unknown key 'titel'"),
        (4, 1, 3, "'url' is set twice"),
    ]


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
    assert [(one.message, one.hint) for one in found] == [(message, advice)]


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


SILENT = "this picture has no description for those who cannot see it"


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


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        (None, "en", ""),
        ("A", "de", "A"),
        ({"en": "A", "de": "B"}, "de", "B"),
        ({"en": "A", "de": "B"}, "de-CH", "B"),
        ({"en": "A", "de": "B"}, "fr", "A"),
        ({"it": "C"}, "fr", "C"),
        ({}, "fr", ""),
    ],
)
def test_text_in(value, language, expected):
    assert text_in(value, language, ("en", "de")) == expected


def test_front_matter():
    front, spans, found = read_front(b"title: 12:30\ndate: 2026-11-02\ntags: [1, no]\ndraft: true\n", "posts/a.md", 2)
    assert found == []
    assert front == schema.FrontMatter(title="12:30", date="2026-11-02", tags=["1", "no"], draft=True)
    assert spans.at("date") == ("posts/a.md", 3, 7, 10)


def test_front_matter_may_be_empty():
    assert read_front(b"", "posts/a.md", 2)[::2] == (schema.FrontMatter(), [])


def test_mistakes_of_front_matter_count_lines_of_the_file():
    front, _, found = read_front(b"titel: A\ndate: 1.12.2026\nimage: media/a.jpg\nslug: Night trains\n", "posts/a.md", 2)
    assert front is None
    assert [(one.span.line, one.span.column, one.message, one.hint) for one in found if one.span] == [
        (2, 1, "unknown key 'titel'", "did you mean 'title'?"),
        (3, 7, "'1.12.2026' is not a day that can be read", "did you mean '2026-12-01'?"),
        (4, 8, SILENT, 'write {file: media/a.jpg, alt: "what it shows"}; alt: "" says that it only decorates'),
        (5, 7, "'Night trains' cannot be part of an address", "did you mean 'night-trains'?"),
    ]


def test_broken_front_matter_has_places_as_well():
    front, spans, found = read_front(b"title: a: b\n", "posts/a.md", 2)
    assert front is None
    assert places(found) == [(2, 9, 1, "a text without quotes cannot contain a colon and a space")]
    assert spans.at("title") == ("posts/a.md", 0, 1, 1)


def test_a_flood_of_mistakes_ends():
    text = PROFILE + "".join(f"wrong{i}: x\n" for i in range(5000))
    config, found = read_site(text.encode(), "linkhome.yaml")
    assert (config, len(found)) == (None, 100)


def test_errors_are_not_hidden_by_a_flood_of_warnings():
    gallery = "".join(f"      - media/{i}.jpg\n" for i in range(500))
    config, found = read_site(f"home:\n  - gallery:\n{gallery}\nprofile: {{}}\n".encode(), "linkhome.yaml")
    assert config is None
    assert "'name' is missing in 'profile'" in [one.message for one in found]
