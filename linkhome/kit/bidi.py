"""Put a line that mixes scripts into the order in which it is read: Unicode's algorithm, without its controls.

Names and titles are one paragraph without embeddings, so the rules X1 to X10 have nothing to do here.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
_NEUTRAL = frozenset({"B", "S", "WS", "ON", "BN"})
_OPENING = {"(": ")", "[": "]", "{": "}"}


class Run(NamedTuple):
    """Letters from ``start`` to ``end`` of a text that go the same way; an odd ``level`` goes to the left."""

    start: int
    end: int
    level: int


def base(text: str, otherwise: str = "ltr") -> str:
    """Return ``rtl`` or ``ltr``: the way of the first letter that has one."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return otherwise


def runs(text: str, direction: str) -> list[Run]:
    """Return the runs of one line from left to right, as the eye meets them."""
    found: list[Run] = []
    for at, level in enumerate(levels(text, direction)):
        if found and found[-1].level == level:
            found[-1] = found[-1]._replace(end=at + 1)
        else:
            found.append(Run(at, at + 1, level))
    for level in range(max((run.level for run in found), default=0), 0, -1):
        start = 0
        while start < len(found):  # rule L2: turn every stretch of this level or a higher one round
            end = start
            while end < len(found) and found[end].level >= level:
                end += 1
            found[start:end] = found[start:end][::-1]
            start = max(end, start + 1)
    return found


def levels(text: str, direction: str) -> list[int]:
    """Return the level of every letter."""
    outer = 1 if direction == "rtl" else 0
    around = "R" if outer else "L"
    kinds = _weak([unicodedata.bidirectional(letter) or "ON" for letter in text], around)
    _brackets(text, kinds, around)
    _neutral(kinds, around)
    found = []
    for kind in kinds:
        if outer:
            found.append(outer + (kind in ("L", "EN", "AN")))
        else:
            found.append({"R": 1, "EN": 2, "AN": 2}.get(kind, 0))
    for at in range(len(text) - 1, -1, -1):  # rule L1: space at the end belongs to the paragraph
        if not text[at].isspace():
            break
        found[at] = outer
    return found


def _weak(kinds: list[str], around: str) -> list[str]:
    """Apply the rules W1 to W7: numbers, their signs, and marks over letters."""
    before, strong = around, around
    for at, kind in enumerate(kinds):
        if kind == "NSM":
            kind = before
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kind = "AN"
        kinds[at] = before = kind
    for at in range(1, len(kinds) - 1):
        left, kind, right = kinds[at - 1 : at + 2]
        if left == right and ((kind == "ES" and left == "EN") or (kind == "CS" and left in ("EN", "AN"))):
            kinds[at] = left
    for way in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):
        near = ""
        for at in way:
            if kinds[at] == "ET" and near == "EN":
                kinds[at] = "EN"
            near = kinds[at]
    strong = around
    for at, kind in enumerate(kinds):
        if kind in ("ES", "ET", "CS"):
            kind = "ON"
        elif kind == "AL":
            kind = "R"
        elif kind == "EN" and strong == "L":
            kind = "L"
        if kind in ("L", "R"):
            strong = kind
        kinds[at] = kind
    return kinds


def _brackets(text: str, kinds: list[str], around: str) -> None:
    """Apply the rule N0: a pair of brackets goes the way of what it holds."""
    open_: list[tuple[str, int]] = []
    pairs = []
    for at, letter in enumerate(text):
        if letter in _OPENING and kinds[at] == "ON":
            open_.append((_OPENING[letter], at))
        elif kinds[at] == "ON" and any(letter == closing for closing, _ in open_):
            while open_:
                closing, start = open_.pop()
                if closing == letter:
                    pairs.append((start, at))
                    break
    for start, end in sorted(pairs):
        inside = {_STRONG[kind] for kind in kinds[start + 1 : end] if kind in _STRONG}
        if around in inside:
            kinds[start] = kinds[end] = around
        elif inside:
            other = inside.pop()
            earlier = kinds[start - 1 :: -1] if start else []
            before = next((_STRONG[kind] for kind in earlier if kind in _STRONG), around)
            kinds[start] = kinds[end] = other if before == other else around


def _neutral(kinds: list[str], around: str) -> None:
    """Apply the rules N1 and N2: what has no way of its own goes with its neighbours, if they agree."""
    at = 0
    while at < len(kinds):
        if kinds[at] not in _NEUTRAL:
            at += 1
            continue
        end = at
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        before = _STRONG.get(kinds[at - 1], around) if at else around
        after = _STRONG.get(kinds[end], around) if end < len(kinds) else around
        kinds[at:end] = [before if before == after else around] * (end - at)
        at = end
