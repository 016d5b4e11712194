"""Break a short text into lines as a person would: evenly, at spaces and hyphens, short words with the next one."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

#: Words that stay with the next one: particles of names, articles, prepositions.
_SHORT = frozenset(
    """a al am an and as at av bei bin bint da das de del della dem den der des di die do dos du e ei el en et i il im
    in is la las le les lo los mac mc mit no o of on or os par pour st st. sur te ten ter the to tot und van vom von y
    z zu zum zur & d' l' dr dr.""".split()  # noqa: SIM905  (words are easier to read than a list of them)
)
_BREAK = re.compile(r"[^\s-]+(?:-+(?=\S))?|-+")
#: More pieces than a name or a title has: the search would take long, and nobody would see the difference.
_MANY = 40


def _pieces(text: str) -> list[tuple[str, str]]:
    """Return the parts between which a line may end, each with what stands before it on the same line."""
    found: list[tuple[str, str]] = []
    for word in text.split():
        for number, part in enumerate(_BREAK.findall(word)):
            if not number and found and found[-1][1].split()[-1].casefold() in _SHORT:
                found[-1] = (found[-1][0], f"{found[-1][1]} {part}")
            else:
                found.append(("" if number else " ", part))
    return found


def balanced(text: str, most: int, width: Callable[[str], float]) -> tuple[str, ...]:
    """Break a text so that its widest line is as narrow as possible, in as few lines as that takes, evenly filled."""
    pieces = _pieces(text)
    count = len(pieces)
    if count < 2 or most < 2:
        return (text,) if text else ()

    def line(first: int, last: int) -> str:
        return "".join(f"{joint}{part}" for joint, part in pieces[first:last]).strip()

    if count > _MANY:
        step = -(-count // most)
        return tuple(line(first, min(first + step, count)) for first in range(0, count, step))
    widths = {(a, b): width(line(a, b)) for a in range(count) for b in range(a + 1, count + 1)}
    best: dict[int, tuple[float, float, tuple[int, ...]]] = {}
    rows: dict[tuple[int, int], tuple[float, float, tuple[int, ...]]] = {(0, 0): (0.0, 0.0, (0,))}
    for row in range(1, min(most, count) + 1):
        for end in range(row, count + 1):
            choices = []
            for start in range(row - 1, end):
                if (row - 1, start) in rows:
                    widest, squares, cuts = rows[row - 1, start]
                    own = widths[start, end]
                    choices.append((max(widest, own), squares + own * own, (*cuts, end)))
            rows[row, end] = min(choices)
        best[row] = rows[row, count]
    narrowest = min(widest for widest, _, _ in best.values())
    cuts = next(cuts for _, (widest, _, cuts) in sorted(best.items()) if widest <= narrowest * 1.0001)
    return tuple(line(a, b) for a, b in pairwise(cuts))
