"""Hostile requests, byte by byte: what crooked addresses, foreign hosts and other pages get is nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from at_the_door import House, answer_on, ends, house_at
from hypothesis import given
from hypothesis import strategies as st

from linkhome.preview import request
from linkhome.preview.request import Reader, Refused

SECRET = "nobody shall see this"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    root = tmp_path_factory.mktemp("outer") / "site"
    (root / ".git").mkdir(parents=True)
    (root / "media").mkdir()
    for place in ("../secret.txt", "secret.txt", ".env", ".git/config", "media/secret.txt", "linkhome.yaml"):
        (root / place).write_text(SECRET)
    with house_at(root) as opened:
        opened.show(
            {"index.html": f"<body>Home{SECRET[:0]}</body>", "a/b.txt": "fine", "404.html": "<body>None</body>"}
        )
        yield opened


@pytest.mark.parametrize(
    "target",
    [
        *("/../secret.txt", "/..", "/a/../../secret.txt", "/a/..", "/./secret.txt", "/a/./b.txt"),
        *("/..%2fsecret.txt", "/..%2Fsecret.txt", "/%2e%2e/secret.txt", "/%2e%2e%2fsecret.txt", "/.%2e/secret.txt"),
        *(
            "/a%2fb.txt",
            "/a%2Fb.txt",
            "/a%5cb.txt",
            "/a%5Cb.txt",
            "/..%5csecret.txt",
            "/..\\secret.txt",
            "/\\secret.txt",
        ),
        *("//evil.example", "//evil.example/", "//secret.txt", "/a//b.txt", "//", "///", "/a//", "//..//secret.txt"),
        *("/%00", "/secret.txt%00.html", "/a/b.txt%00", "/%0d%0aSet-Cookie:%20a=b", "/%0a", "/%7f", "/%1b[2J"),
        *("/%", "/%zz", "/%2", "/a%", "/%c0%ae%c0%ae/secret.txt", "/%c0%af", "/%ff", "/%ed%a0%80", "/%u002e%u002e/"),
        *(
            "/.linkhome/as/dark/../../../secret.txt",
            "/.linkhome/as/dark/..%2fsecret.txt",
            "/.linkhome/as/dark//evil.example",
        ),
        *("/.linkhome/../secret.txt", "/.linkhome/..%2f..%2fsecret.txt", "/.linkhome/as/..", "/.linkhome//state"),
        *("*", "secret.txt", "http://evil.example/", "http://127.0.0.1/", "/a b", "/ä", "?a", "#"),
    ],
)
def test_a_crooked_address_is_refused(house, target):
    said = house.ask(target)
    assert said.status == 400
    assert SECRET not in said.text
    assert "location" not in said.headers


@pytest.mark.parametrize(
    "target",
    [
        *("/secret.txt", "/.env", "/.git/config", "/media/secret.txt", "/linkhome.yaml", "/.git/", "/.well-known/x"),
        *("/%252e%252e/secret.txt", "/..%252fsecret.txt", "/...", "/a/b.txt/", "/a/b.txt/index.html", "/A/B.TXT"),
        *("/index.html.", "/index.html%20", "/index.html::$DATA", "/C:/secret.txt", "/a/b.txt;x", "/~root", "/%7e"),
        *("/.linkhome/server.py", "/.linkhome/client.js/", "/.linkhome/as/", "/.linkhome/as/dark", "/.linkhomes"),
        *("/" + "a" * 7_000, "/" + "a/" * 3_000, "/" + "%41" * 2_000),
    ],
)
def test_what_is_no_file_of_the_site_is_not_there(house, target):
    said = house.ask(target)
    assert said.status == 404
    assert SECRET not in said.text


def test_a_folder_never_leads_to_another_host(house):
    for target in ("//evil.example/..", "/%2fevil.example", "/%5cevil.example", "/.linkhome/as/dark//evil.example/a"):
        assert "location" not in house.ask(target).headers


@pytest.mark.parametrize(
    "host",
    [
        *(
            "evil.example",
            "evil.example:{port}",
            "127.0.0.1",
            "localhost",
            "127.0.0.1:1",
            "[::1]:{port}1",
            "0.0.0.0:{port}",
        ),
        *(
            "localhost.:{port}",
            "localhost.evil.example:{port}",
            "evil.example#localhost:{port}",
            "user@127.0.0.1:{port}",
        ),
        *(
            "127.0.0.1:{port}@evil.example",
            "127.1:{port}",
            "2130706433:{port}",
            "127.0.0.1.nip.example:{port}",
            "[::]:{port}",
        ),
        *(
            "127.0.0.1:{port}, evil.example",
            "192.168.1.5:{port}",
            "127.0.0.1 :{port}",
            "[::ffff:127.0.0.1]:{port}",
            ":{port}",
        ),
    ],
)
def test_a_foreign_host_gets_nothing(house, host):
    for target in ("/", "/.linkhome/", "/.linkhome/events", "/.linkhome/state", "/.linkhome/client.js"):
        said = house.ask(target, Host=host.format(port=house.port))
        assert (said.status, "Home" in said.text, house.stage.token in said.text) == (403, False, False)


def test_our_own_names_are_let_in(house):
    for host in ("127.0.0.1", "localhost", "LOCALHOST", "[::1]"):
        assert house.ask("/", Host=f"{host}:{house.port}").status == 200


def test_who_names_no_host_or_two_is_refused(house):
    assert house.raw(b"GET / HTTP/1.1\r\n\r\n").status == 400
    assert house.raw(b"GET / HTTP/1.0\r\n\r\n").status == 400
    both = f"GET / HTTP/1.1\r\nHost: {house.host}\r\nHost: evil.example\r\n\r\n"
    assert house.raw(both.encode()).status == 400


OTHERS = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "https://127.0.0.1:{port}"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "http://localhost:{port}"},  # ours as well, but not where it asks
    {"Origin": "http://127.0.0.1:{port}.evil.example"},
    {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "script"},
    {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "cors", "Sec_Fetch_Dest": "empty"},
    {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"},
    {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "object"},
    {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "document"},
]


@pytest.mark.parametrize("headers", OTHERS)
@pytest.mark.parametrize("target", ["/", "/a/b.txt", "/.linkhome/events", "/.linkhome/state", "/.linkhome/client.js"])
def test_another_page_gets_nothing(house, headers, target):
    said = house.ask(target, **{name: value.format(port=house.port) for name, value in headers.items()})
    assert said.status == 403
    assert not [name for name in said.headers if name.startswith("access-control")]
    assert "Home" not in said.text


def test_a_link_from_another_page_may_be_followed(house):
    visit = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    assert house.ask("/", **visit).status == 200
    assert house.ask("/.linkhome/settings", "POST", b"{}", **visit, X_Linkhome_Token=house.stage.token).status == 403


def test_our_own_pages_may_ask(house):
    ours = {"Origin": f"http://{house.host}", "Sec_Fetch_Site": "same-origin", "Sec_Fetch_Mode": "cors"}
    assert house.ask("/a/b.txt", **ours).status == 200
    assert house.ask("/", Sec_Fetch_Site="none").status == 200


@pytest.mark.parametrize(
    "method", ["OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "POST", "GETS"]
)
def test_nothing_can_be_written(house, method):
    body = b"x" if method == "POST" else b""
    preflight = {"Access_Control_Request_Method": "PUT", "Access_Control_Request_Private_Network": "true"}
    said = house.ask("/a/b.txt", method, body, **preflight)
    assert (said.status, said.headers["allow"]) == (405, "GET, HEAD")
    assert not [name for name in said.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/2.0\r\nHost: {host}\r\n\r\n",
        b"GET / HTTP/1.1 \r\nHost: {host}\r\n\r\n",
        b"GET  / HTTP/1.1\r\nHost: {host}\r\n\r\n",
        b"GET /\r\n\r\n",
        b"get / HTTP/1.1\r\nHost: {host}\r\n\r\n",
        b"GET / HTTP/1.1\nHost: {host}\n\n",
        b"GET / HTTP/1.1\r\nHost : {host}\r\n\r\n",
        b"GET / HTTP/1.1\r\n Host: {host}\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: {host}\r\nX: a\r\n b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: {host}\r\nX: a\nY: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: {host}\r\nX: a\0b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: {host}\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: {host}\r\n: nameless\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: {host}\r\nX\xe4: a\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: {host}\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 3\r\n\r\nabc",
        b"GET / HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /.linkhome/settings HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /.linkhome/settings HTTP/1.1\r\nHost: {host}\r\nContent-Length: -1\r\n\r\n",
        b"POST /.linkhome/settings HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\x00" * 100,
    ],
)
def test_what_is_no_request_of_a_browser_is_refused_and_the_connection_ends(house, sent):
    with house.dial() as link:
        link.sendall(sent.replace(b"{host}", house.host.encode()) + house.request("/a/b.txt"))
        assert answer_on(link).status == 400
        assert ends(link)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\n\r\n", 400),
        (b"GET /" + b"a" * 10_000_000, 400),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 10_000_000, 431),
        (b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 3_000_000, 431),
        (b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 101 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\nX:" + b" \t" * 17_000 + b"a\r\n\r\n", 431),
        (b"POST /.linkhome/settings HTTP/1.1\r\n\r\n", 411),
        (b"POST /.linkhome/settings HTTP/1.1\r\nContent-Length: 16385\r\n\r\n", 413),
        (b"POST /.linkhome/settings HTTP/1.1\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\n", 413),
        (b"GET /?" + b"a=b&" * 1_000 + b" HTTP/1.1\r\nHost: {host}\r\n\r\n", 200),
        (b"GET /.linkhome/events?" + b"a=b&" * 1_000 + b" HTTP/1.1\r\nHost: {host}\r\n\r\n", 400),
        (b"GET /.linkhome/events?page=%ff HTTP/1.1\r\nHost: {host}\r\n\r\n", 400),
    ],
)
def test_what_is_too_long_is_refused_and_is_never_held(house, sent, status):
    said = house.raw(sent.replace(b"{host}", house.host.encode()))
    # The answer may be lost when somebody goes on sending megabytes without reading.
    assert said.status == status if len(sent) < 1_000_000 else said is None or said.status == status
    assert house.ask("/a/b.txt").text == "fine"


def test_who_sends_slowly_is_sent_away_and_delays_nobody(house, monkeypatch):
    monkeypatch.setattr(request, "IDLE", 0.3)
    monkeypatch.setattr(request, "SLOW", 0.3)
    with house.dial() as silent, house.dial() as slow:
        began = time.monotonic()
        slow.sendall(b"GET / HT")
        assert house.ask("/a/b.txt").text == "fine"
        assert answer_on(slow).status == 408
        assert ends(slow)
        assert ends(silent)
        assert time.monotonic() - began < 20


def test_a_drip_does_not_stretch_the_time_of_a_request(house, monkeypatch):
    monkeypatch.setattr(request, "SLOW", 0.4)
    with house.dial() as link:
        link.settimeout(0.05)
        link.sendall(b"GET / HTTP/1.1\r\n")
        for _ in range(400):
            try:
                link.sendall(b"X: a\r\n")
                if link.recv(100).startswith(b"HTTP/1.1 408"):
                    break
            except TimeoutError:
                continue
        else:
            raise AssertionError("it was waited for")


def test_a_body_that_never_comes_is_not_waited_for(house, monkeypatch):
    monkeypatch.setattr(request, "SLOW", 0.3)
    said = house.raw(b"POST /.linkhome/settings HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n")
    assert said.status == 408


def test_a_request_that_breaks_off_harms_nobody(house):
    for piece in (b"", b"G", b"GET / HTTP/1.1\r\n", house.request("/")[:-1], house.request("/.linkhome/events")):
        with house.dial() as link:
            link.sendall(piece)
    assert house.ask("/a/b.txt").text == "fine"


def test_it_listens_at_this_machine_alone(house):
    addresses = {one.getsockname()[0] for one, _ in house.listening.sockets}
    assert addresses <= {"127.0.0.1", "::1"}
    assert not any(outside for _, outside in house.listening.sockets)


class Wire:
    """Give bytes in pieces, then nothing."""

    def __init__(self, data: bytes, size: int) -> None:
        self.data = data
        self.size = size

    def settimeout(self, _: float) -> None:
        """Never wait."""

    def recv(self, _: int) -> bytes:
        came, self.data = self.data[: self.size], self.data[self.size :]
        return came


@given(st.binary(max_size=200), st.integers(1, 50))
def test_no_bytes_make_the_reader_stumble(data, size):
    reader = Reader(Wire(data, size))
    try:
        while reader.request():
            continue
    except Refused as refused:
        assert refused.status in (400, 408, 411, 413, 431)


@given(
    st.lists(st.sampled_from(["GET", "HEAD", "POST"]), min_size=1, max_size=5),
    st.text(alphabet="abc/%.?=&", max_size=30),
    st.binary(max_size=50),
    st.integers(1, 60),
)
def test_requests_are_told_apart_wherever_the_pieces_break(methods, target, body, size):
    sent = b""
    for method in methods:
        content = body if method == "POST" else b""
        sent += f"{method} /{target} HTTP/1.1\r\nHost: a\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content
    reader = Reader(Wire(sent, size))
    for method in methods:
        found = reader.request()
        assert found.method == method
        assert f"{found.path}?{found.query}".removesuffix("?") == f"/{target}".removesuffix("?")
        assert found.body == (body if method == "POST" else b"")
    assert reader.request() is None
