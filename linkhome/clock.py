"""Tell and spend time where hosts are asked again and again; tests have another clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple


class Clock(NamedTuple):
    """Hold how time is told and spent, in seconds; tests have another."""

    now: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep


#: The real one.
CLOCK = Clock()
#: Answers of a host after which it may be asked again.
AGAIN = (408, 425, 429, 500, 502, 503, 504, 507, 520, 521, 522, 523, 524, 529)
