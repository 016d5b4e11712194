"""Read the file ``_headers`` as both of its readers do, and tell what one of them leaves out without a word.

Netlify's parser tells of no line that it does not understand, Cloudflare's does so to whoever uploads by hand only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from msgspec import Struct

from ..headers.netlify import LONGEST, MOST
from .lines import CLOUDFLARE, NETLIFY, Faults

_PLACEHOLDER = re.compile(r":[A-Za-z]\w*")
_ADDRESS = re.compile(r"\S+://")
_PAIR = "write 'Name: value', indented below a path"


class Rule(Struct, frozen=True):
    """Hold the headers that a file sends with every answer whose path fits ``path``, where a star is anything."""

    path: str
    line: int
    pairs: list[tuple[str, str]]

    def fits(self, path: str) -> bool:
        """Tell whether it holds for this path, as visitors write it."""
        return _pattern(self.path).fullmatch(path) is not None


def read(text: str, hosts: Collection[str], faults: Faults) -> list[Rule]:
    """Return the rules of a file for these hosts, and note what one of them leaves out."""
    found: list[Rule] = []
    lost = False  # what stands below a path that nobody understands belongs to no rule
    for number, line in enumerate((one.strip() for one in text.split("\n")), 1):
        if not line or line.startswith("#"):
            continue
        if len(line) > LONGEST and CLOUDFLARE in hosts:
            faults.add(number, f"{CLOUDFLARE} leaves out lines of more than {LONGEST:,} characters", "shorten it")
        if line.startswith("/"):
            found.append(Rule(line, number, []))
            lost = False
            _judge_path(line, number, len(found), hosts, faults)
        elif _ADDRESS.match(line):
            lost = True
            if NETLIFY in hosts:
                faults.add(number, f"{NETLIFY} takes an address with a host for no path", "begin it with a slash")
        elif pair := _pair(line, number, hosts, faults):
            if found and not lost:
                found[-1].pairs.append(pair)
            elif not lost:
                faults.add(number, "a header before the first path is left out", "write the path above it: /*")
    return found


def twice(rules: Iterable[Rule], paths: Collection[str]) -> Mapping[str, tuple[int, ...]]:
    """Return each header that some path of the site would get from two rules, with the lines of these rules."""
    naming: dict[str, list[Rule]] = {}
    for rule in rules:
        for name in {name.lower(): name for name, _ in rule.pairs}:
            naming.setdefault(name, []).append(rule)
    found: dict[str, tuple[int, ...]] = {}
    for name, several in naming.items():
        fitting = [[rule.line for rule in several if rule.fits(path)] for path in paths] if len(several) > 1 else []
        if both := next((lines for lines in fitting if len(lines) > 1), None):
            found[name] = tuple(both)
    return found


@lru_cache(maxsize=256)
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(_PLACEHOLDER.sub("[^/]+", re.escape(path).replace(r"\*", ".*")))


def _judge_path(path: str, number: int, count: int, hosts: Collection[str], faults: Faults) -> None:
    if count == MOST + 1 and CLOUDFLARE in hosts:
        faults.add(number, f"{CLOUDFLARE} reads {MOST} paths at most, and leaves out all from here on", "join some: /*")
    if path.count("*") > 1 and CLOUDFLARE in hosts:
        faults.add(number, f"{CLOUDFLARE} leaves out a path with two stars", "write one star, at the end")
    if _PLACEHOLDER.search(path) and NETLIFY in hosts:
        hint = "write a star at the end instead, or each path on its own"
        faults.add(number, f"{NETLIFY} takes a word after a colon in a path as it stands, so it fits nothing", hint)


def _pair(line: str, number: int, hosts: Collection[str], faults: Faults) -> tuple[str, str] | None:
    name, colon, value = (part.strip() for part in line.partition(":"))
    if line.startswith("!"):
        if NETLIFY in hosts:
            hint = "take the line out, and name the paths that need the header one by one"
            faults.add(number, f"{NETLIFY} cannot take a header away (!), and leaves out the line", hint)
    elif not colon:
        faults.add(number, "a line without a colon is left out", _PAIR)
    elif not name or not value:
        faults.add(number, "a header without a name or a value is left out", _PAIR)
    elif " " in name or "\t" in name:
        faults.add(number, "the name of a header with a space in it is left out", _PAIR)
    else:
        return name, value
    return None
