"""Ask hosts that answer in every bad way, over real sockets: each ends in its own word, in its time, and costs little."""

from __future__ import annotations

import gzip
import json
import random
import socket
import ssl
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
import pytest
import trustme
from listeners import (
    Listener,
    dripping,
    endless,
    head,
    leading,
    listening,
    raw,
    resetting,
    saying,
    silent,
)

from linkhome import __version__
from linkhome.diagnostics import LinkhomeError
from linkhome.embeds import net as net_module
from linkhome.embeds.fetch import API, FEED, PAGE, PICTURE, PUBLIC, Answer, Client, FetchError, Limits, Net
from linkhome.embeds.wire import trust

#: Limits for impatient tests.
QUICK = Limits("quick", 100_000, 0.6, 3, False, (b"<",), "text/html")
CUT = Limits("cut", 100_000, 2, 3, True, (b"<",), "text/html")
#: How much later than its deadline a fetch may end, with other tests on the same cores.
LATE = 1.0


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def ca(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(file)
    return str(file)


@pytest.fixture(scope="module")
def certified(authority: trustme.CA) -> Callable[..., ssl.SSLContext]:
    def context(name: str = "good.example", by: trustme.CA = authority, **more: datetime) -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        by.issue_cert(name, **more).configure_cert(made)
        return made

    return context


@pytest.fixture
def client() -> Iterator[Callable[[Net], Client]]:
    made = []

    def make(net: Net, **more: str) -> Client:
        made.append(Client(more.get("agent", ""), more.get("language", "en"), more.get("site", ""), net))
        return made[-1]

    yield make
    for one in made:
        one.close()


def plain(listener: Listener, *names: str) -> Net:
    """Return an internet in which these names, or all, are one listener without TLS."""
    return Net(is_double=True, plain=dict.fromkeys(names or ("*",), listener.place))


def failing(client: Client, url: str = "http://good.example/", limits: Limits = QUICK, **more: float) -> FetchError:
    """See a fetch fail in time, and only in the one way."""
    begun = time.monotonic()
    with pytest.raises(FetchError) as caught:
        client.get(url, limits, **more)
    assert time.monotonic() - begun < limits.seconds + LATE
    assert caught.value.sentence == str(caught.value)
    assert caught.value.sentence
    return caught.value


# ---------------------------------------------------------------- answers


def test_an_answer(client: Callable[..., Client]) -> None:
    with listening(saying(b"<p>Hi", "200 OK", "Content-Type: text/html", "X-A: 1", "X-A: 2", 'ETag: "v1"')) as host:
        answer = client(plain(host)).get("http://good.example/a b?q=ü#part", QUICK)
    wanted = {"content-length": "5", "content-type": "text/html", "x-a": "1, 2", "etag": '"v1"'}
    assert answer == Answer(200, wanted, b"<p>Hi", "http://good.example/a%20b?q=%C3%BC", False)
    assert host.requests[0].startswith(b"GET /a%20b?q=%C3%BC HTTP/1.1\r\n")


@pytest.mark.parametrize("status", [204, 304, 401, 404, 429, 500, 599])
def test_every_status_is_an_answer(client: Callable[..., Client], status: int) -> None:
    with listening(saying(b"", f"{status} What")) as host:
        assert client(plain(host)).get("http://good.example/", QUICK).status == status


def test_what_is_said_of_ourselves(
    client: Callable[..., Client], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    (tmp_path / "netrc").write_text("default login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with listening(saying(b"", "200 OK", "Set-Cookie: id=1; Path=/")) as host:
        asking = client(plain(host), language="de-AT", site="https://lina.example")
        asking.get("http://good.example/", PAGE)
        asking.get("http://good.example/", API, etag='W/"1"', modified="Sat, 21 Nov 2026 10:00:00 GMT", referer=True)
    first, second = (request.decode().split("\r\n") for request in host.requests)
    assert sorted(first[1:-2]) == sorted(
        [
            "Host: good.example",
            f"User-Agent: linkhome/{__version__} (+https://lina.example; embeds refresh)",
            "Accept-Language: de-AT, en;q=0.5",
            "Accept-Encoding: gzip, deflate",
            f"Accept: {PAGE.accept}",
        ]
    )
    assert sorted(set(second) - set(first)) == sorted(
        [
            f"Accept: {API.accept}",
            'If-None-Match: W/"1"',
            "If-Modified-Since: Sat, 21 Nov 2026 10:00:00 GMT",
            "Referer: https://lina.example",
        ]
    )


@pytest.mark.parametrize("value", ['"a"\r\nX-Evil: 1', '"ü"', "a\nb", "\0", "x" * 2000])
def test_values_that_cannot_be_sent_are_not_sent(client: Callable[..., Client], value: str) -> None:
    with listening(saying()) as host:
        asking = client(plain(host), agent=value, language=value, site=value)
        asking.get("http://good.example/", QUICK, etag=value, modified=value, referer=True)
    lines = host.requests[0].split(b"\r\n")
    assert f"User-Agent: linkhome/{__version__} (embeds refresh)".encode() in lines
    assert b"Accept-Language: en" in lines
    assert not [line for line in lines if line.startswith((b"X-Evil", b"If-", b"Referer"))]


def test_many_threads(client: Callable[..., Client], ca: str, certified: Callable[..., ssl.SSLContext]) -> None:
    def echo(connection: socket.socket, request: bytes) -> None:
        path = request.split(b" ")[1]
        connection.sendall(head("200 OK", f"Content-Length: {len(path)}") + path)

    with listening(echo, certified()) as host:
        asking = client(Net(is_double=True, ca=ca, hosts={"good.example": host.place}))
        got: dict[int, bytes] = {}

        def ask(number: int) -> None:
            for again in range(5):
                got[number * 10 + again] = asking.get(f"https://good.example/{number}{again}", PAGE).body

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(1, 9)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert got == {number: f"/{number}".encode() for number in got}
    assert len(got) == 40


# ---------------------------------------------------------------- packed bodies

LONG = b"<p>" + random.Random(4).randbytes(3000) * 20


def deflated(body: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-15)
    return packing.compress(body) + packing.flush()


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(LONG)),
        ("X-GZIP", gzip.compress(LONG)),
        ("gzip", gzip.compress(LONG[:9]) + gzip.compress(LONG[9:])),
        ("gzip", gzip.compress(LONG) + b"rubbish that follows"),
        ("deflate", zlib.compress(LONG)),
        ("deflate", deflated(LONG)),
        ("br", brotli.compress(LONG)),
        ("identity", LONG),
        ("utf-8", LONG),
    ],
)
@pytest.mark.parametrize("chunk", [1, 7, 1000, 100_000])
def test_packed_bodies(client: Callable[..., Client], coding: str, packed: bytes, chunk: int) -> None:
    def behave(connection: socket.socket, _: bytes) -> None:
        pieces = [packed[at : at + chunk] for at in range(0, min(len(packed), 40 * chunk), chunk)]
        pieces.append(packed[40 * chunk :])
        body = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces if piece)
        connection.sendall(
            head("200 OK", f"Content-Encoding: {coding}", "Transfer-Encoding: chunked") + body + b"0\r\n\r\n"
        )

    with listening(behave) as host:
        assert client(plain(host)).get("http://good.example/", CUT).body == LONG


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_an_empty_body_that_is_called_packed(client: Callable[..., Client], coding: str) -> None:
    with listening(saying(b"", "200 OK", f"Content-Encoding: {coding}")) as host:
        assert client(plain(host)).get("http://good.example/", CUT).body == b""


