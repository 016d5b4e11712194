"""Plan the pages made of texts: posts, the lists of posts, and the further pages (imprint, privacy, …)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from ..cache import fingerprint
from . import heads, inserts, model, policy
from .here import Here
from .players import hosts
from .posts import Post, Texts
from .shell import Surroundings

A_LIST = 50


class Planned(NamedTuple):
    """A page to be: ``key`` stands for everything it depends on beside the site itself; empty means unknown.

    ``frames`` are the hosts of the players that will be on it, ``strange`` is what it says in the words of others.
    """

    path: str
    key: str
    make: Callable[[], model.Page]
    frames: tuple[str, ...] = ()
    strange: str = ""


def posts_path(prefix: str, number: int = 1) -> str:
    """Return the output file of a list of posts."""
    return f"{prefix}posts/index.html" if number == 1 else f"{prefix}posts/page-{number}/index.html"


def plan_posts(around: Surroundings, texts: Texts, posts: Sequence[Post]) -> list[Planned]:
    """Plan the posts of one language (newest first) and the lists that lead to them."""
    planned = []
    for number in range(len(posts)):
        if number % A_LIST == A_LIST - 1:
            around.all.media.tell(f"Building, post {number + 1:,} of {len(posts):,}")
        planned.append(plan_post(around, texts, posts, number))
    return planned + [plan_list(around, posts, number) for number in range(1, lists_of(posts) + 1)]


def plan_post(around: Surroundings, texts: Texts, posts: Sequence[Post], number: int) -> Planned:
    """Plan one of the posts of a language, which leads on to its neighbours."""
    post = posts[number]
    newer = posts[number - 1] if number else None
    older = posts[number + 1] if number + 1 < len(posts) else None
    path = around.all.output_of(post)
    shown = [around.key(around.here(path)), around.all.twin_key(post)]
    neighbours = [f"{side} {p.key}" for side, p in (("newer", newer), ("older", older)) if p]
    seen = inserts.see(around, path, texts, post)
    below = inserts.cards(around.here(path), post)
    key = fingerprint(post.key, *seen, repr(below), *_preview_key(around, path, post), *shown, *neighbours)
    make = partial(_post_page, around, texts, post, newer, older)
    return _planned(path, key, make, below)


def lists_of(posts: Sequence[Post]) -> int:
    """Return how many lists lead to so many posts."""
    return -(-len(posts) // A_LIST)


def plan_list(around: Surroundings, posts: Sequence[Post], number: int) -> Planned:
    """Plan one list of a language's posts; the first has the number 1."""
    part = posts[(number - 1) * A_LIST : number * A_LIST]
    path = posts_path(around.all.prefix(around.language), number)
    pictures = [inserts.picture_key(around, post) for post in part]
    shown = [around.key(around.here(path)), *around.all.with_posts]
    count = lists_of(posts)
    key = fingerprint(number, count, *shown, *pictures, *(post.key for post in part))
    return Planned(path, key, partial(_list_page, around, part, number, count))


def plan_pages(around: Surroundings, texts: Texts, pages: Sequence[Post]) -> list[Planned]:
    """Plan the further pages of one language."""
    planned = []
    for page in pages:
        path = around.all.output_of(page)
        inserts.see(around, path, texts, page)
        _preview_key(around, path, page)
        below = inserts.cards(around.here(path), page)
        planned.append(_planned(path, "", partial(_further_page, around, texts, page), below))
    return planned


def _planned(path: str, key: str, make: Callable[[], model.Page], below: Sequence[model.Card]) -> Planned:
    found = hosts(below)
    return Planned(path, key, make, found, repr(below) if below else "")


def post_link(here: Here, post: Post) -> model.PostLink:
    """Return a post as lists and neighbours show it."""
    return model.PostLink(
        href=here.way_to(here.all.output_of(post)),
        title=post.title,
        date=here.moment(post.date or None),
        summary=post.summary,
        picture=inserts.picture(here, post),
        tags=post.tags,
    )


def _post_page(around: Surroundings, texts: Texts, post: Post, newer: Post | None, older: Post | None) -> model.Page:
    path = around.all.output_of(post)
    here = around.here(path)
    shell, profile = around.around(here)
    shown = inserts.picture(here, post)
    places = around.all.twins(post)
    below = inserts.cards(here, post)
    return model.Page(
        kind="post",
        path=path,
        shell=shell,
        profile=profile,
        head=heads.of_post(here, post, shown, profile),
        translations=around.translations(here, places),
        title=post.title,
        summary=post.summary,
        body=inserts.body(here, texts, post),
        picture=shown,
        date=here.moment(post.date or None),
        updated=here.moment(post.updated or None),
        tags=post.tags,
        newer=_neighbour(here, newer),
        older=_neighbour(here, older),
        cards=below,
        frames=hosts(below),
        policy=policy.page_policy(hosts(below)),
        icons=inserts.icons(below),
        timed=here.timed,
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
    shown = inserts.picture(here, page)
    below = inserts.cards(here, page)
    return model.Page(
        kind="page",
        path=path,
        shell=shell,
        profile=profile,
        head=heads.of_page(here, page, shown, profile),
        translations=around.translations(here, around.all.twins(page)),
        title=page.title,
        summary=page.summary,
        body=inserts.body(here, texts, page),
        picture=shown,
        updated=here.moment(page.updated or None),
        cards=below,
        frames=hosts(below),
        policy=policy.page_policy(hosts(below)),
        icons=inserts.icons(below),
        timed=here.timed,
    )


def _preview_key(around: Surroundings, path: str, text: Post) -> tuple[str, ...]:
    """Order the pictures for previews of a text, and return a mark of them."""
    if around.all.previews is None or text.share is not None:
        return ()
    here = around.here(path)
    preview = around.all.previews.of_text(here, text, around.around(here)[1], inserts.picture(here, text))
    return (preview.wide, preview.square) if preview else ()
