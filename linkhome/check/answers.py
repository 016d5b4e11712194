"""Ask a place for what tells how it serves the site: a page, a file of each kind, an address that leads nowhere.

Pages and files are asked for once each, one after the other, and no more of a file comes than its beginning.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from msgspec import Struct

from ..embeds.fetch import Answer, Client, FetchError, Limits
from ..headers.caching import AT_ONCE, hashed
from .site import Site
from .well_known import FOLDER

#: Seconds for one place, after which nothing more is asked.
SECONDS = 60.0
#: An address that no site has, deep enough that links of the page for wrong addresses would break if they could.
NOWHERE = "no/such/page-of-this-site"
#: Kinds of files that hosts serve wrongly now and then, by their endings.
ENDINGS = ("css", "js", "svg", "woff2", "avif", "webp", "webmanifest", "vcf", "json", "xml", "ics")
_PAGE = Limits("page", 500_000, 15, 5, True, (), "text/html, */*;q=0.5")
_HEAD = Limits("file", 1_000, 15, 5, True, (), "*/*")
_PLAIN = Limits("page", 1_000, 10, 5, True, (), "text/html, */*;q=0.5")
#: Files that are cut on their way may be cut there, too; what programs look for has to come whole.
_WHOLE = Limits("file", 2_000_000, 15, 5, False, (), "*/*")


class Answers(Struct, frozen=True):
    """Hold what a place answered: to its front page (None: nothing), by path to files, to an address of nowhere.

    ``plain`` is the address to which http:// led, empty if nobody answered there or the place has no https.
    ``problems`` say by path why there is no answer.
    """

    front: Answer | None
    files: Mapping[str, Answer]
    nowhere: Answer | None
    plain: str
    problems: Mapping[str, str]


def ask(site: Site, url: str, client: Client) -> Answers:
    """Ask the place at ``url``, for at most `SECONDS`; nothing is raised."""
    until = time.monotonic() + SECONDS
    problems: dict[str, str] = {}

    def get(path: str, limits: Limits, at: str = url) -> Answer | None:
        try:
            return client.get(at + quote(path), limits, deadline=until)
        except FetchError as problem:
            problems[path or "/"] = problem.sentence
            return None

    front = get("", _PAGE)
    files = {}
    for path in _files(site, url):
        if answer := get(path, _WHOLE if path.startswith(FOLDER) else _HEAD):
            files[path] = answer
    nowhere = get(NOWHERE, _PAGE)
    parts = urlsplit(url)
    plain = None
    if parts.scheme == "https" and not parts.port:
        plain = get("", _PLAIN, f"http://{parts.netloc}{parts.path}")
    return Answers(front, files, nowhere, plain.url if plain else "", problems)


def _files(site: Site, url: str) -> list[str]:
    """Return which files are asked for: the smallest of each kind, one for ever, the worker, and ``.well-known/``."""
    at_top = urlsplit(url).path in ("", "/")
    found = [path for path in sorted(site.files) if path.startswith(FOLDER) and at_top]
    by_size = sorted(site.files, key=lambda path: (site.files[path].size, path))
    for ending in ENDINGS:
        found += [path for path in by_size if path.endswith(f".{ending}") and "/." not in f"/{path}"][:1]
    found += [path for path in by_size if hashed(path)][:1]
    return list(dict.fromkeys([*found, *(path for path in AT_ONCE if path in site.files)]))
