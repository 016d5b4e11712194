"""Visitors read while the site changes, again and again: where a place is said to be atomic they never see a mixture."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from site_folder import REPOSITORY

from linkhome.deploy import table
from linkhome.deploy.engine import deploy_to
from linkhome.deploy.entries import Wanted
from linkhome.deploy.outcome import End

from .desks import desk, frozen, place
from .file_hosts import PATIENCE
from .places import Spot, at_home_everywhere

#: Places that visitors see change, and whose targets say that they change in one step.
ATOMIC = ("github", "codeberg", "netlify", "cloudflare", "ssh", "folder", "zip", "html")
#: What is read, in this order, again and again: whoever has seen the new one never sees the old one after that.
PATHS = ("index.html", "a/index.html", "media/a.txt", "media/b.txt")
READERS, DEPLOYS, READS = 3, 2, 2 * len(PATHS)


@pytest.fixture(scope="module")
def spots(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Spot]]:
    with at_home_everywhere(tmp_path_factory.mktemp("torn")) as made:
        yield made


def wanted(spot: Spot) -> Wanted:
    entry = dict(spot.entry)
    loaded = table.load(entry.pop("target", spot.name))
    return place(loaded.make, entry, entry.pop("url", ""), name=spot.name)


def version(number: int) -> dict[str, bytes]:
    return dict.fromkeys(PATHS, b"<!doctype html><title>%d</title><p>%s" % (number, b"%d " % number * 9000))


class Readers:
    """Be visitors. ``bad`` is what no version of the site holds, and what was older than what was seen before."""

    def __init__(self, spot: Spot, paths: tuple[str, ...]) -> None:
        self._spot, self._paths = spot, paths
        self._over = threading.Event()
        self.reads = [0] * READERS
        self.bad: list[str] = []
        self.seen: list[tuple[int, list[bytes]]] = []
        self._threads = [threading.Thread(target=self._read, args=(number,)) for number in range(READERS)]

    def __enter__(self) -> Readers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def wait(self) -> None:
        """Wait until each has read some more."""
        until, before = time.monotonic() + PATIENCE, list(self.reads)
        while any(now < was + READS for now, was in zip(self.reads, before, strict=True)):
            assert time.monotonic() < until, self.reads
            time.sleep(0.01)

    def _read(self, number: int) -> None:
        seen: list[bytes] = []
        self.seen.append((number, seen))
        while not self._over.is_set():
            for path in self._paths:
                try:
                    seen.append(self._spot.get(path))
                except Exception as problem:  # whatever it is, a visitor got no page
                    self.bad.append(repr(problem))
                self.reads[number] += 1
                time.sleep(0.005)  # whoever deploys wants to get on, too


@pytest.mark.parametrize("name", ATOMIC)
def test_whoever_reads_while_it_changes_sees_one_whole_site_and_never_goes_back(
    spots: Mapping[str, Spot], name: str, tmp_path: Path
) -> None:
    spot, here = spots[name], wanted(spots[name])
    alone = f"lina.{name}" if name in ("zip", "html") else ""
    assert here.about.atomic

    def deploy(number: int) -> list[bytes]:
        outcome = deploy_to(here, frozen(tmp_path, version(number)), desk(tmp_path, here))
        assert outcome.end is End.LIVE, outcome
        return [spot.get(alone)] if alone else list(version(number).values())

    whole = dict.fromkeys(deploy(0), 0)
    with Readers(spot, (alone,) if alone else PATHS) as readers:
        for number in range(1, DEPLOYS + 1):
            readers.wait()
            whole |= dict.fromkeys(deploy(number), number)
        readers.wait()
    assert readers.bad == []
    for _, seen in readers.seen:
        numbers = [whole.get(data, data[:60]) for data in seen]
        assert all(type(one) is int for one in numbers), [one for one in numbers if type(one) is not int]
        assert numbers == sorted(numbers)  # type: ignore[type-var]
        assert numbers[0] == 0
        assert numbers[-1] == DEPLOYS


def test_the_docs_say_which_places_show_a_mixture_while_a_site_is_sent() -> None:
    rows = re.findall(r"^\| `([a-z0-9-]+)` \|.*\| (.*?) \| .*\|$", _table(), re.MULTILINE)
    said = dict(rows)
    assert set(said) == set(table.TARGETS)
    abouts: dict[str, Any] = {name: table.load(name).about for name in table.TARGETS}
    assert {name for name, words in said.items() if words == "never"} == {n for n, a in abouts.items() if a.atomic}
    assert {*ATOMIC, "github-actions", "netlify-build"} - {"zip", "html"} == {n for n, a in abouts.items() if a.atomic}


def _table() -> str:
    text = (REPOSITORY / "docs" / "deploy.md").read_text("utf-8")
    return text.partition("## Where it goes")[2].partition("\n## ")[0]
