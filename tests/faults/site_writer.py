"""Write the small sites A and B in a process of its own, so that it may be killed, stopped or starved.

Runs with a bare interpreter (no site-packages but those named), so that a sweep of hundreds of starts is quick:

    python -E -S site_writer.py IMPORT_PATHS COMMAND PUBLIC SOURCES [ARGUMENTS]
"""

from __future__ import annotations

import os
import sys

if __name__ == "__main__":
    sys.path[:0] = sys.argv[1].split(os.pathsep)

from collections.abc import Callable
from pathlib import Path

from linkhome import output
from linkhome.diagnostics import LinkhomeError
from linkhome.output import Artifact, Snapshot, Stamp, seal, write

CLIP = b"moving pictures " * 200  # copied from a file, in A and B a different one
SHARED = b"<svg>the same in both</svg>" * 10


def snapshot(name: str, sources: Path) -> Snapshot:
    """Return site A or B: one file the same, one copied, one only here, the others different."""
    clip = sources / f"{name}.mp4"
    content = CLIP + name.encode()
    if not clip.exists():
        clip.write_bytes(content)
    copied = Artifact.of(content)
    files = {
        "index.html": Artifact.of(f"<h1>Home {name}</h1>".encode() * 20),
        "posts/one/index.html": Artifact.of(f"<h1>One {name}</h1>".encode() * 9),
        "media/logo.svg": Artifact.of(SHARED),
        "media/clip.mp4": Artifact.copy(clip, copied.sha256, copied.size),
        f"only-in-{name}/index.html": Artifact.of(b"here"),
    }
    return Snapshot(files | {"build.json": seal(files)})


def content(name: str, sources: Path) -> dict[str, bytes]:
    """Return what has to lie in the folder when it is all of A or all of B; folders end in a slash."""
    files = snapshot(name, sources).files
    found = {path: a.data if a.data is not None else CLIP + name.encode() for path, a in files.items()}
    return found | {"media/": b"", "posts/": b"", "posts/one/": b"", f"only-in-{name}/": b""}


def tree(public: Path) -> dict[str, bytes]:
    """Return what lies in the folder."""
    found = {}
    for path in sorted(public.rglob("*")):
        name = path.relative_to(public).as_posix()
        found[name if path.is_file() else f"{name}/"] = path.read_bytes() if path.is_file() else b""
    return found


def which(public: Path, sources: Path) -> str:
    """Return "A" or "B"; anything else in the folder is told as it is."""
    found = tree(public) if public.exists() else None
    for name in "AB":
        if found == content(name, sources):
            return name
    return f"neither A nor B: {found and sorted(found)}"


def leftovers(public: Path) -> list[str]:
    """Return what a build left beside the folder."""
    return sorted(p.name for p in public.parent.iterdir() if p.name.startswith(f".{public.name}.linkhome-"))


def one(public: Path, sources: Path, name: str) -> None:
    import ctypes  # noqa: F401 (the writer's own late imports, so that the sweep need not go through them)
    import fcntl  # noqa: F401

    site = snapshot(name, sources)
    os.getppid()  # the mark in the trace: from here on it is ours
    write(site, public)


def limited(public: Path, sources: Path, name: str, size: str) -> None:
    import resource

    site = snapshot(name, sources)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))
    write(site, public)


def many(public: Path, sources: Path) -> None:
    """Write a site of so many files that the disk is flushed as a whole."""
    files = {f"{number}.html": Artifact.of(b"new") for number in range(50)}
    write(Snapshot(files | {"build.json": seal(files)}), public)


def lost(public: Path, sources: Path) -> None:
    """Write B where folders cannot be swapped in one step, and die between the two renames."""
    from linkhome import exchange

    rename = os.rename

    def last(source: str, target: str) -> None:
        rename(source, target)
        os._exit(9)

    exchange._at_once = lambda new, place: False
    os.rename = last  # type: ignore[assignment]
    write(snapshot("B", sources), public)


def turns(public: Path, sources: Path, count: str) -> None:
    """Write A and B in turn; a negative count never ends."""
    sites = [snapshot(name, sources) for name in "BA"]
    known: dict[str, Stamp] = {}
    turn = 0
    while turn != int(count):
        known = write(sites[turn % 2], public, known).stamps
        turn += 1


def kills(public: Path, sources: Path, count: str, seed: str) -> None:
    """Kill a writing child ``count`` times at random moments; print how often A, B and leftovers were found."""
    import random
    import signal
    import time

    chance = random.Random(int(seed))
    write(snapshot("A", sources), public)
    start = time.perf_counter()
    turns(public, sources, "10")
    span = (time.perf_counter() - start) / 10
    seen = {"A": 0, "B": 0, "leftovers": 0}
    for _ in range(int(count)):
        child = os.fork()
        if child == 0:
            turns(public, sources, "-1")
        time.sleep(chance.uniform(0, 4 * span))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        seen[which(public, sources)] += 1  # anything but A and B is a KeyError that says what it is
        seen["leftovers"] += bool(leftovers(public))
    print(seen["A"], seen["B"], seen["leftovers"])


def main(command: str, public: str, sources: str, *rest: str) -> int:
    output.WAIT = 60.0  # a machine under load is no fault of the writer
    commands: dict[str, Callable[..., None]] = {
        "one": one,
        "limited": limited,
        "lost": lost,
        "many": many,
        "turns": turns,
        "kills": kills,
    }
    try:
        commands[command](Path(public), Path(sources), *rest)
    except LinkhomeError as exc:
        for diagnostic in exc.diagnostics:
            print(diagnostic.message, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    code = main(*sys.argv[2:])
    sys.stdout.flush()
    os._exit(code)  # the interpreter's own end is not under test
