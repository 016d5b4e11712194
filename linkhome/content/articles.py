"""Plan the pages made of texts: posts, the lists of posts, and the further pages (imprint, privacy, …)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from markupsafe import Markup

from ..cache import fingerprint
from ..config import schema
from ..diagnostics import LinkhomeError, error
from . import heads, markdown, model
from .here import Here
from .posts import Post, Texts, locate
from .shell import Surroundings

A_LIST = 50


class Planned(NamedTuple):
    """A page to be: ``key`` stands for everything it depends on beside the site itself; empty means unknown."""

    path: str
    key: str
    make: Callable[[], model.Page]


def posts_path(prefix: str, number: int = 1) -> str:
    """Return the output file of a list of posts."""
    return f"{prefix}posts/index.html" if number == 1 else f"{prefix}posts/page-{number}/index.html"


def plan_posts(around: Surroundings, texts: Texts, posts: Sequence[Post]) -> list[Planned]:
    """Plan the posts of one language (newest first) and the lists that lead to them."""
    planned = []
    for number, post in enumerate(posts):
        newer = posts[number - 1] if number else None
        older = posts[number + 1] if number + 1 < len(posts) else None
        path = around.all.output_of(post)
        shown = [around.key(around.here(path)), around.all.twin_key(post)]
        neighbours = [f"{side} {p.key}" for side, p in (("newer", newer), ("older", older)) if p]
        seen = _seen(around, path, texts, post)
        key = fingerprint(post.key, *seen, *_preview_key(around, path, post), *shown, *neighbours)
        planned.append(Planned(path, key, partial(_post_page, around, texts, post, newer, older)))
    count = -(-len(posts) // A_LIST)
    for number in range(1, count + 1):
        part = posts[(number - 1) * A_LIST : number * A_LIST]
        path = posts_path(around.all.prefix(around.language), number)
        pictures = [_picture_key(around, post) for post in part]
        shown = [around.key(around.here(path)), *around.all.with_posts]
        key = fingerprint(number, count, *shown, *pictures, *(post.key for post in part))
        planned.append(Planned(path, key, partial(_list_page, around, part, number, count)))
    return planned


def plan_pages(around: Surroundings, texts: Texts, pages: Sequence[Post]) -> list[Planned]:
    """Plan the further pages of one language."""
    planned = []
    for page in pages:
        path = around.all.output_of(page)
        _seen(around, path, texts, page)
        _preview_key(around, path, page)
        planned.append(Planned(path, "", partial(_further_page, around, texts, page)))
    return planned


def post_link(here: Here, post: Post) -> model.PostLink:
    """Return a post as lists and neighbours show it."""
    return model.PostLink(
        href=here.way_to(here.all.output_of(post)),
        title=post.title,
        date=here.moment(post.date or None),
        summary=post.summary,
        picture=picture(here, post),
        tags=post.tags,
    )


def picture(here: Here, post: Post) -> model.Picture | None:
    """Return a text's own picture; a missing one was reported when the page was planned."""
    if post.image is None:
        return None
    alt = here.text(post.image.alt) if isinstance(post.image, schema.PictureFile) and post.image.alt else ""
    focus = (post.image.focus or "") if isinstance(post.image, schema.PictureFile) else ""
    try:
        return here.all.media.picture(here.all.media.near(_image_file(post), _folder(post)), here.root, alt, focus)
    except LinkhomeError:
        return None


def body(here: Here, texts: Texts, post: Post) -> Markup:
    """Return a text's HTML for one page; mistakes in it were reported when the page was planned."""
    done = markdown.Rendered(texts.body(post), post.references)
    return here.fill(done, lambda *_: None, _folder(post))


def _post_page(around: Surroundings, texts: Texts, post: Post, newer: Post | None, older: Post | None) -> model.Page:
    path = around.all.output_of(post)
    here = around.here(path)
    shell, profile = around.around(here)
    shown = picture(here, post)
    places = around.all.twins(post)
    return model.Page(
        kind="post",
        path=path,
        shell=shell,
        profile=profile,
        head=heads.of_post(here, post, shown, profile),
        translations=around.translations(here, places),
        title=post.title,
        summary=post.summary,
        body=body(here, texts, post),
        picture=shown,
        date=here.moment(post.date or None),
        updated=here.moment(post.updated or None),
        tags=post.tags,
        newer=_neighbour(here, newer),
        older=_neighbour(here, older),
    )


