from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from at_the_door import House, answer_on, ends, house_at, made

HOME = "<!DOCTYPE html><html><head><style>@media (prefers-color-scheme:dark){p{color:red}}</style></head><body><p>Home</p></body></html>"
SITE = {
    "index.html": HOME,
    "404.html": "<body>Nothing here</body>",
    "posts/index.html": "<body>Posts</body>",
    "posts/Über uns/index.html": "<body>Ueber</body>",
    "a b.txt": "blank",
    "css/site.css": "@media (prefers-color-scheme:dark){p{color:red}}",
    "feed.xml": "<feed/>",
    "icon": b"\x00\x01",
    "old.html": b"<body>caf\xe9</body>",
}
KINDS = {
    "a.html": "text/html; charset=utf-8",
    "a.css": "text/css; charset=utf-8",
    "a.js": "text/javascript; charset=utf-8",
    "a.svg": "image/svg+xml; charset=utf-8",
    "a.avif": "image/avif",
    "a.webp": "image/webp",
    "a.JPG": "image/jpeg",
    "site.webmanifest": "application/manifest+json; charset=utf-8",
    "a.json": "application/json; charset=utf-8",
    "a.xml": "application/xml; charset=utf-8",
    "a.ics": "text/calendar; charset=utf-8",
    "a.vcf": "text/vcard; charset=utf-8",
    "a.mp4": "video/mp4",
    "a.mp3": "audio/mpeg",
    "a.woff2": "font/woff2",
    "CNAME": "text/plain; charset=utf-8",
    "x.d/a": "application/octet-stream",
    "a.exe": "application/octet-stream",
}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house_at(tmp_path_factory.mktemp("site")) as opened:
        yield opened


@pytest.fixture
def house(shared: House) -> House:
    shared.show(SITE)
    return shared


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("/", "Home"),
        ("/index.html", "Home"),
        ("/?from=somewhere", "Home"),
        ("/posts/", "Posts"),
        ("/posts/%C3%9Cber%20uns/", "Ueber"),
        ("/a%20b.txt", "blank"),
    ],
)
def test_an_address_shows_its_file(house, address, text):
    said = house.ask(address)
    assert said.status == 200
    assert text in said.text


def test_a_folder_without_its_slash_leads_to_it(house):
    said = house.ask("/posts/%C3%9Cber%20uns?a=1&b=%20")
    assert (said.status, said.headers["location"]) == (301, "/posts/%C3%9Cber%20uns/?a=1&b=%20")


