"""Keep ``outage.yaml``: small enough to be read in a review, whole at any moment, and written only by who is alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from msgspec import structs

from .. import durable, opening
from ..config.schema import OutageEntry
from ..diagnostics import Diagnostic, LinkhomeError, Span, error, reason_of
from ..project import Project
from .named import platform_named

#: The name of the file, in the site's folder.
FILE = "outage.yaml"
#: How long another command that writes it is waited for, in seconds.
PATIENCE = 5.0
#: A longer note is no note any more, in characters.
LONGEST_NOTE = 500

_HEAD = """\
# Platforms that are down, for linkhome. While one is listed here, every page says so, the sign-up stands at the top,
# and links to the whole company are marked. Commit this file, and build.
# It is written by 'linkhome outage on', 'off' and 'auto', which keep entries but no comments. You may edit it, too:
#   platform: instagram      what is down
#   since: 2026-11-22 09:10  from when on (in the site's time zone)
#   until: 2026-11-22 18:00  optional: when it is over by itself, also on pages that are open then
#   note: Back by tonight    optional: a sentence of yours for the page
#   by: auto                 'linkhome outage auto' wrote it, and may take it away again; without this line, you did
"""


def load(project: Project, languages: tuple[str, ...]) -> tuple[tuple[OutageEntry, ...], list[Diagnostic]]:
    """Return the entries of the file, none when there is no file, with warnings.

    Raises:
        LinkhomeError: it has mistakes, or cannot be read.
    """
    from ..config.outages import read_outages

    try:
        data = project.inside(FILE).read_bytes()
    except FileNotFoundError:
        return (), []
    except OSError as problem:
        raise LinkhomeError(error(f"{FILE} cannot be read: {reason_of(problem)}", Span(FILE))) from None
    entries, _, found = read_outages(data, FILE, languages)
    if entries is None:
        raise LinkhomeError(found)
    return entries, found


def save(project: Project, entries: Iterable[OutageEntry]) -> None:
    """Write the entries; without any, the file is removed. A crash at any moment leaves the old or the new one.

    Raises:
        LinkhomeError: it cannot be written; the file is as it was.
    """
    entries = tuple(entries)
    path = project.root / FILE
    try:
        if entries:
            durable.write_file(path, as_yaml(entries))
        else:
            path.unlink(missing_ok=True)
            durable.flush_folder(str(project.root))
    except OSError as problem:
        hint = "allow writing in the site's folder, or free some space"
        raise LinkhomeError(error(f"{FILE} cannot be written: {reason_of(problem)}", hint=hint)) from None


def as_yaml(entries: Iterable[OutageEntry]) -> bytes:
    """Return the bytes of the file."""
    import yaml

    rows = [
        {
            name: value
            for name, value in structs.asdict(entry).items()
            if value is not None and (name, value) != ("by", "hand")
        }
        for entry in entries
    ]
    text = yaml.safe_dump({"outages": rows}, allow_unicode=True, sort_keys=False, width=110)
    return f"{_HEAD}{text}".encode()


def put(entries: Iterable[OutageEntry], entry: OutageEntry) -> tuple[OutageEntry, ...]:
    """Return the entries with this one in the place of those of the same platform, or at the end."""
    found: list[OutageEntry] = []
    for one in entries:
        if not is_of(one, entry.platform):
            found.append(one)
        elif entry not in found:
            found.append(entry)
    return tuple(found if entry in found else [*found, entry])


def is_of(entry: OutageEntry, platform: str) -> bool:
    """Tell whether an entry is about a platform, however the two are spelt."""
    mine, other = platform_named(entry.platform), platform_named(platform)
    return entry.platform == platform or (mine is not None and mine is other)


def clean_note(text: str) -> str:
    """Return a note without what no page can show; line breaks stay.

    Raises:
        ValueError: it is too long.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(one for one in plain if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs", "Cn"))
    plain = plain.strip()
    if len(plain) > LONGEST_NOTE:
        raise ValueError(f"the note is too long: {len(plain)} characters, {LONGEST_NOTE} are allowed")
    return plain


@contextmanager
def held(project: Project) -> Iterator[None]:
    """Keep other commands from changing the file and the journal meanwhile.

    Raises:
        LinkhomeError: another one does so just now, or nothing may be written here.
    """
    busy = error(f"another command is writing {FILE} just now", hint="wait until it is done, then try again")
    with opening.held(project, "outage.lock", PATIENCE, busy):
        yield
