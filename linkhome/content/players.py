"""Say how a card plays, who will see the visitor then, and how old its copy is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from ..embeds.saved import Saved
from ..platforms import playing
from . import model
from .here import Here

#: Shapes of cards that play; others only show more.
PLAYING = frozenset({"video", "short", "audio"})
#: How much of a page's own words stands under a link, in characters.
NOTE = 140


def player(address: str, here: Here, shape: str, saved: Saved | None = None) -> model.Player | None:
    """Return the frame that a click puts on the page; None where there is none, or nothing that it would add.

    A post whose words are kept is on the page already: a frame would show the same, and cost the visitor's address.
    """
    if saved and ((shape == "post" and saved.text) or not saved.plays):
        return None
    host = (urlsplit(here.all.site.url or "").hostname or "").lower()
    found = playing.player(address, host, saved.frame if saved else "")
    if found is None:
        return None
    name = found.platform or found.host
    return model.Player(
        src=found.src,
        host=found.host,
        platform=name,
        aspect=found.aspect,
        height=found.height,
        allow=found.allow,
        sandbox=found.sandbox,
        referrer=found.referrer,
        notice=here.texts["plays_notice" if shape in PLAYING else "loads_notice"].format(platform=name),
        always=here.texts["plays_always"].format(platform=name),
    )


def hosts(cards: Iterable[model.Card]) -> tuple[str, ...]:
    """Return the hosts of all frames that these cards may put on a page, each once."""
    return tuple(sorted({card.player.host for card in cards if card.player}))


def as_of(saved: Saved, here: Here) -> str:
    """Return how old a copy is, once it is older than the creator's limit; nothing before, or without a limit."""
    days = here.all.site.embeds.as_of
    if not days or not saved.fetched:
        return ""
    end = datetime.fromisoformat(saved.fetched[:10]).replace(tzinfo=here.all.zone) + timedelta(days=days)
    if here.all.now < end.timestamp():
        here.all.will_change(end.timestamp())
        return ""
    moment = here.moment(saved.fetched[:10])
    return here.texts["as_of"].format(date=moment.text) if moment else ""


def excerpt(text: str) -> str:
    """Return the first words of a text on one line."""
    line = " ".join(text.split())
    if len(line) <= NOTE:
        return line
    return line[:NOTE].rpartition(" ")[0].rstrip(" ,;:.-–") + "…"
