"""Find addresses of the site itself that lead nowhere: pages, files, and places on a page."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from ..diagnostics import Severity
from .finding import Finding
from .site import Site, shown

RULE = "links"
_OF_SIGN_UP = ("api/", ".netlify/")


def find(site: Site) -> Iterator[Finding]:
    """Find every address of a file that the site does not have, and of a place that a page does not have."""
    for path, one in site.references():
        way = site.way(path, one.url)
        if way.path is None or way.path.startswith(_OF_SIGN_UP):
            continue
        file = site.file(way.path)
        if file is None:
            what = "is loaded" if one.loads else "is linked"
            near = site.alike(way.path)
            hint = f"there is '{shown(near)}': write that" if near else "correct the address, or add the file"
            yield Finding(RULE, Severity.ERROR, f"'/{way.path}' {what}, and is not there", hint, (shown(path),))
            continue
        anchors = site.anchors(file)
        if one.element == "use":
            continue  # a theme that hides a sign need not draw it
        if _leads(way.fragment) and anchors is not None and way.fragment not in anchors:
            message = f"'{shown(file)}#{way.fragment}' is named, and that page has no such place"
            known = ", ".join(f"#{quote(name)}" for name in sorted(anchors)[:6] if not name.startswith("i-"))
            hint = f"name one that is there ({known}), or none" if known else "take the part from # on away"
            yield Finding(RULE, Severity.WARNING, message, hint, (shown(path),))


def _leads(fragment: str) -> bool:
    """Tell whether a browser looks for this place; the top of a page is always there."""
    return fragment.lower() not in ("", "top")
