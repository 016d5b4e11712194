"""Find the id of a YouTube channel in its page: the feeds want it, the addresses that people write do not have it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import structs

from .page import markup, read_page
from .reading import Reading, Unusable

if TYPE_CHECKING:
    from ..platforms.asking import Ask
    from .fetch import Answer

#: Where a page names its own channel, and no other one; the surest first.
_OWN = (
    re.compile(r'"externalId"\s*:\s*"(UC[\w-]{22})"', re.ASCII),
    re.compile(r'itemprop="(?:identifier|channelId)"\s+content="(UC[\w-]{22})"', re.ASCII),
    re.compile(r'<link rel="canonical" href="https?://www\.youtube\.com/channel/(UC[\w-]{22})"', re.ASCII),
    re.compile(r'feeds/videos\.xml\?channel_id=(UC[\w-]{22})"', re.ASCII),
    re.compile(r'"browseId"\s*:\s*"(UC[\w-]{22})"\s*,\s*"canonicalBaseUrl"', re.ASCII),
)


def read_channel(answer: Answer, ask: Ask, address: str) -> Reading:
    """Return whose channel a page is, with its id as the fact ``channel``.

    Raises:
        Unusable: as `read_page`; also when no id is in it (``other-thing``).
    """
    text = markup(answer)
    found = next((match[1] for pattern in _OWN if (match := pattern.search(text))), "")
    try:
        reading = read_page(answer, ask, address)
    except Unusable as problem:
        if not found or problem.code in ("blocked", "consent"):
            raise
        reading = Reading(source="page")  # what it is called, the feed will tell
    if not found:
        raise Unusable("other-thing", "the page does not name its channel")
    return structs.replace(reading, facts={**reading.facts, "channel": found}, asks=())
