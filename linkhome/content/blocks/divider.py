"""A pause between blocks."""

from __future__ import annotations

from typing import Any

from ...config import schema
from ..here import At, Here


def make(block: schema.DividerBlock, here: Here, at: At) -> dict[str, Any] | None:
    """Return nothing but the pause itself."""
    return {}
