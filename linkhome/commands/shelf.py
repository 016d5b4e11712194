"""Open what the commands about copies share: the site as far as they need it, and what is known of each copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from .. import opening
from ..config.load import Config
from ..diagnostics import Diagnostic, Exit, LinkhomeError, error, reason_of
from ..embeds import keep, state
from ..embeds.record import DamagedError
from ..embeds.wanted import Wanted, wanted
from ..opening import opened
from ..project import Project

#: How long another refresh of the same site is waited for, in seconds.
PATIENCE = 2.0
NOTHING = "The site shows nothing from elsewhere. Add 'embed:' or 'latest:' to 'home' in linkhome.yaml."


class Shelf(NamedTuple):
    """Hold what the commands about copies share: the site, what it shows from elsewhere, what is known of it."""

    project: Project
    config: Config
    wants: tuple[Wanted, ...]
    known: state.State
    diagnostics: tuple[Diagnostic, ...]

    @property
    def journal(self) -> Path:
        """Return the file of what is known of each copy; losing it costs requests, nothing else."""
        return self.project.cache / "embeds.json"

    def chosen(self, words: Sequence[str]) -> tuple[Wanted, ...]:
        """Return what the words name: a key, a platform, or a part of an address; everything without words.

        Raises:
            LinkhomeError: a word names nothing.
        """
        if not words:
            return self.wants
        found: dict[str, Wanted] = {}
        for word in words:
            fits = [want for want in self.wants if _fits(word, want)]
            if not fits:
                hint = "'linkhome embeds' lists what the site shows"
                raise LinkhomeError(error(f"the site shows nothing that fits '{word}'", hint=hint), Exit.USAGE)
            found |= {keep.key(want.address): want for want in fits}
        return tuple(found.values())


def open_shelf(site: str | None) -> Shelf:
    """Read the site as far as the copies need it.

    Raises:
        LinkhomeError: with every mistake of ``linkhome.yaml`` and of the heads of texts.
    """
    from ..cache import Cache
    from ..content.posts import Texts
    from ..inputs import Inputs
    from ..platforms import plugins

    project, config, found = opened(site)
    texts = Texts(project, Inputs(project.root), Cache(project.cache), config.languages, config.site.texts)
    beside = []
    for folder, kind in ((project.posts, "post"), (project.pages, "page")):
        heads, problems = texts.read(folder, kind)
        found += [d for d in problems if d not in found]
        beside += [entry for head in heads for entry in head.embeds]
    wants = wanted(config.site, beside)
    found += plugins.problems()
    return Shelf(project, config, wants, state.load(project.cache / "embeds.json"), tuple(found))


@contextmanager
def held(project: Project) -> Iterator[None]:
    """Keep other commands from changing the saved copies meanwhile.

    Raises:
        LinkhomeError: another one does so just now, or nothing may be written here.
    """
    hint = "wait until it is done; it does the same"
    busy = error("another refresh of this site is at work", hint=hint)
    with opening.held(project, "refresh.lock", PATIENCE, busy):
        yield


def row_of(shelf: Shelf, want: Wanted, now: float) -> dict[str, object]:
    """Return one line of the table of copies, for people and programs."""
    from ..embeds.inquire import why_not
    from ..platforms import asking, recognise

    key = keep.key(want.address)
    entry = shelf.known.entries.get(key)
    record = None
    try:
        record = keep.load(shelf.project.saved, want.address)
        word, why = state.status(record, entry, now)
    except DamagedError as problem:
        word, why = "damaged", str(problem)
    except OSError as problem:
        word, why = "damaged", reason_of(problem)
    facts = record.facts if record else {}
    if not (asking.newest(want.address, facts) if want.many else asking.single(want.address)):
        word, why = "owner", why_not(want.address, many=bool(want.many))
    known = recognise(want.address)
    return {
        "key": key,
        "state": word,
        "why": why,
        "platform": known.name or known.host,
        "title": (record.good.title or "" if record and record.good else ""),
        "items": len(record.good.items) if record and record.good else 0,
        "fetched": record.good.fetched if record and record.good else None,
        "address": want.address,
    }


def _fits(word: str, want: Wanted) -> bool:
    key = keep.key(want.address)
    return word in (key, key.partition("/")[0], key.partition("/")[2]) or word.lower() in want.address.lower()
