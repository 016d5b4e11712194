"""Copy a theme's file into the site to be changed there, and tell later what the theme changed since.

Beside each ejected file its original is kept below ``theme/.original/``, which no build reads: the difference between
that and the theme of today is what the creator may want to take over.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from ..diagnostics import Exit, LinkhomeError, did_you_mean, error
from ..durable import write_file
from .locate import CSS, STATIC, TEMPLATES, Theme

ORIGINALS = ".original"
_BLOCK = re.compile(r"{%-?\s*block\s+(\w+)")


class Ejected(Struct, frozen=True):
    """One file that was ejected: the site's own version, what it was copied from, and the theme's file of today."""

    name: str
    mine: Path
    original: str
    theirs: str | None


def ejectable(theme: Theme) -> dict[str, Path]:
    """Return every file of the theme that a site may replace: its name below ``theme/``, and where it stands."""
    found: dict[str, Path] = {}
    for folder in theme.chain:
        for part in (TEMPLATES, STATIC):
            root = folder.path / part
            for file in sorted(root.rglob("*")):
                if file.is_file() and file.suffix in (".html", ".css", ".js") and "__pycache__" not in file.parts:
                    found.setdefault(f"{part}/{file.relative_to(root).as_posix()}", file)
    return found


def resolve(theme: Theme, name: str) -> str:
    """Return the whole name of a file that may be named short: ``page.html``, ``blocks/link.html``, ``front.css``.

    Raises:
        LinkhomeError: the theme has no such file.
    """
    known = ejectable(theme)
    plain = name.replace("\\", "/").removeprefix("theme/").removeprefix("./")
    for whole in (plain, f"{TEMPLATES}/{plain}", f"{STATIC}/{plain}", f"{STATIC}/{CSS}/{plain}"):
        if whole in known:
            return whole
    short = {whole.removeprefix(f"{TEMPLATES}/").removeprefix(f"{STATIC}/{CSS}/"): whole for whole in known}
    hint = did_you_mean(plain, short, "'linkhome theme eject' without a file lists what there is")
    raise LinkhomeError(error(f"the theme '{theme.name}' has no file '{name}'", hint=hint), Exit.USAGE)


def eject(theme: Theme, name: str) -> Path:
    """Copy a file of the theme into the site and keep its original beside it; return the copy's path.

    Raises:
        LinkhomeError: there is no such file, or the site has one already: it is never overwritten.
    """
    whole = resolve(theme, name)
    data = ejectable(theme)[whole].read_bytes()
    mine = _free(theme, whole)
    _write(theme.site / ORIGINALS / whole, data)
    _write(mine, data)
    return mine


def extend(theme: Theme, name: str) -> Path:
    """Write a template that builds upon the theme's own and names the blocks that it may replace."""
    whole = resolve(theme, name)
    source = ejectable(theme)[whole].read_text("utf-8")
    short = whole.removeprefix(f"{TEMPLATES}/")
    blocks = sorted(set(_BLOCK.findall(_all_of(theme, source))))
    if not whole.startswith(TEMPLATES) or not blocks:
        hint = f"copy it as a whole: linkhome theme eject {short}"
        raise LinkhomeError(error(f"'{short}' has no blocks that a template could replace", hint=hint), Exit.USAGE)
    lines = [
        f'{{% extends "theme:{short}" %}}',
        f"{{# Blocks that may be replaced here: {', '.join(blocks)}. Write one like this, without the marks: #}}",
        f"{{# {{% block {blocks[0]} %}}{{{{ super() }}}} and more {{% endblock %}} #}}",
    ]
    mine = _free(theme, whole)
    _write(mine, ("\n".join(lines) + "\n").encode())
    return mine


def _all_of(theme: Theme, source: str) -> str:
    """Return a template together with those that it extends."""
    known = ejectable(theme)
    seen: set[str] = set()
    whole = source
    while found := re.search(r'{%-?\s*extends\s+"(?:\w+:)?([\w/.-]+)"', source):
        name = f"{TEMPLATES}/{found[1]}"
        if name in seen or name not in known:
            break
        seen.add(name)
        source = known[name].read_text("utf-8")
        whole += source
    return whole


def ejected(theme: Theme) -> Iterator[Ejected]:
    """Yield the ejected files that the site still has, in the order of their names."""
    known = ejectable(theme)
    kept = theme.site / ORIGINALS
    for original in sorted(file for file in kept.rglob("*") if file.is_file()):
        name = original.relative_to(kept).as_posix()
        mine, theirs = theme.site / name, known.get(name)
        if mine.is_file():
            yield Ejected(name, mine, _text(original), _text(theirs) if theirs else None)


def differences(one: Ejected, mine: bool = False) -> list[str]:
    """Return as a unified diff what the theme changed since the file was ejected; with ``mine``, what the site did."""
    new = _text(one.mine) if mine else one.theirs or ""
    names = (f"{one.name} (when ejected)", f"{one.name} (in the {'site' if mine else 'theme today'})")
    return list(difflib.unified_diff(one.original.splitlines(), new.splitlines(), *names, lineterm=""))


def seen(theme: Theme, one: Ejected) -> None:
    """Remember that the creator knows the theme's file of today."""
    if one.theirs is not None:
        _write(theme.site / ORIGINALS / one.name, one.theirs.encode())


def _free(theme: Theme, whole: str) -> Path:
    mine = theme.site / whole
    if mine.exists():
        hint = "delete or rename it first, if you want the theme's file instead"
        raise LinkhomeError(error(f"the site has its own 'theme/{whole}' already", hint=hint))
    return mine


def _write(file: Path, data: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, data)
    except OSError as problem:
        hint = "check the folder's rights and the space on the disk"
        raise LinkhomeError(error(f"'{file.name}' could not be written: {problem.strerror}", hint=hint)) from None


def _text(file: Path) -> str:
    return file.read_text("utf-8", "replace")
