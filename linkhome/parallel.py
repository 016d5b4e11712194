"""Do the same pure work for many items on all cores, or here when that is quicker.

Workers are forked, so that they see the caller's memory and nothing has to be sent to them; where a process
cannot be forked safely (macOS, Windows), the work is done here. A worker that dies costs time, never a result.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any

#: Starting workers costs about 10 ms; a text in Markdown about 0.5 ms, a page about 0.3 ms.
LEAST = 60
_HEAD = 5  # one byte for "done" or "failed", four for the length


def each(do: Callable[[Any], bytes], items: Sequence[Any], least: int = LEAST) -> list[bytes]:
    """Return ``do(item)`` for every item, in order; what ``do`` raises first is raised here."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    # A fork copies the thread that calls and the locks that all others hold at that moment.
    alone = threading.active_count() == 1
    if len(items) < least or cores < 2 or not alone or not sys.platform.startswith("linux"):
        return [do(item) for item in items]
    results: list[bytes | None] = [None] * len(items)
    _gather(do, items, cores, results)
    return [do(item) if result is None else result for item, result in zip(items, results, strict=True)]


def _gather(do: Callable[[Any], bytes], items: Sequence[Any], cores: int, results: list[bytes | None]) -> None:
    """Fork the workers, number ``n`` of them for every ``n``-th item, and collect what they write."""
    import gc
    import selectors
    import signal

    workers: dict[int, int] = {}
    gc.freeze()  # or each worker's first collection copies all pages of memory
    # A Ctrl-C between here and there must not be lost in a half-made worker.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        try:
            for number in range(cores):
                reader, writer = os.pipe()
                pid = os.fork()
                if not pid:
                    os.close(reader)
                    signal.signal(signal.SIGINT, signal.SIG_IGN)
                    _work(do, items[number::cores], writer)
                os.close(writer)
                workers[reader] = pid
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        places = {reader: iter(range(number, len(items), cores)) for number, reader in enumerate(workers)}
        pending = {reader: bytearray() for reader in workers}
        with selectors.DefaultSelector() as ready:
            for reader in workers:
                ready.register(reader, selectors.EVENT_READ)
            while ready.get_map():
                for key, _ in ready.select():
                    data = os.read(key.fd, 1 << 20)
                    if not data:
                        ready.unregister(key.fd)
                    pending[key.fd] += data
                    for result in _frames(pending[key.fd]):
                        results[next(places[key.fd])] = result
    except BaseException:
        for pid in workers.values():
            os.kill(pid, signal.SIGKILL)
        raise
    finally:
        gc.unfreeze()
        for reader, pid in workers.items():
            os.close(reader)
            os.waitpid(pid, 0)


def _frames(data: bytearray) -> list[bytes]:
    """Take the whole results out of what was read so far; raise the failure if one is among them."""
    found, at = [], 0
    while len(data) >= at + _HEAD:
        end = at + _HEAD + int.from_bytes(data[at + 1 : at + _HEAD], "big")
        if len(data) < end:
            break
        frame = bytes(data[at + _HEAD : end])
        if data[at]:
            import pickle

            raise pickle.loads(frame)  # noqa: S301  (written by our own worker, a moment ago)
        found.append(frame)
        at = end
    del data[:at]
    return found


def _work(do: Callable[[Any], bytes], items: Sequence[Any], writer: int) -> None:
    """Be a worker: write each result, or the first failure, and leave without any ceremony."""
    try:
        with os.fdopen(writer, "wb", 1 << 18) as out:
            for item in items:
                failed, result = b"\0", b""
                try:
                    result = do(item)
                except Exception as problem:
                    import pickle

                    failed, result = b"\1", pickle.dumps(problem)
                out.write(failed + len(result).to_bytes(4, "big") + result)
                if failed == b"\1":
                    break
    finally:
        os._exit(0)
