"""Find where in the creator's files something on a page was written: the way back from the page to the line. Pure.

What is shown and what was written differ: quotation marks were set, Markdown is gone, lines were joined, files got
other names. So texts are compared word by word, and addresses by what is left of them when all that is taken away.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from msgspec import Struct

from ..config.nodes import Document, List, Map, Node, Scalar
from ..config.source import compose
from ..diagnostics import Span
from .likeness import same
from .spoken import Spoken, spoken

#: So many words of a picked text are looked for.
MOST = 60
#: Fewer letters than these, and not all that was written there, may stand anywhere.
_TELLING = 8
_HEAD = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
#: What a link of Markdown leads to, in brackets of either kind.
_TARGET = re.compile(r"\]\(\s*<?([^\s<>)]+)|<([a-z]+:[^\s<>]+|[^\s<>@]+@[^\s<>]+)>")
_LONGEST, _NUMBER = 2000, 40


class Words(Struct, frozen=True):
    """Hold what was picked on a page: its text, and the addresses to which it leads and from which its picture is."""

    text: str = ""
    href: str = ""
    src: str = ""


class Source(Struct, frozen=True):
    """Hold one file of the creator's: ``page`` is what is made of it in the output, empty where that is no page.

    ``copy_of`` is the address of which the file is a saved copy: nobody writes there, so what is found in it was
    written where that address stands.
    """

    file: str
    text: str
    page: str = ""
    copy_of: str = ""


class _Piece(NamedTuple):
    """One value of a YAML file, or the text below a head. ``inside`` are the maps and lists around it."""

    source: int
    document: Document
    start: int
    end: int
    text: str
    key: str
    inside: tuple[int, ...]

    @property
    def span(self) -> Span:
        return self.document.span(self.start, self.end)


class _Hit(NamedTuple):
    """How well a piece fits: letters in common, in the page's own file, all of the piece, in the page's language."""

    letters: int
    own: bool
    whole: bool
    language: bool
    piece: _Piece
    span: Span


def origin(page: str, words: Words, sources: Sequence[Source]) -> Span | None:
    """Return where the picked words of ``page`` (a path in the output) were written; None without any source.

    An exact address counts most, then the longest piece of text; the page's own file (the one whose ``page`` it is,
    else the first) comes before others, and is the answer when nothing else fits.
    """
    if not sources:
        return None
    own = next((number for number, source in enumerate(sources) if source.page == page), 0)
    pieces = [piece for number, source in enumerate(sources) for piece in _pieces(number, source)]
    said = spoken(words.text, MOST)
    for address in filter(None, (words.href, words.src)):
        target = _text_at(page, address, sources)
        file = sources[target].file if target is not None else ""
        mine = (one for one in pieces if one.source == own or not _HEAD.match(sources[one.source].text))
        found = [(one, span) for one in mine if (span := _led(address, file, one))]
        if hit := _nearest(page, said, [one for one, _ in found], pieces, own):
            return _through(hit.piece, hit.span, page, sources)
        if target is not None and target != own and _HEAD.match(sources[target].text):
            return _title(pieces, target) or Span(file, 1)
        if found:
            return _through(*min(found, key=lambda one: one[0].source != own), page, sources)
    if best := _best(page, said, pieces, own):
        return _through(best.piece, best.span, page, sources)
    return Span(sources[own].file, 1)


def _through(piece: _Piece, span: Span, page: str, sources: Sequence[Source]) -> Span:
    """Return the place, or that of the address of which its file is only a copy."""
    address = sources[piece.source].copy_of
    if not address:
        return span
    others = [source for source in sources if not source.copy_of]
    return origin(page, Words(href=address), others) or span


# ---------------------------------------------------------------- what there is


def _pieces(number: int, source: Source) -> Iterator[_Piece]:
    text = source.text
    if source.file.endswith((".yaml", ".yml", ".json")):
        tree, _ = compose(text.encode("utf-8", "replace"), source.file)
        if tree is not None:
            yield from _values(number, tree, "", ())
            return
    elif head := _HEAD.match(text):
        tree, _ = compose(head[1].encode("utf-8", "replace"), source.file, 2)
        if tree is not None:
            yield from _values(number, tree, "", ())
        first = head[0].count("\n") + 1
        body = Document(text[head.end() :], source.file, first)
        yield _Piece(number, body, 0, len(body.text), body.text, "", (id(body),))
        return
    whole = Document(text, source.file)  # it has no head, or is broken just now
    yield _Piece(number, whole, 0, len(text), text, "", (id(whole),))


def _values(number: int, node: Node, key: str, inside: tuple[int, ...]) -> Iterator[_Piece]:
    if type(node) is Scalar:
        if node.text.strip():
            yield _Piece(number, node.origin, node.start, node.end, node.text, key, inside)
    elif type(node) is Map:
        for name, (_, value) in node.entries.items():
            yield from _values(number, value, name, (*inside, id(node)))
    elif type(node) is List:
        for item in node.items:
            yield from _values(number, item, key, (*inside, id(item)))


def _title(pieces: Iterable[_Piece], number: int) -> Span | None:
    """Return where a text's title stands."""
    return next((one.span for one in pieces if one.source == number and one.key == "title"), None)


