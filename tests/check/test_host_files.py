"""Files for hosts: what one of them leaves out without a word, and what a file of one's own forgets or forbids."""

from __future__ import annotations

from pathlib import Path

import pytest
from headers.sites import parsed

from linkhome.check import csp, headers, redirects
from linkhome.check.header_lines import Rule, read
from linkhome.check.lines import CLOUDFLARE, NETLIFY, Faults
from linkhome.headers.served import Served

from .sites import built, page, said

HASH = "sha256-" + "a" * 43 + "="
SERVED = Served(
    ("index.html",), "https://lina.example", ["www.youtube-nocookie.com"], ["https://lists.example"], (), [HASH]
)
ALL = SERVED.files()["_headers"].decode()


def told(file: str, text: str, *targets: str, **files: str) -> list[str]:
    """Return what is said of a file for hosts, on a site with two pages."""
    pages = {"index.html": page(), "about/index.html": page(), **files}
    site = built({**pages, file: text})
    return said([*headers.find(site, SERVED, targets), *redirects.find(site, targets)])


def lines(text: str, *targets: str) -> list[str]:
    """Return what is said of single lines, which stand below all that has to be there."""
    before = ALL.count("\n")
    found = told("_headers", ALL + text, *targets)
    assert all(one.startswith("warning: _headers, line ") for one in found), found
    assert all(int(one.split("line ")[1].split(":")[0]) > before for one in found)
    return [one.partition(": _headers, line ")[2].partition(": ")[2] for one in found]


# ----------------------------------------------------------------- _headers


def test_what_linkhome_writes_has_no_fault() -> None:
    for file, data in SERVED.files().items():
        assert told(file, data.decode()) == [], file


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("/a\n  X-One\n", "a line without a colon is left out"),
        ("/a\n  X-One:\n", "a header without a name or a value is left out"),
        ("/a\n  X One: 1\n", "the name of a header with a space in it is left out"),
        ("/a\n  ! X-One\n", "Netlify cannot take a header away (!), and leaves out the line"),
        ("/a/:name\n  X-One: 1\n", "Netlify takes a word after a colon in a path as it stands, so it fits nothing"),
        ("https://lina.example/a\n  X-One: 1\n", "Netlify takes an address with a host for no path"),
        ("/*/a/*\n  X-One: 1\n", "Cloudflare leaves out a path with two stars"),
        (f"/a\n  X-One: {'1' * 2000}\n", "Cloudflare leaves out lines of more than 2,000 characters"),
    ],
)
def test_a_line_that_a_host_leaves_out_is_found(text: str, fault: str) -> None:
    assert lines(text) == [fault]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("/a\n  ! X-One\n", "cloudflare"),
        ("/a/:name\n  X-One: 1\n", "cloudflare"),
        ("/*/a/*\n  X-One: 1\n", "netlify"),
        (f"/a\n  X-One: {'1' * 2000}\n", "netlify-build"),
        ("/a\n  X-One\n", "github"),
        ("/a # words\n  X-One: a: b\n# words\n\n", ""),
    ],
)
def test_what_the_hosts_of_the_site_understand_is_left_alone(text: str, target: str) -> None:
    assert lines(text, *([target] if target else [])) == []


def test_a_header_before_the_first_path_is_lost() -> None:
    assert told("_headers", "X-One: 1\n" + ALL) == [
        "warning: _headers, line 1: a header before the first path is left out"
    ]


def test_lines_with_the_same_fault_are_told_together() -> None:
    found = told("_headers", ALL + "/a\n" + "  X-One\n" * 8)
    start = ALL.count("\n") + 2
    shown = ", ".join(str(start + number) for number in range(5))
    assert found == [f"warning: _headers, lines {shown} and 3 more: a line without a colon is left out"]


def test_more_paths_than_a_host_reads_are_told_once() -> None:
    many = "".join(f"/{number}\n  X-One: 1\n" for number in range(120))
    assert lines(many) == ["Cloudflare reads 100 paths at most, and leaves out all from here on"]
    assert lines(many, "netlify") == []


def test_a_header_from_two_rules_is_told_with_both_lines() -> None:
    found = told("_headers", ALL + "/about/*\n  referrer-policy: no-referrer\n")
    assert len(found) == 1 and "some files get the header 'referrer-policy' from both" in found[0]
    assert told("_headers", ALL + "/elsewhere/*\n  Referrer-Policy: no-referrer\n") == []


def test_netlify_reads_the_same_rules(tmp_path: Path) -> None:
    text = (
        "X-Before: 1\n/a\n  X-One: 1\n  X-Two\n  ! X-Three\n  X-Four:\n# no\n\n/b/*\nX-Five: a: b\n"
        "  X-Five: c\n/c\n/d/:e\n\tX-Six:6\n"
    )
    file = tmp_path / "_headers"
    file.write_text(text)
    rules = read(text, [NETLIFY], Faults("headers", "_headers"))
    joined = {
        rule.path: {name: ", ".join(value for one, value in rule.pairs if one == name) for name, _ in rule.pairs}
        for rule in rules
    }
    there = {one["for"]: one["values"] for one in parsed("headers", file)["headers"]}
    assert there == {path: pairs for path, pairs in joined.items() if pairs}


