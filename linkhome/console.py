"""Print: the only module that writes to the terminal.

Results go to stdout, talk goes to stderr. Whatever a site contains, what is printed never steers the
terminal (control characters are shown, not sent) and never fails on one that only knows ASCII.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from typing import Any, TextIO

from .diagnostics import Diagnostic, Severity, in_order

#: Beyond this many a list helps nobody; errors go before warnings when it must be cut.
MOST = 100
#: A line that is longer than this is cut around the place that matters.
COLUMNS = 100

_PAINTS = {"error": "1;31", "warning": "1;33", "note": "36", "place": "1", "gutter": "34", "hint": "36", "fine": "32"}


class Console:
    """Say things to one person at one terminal. The streams are looked up late, so that tests may replace them."""

    def __init__(self, out: TextIO | None = None, err: TextIO | None = None, *, quiet: bool = False) -> None:
        self._out = out
        self._err = err
        self.quiet = quiet

    @property
    def out(self) -> TextIO:
        """Return where results go."""
        return self._out or sys.stdout

    @property
    def err(self) -> TextIO:
        """Return where talk goes."""
        return self._err or sys.stderr

    @property
    def talks_to_a_person(self) -> bool:
        """Tell whether talk goes to a terminal that can move its cursor."""
        return _is_terminal(self.err)

    def result(self, *lines: str) -> None:
        """Print what the command was run for, unless it shall be quiet."""
        if not self.quiet:
            self._write(self.out, lines)

    def data(self, text: str) -> None:
        """Print what another program will read: always, and as it is."""
        self.out.write(text if text.endswith("\n") else text + "\n")

    def shows(self, letter: str) -> bool:
        """Tell whether results can contain this letter."""
        try:
            letter.encode(_encoding(self.out))
        except (UnicodeEncodeError, LookupError):
            return False
        return True

    def json(self, value: Any) -> None:
        """Print one JSON object in ASCII, so that no terminal's encoding can spoil it."""
        import json

        self.data(json.dumps(value, indent=2, ensure_ascii=True))

    def talk(self, *lines: str) -> None:
        """Print a remark, unless it shall be quiet."""
        if not self.quiet:
            self._write(self.err, lines)

    def complain(self, *lines: str) -> None:
        """Print what went wrong outside of the site's files, also when quiet."""
        self._write(self.err, lines)

    def report(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Print every finding with its line and caret, and how many there were; also when quiet."""
        found = in_order(diagnostics)
        if not found:
            return
        from .excerpt import describe

        shown = sorted(found, key=lambda d: d.severity is not Severity.ERROR)[:MOST] if len(found) > MOST else found
        encoding = _encoding(self.err)
        for diagnostic in in_order(shown):
            lines = describe(diagnostic, encoding, COLUMNS)
            self.err.write("\n".join(self._painted(lines, diagnostic.severity)) + "\n")
        if len(found) > len(shown):
            self._write(self.err, [f"and {len(found) - len(shown)} more: 'linkhome build --json' lists them all"])
        self._write(self.err, [count(found)])

    def working(self, text: str, after: float = 0.3) -> Working:
        """Return a context in which a terminal shows ``text`` and the seconds, once it takes longer than ``after``."""
        return Working(None if self.quiet or not _is_terminal(self.err) else self.err, text, after)

    def _painted(self, lines: Iterable[Iterable[tuple[str, str]]], severity: Severity) -> list[str]:
        colour = colourful(self.err)
        roles = {"mark": str(severity)}
        return ["".join(_paint(text, roles.get(role, role), colour) for text, role in line).rstrip() for line in lines]

    @staticmethod
    def _write(stream: TextIO, lines: Iterable[str]) -> None:
        for line in lines:
            if not (line.isascii() and line.isprintable()):
                from .excerpt import visible

                line = visible(line, _encoding(stream))
            stream.write(line + "\n")


class Working:
    """Show on one line, gone afterwards, that work goes on; silent when there is no terminal.

    A timer of the system does it: whoever works need not know, and no thread stands in the way of a fork.
    """

    def __init__(self, stream: TextIO | None, text: str, after: float) -> None:
        self._stream = stream
        self._text = text
        self._after = after
        self._began = time.monotonic()

    def say(self, text: str) -> None:
        """Show another text, from the next look of the timer on."""
        self._text = text

    def __enter__(self) -> Working:
        if self._stream:
            import signal

            if hasattr(signal, "setitimer"):
                signal.signal(signal.SIGALRM, self._show)
                signal.setitimer(signal.ITIMER_REAL, self._after, 1.0)
        return self

    def __exit__(self, *_: object) -> None:
        if self._stream:
            import signal

            if hasattr(signal, "setitimer"):
                signal.setitimer(signal.ITIMER_REAL, 0)
                self._stream.write("\r\x1b[K")
                self._stream.flush()

    def _show(self, *_: object) -> None:
        if self._stream:
            self._stream.write(f"\r\x1b[K{self._text}, {time.monotonic() - self._began:.0f} s")
            self._stream.flush()


def count(diagnostics: Iterable[Diagnostic]) -> str:
    """Return how many there are: ``3 errors, 1 warning``."""
    found = [d.severity for d in diagnostics]
    return ", ".join(plural(found.count(kind), str(kind)) for kind in Severity if kind in found)


def plural(number: int, noun: str) -> str:
    """Return ``1 page`` or ``2 pages``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def colourful(stream: TextIO) -> bool:
    """Tell whether colour may go there: NO_COLOR forbids it, FORCE_COLOR asks for it, else a terminal gets it."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return _is_terminal(stream)


def _is_terminal(stream: TextIO) -> bool:
    # An old Windows console would print the escapes; a new one tells of itself.
    dumb = os.environ.get("TERM") == "dumb" or (os.name == "nt" and not os.environ.get("WT_SESSION"))
    return stream.isatty() and not dumb


def _encoding(stream: TextIO) -> str:
    return getattr(stream, "encoding", None) or "utf-8"


def _paint(text: str, role: str, colour: bool) -> str:
    return f"\x1b[{_PAINTS[role]}m{text}\x1b[0m" if colour and role in _PAINTS and text.strip() else text
