"""Rules for addresses that lead on: what hosts read from them, and what no text can make of an address."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linkhome.config.redirects import MOST, onward, plain, source
from linkhome.config.wrong import KindError
from linkhome.headers.redirects import (
    FILE,
    LONGEST,
    MARK,
    Onward,
    apache,
    moved,
    nginx,
    page_of,
    replaced,
    written,
)
from linkhome.snapshot import name_faults

from .sites import LEADING, NODE, laid_out, parsed, served

#: What no host can be told, or would read in another way: the pages alone lead there.
BY_PAGE = (
    Onward("/mail", "mailto:lina@x.example"),
    Onward("/idn", "https://münchen.example/"),
    Onward("/long", f"https://x.example/{'a' * LONGEST}"),
)
#: The same, but servers of one's own can be told.
FILLED = (
    Onward("/http", "http://x.example/"),
    Onward("/matrix", "https://matrix.to/#/@lina:x.example"),
    Onward("/star", "https://x.example/*"),
)


def expected(redirects: tuple[Onward, ...], base: str = "/") -> list[dict[str, Any]]:
    """Return what is to be read back: each address with and without a slash at its end."""
    return [
        {
            "from": quote(base + one.source[1:], safe="/@+") + end,
            "query": {},
            "to": base + one.to[1:] if one.to.startswith("/") else one.to,
            "status": one.code,
            "force": False,
            "conditions": {},
            "headers": {},
        }
        for one in redirects
        if not one.to.startswith("http:")
        for end in (("",) if one.source.endswith(".html") else ("", "/"))
    ]


@pytest.mark.parametrize("base", ["/", "/lina/"])
def test_netlify_reads_back_the_very_model(tmp_path: Path, base: str) -> None:
    file = tmp_path / FILE
    file.write_bytes(served(f"https://lina.example{base}", leading=LEADING).files()[FILE])
    assert parsed("redirects", file) == {"redirects": expected(LEADING, base), "errors": []}


def test_the_runtime_of_cloudflare_leads_on_and_drops_no_line(tmp_path: Path) -> None:
    folder = laid_out(tmp_path / "site")
    ways = expected(LEADING)
    command: list[str | Path] = [NODE, Path(__file__).parent / "redirects.mjs", folder]
    command.append(json.dumps([one["from"] for one in ways]))
    read = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout)
    # A host's name alone and the same with a slash are one address (RFC 3986, 6.2.3).
    got = [[status, re.sub(r"^(https?://[^/]+)/$", r"\1", where)] for status, where in read["answers"]]
    assert got == [[one["status"], one["to"]] for one in ways]
    assert read["said"] == []


def test_as_many_as_are_allowed_are_within_what_cloudflare_reads() -> None:
    lines = written([Onward(f"/old/{number}", "/") for number in range(MOST)], "/").decode().splitlines()
    assert len([line for line in lines if not line.startswith("#")]) <= 2_000


@pytest.mark.parametrize("one", [*BY_PAGE, *FILLED])
def test_what_hosts_would_misread_is_left_to_the_page(one: Onward) -> None:
    assert written([one], "/") == b""


def test_a_site_without_redirects_has_no_file_for_them() -> None:
    assert FILE not in served().files()
    assert FILE not in served(leading=BY_PAGE).files()


@pytest.mark.parametrize("one", BY_PAGE[:2])
def test_no_server_is_told_what_it_cannot_send(one: Onward) -> None:
    assert list(apache([one], "/")) == list(nginx([one], "/")) == []


@pytest.mark.parametrize("to", ["https://x.example/a%2Fb", "https://x.example/50%", "https://x.example/a%3Fb"])
def test_what_apache_would_encode_once_more_is_left_to_the_page(to: str) -> None:
    assert list(apache([Onward("/a", to)], "/")) == []
    assert len(list(nginx([Onward("/a", to)], "/"))) == 2


@pytest.mark.parametrize("base", ["/%22%0Ax/", "/%5C/"])
def test_the_address_of_a_site_cannot_end_the_quotes_of_a_rule(base: str) -> None:
    assert list(nginx([Onward("/a", "/")], base)) == list(apache([Onward("/a", "/")], base)) == []


def test_rules_move_with_the_site_and_go_back() -> None:
    for path, lines in ((FILE, written), (".htaccess", _htaccess)):
        there = {base: lines(LEADING, base).decode() for base in ("/", "/lina/", "/l%C3%AFna+b/")}
        for old, new in (("/", "/lina/"), ("/lina/", "/l%C3%AFna+b/"), ("/l%C3%AFna+b/", "/")):
            assert moved(path, there[old], old, new) == there[new]


def _htaccess(redirects: tuple[Onward, ...], base: str) -> bytes:
    return "".join(f"{line}\n" for line in apache(redirects, base)).encode()


def test_a_file_of_the_creators_own_is_left_as_it_is() -> None:
    own = "/old /new 301\n"
    assert moved(FILE, own, "/", "/lina/") == own
    assert replaced(own, "/") == frozenset()


@pytest.mark.parametrize("base", ["/", "/lina/", "/l%C3%AFna+b/"])
def test_a_file_of_ours_says_which_pages_it_replaces(base: str) -> None:
    rules = written([*LEADING, *BY_PAGE, *FILLED], base).decode()
    assert rules.startswith(MARK)
    assert replaced(rules, base) == {page_of(one.source) for one in LEADING[:-1]}


# ------------------------------------------------------------------ what may be written

ODD = st.one_of(
    st.text(), st.from_regex(r"/[\w%/.*:?#~@+ -]{0,20}", fullmatch=True), st.text("/%2eE.f:*?#\\ aä").map("/".__add__)
)


@given(ODD)
@example("/a%2F..%2Fb")
@example("/a/%2e%2e/b")
@example("/a%0Ab")
@example("/a%00")
@example("//x.example")
@example("/a b")
@example("/ﬁ")
@example("/हिन्दी")
def test_whatever_is_allowed_is_one_literal_address_on_every_host(text: str) -> None:
    try:
        assert source(text) == text
    except KindError as refused:
        assert refused.message and refused.hint
        return
    rule = Onward(f"/{plain(text)}", "https://x.example/")
    lines = written([rule], "/").decode().splitlines()[1:]
    ways = [rule.source] if rule.source.endswith(".html") else [rule.source, f"{rule.source}/"]
    assert [unquote(line.split(" ")[0]) for line in lines] == ways
    assert [line.split(" ")[1:] for line in lines] == [["https://x.example/", "302"]] * len(ways)
    assert not any(sign in line.split(" ")[0] for line in lines for sign in "*:?#\t\\")
    [pattern] = re.findall(r'"\^(.*)\$" "https', "\n".join(apache([rule], "/")))
    assert all(re.fullmatch(pattern, way) for way in ways)
    assert not any(re.fullmatch(pattern, f"{way}x") or re.fullmatch(pattern, f"x{way}") for way in ways)
    assert [line.count('"') for line in nginx([rule], "/")] == [4] * len(ways)
    page = page_of(rule.source)
    assert name_faults([page]) == []
    assert not any(part.startswith(".") for part in page.split("/"))


@given(ODD)
@example("https://lina@x.example")
@example("/a/../../b")
@example("/\\x.example")
@example("/%2e%2e/x")
@example("/#\x1f")
def test_whatever_is_led_to_passes_for_a_link_or_is_a_page(text: str) -> None:
    try:
        to = onward(text)
    except KindError as refused:
        assert refused.message
        return
    assert re.match(r"(?:https?://[^/?#@]+(?:[/?#]|$)|mailto:|/(?!/)|(?![a-zA-Z0-9+.-]+:|/))", to), to
    assert not re.search(r"[\x00-\x1f\x7f\\]", to)


def test_two_spellings_of_one_address_are_one() -> None:
    assert {plain(text) for text in ("/b%C3%BCro", "/büro/", "/bu\u0308ro/index.html")} == {"büro"}
    assert plain("/") == plain("/index.html") == ""
