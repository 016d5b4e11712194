"""One picture."""

from __future__ import annotations

from typing import Any

from ...config import schema
from ..here import At, Here


def make(block: schema.ImageBlock, here: Here, at: At) -> dict[str, Any] | None:
    """Return the picture with its caption, and its address if it has one."""
    picture = here.picture(block.image, (*at, "image"))
    if picture is None:
        return None
    href = here.href(block.url, (*at, "url")) if block.url else ""
    return {"pictures": (picture,), "note": here.text(block.caption), "href": href}
