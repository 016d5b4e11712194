#!/usr/bin/env python3
"""Keep linkhome's preview busy: fifty open tabs, ten thousand saves, and a look at its memory every so often.

    python benchmarks/soak.py [--saves 10000] [--tabs 50] [--posts 50] [--minutes 5]

Saves come in bursts, as short after one another as chance will have it: words of two pages, a title in linkhome.yaml, the
creator's styles, and now and then a file that cannot be read at all, repaired by the next save. After each burst every tab
that shows the page must show its last save, or it counts as *lost*. At the end Ctrl-C is pressed. It fails when
something was lost, when memory, threads or open files grew, or when anything was left behind.
"""

from __future__ import annotations

import argparse
import random
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from painted import Browser
from previews import Place, made, mark, ours
from served import Server

BURST = 10
LOOKS = 20
#: So long a tab may take to show the last save of a burst.
LOST = 20.0
#: How far the last quarter of the run may lie above the one before it. In the first half caches fill up to their bounds.
GROWTH = 1.05
#: Every so many bursts one begins with a file that is no YAML.
BROKEN = 25


class Look(NamedTuple):
    """Say how the preview was after so many saves: MiB of its own, threads, open files, and MiB of the whole browser."""

    saves: int
    memory: float
    threads: int
    files: int
    browser: float


def look(saves: int, server: Server, browser: Browser) -> Look:
    """Look at the processes (Linux)."""
    mine = server.processes()
    threads = sum(len(list((one / "task").iterdir())) for one in mine)
    files = sum(len(list((one / "fd").iterdir())) for one in mine)
    return Look(saves, sum(_own(one) for one in mine), threads, files, sum(_own(one) for one in _below(browser.pid)))


def _own(process: Path) -> float:
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:  # it has just ended
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _below(pid: int) -> list[Path]:
    parents = {}
    for one in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(one.name)] = int((one / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = [pid]
    for known_one in found:  # it grows while we go through it
        found += [child for child, parent in parents.items() if parent == known_one]
    return [Path("/proc") / str(one) for one in found]


class Soak:
    """Hold the tabs of one browser, each on one of three pages, and what each page ought to show."""

    def __init__(self, server: Server, places: dict[str, Place], browser: Browser, tabs: int) -> None:
        self.server = server
        self.places = places
        self.browser = browser
        pages = sorted({place.page for place in places.values()})
        self.tabs = {f"tab {n}": pages[n % len(pages)] for n in range(tabs)}
        self.number = 0
        self.saves = 0
        self.lost = 0
        self.times: list[int] = []
        for tab, page in self.tabs.items():
            browser.open(tab, server.url(page))

    def burst(self, most: int, broken: bool) -> None:
        """Save a file several times, then see that every tab with its page shows the last one."""
        kind = "link" if broken else random.choice(sorted(self.places))
        place = self.places[kind]
        text = place.file.read_text("utf-8")
        if broken:
            place.file.write_text(text + "\n  ][ no: yaml", "utf-8")
            self.saves += 1
            time.sleep(0.1)
        value = ""
        began = 0
        for _ in range(most):
            self.number += 1
            text, value = mark(text, kind, self.number)
            time.sleep(random.uniform(0, 0.015))
            began = time.time_ns() // 1_000_000
            place.file.write_text(text, "utf-8")
            self.saves += 1
        for tab in [tab for tab, page in self.tabs.items() if page == place.page]:
            painted = self.browser.painted(tab, "style" if kind == "style" else "text", value, LOST)
            if painted is None:
                self.lost += 1
                print(f"{tab} at {place.page} never showed {value}", file=sys.stderr)
                self.browser.open(tab, self.server.url(place.page))
            else:
                self.times.append(painted - began)


def verdict(looks: list[Look], soak: Soak, ended: float, code: int | None, left: set[Path]) -> list[str]:
    """Return what is wrong, in words."""
    wrong = [f"{soak.lost} saves were not shown"] if soak.lost else []
    quarter = max(1, len(looks) // 4)
    for name in ("memory", "threads", "files"):
        early = statistics.median(getattr(one, name) for one in looks[-2 * quarter : -quarter] or looks)
        late = statistics.median(getattr(one, name) for one in looks[-quarter:])
        if late > max(early * GROWTH, early + 2):
            wrong.append(f"{name} grew from {early:.0f} to {late:.0f}")
    if ended > 5:
        wrong.append("it did not end at Ctrl-C")
    elif code not in (0, 130):
        wrong.append(f"it ended with {code}")
    if left:
        wrong.append(f"it left {', '.join(sorted(map(str, left)))}")
    return wrong


def main() -> None:
    """Parse the options, soak, and tell."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--saves", type=int, default=10_000)
    options.add_argument("--tabs", type=int, default=50)
    options.add_argument("--posts", type=int, default=50)
    options.add_argument(
        "--minutes", type=float, default=5.0, help="it ends after so many, however many saves there were"
    )
    options.add_argument("--linkhome", help="another linkhome than the one beside this Python")
    given = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that whatever was started is ended
    preview = ours(given.linkhome)
    looks: list[Look] = []
    with tempfile.TemporaryDirectory() as top, Browser() as browser:
        folder = Path(top) / "site"
        places = preview.write(made(given.posts), folder)
        places["page"] = Place(folder / "pages/about.md", "/about/")
        before = set(folder.rglob("*"))
        with Server(preview.name, preview.command, folder) as server:
            soak = Soak(server, places, browser, given.tabs)
            until = time.monotonic() + given.minutes * 60
            bursts = 0
            print("| saves | MiB | threads | open files | browser MiB |\n|--:|--:|--:|--:|--:|", flush=True)
            while soak.saves < given.saves and time.monotonic() < until:
                if soak.saves >= len(looks) * given.saves / LOOKS:
                    server.rest()
                    looks.append(look(soak.saves, server, browser))
                    print("| {} | {:.1f} | {} | {} | {:.0f} |".format(*looks[-1]), flush=True)
                bursts += 1
                soak.burst(min(BURST, given.saves - soak.saves), bursts % BROKEN == 0)
            server.rest()
            looks.append(look(soak.saves, server, browser))
            print("| {} | {:.1f} | {} | {} | {:.0f} |".format(*looks[-1]))
            ended = server.end(signal.SIGINT)
            code = server.process.returncode
        left = {file for file in set(folder.rglob("*")) - before if ".cache" not in file.relative_to(folder).parts}
        print(
            f"\n{soak.saves:,} saves, {given.tabs} tabs; ended in {ended:.2f} s with {code}; from the last save of a burst to"
        )
        print(f"the change in every tab: median {statistics.median(soak.times):.0f} ms, most {max(soak.times)} ms")
        wrong = verdict(looks, soak, ended, code, left)
    if wrong:
        sys.exit(f"wrong: {'; '.join(wrong)}")
    print("Nothing was lost, nothing grew, nothing is left.")


if __name__ == "__main__":
    main()