@pytest.mark.parametrize(
    ("coding", "body", "code"),
    [
        ("gzip", b"<p>not packed at all", "not-http"),
        ("deflate", b"<p>not packed at all", "not-http"),
        ("br", b"\xff<p>not packed at all", "not-http"),
        ("gzip", gzip.compress(LONG)[:-30], "reset"),
        ("deflate", zlib.compress(LONG)[:-30], "reset"),
        ("br", brotli.compress(LONG)[:-30], "reset"),
        ("gzip, gzip", gzip.compress(gzip.compress(LONG)), "not-http"),
        ("gzip, " * 20 + "gzip", b"", "not-http"),
        ("gzip", gzip.compress(b"") * 65, "not-http"),
    ],
)
def test_packed_badly(client: Callable[..., Client], coding: str, body: bytes, code: str) -> None:
    with listening(saying(body, "200 OK", f"Content-Encoding: {coding}")) as host:
        assert failing(client(plain(host)), limits=CUT).code == code


def bombs() -> dict[str, bytes]:
    """Return 64 MB of nothing, packed in each way."""
    nothing = bytes(64_000_000)
    return {
        "gzip": gzip.compress(nothing, 1),
        "deflate": zlib.compress(nothing, 1),
        "br": brotli.compress(nothing, quality=1),
    }


@pytest.mark.parametrize(("coding", "body"), bombs().items())
def test_bombs(client: Callable[..., Client], coding: str, body: bytes) -> None:
    with listening(saying(body, "200 OK", f"Content-Encoding: {coding}")) as host:
        answer = client(plain(host)).get("http://good.example/", CUT)
        assert (answer.cut, answer.body) == (True, bytes(CUT.most))
        assert failing(client(plain(host))).code == "large"


