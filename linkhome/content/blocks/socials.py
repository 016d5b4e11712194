"""The icon row, where the creator wants it once more."""

from __future__ import annotations

from typing import Any

from ...config import schema
from .. import outages
from ..here import At, Here


def make(block: schema.SocialsBlock, here: Here, at: At) -> dict[str, Any] | None:
    """Return the links of the key ``socials``."""
    links = outages.beside(here.links(here.all.site.socials, ("socials",), me=True), here)
    return {"title": here.text(block.socials), "links": links} if links else None
