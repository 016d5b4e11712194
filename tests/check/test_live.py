"""``linkhome check --live`` looks at places on loopback as visitors do, and asks other hosts carefully."""

from __future__ import annotations

import json
import mimetypes
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import trustme
from deploy.desks import visited
from deploy.double import Double
from internet.world import Answer, World
from msgspec.structs import replace
from site_folder import SiteFolder

from linkhome.check import online, outward
from linkhome.check.certificate import Trusted, ends_at
from linkhome.check.finding import Finding
from linkhome.check.online import Place
from linkhome.deploy.entries import Wanted
from linkhome.deploy.journal import Journal, Row
from linkhome.embeds.fetch import Client, Net
from linkhome.headers.served import Served

from .sites import built, page, said

BUILD = "0123456789abcdef"
SEAL = json.dumps({"generator": "linkhome", "build": BUILD}).encode()
CARD = ".well-known/security.txt"


SERVED = Served((), "")
#: A host that reads no file for headers: nothing of that is held against it.
HOST = replace(Double.about, headers=())


def told(found: Iterable[Finding]) -> list[str]:
    """Return what was said but for headers: these servers send none, and test_sent.py is about them."""
    return [one for one in said(found) if " nobody can set headers" not in one]


def seen(
    shown: Mapping[str, Mapping[str, bytes]], files: Mapping[str, str] | None = None, **more: object
) -> tuple[list[str], list[str]]:
    """Look at places by name, each of which shows files; return what was said, and who was silent."""
    import contextlib

    with contextlib.ExitStack() as kept:
        pages = {"index.html": page().encode()}
        where = [
            Place(name, kept.enter_context(visited({**pages, **of})), about=HOST, **more)  # type: ignore[arg-type]
            for name, of in shown.items()
        ]
        client = kept.enter_context(Client("", "en", own=[place.url for place in where]))
        found = online.look(built(files or {"index.html": page()}), BUILD, where, client, Trusted(), bool(more), SERVED)
        return told(found.found), list(found.silent)


def test_a_place_that_shows_this_build_is_left_alone() -> None:
    assert seen({"host": {"build.json": SEAL}}) == ([], [])


def test_another_build_is_only_noted_because_files_may_have_changed_since() -> None:
    found, silent = seen({"host": {"build.json": SEAL.replace(b"0123", b"9999")}})
    assert found == ["note: another build is shown (99994567) than your files make now (01234567)"]
    assert silent == []


def test_places_that_differ_are_an_error() -> None:
    found, _ = seen({"one": {"build.json": SEAL}, "two": {"build.json": SEAL.replace(b"0123", b"9999")}})
    assert found[-1] == "error: the places do not show the same site: one 01234567, two 99994567"


@pytest.mark.parametrize("answer", [{}, {"build.json": b"<!doctype html>"}, {"build.json": b"[]"}])
def test_a_place_with_another_site_is_an_error(answer: dict[str, bytes]) -> None:
    found, _ = seen({"host": answer})
    assert len(found) == 1 and found[0].startswith("error: no site of linkhome is at http://127.0.0.1:")


def test_a_place_that_does_not_answer_is_named() -> None:
    with visited({}) as gone:
        pass
    with Client("", "en", own=[gone]) as client:
        found = online.look(built({}), BUILD, [Place("host", gone)], client, Trusted(), False, SERVED)
    assert said(found.found)[0].startswith("error: the site cannot be reached: ")
    assert found.silent == ["host"]


def test_well_known_files_have_to_come_as_they_are() -> None:
    files = {CARD: "Contact: mailto:lina@lina.example\n"}
    assert seen({"host": {"build.json": SEAL, CARD: files[CARD].encode()}}, files) == ([], [])
    assert seen({"host": {"build.json": SEAL}}, files)[0] == [f"error: /{CARD} is answered with 404"]
    assert seen({"host": {"build.json": SEAL, CARD: b"x"}}, files)[0] == [f"error: /{CARD} is another one there"]


def test_well_known_files_below_the_top_of_a_host_help_nobody() -> None:
    files = {"site/build.json": SEAL, "site/": page().encode()}
    with visited(files) as url, Client("", "en", own=[url]) as client:
        where = [Place("host", f"{url}site/", about=HOST)]
        found = told(online.look(built({CARD: "x"}), BUILD, where, client, Trusted(), False, SERVED).found)
    assert len(found) == 1 and found[0].endswith(
        "site/ lies below the top of its host, where nobody looks for .well-known/"
    )


