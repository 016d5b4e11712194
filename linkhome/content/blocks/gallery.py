"""Several pictures."""

from __future__ import annotations

from typing import Any

from ...config import schema
from ..here import At, Here


def make(block: schema.GalleryBlock, here: Here, at: At) -> dict[str, Any] | None:
    """Return the pictures that can be read."""
    made = [here.picture(value, (*at, "gallery", number)) for number, value in enumerate(block.gallery)]
    pictures = tuple(picture for picture in made if picture)
    return {"title": here.text(block.title), "pictures": pictures} if pictures else None
