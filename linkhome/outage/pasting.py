"""Keep the texts to paste in ``outage/``: write them, and take away only those that nobody changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from .. import durable
from ..config.load import Config, text_in
from ..diagnostics import LinkhomeError, error, reason_of
from ..project import Project
from . import links, seen, wording
from .current import Current

FOLDER = "outage"
_LARGEST = 64_000


class Paste(Struct, frozen=True):
    """Hold one text and the name of its file: ``outage/instagram-story.en.txt``."""

    kind: str
    language: str
    file: str
    text: str

    @property
    def data(self) -> bytes:
        """Return the bytes of the file."""
        return f"{self.text}\n".encode()


def texts(config: Config, outage: Current) -> tuple[Paste, ...]:
    """Return what there is to paste about an outage, in every language of the site that has words."""
    site, found = config.site, []
    for language, of_site in wording.languages(config.languages):
        folder = "" if of_site == config.languages[0] else f"/{of_site}/"
        facts = wording.Facts(
            platform=outage.name,
            slug=_plain(outage.slug),
            name=text_in(site.profile.name, of_site, config.languages),
            site=f"{site.url.rstrip('/')}{folder}" if site.url else "",
            where=links.channel(site, outage),
            note=text_in(outage.entry.note, of_site, config.languages),
            signup=site.newsletter is not None,
        )
        for kind in wording.KINDS:
            file = f"{FOLDER}/{_plain(outage.slug)}-{kind}.{language}.txt"
            found.append(Paste(kind, language, file, wording.text(kind, language, facts)))
    return tuple(found)


def lay(project: Project, journal_file: Path, pastes: Sequence[Paste]) -> tuple[list[Paste], list[str]]:
    """Write the texts, and note them in the journal; return all, and the files that somebody changed, which stay.

    Raises:
        LinkhomeError: one cannot be written; each file is whole or as it was.
    """
    journal = seen.load(journal_file)
    left = []
    try:
        durable.make_folders(project.root / FOLDER)
        for paste in pastes:
            path = project.root / paste.file
            there = _there(path)
            if os.path.lexists(path) and there != paste.data and _print(there) != journal.texts.get(paste.file):
                left.append(paste.file)
                continue
            if there != paste.data:
                durable.write_file(path, paste.data)
            journal.texts[paste.file] = _print(paste.data)
    except OSError as problem:
        reason = reason_of(problem)
        hint = "allow writing in the site's folder, or free some space"
        raise LinkhomeError(error(f"the texts cannot be written to {FOLDER}/: {reason}", hint=hint)) from None
    with suppress(OSError):  # they are known by what they say, too
        seen.save(journal_file, journal)
    return list(pastes), left


def clear(
    project: Project, journal_file: Path, pastes: Iterable[Paste], refused: Mapping[str, float] = {}
) -> tuple[list[str], list[str]]:
    """Remove texts that are as they were written; return the files that are gone, and those that were left alone.

    A file is ours when the journal knows its bytes, or when it says what would be written now. ``refused`` goes into
    the journal with it: which companies somebody switched off by hand, and when.

    Raises:
        LinkhomeError: one cannot be removed.
    """
    journal = seen.load(journal_file)
    removed, left = [], []
    try:
        for paste in pastes:
            path = project.root / paste.file
            noted = journal.texts.pop(paste.file, "")
            if not os.path.lexists(path):
                continue
            there = _there(path)
            if there != paste.data and (not noted or _print(there) != noted):
                left.append(paste.file)
                continue
            path.unlink()
            removed.append(paste.file)
    except OSError as problem:
        reason = reason_of(problem)
        raise LinkhomeError(error(f"the texts cannot be removed from {FOLDER}/: {reason}")) from None
    if removed and not left:
        with suppress(OSError):  # something of the creator's is in it
            (project.root / FOLDER).rmdir()
    if removed or left or refused:
        journal.refused |= refused
        with suppress(OSError):
            seen.save(journal_file, journal)
    return removed, left


def _there(path: Path) -> bytes:
    """Return the bytes of a plain file of ours; nothing for a link, or what is far too large."""
    try:
        if path.is_symlink() or path.stat().st_size > _LARGEST:
            return b""
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _print(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _plain(slug: str) -> str:
    return "".join(one for one in slug.lower() if one.isascii() and (one.isalnum() or one == "-"))[:40] or "platform"
