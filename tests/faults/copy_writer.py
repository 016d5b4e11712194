"""Write saved copies in a process of its own, so that it may be killed, starved or doubled.

Runs with a bare interpreter (no site-packages but those named), so that a sweep of many starts is quick:

    python -E -S copy_writer.py IMPORT_PATHS COMMAND FOLDER [ARGUMENTS]
"""

from __future__ import annotations

import os
import sys

if __name__ == "__main__":
    sys.path[:0] = sys.argv[1].split(os.pathsep)

import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image

from linkhome.embeds import keep, picture, saved
from linkhome.embeds.record import DamagedError, Good, Record

#: One copy that is there, one that is damaged, one whose folder is not there yet.
CHANGED = "https://www.youtube.com/watch?v=aaaaaaaaaaa"
DAMAGED = "https://www.youtube.com/watch?v=bbbbbbbbbbb"
FRESH = "https://lina.example/notes/ink"
BROKEN = b'{"good": {"title": "cut o'


def drawn(name: str) -> bytes:
    """Return the bytes of a small picture, another one for each name."""
    out = BytesIO()
    base = Image.linear_gradient("L").resize((100, 80)).convert("RGB")
    base.paste((ord(name[0]) * 3 % 256, 40, 90), (10, 10, 60, 50))
    base.save(out, "PNG")
    return out.getvalue()


def record(name: str, folder: Path, address: str) -> Record:
    """Keep a picture and return the copy that names it; what is fresh has none."""
    if address == FRESH:
        return Record(url=address, good=Good(title=name, text=name * 500))
    image = picture.kept(drawn(name), saved.place(folder, address).parent, name)
    return Record(url=address, good=Good(title=name, text=name * 500, image=image))


def before(folder: Path) -> None:
    """Make what is there before the writer comes."""
    keep.write(folder, CHANGED, record("A", folder, CHANGED))
    saved.place(folder, DAMAGED).write_bytes(BROKEN)


def warm(folder: Path) -> None:
    """Do all of it once elsewhere: the writer's own late imports need no sweep."""
    other = folder.parent / "warm"
    shutil.rmtree(other, ignore_errors=True)
    before(other)
    write(other)


def one(folder: Path) -> None:
    warm(folder)
    os.getppid()  # the mark in the trace: from here on it is ours
    write(folder)


def write(folder: Path) -> None:
    """Write all three copies, as a refresh does."""
    for address in (CHANGED, DAMAGED, FRESH):
        keep.write(folder, address, record("B", folder, address))


def limited(folder: Path, size: str) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))
    write(folder)


def turns(folder: Path, count: str) -> None:
    """Write A and B in turn, over and over."""
    for turn in range(int(count)):
        keep.write(folder, CHANGED, record("AB"[turn % 2], folder, CHANGED))


def states(folder: Path) -> str:
    """Return for each copy whether it is "old" or "new", after seeing that it and its pictures are whole."""
    found = []
    for address in (CHANGED, DAMAGED, FRESH):
        try:
            held = keep.load(folder, address)
        except DamagedError:
            assert saved.place(folder, address).read_bytes() == BROKEN
            found.append("old")
            continue
        if held is None:
            found.append("old")
            continue
        assert held.good and held.good.title and held.good.text == held.good.title * 500
        copy, problems = saved.read(folder, address)
        assert copy and problems == []
        assert copy.kept or address == FRESH
        for path in (copy.kept.fallback, *(path for _, path in copy.kept.sizes)) if copy.kept else ():
            Image.open(BytesIO(path.read_bytes())).load()
        found.append("old" if held.good.title == "A" else "new")
    if found[1] == "new":
        beside = [path.read_bytes() for path in saved.place(folder, DAMAGED).parent.glob("*.damaged-*")]
        assert beside == [BROKEN]
    return " ".join(found)


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*/.linkhome-*")]


def main(command: str, folder: str, *rest: str) -> int:
    try:
        {"one": one, "limited": limited, "turns": turns}[command](Path(folder), *rest)
    except OSError as problem:
        print(problem.strerror, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    code = main(*sys.argv[2:])
    sys.stdout.flush()
    os._exit(code)  # the interpreter's own end is not under test
