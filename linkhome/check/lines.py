"""Collect what is wrong with the lines of a file that hosts read: one finding for each kind of fault."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..diagnostics import Severity
from .finding import Finding

NETLIFY, CLOUDFLARE = "Netlify", "Cloudflare"
#: Whose hosts read ``_headers`` and ``_redirects``, by target. A folder goes to nobody knows whom.
_READERS = {
    "netlify": {NETLIFY},
    "netlify-build": {NETLIFY},
    "cloudflare": {CLOUDFLARE},
    "folder": {NETLIFY, CLOUDFLARE},
}
#: So many lines are named; the others are counted.
_NAMED = 5


def readers(targets: Collection[str]) -> frozenset[str]:
    """Return who of both reads such files of this site; without any target it may be either."""
    if not targets:
        return frozenset((NETLIFY, CLOUDFLARE))
    return frozenset(host for target in targets for host in _READERS.get(target, ()))


class Faults:
    """Hold what is wrong with a file, as findings of one rule."""

    def __init__(self, rule: str, file: str) -> None:
        self._rule, self._file = rule, file
        self._lines: dict[tuple[Severity, str, str], list[int]] = {}

    def add(self, line: int, fault: str, hint: str, severity: Severity = Severity.WARNING) -> None:
        """Note a fault; ``line`` counts from 1."""
        self._lines.setdefault((severity, fault, hint), []).append(line)

    def findings(self) -> Iterator[Finding]:
        """Return one finding for each kind of fault, with its lines."""
        for (severity, fault, hint), lines in self._lines.items():
            yield Finding(self._rule, severity, f"{self._file}, {_some(lines)}: {fault}", hint)


def _some(lines: list[int]) -> str:
    word = "line" if len(lines) == 1 else "lines"
    more = f" and {len(lines) - _NAMED:,} more" if len(lines) > _NAMED else ""
    return f"{word} {', '.join(map(str, lines[:_NAMED]))}{more}"
