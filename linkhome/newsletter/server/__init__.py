"""Name the files of an own list server: what `linkhome newsletter worker` copies for each kind of host."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent

#: The hosts for which there are files.
KINDS = ("cloudflare", "netlify")


def files(kind: str) -> dict[str, Path]:
    """Return what makes up the folder of one kind: the name of each file there, and the file to copy.

    Most of it is the same for all hosts and lies in ``shared/``; only together they work.

    Raises:
        KeyError: there are no files for such a host.
    """
    if kind not in KINDS:
        raise KeyError(kind)
    found = [file for folder in ("shared", kind) for file in (_HERE / folder).iterdir() if file.is_file()]
    return {file.name: file for file in sorted(found, key=lambda file: file.name)}
