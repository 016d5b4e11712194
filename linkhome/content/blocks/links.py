"""A group of links under a heading."""

from __future__ import annotations

from typing import Any

from ...config import schema
from .. import model, outages
from ..cards import preview
from ..here import At, Here


def make(block: schema.LinksBlock, here: Here, at: At) -> dict[str, Any] | None:
    """Return the group; None when all of its links are over."""
    made = ((item, here.link(item, (*at, "items", number))) for number, item in enumerate(block.items))
    links = outages.beside((_with_preview(item, link, here) for item, link in made if link and link.href), here)
    if not links:
        return None
    return {"title": here.text(block.links), "links": links, "collapsed": block.collapsed, "layout": block.layout}


def _with_preview(item: schema.LinkItem | str, link: model.Link, here: Here) -> model.Link:
    return link if isinstance(item, str) else preview(link, item, here)
