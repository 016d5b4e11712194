"""Point back into the file: where does the value stand that a later stage finds fault with?"""

from __future__ import annotations

from ..diagnostics import Diagnostic, Span, error, warning
from .nodes import Document, List, Map, Node

Step = str | int


class Spans:
    """Know the place of every key and value of one document, by the path that the creator wrote.

    Example:
        ``spans.error("the file does not exist", "home", 3, "image")``
    """

    __slots__ = ("_document", "_root")

    def __init__(self, document: Document, root: Node | None = None) -> None:
        self._document = document
        self._root = root

    def at(self, *path: Step) -> Span:
        """Return the place of a value, or of the nearest thing around it that exists."""
        found = self._find(path)
        return found.span if found else Span(self._document.file)

    def key(self, *path: Step) -> Span:
        """Return the place of a key (of an entry: its beginning), or of the nearest thing around it that exists."""
        found = self._find(path, key=True)
        return found.span if found else Span(self._document.file)

    def error(self, message: str, *path: Step, hint: str = "", key: bool = False) -> Diagnostic:
        """Make an error about a value, or about its ``key``."""
        found = self._find(path, key=key)
        return found.error(message, hint) if found else error(message, self.at(), hint)

    def warning(self, message: str, *path: Step, hint: str = "") -> Diagnostic:
        """Make a warning about a value."""
        found = self._find(path)
        return found.warning(message, hint) if found else warning(message, self.at(), hint)

    def _find(self, path: tuple[Step, ...], *, key: bool = False) -> Node | None:
        """Return the node to point at, following the path as far as it goes."""
        node = self._root
        at: Node | None = node.head if type(node) is Map else node
        for step in path:
            if type(node) is Map and step in node.entries:
                name, node = node.entries[str(step)]
                # A collection has no one place, and an empty value has none at all: its key stands for both.
                plain = type(node) not in (Map, List) and node.start < node.end
                at = name if key or not plain else node
            elif type(node) is List and isinstance(step, int) and 0 <= step < len(node.items):
                node = node.items[step]
                at = node.head if type(node) is Map else node
            else:
                break
        return at
