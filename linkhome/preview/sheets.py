"""Tell in which rules two texts of a style sheet differ, so that a browser need not read all of it anew.

A page that gets all its styles anew asks for its typefaces anew, and shows others until they are there. So only the
rules that changed are exchanged, by their places in the list that browsers keep (CSSOM, section 6.4).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from msgspec import Struct

#: Rules that hold a list of rules, in which the search goes on.
_GROUP = re.compile(r"@(?:layer|media|supports|container)\b[^{};]*\{", re.IGNORECASE)
_TOKEN = re.compile(
    r"""(?P<skip>/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|url\(\s*(?:\\.|[^"'()\\\s])*\s*\)|\\.)"""
    r"""|(?P<open>[({\[])|(?P<close>[)}\]])|(?P<end>;)|(?P<bad>["']|/\*)""",
    re.DOTALL,
)
_PAIRS = {")": "(", "}": "{", "]": "["}
#: More rules than this are not compared one by one.
_MOST = 600


class Rules(Struct, frozen=True):
    """Say that rules of a sheet give way to others.

    ``at`` leads to the first of them: the last number is its place in the innermost list, those before are the places
    of the rules around it. ``sizes`` says how many rules each of these lists has before the change.
    """

    at: tuple[int, ...]
    sizes: tuple[int, ...]
    old: tuple[str, ...]
    new: tuple[str, ...]


def differences(old: str, new: str) -> list[Rules] | None:
    """Return what turns one sheet into the other, the last place first; None when that cannot be told for sure."""
    return _between(old, new, (), ())


def _between(old: str, new: str, at: tuple[int, ...], sizes: tuple[int, ...]) -> list[Rules] | None:
    before, after = rules(old), rules(new)
    if before is None or after is None or max(len(before), len(after)) > _MOST:
        return None
    sizes = (*sizes, len(before))
    found: list[Rules] = []
    for first, last, first_new, last_new in reversed(_unlike(before, after)):
        mine, other = before[first:last], after[first_new:last_new]
        if len(mine) != len(other):
            found.append(Rules((*at, first), sizes, tuple(mine), tuple(other)))
            continue
        for place in reversed(range(len(mine))):
            inner = _inside(mine[place], other[place], (*at, first + place), sizes)
            found += inner or [Rules((*at, first + place), sizes, (mine[place],), (other[place],))]
    return found


def _unlike(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Return the stretches of two lists that differ; lists of one length are compared place by place."""
    if len(old) == len(new):
        return [(n, n + 1, n, n + 1) for n in range(len(old)) if old[n] != new[n]]
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [places for kind, *numbers in codes if kind != "equal" for places in [_four(numbers)]]


def _four(numbers: Sequence[int]) -> tuple[int, int, int, int]:
    first, last, first_new, last_new = numbers
    return first, last, first_new, last_new


def _inside(old: str, new: str, at: tuple[int, ...], sizes: tuple[int, ...]) -> list[Rules] | None:
    """Return the differences inside of two groups that begin alike; None when they are no such groups."""
    head, other = _GROUP.match(old), _GROUP.match(new)
    if not head or not other or head[0] != other[0] or not (old.endswith("}") and new.endswith("}")):
        return None
    return _between(old[head.end() : -1], new[other.end() : -1], at, sizes)


@lru_cache(maxsize=256)
def rules(css: str) -> tuple[str, ...] | None:
    """Return the rules of a sheet, or of the inside of a group, as they are written; None for one with a mistake."""
    found: list[str] = []
    open_: list[str] = []
    begun = 0
    for token in _TOKEN.finditer(css):
        kind = token.lastgroup
        if kind == "bad":
            return None
        if kind == "open":
            open_.append(token[0])
        elif kind == "close" and (not open_ or open_.pop() != _PAIRS[token[0]]):
            return None
        if not open_ and (kind == "end" or token[0] == "}"):
            rule = _bare(css[begun : token.end()])
            begun = token.end()
            if rule not in ("", ";"):
                found.append(rule)
    return None if open_ or _bare(css[begun:]) else tuple(found)


def _bare(rule: str) -> str:
    """Return a rule without the comments and the space before it."""
    return _BEFORE.sub("", rule).rstrip()


_BEFORE = re.compile(r"\A(?:\s|/\*.*?\*/)+", re.DOTALL)
