"""What a build makes of `redirects`: pages that lead on, files for hosts, and every mistake at its place, all at once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from deploy.desks import PAGES, frozen

from linkhome.deploy.archive import Archive
from linkhome.deploy.entries import Wanted
from linkhome.deploy.nouns import About
from linkhome.deploy.overlay import lay_over
from linkhome.deploy.single import Ways
from linkhome.headers.redirects import FILE, is_page
from linkhome.preview.leaves import Leaves
from linkhome.snapshot import Artifact

HEAD = """\
url: https://lina.example/base/
language: [en, de]
profile: {name: Lina Marlow}
brand: {theme: base, kit: false, share: none}
"""
SITE = f"{HEAD}redirects:\n"
FILES: dict[str, str | bytes] = {
    "posts/new.md": "---\ntitle: New & old\ndate: 2026-01-01\n---\nHi\n",
    "pages/about.md": "---\ntitle: About\n---\nHi\n",
    "pages/about.de.md": "---\ntitle: Über mich\n---\nHallo\n",
    "media/cv.pdf": b"%PDF",
    "theme/static/own/x.txt": b"x",
}
GOOD = """\
  /discord: https://discord.gg/abc
  /old-page: /posts/new
  /blog/: {to: /posts/, permanent: true}
  /chain: {to: /blog, permanent: true}
  /chained: /blog#top
  /de/alt: pages/about.md
  /alt.html: https://lina.example/base/about/#me
  /cv: media/cv.pdf
  /rss.xml: feed.xml
  /own: {to: own/x.txt}
  /mail: mailto:lina@lina.example?subject=Hi
  /@lina: https://matrix.to/#/@lina:matrix.example
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the files of a site with redirects."""
    from site_folder import SiteFolder

    folder = SiteFolder(tmp_path_factory.mktemp("redirects"))
    for path, content in {**FILES, "linkhome.yaml": SITE + GOOD}.items():
        folder.write(path, content)
    ran = folder.build("--quiet")
    assert ran.code == 0, ran.err
    return folder.files()


def told(ran: Any) -> list[tuple[int, int, str]]:
    """Return line, column and sentence of every mistake."""
    assert ran.code == 1
    found = json.loads(ran.out)["diagnostics"]
    return [(d["line"], d["column"], d["message"]) for d in found if d["severity"] == "error"]


def test_hosts_that_read_rules_are_told_all_but_what_they_would_misread(built: dict[str, bytes]) -> None:
    rules = [line.split(" ") for line in built[FILE].decode().splitlines()[1:]]
    kept = re.search(r"media/cv\.[0-9a-f]{8}\.pdf", "\n".join(built))
    assert kept
    assert {where: (to, code) for where, to, code in rules if not where.endswith("/")} == {
        "/base/discord": ("https://discord.gg/abc", "302"),
        "/base/old-page": ("/base/posts/new/", "302"),
        "/base/blog": ("/base/posts/", "301"),
        "/base/chain": ("/base/posts/", "301"),
        "/base/chained": ("/base/posts/#top", "302"),
        "/base/de/alt": ("/base/de/about/", "302"),
        "/base/alt.html": ("/base/about/#me", "302"),
        "/base/cv": (f"/base/{kept[0]}", "302"),
        "/base/rss.xml": ("/base/feed.xml", "302"),
        "/base/own": ("/base/own/x.txt", "302"),
    }
    assert b'RedirectMatch 302 "^/base/@lina/?$" "https://matrix.to/#/@lina:matrix.example"' in built[".htaccess"]


def test_a_page_leads_on_by_itself_by_a_link_and_from_any_folder(built: dict[str, bytes]) -> None:
    page = built["old-page/index.html"].decode()
    assert len(page) < 1_000
    assert '<meta http-equiv="refresh" content="0; url=../posts/new/index.html">' in page
    assert '<p><a href="../posts/new/index.html">On to New &amp; old</a></p>' in page
    assert '<link rel="canonical" href="https://lina.example/base/posts/new/">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "content=\"default-src 'none'; style-src 'sha256-" in page
    assert b'url=about/index.html#me"' in built["alt.html"]
    assert b'<a href="https://discord.gg/abc">On to discord.gg/abc</a>' in built["discord/index.html"]


def test_a_page_speaks_the_language_of_its_folder_and_leads_to_that_one(built: dict[str, bytes]) -> None:
    page = built["de/alt/index.html"].decode()
    assert page.startswith('<!doctype html>\n<html lang="de" dir="ltr">')
    assert '<a href="../../de/about/index.html">Weiter zu Über mich</a>' in page


def test_a_mail_address_is_opened_by_the_page_alone(built: dict[str, bytes]) -> None:
    page = built["mail/index.html"].decode()
    assert 'url=mailto:lina@lina.example?subject=Hi">' in page
    assert "On to lina@lina.example</a>" in page
    assert "canonical" not in page
    assert b"/mail" not in built[FILE] + built[".htaccess"]


def test_nothing_else_knows_of_addresses_that_only_lead_on(built: dict[str, bytes]) -> None:
    for path in ("sitemap.xml", "feed.xml", "feed.json", "sw.js", "index.html"):
        assert not re.search(rb"discord|old-page|/mail", built[path]), path
    artifacts = {path: Artifact.of(data) for path, data in built.items()}
    leaves, _ = Leaves().find(artifacts, ("en", "de"), "", 100)
    assert not {leaf.path for leaf in leaves} & {path for path, data in built.items() if is_page(data)}
    assert "about/index.html" in {leaf.path for leaf in leaves}


def test_the_policy_of_the_host_lets_the_page_have_its_styles(built: dict[str, bytes]) -> None:
    [own] = re.findall(rb"style-src ('sha256-[^']+')", built["mail/index.html"])
    assert own in built["_headers"]


def test_all_that_leads_nowhere_is_told_at_once_and_at_its_place(site: Callable[..., Any]) -> None:
    wrong = """\
  /posts/new: /posts
  /a: /a/
  /b: http://lina.example/base/b#x
  /c: /d
  /d: {to: /c}
  /e: /psots/new
  /f/: /posts
  /f: /about
  /About: /posts
  /POSTS/x: /posts
  /feed.xml/x: /posts
  /g: {to: media/cv.pdf, permanent: true}
  /h: media/vc.pdf
  /own/x.txt: /
  /i: pages/nope.md
  /j.html: /
  /j.html/k: /
  /l: /m
  /m: https://mirror.example/l/
