"""What is sent to a place and what is laid over the build for it, and which plans are taken for mistakes."""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from site_folder import SiteFolder

from linkhome.config import schema
from linkhome.deploy import guard, table
from linkhome.deploy.archive import Archive
from linkhome.deploy.credentials import blotted
from linkhome.deploy.engine import deploy_to
from linkhome.deploy.entries import Wanted
from linkhome.deploy.freeze import freeze
from linkhome.deploy.journal import Row, as_text
from linkhome.deploy.nouns import About, Frozen, Plan, There
from linkhome.deploy.outcome import End
from linkhome.deploy.overlay import Laid, lay_over
from linkhome.diagnostics import LinkhomeError
from linkhome.headers import apache
from linkhome.headers.model import headers_of
from linkhome.output import SEAL

from .desks import PAGES, Watching, desk, frozen, place
from .double import Double, Place

Lay = Callable[..., Laid]


def wanted(target: str, url: str = "", primary: bool = True, **given: str) -> Wanted:
    headers = {"netlify": ("_headers", "_redirects"), "ssh": (".htaccess",)}.get(target, ())
    return Wanted(target, About(target, target, headers=headers), Double, given, url, "", primary)


@pytest.fixture
def lay(tmp_path: Path) -> Lay:
    """Lay something over a build of these files."""

    def laid(files: dict[str, bytes], *places: Wanted, address: str = "https://lina.example/") -> Laid:
        now = frozen(tmp_path, {**PAGES, **files})
        return lay_over(now, places[0], places, address, "https://lina.example/", Archive(tmp_path / ".cache"))

    return laid


def text(frozen: Frozen, path: str) -> str:
    return frozen.read(path).decode()


# ------------------------------------------------------------------ overlays


def test_header_files_go_to_hosts_that_read_them(lay: Lay) -> None:
    files = {"_redirects": b"/a /b 301\n", ".htaccess": b"Options -Indexes\n"}
    for target, kept in (("netlify", {"_headers", "_redirects"}), ("ssh", {".htaccess"}), ("s3", set())):
        laid = lay(files, wanted(target)).frozen
        assert {"_headers", "_redirects", ".htaccess"} & laid.files.keys() == kept


def test_the_build_id_stays_and_the_tree_differs(lay: Lay, tmp_path: Path) -> None:
    plain = frozen(tmp_path)
    laid = lay({}, wanted("github", domain="lina.example")).frozen
    assert laid.build == plain.build
    assert laid.tree != plain.tree
    assert lay({}, wanted("netlify")).frozen == plain


def test_a_name_of_the_site_lies_only_where_it_belongs(lay: Lay) -> None:
    files = {"CNAME": b"lina.example\n"}
    assert "CNAME" not in lay(files, wanted("netlify")).frozen.files
    github = lay(files, wanted("github")).frozen
    assert "CNAME" not in github.files
    assert github.read(".nojekyll") == b""
    assert lay(files, wanted("github", domain="www.lina.example")).frozen.read("CNAME") == b"www.lina.example\n"
    codeberg = lay(files, wanted("codeberg", domain="lina.example")).frozen
    assert (codeberg.read(".domains"), "CNAME" in codeberg.files) == (b"lina.example\n", False)


def test_the_page_for_wrong_addresses_leads_home_on_another_path(lay: Lay) -> None:
    style = '@font-face{src:url("/assets/a.woff2")}'
    mark = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = (
        f"<meta content=\"style-src 'sha256-{mark}'\"><style>{style}</style>"
        '<a href="/">x</a><a href="/de/">y</a><img src="/a.png"><a href="//other.example/">z</a><a href="https://x.example/">'
        '<source srcset="/a-375.avif"><source srcset="/a.webp 1x, /b.webp 2x, https://x.example/a,/c.webp 3x">'
    )
    files = {"404.html": page.encode(), "_headers": f"/404.html\n  X: 'sha256-{mark}'\n".encode()}
    laid = lay(files, wanted("netlify"), address="https://lina.github.io/site/").frozen
    moved = '@font-face{src:url("/site/assets/a.woff2")}'
    new = base64.b64encode(hashlib.sha256(moved.encode()).digest()).decode()
    assert text(laid, "404.html") == (
        f"<meta content=\"style-src 'sha256-{new}'\"><style>{moved}</style>"
        '<a href="/site/">x</a><a href="/site/de/">y</a><img src="/site/a.png"><a href="//other.example/">z</a>'
        '<a href="https://x.example/"><source srcset="/site/a-375.avif">'
        '<source srcset="/site/a.webp 1x, /site/b.webp 2x, https://x.example/a,/c.webp 3x">'
    )
    assert text(laid, "_headers") == f"/404.html\n  X: 'sha256-{new}'\n"
    assert laid.files["index.html"] == frozen_hash(PAGES["index.html"])


