"""Explain what the YAML parser stumbled over, in the words of somebody who has never heard of YAML.

The two parsers of PyYAML word the same mistake differently, so the text around the place counts for more
here than the parser's own sentence.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from yaml import MarkedYAMLError

from ..diagnostics import Diagnostic
from .nodes import Document, shorten

_TAB = re.compile(r"[ ]*\t")
_KEY = re.compile(r"\s*(?:- +)*[^\s:#'\"\[{][^:#'\"\[{]*:(?=\s)")
_GLUED = re.compile(r"(\s*(?:- +)*)([A-Za-z_]+):(?!//)(\S.*)")


class _Place(NamedTuple):
    """What the parser said, with offsets; ``begun`` is where the thing begins that it was reading."""

    document: Document
    context: str
    problem: str
    at: int
    begun: int

    @property
    def row(self) -> int:
        return self.document.place(self.at)[0]

    @property
    def line(self) -> str:
        return self.document.line(self.row)

    @property
    def start(self) -> int:
        """Return the offset at which the line begins."""
        return self.document.start_of(self.row)

    def error(self, message: str, hint: str, start: int | None = None, end: int | None = None) -> Diagnostic:
        start = self.at if start is None else start
        return self.document.error(message, start, start + 1 if end is None else end, hint)


def explain(document: Document, wrong: MarkedYAMLError) -> Diagnostic:
    """Return one sentence with the place and what to do."""
    at = wrong.problem_mark.index if wrong.problem_mark else 0
    begun = wrong.context_mark.index if wrong.context_mark else at
    place = _Place(document, str(wrong.context or ""), str(wrong.problem or ""), at, begun)
    for find in (_tab, _quotes, _glued, _colon, _no_key, _sign, _bracket, _indentation):
        if found := find(place):
            return found
    return place.error(
        "from here on the file cannot be understood",
        "look at this line and the one above it; a text with special signs needs quotes",
    )


def _tab(place: _Place) -> Diagnostic | None:
    if not (tab := _TAB.match(place.line)):
        return None
    start = place.start + tab.end() - 1
    return place.error("a tab cannot indent a line", "use two spaces for each level instead", start)


def _quotes(place: _Place) -> Diagnostic | None:
    text = place.document.text
    if "quoted scalar" in place.context:
        if "escape" in place.problem or "hex" in place.problem:
            start = max(text.rfind("\\", place.begun, place.at + 1), place.begun)
            hint = "use single quotes, or write it twice: \\\\"
            return place.error("a backslash inside double quotes begins a special sign", hint, start, start + 2)
        quote = text[place.begun : place.begun + 1]
        hint = f"put {quote} at the end of the text as well"
        return place.error("this quote is opened and never closed", hint, place.begun)
    before = place.line[: place.at - place.start].rstrip()
    if before[-1:] in ("'", '"') and "expected" in place.problem:
        if before.count(before[-1]) == 1:
            hint = "look for a text above that has only one"
            return place.error("a quote further up is opened and never closed", hint)
        hint = "put the whole text in quotes; inside single quotes write an apostrophe twice: 'it''s'"
        return place.error("there is more text after the closing quote", hint)
    return None


def _glued(place: _Place) -> Diagnostic | None:
    """Find ``title:Foo``, which is no key: in this line, where the key began, or in the line above."""
    if "mapping values" not in place.problem and "expected ':'" not in place.problem:
        return None
    document = place.document
    rows = (document.place(place.begun)[0], place.row, place.row - 1)
    for row in rows if "expected ':'" in place.problem else rows[1:]:
        line = document.line(row)
        if (glued := _GLUED.fullmatch(line)) and not _KEY.match(line):
            start = document.start_of(row) + glued.end(2)
            hint = f"write: {glued[2]}: {shorten(glued[3])}"
            return place.error("a space is missing after this colon", hint, start)
    return None


def _colon(place: _Place) -> Diagnostic | None:
    if "mapping values" in place.problem:
        key = _KEY.match(place.line)
        if key and key.end() <= place.at - place.start:
            text = place.line[key.end() :].strip()
            quote = "'" if '"' in text else '"'
            hint = f"put the text in quotes: {place.line[: key.end()].strip()} {quote}{shorten(text)}{quote}"
            return place.error("a text without quotes cannot contain a colon and a space", hint)
        start = place.start + len(place.line) - len(place.line.lstrip())
        hint = "give it as many spaces as the keys that it belongs to"
        return place.error("this line is indented too far: the key above it has a value already", hint, start, place.at)
    if "expected ':'" in place.problem:
        row = place.document.place(place.begun)[0]
        word = place.document.line(row).strip()
        hint = f"write: {shorten(word, 30)}: …, or '- ' before it if it belongs to a list"
        return place.error("there is no colon in this line", hint, place.begun, place.begun + len(word))
    return None


def _no_key(place: _Place) -> Diagnostic | None:
    if place.document.text[place.at : place.at + 1] == ":" and not place.line[: place.at - place.start].strip(" -{,?"):
        return place.error("there is no key before this colon", "each line looks like this: key: value")
    return None


def _sign(place: _Place) -> Diagnostic | None:
    text = place.document.text
    if "block scalar" in place.context:
        return place.error(
            f"after {text[place.begun : place.begun + 1]} the text begins in the next line",
            "move it there, indented by two spaces, or put it in quotes",
        )
    if "directive" in place.context or "incompatible" in place.problem:
        return place.error("a line that begins with % is not used here", "remove it, or put the text in quotes")
    begins = "cannot start" in place.problem or "node content" in place.problem or "anchor" in place.context
    if not begins and "alias" not in place.context and "tag" not in place.context + place.problem:
        return None
    start = place.begun if "node content" not in place.problem else place.at
    start = place.at if "cannot start" in place.problem else start
    if not (sign := text[start : start + 1].strip()):
        return None
    word = shorten(text[start:].splitlines()[0], 30)
    quote = '"' if "'" in word else "'"
    hint = f"put it in quotes: {quote}{word}{quote}"
    return place.error(f"a text without quotes cannot begin with {sign}", hint, start)


def _bracket(place: _Place) -> Diagnostic | None:
    if "flow" not in place.context:
        return None
    sign = place.document.text[place.begun : place.begun + 1]
    if sign not in ("[", "{") or not sign:
        return place.error("the file ends before a bracket is closed", "add the missing ] or }")
    closing = "]" if sign == "[" else "}"
    if place.document.place(place.begun)[0] != place.row or place.at >= len(place.document.text.rstrip()):
        return place.error(f"this {sign} is opened and never closed", f"add {closing} at its end", place.begun)
    return place.error(f"a comma or {closing} is missing here", "a text with special signs needs quotes")


def _indentation(place: _Place) -> Diagnostic | None:
    text = place.document.text
    if "expected" not in place.problem or text[place.start : place.at].strip(" -"):
        return None
    hint = "give it as many spaces as the lines that it belongs to; every entry of a list begins with '- '"
    return place.error("the indentation of this line fits none of the lines above", hint)
