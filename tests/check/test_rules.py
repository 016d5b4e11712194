"""Each rule finds what it is for, leaves alone what is right, and says how to repair it."""

from __future__ import annotations

import pytest

from linkhome.check import access, hidden, legal, links, policies, sizes, strangers
from linkhome.check.finding import Finding, joined
from linkhome.check.sheet import addresses
from linkhome.diagnostics import Severity
from linkhome.snapshot import Artifact

from .sites import HEAD, built, page, said

# ------------------------------------------------------- requests to others


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("index.html", '<script src="https://cdn.example/a.js"></script>'),
        ("index.html", '<script src="//cdn.example/a.js"></script>'),
        ("index.html", '<link rel="stylesheet" href="https://cdn.example/a.css">'),
        ("index.html", '<link rel=preconnect href="https://cdn.example">'),
        ("index.html", '<img alt="" src="https://cdn.example/a.png">'),
        ("index.html", '<img alt="" src="a.png" srcset="a.png 1x, https://cdn.example/a.png 2x">'),
        ("index.html", '<picture><source srcset="https://cdn.example/a.avif"></picture>'),
        ("index.html", '<video poster="https://cdn.example/a.jpg" preload="none" src="a.mp4"></video>'),
        ("index.html", '<audio src="https://cdn.example/a.mp3"></audio>'),
        ("index.html", '<audio preload="none" autoplay src="https://cdn.example/a.mp3"></audio>'),
        ("index.html", '<iframe title="a" src="https://cdn.example/"></iframe>'),
        ("index.html", '<object data="https://cdn.example/a.svg"></object>'),
        ("index.html", "<p style=\"background: url('https://cdn.example/a.png')\">"),
        ("index.html", "<style>@import 'https://cdn.example/a.css';</style>"),
        ("index.html", '<svg><use href="https://cdn.example/a.svg#i"/></svg>'),
        ("index.html", '<base href="https://cdn.example/"><img alt="" src="a.png">'),
        ("index.html", '<a href="#top" ping="/ours https://cdn.example/count">x</a>'),
        ("index.html", '<table background="https://cdn.example/a.png"></table>'),
        ("index.html", '<iframe title="a" srcdoc="&lt;img src=https://cdn.example/a.png>"></iframe>'),
        ("index.html", '<svg><path filter="url(https://cdn.example/a.svg#f)"/></svg>'),
        ("assets/a.css", "@font-face{src:url(https://cdn.example/a.woff2)}"),
        ("assets/a.css", 'p{background:image-set("https://cdn.example/a.avif" type("image/avif") 1x)}'),
        ("a.svg", '<svg><image xlink:href="https://cdn.example/a.png"/></svg>'),
        ("a.svg", '<?xml-stylesheet href="https://cdn.example/a.css"?><svg/>'),
        ("manifest.webmanifest", '{"icons": [{"src": "https://cdn.example/a.png"}]}'),
        ("manifest.webmanifest", '{"shortcuts": [{"icons": [{"src": "https://cdn.example/a.png"}]}]}'),
    ],
)
def test_a_request_to_another_host_is_found_wherever_it_stands(path: str, content: str) -> None:
    found = list(strangers.find(built({path: page(content) if path.endswith(".html") else content})))
    assert [one.severity for one in found] == [Severity.ERROR]
    assert found[0].message.startswith("cdn.example hears of every visitor") and found[0].hint


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("index.html", '<a href="https://friend.example/">A friend</a>'),
        (
            "index.html",
            '<link rel="canonical" href="https://lina.example/"><link rel="me" href="https://m.example/@l">',
        ),
        ("index.html", '<img alt="" src="https://lina.example/a.png">'),
        ("index.html", '<img alt="" src="data:image/png;base64,AAAA">'),
        ("index.html", '<audio controls preload="none" src="https://sound.example/1.mp3"></audio>'),
        ("index.html", '<video preload="none"><source src="https://sound.example/1.mp4"></video>'),
        ("index.html", '<meta property="og:image" content="https://elsewhere.example/a.jpg">'),
        ("index.html", '<form action="https://lists.example/" method="post"></form>'),
        ("assets/a.css", "@namespace url(http://www.w3.org/1999/xhtml); /* url(https://cdn.example/a.png) */"),
        ("a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/><path fill="url(#b)"/></svg>'),
        ("manifest.webmanifest", "no JSON at all"),
    ],
)
def test_what_waits_for_a_click_or_stays_at_home_is_no_request(path: str, content: str) -> None:
    assert said(strangers.find(built({path: page(content) if path.endswith(".html") else content}))) == []