def _neighbour(here: Here, post: Post | None) -> model.PostLink | None:
    return model.PostLink(href=here.way_to(here.all.output_of(post)), title=post.title) if post else None


def _list_page(around: Surroundings, part: Sequence[Post], number: int, count: int) -> model.Page:
    prefix = around.all.prefix(around.language)
    path = posts_path(prefix, number)
    here = around.here(path)
    shell, profile = around.around(here)
    title = around.texts["posts"]
    places = (
        {language: posts_path(around.all.prefix(language)) for language in around.all.with_posts} if number == 1 else {}
    )

    def way(n: int) -> model.PostLink:
        return model.PostLink(href=here.way_to(posts_path(prefix, n)), title=str(n))

    return model.Page(
        kind="posts",
        path=path,
        shell=shell,
        profile=profile,
        head=heads.of_list(here, title, number, count, profile),
        translations=around.translations(here, places),
        title=title,
        posts=tuple(post_link(here, post) for post in part),
        newer=way(number - 1) if number > 1 else None,
        older=way(number + 1) if number < count else None,
        number=number,
        pages=count,
    )


def _further_page(around: Surroundings, texts: Texts, page: Post) -> model.Page:
    path = around.all.output_of(page)
    here = around.here(path)
    shell, profile = around.around(here)
    shown = picture(here, page)
    return model.Page(
        kind="page",
        path=path,
        shell=shell,
        profile=profile,
        head=heads.of_page(here, page, shown, profile),
        translations=around.translations(here, around.all.twins(page)),
        title=page.title,
        summary=page.summary,
        body=body(here, texts, page),
        picture=shown,
        updated=here.moment(page.updated or None),
    )


def _seen(around: Surroundings, path: str, texts: Texts, post: Post) -> list[str]:
    """Bring a text's own files into the output, report those that are amiss, and return what they look like."""
    if not post.references and post.image is None and post.share is None:
        return []
    here = around.here(path)
    seen: list[str] = []
    source: list[str] = []

    def complain(message: str, hint: str, target: str, line: int) -> None:
        if not source:
            data = texts.inputs.read(texts.project.root / post.file) or b""
            source.append(data.decode("utf-8-sig", "replace"))
        span, text = locate(source[0], target, line, post.file)
        found = error(message, span, hint, text)
        if found not in around.all.diagnostics:
            around.all.diagnostics.append(found)

    for reference in post.references:
        alone = markdown.Rendered("\x020\x03", (reference,))
        at = post.first_line + reference.line
        shown = here.fill(alone, partial(complain, target=reference.target, line=at), _folder(post))
        seen.append(str(shown))
    for given in (post.image, post.share):
        if given is None:
            continue
        name = _file_of(given)
        try:
            around.all.media.picture(around.all.media.near(name, _folder(post)), here.root)
        except LinkhomeError as problem:
            complain(problem.diagnostics[0].message, problem.diagnostics[0].hint, name, 1)
        seen.append(around.all.media.shown_key(around.all.media.near(name, _folder(post))))
    return seen


def _preview_key(around: Surroundings, path: str, text: Post) -> tuple[str, ...]:
    """Order the pictures for previews of a text, and return a mark of them."""
    if around.all.previews is None or text.share is not None:
        return ()
    here = around.here(path)
    preview = around.all.previews.of_text(here, text, around.around(here)[1], picture(here, text))
    return (preview.wide, preview.square) if preview else ()


def _picture_key(around: Surroundings, post: Post) -> str:
    """Return a mark of how a text's own picture looks; empty without one."""
    media = around.all.media
    return media.shown_key(media.near(_image_file(post), _folder(post))) if post.image else ""


def _image_file(post: Post) -> str:
    return _file_of(post.image) if post.image else ""


def _file_of(given: schema.Picture) -> str:
    return given.file if isinstance(given, schema.PictureFile) else given


def _folder(post: Post) -> str:
    return post.file.rpartition("/")[0] + "/"
