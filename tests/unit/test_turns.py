"""Politeness: one question at a time for each host, and a pause between two."""

from __future__ import annotations

import threading
import time

import pytest

from linkhome.embeds.turns import Turns, host_of


def test_one_host_is_asked_by_one_worker_at_a_time():
    turns = Turns(threading.Event())
    inside, most = [], []

    def work():
        with turns.at("https://example.org/a", 0.0):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.02)
            inside.pop()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1, 1, 1, 1]


def test_a_host_rests_between_two_questions_and_others_need_not_wait():
    turns = Turns(threading.Event())
    with turns.at("https://example.org/a", 0.15):
        pass
    assert 0 < turns.wait("example.org") <= 0.15
    assert turns.wait("example.net") == 0
    began = time.monotonic()
    with turns.at("https://EXAMPLE.org/b", 0.0):
        assert time.monotonic() - began >= 0.1
        assert turns.wait("example.org") >= 1  # busy: whoever looks for work takes another host


def test_whoever_waits_is_told_to_stop():
    stopping = threading.Event()
    turns = Turns(stopping)
    with turns.at("https://example.org/a", 60.0):
        pass
    threading.Timer(0.1, stopping.set).start()
    began = time.monotonic()
    with pytest.raises(InterruptedError), turns.at("https://example.org/b", 0.0):
        pass
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://Example.org:443/a", "example.org"), ("http://[::1]/", "::1"), ("nonsense", ""), ("http://[broken/", "")],
)
def test_the_host_of_an_address(url, host):
    assert host_of(url) == host
