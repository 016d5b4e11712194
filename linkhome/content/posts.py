"""Read the Markdown files of ``posts/`` and ``pages/``: front matter and text, rendered once and remembered.

A file's result depends on its bytes and the site's languages alone, so it is found by their hash.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from .. import __version__, parallel
from ..cache import Cache, fingerprint
from ..config import schema
from ..config.load import read_front
from ..config.spans import Spans
from ..diagnostics import Diagnostic, LinkhomeError, Severity, Span, error, warning
from ..inputs import Inputs
from ..project import Project
from ..texts import interface
from . import markdown
from .addresses import slug

_NAME = re.compile(r"(?:(\d{4}-\d{2}-\d{2})-)?(.+?)(?:\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*))?\.(?:md|markdown)")
_FENCE = re.compile(rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
MOST = 5_000_000
#: Part of every key. Whoever changes what is remembered of a text changes this number.
FORM = 5


class Post(Struct, frozen=True, array_like=True):
    """Hold the head of one text: everything but its HTML, which `Texts.body` gives.

    ``stem`` pairs translations; ``key`` names the HTML in the cache and stands for the content; ``letters`` are
    those outside of ASCII.
    """

    file: str
    key: str
    stem: str
    language: str
    slug: str
    title: str
    date: str = ""
    updated: str = ""
    summary: str = ""
    image: schema.Picture | None = None
    tags: tuple[str, ...] = ()
    draft: bool = False
    menu: str = "footer"
    references: tuple[markdown.Reference, ...] = ()
    first_line: int = 1
    letters: str = ""
    share: schema.Picture | None = None
    embeds: tuple[schema.Entry, ...] = ()


class Parsed(Struct, frozen=True, array_like=True):
    """Hold what one file gave: a head (or None after a mistake), the HTML with marks, and what was found."""

    post: Post | None
    html: str
    found: tuple[tuple[str, str, str, Span, str], ...] = ()


class Texts:
    """Read a folder of texts through the cache; ``body`` gives the HTML of one of them."""

    def __init__(
        self, project: Project, inputs: Inputs, cache: Cache, languages: tuple[str, ...], own: dict[str, dict[str, str]]
    ) -> None:
        self.project = project
        self.inputs = inputs
        self.cache = cache
        self.languages = languages
        self.quotes = {language: interface(language, own)[0]["quotes"] for language in languages}
        self._salt = fingerprint(__version__, FORM, sorted(self.quotes.items()), languages)

    def read(self, folder: Path, kind: str) -> tuple[list[Post], list[Diagnostic]]:
        """Return the texts of a folder and of its folders, by file name, and every mistake in them."""
        self.project.inside(self.project.relative(folder))
        files = [(path, self.project.relative(path)) for path in self._files(folder)]
        keys = []
        for path, name in files:
            keys.append(fingerprint(self.inputs.sha256(path), name, kind, self._salt))
        known = self.cache.get_many("head", keys)
        self.cache.use("body", keys)
        todo = [n for n, key in enumerate(keys) if key not in known]
        texts = {n: self.inputs.read(files[n][0]) or b"" for n in todo}
        if todo:
            markdown.wake()
        made = parallel.each(lambda n: self._parse(texts[n], files[n][1], keys[n], kind), todo)
        for n, parsed in zip(todo, made, strict=True):
            known[keys[n]] = self._remember(keys[n], parsed)
        posts, diagnostics = [], []
        decode = msgspec.msgpack.Decoder(Parsed).decode
        for key in keys:
            head = decode(known[key])
            diagnostics += _restored(head)
            if head.post:
                posts.append(head.post)
        return posts, diagnostics

    def again(self, name: str, kind: str) -> Post | None:
        """Return the head of one text that was changed; None when there is no such file any more.

        Raises:
            LinkhomeError: with every mistake in it.
        """
        path = self.project.root / name
        data = self.inputs.read(path)
        if data is None:
            return None
        self.project.inside(name)
        key = fingerprint(self.inputs.sha256(path), name, kind, self._salt)
        known = self.cache.get("head", key)
        if known is None:
            markdown.wake()
            known = self._remember(key, self._parse(data, name, key, kind))
        head = msgspec.msgpack.decode(known, type=Parsed)
        if head.post is None:
            raise LinkhomeError(_restored(head))
        return head.post

    def body(self, post: Post) -> str:
        """Return a text's HTML with marks."""
        stored = self.cache.get("body", post.key)
        if stored is not None:
            return stored.decode()
        # The head was remembered, its text was lost: make it again.
        data = self.inputs.read(self.project.root / post.file) or b""
        return msgspec.msgpack.decode(self._parse(data, post.file, post.key, ""), type=Parsed).html

    def _remember(self, key: str, encoded: bytes) -> bytes:
        parsed = msgspec.msgpack.decode(encoded, type=Parsed)
        head = msgspec.msgpack.encode(Parsed(parsed.post, "", parsed.found))
        if parsed.post:  # what has mistakes is read afresh each time
            self.cache.put("head", key, head)
            self.cache.put("body", key, parsed.html.encode())
        return head

    def _files(self, folder: Path) -> list[Path]:
        found = []
        for entry in self.inputs.listing(folder):
            if entry.is_symlink():
                self.project.inside(self.project.relative(Path(entry.path)))
            if entry.is_dir(follow_symlinks=False):  # a link to a folder may lead round in a circle
                found += self._files(Path(entry.path))
            elif entry.name.endswith((".md", ".markdown")):
                if not entry.is_file():
                    name = self.project.relative(Path(entry.path))
                    raise LinkhomeError(
                        error(f"'{name}' is no file that can be read", hint="remove it, or repair the link")
                    )
                found.append(Path(entry.path))
        return found

    def _parse(self, data: bytes, file: str, key: str, kind: str) -> bytes:
        try:
            parsed = parse(data, file, key, kind, self.languages, self.quotes)
        except LinkhomeError as problem:
            rows = tuple(
                (str(d.severity), d.message, d.hint, d.span or Span(file), d.source) for d in problem.diagnostics
            )
            parsed = Parsed(None, "", rows)
        return msgspec.msgpack.encode(parsed)


