"""Help with the sign-up: read what a provider gives people to paste, list the providers, copy an own list server."""

from __future__ import annotations

import codecs
import os
import sys
from pathlib import Path

from ..console import Console
from ..diagnostics import Exit, LinkhomeError, error, reason_of
from ..newsletter.entry import Provider
from ..newsletter.table import PROVIDERS

#: Where the files of a list server lie unless the creator says otherwise. Netlify takes the folder's name for the
#: function's.
FOLDERS = {"cloudflare": "worker", "netlify": "netlify/functions/subscribe"}
#: More than this is no snippet; `detect` reads less of it.
_MOST = 2_000_000
_CONFIRMS = {"always": "always", "setting": "set it there", "none": "no"}
_ASKED = {"first_name": "first name", "last_name": "last name", "phone": "phone"}


def run_detect(file: str, quiet: bool, console: Console | None = None) -> Exit:
    """Print the key ``newsletter`` for the snippet in FILE (or what comes in, for ``-``), and what is to know of it."""
    from ..newsletter.detect import detect
    from ..newsletter.paste import as_yaml
    from ..newsletter.target import resolve

    console = console or Console(quiet=quiet)
    found, remarks = detect(_read(file))
    if not found:
        raise LinkhomeError(error(remarks[-1], hint="'linkhome newsletter providers' says what each gives you"))
    provider = PROVIDERS[str(found["provider"])]
    console.data(as_yaml(found, provider))
    console.talk(*(f"Mind: {remark}." for remark in remarks))
    settings = {key: value for key, value in found.items() if key not in ("provider", "fields")}
    _, problems = resolve(provider.key, settings)
    if problems:
        raise LinkhomeError([error(problem.message, hint=problem.hint) for problem in problems])
    return Exit.FINE


def run_show(name: str, console: Console | None = None) -> Exit:
    """Print the lines to write for one provider, where to find what they need, and what is to know of it.

    Raises:
        LinkhomeError: there is no such provider.
    """
    from ..newsletter.paste import as_yaml
    from ..newsletter.target import resolve

    console = console or Console()
    provider = PROVIDERS.get(name)
    if provider is None or provider.closed:
        _, problems = resolve(name, {})
        raise LinkhomeError([error(problem.message, hint=problem.hint) for problem in problems], Exit.USAGE)
    sample = {"provider": provider.key} | {one.name: one.example.strip('"') for one in provider.settings}
    console.data(as_yaml(sample, provider))
    for one in provider.settings:
        console.result(f"{one.name}: {one.what}{'' if one.optional is None else ' (may be left out)'}.")
    console.result(f"A mail to confirm: {_CONFIRMS[provider.double_opt_in]}.")
    if provider.drops:
        console.result(f"It cannot keep: {', '.join(_ASKED[extra] for extra in provider.drops)}.")
    return Exit.FINE


def run_list(json: bool, console: Console | None = None) -> Exit:
    """List every provider: what to write, whether it sends a mail to confirm, what it cannot keep."""
    console = console or Console()
    rows = [_row(provider) for provider in PROVIDERS.values() if not provider.closed]
    if json:
        console.json({"providers": rows})
        return Exit.FINE
    head = ("provider", "what to write", "mail to confirm", "cannot keep")
    table = [
        head,
        *((row["key"], _joined(row["write"]), _CONFIRMS[str(row["confirms"])], _joined(row["drops"])) for row in rows),
    ]
    wide = [max(len(str(line[column])) for line in table) for column in range(3)]
    for line in table:
        console.result(
            "  ".join([*(f"{cell:<{width}}" for cell, width in zip(line, wide, strict=False)), str(line[3])]).rstrip()
        )
    console.result(
        "", "A star: may be left out. What each is, and where it is found: 'linkhome newsletter providers NAME'."
    )
    closed = ", ".join(provider.name for provider in PROVIDERS.values() if provider.closed)
    console.result(f"No more: {closed}. Any other form: 'linkhome newsletter detect FILE'.")
    return Exit.FINE


def run_worker(kind: str, directory: str | None, force: bool, quiet: bool, console: Console | None = None) -> Exit:
    """Copy the files of an own list server into a folder; files that differ are only replaced with ``force``."""
    from .. import durable
    from ..newsletter import server

    console = console or Console(quiet=quiet)
    folder = Path(directory if directory is not None else FOLDERS[kind])
    made = {name: path.read_bytes() for name, path in server.files(kind).items()}
    others = [name for name, data in made.items() if _differs(folder / name, data)]
    if others and not force:
        hint = "take another folder, or replace them with --force: what you changed in them is lost then"
        raise LinkhomeError(error(f"these files are in {folder} already, and differ: {', '.join(others)}", hint=hint))
    missing = [name for name, data in made.items() if name in others or not os.path.lexists(folder / name)]
    try:
        durable.make_folders(folder)
        for name in missing:
            durable.write_file(folder / name, made[name])
    except OSError as problem:
        reason = reason_of(problem)
        hint = "name a folder that can be written to"
        raise LinkhomeError(error(f"the files cannot be written to {folder}: {reason}", hint=hint)) from None
    if not missing:
        console.result(f"All {len(made)} files are in {folder} already.")
    else:
        console.result(
            f"Wrote {len(missing)} of {len(made)} files to {folder}. {folder / 'README.md'} says what comes next."
        )
    return Exit.FINE


def _read(file: str) -> str:
    try:
        if file == "-":
            data = sys.stdin.buffer.read(_MOST)
        else:
            with open(file, "rb") as opened:
                data = opened.read(_MOST)
    except OSError as problem:
        reason = reason_of(problem)
        hint = "save what your provider gives you into a file, or pass it on: linkhome newsletter detect - < FILE"
        raise LinkhomeError(error(f"'{file}' cannot be read: {reason}", hint=hint), Exit.USAGE) from None
    return _decoded(data)


def _decoded(data: bytes) -> str:
    """Return the text of a file that some editor wrote, on whatever system."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _row(provider: Provider) -> dict[str, object]:
    return {
        "key": provider.key,
        "name": provider.name,
        "mode": provider.mode,
        "write": [f"{one.name}{'' if one.optional is None else '*'}" for one in provider.settings],
        "confirms": provider.double_opt_in,
        "drops": [_ASKED[name] for name in provider.drops],
        "remark": provider.remark,
    }


def _joined(words: object) -> str:
    return ", ".join(words) if isinstance(words, list) else ""


def _differs(path: Path, data: bytes) -> bool:
    """Tell whether there is something else under this name."""
    if not os.path.lexists(path):
        return False
    try:
        return path.is_symlink() or path.read_bytes() != data
    except OSError:
        return True
