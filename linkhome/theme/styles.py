"""Put together the CSS that a page uses: small files, in the theme's order, each with what wants it.

A page names what it uses (`uses`); `stylesheet` takes the files that ``theme.yaml`` maps to any of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from ..content.model import Block, Card, Page, Picture
from .about import ABOUT
from .locate import CSS, Theme
from .tokens import Tokens

#: Later layers win. The creator's own ``theme/custom.css`` is the last one.
LAYERS = "@layer reset,tokens,base,layout,blocks,page,site;"
ALWAYS = "all"
#: The file of styles that play.js brings along.
PLAYING = "playing.css"
SIGNING = "signup.css"
NOTICE = "offline.css"
MIDDLE = "50% 50%"
#: A group of more links than this is a long one.
MANY = 7
_NAMED = re.compile(r"var\(\s*--([\w-]+)")
#: What a rendered text holds when it needs more than paragraphs, lists and links.
RICH = ("<blockquote", "<code", "<pre", "<table", "<img", "<hr", "<sup", "<h4")


def uses(page: Page) -> frozenset[str]:
    """Return the kind (``@home``), block types and features by which a page chooses its styles."""
    found = {ALWAYS, f"@{page.kind}"}
    if page.socials and page.kind == "home":
        found.add("icons")
    if page.shell.direction == "rtl":
        found.add("rtl")
    if page.body:
        found.add("prose")
    if page.tags:
        found.add("tags")
    if page.kit:
        found.add("kit")
    if page.shell.outage:
        found.add("outage")
    if page.shell.second_address:
        found.add("second")
    if page.kind == "home":
        found.update(
            name for name, there in (("bare", page.profile.cover), ("faceless", page.profile.portrait)) if not there
        )
    if any(map(_aimed, (page.picture, page.profile.portrait, page.profile.cover))):
        found.add("focus")
    if page.cards:
        found.add("below")
        _cards(page.cards, found)
    if any(link.down for link in page.socials):
        found.add("down")
    for block in page.blocks:
        found.add(block.type)
        _features(block, found)
        _cards(block.cards, found)
    return frozenset(found)


def _features(block: Block, found: set[str]) -> None:
    found.update(link.style for link in block.links)
    if any(link.down for link in block.links):
        found.add("down")
    if len(block.links) > MANY:
        found.add("many")
    pictures = [link.picture for link in block.links] + [post.picture for post in block.posts]
    if any(map(_aimed, (*pictures, *block.pictures))):
        found.add("focus")
    if block.layout == "grid" and block.type == "links":
        found.add("grid")
    if block.type == "latest" and block.layout != "grid":
        found.add("carousel" if block.layout == "carousel" else "listed")
    elif block.type == "latest" and [card.kind for card in block.cards[:2]] == ["short", "short"]:
        found.add("strip")
    if any(mark in text for text in (block.text, *(item.answer for item in block.questions)) for mark in RICH):
        found.add("rich")
    if 0 < len(block.events) < 5:
        found.add("few")
    if block.collapsed:
        found.add("folded")
    if form := block.form:
        found.update(name for name, there in (("further", form.further), ("boxes", form.legend)) if there)


def _cards(cards: Sequence[Card], found: set[str]) -> None:
    """Add what the cards are (``photo``, ``product`` …) and how they play: in a ``frame`` or as a ``sound``."""
    for card in cards:
        if card.what:
            found.add(card.what)
        if card.down:
            found.add("down")
        if card.audio:
            found.add("sound")
        elif card.player:
            found.add("frame")
        if _aimed(card.picture):
            found.add("focus")


def _aimed(picture: Picture | None) -> bool:
    return picture is not None and picture.focus != MIDDLE


class Finish(Struct, frozen=True):
    """What the brand adds to a theme: its colours, the modes that are wanted, more CSS, and features."""

    tokens: Tokens | None = None
    mode: str = "auto"
    css: str = ""
    features: frozenset[str] = frozenset()


def stylesheet(theme: Theme, used: frozenset[str], finish: Finish | None = None) -> str:
    """Return the minified CSS for pages that use ``used``: of the palette, only the colours that this CSS names.

    The same arguments give the same text; the caller keeps it.
    """
    from .shorten import only, shorten_both  # only wanted when a stylesheet is not in the cache

    finish = finish or Finish()
    wanted_here = used | finish.features | {ALWAYS}
    parts = [LAYERS]
    for name, wanted in theme.styles.items():
        if wanted & wanted_here:
            parts.append(_read(theme, f"{CSS}/{name}.css"))
    own = f"@layer site{{{_text(theme.site_css)}\n}}" if theme.site_css.is_file() else ""
    if finish.tokens:
        named = frozenset(_NAMED.findall("".join((*parts, finish.css, own))))
        parts.append(f"@layer tokens{{{finish.tokens.css(finish.mode, named)}}}")
    if finish.css:
        parts.append(f"@layer tokens{{{finish.css}}}")
    return only(finish.mode, shorten_both("\n".join(parts), own))


def scripted(theme: Theme, name: str) -> str:
    """Return the styles of what only a script puts on the page, as a JSON text for that script."""
    import json

    from .shorten import shorten

    return json.dumps(shorten(_read(theme, name)), ensure_ascii=False)


def _read(theme: Theme, name: str) -> str:
    from ..diagnostics import LinkhomeError, Span, error

    file = theme.static_file(name)
    if not file:
        about = Span(str(theme.chain[0].path / ABOUT))
        message = f"the theme '{theme.name}' has no file static/{name}"
        raise LinkhomeError(error(message, about, "add it, or take it out of 'styles'"))
    return _text(file)


def _text(file: Path) -> str:
    from ..diagnostics import LinkhomeError, Span, error

    data = file.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        place = Span(
            f"theme/{file.name}" if file.parent.name == "theme" else str(file), data.count(b"\n", 0, problem.start) + 1
        )
        raise LinkhomeError(
            error("this line is not UTF-8 text", place, "save the file with the encoding UTF-8")
        ) from None
