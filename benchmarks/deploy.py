#!/usr/bin/env python3
"""Deploy a site of 2,000 files and 500 MB to every kind of place, each a host on loopback, and cut the wire half-way.

    python benchmarks/deploy.py [--files 2000] [--megabytes 500] [--only github,ssh,…]

Each command is a process of its own on a terminal. The table tells for each place the seconds of `--plan` when nothing
is there yet (contents are read then, to be named as that host names them) and when the site is live; how long
the upload takes, and how often its bar moved; the peak of memory beside that of a site a hundredth of the size; and,
after a cut half-way and a second deploy, how many times the site went over the wire in all. Files are random bytes:
nothing gets smaller on its way. What is written is some gigabytes in a temporary folder (TMPDIR), gone at the end.
"""

from __future__ import annotations

import argparse
import logging
import os
import pty
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import yaml
from deploy.places import SECRETS, Spot, Tap, everywhere

LINKHOME = [sys.executable, "-m", "linkhome"]
NAMES = ("github", "codeberg", "netlify", "cloudflare", "ssh", "sftp", "ftps", "s3", "folder", "zip")
#: A plan is there in so many seconds.
MOST = 3.0
#: Of so many plans of a site that is live the quickest one counts: what else the machine does is not ours.
TRIES = 3
#: Contents go over this wire in base64.
LONGER = {"cloudflare": 4 / 3}
#: Starts a command and writes down the peak of its memory in KiB, children and all. A child of this large process would
#: begin with the peak of this one.
_MEASURED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[2:])
with open(sys.argv[1], "w") as file:
    file.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(code)
"""
_BAR = re.compile(rb"([\d.,]+)/[\d.,]+ [kMG]?B")


class Ran(NamedTuple):
    """What a command came to: its code, its seconds, the peak of memory in MiB, how often a bar moved, its words."""

    code: int
    seconds: float
    memory: float
    moves: int
    said: str


def run(folder: Path, *args: str) -> Ran:
    """Run linkhome in a site's folder, on a terminal of its own."""
    ours, theirs = pty.openpty()
    heard = bytearray()

    def listen() -> None:
        try:
            while piece := os.read(ours, 65_536):
                heard.extend(piece)
        except OSError:  # nobody is at the other end any more
            pass

    note = folder / "memory"
    surroundings = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", _MEASURED, note, *LINKHOME, *args],
        cwd=folder,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    ear = threading.Thread(target=listen, daemon=True)
    ear.start()
    process.wait()
    seconds = time.perf_counter() - began
    ear.join(10)
    os.close(ours)
    said = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", heard.decode(errors="replace")).replace("\r", "\n")
    return Ran(process.returncode, seconds, int(note.read_text()) / 1024, len(set(_BAR.findall(bytes(heard)))), said)


def write(folder: Path, spots: Mapping[str, Spot], files: int, size: int, seed: int) -> None:
    """Write a site with so many files of so many bytes, the same ones each time."""
    chance = random.Random(seed)
    for number in range(files):
        place = folder / "theme" / "static" / f"part-{number // 100:02}" / f"{number:04}.bin"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(chance.randbytes(size))
    entries = []
    for name, spot in spots.items():
        entry = {"target": name, "name": name, **spot.entry}
        entries.append({key: int(value) if key == "port" else value for key, value in entry.items()})
    config = {"url": "https://lina.example", "profile": {"name": "Lina"}, "offline": False}
    config |= {"brand": {"share": "none", "kit": False}, "deploy": entries}
    (folder / "linkhome.yaml").write_text(yaml.safe_dump(config))


def passed(spot: Spot) -> int:
    """Return how many bytes went to a host; those of FTP go beside the wire of its commands."""
    if spot.name == "ftps":
        return int(spot.host.taken)
    return spot.wire.number if spot.wire else 0


def cut(spot: Spot, after: int) -> None:
    """Let the wire break once so many bytes more have passed; 0 mends it."""
    if spot.name == "ftps":
        spot.host.well()
        spot.host.cuts = [after, *[1] * 1_000] if after else []
    elif spot.wire:
        spot.wire.most = spot.wire.number + after if after else 0
        spot.wire.dead = False


def measure(name: str, folder: Path, spot: Spot, size: int, beside: float) -> str:
    """Go all the way with one place; return its line of the table. ``beside`` is the memory of a small site."""
    first = run(folder, "deploy", "--plan", "--to", name)
    assert first.code == 0, first.said
    before, broken = passed(spot), None
    if spot.wire:
        cut(spot, int(size * LONGER.get(name, 1) / 2))
        broken = run(folder, "deploy", "--to", name)
        assert broken.code in (1, 2), broken.said
        assert "visitors" in broken.said, broken.said
        cut(spot, 0)
    whole = run(folder, "deploy", "--to", name)
    assert whole.code == 0, whole.said
    sent = (passed(spot) - before) / (size * LONGER.get(name, 1))
    again = min((run(folder, "deploy", "--plan", "--to", name) for _ in range(TRIES)), key=lambda ran: ran.seconds)
    assert again.code == 0, again.said
    peak = max(whole.memory, broken.memory if broken else 0.0)
    return (
        f"{name:11} {first.seconds:7.2f} {again.seconds:7.2f} {whole.seconds:8.1f} {whole.moves:6}"
        f" {beside:7.0f} {peak:7.0f} {peak / beside:6.2f}"
        + (f" {sent:9.2f}" if broken else f" {'':>9}")
        + ("  a plan takes too long" if again.seconds > MOST else "")
    )


def race(top: Path, names: list[str], files: int, megabytes: int) -> None:
    """Print the table."""
    size = megabytes * 1_000_000 // files
    Tap.keep = False
    logging.disable(logging.CRITICAL)  # of the host for FTP
    os.environ.update(SECRETS, HOME=str(top))
    small, large = top / "small", top / "large"
    with _opened(small, max(1, files // 100), size, 1) as (site, spots):
        run(site, "build")
        beside = {name: run(site, "deploy", "--to", name) for name in names}
    for ran in beside.values():
        assert ran.code == 0, ran.said
    with _opened(large, files, size, 2) as (site, spots):
        built = run(site, "build")
        assert built.code == 0, built.said
        print(f"{files:,} files, {megabytes:,} MB; built in {built.seconds:.1f} s with {built.memory:.0f} MiB\n")
        print(f"{'':11} {'plan, s':>15} {'upload':>8} {'bar':>6} {'memory, MiB':>15} {'':>6} {'cut:':>9}")
        print(
            f"{'place':11} {'first':>7} {'live':>7} {'s':>8} {'moves':>6} {'small':>7} {'large':>7} {'ratio':>6} {'over wire':>9}"
        )
        for name in names:
            print(measure(name, site, spots[name], megabytes * 1_000_000, beside[name].memory), flush=True)


@contextmanager
def _opened(top: Path, files: int, size: int, seed: int) -> Iterator[tuple[Path, Mapping[str, Spot]]]:
    """Open every place for a new site; give its folder, and the places."""
    site = top / "site"
    site.mkdir(parents=True)
    with everywhere(top, site) as spots:
        write(site, {name: spots[name] for name in NAMES}, files, size, seed)
        yield site, spots


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--megabytes", type=int, default=500)
    parser.add_argument("--only", default=",".join(NAMES))
    chosen = parser.parse_args()
    wanted = [name for name in NAMES if name in chosen.only.split(",")]
    with tempfile.TemporaryDirectory() as made:
        try:
            race(Path(made), wanted, chosen.files, chosen.megabytes)
        finally:
            shutil.rmtree(made, ignore_errors=True)
