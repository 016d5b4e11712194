"""Find the size at which a text fills its box: short ones loud, long ones whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from .breaking import WORTH, Piece, balanced, cut, joined, most_even, parted, pieces_of, width_of
from .lettering import Chain, Shaped

#: So much larger letters are worth that a word is parted by a hyphen.
_PARTED = 1.35
#: Letters of a text that are looked at.
_MOST = 300


class Setting(NamedTuple):
    """Lines at a size: ``leading`` is from baseline to baseline in em, ``width`` that of the widest in pixels."""

    lines: tuple[Shaped, ...]
    size: float
    leading: float
    width: float
    capital: float

    @property
    def step(self) -> float:
        """Return the pixels from one baseline to the next."""
        return self.size * self.leading

    @property
    def depth(self) -> float:
        """Return the pixels that ink reaches below the last baseline."""
        return self.lines[-1].bottom * self.size if self.lines else 0.0

    @property
    def height(self) -> float:
        """Return the pixels from the top of the first line's capitals to the last baseline."""
        return self.size * self.capital + self.step * max(0, len(self.lines) - 1)


def fit(
    chain: Chain,
    text: str,
    width: float,
    height: float,
    *,
    most: int = 3,
    high: float = 120,
    low: float = 20,
    leading: float = 1.05,
    tracking: float = 0.0,
    direction: str = "ltr",
    capitals: bool = False,
) -> Setting:
    """Return the text as large as its box allows, between the sizes ``high`` and ``low``."""
    pieces, space, capital = _ready(chain, text, tracking, direction, capitals)
    if not pieces:
        return Setting((), high, leading, 0.0, capital)

    def size_of(lines: Sequence[Sequence[Piece]]) -> float:
        widest = max(width_of(line, space) for line in lines)
        tall = capital + 0.24 + leading * (len(lines) - 1)
        return min(high, width / max(widest, 0.01), height / tall)

    best = most_even(pieces, space, most, size_of)
    shorter = parted(chain, pieces, tracking, direction)
    if shorter and size_of(best) < 0.6 * high:
        other = most_even(shorter, space, most, size_of)
        if size_of(other) > size_of(best) * _PARTED:
            best = other
    size = size_of(best)
    if size < low:
        size = low
        best = cut(
            chain, shorter or pieces, space, width / low, max(1, min(most, int((height / low - capital) / leading) + 1))
        )
    shaped, widest, apart = _shaped(chain, best, tracking, direction)
    leading = max(leading, apart)
    tall = max(shaped[0].top, capital) + leading * (len(shaped) - 1) + max(shaped[-1].bottom, 0.1)
    size = min(size, width / max(widest, 0.01), max(low, height / tall))
    return Setting(shaped, size, leading, widest * size, capital)


def set_(
    chain: Chain,
    text: str,
    size: float,
    width: float,
    most: int = 1,
    *,
    leading: float = 1.3,
    tracking: float = 0.0,
    direction: str = "ltr",
    capitals: bool = False,
) -> Setting:
    """Return the text at one size, broken where it must be, its end cut off behind ``most`` lines."""
    pieces, space, capital = _ready(chain, text, tracking, direction, capitals)
    if not pieces:
        return Setting((), size, leading, 0.0, capital)
    room = width / size
    lines: list[list[Piece]] | None = None
    for count in range(1, most + 1):
        broken = balanced(pieces, space, count)
        if max(width_of(line, space) for line in broken) <= room:
            lines = broken
            break
    if lines is None:
        lines = cut(chain, pieces, space, room, most)
    shaped, widest, apart = _shaped(chain, lines, tracking, direction)
    return Setting(shaped, min(size, width / widest) if widest else size, max(leading, apart), widest * size, capital)


def lockup(
    chain: Chain, text: str, width: float, height: float, most: int, widths: tuple[float, float], direction: str = "ltr"
) -> list[tuple[Shaped, float]]:
    """Return the text in capitals in lines whose ink is as wide as the box, each with its size.

    Where the face has a width axis it is the letters that stretch, as in a film's title; else the lines differ in size.
    """
    text = _plain(text, capitals=True)
    low, high = widths
    narrow = chain.at(wdth=low) if low < high else chain
    if not text or not chain.faces:
        return []
    pieces = pieces_of(narrow, text, 0.0, direction)
    space = narrow.width(" ", direction)
    mine = chain.covers(text)
    best: list[tuple[Shaped, float]] = []
    for count in range(1, min(most, len(pieces)) + 1):
        lines = [joined(line) for line in balanced(pieces, space, count)]
        goal = max(_ink(narrow.shape(line, direction)) for line in lines)
        shaped = [_stretched(chain, line, goal, low, high, direction) for line in lines]
        sizes = [width / max(_ink(line), 0.01) for line in shaped]
        if not mine:  # a font that helps out does not stretch: letters of one size look meant
            sizes = [min(sizes)] * len(sizes)
        tall = _stacked(shaped, sizes)
        if tall > height:
            sizes = [size * height / tall for size in sizes]
        if not best or min(sizes) > min(size for _, size in best) * WORTH:
            best = list(zip(shaped, sizes, strict=True))
    return best


def _plain(text: str, capitals: bool) -> str:
    """Return a text on one line, and no more of it than a picture can show."""
    text = " ".join(text[:_MOST].split())
    return text.upper() if capitals else text


def _ready(
    chain: Chain, text: str, tracking: float, direction: str, capitals: bool
) -> tuple[list[Piece], float, float]:
    """Return a text's pieces (none: there is nothing to set), a space and the height of capitals in em."""
    text = _plain(text, capitals)
    capital = chain.heights()[2] if chain.faces else 0.7
    if not text or not chain.faces:
        return [], 0.0, capital
    return pieces_of(chain, text, tracking, direction), chain.width(" ", direction) + tracking, capital


def _shaped(
    chain: Chain, lines: Sequence[Sequence[Piece]], tracking: float, direction: str
) -> tuple[tuple[Shaped, ...], float, float]:
    """Return lines as they are drawn, the width of the widest, and their least distance; both in em."""
    shaped = tuple(chain.shape(joined(line), direction, tracking) for line in lines if line)
    return shaped, max((line.advance for line in shaped), default=0.0), _apart(shaped)


def _stretched(chain: Chain, text: str, goal: float, low: float, high: float, direction: str) -> Shaped:
    """Return a line with the widest letters whose ink is not wider than the goal."""
    best = chain.at(wdth=low).shape(text, direction) if low < high else chain.shape(text, direction)
    for _ in range(7 if low < high else 0):
        middle = (low + high) / 2
        tried = chain.at(wdth=round(middle, 1)).shape(text, direction)
        if _ink(tried) <= goal:
            best, low = tried, middle
        else:
            high = middle
    return best


def _ink(line: Shaped) -> float:
    return line.right - line.left


def _stacked(lines: Sequence[Shaped], sizes: Sequence[float]) -> float:
    """Return how tall a lock-up is."""
    tall = sum((line.top + line.bottom) * size for line, size in zip(lines, sizes, strict=True))
    return tall + 0.11 * sum(sizes[1:])


def _apart(lines: Sequence[Shaped]) -> float:
    """Return the least distance of lines at which no mark touches the line below, in em."""
    return max((one.bottom + other.top + 0.03 for one, other in pairwise(lines)), default=0.0)