def test_apache_finds_the_page_for_wrong_addresses_on_another_path(lay: Lay) -> None:
    files = {".htaccess": apache.written(headers_of(PAGES, "default-src 'self'"))}
    laid = lay(files, wanted("ssh"), address="https://lina.example/site/").frozen
    before = files[".htaccess"].decode()
    assert "\nErrorDocument" not in before and before.startswith("ErrorDocument 404 /404.html\n")
    assert text(laid, ".htaccess") == before.replace(" /404.html", " /site/404.html")


def frozen_hash(data: bytes) -> object:
    from linkhome.deploy.nouns import File

    return File(hashlib.sha256(data).hexdigest(), len(data))


FORM = (
    '<form action="thanks/" method="post" data-signup name="letters" data-netlify="true" '
    'data-netlify-honeypot="bot-field"><input type="hidden" name="form-name" value="letters"></form>'
)
SCRIPT = (
    'let { targets, days } = {"days":7,"targets":[{"confirms":false,"fetch":{"url":""},"name":"Netlify Forms",'
    '"native":{"action":"","method":"post"}}]}, words = {}'
)


def test_a_form_of_netlify_is_sent_there_from_every_other_place(lay: Lay) -> None:
    files = {"index.html": FORM.encode(), "de/index.html": FORM.encode(), "assets/signup.1.js": SCRIPT.encode()}
    netlify = wanted("netlify", site="lina-marlow")
    assert text(lay(files, netlify).frozen, "index.html") == FORM
    laid = lay(files, wanted("github", primary=False), netlify)
    assert laid.remarks == ()
    assert text(laid.frozen, "index.html") == (
        '<form action="https://lina-marlow.netlify.app/thanks/" method="post" data-signup name="letters">'
        '<input type="hidden" name="form-name" value="letters"></form>'
    )
    assert 'action="https://lina-marlow.netlify.app/de/thanks/"' in text(laid.frozen, "de/index.html")
    settings = text(laid.frozen, "assets/signup.1.js")
    assert settings.startswith("let { targets, days } = {") and settings.endswith("}, words = {}")
    (target,) = msgspec.json.decode(settings[settings.index("{", 10) : settings.index(", words")])["targets"]
    assert (target["fetch"], target["native"]["action"]) == (None, "https://lina-marlow.netlify.app/")


def test_a_form_of_netlify_stays_as_it_is_where_netlify_builds_the_site(lay: Lay) -> None:
    files = {"index.html": FORM.encode()}
    there = wanted("netlify-build")
    assert text(lay(files, there).frozen, "index.html") == FORM
    mirror = lay(files, wanted("github", primary=False), there)
    assert mirror.remarks == ()
    assert 'action="https://lina.example/thanks/"' in text(mirror.frozen, "index.html")
    elsewhere = wanted("netlify-build", "https://lina.netlify.app", primary=False)
    laid = lay(files, wanted("github"), elsewhere).frozen
    assert 'action="https://lina.netlify.app/thanks/"' in text(laid, "index.html")


def test_the_script_that_a_build_makes_leads_to_netlify_too(site: Callable[..., SiteFolder], tmp_path: Path) -> None:
    yaml = (
        "profile: {name: Lina}\nbrand: {share: none, kit: false}\nnewsletter: {provider: netlify}\nhome: [newsletter]\n"
    )
    folder = site({"linkhome.yaml": f"url: https://lina.example\n{yaml}"})
    assert folder.build().code == 0
    places = (wanted("s3"), wanted("netlify", site="lina-marlow"))
    now = freeze(folder.root / "public")
    laid = lay_over(now, places[0], places, "", "https://lina.example", Archive(tmp_path / ".cache")).frozen
    scripts = [text(laid, path) for path in laid.files if path.endswith(".js")]
    assert sum('"action":"https://lina-marlow.netlify.app/"' in script for script in scripts) == 1
    assert "data-netlify" not in text(laid, "index.html")
    assert 'action="https://lina-marlow.netlify.app/thanks/"' in text(laid, "index.html")


def test_a_form_of_netlify_without_netlify_is_a_warning(lay: Lay) -> None:
    laid = lay({"index.html": FORM.encode()}, wanted("github"))
    assert [one.message for one in laid.remarks] == [
        "the sign-up form works at Netlify only: at github nobody takes what visitors write"
    ]


def test_files_that_nobody_would_find_are_a_warning(lay: Lay) -> None:
    (remark,) = lay({}, wanted("ssh"), address="https://lina.github.io/site/").remarks
    assert "nobody looks for .well-known/ below https://lina.github.io/site/" in remark.message
    assert lay({}, wanted("ssh", primary=False), address="https://lina.github.io/site/").remarks == ()


# ------------------------------------------------------------------ plans and guards


def test_a_plan_compares_marks_and_leaves_alone_what_is_not_ours(tmp_path: Path) -> None:
    now = frozen(tmp_path)
    marks = {path: file.sha256 for path, file in now.files.items()}
    there = There(files={**marks, "index.html": "older", "gone.txt": "x", "theirs.txt": "y"}, foreign=("theirs.txt",))
    plan = guard.compare(marks, now, there)
    assert plan == Plan((), ("index.html",), ("gone.txt",), now.files["index.html"].size)
    assert guard.compare(marks, now, There(files=marks)).empty
    assert guard.compare(marks, now, There(), now.files).empty
    assert len(guard.compare(marks, now, There()).adds) == len(PAGES) + 1


