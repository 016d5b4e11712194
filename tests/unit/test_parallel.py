from __future__ import annotations

import os

import pytest

from linkhome import parallel
from linkhome.diagnostics import LinkhomeError, Span, error


def _square(number: int) -> bytes:
    return str(number * number).encode()


def test_results_come_in_order_from_workers_and_from_here() -> None:
    expected = [str(n * n).encode() for n in range(500)]
    assert parallel.each(_square, range(500), least=10) == expected
    assert parallel.each(_square, range(500), least=1000) == expected


def test_workers_see_the_callers_memory() -> None:
    here = {"text": "x" * 10}
    assert parallel.each(lambda n: here["text"].encode(), range(200), least=10) == [b"x" * 10] * 200


def test_a_mistake_travels_with_its_place() -> None:
    def fail(number: int) -> bytes:
        if number == 150:
            raise LinkhomeError(error("this is wrong", Span("posts/a.md", 3, 5, 2), "repair it"))
        return str(os.getpid()).encode()

    with pytest.raises(LinkhomeError) as caught:
        parallel.each(fail, range(300), least=10)
    assert caught.value.diagnostics == (error("this is wrong", Span("posts/a.md", 3, 5, 2), "repair it"),)


def test_a_worker_that_dies_costs_no_result() -> None:
    import signal

    caller = os.getpid()

    def die(number: int) -> bytes:
        if number == 101 and os.getpid() != caller:
            os.kill(os.getpid(), signal.SIGKILL)
        return _square(number)

    assert parallel.each(die, range(200), least=10) == [_square(n) for n in range(200)]


def test_large_results_arrive_whole() -> None:
    sizes = [number * 1000 for number in range(300)]
    assert [len(result) for result in parallel.each(lambda size: b"x" * size, sizes, least=10)] == sizes