def test_an_element_after_one_that_waits_is_asked_for_again() -> None:
    waiting = '<audio preload="none" src="https://a.example/1.mp3"></audio><img alt="" src="https://b.example/2.png">'
    assert [one.message[:9] for one in strangers.find(built({"index.html": page(waiting)}))] == ["b.example"]


def test_addresses_of_a_style_sheet_are_found_in_all_spellings() -> None:
    text = """@import "a.css"; p{background:URL( 'b c.png' )} q{src:url(d.woff2) url("e.woff2")}
    r{background:-webkit-image-set(url(f.png) 1x, "g.png" 2x)}"""
    assert sorted(addresses(text)) == ["a.css", "b c.png", "d.woff2", "e.woff2", "f.png", "g.png"]


# -------------------------------------------------------------------- links


def links_of(body: str, url: str = "https://lina.example/", at: str = "about/index.html") -> list[str]:
    files = {"index.html": page('<p id="top-of-all">'), "About.html": page(), "media/a b.jpg": b"x", at: page(body)}
    return said(links.find(built(files, url)))


@pytest.mark.parametrize(
    "href",
    [
        "../", "../index.html", "/", "/index.html#top-of-all", "#top", "#", "", "?a=b", "../media/a%20b.jpg", ".",
        "https://lina.example/", "mailto:lina@lina.example", "tel:+1", "javascript:void(0)", "https://friend.example/x",
        "../#:~:text=Lina", "http://[bad", "/about", "../media/a%20b.jpg#anything", "/.netlify/functions/signup",
    ],
)  # fmt: skip
def test_links_that_lead_somewhere_are_left_alone(href: str) -> None:
    assert links_of(f'<a href="{href}">x</a>') == []


@pytest.mark.parametrize("href", ["../gone/", "/gone.html", "gone.jpg", "https://lina.example/gone", "../media/"])
def test_links_to_what_is_not_there_are_errors(href: str) -> None:
    found = links_of(f'<a href="{href}">x</a>')
    assert len(found) == 1
    assert found[0].startswith("error: '/") and found[0].endswith("is linked, and is not there")


def test_a_file_that_a_page_loads_has_to_be_there() -> None:
    assert links_of('<img alt="" src="a.png">') == ["error: '/about/a.png' is loaded, and is not there"]


def test_a_name_that_is_nearly_right_gets_the_right_one_as_hint() -> None:
    found = list(links.find(built({"index.html": page('<a href="about.html">x</a>'), "About.html": page()})))
    assert [one.hint for one in found] == ["there is '/About.html': write that"]


def test_a_place_that_a_page_does_not_have_is_a_warning() -> None:
    found = links_of('<a href="../#gone">x</a>')
    assert found == ["warning: '/#gone' is named, and that page has no such place"]


def test_a_sign_that_a_theme_does_not_draw_is_left_alone() -> None:
    assert links_of('<svg><use href="#i-phone"/></svg>') == []
    assert links_of('<svg><use href="gone.svg#i-phone"/></svg>') == [
        "error: '/about/gone.svg' is loaded, and is not there"
    ]


def test_a_site_below_a_path_has_its_links_there() -> None:
    at_home, outside = "https://lina.example/site/about/", "https://lina.example/other/"
    body = f'<a href="/site/">x</a><a href="{at_home}">x</a><a href="{outside}">x</a><a href="/site">x</a>'
    assert links_of(body, "https://lina.example/site") == []
    assert len(links_of('<a href="/site/gone/">x</a>', "https://lina.example/site")) == 1


def test_a_site_without_an_address_is_checked_too() -> None:
    assert links_of('<a href="/gone/">x</a><a href="/">x</a>', "") == ["error: '/gone/' is linked, and is not there"]


# ------------------------------------------------------------ hidden things


@pytest.mark.parametrize("path", [".env", ".git/config", "media/.secret", "a/.DS_Store", "Thumbs.db"])
def test_hidden_files_are_errors(path: str) -> None:
    assert said(hidden.find(built({path: "x"}))) == [f"error: '{path}' would be published, and is a hidden file"]


@pytest.mark.parametrize("path", ["id_rsa", "deep/server.pem", "credentials.json", "site.KEY"])
def test_files_of_keys_are_errors(path: str) -> None:
    assert said(hidden.find(built({path: b"\0"})))[0].startswith("error: ")


@pytest.mark.parametrize("path", ["index.html~", "list.sql", "page.bak"])
def test_what_programs_leave_is_a_warning(path: str) -> None:
    assert said(hidden.find(built({path: b"\0"})))[0].startswith("warning: ")


