"""Read a page or a drawing once, and note everything that a rule asks about: pure, from text to a `Page`.

What stands in a ``<template>`` is noted like the rest: a script may put it on the page at any time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from msgspec import Struct

from .naming import Names
from .sheet import addresses

#: Relations of a ``<link>`` for which a browser asks the host by itself.
_ASKED = frozenset(
    "stylesheet icon apple-touch-icon mask-icon preload modulepreload prefetch prerender preconnect"  # noqa: SIM905
    " dns-prefetch manifest".split()
)
#: Attributes whose address a browser loads by itself, by element. Small letters: so the parser gives them.
_LOADED: Mapping[str, tuple[str, ...]] = {
    "script": ("src", "href", "xlink:href"),
    "img": ("src",),
    "source": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src",),
    **dict.fromkeys(("body", "table", "tr", "td", "th"), ("background",)),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
    "feimage": ("href", "xlink:href"),
}
#: Properties of a page that name a file or a page of the same site for those who show a preview of it.
_PREVIEWS = frozenset(("og:image", "og:url", "twitter:image", "og:video", "og:audio"))
_PLAYED = ("audio", "video")
#: Pages in a page, one in the other, that are looked into.
_DEEPEST = 3
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])[^,]*")
_REFRESH = re.compile(r"""^\s*[\d.]*\s*[;,]\s*(?:url\s*=\s*)?["']?([^"']+)""", re.IGNORECASE)
_PI_HREF = re.compile(r"""href\s*=\s*["']([^"']+)""")


class Reference(Struct, frozen=True):
    """Hold one address on a page: in which element, and whether the browser asks for it by itself."""

    element: str
    url: str
    loads: bool


class Page(Struct, frozen=True):
    """Hold what there is to know of a page (or a drawing): addresses, anchors, words for machines, and faults.

    ``links`` are the words of each link with its address, ``forms`` where forms go. ``nameless`` are things that nobody
    can name who does not see them, as sentences. ``handlers`` are scripts in attributes.
    """

    references: tuple[Reference, ...]
    ids: frozenset[str]
    twice: tuple[str, ...]
    language: str | None
    title: str
    policy: str | None
    scripts: tuple[str, ...]
    handlers: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    forms: tuple[str, ...]
    nameless: tuple[str, ...]
    base: str
    redirects: bool


def read(text: str, depth: int = 0) -> Page:
    """Return what there is to know of a page; nothing that it holds is an error here.

    ``depth`` says how many pages this one stands in (``srcdoc``).
    """
    reader = _Reader(depth)
    reader.feed(text)
    reader.close()
    return reader.page()


class _Reader(HTMLParser):
    def __init__(self, depth: int) -> None:
        super().__init__(convert_charrefs=True)
        self._depth = depth
        self._references: list[Reference] = []
        self._ids: dict[str, int] = {}
        self._language: str | None = None
        self._policy: str | None = None
        self._base = ""
        self._redirects = False
        self._title: list[str] | None = None
        self._scripts: list[str] = []
        self._handlers: list[str] = []
        self._forms: list[str] = []
        self._inside = ""
        self._drawing = 0
        self._waiting = ""
        self._names = Names()

    def page(self) -> Page:
        return Page(
            references=tuple(dict.fromkeys(self._references)),
            ids=frozenset(self._ids),
            twice=tuple(name for name, times in self._ids.items() if times > 1),
            language=self._language,
            title=" ".join("".join(self._title or []).split()),
            policy=self._policy,
            scripts=tuple(self._scripts),
            handlers=tuple(dict.fromkeys(self._handlers)),
            links=tuple(self._names.links),
            forms=tuple(dict.fromkeys(self._forms)),
            nameless=tuple(dict.fromkeys(self._names.faults(self._ids))),
            base=self._base,
            redirects=self._redirects,
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: dict[str, str] = {}
        for key, value in attrs:  # of two with the same name browsers take the first
            given.setdefault(key, value or "")
        self._note(tag, given)
        self._refer(tag, given)
        self._names.begin(tag, given, bool(self._drawing))
        self._drawing += tag == "svg"
        self._inside = "" if tag != "script" or "src" in given else _kind(given)
        if tag == "style":
            self._inside = "style"
        elif tag == "title" and not self._drawing and self._title is None:
            self._inside, self._title = "title", []

    def handle_endtag(self, tag: str) -> None:
        self._drawing -= tag == "svg" and self._drawing > 0
        self._names.end(tag)
        if tag == self._waiting:
            self._waiting = ""
        if tag in ("script", "style", "title"):
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self._scripts.append(data)
        elif self._inside == "style":
            self._references += [Reference("style", url, True) for url in addresses(data)]
        elif self._inside == "title" and self._title is not None:
            self._title.append(data)
        elif not self._inside:
            self._names.say(data)

    def handle_pi(self, data: str) -> None:
        found = _PI_HREF.search(data) if data.startswith("xml-stylesheet") else None
        self._references += [Reference("xml-stylesheet", found[1], True)] if found else []

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Take ``<![…>`` for a comment, as browsers do; the parser itself fails at what it does not know there."""
        del report
        return self.parse_bogus_comment(i)

    def _note(self, tag: str, given: Mapping[str, str]) -> None:
        for name in {given.get("id", ""), given.get("name", "") if tag == "a" else ""} - {""}:
            self._ids[name] = self._ids.get(name, 0) + 1
        self._handlers += [f"{key} of <{tag}>" for key, value in given.items() if key.startswith("on") and value]
        if tag == "html":
            self._language = given.get("lang", "").strip()
        elif tag == "form" or given.get("formaction"):
            self._forms.append(given.get("action", "") if tag == "form" else given["formaction"])
        elif tag == "base" and not self._base:
            self._base = given.get("href", "")
        elif tag == "meta" and given.get("http-equiv", "").lower() == "content-security-policy":
            self._policy = given.get("content", "")

    def _refer(self, tag: str, given: Mapping[str, str]) -> None:
        if tag in _PLAYED:  # what waits for a click is asked for by nobody before that
            self._waiting = tag if given.get("preload") == "none" and "autoplay" not in given else ""
        keys = _LOADED.get(tag, ())
        found = [(given[key], key == "poster" or not self._waiting) for key in keys if given.get(key, "").strip()]
        for key in ("srcset", "imagesrcset"):
            found += [(one, True) for one in _CANDIDATE.findall(given.get(key, "")) if one]
        for key in given if self._drawing or tag == "svg" else ("style",):  # drawings name files in many attributes
            found += [(one, True) for one in addresses(given.get(key, "")) if key == "style" or one[0] != "#"]
        found += [(one, True) for one in given.get("ping", "").split() if tag in ("a", "area")]
        href = given.get("href", "").strip()
        if tag == "link" and href:
            found.append((href, bool(_ASKED & set(given.get("rel", "").lower().split()))))
        elif tag in ("a", "area") and (href or given.get("xlink:href")):
            found.append((href or given["xlink:href"].strip(), False))
        elif tag == "meta":
            found += self._of_meta(given)
        self._references += [Reference(tag, url.strip(), loads) for url, loads in found]
        if given.get("srcdoc") and self._depth < _DEEPEST:
            self._references += read(given["srcdoc"], self._depth + 1).references

    def _of_meta(self, given: Mapping[str, str]) -> list[tuple[str, bool]]:
        content = given.get("content", "")
        if (given.get("property") or given.get("name", "")).lower() in _PREVIEWS and content:
            return [(content, False)]
        if given.get("http-equiv", "").lower() == "refresh" and (found := _REFRESH.match(content)):
            self._redirects = True
            return [(found[1].strip(), False)]
        return []


def _kind(given: Mapping[str, str]) -> str:
    """Return whether the text of a script is one, or data."""
    kind = given.get("type", "").lower()
    return "data" if re.fullmatch(r"application/(?:[\w.-]+\+)?json", kind) else "script"