def test_many_deletes_are_doubted(tmp_path: Path) -> None:
    there = There(files={f"{number}": "" for number in range(2000)}, foreign=("0",))
    few, many = tuple(map(str, range(256))), tuple(map(str, range(257)))
    assert guard.doubt(Plan(deletes=few), there) == ""
    assert guard.doubt(Plan(deletes=many), there) == "257 files of 1,999 would be deleted there"
    small = There(files=dict.fromkeys("abcd", ""))
    assert guard.doubt(Plan(deletes=("a",)), small) == ""
    assert guard.doubt(Plan(deletes=("a", "b")), small) == "2 files of 4 would be deleted there"
    assert guard.doubt(Plan(), There(files={})) == ""


@pytest.mark.parametrize(
    ("answer", "yes", "end"), [(False, False, End.REFUSED), (True, False, End.LIVE), (False, True, End.LIVE)]
)
def test_a_site_that_nearly_vanishes_is_asked_about(tmp_path: Path, answer: bool, yes: bool, end: End) -> None:
    host = Place()
    Double.places = {"one": host}
    host.live = {f"old/{number}.html": b"x" for number in range(9)}
    here, watch = place(Double, {"place": "one"}), Watching(answer)
    outcome = deploy_to(here, frozen(tmp_path), desk(tmp_path, here, watch=watch, yes=yes))
    assert outcome.end is end
    assert watch.questions == ([] if yes else ["9 files of 9 would be deleted there. Go on?"])
    if end is End.REFUSED:
        assert outcome.message == "9 files of 9 would be deleted there (old/0.html, old/1.html, old/2.html, …)"
        assert "--yes" in outcome.hint
        assert len(host.live) == 9


def test_a_budget_that_is_used_up_stops_the_deploy(tmp_path: Path) -> None:
    Double.places = {"one": Place()}
    here = place(Double, {"place": "one", "budget": "2"})
    now = desk(tmp_path, here, now=lambda: 1_795_000_000.0)
    for _ in range(2):
        now.journal.add(Row(as_text(1_795_000_000.0), "double", "double", "begun"))
        now.journal.add(Row(as_text(1_795_000_000.0), "double", "double", "live"))
    outcome = deploy_to(here, frozen(tmp_path), now)
    assert (outcome.end, outcome.message) == (End.REFUSED, "2 deploys to double this month, and its budget is 2")
    later = msgspec.structs.replace(now, now=lambda: 1_795_000_000.0 + 30 * 86_400)
    assert deploy_to(here, frozen(tmp_path), later).end is End.LIVE
    assert SEAL in Double.places["one"].live


# ------------------------------------------------------------------ targets of other packages


def install(folder: Path, code: str) -> None:
    (folder / "pigeons.py").write_text(code)
    info = folder / "pigeons-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: pigeons\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[linkhome.targets]\npigeon = pigeons:Pigeon\n")


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be a folder of packages that Python knows."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "pigeons", raising=False)
    return tmp_path


GOOD = """
from linkhome.deploy.nouns import About
class Pigeon:
    about = About(name="pigeon", title="a pigeon")
    def __init__(self, given, secrets, around): ...
"""


def test_a_target_of_another_package_is_found(shelf: Path) -> None:
    install(shelf, GOOD)
    assert table.load("pigeon").about.title == "a pigeon"
    with pytest.raises(LinkhomeError, match="there is no target 'pigeno'") as caught:
        table.load("pigeno")
    assert caught.value.diagnostics[0].hint == "did you mean 'pigeon'?"


@pytest.mark.parametrize(
    ("code", "why"),
    [("raise SystemError", "does not load: SystemError"), ("class Pigeon: about = 1", "has no 'about'")],
)
def test_a_broken_target_of_another_package_is_told(shelf: Path, code: str, why: str) -> None:
    install(shelf, code)
    with pytest.raises(LinkhomeError, match=why):
        table.load("pigeon")


def test_a_package_in_the_folder_of_the_site_is_not_run(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(shelf, GOOD)
    monkeypatch.chdir(shelf)
    with pytest.raises(LinkhomeError, match="there is no target 'pigeon'"):
        table.load("pigeon")


@pytest.mark.parametrize("name", table.TARGETS)
def test_every_target_says_who_it_is_and_what_it_takes(name: str) -> None:
    about = table.load(name).about
    assert about.name == name
    known = {field.encode_name for field in msgspec.structs.fields(schema.Deploy)}
    assert {key.name for key in about.keys} <= known
    for key in about.keys:
        assert re.fullmatch(key.pattern or ".+", key.example), key.name
    for secret in about.secrets:
        assert re.fullmatch("[A-Z][A-Z0-9_]+", secret.variable)
        assert blotted(secret.what) == secret.what, "what is asked for looks like a secret itself"