BOMB = """
import resource, sys, threading
from linkhome.embeds.fetch import PAGE, PICTURE, Client, FetchError, Net
client = Client("", "en", "", Net(is_double=True, plain={"small.example": ["127.0.0.1", int(sys.argv[1])],
                                                         "bomb.example": ["127.0.0.1", int(sys.argv[2])]}))
client.get("http://small.example/", PAGE)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
assert client.get("http://bomb.example/", PAGE).cut
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_bomb_of_a_gigabyte_costs_less_than_ten_megabytes() -> None:
    packing = zlib.compressobj(9, wbits=31)
    first, other = (packing.compress(bytes(1 << 20)) + packing.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    body = first + other * 1023
    with listening(saying()) as small, listening(saying(body, "200 OK", "Content-Encoding: gzip")) as bomb:
        command = [sys.executable, "-c", BOMB, str(small.port), str(bomb.port)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 10_000  # KiB


# ---------------------------------------------------------------- sizes


def test_a_body_longer_than_allowed(client: Callable[..., Client]) -> None:
    with listening(endless(head("200 OK", "Content-Length: 10000000000"), b"<p>" * 10_000)) as host:
        answer = client(plain(host)).get("http://good.example/", CUT)
        assert (len(answer.body), answer.cut) == (CUT.most, True)
        assert failing(client(plain(host))).code == "large"


def test_a_body_of_exactly_what_is_allowed(client: Callable[..., Client]) -> None:
    with listening(saying(bytes(QUICK.most))) as host:
        answer = client(plain(host)).get("http://good.example/", QUICK)
    assert (len(answer.body), answer.cut) == (QUICK.most, False)


def test_the_body_of_a_redirect_is_not_read(client: Callable[..., Client]) -> None:
    def behave(connection: socket.socket, request: bytes) -> None:
        if b"GET /there" in request:
            saying()(connection, request)
        else:
            endless(head("302 Found", "Location: /there", "Content-Length: 10000000000"), bytes(65536))(
                connection, request
            )

    with listening(behave) as host:
        assert client(plain(host)).get("http://good.example/", QUICK).url == "http://good.example/there"


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(head("200 OK", *(f"X-{n}: 1" for n in range(200))), id="200 headers"),
        pytest.param(head("200 OK", "X: " + "x" * 70_000), id="a long header"),
        pytest.param(b"HTTP/1.1 200 " + b"x" * 70_000, id="a long status"),
    ],
)
def test_heads_larger_than_allowed(client: Callable[..., Client], answer: bytes) -> None:
    with listening(raw(answer)) as host:
        assert failing(client(plain(host))).code == "not-http"


# ---------------------------------------------------------------- hosts that fail


def closed_port() -> tuple[str, int]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return door.getsockname()


def test_nobody_listens(client: Callable[..., Client]) -> None:
    problem = failing(client(Net(is_double=True, plain={"*": closed_port()})))
    assert (problem.code, problem.sentence) == ("connect", "good.example takes no connections")


def test_the_second_place_is_tried_when_nobody_is_at_the_first(client: Callable[..., Client]) -> None:
    with listening(saying()) as host:
        routes = {"93.184.215.14:80": closed_port(), "93.184.215.15:80": host.place}
        answers = {"good.example": [["93.184.215.14", "93.184.215.15"]]}
        net = Net(is_double=True, answers=answers, routes=routes)
        assert client(net).get("http://good.example/", QUICK).status == 200


def test_a_host_that_takes_the_call_but_never_the_connection(client: Callable[..., Client]) -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(0)
        waiting = []
        for _ in range(4):  # as many as the system lets wait; the next one hangs
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(door.getsockname())
            waiting.append(one)
        time.sleep(0.05)
        problem = failing(client(Net(is_double=True, plain={"*": door.getsockname()})))
        for one in waiting:
            one.close()
    assert problem.code == "slow"


SLOW = {
    "silent": silent,
    "dripped status": dripping(b"HTTP/1.1 200 ", b"O"),
    "dripped headers": dripping(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", 0.02),
    "dripped header": dripping(b"HTTP/1.1 200 OK\r\nX: ", b"y"),
    "continued": dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "dripped body": dripping(head("200 OK", "Content-Length: 9999"), b"."),
    "dripped body without an end": dripping(head(), b"."),
    "dripped chunks": dripping(head("200 OK", "Transfer-Encoding: chunked"), b"1\r\n.\r\n"),
    "a dripped size of a chunk": dripping(head("200 OK", "Transfer-Encoding: chunked"), b"0"),
    "dripped trailers": dripping(head("200 OK", "Transfer-Encoding: chunked") + b"0\r\n", b"X: y\r\n"),
    "a silent body": lambda c, r: (c.sendall(head("200 OK", "Content-Length: 9") + b"..."), silent(c, r)),
}


@pytest.mark.parametrize("behave", SLOW.values(), ids=SLOW)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_slow_hosts(
    client: Callable[..., Client],
    behave: Callable[..., None],
    scheme: str,
    ca: str,
    certified: Callable[..., ssl.SSLContext],
) -> None:
    with listening(behave, certified() if scheme == "https" else None) as host:
        asking = client(Net(is_double=True, ca=ca, hosts={"*": host.place}, plain={"*": host.place}))
        assert failing(asking, f"{scheme}://good.example/").code == "slow"


@pytest.mark.parametrize("behave", [silent, dripping(b"", b"\x16\x03\x03")], ids=["silent", "dripped"])
def test_slow_handshakes(client: Callable[..., Client], behave: Callable[..., None]) -> None:
    with listening(behave, reads=False) as host:
        code = failing(client(Net(is_double=True, hosts={"*": host.place})), "https://good.example/").code
    assert code in ("slow", "tls")


def test_the_deadline_of_the_run_comes_first(client: Callable[..., Client]) -> None:
    with listening(silent) as host:
        begun = time.monotonic()
        assert failing(client(plain(host)), limits=PAGE, deadline=begun + 0.2).code == "slow"
        assert 0.19 < time.monotonic() - begun < 0.2 + LATE
        assert failing(client(plain(host)), limits=PAGE, deadline=begun).code == "slow"
    assert host.hits == 1


def test_redirects_have_one_deadline_together(client: Callable[..., Client]) -> None:
    def behave(connection: socket.socket, request: bytes) -> None:
        time.sleep(0.1)
        leading(request.split(b" ")[1].decode() + "x")(connection, request)

    with listening(behave) as host:
        assert failing(client(plain(host)), limits=Limits("", 9, 0.3, 99, False, (), "*/*")).code == "slow"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        pytest.param(b"", "reset", id="nothing"),
        pytest.param(b"\0\1\2\3", "not-http", id="rubbish"),
        pytest.param(b"SSH-2.0-OpenSSH_9.9\r\n", "not-http", id="another protocol"),
        pytest.param(b"HTTP/1.1 99999 What\r\n\r\n", "not-http", id="no status"),
        pytest.param(b"<html>Hello", "not-http", id="no head"),
        pytest.param(b"HTTP/1.1 103 Early Hints\r\n\r\n", "not-http", id="only hints"),
        pytest.param(head("200 OK", "Content-Length: 100") + b"<p>", "reset", id="too short"),
        pytest.param(head("200 OK", "Content-Length: 100, 7") + b"<p>", "not-http", id="two lengths"),
        pytest.param(head("200 OK", "Transfer-Encoding: chunked") + b"ff\r\n<p>", "reset", id="cut chunk"),
        pytest.param(head("200 OK", "Transfer-Encoding: chunked") + b"3\r\n<p>\r\n", "reset", id="no last chunk"),
        pytest.param(head("200 OK", "Transfer-Encoding: chunked") + b"zz\r\n<p>\r\n", "reset", id="no size of a chunk"),
        pytest.param(head("200 OK", "Transfer-Encoding: chunked") + b"-5\r\n<p>\r\n", "reset", id="less than a chunk"),
    ],
)
def test_answers_that_break_off_or_are_none(client: Callable[..., Client], answer: bytes, code: str) -> None:
    with listening(raw(answer)) as host:
        assert failing(client(plain(host)), limits=CUT).code == code


@pytest.mark.parametrize("first", [b"", b"HTTP/1.1 200 OK\r\nX", head("200 OK", "Content-Length: 100") + b"<p>"])
def test_connections_that_break(client: Callable[..., Client], first: bytes) -> None:
    with listening(resetting(first)) as host:
        assert failing(client(plain(host))).code == "reset"


def test_whatever_is_sent_ends_in_an_answer_or_in_our_own_error(client: Callable[..., Client]) -> None:
    chance = random.Random(20261121)
    whole = head(
        "200 OK", "Content-Type: text/html", "Transfer-Encoding: chunked", "Content-Encoding: gzip", "Location: /x"
    )
    packed = gzip.compress(LONG)
    whole += b"%x\r\n%b\r\n0\r\n\r\n" % (len(packed), packed)

    def behave(connection: socket.socket, _: bytes) -> None:
        sent = bytearray(whole[: chance.choice((200, len(whole)))])
        for _ in range(chance.randrange(12)):
            at = chance.randrange(160 if chance.random() < 0.8 else len(sent))
            sent[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(4))
        connection.sendall(sent)

    with listening(behave) as host:
        asking = client(plain(host))
        seen = set()
        for _ in range(300):
            try:
                seen.add(asking.get("http://good.example/", CUT).status)
            except FetchError as problem:
                seen.add(problem.code)
    assert {200, "reset", "not-http"} <= seen


# ---------------------------------------------------------------- TLS


def test_tls_is_checked_against_the_name(
    client: Callable[..., Client], ca: str, certified: Callable[..., ssl.SSLContext]
) -> None:
    named = []
    context = certified()
    context.sni_callback = lambda _, name, __: named.append(name)
    with listening(saying(), context) as host:
        asking = client(Net(is_double=True, ca=ca, hosts={"*": host.place}))
        assert asking.get("https://good.example/", QUICK).status == 200
        problem = failing(asking, "https://other.example/")
    assert (problem.code, problem.sentence) == ("tls", "the certificate of other.example is for another name")
    assert named == ["good.example", "other.example"]


def test_certificates_that_nobody_should_believe(
    client: Callable[..., Client], ca: str, certified: Callable[..., ssl.SSLContext]
) -> None:
    now = datetime.now(UTC)
    contexts = {
        "comes from nobody that this computer trusts": certified(by=trustme.CA()),
        "has expired": certified(not_before=now - timedelta(9), not_after=now - timedelta(1)),
        "is not valid yet; is the clock of this computer right?": certified(
            not_before=now + timedelta(1), not_after=now + timedelta(9)
        ),
    }
    for why, context in contexts.items():
        with listening(saying(), context) as host:
            problem = failing(client(Net(is_double=True, ca=ca, hosts={"*": host.place})), "https://good.example/")
        assert (problem.code, problem.sentence) == ("tls", f"the certificate of good.example {why}")
        assert host.requests == []


def test_the_real_internet_is_not_certified_by_our_own_authority(
    client: Callable[..., Client], certified: Callable[..., ssl.SSLContext]
) -> None:
    with listening(saying(), certified()) as host:
        problem = failing(client(Net(is_double=True, hosts={"*": host.place})), "https://good.example/")
    assert problem.code == "tls"
    context = trust("")
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert context.cert_store_stats()["x509_ca"] > 50


def test_a_host_without_tls(client: Callable[..., Client]) -> None:
    with listening(raw(b"HTTP/1.1 400 Bad Request\r\n\r\n"), reads=False) as host:
        problem = failing(client(Net(is_double=True, hosts={"*": host.place})), "https://good.example/")
    assert problem.code in ("tls", "reset")


# ---------------------------------------------------------------- redirects


def test_redirects_are_followed_up_to_the_limit(client: Callable[..., Client]) -> None:
    def behave(connection: socket.socket, request: bytes) -> None:
        left = int(request.split(b" ")[1][1:])
        (leading(f"/{left - 1}") if left else saying())(connection, request)

    with listening(behave) as host:
        asking = client(plain(host))
        assert asking.get("http://good.example/3", QUICK).url == "http://good.example/0"
        assert failing(asking, "http://good.example/4").code == "redirects"
        assert asking.get("http://good.example/5", PAGE).url == "http://good.example/0"
        assert failing(asking, "http://good.example/6", PAGE).code == "redirects"
        assert failing(asking, "http://good.example/4", PICTURE).code == "redirects"
        assert asking.get("http://good.example/5", FEED).url == "http://good.example/0"


@pytest.mark.parametrize("status", ["301 A", "302 B", "303 C", "307 D", "308 E"])
@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("http://b.example/x", "http://b.example/x"),
        ("//b.example", "http://b.example/"),
        ("y?z=1#w", "http://good.example/x/y?z=1"),
        ("/a b/\xc3\xbc", "http://good.example/a%20b/%C3%BC"),
        ("/\xe4", "http://good.example/%C3%A4"),
    ],
)
def test_where_redirects_lead(client: Callable[..., Client], status: str, location: str, url: str) -> None:
    def behave(connection: socket.socket, request: bytes) -> None:
        (leading(location, status) if request.startswith(b"GET /x/first ") else saying())(connection, request)

    with listening(behave) as host:
        answer = client(plain(host), site="https://lina.example").get(
            "http://good.example/x/first", QUICK, referer=True
        )
    assert (answer.status, answer.url) == (200, url)
    assert (b"Referer" in host.requests[1]) == ("good" in url)


def test_a_redirect_that_leads_nowhere_is_an_answer(client: Callable[..., Client]) -> None:
    with listening(saying(b"<p>Hi", "302 Found")) as host:
        assert client(plain(host)).get("http://good.example/", QUICK).status == 302


def test_redirects_in_circles(client: Callable[..., Client]) -> None:
    def behave(connection: socket.socket, request: bytes) -> None:
        leading("/b#1" if b"/a " in request else "/a#2")(connection, request)

    with listening(behave) as host:
        problem = failing(client(plain(host)), "http://good.example/a", PAGE)
    assert (problem.code, problem.sentence) == ("redirects", "good.example leads round in circles")
    assert host.hits == 2


def test_a_way_that_began_with_tls_ends_with_tls(
    client: Callable[..., Client], ca: str, certified: Callable[..., ssl.SSLContext]
) -> None:
    with (
        listening(leading("http://there.example/x"), certified()) as host,
        listening(saying(), certified("there.example")) as there,
        listening(saying()) as spy,
    ):
        hosts = {"good.example": host.place, "there.example": there.place}
        net = Net(is_double=True, ca=ca, hosts=hosts, plain={"*": spy.place})
        assert client(net).get("https://good.example/", QUICK).url == "https://there.example/x"
        assert spy.hits == 0


# ---------------------------------------------------------------- what is not public

NOT_PUBLIC = [
    "http://127.0.0.1",
    "http://[::1]",
    "http://0.0.0.0",
    "http://[::]",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.1.2.3",
    "http://172.16.0.1",
    "http://192.168.1.1",
    "http://100.64.0.1",
    "http://198.18.0.1",
    "http://224.0.0.1",
    "http://255.255.255.255",
    "http://168.63.129.16",
    "http://[fc00::1]",
    "http://[fd00:ec2::254]",
    "http://[fe80::1]",
    "http://[fe80::1%25lo]",
    "http://[fe80::1%lo]",
    "http://[ff02::1]",
    "http://[::ffff:127.0.0.1]",
    "http://[::ffff:7f00:1]",
    "http://[::127.0.0.1]",
    "http://[64:ff9b::7f00:1]",
    "http://[64:ff9b:1::7f00:1]",
    "http://[2002:7f00:1::]",
    "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]",
    "http://0x7f000001",
    "http://0x7f.0.0.1",
    "http://2130706433",
    "http://017700000001",
    "http://0177.0.0.1",
    "http://127.1",
    "http://127.0.1",
    "http://127.0.0.1.",
    "http://127.0.0.01",
    "http://①②⑦.⓪.⓪.①",
    "http://１２７.0.0.1",
    "http://127。0。0。1",
    "http://localhost",
    "http://localhost.",
    "http://LOCALHOST",
    "http://ⓛocalhost",
    "http://a.localhost",
    "http://a.localhost.",
    "http://router",
    "http://printer.local",
    "http://metadata.google.internal",
    "http://disk.lan",
    "http://name@127.0.0.1",
    "http://name:word@good.example",
    "http://good.example@127.0.0.1",
    "http://127.0.0.1#@good.example",
    "http://127.0.0.1\\@good.example",
    "http://good.example\\@127.0.0.1",
    "http://good.example:22",
    "http://good.example:8080",
    "http://good.example:0",
    "http://good.example:65616",
    "http://good.example:-1",
    "http://good.example:80:80",
    "http://good.example:٨٠",
    "http://good.example\r\nX: y",
    "http://good.example/\r\nX: y",
    "http://good.example/a\nb",
    "http://good.ex\tample",
    "http://good .example",
    "http://%31%32%37.0.0.1",
    "http://127.0.0.1%00.good.example",
    "http://good.example%2f@127.0.0.1",
    "http://[127.0.0.1]",
    "http://[::1",
    "http://::1",
    "http://",
    "http:///path",
    "http:/127.0.0.1",
    "http:127.0.0.1",
    "//127.0.0.1",
    "127.0.0.1",
    "",
    "http://.good.example",
    "http://good..example",
    "http://-good.example",
    f"http://{'a' * 64}.example",
    f"http://{'a.' * 130}example",
    "http://gööd\u202e.example",
    "http://xn--a\u0300.\ud800",
    "file:///etc/passwd",
    "file://good.example/etc/passwd",
    "gopher://127.0.0.1:80/_GET",
    "ftp://127.0.0.1/",
    "dict://127.0.0.1:11211/stats",
    "data:text/html,x",
    "javascript:alert(1)",
    "jar:http://good.example!/",
    "unix:///run/docker.sock",
    "http+unix://%2Frun%2Fdocker.sock/",
    f"http://good.example/{'a' * 9000}",
]


@pytest.fixture(scope="module")
def spy() -> Iterator[Listener]:
    """Listen on this machine, where none of all these may come."""
    with listening(saying()) as host:
        yield host


@pytest.fixture
def everything_is_here(monkeypatch: pytest.MonkeyPatch, spy: Listener) -> list[str]:
    """Let every connection of this process end at the spy, and every name at this machine: only the guard is between."""
    looked_up: list[str] = []
    connect = socket.socket.connect

    def here(one: socket.socket, _: object) -> None:
        if one.family == socket.AF_INET6:
            raise OSError("no such network")
        connect(one, spy.place)

    def resolved(host: str, port: int, *_: object, **__: object) -> list[object]:
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket.socket, "connect", here)
    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    return looked_up


@pytest.mark.parametrize("url", NOT_PUBLIC)
def test_what_is_not_public_is_not_asked(
    url: str, client: Callable[..., Client], spy: Listener, everything_is_here: list[str]
) -> None:
    before = spy.hits
    problem = failing(client(PUBLIC), url)
    assert problem.code == "refused"
    assert problem.sentence.isprintable()
    assert everything_is_here == [], "it was not even looked up"
    assert spy.hits == before


@pytest.mark.parametrize("url", NOT_PUBLIC)
def test_what_is_not_public_is_not_asked_after_a_redirect(
    url: str, client: Callable[..., Client], spy: Listener
) -> None:
    if not url or url.startswith(("//127", "127", "http:127", "http:/127")) or "\n" in url:
        return  # these are places on the host that leads there, or a second header
    location = url.encode("utf-8", "surrogatepass").decode("latin-1")
    with listening(leading(location)) as host:
        routes = {"93.184.215.14:80": host.place}
        net = Net(is_double=True, plain={"*": spy.place}, answers={"first.example": [["93.184.215.14"]]}, routes=routes)
        before = spy.hits
        assert failing(client(net), "http://first.example/").code in ("refused", "redirects")
    assert spy.hits == before


PRIVATE = [
    *("127.0.0.1", "0.0.0.0", "10.0.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254", "100.100.100.200"),
    *("198.19.0.1", "192.0.0.192", "192.88.99.1", "239.1.1.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%2"),
    *("fd00::1", "ff02::fb", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "2001::1", "2001:db8::1", "rubbish"),
]


@pytest.mark.parametrize("address", PRIVATE)
@pytest.mark.parametrize("others", [[], ["93.184.215.14"]], ids=["alone", "after a public one"])
def test_names_that_lead_home(
    address: str, others: list[str], client: Callable[..., Client], spy: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = spy.hits
    addresses = [*others, address]
    routes = {f"{one}:80": spy.place for one in addresses}
    net = Net(is_double=True, answers={"evil.example": [addresses]}, routes=routes)
    assert failing(client(net), "http://evil.example/", CUT).code == "refused"
    assert spy.hits == before

    def resolved(host: str, port: int, *_: object, **__: object) -> list[object]:
        assert host == "evil.example."
        return [(socket.AF_INET6 if ":" in one else socket.AF_INET, 1, 6, "", (one, port)) for one in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    assert failing(client(PUBLIC), "http://evil.example/", CUT).code == "refused"
    assert spy.hits == before


def test_a_name_that_changes_between_check_and_connection(client: Callable[..., Client], spy: Listener) -> None:
    """One look-up a request: the second answer of the name server is never asked for, and never believed later."""
    before = spy.hits
    with listening(leading("/again")) as host:
        routes = {"93.184.215.14:80": host.place, "127.0.0.1:80": spy.place}
        answers = {"evil.example": [["93.184.215.14"], ["127.0.0.1"]]}
        net = Net(is_double=True, answers=answers, routes=routes)
        assert failing(client(net), "http://evil.example/").code == "refused"
    assert (host.hits, spy.hits) == (1, before)


def test_a_connection_goes_to_exactly_the_address_that_was_checked(
    client: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    gone = []

    def resolved(host: str, *_: object, **__: object) -> list[object]:
        asked.append(host)
        return [(socket.AF_INET, 1, 6, "", ("93.184.215.14", 443)), (socket.AF_INET, 1, 6, "", ("93.184.215.15", 443))]

    def connect(one: socket.socket, address: object) -> None:
        gone.append(address)
        raise ConnectionRefusedError(111, "refused")

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setattr(socket.socket, "connect", connect)
    assert failing(client(PUBLIC), "https://GOOD.example./").code == "connect"
    assert asked == ["good.example."]
    assert gone == [("93.184.215.14", 443), ("93.184.215.15", 443)]


# ---------------------------------------------------------------- names


@pytest.mark.parametrize("number", [socket.EAI_NONAME, socket.EAI_AGAIN, socket.EAI_FAIL])
def test_names_that_are_not_there(client: Callable[..., Client], monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def resolved(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(number, "no")

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    assert failing(client(PUBLIC)).code == "dns"
    assert failing(client(Net(is_double=True, answers={"good.example": [[]]}))).code == "dns"


def test_a_name_server_that_never_answers(client: Callable[..., Client], monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(5) or [])
    begun = time.monotonic()
    assert failing(client(PUBLIC)).code == "slow"
    assert time.monotonic() - begun > QUICK.seconds - 0.01
    asking = client(PUBLIC)
    threading.Timer(0.1, asking.stop).start()
    begun = time.monotonic()
    assert failing(asking, limits=PAGE).code == "stopped"
    assert time.monotonic() - begun < 0.1 + LATE
    over.set()


def test_families_take_turns(monkeypatch: pytest.MonkeyPatch, client: Callable[..., Client]) -> None:
    six, four = ["2606:4700::1", "2606:4700::2", "2606:4700::3"], ["93.184.215.14"]
    gone = []

    def resolved(_: str, port: int, *__: object, **___: object) -> list[object]:
        return [(socket.AF_INET6, 1, 6, "", (one, port, 0, 0)) for one in six] + [
            (socket.AF_INET, 1, 6, "", (one, port)) for one in four
        ]

    def connect(_: socket.socket, address: tuple[str, int]) -> None:
        gone.append(address[0])
        raise OSError(101, "unreachable")

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setattr(socket.socket, "connect", connect)
    assert failing(client(PUBLIC)).code == "connect"
    assert gone == [six[0], four[0], six[1], six[2]]


# ---------------------------------------------------------------- stopping


@pytest.mark.parametrize("behave", [SLOW["silent"], SLOW["dripped headers"], SLOW["dripped body"]])
def test_stopping_ends_everything_at_once(
    client: Callable[..., Client], behave: Callable[..., None], ca: str, certified: Callable[..., ssl.SSLContext]
) -> None:
    with listening(behave) as first, listening(behave, certified()) as second, listening(silent, reads=False) as third:
        plains = {"good.example": first.place}
        hosts = {"good.example": second.place, "third.example": third.place}
        asking = client(Net(is_double=True, ca=ca, hosts=hosts, plain=plains))
        codes = []

        def ask(url: str) -> None:
            codes.append(failing(asking, url, PAGE).code)

        urls = ("http://good.example/", "https://good.example/", "https://third.example/")
        threads = [threading.Thread(target=ask, args=(url,)) for url in urls]
        for thread in threads:
            thread.start()
        time.sleep(0.2)
        begun = time.monotonic()
        asking.stop()
        for thread in threads:
            thread.join()
        assert time.monotonic() - begun < LATE
        assert codes == ["stopped"] * 3
        assert failing(asking).code == "stopped"


# ---------------------------------------------------------------- the double


def test_the_double_is_met_only_on_purpose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LINKHOME_TEST_INTERNET", raising=False)
    assert Net.from_environment() is PUBLIC
    assert not PUBLIC.is_double
    manual = (Path(__file__).parents[2] / "docs/development.md").read_text("utf-8")
    for key in ("LINKHOME_TEST_INTERNET", "ca", "hosts", "plain", "answers", "routes"):
        assert f"`{key}`" in manual
    (tmp_path / "ca.pem").write_text("")
    file = tmp_path / "internet.json"
    file.write_text(json.dumps({"ca": "ca.pem", "hosts": {"a.example": ["127.0.0.1", 1]}, "plain": {"*": ["::1", 2]}}))
    monkeypatch.setenv("LINKHOME_TEST_INTERNET", str(file))
    assert Net.from_environment() == Net(
        True, str(tmp_path / "ca.pem"), {"a.example": ("127.0.0.1", 1)}, {"*": ("::1", 2)}
    )


@pytest.mark.parametrize(
    "content",
    [
        None,
        "rubbish",
        '{"ca": "missing.pem"}',
        '{"host": {}}',
        '{"hosts": {"a.example": ["93.184.215.14", 443]}}',
        '{"plain": {"*": ["10.0.0.1", 80]}}',
        '{"routes": {"93.184.215.14:443": ["93.184.215.14", 443]}}',
        '{"hosts": {"a.example": ["a.example", 443]}}',
    ],
)
def test_a_double_that_cannot_be_used_is_an_error_and_not_the_real_internet(
    content: str | None, tmp_path: Path
) -> None:
    file = tmp_path / "internet.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(LinkhomeError, match="LINKHOME_TEST_INTERNET"):
        Net.from_environment({"LINKHOME_TEST_INTERNET": str(file)})


def test_with_a_double_no_name_is_looked_up_and_nobody_else_is_asked(
    client: Callable[..., Client], everything_is_here: list[str], spy: Listener
) -> None:
    before = spy.hits
    net = Net(is_double=True, plain={"good.example": spy.place})
    assert failing(client(net), "http://other.example/").code == "refused"
    assert failing(client(net), "https://good.example/").code == "refused"
    assert failing(client(net), "http://93.184.215.14/").code == "connect"
    assert failing(client(net), "http://[2606:4700::1]/").code == "connect"
    assert everything_is_here == []
    assert spy.hits == before
    assert Net() == net_module.PUBLIC
