"""Read the settings that somebody chose in the studio, and refuse in a sentence what cannot be."""

from __future__ import annotations

import msgspec
from msgspec import UNSET, Struct, UnsetType

from ..content.moments import zone
from ..outage.named import platform_named
from ..viewing import Settings
from .coming import moment

_MOST = 50


class Wish(Struct, frozen=True, forbid_unknown_fields=True):
    """Hold what was asked for: an absent part stays as it is.

    ``at`` is a time in ISO 8601, in the site's zone unless it names one, None for now; ``outages`` are platforms by
    slug or name.
    """

    at: str | UnsetType | None = UNSET
    outages: list[str] | UnsetType = UNSET
    drafts: bool | UnsetType = UNSET


def wished(body: bytes, before: Settings, zone_name: str) -> Settings:
    """Return the settings that a JSON object asks for, given those that were wanted last and the site's zone.

    Raises:
        ValueError: with a sentence for the creator.
    """
    try:
        wish = msgspec.json.decode(body, type=Wish)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise ValueError("these are no settings") from None
    at, outages, drafts = before.at, before.outages, before.drafts
    if wish.at is not UNSET:
        at = _time(wish.at, zone_name) if wish.at else None
    if wish.outages is not UNSET:
        if len(wish.outages) > _MOST:
            raise ValueError("those are too many platforms")
        outages = tuple(dict.fromkeys(map(_slug, wish.outages)))
    if wish.drafts is not UNSET:
        drafts = wish.drafts
    return Settings(at=at, outages=outages, drafts=drafts)


def _time(text: str, zone_name: str) -> float:
    try:
        return moment(text, zone(zone_name))
    except (ValueError, OverflowError):
        raise ValueError(f"'{text[:40]}' is no time that there is") from None


def _slug(word: str) -> str:
    platform = platform_named(word[:100])
    if platform is None:
        raise ValueError(f"'{word[:40]}' is no platform that is known here")
    return platform.slug
