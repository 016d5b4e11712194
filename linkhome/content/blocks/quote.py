"""What somebody said."""

from __future__ import annotations

from typing import Any

from ...config import schema
from ..here import At, Here


def make(block: schema.QuoteBlock, here: Here, at: At) -> dict[str, Any] | None:
    """Return the words, whose they are, and where they stand."""
    href = here.href(block.url, (*at, "url")) if block.url else ""
    return {"title": here.text(block.quote), "note": here.text(block.by), "href": href}
