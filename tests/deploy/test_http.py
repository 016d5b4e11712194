"""Asking a host: what goes along with a request, what does not, and how long it is waited."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
import trustme

from linkhome.deploy import http
from linkhome.deploy.http import HttpError, Session
from linkhome.deploy.patience import seconds_asked_for
from linkhome.deploy.sending import Stopped, Tally, content, send_all
from linkhome.token import Token

from .http_host import Asked, Host, Said, say
from .sites import Watch, quiet

TOKEN = "canary-0123456789"


class Plain(Host):
    """Say ``said`` to everything."""

    below: ClassVar[str] = "/api"
    said: Said = say({"fine": True})

    def answer(self, asked: Asked) -> Said:
        return self.said


@pytest.fixture
def host() -> Iterator[Plain]:
    with Plain() as running:
        yield running


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def session(host: Plain, watch: Watch) -> Iterator[Session]:
    made = Session(host.api, "The host", Token(TOKEN), watch.clock)
    yield made
    made.close()


@pytest.mark.parametrize(
    "headers, seconds",
    [
        ({}, 0),
        ({"retry-after": "17"}, 17),
        ({"retry-after": "0"}, 1),
        ({"retry-after": "soon"}, 0),
        ({"retry-after": "Thu, 27 Jan 2022 22:20:17 GMT", "date": "Thu, 27 Jan 2022 22:19:47 GMT"}, 30),
        ({"x-ratelimit-reset": "2022-01-27 22:20:17 UTC", "date": "Thu, 27 Jan 2022 22:19:47 GMT"}, 30),
        ({"x-ratelimit-reset": "1643322017", "date": "Thu, 27 Jan 2022 22:19:47 GMT"}, 30),
        ({"x-ratelimit-reset": "12"}, 12),
        ({"x-ratelimit-reset": "2022-01-27 22:20:17 UTC"}, 1),
        ({"x-ratelimit-reset": "2022-99-27 22:20:17 UTC"}, 0),
        ({"retry-after": "5", "x-ratelimit-reset": "12"}, 5),
    ],
)
def test_a_host_is_understood_however_it_says_when_it_wants_to_be_asked_again(headers, seconds):
    assert seconds_asked_for(headers) == pytest.approx(seconds)


def test_a_host_that_wants_to_be_left_alone_for_long_is_asked_another_time(host, session, watch):
    host.said = say({}, 429, Retry_After="7200")
    with pytest.raises(HttpError, match="wants no requests for 120 minutes"):
        session.ask("GET", "/x")
    assert watch.waits == []


def test_no_netrc_proxy_or_cookie_of_this_machine_changes_what_is_sent(host, session, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    host.said = say({}, Set_Cookie="who=you")
    session.ask("GET", "/x")
    session.ask("GET", "/x")
    assert [one.headers["authorization"] for one in host.asked] == [f"Bearer {TOKEN}"] * 2
    assert "cookie" not in host.asked[1].headers


def test_what_a_host_says_of_a_refusal_is_repeated_without_secrets_and_control_characters(host, session):
    session.hide("jwt-canary")
    said = f"\x1b[31mno\x07 {TOKEN} jwt-canary\n" + "x" * 500
    host.said = say({"errors": [{"code": 7003, "message": said}]}, 400)
    with pytest.raises(HttpError) as problem:
        session.ask("GET", "/x")
    assert "canary" not in problem.value.why
    assert problem.value.why.isprintable()
    assert len(problem.value.why) < 300
    assert (problem.value.status, problem.value.code) == (400, 7003)


def test_a_request_that_must_not_happen_twice_is_repeated_only_if_nobody_heard_it(host, session, watch):
    host.fault(r"POST /x", "lost")
    with pytest.raises(HttpError) as problem:
        session.ask("POST", "/x", data={})
    assert (problem.value.perhaps, len(host.asked)) == (True, 1)
    host.fault(r"POST /x", said=say({}, 502))
    with pytest.raises(HttpError) as problem:
        session.ask("POST", "/x", data={})
    assert (problem.value.perhaps, len(host.asked)) == (True, 2)
    host.fault(r"POST /x", said=say({}, 429))
    assert session.ask("POST", "/x", data={}).data == {"fine": True}
    assert len(host.asked) == 4


def test_a_host_that_is_not_there_is_asked_a_few_times_and_has_surely_heard_nothing(host, watch):
    host.__exit__()
    session = Session(host.api, "The host", Token(TOKEN), watch.clock)
    with pytest.raises(HttpError, match="cannot be reached, 5 times in a row") as problem:
        session.ask("POST", "/x", data={})
    assert problem.value.perhaps is False
    assert watch.waits == [1, 3, 9, 27]


def test_an_answer_without_an_end_is_not_read_to_its_end(host, session, monkeypatch):
    monkeypatch.setattr(http, "MOST", 1000)
    host.said = Said(200, b"x" * 100_000)
    with pytest.raises(HttpError, match="sends more than an answer can be"):
        session.ask("GET", "/x")


def test_an_answer_that_drips_is_given_up(host, session, monkeypatch):
    monkeypatch.setattr(http, "WHOLE", -1.0)
    with pytest.raises(HttpError, match="did not answer in time"):
        session.ask("GET", "/x")


def test_a_host_that_does_not_prove_who_it_is_gets_no_token(tmp_path):
    import socket
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(context)
    got: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            plain, _ = server.accept()
            with plain:
                try:
                    with context.wrap_socket(plain, server_side=True) as line:
                        got.append(line.recv(1000))
                except OSError:
                    return

        serving = threading.Thread(target=serve, daemon=True)
        serving.start()
        session = Session(f"https://localhost:{server.getsockname()[1]}", "The host", Token(TOKEN), Watch().clock)
        with pytest.raises(HttpError, match="does not prove who it is"):
            session.ask("GET", "/x")
        session.close()
        serving.join(60)
    assert b"".join(got) == b""


# ------------------------------------------------------------ many at once


def nobody(sent: int, size: int, path: str) -> None:
    return


def test_every_job_is_done_once_and_several_at_a_time():
    done, most = [], threading.Event()
    running = [0]

    def send(job: int) -> None:
        running[0] += 1
        if running[0] > 1:
            most.set()
        most.wait(30)
        running[0] -= 1
        done.append(job)

    send_all(range(20), send, Tally(0, nobody))
    assert sorted(done) == list(range(20))
    assert most.is_set()


def test_one_failure_ends_all_of_it_and_is_told():
    begun = []

    def send(job: int) -> None:
        begun.append(job)
        if job == 3:
            raise ValueError("three")
        time.sleep(0.01)

    tally = Tally(0, nobody)
    with pytest.raises(ValueError, match="three"):
        send_all(range(500), send, tally)
    quiet()
    assert len(begun) < 100
    with pytest.raises(Stopped):
        tally.at("x", 1)


def test_ctrl_c_does_not_wait_for_what_is_under_way():
    stuck, ended = threading.Event(), threading.Event()

    def send(job: int) -> None:
        stuck.set()
        ended.wait(60)

    def interrupt(sent: int, size: int, path: str) -> None:
        raise KeyboardInterrupt

    def first(job: int) -> None:
        if job == 0:
            Tally(1, interrupt).at("x", 1)
        send(job)

    before = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        send_all(range(9), first, Tally(0, nobody))
    assert time.monotonic() - before < 30
    ended.set()
    quiet()


def test_an_empty_file_is_sent_as_one_that_is_empty(host, session, tmp_path):
    path = tmp_path / "empty"
    path.write_bytes(b"")
    session.ask("PUT", "/x", body=lambda: content(path.open("rb"), 0, Tally(0, nobody), "empty"))
    assert host.asked[0].headers["content-length"] == "0"
    assert "transfer-encoding" not in host.asked[0].headers


def test_a_file_is_closed_however_its_request_ends(host, session, tmp_path):
    path: Path = tmp_path / "file"
    path.write_bytes(b"x" * 100)
    opened: list[Any] = []

    def body(tally: Tally) -> Any:
        opened.append(path.open("rb"))
        return content(opened[-1], 100, tally, "file")

    host.fault("PUT /x", "cut")
    session.ask("PUT", "/x", body=lambda: body(Tally(100, nobody)))
    stopped = Tally(100, nobody)
    stopped.stopped.set()
    with pytest.raises(Stopped):
        session.ask("PUT", "/x", body=lambda: body(stopped))
    assert len(opened) == 3
    assert all(one.closed for one in opened)