def test_a_path_fits_what_the_star_stands_for() -> None:
    def fits(rule: str, path: str) -> bool:
        return Rule(rule, 1, []).fits(path)

    assert fits("/*", "/") and fits("/a/*", "/a/b/c.js") and fits("/a.b", "/a.b") and fits("/:x/b", "/a/b")
    assert not fits("/a/*", "/b") and not fits("/a.b", "/axb") and not fits("/:x/b", "/a/c/b")


# ----------------------------------------------- what such files have to do


def test_a_file_of_ones_own_that_forgets_what_protects_visitors_is_a_warning() -> None:
    found = told("_headers", "/*\n  X-Frame-Options: DENY\n")
    names = "Content-Security-Policy, Access-Control-Allow-Origin, Cross-Origin-Opener-Policy, Permissions-Policy, "
    names += "Referrer-Policy, X-Content-Type-Options, Strict-Transport-Security"
    assert found == [f"warning: '_headers' sends no {names}"]
    assert told(".htaccess", "ErrorDocument 404 /404.html\nHeader set X-Frame-Options DENY\n") == [
        f"warning: '.htaccess' sends no {names}"
    ]


def test_nobody_reads_the_file_where_the_site_goes_so_nothing_is_said() -> None:
    assert told("_headers", "nonsense\n", "github", "ssh") == []


def test_a_policy_that_forbids_what_pages_do_is_an_error() -> None:
    strict = ALL.replace("frame-src https://www.youtube-nocookie.com", "frame-src 'none'")
    assert told("_headers", strict) == [
        "error: the policy in '_headers' forbids what pages need: frame-src https://www.youtube-nocookie.com"
    ]
    apache = SERVED.files()[".htaccess"].decode().replace(" https://lists.example", "")
    assert told(".htaccess", apache) == [
        "error: the policy in '.htaccess' forbids what pages need: connect-src https://lists.example"
    ]


def test_a_policy_for_one_page_is_not_held_against_what_others_need() -> None:
    rules = [one for one in ALL.splitlines() if "Content-Security-Policy" not in one]
    text = "\n".join(rules) + "\n/\n  Content-Security-Policy: default-src 'none'\n"
    assert told("_headers", text) == []


def test_a_policy_that_lets_any_script_run_is_a_warning() -> None:
    text = ALL.replace("script-src 'self'", "script-src 'self' 'unsafe-eval' *")
    assert told("_headers", text) == [
        "warning: the policy in '_headers' lets scripts run by 'unsafe-eval'",
        "warning: the policy in '_headers' lets scripts run by *",
    ]


def test_an_apache_file_without_a_page_for_wrong_addresses_is_a_warning() -> None:
    text = SERVED.files()[".htaccess"].decode().replace("ErrorDocument 404 /404.html\n", "")
    assert told(".htaccess", text) == [
        "warning: '.htaccess' does not say which page is shown for wrong addresses (ErrorDocument 404)"
    ]


def test_forms_need_where_they_go() -> None:
    text = ALL.replace("form-action 'self' https:", "form-action https://lists.example")
    form = page('<form action="https://lists.example/subscribe">')
    assert told("_headers", text, **{"a.html": form}) == []
    assert told("_headers", text, **{"a.html": page('<form action="https://other.example/">')}) == [
        "error: the policy in '_headers' forbids what pages need: form-action https://other.example"
    ]


# ------------------------------------------------------------------ policies


@pytest.mark.parametrize(
    ("policy", "lacks"),
    [
        ("default-src *; style-src 'unsafe-inline' *", []),
        ("default-src 'self' https:; style-src 'self' 'unsafe-inline'", []),
        ("default-src https://*.youtube-nocookie.com lina.example lists.example:443 'unsafe-inline'", []),
        ("child-src www.youtube-nocookie.com; worker-src 'self'", []),
        ("frame-src https://youtube-nocookie.com", ["frame-src https://www.youtube-nocookie.com"]),
        ("frame-src http://www.youtube-nocookie.com", ["frame-src https://www.youtube-nocookie.com"]),
        ("connect-src 'self' https://lists.example:8443", ["connect-src https://lists.example"]),
        ("style-src 'self' 'unsafe-inline' 'sha256-other='", [f"style-src '{HASH}'"]),
        (f"style-src 'self' '{HASH}'", []),
        ("script-src 'none'", ["script-src 'self'", "worker-src 'self'"]),
        ("img-src data:", ["img-src 'self'"]),
        ("form-action 'none'; base-uri 'none'", []),
    ],
)
def test_what_a_policy_forbids_is_known(policy: str, lacks: list[str]) -> None:
    assert csp.lacking(csp.policies(policy), SERVED) == lacks


