"""Take comments and needless white space out of CSS, and the mode that a site does not have; nothing else.

Nesting, layers, container queries, ``calc()`` and custom properties come through unchanged: a space is only
dropped beside ``{ } ; , > ~ /``, before ``!`` and after a colon, where it never has a meaning. (A space before a colon
has one: ``.a :hover`` is not ``.a:hover``; so has one beside ``+``, where it is a sum.)
"""

from __future__ import annotations

import re
from functools import lru_cache

_TEXT = r""""(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|url\(\s*(?:\\.|[^"'()\\\s])*\s*\)"""
_COMMENT = re.compile(rf"({_TEXT})|/\*.*?\*/(?=(\w)?)", re.DOTALL)
_SPACE = re.compile(rf"({_TEXT})|[;\s]*(\}})\s*|\s*([{{;,>~/])\s*|\s*(!)|(:)\s+|\s+", re.DOTALL)


def shorten(css: str) -> str:
    """Return the same CSS in fewer bytes."""
    bare = _COMMENT.sub(lambda m: m[1] or (" " if m[2] else ""), css)
    return _SPACE.sub(lambda m: m[1] or m[2] or m[3] or m[4] or m[5] or " ", bare).strip()


def shorten_both(theme: str, own: str) -> str:
    """Return `shorten` of both, one after the other; the first is remembered, for people edit the second."""
    first = _remembered(theme)
    return first + shorten(own) if first.endswith("}") and own.startswith("@") else shorten(f"{theme}\n{own}")


@lru_cache(maxsize=16)
def _remembered(css: str) -> str:
    # What is left open at the end, such as a comment, would swallow what follows.
    alone = shorten(css)
    return alone if shorten(f"{css}\n@layer site{{/**/}}") == f"{alone}@layer site{{}}" else ""


_DARK = "@media (prefers-color-scheme:dark){"
_LIGHT = "@media (prefers-color-scheme:light){"


def only(mode: str, css: str) -> str:
    """Return shortened CSS for pages in one mode: what is for the other is gone, what is for this one always holds."""
    css = css.replace("@media(prefers", "@media (prefers").replace("color-scheme: ", "color-scheme:")
    if mode == "auto":
        return css
    kept, gone = (_DARK, _LIGHT) if mode == "dark" else (_LIGHT, _DARK)
    while (start := css.find(gone)) >= 0:
        css = css[:start] + css[_end(css, start + len(gone)) :]
    return css.replace(kept, "@media all{")


def _end(css: str, at: int) -> int:
    """Return where the block ends whose inside begins at ``at``."""
    depth = 1
    for found in _BRACES.finditer(css, at):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if not depth:
            return found.end()
    return len(css)


_BRACES = re.compile(rf"{_TEXT}|[{{}}]")
