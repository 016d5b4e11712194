"""Find requests to other hosts: what a browser asks for by itself, before anybody has agreed to it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from ..diagnostics import Severity
from .finding import Finding
from .site import Site, shown

RULE = "requests"
_HINTS = {
    "script": "take the script out, or put the file into theme/static/ and name that",
    "iframe": "use a block 'embed': it shows a saved copy, and asks the other host only after a click",
    "link": "put the file into theme/static/ and name that; fonts go under 'brand: fonts'",
    "style": "put the file into theme/static/ and name that; fonts go under 'brand: fonts'",
}
_HINT = "put a copy into media/ and name that"


def find(site: Site) -> Iterator[Finding]:
    """Find every address on another host that a browser loads by itself."""
    for path, one in site.references():
        other = site.way(path, one.url).other if one.loads else None
        if other:
            host = urlsplit(other).hostname
            message = f"{host} hears of every visitor: '{other[:120]}' is loaded by <{one.element}>"
            yield Finding(RULE, Severity.ERROR, message, _HINTS.get(one.element, _HINT), (shown(path),))
