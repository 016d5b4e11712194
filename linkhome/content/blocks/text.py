"""A text in Markdown."""

from __future__ import annotations

from typing import Any

from ...config import schema
from ..here import At, Here


def make(block: schema.TextBlock, here: Here, at: At) -> dict[str, Any] | None:
    """Return the rendered text; its headings stand below the block's own."""
    title = here.text(block.title)
    text = here.markdown(block.text, (*at, "text"), top=3 if title else 2)
    return {"title": title, "text": text} if text or title else None
