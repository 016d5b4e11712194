"""Collect what a page says of itself: its meta tags, links, title, microdata and JSON-LD. Linear in time, no tree."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from .markup import tags, unescape

_SEEN = frozenset({"meta", "link", "title", "script", "base", "span", "div"})
#: More of one kind is an accident or an attack.
_MOST_VALUES, _MOST_BLOCKS, _LONGEST_BLOCK = 40, 40, 400_000
_SCOPES = ("author", "byartist", "creator")


class Link(NamedTuple):
    """Hold one ``<link>``: what it is, of which type, where it leads, its title."""

    rel: str
    type: str
    href: str
    title: str


class Head:
    """Hold the values of a page by their lower-case names; within a name in their order.

    ``meta`` has ``property``, ``name`` and ``http-equiv`` alike, ``items`` what ``itemprop`` names, ``blocks`` are the
    JSON-LD texts. ``refresh`` is where the page leads on by itself.
    """

    def __init__(self, markup: str) -> None:
        self.meta: dict[str, list[str]] = defaultdict(list)
        self.items: dict[str, list[str]] = defaultdict(list)
        self.links: list[Link] = []
        self.blocks: list[str] = []
        self.title = self.base = self.refresh = self.author = self.author_url = ""
        scope = ""
        for tag in tags(markup, _SEEN):
            if tag.name in ("span", "div") and not tag.closing and "itemprop" not in tag.raw:
                continue
            own = tag.attributes
            if tag.closing:
                scope = "" if tag.name in ("span", "div") else scope
            elif tag.name == "title":
                self.title = self.title or unescape(tag.text[:4_000]).strip()
            elif tag.name == "script":
                self._block(own.get("type", ""), tag.text)
            elif tag.name in ("span", "div"):
                scope = own.get("itemprop", "").lower() or scope
            elif tag.name == "base":
                self.base = self.base or own.get("href", "")
            elif tag.name == "meta":
                self._meta(own, scope)
            elif tag.name == "link":
                self._link(own, scope)

    def first(self, *names: str) -> str:
        """Return the first value that says something, of the first name that has one."""
        return next((value for name in names for value in self.meta.get(name, ()) if value.strip()), "")

    def item(self, *names: str) -> str:
        """Return the first value that says something of what microdata calls so."""
        return next((value for name in names for value in self.items.get(name, ()) if value.strip()), "")

    def linked(self, rel: str) -> str:
        """Return where the first link of a kind leads."""
        return next((link.href for link in self.links if rel in link.rel.split() and link.href), "")

    def _block(self, kind: str, text: str) -> None:
        if kind.strip().lower().startswith("application/ld+json") and len(self.blocks) < _MOST_BLOCKS:
            self.blocks.append(text[:_LONGEST_BLOCK])

    def _meta(self, own: dict[str, str], scope: str) -> None:
        content = own.get("content", "")
        if own.get("itemprop"):
            self._item(own["itemprop"], content, scope)
        for name in {own.get(key, "").strip().lower() for key in ("property", "name", "http-equiv")} - {""}:
            if len(self.meta[name]) < _MOST_VALUES and len(self.meta) < 1_000:
                self.meta[name].append(content)
            if name == "refresh" and not self.refresh:
                self.refresh = _leads_to(content)

    def _link(self, own: dict[str, str], scope: str) -> None:
        if own.get("itemprop"):
            self._item(own["itemprop"], own.get("href") or own.get("content", ""), scope)
        if own.get("rel") and len(self.links) < 500:
            kind = own.get("type", "").strip().lower().partition(";")[0]
            self.links.append(Link(own["rel"].lower(), kind, own.get("href", ""), own.get("title", "")))

    def _item(self, name: str, value: str, scope: str) -> None:
        name = name.strip().lower()
        if scope in _SCOPES:
            if name == "name":
                self.author = self.author or value
            elif name == "url":
                self.author_url = self.author_url or value
        elif len(self.items[name]) < _MOST_VALUES and len(self.items) < 500:
            self.items[name].append(value)


def _leads_to(content: str) -> str:
    """Return the address of a refresh that comes at once (HTML, ``http-equiv=refresh``)."""
    delay, _, rest = content[:4_000].replace(",", ";", 1).partition(";")
    name, mark, target = rest.partition("=")
    at_once = delay.strip().partition(".")[0] in ("", "0", "1", "2", "3", "4", "5")
    return target.strip().strip("\"'") if at_once and mark and name.strip().lower() == "url" else ""
