"""Turn each block of ``home`` into what its template shows: one file a block type.

A block's module has ``make(block, here, at)``, which returns the fields of `model.Block` that it sets, or None
when there is nothing to show. ``at`` is the block's place in ``linkhome.yaml``.
"""

from __future__ import annotations

from importlib import import_module

from ...config import schema
from .. import model
from ..here import At, Here

#: Some words in a page are hidden by filters against advertising, also as an anchor.
_ANCHORS = {"socials": "elsewhere"}


def make(block: schema.Block, here: Here, at: At) -> model.Block | None:
    """Return the block for this page; None when it is over or empty."""
    window, over = here.window(block)
    if over:
        return None
    # Only the types that a site uses are imported: a small page has four or five of the eighteen.
    fields = import_module(f".{block.type}", __name__).make(block, here, at)
    if fields is None:
        return None
    return model.Block(type=block.type, id=here.id(_ANCHORS.get(block.type, block.type)), window=window, **fields)
