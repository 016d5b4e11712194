"""Take the white space out of a template's own text when it is compiled, so that pages need no minifier.

Only what the template's author wrote is touched, never the data. Space beside a tag that starts a new line
anyway is dropped, any other becomes one space or one line break, and ``pre``, ``textarea``, ``script``,
``style`` and quoted attributes stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

#: White space before and after these tags is never to be seen.
_BLOCKS = """
!doctype address article aside audio base blockquote body br data dd details dialog div dl dt fieldset figcaption
figure footer form g h1 h2 h3 h4 h5 h6 head header hr html legend li link main meta nav ol optgroup option p path
picture pre script section source style summary symbol table tbody td template tfoot th thead title tr track ul video
"""
BLOCKS = frozenset(_BLOCKS.split())
VERBATIM = frozenset(("pre", "textarea", "script", "style"))

_TEXT = re.compile(
    r"(?P<space>\s+)|(?P<comment><!--.*?-->)|<(?P<close>/?)(?P<tag>!?[a-zA-Z][\w:-]*)|[^<\s]+|<", re.DOTALL
)
_TAG = re.compile(r"(?P<space>\s+)|(?P<quote>[\"'])|(?P<end>/?>)|[^\s\"'>/]+|/")
_NEXT_TAG = re.compile(r"</?(!?[a-zA-Z][\w:-]*)")


class Compact(Extension):
    """Hand the lexer's stream on with its text compacted; lines keep their numbers."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens, the text ones compacted; a printed value counts as text."""
        text = Text()
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, token.type, text.compact(token.value))
                continue
            if token.type == "variable_begin":
                text.tight = False
            yield token


class Text:
    """Remember between two pieces of a template where in the HTML we are."""

    def __init__(self) -> None:
        self.tight = True  # at the start, and after a tag beside which space is never seen
        self._tag = ""  # inside of this tag
        self._opening = False
        self._quote = ""  # inside of a quoted attribute
        self._verbatim = ""  # inside of this element

    def compact(self, data: str) -> str:
        """Return the piece without needless white space."""
        out: list[str] = []
        at = 0
        while at < len(data):
            if self._verbatim:
                at = self._copy_verbatim(data, at, out)
            elif self._quote:
                at = self._copy_quoted(data, at, out)
            elif self._tag:
                at = self._in_tag(data, at, out)
            else:
                at = self._in_text(data, at, out)
        return "".join(out)

    def _in_text(self, data: str, at: int, out: list[str]) -> int:
        found = _TEXT.match(data, at)
        assert found
        if found["space"]:
            follows = _NEXT_TAG.match(data, found.end())
            if not self.tight and not (follows and follows[1].lower() in BLOCKS):
                out.append("\n" if "\n" in found["space"] else " ")
                self.tight = True
            return found.end()
        out.append(found[0])
        if found["tag"]:
            self._tag, self._opening = found["tag"].lower(), not found["close"]
        elif not found["comment"]:
            self.tight = False
        return found.end()

    def _in_tag(self, data: str, at: int, out: list[str]) -> int:
        found = _TAG.match(data, at)
        assert found
        if found["space"]:
            if not data.startswith(">", found.end()):
                out.append(" ")
        else:
            out.append(found[0])
        if found["quote"]:
            self._quote = found["quote"]
        elif found["end"]:
            self.tight = self._tag in BLOCKS
            self._verbatim = self._tag if self._opening and self._tag in VERBATIM else ""
            self._tag = ""
        return found.end()

    def _copy_quoted(self, data: str, at: int, out: list[str]) -> int:
        end = data.find(self._quote, at)
        if end < 0:
            out.append(data[at:])
            return len(data)
        out.append(data[at : end + 1])
        self._quote = ""
        return end + 1

    def _copy_verbatim(self, data: str, at: int, out: list[str]) -> int:
        end = data.lower().find(f"</{self._verbatim}", at)
        if end < 0:
            out.append(data[at:])
            return len(data)
        out.append(data[at:end])
        self._verbatim, self.tight = "", False
        return end
