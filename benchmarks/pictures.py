#!/usr/bin/env python3
"""Time the example with all of its pictures and fonts against the same site without them.

    python benchmarks/pictures.py [--runs N] [--theme NAME] [--linkhome PATH]

*cold* has no output and no cache, *one* has one word of the front page changed, *again* nothing. Builds run in turn,
each a fresh process; on a busy machine read the seconds of the processor (in brackets, of all cores together) and the
ratios of *one*. Asked for: cold in under 6 s on two cores, and *one* within 1.3 times the site without.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "example-site"
_PICTURED = re.compile(r" *(- )?(image|portrait|cover|logo|poster|gallery):")
MOST_COLD, MOST_WARM = 6.0, 1.3
KINDS = ("cold", "one", "again")


def with_pictures(folder: Path) -> Path:
    """Copy the example."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("public", ".cache"))
    return folder


def without_pictures(folder: Path) -> Path:
    """Copy the example, but for its pictures, and with the fonts that devices have."""
    with_pictures(folder)
    config = folder / "linkhome.yaml"
    text = re.sub(r"^  fonts: .*$", "  fonts: system", config.read_text("utf-8"), flags=re.MULTILINE)
    config.write_text("".join(_plain(text.splitlines(keepends=True))), "utf-8")
    for picture in (*folder.glob("media/*.webp"), *folder.glob("saved/*/*.webp")):
        picture.unlink()
    for text in (*folder.glob("posts/*.md"), *folder.glob("pages/*.md")):
        plain = re.sub(r"^image:.*\n(?:  .*\n)*", "", text.read_text("utf-8"), flags=re.MULTILINE)
        text.write_text(re.sub(r"!?\[([^\]]*)\]\([^)]*\.webp[^)]*\)", r"\1", plain), "utf-8")
    for copy in folder.glob("saved/*/*.json"):
        copy.write_text(re.sub(r'"[\w-]+\.webp"', '""', copy.read_text("utf-8")), "utf-8")
    return folder


def _plain(lines: list[str]) -> Iterator[str]:
    """Yield the lines without those of pictures; a block that is nothing else goes as a whole."""
    inside = -1
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        if line.strip() and inside >= 0 and indent <= inside:
            inside = -1
        if inside < 0 and _PICTURED.match(line):
            inside = indent
        if inside < 0:
            yield line


def timed(command: list[str], folder: Path) -> tuple[float, float]:
    """Run one build and return its seconds, and those of the processor."""
    os.sync()
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    took = time.perf_counter() - started
    if done.returncode:
        sys.exit(f"{' '.join(command)} in {folder} failed:\n{done.stderr[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def change(folder: Path, number: int) -> None:
    """Change one word of the front page: the number of a table."""
    config = folder / "linkhome.yaml"
    config.write_text(re.sub(r"Table \d+,", f"Table {10 + number},", config.read_text("utf-8"), count=1), "utf-8")


def _median(some: list[tuple[float, float]], which: int) -> float:
    return statistics.median(one[which] for one in some)


def main() -> None:
    """Parse the options, build in turn, and print a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--theme")
    options.add_argument("--linkhome", default=str(Path(sys.executable).parent / "linkhome"))
    given = options.parse_args()
    command = [given.linkhome, "build", *(["--theme", given.theme] if given.theme else [])]
    times: dict[str, dict[str, list[tuple[float, float]]]] = {}
    with tempfile.TemporaryDirectory() as top:
        found = {"with": with_pictures(Path(top) / "with"), "without": without_pictures(Path(top) / "without")}
        time.sleep(2.1)  # files that are younger than this are read again to be sure
        for turn in range(given.runs):
            for name, folder in found.items():
                for part in ("public", ".cache"):
                    shutil.rmtree(folder / part, ignore_errors=True)
                kept = times.setdefault(name, {kind: [] for kind in KINDS})
                kept["cold"].append(timed(command, folder))
                change(folder, turn + 1)
                kept["one"].append(timed(command, folder))
                kept["again"].append(timed(command, folder))
    middle = {name: {kind: _median(some, 0) for kind, some in kept.items()} for name, kept in times.items()}
    work = {name: {kind: _median(some, 1) for kind, some in kept.items()} for name, kept in times.items()}
    print(f"\n{given.theme or 'the theme of the example'}, {given.runs} runs, load {os.getloadavg()[0]:.1f}\n")
    print("| | cold s | one changed s | again s |\n|---|--:|--:|--:|")
    for name, label in (("with", "with pictures and fonts"), ("without", "without")):
        cells = [f"{middle[name][kind]:.2f} ({work[name][kind]:.2f})" for kind in KINDS]
        print(f"| {label} | {' | '.join(cells)} |")
    ratios = {kind: middle["with"][kind] / middle["without"][kind] for kind in KINDS}
    print(f"| ratio | {ratios['cold']:.1f} | {ratios['one']:.2f} | {ratios['again']:.2f} |")
    fine = middle["with"]["cold"] < MOST_COLD and ratios["one"] <= MOST_WARM
    print(f"\n{'Fine' if fine else 'Too slow'}: cold under {MOST_COLD:.0f} s, one changed within {MOST_WARM} times.")


if __name__ == "__main__":
    main()
