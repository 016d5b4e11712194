"""Know the platforms: what an address is, what it is called, which icon it has. No network, no files but the icons.

`recognise` reads an address; `icon` gives the outline for a name; `PLATFORMS` is the table. What to ask for an address
stands in `asking`, how it plays in `playing`. A package of its own adds a `Platform` of `Rule` and `Frame`: `plugins`.
"""

from __future__ import annotations

from .entry import KINDS, Frame, Known, Platform, Rule
from .icons import icon
from .known import recognise
from .table import PLATFORMS

__all__ = ["KINDS", "PLATFORMS", "Frame", "Known", "Platform", "Rule", "icon", "recognise"]
