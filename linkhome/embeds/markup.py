"""Read HTML of strangers in linear time: the tags that somebody wants, or only the plain text.

No tree is built. The standard library's parser is quadratic on what never ends (300 KB of ``<meta `` cost it minutes
with Python 3.11), so it never sees a whole page: tags are found here, and it reads the attributes of one short tag
at a time.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

#: A tag that is longer is taken for an accident or an attack: its attributes are not read.
_LONGEST_TAG = 16_384
#: After so many such tags all are read as far as their first ``>``, without their attributes.
_MOST_ENDLESS = 20
_MOST_TAGS = 50_000

_START = re.compile(r"<(?:(!--)|[!?]|(/?)([a-zA-Z][a-zA-Z0-9:-]*+))")
#: The rest of a tag: a ``>`` in a quoted value is no end, a quote counts only behind ``=`` (HTML, 13.2.5.36).
_END = re.compile(r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')|=)*+>""")
#: Elements that hold text, not markup: their end is their own closing tag and nothing else.
_TEXTUAL = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes")
}
#: Elements whose content nobody ever reads.
_SILENT = {
    **{name: _TEXTUAL[name] for name in ("script", "style", "iframe", "noembed", "noframes")},
    "svg": re.compile(r"</svg(?=[\s/>])", re.IGNORECASE),
}
_BREAKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "br", "dd", "details", "div", "dl", "dt", "fieldset", "figure"),
        *("figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav"),
        *("ol", "p", "pre", "section", "table", "tr", "ul"),
    }
)
_TAG = re.compile(r"<(?:(!--)|(/?)([a-zA-Z][a-zA-Z0-9:-]*+)(?:[\s/][^<>]*+)?+>|[!?][^<>]*+>)")
_FAR_TOO_LONG = re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9a-fA-F]{7,}+);?")


class Tag(NamedTuple):
    """Hold one tag: ``name`` in lower case, ``raw`` how it is written, ``text`` what stands in a textual element.

    ``closing`` is true for ``</…>``; ``start`` and ``end`` are where the tag itself begins and ends.
    """

    name: str
    raw: str
    text: str
    closing: bool
    start: int
    end: int

    @property
    def attributes(self) -> dict[str, str]:
        """Return the attributes, unescaped; of those that are there twice the first counts. Not kept: ask once."""
        return {} if self.closing else _Attributes().read(self.raw)


def tags(markup: str, wanted: frozenset[str]) -> Iterator[Tag]:
    """Return the wanted tags in their order, without those in comments, scripts or quoted attributes.

    Linear in time, whatever the text is. What stands after an unclosed comment or script is not looked at, as in
    browsers, nor is what comes after more tags than any page has.
    """
    at, endless, left = 0, 0, _MOST_TAGS
    while left and (found := _START.search(markup, at)):
        at = found.end()
        if found[1]:
            at = _after_comment(markup, at)
            if at < 0:
                return
            continue
        if found[3] is None:
            continue
        whole = _END.match(markup, at, at + _LONGEST_TAG) if endless < _MOST_ENDLESS else None
        endless += whole is None
        end = whole.end() if whole else markup.find(">", at) + 1
        if not end:
            return
        name, closing = found[3].lower(), bool(found[2])
        text, after = "", end
        if name in _TEXTUAL and not closing and markup[end - 2] != "/":
            last = _TEXTUAL[name].search(markup, end)
            after = last.start() if last else len(markup)
            text = markup[end:after]
        if name in wanted:
            left -= 1
            yield Tag(name, markup[found.start() : end] if whole else "", text, closing, found.start(), end)
        at = after


def plain(markup: str) -> str:
    """Return HTML as plain text: without tags, comments and scripts, entities once, a line break for each block.

    Linear in time. What comes out is text, and may hold anything that was written with entities: escape it.
    """
    if "<" not in markup:
        return unescape(markup)
    pieces, at = [], 0
    while found := _TAG.search(markup, at):
        pieces.append(markup[at : found.start()])
        at = found.end()
        name = (found[3] or "").lower()
        if name in _BREAKS:
            pieces.append("\n\n" if name in ("p", "blockquote") else "\n")
        if found[1]:
            at = _after_comment(markup, at)
        elif name in _SILENT and not found[2] and not found[0].endswith("/>"):
            end = _SILENT[name].search(markup, at)
            at = end.start() if end else -1
        if at < 0:  # it never ends, and hides all that follows
            break
    else:
        pieces.append(markup[at:])
    return unescape("".join(pieces))


def unescape(text: str) -> str:
    """Return a text with entities replaced, once; numbers that are no characters vanish."""
    if "&" not in text:
        return text
    return html.unescape(_FAR_TOO_LONG.sub("", text) if "&#" in text else text)


def _after_comment(markup: str, at: int) -> int:
    """Return where a comment ends that began before ``at``, or -1 when it never does."""
    for short in (">", "->"):
        if markup.startswith(short, at):
            return at + len(short)
    end = markup.find("-->", at)
    return end + 3 if end >= 0 else -1


class _Attributes(HTMLParser):
    """Read the attributes of one tag."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}

    def read(self, tag: str) -> dict[str, str]:
        try:
            self.feed(_FAR_TOO_LONG.sub("", tag))
        except (ValueError, AssertionError):  # an entity or a declaration that the parser trips over
            return {}
        return self.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        for name, value in attrs:
            self.found.setdefault(name, value or "")