@pytest.mark.parametrize(("days", "count"), [(29, 0), (31, 1)])
def test_what_was_not_renewed_for_a_month_is_old(days: int, count: int) -> None:
    found, _ = seen({"host": {"build.json": SEAL}}, deployed=time.time() - days * 86_400 - 60)
    assert found == [f"warning: what comes from elsewhere is at least {days} days old there"] * count


def test_the_places_are_those_of_the_journal_and_of_the_file(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    assert online.places([], journal, "https://lina.example") == [Place("the site", "https://lina.example/")]
    assert online.places([], journal, "") == []
    made = Wanted("host", Double.about, Double, {}, "", "https://lina.example", True)
    other = Wanted("second", Double.about, Double, {}, "https://second.example/x")
    nowhere = Wanted("third", Double.about, Double, {})
    journal.add(Row("2026-01-02T00:00:00+00:00", "second", Double.about.name, "live", BUILD))
    assert online.places([made, other, nowhere], journal, "https://lina.example") == [
        Place("host", "https://lina.example/", 0.0, Double.about),
        Place("second", "https://second.example/x/", datetime(2026, 1, 2, tzinfo=UTC).timestamp(), Double.about),
    ]


def test_a_host_may_say_itself_when_the_site_was_renewed(tmp_path: Path) -> None:
    changed = {"Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT"}
    world = World(tmp_path, {"lina.example": lambda path: Answer(SEAL, headers=changed)})
    try:
        net = Net.from_environment({"LINKHOME_TEST_INTERNET": str(world.file)})
        with Client("", "en", net=net) as client:
            where = [Place("host", "https://lina.example/", about=HOST)]
            found = [
                told(online.look(built({}), BUILD, where, client, Trusted(net.ca, net.hosts), old, SERVED).found)
                for old in (True, False)
            ]
    finally:
        world.close()
    assert len(found[0]) == 1 and found[0][0].startswith("warning: what comes from elsewhere is at least ")
    assert found[1] == []


def test_http_that_does_not_lead_to_https_is_a_warning(tmp_path: Path) -> None:
    world = World(tmp_path, {"lina.example": lambda path: Answer(SEAL)})
    try:
        with visited({"index.html": b"<p>", "": b"<p>"}) as plain:
            net = Net.from_environment({"LINKHOME_TEST_INTERNET": str(world.file)})
            both = replace(net, plain={"lina.example": ("127.0.0.1", urlsplit(plain).port or 0)})
            found = []
            for one in (both, net):
                with Client("", "en", net=one) as client:
                    where = [Place("host", "https://lina.example/", about=HOST)]
                    seen_there = online.look(built({}), BUILD, where, client, Trusted(net.ca, net.hosts), False, SERVED)
                    found.append(told(seen_there.found))
    finally:
        world.close()
    assert found == [["warning: http:// shows the site without leading on to https://"], []]


# -------------------------------------------------------------- certificates


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[trustme.CA, str]:
    made = trustme.CA()
    file = tmp_path_factory.mktemp("authority") / "ca.pem"
    made.cert_pem.write_to_path(file)
    return made, str(file)


class _Seal(BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(SEAL)))
        self.end_headers()
        self.wfile.write(SEAL)


@pytest.fixture(params=[5, 60])
def secure(request: pytest.FixtureRequest, authority: tuple[trustme.CA, str]) -> Iterator[tuple[int, Net]]:
    """Serve https://lina.example with a certificate that is good for so many days."""
    ends = datetime.now(UTC) + timedelta(days=request.param, hours=1)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority[0].issue_cert("lina.example", not_after=ends).configure_cert(context)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Seal)
    server.daemon_threads = True
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield request.param, Net(True, authority[1], {"lina.example": ("127.0.0.1", server.server_address[1])})
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_certificate_that_ends_soon_is_a_warning(secure: tuple[int, Net]) -> None:
    days, net = secure
    with Client("", "en", net=net) as client:
        where = [Place("host", "https://lina.example/", about=HOST)]
        found = told(online.look(built({}), BUILD, where, client, Trusted(net.ca, net.hosts), False, SERVED).found)
    day = (datetime.now(UTC) + timedelta(days=days, hours=1)).date().isoformat()
    assert found == ([f"warning: the certificate is good until {day} only"] if days == 5 else [])
    assert ends_at("https://lina.example/", Trusted("", net.hosts)) == 0.0, "a stranger's certificate was believed"


