"""Say what is wrong, where, and what to do next: the one kind of error of the whole program.

The terminal, ``--json`` and the preview's overlay print the same `Diagnostic`. This module imports nothing of ours
before something is printed, so that every room may use it.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Exit(enum.IntEnum):
    """Name the exit codes that scripts may rely on."""

    FINE = 0
    PROBLEMS = 1
    USAGE = 2
    #: Of a deploy: everything was sent, but nobody saw it live yet. It shares its number with USAGE.
    UNCERTAIN = 2
    NETWORK = 3
    INTERRUPTED = 130


class Severity(enum.StrEnum):
    """Tell a mistake that stops the build from one that does not, and from what is only good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Span(NamedTuple):
    """Point at a piece of a file that the creator wrote.

    ``file`` is relative to the site's folder (posix separators) or absolute when outside of it;
    ``line`` and ``column`` count from 1 in characters; line 0 means the file as a whole.
    """

    file: str
    line: int = 0
    column: int = 1
    width: int = 1


class Diagnostic(NamedTuple):
    """Hold one finding: a sentence, the place, and what to do about it.

    ``source`` is the text of the line that the span points at, so that whoever prints the
    diagnostic need not open the file again (it may have changed since).
    """

    severity: Severity
    message: str
    span: Span | None = None
    hint: str = ""
    source: str = ""

    def as_dict(self) -> dict[str, object]:
        """Return the shape that ``--json`` prints."""
        shown = self.without_secrets()
        found: dict[str, object] = {"severity": str(shown.severity), "message": shown.message, "hint": shown.hint}
        if shown.span:
            found |= shown.span._asdict()
        return found

    def without_secrets(self) -> Diagnostic:
        """Return the finding as it may be printed: a log is read by many, so no key of a provider stands in it."""
        from .newsletter.places import blotted

        return self._replace(message=blotted(self.message), hint=blotted(self.hint), source=blotted(self.source))


def error(message: str, span: Span | None = None, hint: str = "", source: str = "") -> Diagnostic:
    """Make a diagnostic that stops the build."""
    return Diagnostic(Severity.ERROR, message, span, hint, source)


def warning(message: str, span: Span | None = None, hint: str = "", source: str = "") -> Diagnostic:
    """Make a diagnostic that the build survives (``--strict`` turns it into an error)."""
    return Diagnostic(Severity.WARNING, message, span, hint, source)


def note(message: str, span: Span | None = None, hint: str = "", source: str = "") -> Diagnostic:
    """Make a diagnostic that asks for nothing: what linkhome decided by itself (``--strict`` lets it pass)."""
    return Diagnostic(Severity.NOTE, message, span, hint, source)


class LinkhomeError(Exception):
    """Carry diagnostics up to the edge, which prints them and exits with ``code``."""

    def __init__(self, diagnostics: Diagnostic | Iterable[Diagnostic], code: Exit = Exit.PROBLEMS) -> None:
        found = (diagnostics,) if isinstance(diagnostics, Diagnostic) else tuple(diagnostics)
        super().__init__("; ".join(d.message for d in found))
        self.diagnostics: tuple[Diagnostic, ...] = found
        self.code = code

    def __reduce__(self) -> tuple[type[LinkhomeError], tuple[tuple[Diagnostic, ...], Exit]]:
        """Let the error travel from a worker process with all that it carries."""
        return LinkhomeError, (self.diagnostics, self.code)


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant, compared without ``-_`` and case, or None."""
    import difflib  # only on the error path

    plain = {_plain(k): k for k in reversed(list(known))}
    if _plain(word) in plain:
        return plain[_plain(word)]
    near = difflib.get_close_matches(_plain(word), plain, n=1, cutoff=0.6)
    return plain[near[0]] if near else None


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return the hint for a misspelt word: the near one, else ``otherwise``."""
    near = closest(word, known)
    return f"did you mean '{near}'?" if near else otherwise


def in_order(diagnostics: Iterable[Diagnostic]) -> Sequence[Diagnostic]:
    """Sort by file, line and column, those without a place first; stable and free of repetitions."""
    return sorted(dict.fromkeys(diagnostics), key=lambda d: d.span or Span("", 0, 0, 0))


def _plain(word: str) -> str:
    return word.lower().replace("-", "").replace("_", "").replace(" ", "")


def reason_of(problem: OSError) -> str:
    """Return what the system said was wrong, as the end of a sentence."""
    return (problem.strerror or str(problem)).lower()
