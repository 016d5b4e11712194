"""Name the media type of every file of a site, for hosts that serve a file as what they were told it is."""

from __future__ import annotations

from ..headers.model import KINDS


def kind_of(path: str) -> str:
    """Return the media type of a file by its path in the site; texts are UTF-8."""
    from ..preview.files import kind_of as by_ending

    return KINDS.get(path) or by_ending(path)
