"""Open what the commands about lists share: the site as far as they need it, and errors without a word of people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..config.load import Config
from ..diagnostics import Exit, LinkhomeError, did_you_mean, error
from ..lists import jobs, table
from ..lists.source import Job

NO_LIST = "the site has no sign-up, so there is no list to bring home"


@contextmanager
def discreet() -> Iterator[None]:
    """Turn what nobody foresaw into a sentence without a word of what was in hand: it may be about people."""
    try:
        yield
    except (LinkhomeError, BrokenPipeError):
        raise
    except Exception as surprise:
        trace = surprise.__traceback__
        while trace and trace.tb_next:
            trace = trace.tb_next
        where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "somewhere"
        message = f"linkhome stumbled over something that it should have handled: {type(surprise).__name__} in {where}"
        raise LinkhomeError(error(message, hint="please tell the developers; private/ is as it was")) from None


def lists_of(config: Config) -> dict[str, Job | jobs.Trouble]:
    """Return the lists of a site by the provider's key; none where there is no sign-up."""
    newsletter = config.site.newsletter
    return {} if newsletter is None else {key_of(one): one for one in jobs.jobs(newsletter)}


def provider_named(word: str) -> str:
    """Return the key of a provider that somebody typed.

    Raises:
        LinkhomeError: linkhome knows none of that name.
    """
    known = (*table.SOURCES, *table.BY_HAND)
    if word.lower() not in known:
        hint = did_you_mean(word, known, f"known are: {', '.join(sorted(known))}")
        raise LinkhomeError(error(f"'{word}' is no provider that linkhome knows", hint=hint), Exit.USAGE)
    return word.lower()


def key_of(one: Job | jobs.Trouble) -> str:
    """Return the key of a list's provider."""
    return one.source.key if isinstance(one, Job) else one.provider


def people(number: int) -> str:
    """Return ``1 person`` or ``2 people``."""
    return "1 person" if number == 1 else f"{number:,} people"
