"""Find front pages in German without the pages that the law in Germany, Austria and Switzerland asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostics import Severity
from .finding import Finding
from .site import Site, shown

RULE = "legal"
_FRONT = "index.html"
_PAGES = (
    (
        re.compile(r"impressum|imprint|anbieterkennzeichnung|offenlegung|legal[\s-]?notice", re.IGNORECASE),
        "an imprint (Impressum)",
        "write pages/impressum.md with your name and address",
    ),
    (
        re.compile(r"datenschutz|privacy|privatsph", re.IGNORECASE),
        "a privacy page (Datenschutz)",
        "write pages/datenschutz.md: what the site stores of whom, and why",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Find what every front page in German has to link, as those have to who earn money with a site."""
    for path, page in site.pages.items():
        german = (page.language or "").lower().partition("-")[0] == "de"
        if not german or page.redirects or path.rpartition("/")[2] != _FRONT or path.count("/") > 1:
            continue
        if path != _FRONT and path.partition("/")[0].lower().partition("-")[0] != "de":
            continue  # not a front page, but a page of a site in German
        for words, what, hint in _PAGES:
            if not any(words.search(f"{said} {href}") for said, href in page.links):
                message = f"the front page in German links no {what.removeprefix('an ').removeprefix('a ')}"
                yield Finding(RULE, Severity.WARNING, message, f"{hint}, or link one", (shown(path),))
