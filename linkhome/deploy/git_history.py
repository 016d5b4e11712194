"""Tell which files of a branch linkhome put there, and which are somebody else's.

Every commit of ours says which build it is and which files it kept for others. What was added or changed after the last
of ours, and what was there before the first, is foreign.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .git_process import HOST, TRANSFER, Git

#: Lines at the end of a commit message of ours.
BUILD, KEPT = "Linkhome-Build: ", "Linkhome-Kept: "
#: How far back a commit of ours is looked for.
DEEP = 200
_OLD = "refs/linkhome-seen/tip"


class Entry(NamedTuple):
    """Hold what a tree says of one path: its mode (``100644``), its kind (``blob``) and its name of the content."""

    mode: str
    kind: str
    id: str


class Seen(NamedTuple):
    """Hold a branch as it was found: its newest commit, what is in it, what of that is foreign, and which build it is.

    ``known`` are all contents that the host has, and that need not be sent. ``ours`` are paths as our last commit left
    them. Everything is empty where there is no such branch yet.
    """

    tip: str = ""
    tree: Mapping[str, Entry] = {}
    foreign: tuple[str, ...] = ()
    build: str = ""
    known: frozenset[str] = frozenset()


def message(build: str, kept: Iterable[str]) -> str:
    """Return the message of a commit with this build, in a branch where these files are not ours."""
    lines = [f"The site, build {build[:12]}", "", f"{BUILD}{build}"]
    return "\n".join([*lines, *(f"{KEPT}{json.dumps(path)}" for path in sorted(kept))]) + "\n"


def see(git: Git, branch: str) -> Seen:
    """Fetch what is known of a branch (names, not contents) and tell whose its files are."""
    _fetch(git, branch, "--depth=1")
    tip = git.run("rev-parse", "--verify", f"{_OLD}^{{commit}}").decode().strip()
    tree = _tree(git, tip)
    commits = _commits(git, tip)
    if not _is_ours(commits[0][1]):
        _fetch(git, branch, f"--depth={DEEP}")
        commits = _commits(git, tip)
    known = frozenset(entry.id for entry in tree.values())
    base = next(((name, text) for name, text in commits if _is_ours(text)), None)
    if base is None:
        return Seen(tip, tree, tuple(sorted(tree)), "", known)
    name, text = base
    left = tree if name == tip else _tree(git, name)
    kept = _kept(text)
    foreign = tuple(sorted(path for path, entry in tree.items() if path in kept or left.get(path) != entry))
    return Seen(tip, tree, foreign, _build(text) if name == tip else "", known)


def _fetch(git: Git, branch: str, *options: str) -> None:
    wanted = f"+refs/heads/{branch}:{_OLD}"
    git.run("fetch", "--quiet", "--no-tags", "--filter=blob:none", *options, HOST, wanted, seconds=TRANSFER)


def _tree(git: Git, commit: str) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for line in git.run("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0"):
        if line:
            about, _, path = line.partition(b"\t")
            mode, kind, name = about.decode().split(" ")
            found[path.decode(errors="surrogateescape")] = Entry(mode, kind, name)
    return found


def _commits(git: Git, tip: str) -> list[tuple[str, str]]:
    """Return the newest commits with their messages, newest first; only those that were fetched."""
    printed = git.run("log", "-z", f"--max-count={DEEP}", "--encoding=UTF-8", "--format=%H%n%B", tip)
    parts = (part.decode(errors="replace").partition("\n") for part in printed.split(b"\0") if part.strip())
    return [(name.strip(), text) for name, _, text in parts]


def _is_ours(text: str) -> bool:
    return bool(_build(text))


def _build(text: str) -> str:
    lines = (line[len(BUILD) :].strip() for line in text.splitlines() if line.startswith(BUILD))
    return next(lines, "")


def _kept(text: str) -> set[str]:
    found: set[str] = set()
    for line in text.splitlines():
        if line.startswith(KEPT):
            try:
                path = json.loads(line[len(KEPT) :])
            except ValueError:
                continue  # somebody edited the message; the file then counts as ours, as it did before
            if isinstance(path, str):
                found.add(path)
    return found


def raw(path: str) -> bytes:
    """Return the bytes that git has for a path."""
    return path.encode("utf-8", "surrogateescape")


def shown(path: str) -> str:
    """Return a path that can be printed and written down, whatever others called their files."""
    return raw(path).decode(errors="replace")
