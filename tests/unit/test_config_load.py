"""linkhome.yaml and front matter: what is built from them, and that every mistake is found at its place."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from told import mistakes, read

from linkhome.config import schema
from linkhome.config.load import read_site

FULL = Path(__file__).with_name("full_site.yaml").read_bytes()
PROFILE = "profile: {name: Lina}\n"


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
    keys = {
        key
        for one in maps
        if one not in (schema.FrontMatter, schema.Outages, schema.OutageEntry)
        for key in one.__struct_encode_fields__
    }
    assert [key for key in sorted(keys) if f"{key}:" not in text] == []


WORDS = [
    "no",
    "on",
    "yes",
    "true",
    "1.10",
    "12:30",
    "12:30:45",
    "010",
    "1e3",
    "0x10",
    "2026-12-01",
    "1_000",
    ".5",
    "<<",
]


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
        ("brand: {fonts: arial}", "'fonts' cannot be 'arial'", "it is one of: theme, system"),
        ("brand: {mode: [dark]}", "'mode' must be auto or light or dark, not a list", None),
        ("home: [{posts: 3.5}]", "'posts' must be a whole number from 1 to 50", ""),
        ("embeds: {as_of: 4000}", "'as_of' must be a whole number from 0 to 3650", ""),
        ("embeds: {as_of: 90 days}", "'as_of' must be a whole number from 0 to 3650", ""),
        ("embeds: [https://vimeo.com/1]", "'embeds' must be a map of keys, not a list", None),
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
        ("as_of: 90", "'as_of' belongs under 'embeds:'"),
        ("embed: https://vimeo.com/1", "'embed' belongs under 'home:'"),
        ("links: []", "'links' belongs under 'home:'"),
        ("brand: {colour: '#fff'}", "did you mean 'color'?"),
        (
            "brand: {zzz: 1}",
            "known here: theme, color, second, mode, shape, density, background, options, logo, icon, share, share_image, kit, fonts",
        ),
    ],
)
def test_unknown_keys_get_a_hint(line, advice):
    assert hint(f"{PROFILE}{line}\n") == advice


def test_missing_keys_stand_at_their_owner():
    assert mistakes(
        "url: https://x.example\nprofile:\n  tagline: x\nhome:\n  - links: A\n  - faq:\n    - question: x\n"
    ) == [
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


def test_a_flood_of_mistakes_ends():
    text = PROFILE + "".join(f"wrong{i}: x\n" for i in range(5000))
    config, found = read_site(text.encode(), "linkhome.yaml")
    assert (config, len(found)) == (None, 100)


def test_errors_are_not_hidden_by_a_flood_of_warnings():
    gallery = "".join(f"      - media/{i}.jpg\n" for i in range(500))
    config, found = read_site(f"home:\n  - gallery:\n{gallery}\nprofile: {{}}\n".encode(), "linkhome.yaml")
    assert config is None
    assert "'name' is missing in 'profile'" in [one.message for one in found]


def test_reading_a_good_site_loads_nothing_that_only_mistakes_need():
    code = (
        "import sys, yaml, msgspec\n"
        "before = set(sys.modules)\n"
        "from linkhome.config.load import read_site\n"
        "read_site(b'profile: {name: L}\\nhome: [{link: https://x.example/?a=b&c}, {link: a.pdf}]', 'a')\n"
        "print(*sorted({name.split('.')[0] for name in set(sys.modules) - before}))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["_bisect", "bisect", "linkhome"]
