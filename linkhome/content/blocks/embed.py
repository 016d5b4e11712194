"""One post, video or episode from elsewhere, shown from the saved copy or from the creator's own words."""

from __future__ import annotations

from typing import Any

from ...config import schema
from ..cards import card
from ..here import At, Here


def make(block: schema.EmbedBlock, here: Here, at: At) -> dict[str, Any] | None:
    """Return the card; an address that nobody knows is a plain one, never an error."""
    own = schema.Entry(
        url=block.embed,
        title=block.title,
        text=block.text,
        image=block.image,
        date=block.date,
        author=block.author,
        duration=block.duration,
    )
    made = card(own, here, at)
    if made is None:
        return None
    return {"cards": (made,), "platform": made.platform, "style": made.kind, "icon": made.icon}