"""
    deploy = "home: [{link: media/none.pdf}]\ndeploy: [{target: folder, path: x}, {target: folder, path: y, url: https://mirror.example/}]\n"
    folder = site({**FILES, "linkhome.yaml": deploy + SITE + wrong})
    assert told(folder.build("--json")) == [
        (1, 15, "there is no file 'media/none.pdf'"),
        (8, 3, "'/posts/new' is an address of the site already: posts/new/index.html"),
        (9, 7, "'/a' leads to itself"),
        (10, 7, "'/b' leads to itself"),
        (11, 7, "'/c' leads in a circle: /c → /d → /c"),
        (12, 12, "'/d' leads in a circle: /d → /c → /d"),
        (13, 7, "the site has no page '/psots/new'"),
        (15, 3, "'/f' is the same address as '/f/'"),
        (16, 3, "'/About' and '/about' are the same name on a Mac or on Windows"),
        (17, 3, "'/POSTS/x' and '/posts' are the same name on a Mac or on Windows"),
        (18, 3, "'/feed.xml/x' lies below a file of the site: feed.xml"),
        (19, 12, "'media/cv.pdf' has another address whenever it changes, so nothing can lead there for good"),
        (20, 7, "there is no file 'media/vc.pdf'"),
        (21, 3, "'/own/x.txt' is an address of the site already: own/x.txt"),
        (22, 7, "the site has no page 'pages/nope.md'"),
        (24, 3, "'/j.html/k' lies below a file of the site: j.html"),
        (25, 7, "'/l' leads in a circle: /l → /m → /l"),
        (26, 7, "'/m' leads in a circle: /m → /l → /m"),
    ]
    assert "did you mean '/posts/new'?" in folder.build().err


def test_what_cannot_be_an_address_is_told_before_anything_is_read(site: Callable[..., Any]) -> None:
    wrong = """\
  old: /posts
  /a*: /posts
  /x?y: /posts
  /SW.js: /posts
  /media/x: /posts
  /.well-known/x: /posts
  /index.html: /posts
  /t: tel:+41615550000
  /u: "javascript:alert(1)"
  /v: //evil.example
  /w: {to: /posts, permanen: true}
  /z: /posts?x
