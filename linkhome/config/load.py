"""Read ``linkhome.yaml`` and front matter: frozen structs when all is well, every mistake at once when not."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from ..diagnostics import Diagnostic, Severity, Span, error, in_order
from .agreement import languages
from .nodes import Map, Node
from .schema import FrontMatter, Site, Text
from .source import build, decode
from .spans import Spans
from .walk import Walk
from .words import form
from .wrong import BAD

__all__ = ["Config", "Spans", "read_front", "read_site", "text_in"]


class Config(Struct, frozen=True):
    """Hold what the creator wrote, checked, with the places of everything. ``languages[0]`` is the main one."""

    site: Site
    spans: Spans
    languages: tuple[str, ...]


def read_site(data: bytes, file: str) -> tuple[Config | None, list[Diagnostic]]:
    """Read ``linkhome.yaml``: a `Config` when there is no error (warnings may come with it), and all findings."""
    document, found = decode(data, file)
    if found:
        return None, found
    root, found = build(document)
    if not root and not found:
        return None, [error("the file is empty", Span(file), "begin with: profile: and, indented below it, name: …")]
    site: Any = BAD
    known: tuple[str, ...] = ()
    if type(root) is Map:
        known = languages(root)
        walk = Walk(known)
        site = walk.struct(root, Site)
        found += walk.found
    elif root:
        found.append(_no_keys(root))
    if site is BAD or _failed(found):
        return None, list(in_order(found))
    return Config(site, Spans(document, root), known), list(in_order(found))


def read_front(data: bytes, file: str, first_line: int) -> tuple[FrontMatter | None, Spans, list[Diagnostic]]:
    """Read the head of a post or page, which begins at ``first_line`` of its file; an empty one is fine."""
    document, found = decode(data, file, first_line)
    if found:
        return None, Spans(document), found
    root, found = build(document)
    front: Any = BAD
    if type(root) is Map:
        walk = Walk()
        front = walk.struct(root, FrontMatter)
        found += walk.found
    elif root:
        found.append(_no_keys(root))
    elif not found:
        front = FrontMatter()
    if found:
        found = list(in_order(found))
    return (None if front is BAD or _failed(found) else front), Spans(document, root), found


def text_in(value: Text | None, language: str, languages: tuple[str, ...]) -> str:
    """Return a text in ``language``; else in the same language of another place, the main language, or any."""
    if value is None or isinstance(value, str):
        return value or ""
    wanted = (language, language.partition("-")[0], *languages)
    return next((value[one] for one in wanted if one in value), next(iter(value.values()), ""))


def _no_keys(root: Node) -> Diagnostic:
    line = root.origin.line(root.span.line - root.origin.first_line)
    glued = line.partition(":")[2][:1].strip()
    hint = "put a space after the colon" if glued else "each line looks like this: key: value"
    return root.error(f"here must be keys with values, not {form(root)}", hint)


def _failed(found: list[Diagnostic]) -> bool:
    return any(one.severity is Severity.ERROR for one in found)
