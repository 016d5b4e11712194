"""Find what nobody can use who does not see the page, and what machines cannot read of it."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Severity
from .finding import Finding
from .markup import Page
from .site import Site, shown

RULE = "access"
_TEMPLATE = "in your own template or page; 'linkhome theme diff' shows what you changed"


def find(site: Site) -> Iterator[Finding]:
    """Find pages without a language or a title, things without a name, and names that are there twice."""
    for path, page in site.pages.items():
        if page.redirects:
            continue
        for message, hint in _faults(page):
            yield Finding(RULE, Severity.WARNING, message, hint, (shown(path),))


def _faults(page: Page) -> Iterator[tuple[str, str]]:
    if not page.language:
        yield "the page does not say its language", f'write <html lang="…"> {_TEMPLATE}'
    if not page.title:
        yield "the page has no title", f"write <title>…</title> {_TEMPLATE}"
    for fault in page.nameless:
        yield f"who does not see the page finds {fault}", f"give it words {_TEMPLATE}"
    for name in page.twice:
        yield f"the id '{name}' is there twice, so that links and labels meet the wrong one", f"rename one {_TEMPLATE}"
