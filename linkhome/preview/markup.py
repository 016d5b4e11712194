"""Read a finished page into its elements as every browser would, or say that this cannot be promised.

Browsers repair bad HTML by rules that fill a book (HTML, section 13.2.6). Nothing of that is done here: a page whose
tags do not close in order, or that nests what the rules would pull apart, is not read at all. So whoever counts
elements here counts those that a browser has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

#: Chromium moves elements that lie deeper than 512 to another place.
_DEEPEST = 200


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


_ATTRIBUTES = r"""(?:\s+[^\s"'<>/=\x00]+(?:=(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*"""
#: Elements that hold nothing but text; ``noscript`` is one of them where scripts run.
_RAW = "script|style|textarea|title|iframe|noscript"
_TOKEN = re.compile(
    rf"<(?P<raw>{_RAW}){_ATTRIBUTES}\s*>(?P<text>[^<]*(?:<(?!/(?P=raw))[^<]*)*)</(?P=raw)\s*>"
    rf"|<(?P<tag>[a-z][a-z0-9:-]*){_ATTRIBUTES}\s*(?P<alone>/?)>"
    r"|</(?P<close>[a-z][a-z0-9:-]*)\s*>"
    r"|<!--(?!-?>)(?P<comment>.*?)-->"
    r"|<!doctype[^>]*>"
    r"|(?P<bad><[a-z/!?])",
    re.DOTALL | re.IGNORECASE,
)
_VOID = words("area base br col embed hr img input link meta param source track wbr")
_HEAD = words("base link meta noscript script style title")
_FOREIGN = frozenset(("svg", "math"))
#: A start tag of these ends a paragraph that is open.
_ENDS_P = words(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form h1"
    " h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre listing search section summary table ul"
)
#: These may not stand inside of another one of their kind, however deep.
_ONCE = words("a button form nobr")
_TITLES = words("h1 h2 h3 h4 h5 h6")
#: In which elements these have to stand, for their ends to be where they are written.
_LISTS = words("ul ol menu")
_PARENTS = {
    "li": _LISTS,
    "dt": frozenset(("dl", "div")),
    "dd": frozenset(("dl", "div")),
    "rt": frozenset(("ruby",)),
    "rp": frozenset(("ruby",)),
    "caption": frozenset(("table",)),
    "thead": frozenset(("table",)),
    "tbody": frozenset(("table",)),
    "tfoot": frozenset(("table",)),
    "tr": frozenset(("thead", "tbody", "tfoot")),
    "td": frozenset(("tr",)),
    "th": frozenset(("tr",)),
}
_TABLE = {
    "table": frozenset(("caption", "thead", "tbody", "tfoot")),
    **dict.fromkeys(("thead", "tbody", "tfoot"), frozenset(("tr",))),
    "tr": frozenset(("td", "th")),
}
#: What is read by rules of its own, which are not in this module, or is long out of use.
_UNKNOWN = words(
    "applet body col colgroup datalist font foreignobject frame frameset head html image keygen listing marquee"
    " menuitem noembed noframes object optgroup option plaintext rb rtc select template xmp"
)
#: Inside of these, which belong to drawings and formulas, HTML is read again.
_HTML_AGAIN = words("annotation-xml desc mi mn mo ms mtext")
#: Inside of a drawing a start tag of these would end it.
_BREAKS_OUT = (
    _ENDS_P
    | _TITLES
    | words("b big br code em embed hr i img meta nobr ruby s small span strong strike sub sup tt u var")
)


class Element:
    """Hold where an element stands in the text of its page: where its tags start and end."""

    __slots__ = ("end", "inside", "kids", "outside", "start", "tag")

    def __init__(self, tag: str, start: int, inside: int) -> None:
        self.tag = tag
        self.start = start
        self.inside = inside
        self.outside = self.end = inside
        self.kids: list[Element] = []

    def all(self) -> Iterator[Element]:
        """Give this element and all that are in it."""
        yield self
        for kid in self.kids:
            yield from kid.all()


@lru_cache(maxsize=64)
def elements(html: str) -> Element | None:
    """Return the element ``html`` of a page, with ``head`` and ``body``; None when a browser might see other ones."""
    root = Element("", 0, 0)
    open_, names = [root], [""]
    drawing = 0  # how many elements deep in a drawing
    after = 0
    for found in _TOKEN.finditer(html):
        kind = found.lastgroup
        parent, within = open_[-1], names[-1]
        if within in _TABLE and html[after : found.start()].strip():
            return None
        after = found.end()
        if kind == "close":
            name = found["close"].lower()
            if name != within:
                return None
            parent.outside, parent.end = found.span()
            del open_[-1], names[-1]
            drawing -= drawing > 0
        elif kind == "alone":
            name = found["tag"].lower()
            if len(names) > _DEEPEST or not (_fits_drawing(name, within) if drawing else _fits(name, within, names)):
                return None
            made = Element(name, *found.span())
            parent.kids.append(made)
            if found["alone"] and not drawing and name not in _VOID and name not in _FOREIGN:
                return None
            if found["alone"] or (name in _VOID and not drawing):
                made.end = made.outside
                continue
            open_.append(made)
            names.append(name)
            drawing += drawing > 0 or name in _FOREIGN
        elif kind == "text":
            name = found["raw"].lower()
            if within in _TABLE or (within == "head" and name not in _HEAD):
                return None
            if "<" in found["text"] and (drawing or (name == "script" and "<!--" in found["text"])):
                return None
            made = Element(name, found.start(), found.start("text"))
            made.outside, made.end = found.end("text"), found.end()
            parent.kids.append(made)
        elif kind == "bad" or (kind == "comment" and "--!>" in found[0]):
            return None
    return _whole(html, root) if len(open_) == 1 and not html[after:].strip() else None


def _fits(name: str, within: str, names: list[str]) -> bool:
    """Tell whether a start tag opens an element right there, and closes nothing."""
    if name in _UNKNOWN:
        return len(names) == (1 if name == "html" else 2) and name in ("html", "head", "body")
    if len(names) < 3 or (within == "head" and name not in _HEAD):
        return False
    if name in _ENDS_P and "p" in names:
        return False
    if name in _ONCE and name in names:
        return False
    if name in _TITLES and within in _TITLES:
        return False
    if name in _PARENTS:
        return within in _PARENTS[name] and (within != "div" or names[-2] == "dl")
    return within not in _TABLE or name in _TABLE[within]


def _fits_drawing(name: str, within: str) -> bool:
    return name not in _BREAKS_OUT and name not in _UNKNOWN and within not in _HTML_AGAIN


def _whole(html: str, root: Element) -> Element | None:
    """Return the element ``html`` if head and body are where they have to be, with no text around them."""
    if len(root.kids) != 1 or root.kids[0].tag != "html":
        return None
    page = root.kids[0]
    if [kid.tag for kid in page.kids] != ["head", "body"]:
        return None
    head, body = page.kids
    gaps = (
        _DOCTYPE.sub("", html[: page.start], 1),
        html[page.inside : head.start],
        html[head.end : body.start],
        html[body.end : page.outside],
    )
    return None if any(gap.strip() for gap in (*gaps, html[page.end :])) or _talks(html, head) else page


def _talks(html: str, head: Element) -> bool:
    """Tell whether there is text in the head: it would begin the body."""
    at = head.inside
    for kid in head.kids:
        if _COMMENT.sub("", html[at : kid.start]).strip():
            return True
        at = kid.end
    return bool(_COMMENT.sub("", html[at : head.outside]).strip())


_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(r"<!doctype[^>]*>", re.IGNORECASE)
