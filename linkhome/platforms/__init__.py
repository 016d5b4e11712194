"""Know the platforms: what an address is, what it is called, which icon it has. No network, no files but the icons.

`recognise` reads an address; `icon` gives the outline for a name; `PLATFORMS` is the table.
"""

from __future__ import annotations

from .entry import KINDS, Known, Platform
from .icons import icon
from .known import recognise
from .table import PLATFORMS

__all__ = ["KINDS", "PLATFORMS", "Known", "Platform", "icon", "recognise"]