def parse(data: bytes, file: str, key: str, kind: str, languages: Sequence[str], quotes: dict[str, str]) -> Parsed:
    """Read one text.

    Raises:
        LinkhomeError: the file is no text, or its front matter has mistakes (all of them are carried).
    """
    if len(data) > MOST:
        raise LinkhomeError(error("this text is larger than 5 MB", Span(file), "split it, or link to it as a file"))
    named = _NAME.fullmatch(os.path.basename(file))
    day, stem, suffix = named.groups() if named else (None, os.path.splitext(os.path.basename(file))[0], None)
    if suffix and suffix not in languages:
        stem, suffix = f"{stem}.{suffix}", None
    fence = _FENCE.match(data)
    front, first_line, body = schema.FrontMatter(), 1, data
    found: list[Diagnostic] = []
    if fence:
        first_line = fence.group().count(b"\n") + 1
        body = data[fence.end() :]
        read, _, found = read_front(fence[1], file, 2)
        if read is None or any(d.severity == Severity.ERROR for d in found):
            raise LinkhomeError(found)
        front = read
    elif data.lstrip(b"\xef\xbb\xbf").startswith(b"---"):
        raise LinkhomeError(
            error("the front matter has no end", Span(file, 1, 1, 3), "close it with a line of three hyphens: ---")
        )
    text = _decode(body, file, first_line)
    language = front.language or suffix or (languages[0] if languages else "en")
    if languages and language not in languages:
        hint = f"the site's languages are {', '.join(languages)}"
        raise LinkhomeError(error(f"the site has no language '{language}'", Span(file, 1), hint))
    done = markdown.render(text, quotes.get(language, "“”‘’"), take_heading=not front.title, anchors=True)
    title = front.title or done.heading or stem.replace("-", " ").replace("_", " ").capitalize()
    if kind == "post" and not (front.date or day):
        hint = "write one into its head, between two lines ---:  date: 2026-12-01"
        found.append(warning("this post has no date; it stands at the end of every list", Span(file, 1), hint))
    head = Post(
        file=file,
        key=key,
        stem=stem,
        language=language,
        slug=front.slug or slug(stem) or "post",
        title=title,
        date=front.date or day or "",
        updated=front.updated or "",
        summary=front.summary if front.summary is not None else _short(done.summary),
        image=front.image,
        share=front.share,
        tags=tuple(front.tags),
        draft=front.draft,
        menu=front.menu,
        embeds=tuple(schema.Entry(url=one) if isinstance(one, str) else one for one in front.embeds),
        references=done.references,
        first_line=first_line,
        letters="".join(sorted(letter for letter in {*done.html, *repr(front), *title} if not letter.isascii())),
    )
    return Parsed(
        head, done.html, tuple((str(d.severity), d.message, d.hint, d.span or Span(file), d.source) for d in found)
    )


def _restored(head: Parsed) -> list[Diagnostic]:
    return [Diagnostic(Severity(s), m, span, h, line) for s, m, h, span, line in head.found]


def head_spans(data: bytes, file: str) -> Spans:
    """Return where the keys and values of a text's head stand."""
    fence = _FENCE.match(data)
    return read_front(fence[1] if fence else b"", file, 2)[1]


def locate(text: str, target: str, line: int, file: str) -> tuple[Span, str]:
    """Return where a target stands in a file, at or after a line (from 1), and that line's text."""
    lines = text.splitlines()
    for number in range(max(line - 1, 0), len(lines)):
        if (column := lines[number].find(target)) >= 0:
            return Span(file, number + 1, column + 1, len(target)), lines[number]
    return Span(file, line), lines[line - 1] if 0 < line <= len(lines) else ""


def _decode(body: bytes, file: str, first_line: int) -> str:
    try:
        return body.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as problem:
        line = first_line + body[: problem.start].count(b"\n")
        hint = "save it with the encoding UTF-8"
        raise LinkhomeError(error("this line is not UTF-8 text", Span(file, line), hint)) from None


def _short(text: str, most: int = 200) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(",;:–- ") + " …"
