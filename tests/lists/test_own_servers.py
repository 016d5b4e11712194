"""A token goes over https, to one server; over http only to a server of the creator's own, in the house."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from site_folder import SiteFolder

from linkhome.embeds.answer import API, FetchError
from linkhome.embeds.errand import Errand
from linkhome.embeds.fetch import Client
from linkhome.embeds.guard import check_own, in_house
from linkhome.embeds.net import PUBLIC, Net, places
from linkhome.embeds.target import onward, server_of, target

from .offices import Office, Question, Reply, office, say
from .services import TOKENS, Service, crowd, services, worker

SECRET = {"Authorization": "Bearer canary"}


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Office]:
    def answer(question: Question) -> Reply:
        where = question.query.get("to")
        return Reply(b"", question.number("as", 302), {"Location": where}) if where else say({"path": question.path})

    hosts = dict.fromkeys(("a.example", "b.example", "news.lan", "news.public.example", "localhost"), answer)
    with office(tmp_path / "here", hosts) as made:
        yield made


@pytest.fixture
def client(here: Office) -> Iterator[Client]:
    net = Net.from_environment({"LINKHOME_TEST_INTERNET": str(here.file)})
    own = [
        f"http://localhost:{here.port}",
        "http://news.lan:9000/x",
        "http://news.public.example:9000",
        "http://b.example",
    ]
    with Client("test", "en", net=net, own=own) as made:
        yield made


def refusal(code: str, ask: Callable[[], object]) -> str:
    with pytest.raises(FetchError) as refused:
        ask()
    assert refused.value.code == code
    return refused.value.sentence


def test_a_secret_goes_along_on_the_same_server_only(client: Client, here: Office) -> None:
    assert client.get("https://a.example/x", API, secret=SECRET).status == 200
    assert client.get("https://a.example/x?to=/y", API, secret=SECRET).url == "https://a.example/y"
    assert [one.headers["Authorization"] for one in here.asked] == ["Bearer canary"] * 3
    here.asked.clear()
    for there in ("https://b.example/", "https://b.example:443/y", "//b.example/", "https://www.a.example/"):
        said = refusal(
            "redirects", lambda there=there: client.get(f"https://a.example/?to={there}", API, secret=SECRET)
        )
        assert "another server" in said
    assert {one.host for one in here.asked} == {"a.example"}


def test_without_a_secret_redirects_are_followed_as_before(client: Client, here: Office) -> None:
    assert client.get("https://a.example/?to=https://b.example/z", API).url == "https://b.example/z"
    assert all("Authorization" not in one.headers for one in here.asked)


def test_a_post_is_sent_once_and_follows_nothing(client: Client, here: Office) -> None:
    answer = client.post("https://a.example/?to=/y", b"a=b", "application/x-www-form-urlencoded", API, secret=SECRET)
    assert answer.status == 302
    (asked,) = here.asked
    assert (asked.method, asked.body) == ("POST", b"a=b")
    assert asked.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert asked.headers["Authorization"] == "Bearer canary"


def test_over_http_no_secret_leaves_the_house(client: Client, here: Office) -> None:
    assert "over http" in refusal("refused", lambda: client.get("http://a.example/", API, secret=SECRET))
    said = refusal("refused", lambda: client.get("http://news.public.example:9000/", API, secret=SECRET))
    assert "only https is private enough" in said
    assert here.asked == []
    assert client.get("http://news.lan:9000/x", API, secret=SECRET).status == 200
    assert client.get(f"http://localhost:{here.port}/y", API, secret=SECRET).status == 200
    assert client.get("http://a.example/", API).status == 200, "without a secret it is as before"


def test_a_server_in_the_house_is_asked_only_if_the_creator_named_it(client: Client, here: Office) -> None:
    for url in (
        f"http://127.0.0.1:{here.port}/",
        f"http://localhost:{here.port + 1}/",
        "http://news.lan:9001/",
        "http://router.lan/",
    ):
        refusal("refused", lambda url=url: client.get(url, API))
        refusal("refused", lambda url=url: client.get(f"https://a.example/?to={url}", API))
    with Client("test", "en", net=Net.from_environment({"LINKHOME_TEST_INTERNET": str(here.file)})) as stranger:
        refusal("refused", lambda: stranger.get(f"http://localhost:{here.port}/", API))
        refusal("refused", lambda: stranger.get("http://news.lan:9000/", API))


def test_characters_that_no_header_can_have_are_refused(client: Client, here: Office) -> None:
    said = refusal("refused", lambda: client.get("https://a.example/", API, secret={"Authorization": "a\r\nX: canary"}))
    assert "canary" not in said
    assert here.asked == []


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("http://LocalHost:8001/3.1", "http://localhost:8001"),
        ("https://news.example", "https://news.example:443"),
        ("http://[::1]:9000", "http://[::1]:9000"),
        ("ftp://news.example", ""),
        ("news.example", ""),
    ],
)
def test_servers_are_known_by_scheme_host_and_port(written: str, known: str) -> None:
    assert server_of(written) == known


def test_an_own_server_may_be_at_any_port_but_not_be_written_in_any_way() -> None:
    own = {"http://localhost:8001", "http://[::1]:9000", "http://127.0.0.1:70000"}
    assert target("http://localhost:8001/x", own).own
    assert target("http://[::1]:9000/", own).address == "::1"
    assert not target("https://a.example/", own).own
    assert onward(target("http://localhost:8001/x", own), "/y", own).url == "http://localhost:8001/y"
    for url in (
        "http://localhost:8001/x",
        "http://localhost:8002/",
        "http://user@localhost:8001/",
        "http://127.0.0.1:70000/",
    ):
        refusal("refused", lambda url=url: target(url, own if "8001/x" not in url else ()))


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.5", "100.64.0.1", "::1", "fd00::1"]
)
def test_addresses_of_houses(address: str) -> None:
    assert in_house(address)
    check_own("news.lan", [address], private=True)


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "0.0.0.0", "224.0.0.1", "fe80::1", "fe80::1%eth0", "168.63.129.16", "x"]
)
def test_addresses_of_nobody(address: str) -> None:
    assert not in_house(address)
    refusal("refused", lambda: check_own("news.lan", [address], private=False))


def test_the_system_is_asked_for_the_name_of_an_own_server(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def look_up(name: str, port: int, **_: object) -> list[object]:
        asked.append(name)
        return [(2, 1, 6, "", ("192.168.1.5", port))]

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    with Errand(time.monotonic() + 60, "news.lan") as errand:
        (place,) = places(PUBLIC, target("http://news.lan:9000/", {"http://news.lan:9000"}), errand, 0, private=True)
        refusal("refused", lambda: places(PUBLIC, target("https://a.example/"), errand, 0, private=True))
    assert place.address == ("192.168.1.5", 9000)
    assert asked == ["news.lan", "a.example."]


def test_an_own_server_over_http_on_the_internet_gets_no_token(
    opened: Callable[..., Office], site: Callable[..., SiteFolder]
) -> None:
    offices = opened({"localhost": worker(Service(crowd(3)))})
    head = "profile: {name: Lina}\nnewsletter:\n  provider: worker\n  server: "
    folder = site(
        {"linkhome.yaml": f"{head}https://x.example.com\n  backup: {{server: 'http://news.public.example:9000'}}\n"}
    )
    ran = folder.run("list", "backup")
    assert (ran.code, "at an address that linkhome does not ask with a token" in ran.err) == (1, True)
    assert "https" in ran.err
    assert offices.asked == []
    folder.write("linkhome.yaml", f"{head}https://x.example.com\n  backup: {{server: 'http://news.lan:9000'}}\n")
    assert folder.run("list", "backup").code == 0
    assert {one.headers["Authorization"] for one in offices.asked} == {f"Bearer {TOKENS['worker']}"}


def test_nothing_else_than_the_named_server_is_asked(
    opened: Callable[..., Office], listed: Callable[..., SiteFolder]
) -> None:
    offices = opened(services(crowd(3)))
    assert listed("ghost").run("list", "backup").code == 0
    assert {one.host for one in offices.asked} == {"lina.example.com"}
