"""Ways to give something back."""

from __future__ import annotations

from typing import Any

from ...config import schema
from ..here import At, Here


def make(block: schema.SupportBlock, here: Here, at: At) -> dict[str, Any] | None:
    """Return the links with their text."""
    links = here.links(block.support, (*at, "support"))
    if not links:
        return None
    text = here.markdown(block.text, (*at, "text"), top=3)
    return {"title": here.text(block.title) or here.texts["support"], "text": text, "links": links}