# ------------------------------------------------------------- links outward


def host(**answers: int):
    return lambda path: Answer(b"<p>", "text/html", answers.get(path.strip("/"), 200))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, {"good.example": host(gone=410, no=403), "other.example": host(), "dead.example": host()})
    yield made
    made.close()


def asked(world: World, *urls: str, **more: float) -> list[str]:
    body = "".join(f'<a href="{url}">x</a>' for url in urls)
    net = Net.from_environment({"LINKHOME_TEST_INTERNET": str(world.file)})
    with Client("", "en", net=net) as client:
        return said(outward.find(built({"index.html": page(body)}), client, **{"pause": 0.0, **more}))  # type: ignore[arg-type]


def test_only_what_is_surely_gone_is_held_against_a_link(world: World) -> None:
    world.break_("dead.example", by="dns")
    found = asked(
        world, "https://good.example/", "https://good.example/gone", "https://good.example/no", "https://dead.example/",
        "https://lina.example/own", "mailto:a@good.example",
    )  # fmt: skip
    assert found[0] == "warning: 'https://good.example/gone' is not there any more (410)"
    assert found[1].startswith("warning: 'https://dead.example/' leads nowhere: ")
    assert found[2:] == ["note: whether links to good.example are good is not known: good.example answers with 403"]


def test_each_address_is_asked_once_and_no_more_than_allowed(world: World) -> None:
    urls = [f"https://good.example/{number}" for number in range(6)]
    found = asked(world, *urls, *urls, "https://good.example/0#part", most=4)
    assert Counter(one.path for one in world.asked) == {f"/{number}": 1 for number in range(4)}
    assert found == ["note: 2 of 6 links to other hosts were not tried, for want of time"]


def test_a_check_ends_when_its_time_is_over(world: World) -> None:
    assert asked(world, "https://good.example/", "https://other.example/", seconds=0.0) == [
        "note: 2 of 2 links to other hosts were not tried, for want of time"
    ]
    assert world.asked == []


def test_a_computer_that_is_not_online_makes_no_link_a_bad_one(world: World) -> None:
    world.break_("good.example", "other.example", by="dns")
    found = asked(world, "https://good.example/", "https://other.example/")
    assert found == ["note: links to other hosts were not tried: none of them was found"]


def test_an_address_of_this_machine_is_never_asked(world: World) -> None:
    with visited({}) as here:
        found = asked(world, here, "http://169.254.169.254/latest")
    assert len(found) == 1 and found[0].startswith("note: whether links to 127.0.0.1, 169.254.169.254 are good")


# ------------------------------------------------------------- the command


def test_the_command_looks_at_the_place_where_the_site_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = SiteFolder(tmp_path)
    folder.write("posts/one.md", "---\ntitle: One\ndate: 2026-01-01\n---\n[A friend](https://good.example/gone).\n")
    folder.write("linkhome.yaml", "profile: {name: Lina}\nurl: https://lina.example\nhome: [posts]\n")
    assert folder.build().code == 0
    files = folder.files()
    internet = tmp_path / "internet"
    internet.mkdir()

    def lina(path: str) -> Answer:
        inside = path.lstrip("/") or "index.html"
        kind = mimetypes.guess_type(inside)[0] or "text/plain"
        return Answer(files[inside], kind) if inside in files else Answer(files["404.html"], "text/html", 404)

    there = {"lina.example": lina, "good.example": host(gone=404)}
    world = World(internet, there)
    monkeypatch.setenv("LINKHOME_TEST_INTERNET", str(world.file))
    try:
        ran = folder.run("check", "--live")
        assert ran.code == 0, ran.err
        assert "'https://good.example/gone' is not there any more (404) (in /posts/one/)" in ran.err
        assert "the site and what is online" in ran.out
        assert all("Cookie" not in one.headers and "Referer" not in one.headers for one in world.asked)
        world.break_("lina.example", by="refused")
        ran = folder.run("check", "--live", "--json")
        assert ran.code == 3
        assert [one["rule"] for one in json.loads(ran.out)["findings"]] == ["live", "outward"]
    finally:
        world.close()


def test_a_site_without_an_address_cannot_be_looked_at(tmp_path: Path) -> None:
    folder = SiteFolder(tmp_path)
    folder.write("linkhome.yaml", "profile: {name: Lina}\n")
    ran = folder.run("check", "--live")
    assert ran.code == 2 and "does not say where the site is online" in ran.err
