"""Break a text into lines that are as even as can be.

A line may end at a space, behind a hyphen, and between the letters of scripts that are written without spaces; a word
that is far too long is parted by a hyphen, and only a text for which there is no room loses its end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from .lettering import Chain, clusters

#: Another line is worth it when the letters get so much larger.
WORTH = 1.08
#: A line that ends inside of a word is worth so much less.
_INSIDE = 0.88
#: Letters of a word from which on it may be parted.
_LONG = 15
_PARTS = re.compile(r"[^/–—-]+[/–—-]*|[/–—-]+")
_VOWELS = frozenset("aeiouyäöüáéíóúàèìòùâêîôûåæøãõœë")
#: Words that stay with the next one.
_SHORT = (
    " a al am an as at bei d' da das de del den der des di die du e el en et i il im in l' la le les los of on or os "
    "st. the to und van vom von y zu zum zur & "
)


class Piece(NamedTuple):
    """A part of a text at whose end a line may end, what stands before it, and whether that costs a hyphen."""

    text: str
    joint: str
    width: float
    soft: bool = False


def pieces_of(chain: Chain, text: str, tracking: float, direction: str) -> list[Piece]:
    """Return the parts of a text between which a line may end, with their widths in em."""
    found: list[tuple[str, str]] = []
    for word in text.split(" "):
        for number, part in enumerate(_parts(word)):
            joint = "" if number else " "
            if found and joint and f" {found[-1][0].casefold()} " in _SHORT:
                found[-1] = (f"{found[-1][0]} {part}", found[-1][1])
            else:
                found.append((part, joint))
    return [Piece(part, joint, chain.width(part, direction, tracking)) for part, joint in found if part]


def _parts(word: str) -> list[str]:
    """Return the parts of a word between which a line may end."""
    found: list[str] = []
    for part in _PARTS.findall(word):
        dense = clusters(part)
        if any(unicodedata.east_asian_width(cluster[0]) == "W" and cluster[0].isalpha() for cluster in dense):
            found += dense
        else:
            found.append(part)
    return found or [word]


def parted(chain: Chain, pieces: Sequence[Piece], tracking: float, direction: str) -> list[Piece]:
    """Return the pieces with the over-long ones parted by a hyphen; empty when none is."""
    found: list[Piece] = []
    for piece in pieces:
        letters = clusters(piece.text)
        if len(letters) < _LONG or unicodedata.bidirectional(piece.text[0]) not in ("L", "EN"):
            found.append(piece)
            continue
        joint = piece.joint
        while letters:
            rest = -(-len(letters) // _LONG)
            at = len(letters) if rest < 2 else _joint(letters, round(len(letters) / rest))
            part, soft = "".join(letters[:at]), at < len(letters)
            found.append(Piece(part, joint, chain.width(part + "-" * soft, direction, tracking), soft))
            letters, joint = letters[at:], ""
    return found if len(found) > len(pieces) else []


def _joint(letters: Sequence[str], middle: int) -> int:
    """Return where a word can be parted, near the middle: before a consonant with a vowel behind it."""
    for away in range(4):
        for at in (middle - away, middle + away):
            if 2 < at < len(letters) - 2:
                before, one, two = (letters[n].casefold() for n in (at - 1, at, at + 1))
                if one not in _VOWELS and two in _VOWELS and before.isalpha():
                    return at
    return middle


def most_even(
    pieces: Sequence[Piece], space: float, most: int, size_of: Callable[[Sequence[Sequence[Piece]]], float]
) -> list[list[Piece]]:
    """Return the pieces in the number of lines that lets the letters be largest; ``size_of`` tells how large."""

    def score(lines: Sequence[Sequence[Piece]]) -> float:
        return size_of(lines) * _INSIDE ** sum(not line[0].joint for line in lines[1:])

    best = balanced(pieces, space, 1)
    for count in range(2, min(most, len(pieces)) + 1):
        broken = balanced(pieces, space, count)
        if score(broken) > score(best) * WORTH:
            best = broken
    return best


def balanced(pieces: Sequence[Piece], space: float, count: int) -> list[list[Piece]]:
    """Return the pieces in so many lines that the widest is as narrow as can be, the lines as even as that allows."""
    count = min(count, len(pieces))
    sums = [0.0]
    for piece in pieces:
        sums.append(sums[-1] + piece.width + (space if piece.joint else 0.0))

    def width(first: int, last: int) -> float:
        return sums[last] - sums[first] - (space if pieces[first].joint else 0.0)

    rows: list[dict[int, tuple[float, float, tuple[int, ...]]]] = [{0: (0.0, 0.0, (0,))}]
    for row in range(1, count + 1):
        now: dict[int, tuple[float, float, tuple[int, ...]]] = {}
        for end in range(row, len(pieces) + 1):
            for start, (widest, squares, cuts) in rows[-1].items():
                if start < end:
                    own = width(start, end)
                    if end < len(pieces) and not pieces[end].joint:
                        own /= _INSIDE
                    one = (max(widest, own), squares + own * own, (*cuts, end))
                    now[end] = min(now.get(end, one), one)
        rows.append(now)
    return [list(pieces[a:b]) for a, b in pairwise(rows[-1][len(pieces)][2])]


def cut(chain: Chain, pieces: Sequence[Piece], space: float, room: float, most: int) -> list[list[Piece]]:
    """Return as many pieces as fit into ``most`` lines of ``room``, with an ellipsis where the text ends."""
    lines: list[list[Piece]] = [[]]
    for number, piece in enumerate(pieces):
        if width_of([*lines[-1], piece], space) <= room:
            lines[-1].append(piece)
        elif len(lines) < most and lines[-1]:
            lines.append([piece])
        elif len(lines) < most and not lines[-1]:
            lines[-1].append(piece)
        else:
            rest = [*lines[-1]] or [piece]
            while len(rest) > 1 and width_of(rest, space) + 0.9 > room:
                rest.pop()
            last = rest[-1].text.rstrip(",.;:–—- ")
            letters = clusters(last)
            while len(letters) > 1 and width_of(rest[:-1], space) + space + chain.width("".join(letters) + "…") > room:
                letters.pop()
            rest[-1] = Piece("".join(letters) + "…", rest[-1].joint, chain.width("".join(letters) + "…"))
            lines[-1] = rest
            assert number < len(pieces)
            break
    return lines


def width_of(line: Sequence[Piece], space: float) -> float:
    """Return how wide a line is, in em."""
    return sum(piece.width + (space if piece.joint and number else 0.0) for number, piece in enumerate(line))


def joined(line: Sequence[Piece]) -> str:
    """Return the text of a line, with a hyphen where a word goes on."""
    text = "".join((piece.joint if number else "") + piece.text for number, piece in enumerate(line))
    return text + "-" if line and line[-1].soft else text