"""
    assert told(site({"linkhome.yaml": SITE + wrong}).build("--json")) == [
        (6, 3, "'old' does not begin with /"),
        (7, 3, "'/a*' looks like a pattern"),
        (8, 3, "'/x?y' has a ? in it"),
        (9, 3, "'/SW.js' cannot lead on: linkhome or the host needs it"),
        (10, 3, "'/media/x' cannot lead on: linkhome or the host needs it"),
        (11, 3, "'/.well-known/x' has a part that begins with a full stop"),
        (12, 3, "'/index.html' is the front page"),
        (13, 7, "'tel:+41615550000' is a number: an address cannot dial"),
        (14, 7, "'javascript:alert(1)' is not an address that a page may link to"),
        (15, 7, "'//evil.example' lacks https: at its beginning"),
        (16, 20, "unknown key 'permanen'"),
        (17, 7, "'/posts?x' has a ? in it"),
    ]


def test_more_than_hosts_read_are_refused(site: Callable[..., Any]) -> None:
    many = "".join(f"  /old/{number}: /\n" for number in range(1_001))
    assert told(site({"linkhome.yaml": SITE + many}).build("--json")) == [
        (5, 1, "there are 1,001 redirects, and 1,000 are allowed"),
    ]


def test_a_file_of_the_creators_own_comes_first_and_that_is_told(site: Callable[..., Any]) -> None:
    folder = site({"theme/static/_redirects": "/x /y 302\n", "linkhome.yaml": HEAD + "redirects: {/a: /}\n"})
    ran = folder.build()
    assert "theme/static/_redirects takes the place of the one that linkhome would write" in ran.err
    assert folder.read("public/_redirects") == "/x /y 302\n"
    assert is_page(folder.files()["a/index.html"])


def test_the_command_prints_what_hosts_are_to_be_told(site: Callable[..., Any]) -> None:
    folder = site({"linkhome.yaml": HEAD + "redirects: {/a: https://x.example/}\n"})
    assert folder.build().code == 0
    code, out, err = folder.run("headers", "--for", "netlify")
    assert (code, err) == (0, "")
    assert out == f"# _headers\n{folder.read('public/_headers')}\n# _redirects\n{folder.read('public/_redirects')}"
    assert (
        'location = "/base/a/" { absolute_redirect off; return 302 "https://x.example/"; }' in folder.run("headers").out
    )
    assert folder.run("headers", "--for", "apache").out == folder.read("public/.htaccess")


def test_the_check_finds_nothing_wrong_with_links_to_such_addresses(site: Callable[..., Any]) -> None:
    footer = "footer: {links: ['https://lina.example/base/a', 'https://lina.example/base/gone']}\n"
    yaml = HEAD.replace("[en, de]", "en") + footer + "redirects: {/a: /about}\n"
    ran = site({"pages/about.md": FILES["pages/about.md"], "linkhome.yaml": yaml}).run("check")
    assert "'/gone' is linked, and is not there" in ran.err
    assert "1 error" in ran.err and "/a/" not in ran.err


# ------------------------------------------------------------------ places


def laid(built: dict[str, bytes], tmp_path: Path, headers: tuple[str, ...], address: str) -> dict[str, bytes]:
    """Return what a place with such header files is to serve."""
    place = Wanted("x", About("x", "x", headers=headers), lambda *_: None, {}, address, "", True)  # type: ignore[arg-type]
    parts = {path: data for path, data in built.items() if path not in ("build.json", *PAGES)}
    build = frozen(tmp_path, {**PAGES, **parts})
    there = lay_over(build, place, [place], address, "https://lina.example/base/", Archive(tmp_path / ".cache")).frozen
    return {path: there.read(path) for path in there.files}


def test_where_the_host_leads_on_the_pages_are_left_out(built: dict[str, bytes], tmp_path: Path) -> None:
    here = laid(built, tmp_path, ("_headers", FILE), "https://lina.netlify.app/")
    assert {path for path, data in here.items() if is_page(data)} == {"mail/index.html", "@lina/index.html"}
    assert b"\n/old-page /posts/new/ 302\n" in here[FILE]
    assert b"/base/" not in here[FILE]


def test_elsewhere_the_pages_stay(built: dict[str, bytes], tmp_path: Path) -> None:
    pages = {path for path, data in built.items() if is_page(data)}
    assert len(pages) == GOOD.count("\n")
    for headers in ((), (".htaccess",), (FILE,), ("_headers", FILE, ".htaccess")):
        here = laid(built, tmp_path, headers, "https://lina.example/base/")
        assert {path for path, data in here.items() if is_page(data)} == pages
        assert (FILE in here) == (FILE in headers)


def test_the_site_in_one_file_links_to_where_such_addresses_are_online(built: dict[str, bytes], tmp_path: Path) -> None:
    parts = {path: data for path, data in built.items() if path != "build.json"}
    ways = Ways(frozen(tmp_path, parts))
    assert "about/index.html" in ways.pages
    assert not [path for path in ways.pages if is_page(built[path])]
    assert ways.online("discord/index.html", "index.html") == "https://lina.example/base/discord/"


def test_apache_leads_on_from_where_the_site_is(built: dict[str, bytes], tmp_path: Path) -> None:
    here = laid(built, tmp_path, (".htaccess",), "https://other.example/l+m/")
    assert b'RedirectMatch 302 "^/l\\+m/old\\-page/?$" "/l+m/posts/new/"' in here[".htaccess"]
    assert b"/base/" not in here[".htaccess"]
