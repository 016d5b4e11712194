"""Write e-mail addresses of a page so that programs that gather them for advertising pass them by.

They look for ``@`` and ``mailto:`` in the text of a page. Browsers, screen readers and everything else that reads HTML
see character references (HTML, section 13.5) as the letters they stand for, so nothing changes for anybody: no script,
no picture of an address, no "at". It keeps away the simple ones, which are most.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator

_AT = re.compile(r"@(?=[\w-]+\.\w)")
_SCHEME = re.compile(r"mailto:")
#: Styles and scripts stay as they are, but for data, in which an address is written as JSON writes any letter.
_APART = re.compile(r"<(style|script)\b", re.IGNORECASE)
_BEFORE = frozenset(".+-_")


def veil(html: str) -> str:
    """Return a finished page with every e-mail address in it veiled, and what looks like one."""
    found = sorted((*_found(html), *(one.span() for one in _SCHEME.finditer(html))))
    if not found:
        return html
    apart = list(_apart(html))
    starts = [start for start, _ in apart]
    made, done = [], 0
    for start, end in found:
        number = bisect(starts, start) - 1
        word = html[start:end]
        if number >= 0 and start < apart[number][1]:
            head = html[starts[number] : html.find(">", starts[number])]
            veiled = "\\u0040" if word == "@" and "json" in head else word
        else:
            veiled = "&#64;" if word == "@" else "mailto&#58;"
        made += [html[done:start], veiled]
        done = end
    return "".join((*made, html[done:]))


def _apart(html: str) -> Iterator[tuple[int, int]]:
    """Give the places of styles and scripts; one that is not closed as it was opened goes on to the end."""
    end = 0
    for one in _APART.finditer(html):
        if one.start() >= end:
            close = html.find(f"</{one[1]}", one.end())
            end = close if close >= 0 else len(html)
            yield one.start(), end


def _found(html: str) -> Iterator[tuple[int, int]]:
    """Give the places of signs between a name and a host; most pages have none, so the sign itself is looked for."""
    for one in _AT.finditer(html):
        before = html[one.start() - 1 : one.start()]
        if before.isalnum() or before in _BEFORE:
            yield one.span()