@pytest.mark.parametrize("path", [".well-known/security.txt", ".nojekyll", "media/key.jpg", "media/monkey.png"])
def test_open_names_are_left_alone(path: str) -> None:
    assert said(hidden.find(built({path: "x"}))) == []


@pytest.mark.parametrize("path", ["index.html", "assets/a.js", "notes", "_headers", ".well-known/x.json"])
def test_a_key_in_a_text_is_an_error_and_is_not_repeated(path: str) -> None:
    key = "ghp" + "_0123456789abcdefghijABCDEFGHIJ"
    found = list(hidden.find(built({path: f"const a = '{key}'"})))
    assert [one.severity for one in found] == [Severity.ERROR]
    assert key not in str(found[0].as_dict()) + str(found[0].diagnostic())


# -------------------------------------------------------------------- sizes


def test_a_front_page_that_is_not_there_at_once_is_only_noted() -> None:
    noise = " ".join(str(number**5) for number in range(6_000))
    assert said(sizes.find(built({"index.html": page(noise)}), []))[0].startswith("note: the front page has ")
    assert said(sizes.find(built({"other/index.html": page(noise)}), [])) == []


def test_a_page_that_nobody_waits_for_is_a_warning() -> None:
    noise = " ".join(str(number**5) for number in range(40_000))
    assert said(sizes.find(built({"index.html": page(noise)}), []))[0].startswith("warning: the page has ")


@pytest.mark.parametrize(
    ("target", "path", "size", "found"),
    [
        ("netlify", "a.zip", 90 << 20, []),
        ("cloudflare", "a.zip", 26 << 20, ["error: 'a.zip' has 27.3 MB, and Cloudflare takes files up to 26 MB"]),
        ("github", "a.zip", 101 << 20, ["error: 'a.zip' has 105.9 MB, and GitHub takes files up to 105 MB"]),
        ("netlify", "a.jpg", 2_000_000, ["warning: the picture 'a.jpg' has 2.0 MB"]),
    ],
)
def test_files_are_measured_by_what_the_host_takes(target: str, path: str, size: int, found: list[str]) -> None:
    site = built({})
    site.files = {path: Artifact.keep("0" * 64, size)}
    assert said(sizes.find(site, [target])) == found


def test_a_whole_site_is_measured_by_what_the_host_takes() -> None:
    site = built({})
    site.files = {f"{number}.zip": Artifact.keep("0" * 64, 90_000_000) for number in range(12)}
    assert said(sizes.find(site, ["github", "github-actions"])) == [
        "error: the site has 1,080 MB, and GitHub Pages takes 1,000 MB"
    ]
    site.files = {f"{number}.txt": Artifact.keep("0" * 64, 1) for number in range(20_001)}
    assert said(sizes.find(site, ["cloudflare"])) == ["error: the site has 20,001 files, and Cloudflare takes 20,000"]


# ------------------------------------------------------------------- access


def faults(body: str) -> list[str]:
    found = said(access.find(built({"index.html": page(body)})))
    return [one.removeprefix("warning: who does not see the page finds ") for one in found]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<img src="a.png">', "the picture 'a.png' without words (alt)"),
        ('<a href="x"></a>', "a link without words (it leads to 'x')"),
        ('<a href="x"><svg aria-hidden="true"><title>No</title></svg></a>', "a link without words (it leads to 'x')"),
        ('<a href="x"><img src="a.png" alt=""></a>', "a link without words (it leads to 'x')"),
        ("<button><svg></svg></button>", "a button without words"),
        ("<h2> </h2>", "an empty heading <h2>"),
        ('<iframe src="a"></iframe>', "a frame without a title"),
        ('<input name="email">', "the field 'email' without a label"),
        ('<input name="email" id="e"><label for="f">Mail</label>', "the field 'email' without a label"),
        ('<p aria-labelledby="gone">', "'gone' shall name something, and is not on the page"),
    ],
)
def test_what_has_no_name_is_a_warning(body: str, fault: str) -> None:
    assert faults(body) == [fault]


@pytest.mark.parametrize(
    "body",
    [
        '<img src="a.png" alt="">',
        '<a href="x"><img src="a.png" alt="A train"></a>',
        '<a href="x" aria-label="Mastodon"><svg aria-hidden="true"></svg></a>',
        '<a href="x"><span>words</span></a>',
        '<a name="here"></a>',
        '<a href="x"><svg role="img" aria-label="Mastodon"></svg></a>',
        '<label>Mail <input name="email"></label>',
        '<label for="e">Mail</label><input name="email" id="e">',
        '<input type="hidden" name="a"><input type="submit">',
        '<div aria-hidden="true"><a href="x"></a><div></div><input name="trap"></div>',
        '<div hidden><button></button></div><p id="a" aria-labelledby="a">',
        '<iframe src="a" title="A map"></iframe>',
    ],
)
def test_what_has_a_name_is_left_alone(body: str) -> None:
    assert faults(body) == []