def test_what_is_not_there_shows_the_sites_own_page_for_it(house):
    said = house.ask("/nowhere")
    assert (said.status, said.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "Nothing here" in said.text
    assert 'data-page="404.html"' in said.text


def test_a_site_without_such_a_page_gets_one_that_waits_for_the_missing_one(house):
    house.show({"index.html": HOME})
    said = house.ask("/posts/<b>new")
    assert said.status == 404
    assert "nothing at /posts/&lt;b&gt;new." in said.text
    assert 'data-page="posts/<b>new/index.html"' in said.text  # the double escapes nothing


def test_before_the_first_good_build_the_page_says_what_it_waits_for(house):
    house.show({}, broken=True)
    said = house.ask("/posts/new/")
    assert said.status == 503
    assert "mistakes" in said.text
    assert 'data-page="posts/new/index.html"' in said.text
    house.show({})
    assert "being made" in house.ask("/").text


def test_every_answer_is_kept_by_nobody_and_is_for_our_own_pages(house):
    for said in (house.ask("/"), house.ask("/feed.xml"), house.ask("/no"), house.ask("/", Host="evil.example")):
        assert said.headers["cache-control"] == "no-store"
        assert said.headers["x-content-type-options"] == "nosniff"
        assert said.headers["cross-origin-resource-policy"] == "same-origin"
        assert said.headers["x-frame-options"] == "SAMEORIGIN"
        assert not [name for name in said.headers if name.startswith("access-control")]


def test_files_have_the_types_that_browsers_want(house):
    house.show(dict.fromkeys(KINDS, "x"))
    assert {name: house.ask(f"/{name}").headers["content-type"] for name in KINDS} == KINDS


def test_only_pages_get_the_script_and_everything_else_is_as_built(house):
    assert house.ask("/").body.count(b"<script") == 1
    for name in ("css/site.css", "feed.xml", "icon"):
        assert house.ask(f"/{name}").body == made(SITE[name]).data


def test_a_site_below_a_path_is_there_and_nowhere_else(house):
    house.show(SITE, base="/sub/")
    assert house.ask("/").headers["location"] == "/sub/"
    assert house.ask("/").status == 302
    assert house.ask("/sub").headers["location"] == "/sub/"
    assert "Home" in house.ask("/sub/").text
    assert house.ask("/sub/posts").headers["location"] == "/sub/posts/"
    assert house.ask("/posts/").status == 404
    assert house.ask("/subway/").status == 404


@pytest.mark.parametrize("base", ["/café/", "/caf%C3%A9/"])
def test_a_path_with_an_accent_is_the_same_however_it_is_written(house, base):
    house.show(SITE, base=base)
    assert house.ask("/").headers["location"] == "/caf%C3%A9/"
    assert "Home" in house.ask("/caf%C3%A9/").text
    assert house.ask("/caf%C3%A9/posts").headers["location"] == "/caf%C3%A9/posts/"


def test_the_head_alone_says_the_same(house):
    whole = house.ask("/")
    with house.dial() as link:
        link.sendall(house.request("/", "HEAD"))
        said = answer_on(link, only_head=True)
        assert said.headers | {"connection": "close"} == whole.headers
        link.sendall(house.request("/feed.xml"))  # so nothing of a body stands between the two
        assert answer_on(link).text == "<feed/>"


def test_one_connection_answers_many_requests_also_those_sent_together(house):
    with house.dial() as link:
        link.sendall(house.request("/feed.xml") * 50 + house.request("/icon"))
        assert [answer_on(link).body for _ in range(50)] == [b"<feed/>"] * 50
        assert answer_on(link).body == b"\x00\x01"
        link.sendall(b"\r\n" + house.request("/feed.xml", Connection="close"))
        assert answer_on(link).headers["connection"] == "close"
        assert link.recv(1) == b""


def test_a_request_may_come_byte_by_byte(house):
    with house.dial() as link:
        for byte in house.request("/feed.xml"):
            link.send(bytes([byte]))
        assert answer_on(link).text == "<feed/>"


def test_a_view_rewrites_what_a_page_asks_of_the_system(house):
    page = house.ask("/.linkhome/as/dark/")
    assert "prefers-color-scheme" not in page.text
    assert 'data-view="dark"' in page.text
    assert "prefers-color-scheme" not in house.ask("/.linkhome/as/dark+still/css/site.css").text
    assert "prefers-color-scheme" in house.ask("/.linkhome/as/still/css/site.css").text


def test_a_view_without_scripts_has_none_and_forbids_all(house):
    said = house.ask("/.linkhome/as/noscript/posts/")
    assert "<script" not in said.text
    assert said.headers["content-security-policy"].startswith("sandbox")


def test_a_view_keeps_its_place_when_it_leads_on(house):
    assert house.ask("/.linkhome/as/dark/posts").headers["location"] == "/.linkhome/as/dark/posts/"
    house.show(SITE, base="/sub/")
    assert house.ask("/.linkhome/as/dark/").headers["location"] == "/.linkhome/as/dark/sub/"
    assert house.ask("/.linkhome/as/purple/sub/").status == 404
    assert house.ask("/.linkhome/as/dark").status == 404


def test_a_page_that_is_no_utf8_is_served_as_it_is(house):
    assert b"caf\xe9" in house.ask("/old.html").body
    assert b"caf\xe9" in house.ask("/.linkhome/as/dark/old.html").body


def test_the_previews_own_pages_are_below_their_path_whatever_the_site_holds(house):
    house.show(SITE, base="/sub/")
    assert house.ask("/.linkhome").headers["location"] == "/.linkhome/"
    assert (
        house.ask("/.linkhome/state?page=a&have=b&page=c").text
        == '["state", [["page", "a"], ["have", "b"], ["page", "c"]]]'
    )
    assert house.ask("/.linkhome/").text == '["", []]'
    assert house.ask("/.linkhome/nothing").status == 404


def test_where_something_stands_is_told_only_to_our_own_pages(house):
    assert house.ask("/.linkhome/where?text=a").status == 403
    assert house.ask("/.linkhome/where?text=a", X_Linkhome_Token="wrong").status == 403
    assert house.ask("/.linkhome/where?text=a", X_Linkhome_Token=house.stage.token).status == 200


def test_settings_are_taken_from_our_own_pages_only(house):
    right = {"X_Linkhome_Token": house.stage.token, "Content_Type": "application/json"}

    def post(**headers: str) -> int:
        return house.ask("/.linkhome/settings", "POST", b"{}", **headers).status

    assert post(**right) == 200
    assert post(**right, Origin=f"http://{house.host}") == 200
    assert post(**right, Origin="http://evil.example") == 403
    assert post(**right | {"X_Linkhome_Token": ""}) == 403
    assert post(Content_Type="application/json") == 403
    assert post(**right | {"Content_Type": "text/plain"}) == 415
    assert house.ask("/.linkhome/settings").status == 405


def test_a_mistake_in_one_page_takes_nothing_else_along(house, monkeypatch):
    said = house.ask("/.linkhome/stumbles")
    assert (said.status, "Traceback" in said.text) == (500, False)
    assert "ZeroDivisionError: on purpose" in said.text
    monkeypatch.setenv("LINKHOME_DEBUG", "1")
    assert "Traceback" in house.ask("/.linkhome/stumbles").text
    assert house.ask("/").status == 200


def test_whoever_asks_before_the_first_build_is_answered_after_it(tmp_path):
    house = House(tmp_path)
    with house.dial() as link:
        link.sendall(house.request("/"))
        house.show(SITE)
        house.server.start()
        assert b"Home" in answer_on(link).body
    house.server.close()


def test_the_silent_make_room_for_those_who_ask(tmp_path):
    with house_at(tmp_path, most=5) as house:
        house.show(SITE)
        links = [house.dial() for _ in range(20)]
        links[-1].sendall(house.request("/feed.xml"))
        assert answer_on(links[-1]).text == "<feed/>"
        assert links[0].recv(1) == b""
        for link in links:
            link.close()


def test_who_works_is_not_sent_away_for_others(tmp_path):
    with house_at(tmp_path, most=2) as house:
        house.show(SITE)
        with house.stream() as first, house.stream() as second, house.dial() as third:
            assert [first.event()["number"], second.event()["number"]] == [1, 1]
            assert ends(third)
            house.show(SITE)
            assert first.event()["number"] == second.event()["number"] == 2


def test_many_ask_at_once_and_all_get_their_own_answer(house):
    house.show({f"{number}.txt": f"text {number}" for number in range(40)})
    wrong: list[int] = []

    def ask(number: int) -> None:
        with house.dial() as link:
            for _ in range(10):
                link.sendall(house.request(f"/{number}.txt"))
                if answer_on(link).text != f"text {number}":
                    wrong.append(number)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_the_end_leaves_no_thread_no_connection_and_no_port(tmp_path):
    large = tmp_path / "large.mp4"
    with large.open("wb") as file:
        file.truncate(500_000_000)
    with house_at(tmp_path) as house:  # which sees that no thread is left
        house.show(SITE | {"large.mp4": large})
        links = [house.dial() for _ in range(5)]
        links[1].sendall(b"GET / HT")
        links[2].sendall(house.request("/large.mp4"))
        links[3].sendall(house.request("/.linkhome/events"))
        links[4].sendall(house.request("/"))
        assert answer_on(links[4])
        assert links[3].recv(1)
    for link in links:
        assert ends(link)
        link.close()
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", house.port))
        again.listen()
    house.server.close()  # twice is once


def test_a_build_lets_answers_have_their_turn_as_long_as_the_preview_runs(tmp_path):
    before = sys.getswitchinterval()
    try:
        sys.setswitchinterval(0.005)
        with house_at(tmp_path):
            assert sys.getswitchinterval() < 0.001
        assert sys.getswitchinterval() == 0.005
    finally:
        sys.setswitchinterval(before)


def test_a_server_that_never_began_can_be_closed(tmp_path):
    house = House(tmp_path)
    house.server.close()
    with pytest.raises(ConnectionRefusedError):
        house.dial()


def test_small_answers_come_in_one_piece(house):
    with house.dial() as link:
        link.sendall(house.request("/"))
        first = link.recv(65_536)
        assert first.endswith(b"</html>")


def test_a_path_in_a_name_is_no_path_of_the_disk(house, tmp_path: Path):
    (tmp_path / "secret").write_text("no")
    house.show({"index.html": HOME, "%2e%2e/x": "odd"})
    assert house.ask("/%252e%252e/x").text == "odd"  # decoded once, and then a name like any other
    assert house.ask(f"/{tmp_path}/secret").status in (400, 404)
