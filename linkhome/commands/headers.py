"""Print with which headers a host is to send the site, for hosts that do not find that in the site itself."""

from __future__ import annotations

from .. import pipeline
from ..console import Console
from ..diagnostics import Exit
from ..headers import apache, netlify, nginx, redirects
from ..headers.model import Headers
from ..opening import opened


def _netlify(headers: Headers) -> str:
    """Return both files of Netlify and Cloudflare, each below its name if there are two."""
    lines, rules = netlify.written(headers).decode(), redirects.written(headers.redirects, headers.base).decode()
    return f"# {netlify.FILE}\n{lines}\n# {redirects.FILE}\n{rules}" if rules else lines


_WRITTEN = {
    "apache": lambda headers: apache.written(headers).decode(),
    "netlify": _netlify,
    "nginx": nginx.written,
}
#: The kinds of hosts for which they can be written.
KINDS = tuple(_WRITTEN)


def run(site: str | None, kind: str, console: Console | None = None) -> Exit:
    """Build the site in memory and print its headers for this kind of host.

    Raises:
        LinkhomeError: with every mistake of the site.
    """
    console = console or Console()
    project, _, _ = opened(site)
    with console.working("Building"):
        built = pipeline.build_to(pipeline.Order(project))
    built.cache.close()
    console.data(_WRITTEN[kind](built.served.headers()))
    return Exit.FINE
