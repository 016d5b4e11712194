"""The newest of a channel, profile, podcast or blog."""

from __future__ import annotations

from typing import Any

from ...config import schema
from ...platforms import recognise
from ..cards import card, saved_cards
from ..here import At, Here


def make(block: schema.LatestBlock, here: Here, at: At) -> dict[str, Any] | None:
    """Return the creator's own entries, else the saved copies, else a card that leads to the channel."""
    known = recognise(block.latest)
    if block.items:
        made = [card(item, here, (*at, "items", number)) for number, item in enumerate(block.items)]
    else:
        made = [*saved_cards(block.latest, here)] or [card(schema.Entry(url=block.latest, title=block.title), here, at)]
    cards = tuple(one for one in made if one)
    if not cards:
        return None
    title = here.text(block.title) or here.texts["latest_from"].format(platform=known.name or known.host)
    more = here.link(schema.LinkItem(url=block.latest), at)
    return {
        "title": title,
        "cards": cards[: block.count],
        "platform": known.name,
        "icon": here.icon(known.icon),
        "layout": block.layout,
        "style": cards[0].kind,
        "more": more,
    }
