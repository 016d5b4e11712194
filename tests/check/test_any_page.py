"""Whatever a page holds, a check comes to its end: people paste anything into their pages."""

from __future__ import annotations

import html
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkhome.check import (
    access,
    headers,
    hidden,
    legal,
    links,
    manifest,
    policies,
    redirects,
    strangers,
    well_known,
    worker,
)
from linkhome.check.answers import Answers
from linkhome.check.finding import joined
from linkhome.check.sent import Case, judge
from linkhome.embeds.fetch import Answer
from linkhome.headers.served import Served
from linkhome.snapshot import Artifact

from .sites import built, page, said

PIECES = st.lists(
    st.sampled_from(
        [
            "<a href=>",
            "<a href='x'>",
            "</a>",
            "<![foo x]>",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "<!DOCTYPE",
            "<?xml",
            "?>",
            "<svg>",
            "</svg>",
            "<title>",
            "</title>",
            "<h1>",
            "</h2>",
            "<p hidden>",
            "</p>",
            "<input",
            "<label for=a>",
            "</label>",
            "<style>",
            "url(",
            "url('http://a.example')",
            "</style>",
            "<script>",
            "</script>",
            "<base href='//['>",
            "<img srcset=', a 1x,,b'>",
            "<meta http-equiv=refresh content='0;url=//['>",
            "<use href=#a>",
            "&#0;",
            "&bogus;",
            "\x00",
            "<",
            ">",
            '"',
            "aria-hidden=true",
        ]
    )
    | st.text(max_size=6),
    max_size=14,
).map("".join)


@given(PIECES)
def test_any_page_is_read_to_its_end(text: str) -> None:
    site = built(
        {"index.html": text, "a.svg": text, "a.css": text, "m.webmanifest": text, "de/index.html": page(text, "de")}
    )
    for rule in (access, hidden, legal, links, policies, strangers):
        assert all(line.startswith(("error: ", "warning: ")) for line in said(joined(rule.find(site))))


LINES = st.lists(
    st.sampled_from(
        [
            "/*", "/a/:b", "  ! X", "X: 1", "https://a.example/", ":", "Content-Security-Policy: ", "default-src 'self'", ";",
            ",", "*", "https:", "/a /b 301", "/a https://:splat 301!", "id=:x", "#", " ", "\r", "//[", "%zz", "Header set X ",
            '"', "\\", "{", "}", "[", "]", '"icons":', '"names":', '"version":', '"must":', "1", "null", "Expires: ", "Contact:",
        ]
    )
    | st.text(max_size=6),
    max_size=14,
)  # fmt: skip


@given(LINES, st.sampled_from(["", "\n", " "]))
def test_any_file_for_hosts_and_programs_is_read_to_its_end(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "own"
        file.write_text(text, "utf-8", "surrogatepass")
        own = Artifact.copy(file, "0" * 64, file.stat().st_size)
        names = ("_headers", ".htaccess", "_redirects", "sw.js", "a.webmanifest", "security.txt", "webfinger")
        known = ("nostr.json", "atproto-did")
        site = built({"index.html": page()})
        files = {**site.files, **dict.fromkeys(names[:5], own)}
        site.files = files | {f".well-known/{name}": own for name in (*names[5:], *known)}
        found = [
            *headers.find(site, Served(("index.html",), "https://lina.example"), []),
            *redirects.find(site, []),
            *worker.find(site, True),
            *worker.find(site, False),
            *manifest.find(site),
            *well_known.find(site, [], 0.0),
        ]
    assert all(line.startswith(("error: ", "warning: ", "note: ")) for line in said(joined(found)))


@given(st.text(max_size=30) | LINES.map("".join))
def test_whatever_a_host_sends_is_judged_and_can_be_printed(value: str) -> None:
    kinds = ("content-security-policy", "cache-control", "content-type", "strict-transport-security")
    answer = Answer(200, dict.fromkeys(kinds, value), value.encode("utf-8", "replace") * 300, "https://lina.example/")
    site = built({"index.html": page(), "404.html": page()})
    answers = Answers(answer, {"a.css": answer, "sw.js": answer}, answer, "http://a", {})
    found = list(judge(Case(site, Served((), "https://lina.example")), answers))
    assert all(one.message.isprintable() for one in found)


def test_an_age_of_many_digits_is_only_a_number() -> None:
    old = Answer(200, {"cache-control": "max-age=" + "9" * 9_000}, b"", "https://lina.example/")
    found = said(judge(Case(built({}), Served((), "")), Answers(old, {}, None, "", {})))
    assert found[-1].startswith("warning: browsers are told the wrong time to keep files: / (max-age=999")
    assert len(found[-1]) < 200


def test_pages_in_pages_are_looked_into_but_not_for_ever() -> None:
    text = '<img src="https://a.example/x.png">'
    for _ in range(40):
        text = f'<iframe title="x" srcdoc="{html.escape(text)}"></iframe>'
    assert said(strangers.find(built({"index.html": page(text)}))) == []
    shallow = html.escape('<img src="https://a.example/x.png">')
    found = said(strangers.find(built({"index.html": page(f'<iframe srcdoc="{shallow}"></iframe>')})))
    assert len(found) == 1


@pytest.mark.parametrize("text", ["<![foo x]>", "<![foo", "<![if IE]><a href='x'>y</a><![endif]>"])
def test_old_conditions_are_comments(text: str) -> None:
    site = built({"index.html": page(f"{text}<img src='a.png' alt=''>"), "x": ""})
    assert said(access.find(site)) == []


def test_a_link_that_is_a_script_is_stopped_by_the_policy() -> None:
    found = said(policies.find(built({"index.html": page('<a href="javascript:go()">x</a>')})))
    assert found == ["error: the policy of the page stops a link that is a script (javascript:)"]
