"""Turn bytes into a tree of nodes with positions, and refuse what makes YAML dangerous or surprising.

PyYAML only reads the tokens (in C where it can); the tree is built here, in one pass without recursion, so
that depth, aliases, tags and repeated keys are refused as they appear and no bomb is ever unfolded.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from msgspec import Struct
from yaml import events

from ..diagnostics import Diagnostic, Span, error
from .nodes import Broken, Document, List, Map, Node, Scalar, shorten
from .syntax import explain
from .wrong import MOST

MOST_BYTES = 1_000_000
MOST_DEPTH = 32

#: The reader of tokens. The one written in Python is many times slower and gives the same answers.
PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What YAML does not allow in a file: control characters other than tab and line breaks, and non-characters;
# also a mark of byte order that is not the first character.
_FORBIDDEN = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_WORD = re.compile(r"[^\s,\[\]{}]+")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def compose(data: bytes, file: str, first_line: int = 1) -> tuple[Node | None, list[Diagnostic]]:
    """Read one YAML document: its tree (None when there is none, or it cannot be read) and every mistake of its form.

    A tree may come with errors (repeated keys, aliases, tags), so that the mistakes of content are found as well.
    """
    document, found = decode(data, file, first_line)
    return (None, found) if found else build(document)


def decode(data: bytes, file: str, first_line: int = 1) -> tuple[Document, list[Diagnostic]]:
    """Return the text of a file that is small enough, UTF-8 and free of control characters; else say why not."""
    if len(data) > MOST_BYTES:
        hint = "texts that long belong into posts/ or pages/"
        message = f"the file is too big: {len(data):,} bytes, {MOST_BYTES:,} are allowed"
        return Document("", file, first_line), [error(message, Span(file), hint)]
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as wrong:
        document = Document(data.decode("utf-8", "replace").removeprefix("\ufeff"), file, first_line)
        return document, [_not_utf8(data, wrong.start, document)]
    document = Document(text, file, first_line)
    if invisible := _FORBIDDEN.search(text):
        at = invisible.start()
        code = f"U+{ord(invisible[0]):04X}"
        hint = "delete it: go to the place, delete the characters around it and type them again"
        return document, [document.error(f"the file contains an invisible character, {code}", at, at + 1, hint)]
    return document, []


def _not_utf8(data: bytes, at: int, document: Document) -> Diagnostic:
    hint = "save the file as UTF-8 (in most editors: 'Save as' or 'Save with encoding')"
    if data[:2] in _UTF16:
        return error("the file is saved as UTF-16, not as UTF-8", Span(document.file), hint)
    before = len(data[:at].decode("utf-8").removeprefix("\ufeff"))
    message = f"the file is not UTF-8 text: the byte 0x{data[at]:02X} (byte {at + 1} of the file) does not belong there"
    return document.error(message, before, before + 1, hint)


def build(document: Document) -> tuple[Node | None, list[Diagnostic]]:
    """Build the tree of a decoded document."""
    builder = _Builder(document)
    try:
        builder.run()
    except yaml.MarkedYAMLError as wrong:
        builder.found.append(explain(document, wrong))
        return None, builder.found
    except (yaml.YAMLError, ValueError, OverflowError):  # an impossible escape such as "\UFFFFFFFF"
        last = builder.last
        builder.found.append(document.error("this cannot be read: a special character is written wrongly", last, last))
        return None, builder.found
    return (None if builder.stopped else builder.root), builder.found


class _Open(Struct, eq=False):
    """Remember a list or map that is being read; in a map, the key whose value comes next."""

    node: Node
    keyed: bool = False
    key: Scalar | None = None


class _Builder:
    """Collect the tokens of one document into nodes."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.found: list[Diagnostic] = []
        self.root: Node | None = None
        self.stopped = False
        self.last = 0
        self._open: list[_Open] = []

    def run(self) -> None:
        """Read to the end, or to the first thing after which nothing can be trusted."""
        document, opened, attach = self.document, self._open, self._attach
        following = PARSER(document.text).get_event
        node: Node
        begun = False
        while not self.stopped and (event := following()) is not None:
            kind = event.__class__
            if kind is events.ScalarEvent:
                self.last = event.end_mark.index
                if event.anchor or event.tag:
                    self._refuse_mark(event.start_mark.index)
                node = Scalar(document, event.start_mark.index, self.last, event.value, not event.style)
                attach(node)
            elif kind is events.MappingStartEvent or kind is events.SequenceStartEvent:
                start = self.last = event.start_mark.index
                if event.anchor or event.tag:
                    self._refuse_mark(start)
                is_map = kind is events.MappingStartEvent
                node = Map(document, start, start, {}) if is_map else List(document, start, start, [])
                attach(node)
                opened.append(_Open(node))
                if len(opened) > MOST_DEPTH:
                    self._stop(f"this is nested too deeply: more than {MOST_DEPTH} levels", start, start + 1)
            elif kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
                opened.pop().node.end = event.end_mark.index
            elif kind is events.AliasEvent:
                start, end = event.start_mark.index, event.end_mark.index
                hint = "write the value out once more; a text that begins with * needs quotes"
                self._refuse("references such as *name are not used here", start, end, hint)
                attach(Broken(document, start, end))
            elif kind is events.DocumentStartEvent:
                if begun:
                    start = event.start_mark.index
                    self._stop("a second document begins here", start, start + 3, "remove the line '---'")
                begun = True

    def _attach(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        inside = self._open[-1]
        parent = inside.node
        if type(parent) is List:
            parent.items.append(node)
        elif type(parent) is Map:
            if not inside.keyed:
                inside.keyed, inside.key = True, self._key(parent, node)
                return
            if inside.key is not None:
                parent.entries[inside.key.text] = (inside.key, node)
            inside.keyed, inside.key = False, None

    def _key(self, parent: Map, node: Node) -> Scalar | None:
        """Return the key under which the next value goes, or None when it goes nowhere."""
        if type(node) is not Scalar:
            if type(node) is not Broken:
                hint = "a text that begins with { or [ needs quotes"
                self._refuse("a key must be a word, not a list or a map", node.start, node.start + 1, hint)
            return None
        if not node.text:
            self._refuse("there is no key before this colon", node.start, node.start + 1, "write: key: value")
            return None
        if twice := parent.entries.get(node.text):
            line = twice[0].span.line
            hint = f"it stands in line {line} already: remove one of the two"
            self._refuse(f"'{shorten(node.text)}' is set twice", node.start, node.end, hint)
            return None
        return node

    def _refuse_mark(self, start: int) -> None:
        word = _WORD.match(self.document.text, start)
        end = word.end() if word else start + 1
        if self.document.text[start : start + 1] == "&":
            message, hint = "names such as &name are not used here", "a text that begins with & needs quotes"
        else:
            message, hint = "tags such as !name are not used here", "a text that begins with ! needs quotes"
        self._refuse(message, start, end, hint)

    def _refuse(self, message: str, start: int, end: int, hint: str) -> None:
        self.found.append(self.document.error(message, start, end, hint))
        self.stopped = self.stopped or len(self.found) >= MOST

    def _stop(self, message: str, start: int, end: int, hint: str = "") -> None:
        self._refuse(message, start, end, hint)
        self.stopped = True