# ---------------------------------------------------------------- addresses


def _text_at(page: str, address: str, sources: Sequence[Source]) -> int | None:
    """Return which source makes the page that an address leads to."""
    path = unquote(address.partition("#")[0].partition("?")[0])
    if not path or ":" in path:
        return None
    wanted = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)).lstrip("/")
    folder = f"{wanted}/index.html"
    return next((n for n, source in enumerate(sources) if source.page and source.page in (wanted, folder)), None)


def _led(address: str, file: str, piece: _Piece) -> Span | None:
    """Return where in a piece the address was written, or ``file``, the text that it leads to; None when nowhere."""
    text = piece.text.strip()
    if len(text) < _LONGEST and not (set(" \n") & set(text)):
        return piece.span if same(address, file, text) else None
    if len(text) < _NUMBER and same(address, "", text):
        return piece.span
    for found in _TARGET.finditer(piece.document.text, piece.start, piece.end):
        if same(address, file, found[1] or found[2]):
            return piece.document.span(found.start(found.lastindex or 0), found.end(found.lastindex or 0))
    return None


def _nearest(page: str, said: Spoken, found: Sequence[_Piece], pieces: Sequence[_Piece], own: int) -> _Hit | None:
    """Return where the text stands in an entry with the right address; None when it stands in none of them."""
    hits = []
    for piece in found:
        near = [one for one in pieces if one.source == piece.source and set(piece.inside[-1:]) & set(one.inside)]
        if not (set(" \n") & set(piece.text)):
            near = [one for one in near if one is not piece]  # an address has words, too, but nobody reads them
        if hit := _best(page, said, near, own):
            hits.append(hit)
    return max(hits, key=lambda hit: (hit.own, hit[:4]), default=None)


# ---------------------------------------------------------------- texts


def _best(page: str, said: Spoken, pieces: Iterable[_Piece], own: int) -> _Hit | None:
    """Return the piece that has most of the text in common; None when none has enough."""
    best: _Hit | None = None
    language = page.partition("/")[0] if "/" in page else ""
    for piece in pieces if said.words else ():
        there = spoken(piece.text)
        first, last = there.longest(said)
        run = said.words[first:last]
        letters = sum(map(len, run))
        whole = len(run) == len(there.words)
        if not run or not (whole or len(run) == len(said.words) or (letters >= _TELLING and len(run) > 1)):
            continue
        hit = _Hit(letters, piece.source == own, whole, piece.key == language, piece, piece.span)
        if best is None or hit[:4] > best[:4]:
            best = hit._replace(span=_place(piece, said, first, last))
    return best


def _place(piece: _Piece, said: Spoken, first: int, last: int) -> Span:
    """Return where in a piece the words stand; its beginning when they are written in another way there."""
    raw = spoken(piece.document.text[piece.start : piece.end])
    at = raw.find(said.words[first:last])
    if at is None:
        return piece.span
    start, end = at
    return piece.document.span(piece.start + start, piece.start + end)
