"""Whatever is pasted, it stays in its place: the form goes where the table says, and nowhere else."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from facts_table import FACTS
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linkhome.newsletter.filling import fill_address, read
from linkhome.newsletter.pasted import patterns_of
from linkhome.newsletter.places import ACTION, SERVER
from linkhome.newsletter.table import PROVIDERS
from linkhome.newsletter.target import resolve

PIECES = [
    *(
        "/",
        "//",
        "\\",
        "..",
        "/../",
        "%2e%2e",
        "?",
        "#",
        "&",
        "=",
        ":",
        "@",
        ";",
        "[",
        "]",
        "{server}",
        "{account}",
        "%",
    ),
    *(
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "http://",
        "evil.example",
        ".evil.example",
        "lina",
        "us21",
    ),
    *(
        "\n",
        "\r",
        "\t",
        "\0",
        " ",
        '"',
        "'",
        "<",
        ">",
        "\u202e",
        "\u2028",
        "ａ",
        "é",
        "．",
        "。",
        "localhost",
        ":80",
        "[::1]",
    ),
]
HOSTILE = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=6).map("".join)
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), HOSTILE, st.binary(max_size=4)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(HOSTILE, inner, max_size=3)),
    max_leaves=6,
)
KEYS = ("account", "user", "form", "list", "region", "server", "key", "address", "action", "method")
MORE = ("names", "hidden", "honeypot", "tags")


def shape(template: str) -> re.Pattern[str]:
    """Return what an address of this template may look like: no value adds a dot to its host or a slash to its path."""
    scheme, _, host, path = template.split("/", 3)
    path = path.replace("&f_id={form}", "")
    in_host = re.sub(r"\\{\w+\\}", "[A-Za-z0-9-]+", re.escape(host))
    in_path = re.sub(r"\\{\w+\\}", "[A-Za-z0-9._~%-]*", re.escape(path))
    return re.compile(f"{scheme}//{in_host}/{in_path}(?:&f_id=[0-9a-f]+)?")


SHAPES = {
    key: shape(provider.action)
    for key, provider in PROVIDERS.items()
    if provider.action and not provider.action.startswith(("{server}", "{action}"))
}
ON_THEIR_OWN = [key for key, provider in PROVIDERS.items() if "{server}" in provider.action]


def test_every_provider_with_a_form_is_held_to_a_shape() -> None:
    whole = {"brevo", "rapidmail", "custom"}
    assert {key for key, provider in PROVIDERS.items() if provider.action} == {*SHAPES, *ON_THEIR_OWN, *whole}


@st.composite
def pasted(draw: st.DrawFn, key: str) -> dict[str, Any]:
    """Return settings of which each may be right, hostile, or right with something hostile in it."""
    found = {}
    for setting in PROVIDERS[key].settings:
        right = str(FACTS[key].given.get(setting.name, setting.example))
        cut = draw(st.integers(0, len(right)))
        wrong = draw(HOSTILE)
        found[setting.name] = draw(
            st.sampled_from([right, right, wrong, right[:cut] + wrong + right[cut:], right + wrong])
        )
    return found


@pytest.mark.parametrize("key", SHAPES)
@given(data=st.data())
def test_values_stay_in_their_place(key: str, data: st.DataObject) -> None:
    target, problems = resolve(key, data.draw(pasted(key)))
    assert (target is None) is bool(problems)
    if target:
        assert SHAPES[key].fullmatch(target.action)
        assert_leads_to_one_host(target.action)


@pytest.mark.parametrize("key", ["brevo", "rapidmail"])
@given(data=st.data())
def test_whole_addresses_are_those_of_the_provider(key: str, data: st.DataObject) -> None:
    target, _ = resolve(key, data.draw(pasted(key)))
    if target:
        ends = {"brevo": ".sibforms.com", "rapidmail": ".emailsys1a.net"}
        assert target.action.startswith("https://")
        assert target.action.split("/")[2].endswith(ends[key])
        assert str(urlsplit(target.action).hostname).endswith(ends[key])


@pytest.mark.parametrize("key", ON_THEIR_OWN)
@given(data=st.data())
def test_servers_keep_their_host_and_their_end(key: str, data: st.DataObject) -> None:
    values = data.draw(pasted(key))
    target, _ = resolve(key, values)
    if target:
        root = values["server"].strip().rstrip("/")
        rest = PROVIDERS[key].action.removeprefix("{server}").replace("{form}", values.get("form", "").strip())
        assert target.action == root + rest
        assert_leads_to_one_host(target.action)


@given(action=HOSTILE.map(lambda text: "https://lists.example.com" + text) | HOSTILE)
@example("javascript:alert(1)")
@example("//evil.example/x")
@example("/\\evil.example")
@example("https:evil.example")
@example("https://lists.example.com\\@evil.example/")
@example("https://lists.example.com@evil.example/")
@example(" https://lists.example.com/a\nb")
def test_forms_of_any_provider_go_to_https_or_to_the_same_site(action: str) -> None:
    target, _ = resolve("custom", {"action": action})
    if target and target.action.startswith("/"):
        assert not target.action.startswith("//")
        assert re.fullmatch(r"[!-~]+", target.action)
        assert "\\" not in target.action
    elif target:
        assert_leads_to_one_host(target.action)


def assert_leads_to_one_host(action: str) -> None:
    """A browser and Python must agree where it goes: plain ASCII, a scheme, a host, no password, no way back."""
    parts = urlsplit(action)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    assert parts.scheme == "https" or (parts.scheme == "http" and local)
    assert re.fullmatch(r"[A-Za-z0-9.-]+(?::\d+)?|\[::1\](?::\d+)?", parts.netloc)
    assert re.fullmatch(r"[!-~]+", action)
    assert not set(action) & set("\\\"'<>` ")
    assert ".." not in parts.path.split("/")
    assert not parts.fragment


@pytest.mark.parametrize("key", PROVIDERS)
@settings(max_examples=40)
@given(
    written=st.dictionaries(st.one_of(st.sampled_from([*KEYS, *MORE]), HOSTILE), ANYTHING, max_size=6),
    right=st.booleans(),
)
def test_nothing_that_is_written_raises(key: str, written: dict[str, object], right: bool) -> None:
    base = FACTS[key].given if right and key in FACTS else {}
    target, problems = resolve(key, {**written, **base})
    assert (target is None) is bool(problems)
    if target:
        for name, text in target.hidden:
            assert not re.search("[\x00-\x1f\x7f\u202e\u2028]", name + text)


@given(key=st.one_of(HOSTILE, st.sampled_from(sorted(PROVIDERS))))
def test_no_name_of_a_provider_raises(key: str) -> None:
    target, problems = resolve(key, {})
    assert (target is None) is bool(problems)


@pytest.mark.parametrize("key", FACTS)
@given(data=st.data())
def test_no_message_repeats_what_was_pasted(key: str, data: st.DataObject) -> None:
    canary = "Zq7" + data.draw(st.text(st.sampled_from("qwz79<>/"), min_size=4, max_size=12))
    written = {setting.name: canary for setting in PROVIDERS[key].settings} | {"names": {"email": f"{canary}\n"}}
    for problem in resolve(key, written)[1]:
        assert canary not in problem.message + problem.hint


@pytest.mark.parametrize("key", SHAPES)
def test_an_address_reads_backwards_to_what_it_was_made_of(key: str) -> None:
    values = {name: str(text) for name, text in FACTS[key].given.items() if name in patterns_of(PROVIDERS[key])}
    wanted = {name: values[name] for name in values if f"{{{name}}}" in PROVIDERS[key].action}
    assert read(PROVIDERS[key].action, FACTS[key].action, patterns_of(PROVIDERS[key])) == wanted


@given(first=HOSTILE, second=HOSTILE)
def test_a_filled_template_keeps_its_parts_whatever_the_values(first: str, second: str) -> None:
    try:
        address = fill_address("https://x.example/a/{first}/b?c={second}&d=1", {"first": first, "second": second})
    except UnicodeEncodeError:  # half of a character
        return
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.fragment) == ("https", "x.example", "")
    assert parts.path.count("/") == 3
    assert parts.query.endswith("d=1")


@pytest.mark.parametrize("pattern", [SERVER, ACTION])
@pytest.mark.parametrize("piece", ["a", "a.", "a-", "/", "/a", "/.", "%41", "?", "https://a.", "[", ":1"])
def test_long_addresses_are_judged_at_once(pattern: str, piece: str) -> None:
    import time

    began = time.perf_counter()
    for start in ("https://", "https://a.example", "https://a.example/", "/"):
        re.fullmatch(pattern, start + piece * 20_000 + "\n")
    assert time.perf_counter() - began < 2
