"""Arrange the texts of a site: their order, where each will lie, and which are translations of each other. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..diagnostics import Diagnostic, Span, error
from .posts import Post

RESERVED = frozenset({"posts", "media", "assets", "index", "404", "feed"})
#: Taken only when the site has a kit page.
KIT = "kit"
#: Taken only when the site has a sign-up.
AFTERWARDS = frozenset({"thanks", "check-your-mail", "sorry"})
_LIST = re.compile(r"page-\d+")
#: What of a head has a say in how texts are arranged; the rest may change without any of them moving.
_ARRANGING = ("file", "slug", "stem", "language", "date", "draft")


class Rules(NamedTuple):
    """Hold what of the site has a say: its languages, which addresses are taken, whether drafts are shown."""

    languages: tuple[str, ...]
    taken: frozenset[str]
    drafts: bool = False


class Place(NamedTuple):
    """Find a text: among the posts or the pages of a language, and there by its number."""

    kind: str
    language: str
    number: int


class Arrangement(NamedTuple):
    """Hold the texts of a site in their order, posts newest first, and what an address of one means.

    ``outputs`` leads from an output file to the text, ``places`` from what a text is called, with a language, to
    its output file (("pages/imprint.md", "de") or ("imprint", "de")), ``twins`` from a stem to its translations.
    """

    rules: Rules
    posts: Mapping[str, Sequence[Post]]
    pages: Mapping[str, Sequence[Post]]
    outputs: Mapping[str, Place]
    places: Mapping[tuple[str, str], str]
    twins: Mapping[tuple[str, str], Mapping[str, Post]]
    found: tuple[Diagnostic, ...]

    def text(self, output: str) -> Post | None:
        """Return the text that becomes this output file."""
        place = self.outputs.get(output)
        return (self.posts if place.kind == "post" else self.pages)[place.language][place.number] if place else None

    def every(self) -> list[Post]:
        """Return all texts, posts before pages."""
        return [text for part in (self.posts, self.pages) for texts in part.values() for text in texts]

    def with_text(self, new: Post) -> Arrangement | None:
        """Return the arrangement with a new version of one text; None when that would move any of them."""
        output = output_of(new, self.rules.languages)
        old = self.text(output)
        if old is None or any(getattr(old, name) != getattr(new, name) for name in _ARRANGING):
            return None
        kind, language, number = self.outputs[output]
        part = dict(self.posts if kind == "post" else self.pages)
        texts = list(part[language])
        texts[number] = new
        part[language] = texts
        return self._replace(posts=part) if kind == "post" else self._replace(pages=part)


def arrange(posts: Sequence[Post], pages: Sequence[Post], rules: Rules) -> Arrangement:
    """Arrange texts; drafts are left out unless they are wanted, addresses that are taken are reported."""
    posts = sorted(
        (post for post in posts if rules.drafts or not post.draft), key=lambda p: (p.date, p.file), reverse=True
    )
    pages = [page for page in pages if rules.drafts or not page.draft]
    places: dict[tuple[str, str], str] = {}
    twins: dict[tuple[str, str], dict[str, Post]] = {}
    found: list[Diagnostic] = []
    outputs: dict[str, Place] = {}
    files: dict[str, str] = {}
    by_language: tuple[dict[str, list[Post]], dict[str, list[Post]]] = ({}, {})
    for kind, texts, part in (("post", posts, by_language[0]), ("page", pages, by_language[1])):
        for text in texts:
            path = output_of(text, rules.languages)
            found += _taken(text, path, files, rules)
            files[path] = text.file
            mine = part.setdefault(text.language, [])
            outputs[path] = Place(kind, text.language, len(mine))
            mine.append(text)
            stem = stem_of(text)
            twins.setdefault(stem, {})[text.language] = text
            folder = "posts/" if text.file.startswith("posts/") else ""
            for name in (text.file, f"{folder}{text.slug}", f"{stem[0]}/{text.stem}.md"):
                places[name, text.language] = path
    for language in rules.languages:
        places["index.html", language] = f"{prefix_of(language, rules.languages)}index.html"
        if language in by_language[0]:
            places["posts", language] = f"{prefix_of(language, rules.languages)}posts/index.html"
    return Arrangement(rules, *by_language, outputs, places, twins, tuple(found))


def prefix_of(language: str, languages: Sequence[str]) -> str:
    """Return the folder of a language: the main one lies at the top."""
    return "" if language == languages[0] else f"{language}/"


def output_of(text: Post, languages: Sequence[str]) -> str:
    """Return the output file of a text."""
    folder = "posts/" if text.file.startswith("posts/") else ""
    return f"{prefix_of(text.language, languages)}{folder}{text.slug}/index.html"


def stem_of(text: Post) -> tuple[str, str]:
    """Return what a text and its translations have in common."""
    return text.file.rpartition("/")[0], text.stem


def _taken(text: Post, path: str, files: Mapping[str, str], rules: Rules) -> list[Diagnostic]:
    """Return why a text cannot lie there, if it cannot."""
    found = []
    if path in files:
        hint = "give one of them another slug: in its head"
        found.append(error(f"this has the same address as {files[path]}", Span(text.file, 1), hint))
    top = path.removeprefix(prefix_of(text.language, rules.languages)).split("/")[0]
    post = text.file.startswith("posts/")
    if (not post and (top in rules.taken or top in rules.languages)) or (post and _LIST.fullmatch(text.slug)):
        hint = "rename the file, or write another slug: in its head"
        taken_by = "the list of posts" if post else "something else"
        found.append(error(f"'{text.slug}' is an address of {taken_by} already", Span(text.file, 1), hint))
    return found
