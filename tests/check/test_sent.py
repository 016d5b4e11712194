"""What a place sends is judged by what its host can do; each thing is told once."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from deploy.double import Double
from msgspec.structs import replace

from linkhome.check.answers import ENDINGS, Answers, ask
from linkhome.check.sent import Case, judge
from linkhome.deploy.table import load
from linkhome.embeds.fetch import Answer, Client, FetchError, Limits
from linkhome.headers.caching import FOREVER
from linkhome.headers.served import Served

from .sites import built, page, said

SERVED = Served(("index.html",), "https://lina.example", ["t.me"], (), (), ())
HEADERS = {name.lower(): value for name, value in (*SERVED.headers().always, *SERVED.headers().secure)}
PAGE = page("word " * 500).encode()
FRONT = {**HEADERS, "content-encoding": "gzip", "cache-control": "no-cache", "content-type": "text/html"}
NOTHING = page().replace("<title>Lina", "<title>Nothing here")
SITE = built({"index.html": PAGE, "404.html": NOTHING})
HTTPS = "https://lina.example/"


def answer(body: bytes = PAGE, headers: Mapping[str, str] = FRONT, status: int = 200, url: str = HTTPS) -> Answer:
    return Answer(status, dict(headers), body, url)


def sent(
    headers: Mapping[str, str] = FRONT,
    files: Mapping[str, Mapping[str, str]] | None = None,
    nowhere: Answer | None = None,
    plain: str = HTTPS,
    target: str = "ssh",
    **more: bool,
) -> list[str]:
    """Return what is said of a host that sends these headers with its front page, and with files."""
    there = {path: answer(b"x", given) for path, given in (files or {}).items()}
    answers = Answers(answer(headers=headers), there, nowhere, plain, {})
    about = load(target).about if target else None
    return said(judge(Case(SITE, SERVED, about, **more), answers))


def without(*names: str) -> dict[str, str]:
    return {name: value for name, value in FRONT.items() if name not in names}


def test_a_host_that_sends_everything_is_left_alone() -> None:
    nowhere = answer(NOTHING.encode(), status=404)
    files = {
        "a.css": {"content-type": "text/css; charset=utf-8"},
        "assets/a.1a2b3c4d.js": {"content-type": "text/javascript", "cache-control": FOREVER},
        "sw.js": {"content-type": "application/javascript", "cache-control": "max-age=0, must-revalidate"},
        ".well-known/atproto-did": {"content-type": "text/plain"},
    }
    for target in ("", "ssh", "netlify", "cloudflare", "folder", "github", "s3"):
        assert sent(files=files, nowhere=nowhere, target=target) == [], target


def test_what_is_missing_is_told_in_one_sentence() -> None:
    assert sent(without("x-content-type-options", "strict-transport-security", "access-control-allow-origin")) == [
        "warning: the host does not send X-Content-Type-Options, Strict-Transport-Security"
    ]
    assert sent(without("access-control-allow-origin"), mirrored=True) == [
        "warning: the host does not send Access-Control-Allow-Origin"
    ]


@pytest.mark.parametrize("target", ["github", "github-actions", "codeberg", "s3"])
def test_where_nobody_can_set_headers_that_is_one_note_and_nothing_else(target: str) -> None:
    files = {"a.avif": {"content-type": "application/octet-stream"}, "sw.js": {"content-type": "text/javascript"}}
    bare = {"content-type": "text/html", "cache-control": "max-age=600"}
    found = sent(bare, files=files, target=target)
    assert len(found) == 1 and found[0].startswith("note: at ")
    assert " nobody can set headers, and these are not sent: Content-Security-Policy, " in found[0]


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("netlify", "run 'linkhome deploy'"),
        ("netlify-build", "run 'linkhome deploy'"),
        ("sftp", "ask your hoster to let .htaccess hold"),
        ("folder", "for nginx include the lines of 'linkhome headers'"),
        ("", "for nginx include the lines of 'linkhome headers'"),
    ],
)
def test_what_to_do_depends_on_the_host(target: str, hint: str) -> None:
    answers = Answers(answer(headers=without("referrer-policy")), {}, None, HTTPS, {})
    about = load(target).about if target else None
    assert [one.hint.startswith(hint) for one in judge(Case(SITE, SERVED, about), answers)] == [True]


def test_a_policy_is_held_against_the_pages_only_if_they_are_those_that_are_shown() -> None:
    old = {**FRONT, "content-security-policy": HEADERS["content-security-policy"].replace("https://t.me", "'none'")}
    lacks = ["error: the policy that the host sends forbids what pages need: frame-src https://t.me"]
    for target in ("ssh", "github"):
        assert sent(old, target=target) == lacks
        assert sent(old, target=target, same=False) == []


def test_a_policy_that_lets_any_script_run_is_a_warning() -> None:
    loose = HEADERS["content-security-policy"].replace("script-src 'self'", "script-src 'self' 'unsafe-eval' https:")
    assert sent({**FRONT, "content-security-policy": loose}) == [
        "warning: the policy that the host sends lets scripts run by 'unsafe-eval', https:"
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("x-content-type-options", "nosniff, nosniff"),
        ("strict-transport-security", "max-age=1, max-age=2"),
        ("cross-origin-opener-policy", "same-origin, same-origin"),
        ("cache-control", "no-cache, no-cache"),
        ("content-security-policy", f"{HEADERS['content-security-policy']}, {HEADERS['content-security-policy']}"),
    ],
)
def test_a_header_that_comes_twice_is_a_warning(name: str, value: str) -> None:
    assert sent({**FRONT, name: value}) == [f"warning: the host sends these headers twice: {name}"]


@pytest.mark.parametrize(
    ("page_for", "path", "file_for", "told"),
    [
        ("max-age=600", "sw.js", "max-age=0", ""),
        ("", "sw.js", "no-cache", "/ (nothing is said)"),
        ("max-age=86400", "sw.js", "no-cache", "/ (max-age=86400)"),
        ("no-cache", "sw.js", FOREVER, f"sw.js ({FOREVER})"),
        ("no-cache", "build.json", "", "build.json (nothing is said)"),
        ("no-cache", "assets/a.1a2b3c4d.js", "no-store", "assets/a.1a2b3c4d.js (no-store)"),
        ("no-cache", "feed.xml", "", ""),
    ],
)
def test_how_long_browsers_keep_what_is_judged_by_its_kind(page_for: str, path: str, file_for: str, told: str) -> None:
    kind = {"js": "text/javascript", "json": "application/json", "xml": "application/atom+xml"}[path.split(".")[-1]]
    found = sent({**FRONT, "cache-control": page_for}, {path: {"content-type": kind, "cache-control": file_for}})
    assert found == ([f"warning: browsers are told the wrong time to keep files: {told}"] if told else [])


def test_files_that_come_as_what_they_are_not_are_told_together() -> None:
    plain = {"content-type": "text/plain"}
    found = sent(files={"a.avif": plain, ".well-known/webfinger": plain, "a.css": plain, "notes.txt": plain})
    assert found == [
        "warning: files are sent as what they are not: a.avif as text/plain, .well-known/webfinger as text/plain",
        "error: files are sent as what they are not: a.css as text/plain",
    ]
    assert sent(files={"a.avif": plain, "a.css": plain}, target="github") == [
        "error: files are sent as what they are not: a.css as text/plain"
    ]


def test_a_page_that_is_not_packed_is_a_warning() -> None:
    assert sent(without("content-encoding"))[0].startswith("warning: pages are sent without being packed")
    small = Answers(answer(b"<p>", without("content-encoding")), {}, None, HTTPS, {})
    assert said(judge(Case(SITE, SERVED), small)) == []


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (answer(), "a wrong address is answered as if it were right (200, not 404)"),
        (answer(status=403), "a wrong address is answered with 403, not with 404"),
        (answer(status=404), "for a wrong address the host shows a page of its own, not the site's"),
    ],
)
def test_a_wrong_address_has_to_be_answered_as_one(given: Answer, message: str) -> None:
    assert sent(nowhere=given) == [f"warning: {message}"]


def test_http_has_to_lead_to_https() -> None:
    assert sent(plain="http://lina.example/") == ["warning: http:// shows the site without leading on to https://"]
    assert sent(plain="") == [], "nobody answered there, which is as good"


def test_a_front_page_that_does_not_come_is_an_error() -> None:
    lost = Answers(None, {}, None, "", {"/": "lina.example broke off"})
    assert said(judge(Case(SITE, SERVED), lost)) == ["error: the front page does not come: lina.example broke off"]
    gone = Answers(answer(status=404), {}, None, "", {})
    assert said(judge(Case(SITE, SERVED), gone)) == ["error: the front page does not come: it is answered with 404"]


def test_a_target_of_another_package_is_judged_by_what_it_says_of_itself() -> None:
    bare = Answers(answer(headers={"cache-control": "no-cache", "content-encoding": "br"}), {}, None, HTTPS, {})
    for headers, kind in ((("_headers",), "warning"), (("_redirects",), "note")):
        case = Case(SITE, SERVED, replace(Double.about, headers=headers))
        assert said(judge(case, bare))[0].startswith(f"{kind}: ")


class _Noting(Client):
    """Be a client that asks nobody."""

    def __init__(self, slow: bool = False) -> None:
        super().__init__("", "en")
        self.asked: list[str] = []
        self.deadlines: set[float | None] = set()

    def get(self, url: str, limits: Limits, *, deadline: float | None = None, **_: object) -> Answer:  # type: ignore[override]
        self.asked.append(url)
        self.deadlines.add(deadline)
        if "sw.js" in url:
            raise FetchError("slow", "lina.example is too slow")
        return answer(url=url)


def test_no_more_is_asked_than_tells_how_files_are_served_and_all_within_one_time() -> None:
    files = {f"{number}/{'a' * number}.{ending}": b"x" * number for ending in ENDINGS for number in range(1, 30)}
    site = built({**files, "index.html": page(), "sw.js": "1", "build.json": "{}", ".well-known/a": "", "b c.css": ""})
    client = _Noting()
    found = ask(site, HTTPS, client)
    assert len(client.asked) == len(set(client.asked)) == 4 + len(ENDINGS) + 2
    assert "https://lina.example/b%20c.css" in client.asked and "http://lina.example/" in client.asked
    assert len(client.deadlines) == 1 and None not in client.deadlines
    assert found.problems == {"sw.js": "lina.example is too slow"} and "sw.js" not in found.files
    assert found.plain == "http://lina.example/"


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/", "https://lina.example:8443/"])
def test_http_is_not_tried_where_it_would_be_somebody_else(url: str) -> None:
    client = _Noting()
    assert ask(SITE, url, client).plain == ""
    assert "http://lina.example:8443/" not in client.asked


def test_below_the_top_of_a_host_nobody_looks_for_well_known_files() -> None:
    client = _Noting()
    ask(built({".well-known/a": "x", "index.html": page()}), "https://lina.github.io/site/", client)
    assert not any(".well-known" in one for one in client.asked)
