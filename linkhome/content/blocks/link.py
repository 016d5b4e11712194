"""One link that stands alone."""

from __future__ import annotations

from typing import Any

from ...config import schema
from ..cards import preview
from ..here import At, Here


def make(block: schema.LinkBlock, here: Here, at: At) -> dict[str, Any] | None:
    """Return the link; its address stands under the block's own key."""
    item = schema.LinkItem(
        url=block.link,
        title=block.title,
        note=block.note,
        image=block.image,
        icon=block.icon,
        style=block.style,
        button=block.button,
    )
    href = here.href(block.link, (*at, "link"))
    link = here.link(item, at) if href else None
    return {"links": (preview(link, block, here),), "style": block.style} if link else None
