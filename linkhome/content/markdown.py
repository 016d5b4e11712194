"""Render Markdown to HTML once, for every page on which it will stand.

Raw HTML stays visible text; quotes follow the language; only safe schemes become links. Own files cannot be
written before the page is known, so they are left as marks (`Reference`), which `fill` replaces for one page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct

from .addresses import SCHEMES, is_safe, scheme, slug

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Control characters are no HTML; two of them serve as the fence of a mark once the text is free of them.
_NO_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 65534, 65535])
_OPEN, _CLOSE = "\x02", "\x03"


class Reference(Struct, frozen=True, array_like=True):
    """Stand for something of ours inside rendered Markdown.

    ``kind`` is ``image`` (the whole tag is written by `fill`) or ``link`` (the value of ``href``, of which ``title``
    is the part behind the ``#``); ``line`` counts from 0 within the text.
    """

    kind: str
    target: str
    alt: str = ""
    title: str = ""
    line: int = 0


class Rendered(Struct, frozen=True, array_like=True):
    """Hold the HTML with marks, what the marks stand for, and the first paragraph as plain text.

    ``heading`` is the text of a level-one heading at the very top, which a post may use as its title.
    """

    html: str = ""
    references: tuple[Reference, ...] = ()
    summary: str = ""
    heading: str = ""


def render(
    text: str, quotes: str = "“”‘’", top: int = 2, take_heading: bool = False, anchors: bool = False
) -> Rendered:
    """Render a text whose highest heading level shall be ``top``.

    ``take_heading`` takes an opening ``#`` out of the text; ``anchors`` gives headings an ``id`` and allows
    footnotes, for the one text of a page that may have them.
    """
    text = text.translate(_NO_CONTROLS)
    if _is_plain(text):
        return Rendered(f"<p>{escape(text, quote=False)}</p>\n" if text else "", summary=text)
    engine = _engine(quotes, anchors)
    tokens = engine.parse(text)
    heading = ""
    if take_heading and len(tokens) > 2 and tokens[0].tag == "h1":
        heading, tokens = _plain(tokens[1]), tokens[3:]
    references: list[Reference] = []
    summary = ""
    ids: dict[str, int] = {}
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            if anchors:
                token.attrSet("id", _unique(slug(_plain(tokens[number + 1])) or "part", ids))
            token.tag = f"h{max(int(token.tag[1]), top)}"
        elif token.type == "heading_close":
            token.tag = f"h{max(int(token.tag[1]), top)}"
        elif token.type in ("th_open", "td_open") and "style" in token.attrs:
            # A class instead of a style, so that a page may forbid styles inside its tags.
            token.attrs = {"class": _COLUMNS.get(str(token.attrs["style"]), "")}
        elif token.type == "inline" and token.children:
            _mark(token, references)
            if not summary and token.level == 1 and tokens[number - 1].type == "paragraph_open":
                summary = _plain(token)
            if len(token.children) == 1 and token.children[0].meta.get("figure"):
                _make_figure(tokens, number, references[-1])
    html = engine.renderer.render(tokens, engine.options, {})
    return Rendered(html, tuple(references), " ".join(summary.split()), heading)


def inline(text: str, quotes: str = "“”‘’") -> Rendered:
    """Render a text without its paragraph: for consent lines and other short pieces."""
    done = render(text, quotes)
    html = done.html.strip()
    if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1:
        html = html[3:-4]
    return Rendered(html, done.references, done.summary)


def wake() -> None:
    """Import the engine now: workers that are forked afterwards have it already."""
    _engine("“”‘’", True)


def fill(html: str, references: Sequence[Reference], write: Callable[[Reference], str]) -> str:
    """Replace each mark by what ``write`` makes of its reference (trusted markup)."""
    for number, reference in enumerate(references):
        html = html.replace(f"{_OPEN}{number}{_CLOSE}", write(reference))
    return html


def _is_plain(text: str) -> bool:
    # Most taglines, notes and bios have no markup at all; they need not wake the engine (30 ms).
    return (
        "\n" not in text
        and text.isprintable()
        and not any(c in text for c in "*_`[]<>&\\#~!|'\"(:-+=")
        and (not text[:1].isdigit() and ".." not in text and text == text.strip())
    )


#: The alignment of a table's column, and the class that stands for it.
_COLUMNS = {"text-align:left": "left", "text-align:center": "mid", "text-align:right": "right"}


@cache
def _engine(quotes: str, anchors: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin

    engine = MarkdownIt(
        "commonmark", {"html": False, "typographer": True, "quotes": quotes, "maxNesting": 20, "xhtmlOut": False}
    )
    engine.enable(["table", "strikethrough", "replacements", "smartquotes"]).disable(["html_block", "html_inline"])
    engine.use(deflist_plugin)
    if anchors:
        from mdit_py_plugins.footnote import footnote_plugin

        engine.use(footnote_plugin, inline=False)
    engine.validateLink = lambda url: (scheme(url) or "https") in SCHEMES  # type: ignore[method-assign]
    engine.add_render_rule("table_open", lambda *_: '<div class="table" tabindex="0"><table>\n')
    engine.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return engine


def _mark(inline_token: Token, references: list[Reference]) -> None:
    """Replace pictures and links to own files by marks."""
    line = inline_token.map[0] if inline_token.map else 0
    for token in inline_token.children or ():
        if token.type == "image":
            target = str(token.attrs.get("src", ""))
            title = str(token.attrs.get("title", ""))
            token.meta["figure"] = bool(title) or len(inline_token.children or ()) == 1
            references.append(Reference("image", unquote(target), token.content, title, line))
            token.type, token.content, token.children = "html_inline", f"{_OPEN}{len(references) - 1}{_CLOSE}", None
        elif token.type == "link_open":
            target = str(token.attrs.get("href", ""))
            if not is_safe(target):
                token.attrs.pop("href", None)
            elif not scheme(target) and not target.startswith(("#", "//")):
                path, _, fragment = target.partition("#")
                references.append(Reference("link", unquote(path), title=fragment, line=line))
                token.attrs["href"] = f"{_OPEN}{len(references) - 1}{_CLOSE}"


def _make_figure(tokens: list[Token], number: int, reference: Reference) -> None:
    """Turn a paragraph that holds one picture into a figure; the picture's title is its caption."""
    before, after = tokens[number - 1], tokens[number + 1]
    if before.type != "paragraph_open" or before.hidden:
        return
    before.tag = after.tag = "figure"
    if reference.title:
        tokens[number].children[0].content += f"<figcaption>{escape(reference.title, quote=False)}</figcaption>"  # type: ignore[index]


def _plain(token: Token) -> str:
    """Return an inline token's text without its markup."""
    words = []
    for child in token.children or ():
        if child.type in ("text", "code_inline", "text_special"):
            words.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            words.append(" ")
    return "".join(words)


def _unique(name: str, taken: dict[str, int]) -> str:
    taken[name] = taken.get(name, 0) + 1
    return name if taken[name] == 1 else f"{name}-{taken[name]}"
