"""Say what a text brings along: its body, its own pictures and files, and the cards below it.

What is amiss with them is reported once, when the page is planned (`see`); everything else here is silent about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import msgspec
from markupsafe import Markup

from ..config import schema
from ..diagnostics import LinkhomeError, error
from . import markdown, model
from .cards import card
from .here import Here
from .posts import Post, Texts, head_spans, locate
from .shell import Surroundings


def picture(here: Here, post: Post) -> model.Picture | None:
    """Return a text's own picture; None when it has none, or one that cannot be read."""
    return _shown(here, post, post.image)


def _shown(here: Here, text: Post, given: schema.Picture | None) -> model.Picture | None:
    if given is None:
        return None
    alt = here.text(given.alt) if isinstance(given, schema.PictureFile) and given.alt else ""
    focus = (given.focus or "") if isinstance(given, schema.PictureFile) else ""
    media = here.all.media
    try:
        return media.picture(media.near(_file_of(given), _folder(text)), here.root, alt, focus)
    except LinkhomeError:
        return None


def body(here: Here, texts: Texts, post: Post) -> Markup:
    """Return a text's HTML for one page."""
    done = markdown.Rendered(texts.body(post), post.references)
    return here.fill(done, lambda *_: None, _folder(post))


def cards(here: Here, text: Post) -> tuple[model.Card, ...]:
    """Return the cards below a text; one without a picture of its own shows that of its saved copy."""
    made = []
    for entry in text.embeds:
        one = card(msgspec.structs.replace(entry, image=None), here, ())
        if one is None:
            continue
        shown = _shown(here, text, entry.image)
        made.append(msgspec.structs.replace(one, picture=shown) if shown else one)
    return tuple(made)


def icons(shown: Sequence[model.Card]) -> tuple[model.Icon, ...]:
    """Return the icons of cards, each once."""
    found = {one.icon.name: one.icon for one in shown if one.icon}
    return tuple(found[name] for name in sorted(found))


def see(around: Surroundings, path: str, texts: Texts, post: Post) -> list[str]:
    """Bring a text's own files into the output, report those that are amiss, and return what they look like."""
    if not (post.references or post.image or post.share or post.embeds):
        return []
    here = around.here(path)
    seen: list[str] = []
    source = partial(texts.inputs.read, texts.project.root / post.file)

    def complain(message: str, hint: str, target: str, line: int) -> None:
        span, text = locate((source() or b"").decode("utf-8-sig", "replace"), target, line, post.file)
        around.all.tell(error(message, span, hint, text))

    for reference in post.references:
        alone = markdown.Rendered("\x020\x03", (reference,))
        at = post.first_line + reference.line
        shown = here.fill(alone, partial(complain, target=reference.target, line=at), _folder(post))
        seen.append(str(shown))
    for given, key in _pictures(post):
        name = around.all.media.near(_file_of(given), _folder(post))
        try:
            around.all.media.picture(name, here.root)
        except LinkhomeError as problem:
            found = problem.diagnostics[0]
            around.all.tell(head_spans(source() or b"", post.file).error(found.message, *key, "file", hint=found.hint))
        seen.append(around.all.media.shown_key(name))
    return seen


def _pictures(post: Post) -> Iterator[tuple[schema.Picture, tuple[str | int, ...]]]:
    """Yield the pictures that a text's head names, each with its key there."""
    if post.image is not None:
        yield post.image, ("image",)
    if post.share is not None:
        yield post.share, ("share",)
    for number, entry in enumerate(post.embeds):
        if entry.image is not None:
            yield entry.image, ("embeds", number, "image")


def picture_key(around: Surroundings, post: Post) -> str:
    """Return a mark of how a text's own picture looks; empty without one."""
    media = around.all.media
    return media.shown_key(media.near(_file_of(post.image), _folder(post))) if post.image else ""


def _file_of(given: schema.Picture) -> str:
    return given.file if isinstance(given, schema.PictureFile) else given


def _folder(post: Post) -> str:
    return post.file.rpartition("/")[0] + "/"
