"""Renew the copies of a whole site: four hosts at a time, within a deadline, safe to interrupt at any moment."""

from __future__ import annotations

import threading
import time
import warnings
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from ..platforms import asking, recognise
from . import keep
from .fetch import Client
from .inquire import Inquirer
from .renewal import Renewed, renew
from .state import Entry, State
from .turns import Turns, host_of
from .wanted import Wanted

#: How many hosts are asked at the same time.
HOSTS = 4
#: Seconds for the whole run; what was not tried by then is first in the next one.
SECONDS = 120.0
#: Whoever reaches nobody at so many hosts is probably offline, and need not be patient with the others.
OFFLINE = 4

#: Hears after each address how many are done, and which one it was.
Tell = Callable[[int, str], None]


class Row(NamedTuple):
    """Say what a run did for one address; ``renewed`` is None when its turn did not come."""

    want: Wanted
    key: str
    renewed: Renewed | None


class Report(NamedTuple):
    """Hold what a run did, in the order of the page; ``offline`` when there seems to be no connection at all."""

    rows: tuple[Row, ...]
    offline: bool = False


def refresh(
    wants: Sequence[Wanted],
    folder: Path,
    client: Client,
    known: State,
    *,
    accept: Collection[str] = (),
    tell: Tell | None = None,
    seconds: float = SECONDS,
    now: float | None = None,
) -> Report:
    """Renew the copies of ``wants`` in ``folder``, and write what came of each into ``known``.

    Returns within ``seconds`` and the few more that a fetch needs to be stopped. ``accept`` names the keys whose
    new answer is taken even if it looks worse.

    Raises:
        OSError: a copy cannot be written; all others are whole.
        KeyboardInterrupt: somebody pressed Ctrl-C; what was fetched until then is kept.
    """
    run = _Run(wants, folder, client, known, set(accept), time.time() if now is None else now)
    threads = [threading.Thread(target=run.work, daemon=True) for _ in range(min(HOSTS, len(wants)))]
    end = time.monotonic() + seconds
    with warnings.catch_warnings():  # of libraries, about strangers' pictures: nobody can do anything about them
        warnings.simplefilter("ignore")
        for thread in threads:
            thread.start()
        try:
            told = 0
            while any(thread.is_alive() for thread in threads):
                run.news.wait(0.1)
                run.news.clear()
                if tell and len(run.done) > told:
                    told = len(run.done)
                    tell(told, run.latest)
                if time.monotonic() > end or run.broken:
                    break
        finally:
            run.stopping.set()
            client.stop()
            for thread in threads:
                thread.join(5)
            run.settle()
    if run.broken:
        raise run.broken
    return run.report()


class _Run:
    """Hold what the workers of one run share."""

    def __init__(
        self, wants: Sequence[Wanted], folder: Path, client: Client, known: State, accept: set[str], now: float
    ) -> None:
        self.wants = wants
        self.folder = folder
        self.known = known
        self.accept = accept
        self.now = now
        self.today = datetime.fromtimestamp(now, UTC).date().isoformat()
        self.stopping = threading.Event()
        self.news = threading.Event()
        self.turns = Turns(self.stopping)
        self.inquirer = Inquirer(client, self.turns, self.stopping)
        self.done: dict[str, Renewed] = {}
        self.latest = ""
        self.broken: BaseException | None = None
        self._lock = threading.Lock()
        self._waiting = [(first_host(want), want) for want in wants]
        self._reached = False
        self._unreached: set[str] = set()

    def work(self) -> None:
        """Take one address after the other until there are no more, or everything is to stop."""
        try:
            while not self.stopping.is_set() and (want := self._next()):
                key = keep.key(want.address)
                entry = self.known.entries.get(key, Entry())
                renewed = renew(
                    want, self.folder, self.inquirer, entry, self.now, self.today, accept=key in self.accept
                )
                self._finish(want, key, renewed)
        except InterruptedError:
            return
        except BaseException as problem:  # told by the main thread, whose business it is
            self.broken = problem
        finally:
            self.news.set()

    def settle(self) -> None:
        """Write what came of each address. Silence counts against one only when somebody else could be reached."""
        for key, renewed in list(self.done.items()):
            if renewed.asked and (self._reached or not renewed.offline):
                self.known.entries[key] = renewed.entry

    def report(self) -> Report:
        """Return what was done, in the order of the page."""
        keys = [keep.key(want.address) for want in self.wants]
        rows = tuple(Row(want, key, self.done.get(key)) for want, key in zip(self.wants, keys, strict=True))
        return Report(rows, bool(self._unreached) and not self._reached)

    def _next(self) -> Wanted | None:
        """Return the address whose host has rested longest, so that no worker waits while another could be asked."""
        with self._lock:
            if not self._waiting:
                return None
            best = min(range(len(self._waiting)), key=lambda n: (self.turns.wait(self._waiting[n][0]), n))
            return self._waiting.pop(best)[1]

    def _finish(self, want: Wanted, key: str, renewed: Renewed) -> None:
        with self._lock:
            self.done[key] = renewed
            self.latest = recognise(want.address).name or host_of(want.address)
            if renewed.offline:
                self._unreached.add(first_host(want))
            elif renewed.asked:
                self._reached = True
            self.inquirer.in_a_hurry = not self._reached and len(self._unreached) >= OFFLINE
        self.news.set()


def first_host(want: Wanted) -> str:
    """Return the host that will be asked first about an address."""
    asks = asking.newest(want.address) if want.many else asking.single(want.address)
    return host_of(asks[0].url) if asks else ""
