"""Read the entries of ``home``: find out which block an entry is, then read it as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..diagnostics import closest, did_you_mean
from .nodes import Broken, Map, Node, Scalar, shorten
from .rules import slots
from .schema import BARE, BLOCKS, Block
from .words import form, listed
from .wrong import BAD

if TYPE_CHECKING:
    from .walk import Walk


def kind_of(node: Node) -> str:
    """Return the block type of an entry, or an empty text.

    ``image`` is a block and also a key of ``link``: so the type wins whose keys explain the entry best, and the
    first one among equals.
    """
    if type(node) is Scalar:
        return node.text if node.text in BARE else ""
    if type(node) is not Map:
        return ""
    candidates = [key for key in node.entries if key in BLOCKS]
    if len(candidates) < 2:
        return "".join(candidates)
    return max(candidates, key=lambda name: _explained(node, BLOCKS[name]))


def read(walk: Walk, node: Node) -> Any:
    """Return the block of an entry, or `BAD` after saying what is wrong with it."""
    kind = kind_of(node)
    if kind:
        return walk.struct(node, BLOCKS[kind]) if type(node) is Map else BLOCKS[kind]()
    return _refused(walk, node)


def _explained(node: Map, struct: type[Block]) -> int:
    known = slots(struct)
    return sum(key in known for key in node.entries)


def _refused(walk: Walk, node: Node) -> Any:
    types = f"the types of blocks are: {listed(BLOCKS)}"
    if type(node) is Map:
        return _no_type(walk, node, types)
    if type(node) is Scalar:
        return _no_block(walk, node, types)
    if type(node) is Broken:
        return BAD
    return walk.wrong(node, f"an entry of 'home' must be a block, not {form(node)}", types)


def _no_type(walk: Walk, node: Map, types: str) -> Any:
    if "url" in node.entries:
        return walk.wrong(node.entries["url"][0], "this block has no type", "did you mean 'link' instead of 'url'?")
    for key, (name, _) in node.entries.items():
        if near := closest(key[:80], BLOCKS) if not walk.full else None:
            return walk.wrong(name, f"unknown block '{shorten(key)}'", f"did you mean '{near}'?")
    return walk.wrong(node.head, "this block has no type", types)


def _no_block(walk: Walk, node: Scalar, types: str) -> Any:
    text = shorten(node.text)
    if node.empty:
        return walk.wrong(node, "an entry of 'home' is empty", types)
    if text in BLOCKS:
        return walk.wrong(node, f"the block '{text}' needs a value", f"write: {text}: …")
    if "://" in text or text.startswith("mailto:"):
        return walk.wrong(node, "an address alone is not a block", f"write: link: {text}")
    return walk.wrong(node, f"unknown block '{text}'", did_you_mean(text, BLOCKS, types))
