"""Know of which of the creator's files a page is made, and read those in which a thing on it may have been written."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

import msgspec
from msgspec import Struct

from ..content.addresses import slug
from ..content.posts import MOST
from ..diagnostics import LinkhomeError
from ..project import CONFIG, Project
from .origin import Source, Words

_INDEX = "index.html"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}-")
#: What the head of a text may say of its address. Anything else of YAML is not needed to tell.
_HEAD = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
_SAID = re.compile(r"^(slug|language)[ \t]*:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)
_BEGINNING = 16_384
#: So many saved copies are looked into for one click.
_COPIES = 400


class _Text(Struct, frozen=True):
    """Where a text lies, and the address that it has as long as its head stays as it is."""

    file: str
    stamp: tuple[int, int]
    page: str


class Sources:
    """Read files of the site when somebody asks where something was written. Safe to ask from several threads."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._known: dict[str, _Text] = {}

    def of(self, page: str, words: Words, languages: Sequence[str]) -> list[Source]:
        """Return what may hold the words, the page's own file first; ``languages`` are the site's, the main one first.

        A file that cannot be read is left out: it is being written, or gone.
        """
        wanted = [page]
        if words.href and ":" not in words.href.partition("/")[0]:
            wanted.append(_resolved(page, words.href))
        texts = self._texts(wanted, languages)
        names = {one: file for one, file in texts.items() if file}
        fronts = {_INDEX, *(f"{language}/{_INDEX}" for language in languages[1:])}
        found = [self._read(names[page], page)] if page in names else []
        found.append(self._read(CONFIG, page if page in fronts else _INDEX))
        found += [self._read(file, one) for one, file in names.items() if one != page]
        found.append(self._read(self.project.relative(self.project.outage)))
        found += self._saved(words.href)
        return [source for source in found if source is not None]

    def _texts(self, pages: Sequence[str], languages: Sequence[str]) -> dict[str, str]:
        """Return which files these pages are made of; those of which the name alone does not tell are looked into."""
        found: dict[str, str] = {}
        for folder in (self.project.posts, self.project.pages):
            files = list(_files(folder))
            near = [file for file in files if any(_likely(file.name, page) for page in pages)]
            for some in (near, files):
                for file in some:
                    page = self._page(file, languages)
                    if page in pages:
                        found.setdefault(page, self.project.relative(file))
                if all(page in found for page in pages):
                    return found
        return found

    def _page(self, file: Path, languages: Sequence[str]) -> str:
        """Return the page that a text becomes; it is read again only when it was written anew."""
        name = self.project.relative(file)
        try:
            seen = file.stat()
            stamp = (seen.st_mtime_ns, seen.st_size)
            known = self._known.get(name)
            if known is None or known.stamp != stamp:
                with open(file, encoding="utf-8", errors="replace") as text:
                    head = _HEAD.match(text.read(_BEGINNING))
                said = dict(_SAID.findall(head[1])) if head else {}
                known = self._known[name] = _Text(name, stamp, _page_of(name, said, languages))
        except OSError:
            return ""
        return known.page

    def _read(self, name: str, page: str = "", copy_of: str = "") -> Source | None:
        try:
            with open(self.project.inside(name), encoding="utf-8", errors="replace") as file:
                return Source(name, file.read(MOST), page, copy_of)
        except (OSError, LinkhomeError):
            return None

    def _saved(self, address: str) -> Iterator[Source | None]:
        """Yield the saved copies that tell of an address: what a platform said stands in no file of the creator's."""
        if not address.startswith(("http://", "https://")):
            return
        for file in list(_copies(self.project.saved))[:_COPIES]:
            with suppress(OSError, ValueError):
                text = file.read_text("utf-8")
                if f'"{address}"' in text:
                    yield self._read(self.project.relative(file), copy_of=_copied(text))


class _Copy(Struct):
    """What is wanted of a saved copy: of which address it is one."""

    url: str = ""


def _page_of(file: str, said: dict[str, str], languages: Sequence[str]) -> str:
    """Return the output of the text ``posts/x.de.md``, of whose head we know slug and language."""
    stem = file.rpartition("/")[2].rpartition(".")[0]
    stem = _DATE.sub("", stem, count=1) if _DATE.match(stem) else stem
    plain, dot, ending = stem.rpartition(".")
    language = languages[0] if languages else ""
    if dot and ending in languages:
        stem, language = plain, ending
    language = said.get("language", language)
    prefix = f"{language}/" if languages and language != languages[0] else ""
    folder = "posts/" if file.startswith("posts/") else ""
    return f"{prefix}{folder}{said.get('slug') or slug(stem) or 'post'}/{_INDEX}"


def _likely(name: str, page: str) -> bool:
    """Tell whether a file's name looks like the last part of a page's address."""
    wanted = page.removesuffix(f"/{_INDEX}").rpartition("/")[2]
    return bool(wanted) and wanted in slug(name)


def _resolved(page: str, href: str) -> str:
    """Return the page to which a relative address on a page leads."""
    path = posixpath.join(posixpath.dirname(page), unquote(href.partition("#")[0].partition("?")[0]))
    plain = posixpath.normpath(path).lstrip("/") if href.partition("#")[0] else page
    return plain if plain.endswith(".html") else f"{plain}/{_INDEX}".removeprefix("./")


def _files(folder: Path) -> Iterator[Path]:
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        yield from (Path(top, name) for name in sorted(names) if name.endswith((".md", ".markdown")))


def _copies(folder: Path) -> Iterator[Path]:
    for top, _, names in os.walk(folder):
        yield from (Path(top, name) for name in sorted(names) if name.endswith(".json"))


def _copied(text: str) -> str:
    return msgspec.json.decode(text, type=_Copy).url
