"""Find out which lists a site has, and what their exports must be told. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from .source import Job, Need, Source
from .table import BY_HAND, SOURCES, name_of


class Trouble(NamedTuple):
    """Hold what keeps a list from being asked for: ``path`` is the key below ``newsletter`` to point at."""

    provider: str
    path: tuple[str, ...]
    message: str
    hint: str


def jobs(newsletter: Any) -> list[Job | Trouble]:
    """Return the lists of a site in order: that of the provider, then that of the fallback, each provider once.

    ``newsletter`` is a `linkhome.config.schema.Newsletter`. What an export needs is taken from the key ``backup``
    (``formspree.form`` before ``form``), then from what the sign-up was told.
    """
    backup = dict(newsletter.backup)
    found: dict[str, Job | Trouble] = {}
    for sender, path in ((newsletter, ()), (newsletter.fallback, ("fallback",))):
        if sender is not None and sender.provider not in found:
            found[sender.provider] = _job(sender.provider, sender.given(), backup, path)
    return list(found.values())


def by_hand(provider: str) -> str:
    """Return how a list comes home that nobody can be asked for."""
    where = BY_HAND[provider][1]
    return f"{where}; then 'linkhome list import FILE.csv --provider {provider}'"


def _job(provider: str, given: Mapping[str, Any], backup: Mapping[str, str], path: tuple[str, ...]) -> Job | Trouble:
    source = SOURCES.get(provider)
    if source is None:
        message = f"{name_of(provider)} gives nobody's list to programs"
        return Trouble(provider, (*path, "provider"), message, by_hand(provider))
    values: dict[str, str] = {}
    for need in source.needs:
        named = f"{provider}.{need.name}"
        place: tuple[str, ...] = (*path, need.name)
        value = given.get(need.name)
        for key in (need.name, named):
            if key in backup:
                value, place = backup[key], ("backup", key)
        value = str(value if value is not None else _default(provider, need)).strip()
        if not value and need.optional:
            continue
        if not value:
            message = f"the list of {source.name} needs '{need.name}'"
            return Trouble(provider, (*path, "provider"), message, _how(source, need))
        if not re.fullmatch(need.pattern, value):
            message = f"this '{need.name}' is not what the list of {source.name} needs"
            return Trouble(provider, place, message, _how(source, need))
        values[need.name] = value
    return Job(source, values, values.get("server", ""))


def _how(source: Source, need: Need) -> str:
    """Return where to write something, and what."""
    where = f"'{need.name}'" if need.name in _told(source.key) else f"'backup: {{{need.name}: …}}'"
    return f"write {where} under 'newsletter': {need.what}"


def _told(provider: str) -> set[str]:
    """Return what the sign-up of a provider is told already."""
    from ..newsletter.table import PROVIDERS

    return {setting.name for setting in PROVIDERS[provider].settings} if provider in PROVIDERS else set()


def _default(provider: str, need: Need) -> str:
    from ..newsletter.table import PROVIDERS

    settings = PROVIDERS[provider].settings if provider in PROVIDERS else ()
    return next((setting.optional or "" for setting in settings if setting.name == need.name), "")
