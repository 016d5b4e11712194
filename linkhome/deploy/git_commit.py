"""Make the commit that holds a site: its files as they are, and beside them those of others as they were."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from .git_history import Seen, message, raw, shown
from .git_process import TRANSFER, Git
from .nouns import Frozen, Refused

_FILE = "100644"
_AT_ONCE = 100


def commit_of(git: Git, seen: Seen, frozen: Frozen, ids: Mapping[str, str], tell: Callable[[str], None]) -> str:
    """Return the commit of a site upon the branch that was seen, made here; the branch's newest if nothing differs.

    ``ids`` are git's names for the contents. Only contents that the host does not have are brought in; ``tell`` hears
    which file is next.

    Raises:
        Refused: a file of somebody else is where the site needs to be, or a file was changed meanwhile.
    """
    kept = [path for path in seen.foreign if path not in frozen.files]
    _refuse_in_the_way(frozen, kept)
    wanted = list({ids[path]: path for path in frozen.files if ids[path] not in seen.known}.items())
    for start in range(0, len(wanted), _AT_ONCE):
        tell(wanted[start][1])
        _take_in(git, frozen, wanted[start : start + _AT_ONCE])
    rows = [(_FILE, ids[path], path) for path in frozen.files]
    rows += [(seen.tree[path].mode, seen.tree[path].id, path) for path in kept]
    index = b"".join(f"{mode} {name}\t".encode() + raw(path) + b"\0" for mode, name, path in rows)
    git.run("read-tree", "--empty")
    git.run("update-index", "-z", "--index-info", given=index)
    tree = git.run("write-tree", "--missing-ok").decode().strip()
    if seen.tip and git.run("rev-parse", f"{seen.tip}^{{tree}}").decode().strip() == tree:
        return seen.tip
    parent = ["-p", seen.tip] if seen.tip else []
    text = message(frozen.build, kept).encode()
    return git.run("commit-tree", *parent, "-F", "-", tree, given=text).decode().strip()


def _take_in(git: Git, frozen: Frozen, wanted: Sequence[tuple[str, str]]) -> None:
    """Bring contents into the repository here; what git names otherwise was changed since it was frozen."""
    lines = b"".join(_quoted(str(frozen.places[path].absolute())) + b"\n" for _, path in wanted)
    named = git.run("hash-object", "-w", "--no-filters", "--stdin-paths", given=lines, seconds=TRANSFER)
    for is_now, (was, path) in zip(named.decode().split(), wanted, strict=True):
        if is_now != was:
            raise Refused(f"'{path}' was changed while it was being deployed", "build and deploy again")


def _refuse_in_the_way(frozen: Frozen, kept: Collection[str]) -> None:
    """Refuse a site that needs a folder where somebody else's file is, or the other way round."""
    folders = {path[:place] for path in frozen.files for place, c in enumerate(path) if c == "/"}
    for path in kept:
        above = {path[:place] for place, c in enumerate(path) if c == "/"}
        if path in folders or above & frozen.files.keys():
            why = f"'{shown(path)}' in the branch was not put there by linkhome, and is where the site needs to be"
            raise Refused(why, "remove it from the branch, or rename it")


def _quoted(path: str) -> bytes:
    """Return a path as git reads it from a line, whatever is in it."""
    inside = "".join({'"': '\\"', "\\": "\\\\", "\n": "\\n"}.get(c, c) for c in path)
    return b'"' + raw(inside) + b'"'
