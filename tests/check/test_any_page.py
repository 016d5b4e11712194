"""Whatever a page holds, a check comes to its end: people paste anything into their pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkhome.check import access, hidden, legal, links, policies, strangers
from linkhome.check.finding import joined

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


@pytest.mark.parametrize("text", ["<![foo x]>", "<![foo", "<![if IE]><a href='x'>y</a><![endif]>"])
def test_old_conditions_are_comments(text: str) -> None:
    site = built({"index.html": page(f"{text}<img src='a.png' alt=''>"), "x": ""})
    assert said(access.find(site)) == []


def test_a_link_that_is_a_script_is_stopped_by_the_policy() -> None:
    found = said(policies.find(built({"index.html": page('<a href="javascript:go()">x</a>')})))
    assert found == ["error: the policy of the page stops a link that is a script (javascript:)"]