def test_a_page_needs_a_language_a_title_and_a_heading() -> None:
    found = said(access.find(built({"index.html": "<p>Hello"})))
    assert len(found) == 3
    assert "language" in found[0] and "title" in found[1] and "<h1>" in found[2]


def test_a_name_that_is_there_twice_is_a_warning() -> None:
    assert faults('<p id="a"><p id="a">')[0].startswith("warning: the id 'a' is there twice")


def test_a_page_that_only_leads_on_is_no_page() -> None:
    assert said(access.find(built({"a.html": '<meta http-equiv="refresh" content="0; url=index.html">'}))) == []


# ------------------------------------------------------------------- policy


def policy_of(policy: str, body: str) -> list[str]:
    html = HEAD.replace("script-src 'self'", policy) + body
    return said(policies.find(built({"index.html": html})))


def test_a_page_without_a_policy_is_a_warning() -> None:
    assert said(policies.find(built({"index.html": "<p>"})))[0].startswith("warning: the page has no policy")


def test_a_script_that_the_policy_stops_is_an_error() -> None:
    found = policy_of("script-src 'self'", "<script>alert( 1 )</script><p onclick='go()'>")
    assert found == [
        "error: the policy of the page stops a script that stands on it: alert( 1 )",
        "error: the policy of the page stops the script in onclick of <p>",
    ]


@pytest.mark.parametrize(
    ("policy", "body"),
    [
        ("script-src 'self' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='", "<script>alert(1)</script>"),
        ("frame-src 'none'; default-src 'self'", '<script src="a.js"></script>'),
        ("script-src 'self'", '<script type="application/ld+json">{"a": 1}</script>'),
    ],
)
def test_scripts_that_the_policy_allows_are_left_alone(policy: str, body: str) -> None:
    assert policy_of(policy, body) == []


def test_a_policy_that_allows_anything_is_a_warning() -> None:
    assert policy_of("script-src 'self' 'unsafe-inline' https:", "<script>x</script>") == [
        "warning: the policy of the page lets scripts run by 'unsafe-inline'",
        "warning: the policy of the page lets scripts run by https:",
    ]
    assert policy_of("frame-src 'none'", "") == ["warning: the policy of the page does not say which scripts may run"]


# -------------------------------------------------------------------- legal


@pytest.mark.parametrize("path", ["index.html", "de/index.html", "de-at/index.html"])
def test_a_front_page_in_german_needs_its_legal_pages(path: str) -> None:
    found = said(legal.find(built({path: page("<a href='x'>Hallo</a>", "de")})))
    assert found == [
        "warning: the front page in German links no imprint (Impressum)",
        "warning: the front page in German links no privacy page (Datenschutz)",
    ]


@pytest.mark.parametrize(
    ("path", "lang", "body"),
    [
        ("index.html", "de-CH", '<a href="x">Impressum</a><a href="y">Datenschutzerklärung</a>'),
        ("index.html", "de", '<a href="impressum/index.html">Wer wir sind</a><a href="privacy/">Daten</a>'),
        ("index.html", "en", ""),
        ("kit/index.html", "de", ""),
        ("de/posts/index.html", "de", ""),
    ],
)
def test_other_pages_and_languages_need_none(path: str, lang: str, body: str) -> None:
    assert said(legal.find(built({path: page(body, lang)}))) == []


# ----------------------------------------------------------------- findings


def test_the_same_finding_on_many_pages_is_told_once_and_errors_come_first() -> None:
    one = Finding("a", Severity.WARNING, "the one", "repair it")
    many = [Finding("a", Severity.WARNING, "the one", "repair it", (f"/{number}/",)) for number in range(5)]
    worse = Finding("b", Severity.ERROR, "the worse", "repair it", ("/",))
    found = joined([*many, worse])
    assert [found_one.message for found_one in found] == ["the worse", "the one"]
    assert found[1].diagnostic().message == "the one (in /0/, /1/, /2/ and 2 more)"
    assert one.diagnostic().message == "the one"
    assert found[1].as_dict()["places"] == ["/0/", "/1/", "/2/", "/3/", "/4/"]