def test_of_two_policies_both_hold() -> None:
    both = csp.policies("default-src *; style-src * 'unsafe-inline', img-src 'none'")
    assert csp.lacking(both, SERVED) == ["img-src 'self'"]


# ---------------------------------------------------------------- _redirects


def rules(text: str, *targets: str, **files: str) -> list[str]:
    found = told("_redirects", text, *targets, **files)
    return [one.replace("_redirects, ", "") for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "/old /about/ 301\n",
        "/old https://friend.example/a 302  # words\n",
        "# words\n\n/a/* /about/:splat 308\n",
        "/old /older 301\n/older /about/ 301\n",
        "/old /about/?a=b#c 303\n",
        "/x /.netlify/functions/y 200\n",
    ],
)
def test_lines_that_every_host_understands_are_left_alone(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("/old\n", "warning: line 1: a line that names no target (beginning with / or https://) is left out"),
        ("/old about 301\n", "warning: line 1: a line that names no target (beginning with / or https://) is left out"),
        (
            "/old /about/\n",
            "warning: line 1: without a code, Netlify redirects for good (301) and Cloudflare for a while (302)",
        ),
        ("/old /about/ 301!\n", "warning: line 1: Cloudflare leaves out lines with a code that ends in !"),
        ("/* /about/ 404\n", "warning: line 1: Cloudflare leaves out lines with the code 404"),
        ("/old /about/ 999\n", "warning: line 1: what stands where the code should is no code of a redirect"),
        ("/old /about/ good\n", "warning: line 1: what stands where the code should is no code of a redirect"),
        ("/old id=:id /about/ 301\n", "warning: line 1: Cloudflare leaves out lines that depend on 'id=:id'"),
        ("/old /about/ 302 Country=de\n", "warning: line 1: Cloudflare leaves out lines that depend on 'Country=de'"),
        ("/old https://a.example/ 200\n", "warning: line 1: Cloudflare shows no page of another host (200)"),
        ("https://a.example/ /about/ 301\n", "warning: line 1: Cloudflare reads no source that does not begin with /"),
        ("/to/* https://:splat 302\n", "error: line 1: whoever makes a link chooses where '/to/*' leads (an open redirect)"),
        ("/to/* :splat 302\n", "error: line 1: whoever makes a link chooses where '/to/*' leads (an open redirect)"),
        ("/old /old 301\n", "error: line 1: '/old' leads to itself"),
        ("/old /gone/ 301\n", "error: line 1: it leads to '/gone/', and that is not there"),
        ("/about /x.html 301\n/x.html / 301\n", "warning: line 1: Netlify shows the file '/about/' instead, which the site has"),
        (
            "/old / 301\n/old /about/ 301\n",
            "warning: line 2: an earlier line has '/old' already, so this one is never used",
        ),
    ],
)  # fmt: skip
def test_a_line_that_harms_or_that_a_host_reads_otherwise_is_found(text: str, fault: str) -> None:
    assert rules(text) == [fault]


@pytest.mark.parametrize(
    "text", ["/old /about/ 301!\n", "/* /about/ 404\n", "/old /about/ 302 Country=de\n", "/old /about/\n"]
)
def test_what_netlify_alone_understands_is_right_for_netlify(text: str) -> None:
    assert rules(text, "netlify") == []


def test_a_page_that_only_leads_on_is_no_file_in_the_way() -> None:
    onward = '<meta http-equiv="refresh" content="0; url=../about/">'
    assert rules("/old /about/ 302\n", **{"old/index.html": page(onward)}) == []


def test_a_target_that_is_nearly_right_gets_the_right_one_as_hint() -> None:
    site = built({"index.html": page(), "About.html": page(), "_redirects": "/old /about.html 301\n"})
    assert [one.hint for one in redirects.find(site, [])] == ["there is '/About.html': write that"]


def test_more_lines_than_a_host_reads_are_told_once() -> None:
    many = "".join(f"/{number} /about/ 301\n" for number in range(2_005))
    assert rules(many) == ["warning: line 2001: Cloudflare reads 2,000 lines at most, and leaves out the others"]
    moving = "".join(f"/{number}/* /about/ 301\n" for number in range(105))
    assert rules(moving) == [
        "warning: line 101: Cloudflare reads 100 lines with a star or a colon at most, and leaves out the others"
    ]
    assert rules(many, "netlify") == []


def test_a_site_below_a_path_may_name_its_files_from_the_top_of_the_host() -> None:
    files = {"index.html": page(), "about/index.html": page()}
    text = "/site/old /site/about/ 301\n/site/older /about/ 301\n/a /site/gone/ 301\n"
    site = built({**files, "_redirects": text}, "https://lina.github.io/site/")
    assert said(redirects.find(site, [CLOUDFLARE.lower()])) == [
        "error: _redirects, line 3: it leads to '/site/gone/', and that is not there"
    ]
