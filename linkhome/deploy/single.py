"""Make one page of the whole site: styles, pictures, fonts and further pages in it, no script, no request.

The front page is the page. Every further page is a frame inside of it that shows itself when a link leads to it, so
each keeps its own styles and its own names. What is too large to be carried along is linked where it is online.
"""

from __future__ import annotations

import base64
import posixpath
import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import unquote, urlsplit

from ..content.addresses import absolute, scheme
from ..headers import redirects
from .kinds import kind_of
from .nouns import Frozen, Tell
from .order import is_page
from .single_page import Inliner

#: Files larger than this, in bytes, stay outside: an hour of sound makes no page that opens quickly.
LARGEST = 16_000_000
HOME, MISSING = "index.html", "404.html"
_CANONICAL = re.compile(r'<link\b[^>]*\brel="canonical"[^>]*\bhref="([^"]*)"')
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL | re.IGNORECASE)
_URL = re.compile(r"""\burl\(\s*(?P<quote>["']?)(?P<way>[^"')]+)(?P=quote)\s*\)""")
_BODY = re.compile(r"</body\s*>", re.IGNORECASE)


def write_page(frozen: Frozen, write: Callable[[bytes], object], tell: Tell) -> None:
    """Write the page in pieces, so that one page and what it shows is all that is held in memory."""
    site = Ways(frozen)
    pages = [path for path in sorted(site.pages) if path != HOME]
    front = Inliner(site, HOME, framed=False).of(site.text(HOME))
    ends = list(_BODY.finditer(front))
    at = ends[-1].start() if ends else len(front)
    write(front[:at].encode())
    for number, path in enumerate(pages):
        tell(frozen.size * number // len(pages), frozen.size, path)
        write(_frame(site, path).encode())
    write(f"{front[at:]}\n".encode())
    tell(frozen.size, frozen.size, HOME)


def _frame(site: Ways, path: str) -> str:
    text = site.text(path)
    title = _TITLE.search(text)
    name = escape(unescape(title[1]).strip() if title else path)
    page = Inliner(site, path, framed=True).of(text).replace("&", "&amp;").replace('"', "&quot;")
    return (
        f'<div class="linkhome-page" id="{escape(site.id_of(path))}">'
        f'<iframe title="{name}" loading="lazy" srcdoc="{page}"></iframe></div>\n'
    )


class Ways:
    """Know where every way of the site leads, and what it becomes inside of one page."""

    def __init__(self, frozen: Frozen) -> None:
        self._frozen = frozen
        self.pages = {path for path in frozen.files if is_page(path) and path != MISSING and not self._leads_on(path)}
        found = _CANONICAL.search(self.text(HOME))
        #: Where the site is online; empty if it does not say so.
        self.address = unescape(found[1]) if found and scheme(unescape(found[1])) in ("http", "https") else ""

    def _leads_on(self, path: str) -> bool:
        """Tell whether a page is there only to lead on: links to it lead to where it is online."""
        return redirects.is_page(self._frozen.read(path))

    def text(self, path: str) -> str:
        """Return a page or a style sheet."""
        return self._frozen.read(path).decode("utf-8", "replace")

    def id_of(self, path: str) -> str:
        """Return the name of a page inside of the one page."""
        return "/" + (path.removesuffix(HOME) if path.rpartition("/")[2] == HOME else path)

    def file_of(self, way: str, page: str) -> str:
        """Return the file of the site that a way on a page leads to; empty if it leads elsewhere."""
        if scheme(way) or way.startswith("//") or not way:
            return ""
        plain = unquote(urlsplit(way).path)
        if not plain:
            return ""
        base = urlsplit(self.address).path
        own = plain.removeprefix(base if base and plain.startswith(base) else "/") if plain[:1] == "/" else ""
        path = own if plain[:1] == "/" else posixpath.normpath(posixpath.join(posixpath.dirname(page), plain))
        for one in (path, posixpath.normpath(f"{path}/{HOME}")):
            if one in self._frozen.files:
                return one
        return ""

    def online(self, way: str, page: str) -> str:
        """Return the address of a way where the site is online; the way as it is if it leads elsewhere."""
        path = self.file_of(way, page)
        if path and self.address:
            return absolute(self.address, path)
        if scheme(way) or way.startswith("//") or not self.address:
            return way
        from urllib.parse import urljoin

        return urljoin(absolute(self.address, page), way)

    def data(self, way: str, page: str) -> str:
        """Return a file as an address that holds its content; where it is online if it is too large."""
        path = self.file_of(way, page)
        if not path or self._frozen.files[path].size > LARGEST:
            return self.online(way, page)
        content = base64.b64encode(self._frozen.read(path)).decode()
        return f"data:{kind_of(path).replace(' ', '')};base64,{content}"

    def carried(self, path: str) -> bool:
        """Tell whether a file is small enough to be carried along."""
        return self._frozen.files[path].size <= LARGEST

    def css(self, text: str, page: str) -> str:
        """Return styles with what they show in them; ``page`` is the file that they stand in."""
        return _URL.sub(lambda found: self._shown(found, page), text)

    def _shown(self, found: re.Match[str], page: str) -> str:
        if found["way"].startswith("#") or not self.file_of(found["way"], page):
            return found[0]
        return (
            f'url("{self.data(found["way"], page)}")'
            if found["quote"] != "'"
            else f"url('{self.data(found['way'], page)}')"
        )
