from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

import pytest
from at_the_door import PATIENCE, House, ends, house_at, until

from linkhome.preview.events import MOST, Streams

ONE, TWO = {"index.html": "one", "a/index.html": "a"}, {"index.html": "two", "a/index.html": "a"}


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house_at(tmp_path_factory.mktemp("site")) as opened:
        opened.show(ONE)
        yield opened


def mark(house: House, page: str = "index.html") -> str:
    return house.stage.shown.files[page].sha256[:16]


def test_a_stream_begins_with_how_things_stand_and_how_to_come_back(house):
    with house.stream(f"?page=index.html&have={mark(house)}&page=gone.html&have=1") as stream:
        assert stream.head.startswith("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream")
        assert "content-length" not in stream.head.lower()
        assert stream.fields() == {"retry": "500"}
        first = stream.fields()
        assert first["id"] == f"{house.stage.run}-1"
        assert '"index.html":{"kind":"same"' in first["data"]
        assert '"gone.html":{"kind":"gone"}' in first["data"]


def test_every_change_is_told_once_and_what_the_browser_has_is_remembered(house):
    with house.stream(f"?page=index.html&have={mark(house)}") as stream:
        assert stream.event()["changes"]["index.html"]["kind"] == "same"
        house.show(TWO)
        assert stream.event()["changes"]["index.html"] == {"kind": "reload", "have": mark(house)}
        house.show(TWO, broken=True)
        last = stream.event()
        assert (last["number"], last["broken"], last["changes"]["index.html"]["kind"]) == (3, True, "same")


def test_a_browser_that_comes_back_with_an_old_page_hears_so_at_once(house):
    with house.stream("?page=index.html&have=0123456789abcdef") as stream:
        assert stream.event()["changes"]["index.html"]["kind"] == "reload"


def test_pages_are_known_as_open_for_just_as_long_as_they_are(house):
    with house.stream("?page=index.html&have=1&page=a/index.html&have=2") as stream:
        stream.event()
        assert house.stage.open_pages() == {"index.html", "a/index.html"}
    until(lambda: not house.stage.open_pages(), "the end of the watch")


def test_no_change_is_lost_however_fast_they_come(house):
    with house.stream("?page=index.html&have=1") as stream:
        for number in range(300):
            house.show({"index.html": f"text {number}"})
        numbers = []
        while not numbers or numbers[-1] < 301:
            numbers.append(stream.event()["number"])
    assert numbers == sorted(set(numbers))


def test_a_stream_that_opens_while_things_change_misses_nothing(house):
    stop = threading.Event()

    def change() -> None:
        while not stop.wait(0.001):
            house.show(ONE)

    changing = threading.Thread(target=change)
    changing.start()
    with contextlib.ExitStack() as opened:
        streams = [opened.enter_context(house.stream("?page=index.html&have=1")) for _ in range(30)]
        stop.set()
        changing.join()
        last = house.stage.shown.number
        for stream in streams:
            while stream.event()["number"] < last:
                continue


def test_a_hundred_streams_are_told_and_one_more_is_sent_away(house):
    with contextlib.ExitStack() as opened:
        streams = [opened.enter_context(house.stream("?page=index.html&have=1")) for _ in range(MOST)]
        for stream in streams:
            stream.event()
        with house.stream() as refused:
            assert "503" in refused.head
            assert "Retry-After" in refused.head
        house.show(TWO)
        assert [stream.event()["number"] for stream in streams] == [2] * MOST
        assert house.ask("/").status == 200
    until(lambda: not house.stage.open_pages(), "the end of the watch")


def test_streams_that_went_away_leave_room(house):
    for _ in range(3 * MOST):
        with house.stream("?page=index.html&have=1") as stream:
            stream.event()
    until(lambda: not house.stage.open_pages(), "the end of the watch")


def test_who_does_not_listen_delays_nobody_and_gets_his_message_whole(house):
    house.telling.more = "long " * 2_000_000
    with house.stream("?page=index.html&have=1", receive=4096) as deaf:
        with house.stream("?page=a/index.html&have=1") as lively:
            assert lively.event()["number"] == 1
            house.show(TWO)
            assert lively.event()["number"] == 2
            assert house.server.told(PATIENCE)
        assert deaf.event()["more"] == house.telling.more
        with pytest.raises(EOFError):  # he comes back, and hears then what he missed
            deaf.event()


def test_to_know_when_all_were_told(house):
    assert house.server.told(0)
    with house.stream("?page=index.html&have=1") as stream:
        stream.event()
        house.show(TWO)
        assert house.server.told(PATIENCE)
        stream.link.setblocking(False)
        assert b'"number":2' in stream.file.peek()


def test_a_mistake_in_a_comparison_ends_that_stream_and_no_other_thing(house):
    with house.stream("?page=index.html&have=1") as stream:
        stream.event()
        house.telling.fails = True
        house.show(TWO)
        with pytest.raises(EOFError):
            stream.event()
    house.telling.fails = False
    house.show(TWO)
    with house.stream("?page=index.html&have=1") as stream:
        assert stream.event()["number"] == 3


def test_the_end_ends_streams_at_once(house):
    with house.stream("?page=index.html&have=1") as stream:
        stream.event()
        began = time.monotonic()
        house.server.close()
        assert stream.fields() == {}
        assert time.monotonic() - began < 10  # and not when the next sign of life is due


def test_a_stream_says_now_and_then_that_it_lives(house, monkeypatch):
    lively, usual = Streams(house.stage, house.telling, ping=0.05), house.server._streams
    monkeypatch.setattr(house.server, "_streams", lively)
    lively.start()
    with house.stream("?page=index.html&have=1") as stream:
        stream.event()
        assert [stream.fields(), stream.fields()] == [{"": ""}, {"": ""}]
    house.server.close()
    usual.join(10)


def test_only_the_head_of_a_stream_may_be_asked_for(house):
    with house.dial() as link:
        link.sendall(house.request("/.linkhome/events", "HEAD", Connection="close"))
        said = b"".join(iter(lambda: link.recv(4096), b""))
    assert b"text/event-stream" in said
    assert said.endswith(b"\r\n\r\n")


def test_a_page_asked_for_twice_is_told_of_once(house):
    many = "".join(f"&page=p{number}&have=1" for number in range(100))
    with house.stream(f"?page=index.html&have=1&page=index.html&have=2{many}") as stream:
        changes = stream.event()["changes"]
    assert len(changes) == 59  # sixty are listened to, and one of them came twice
    assert changes["index.html"]["kind"] == "reload"


def test_a_browser_that_talks_into_its_stream_is_not_listened_to_for_ever(house):
    with house.stream("?page=index.html&have=1") as stream:
        stream.event()
        with contextlib.suppress(ConnectionError):
            for _ in range(40):
                stream.link.sendall(bytes(4096))
        assert ends(stream.link)
