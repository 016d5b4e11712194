"""Name the media type of every file of a site, for hosts that serve a file as what they were told it is."""

from __future__ import annotations

#: Files without an ending that says it; see RFC 7033, RFC 6415 and the AT Protocol's handles.
_NAMES = {
    ".well-known/webfinger": "application/jrd+json",
    ".well-known/host-meta": "application/xrd+xml; charset=utf-8",
    ".well-known/atproto-did": "text/plain; charset=utf-8",
}


def kind_of(path: str) -> str:
    """Return the media type of a file by its path in the site; texts are UTF-8."""
    from ..preview.files import kind_of as by_ending

    return _NAMES.get(path) or by_ending(path)
