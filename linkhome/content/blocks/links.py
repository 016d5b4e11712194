"""A group of links under a heading."""

from __future__ import annotations

from typing import Any

from ...config import schema
from ..here import At, Here


def make(block: schema.LinksBlock, here: Here, at: At) -> dict[str, Any] | None:
    """Return the group; None when all of its links are over."""
    links = here.links(block.items, (*at, "items"))
    if not links:
        return None
    return {"title": here.text(block.links), "links": links, "collapsed": block.collapsed, "layout": block.layout}
