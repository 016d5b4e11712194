"""The newest posts of the site."""

from __future__ import annotations

from typing import Any

from ...config import schema
from .. import model
from ..articles import post_link, posts_path
from ..here import At, Here


def make(block: schema.PostsBlock, here: Here, at: At) -> dict[str, Any] | None:
    """Return the newest posts in this page's language; None when there are none yet."""
    all_posts = here.all.posts.get(here.language, [])
    chosen = [post for post in all_posts if block.tag is None or block.tag in post.tags][: block.posts]
    if not chosen:
        return None
    posts = tuple(post_link(here, post) for post in chosen)
    list_page = here.way_to(posts_path(here.all.prefix(here.language)))
    more = model.Link(href=list_page, title=here.texts["show_all"], outside=False)
    return {"title": here.text(block.title) or here.texts["posts"], "posts": posts, "more": more}
