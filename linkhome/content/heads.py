"""Make what stands in a page's ``<head>``: titles, descriptions, and what machines look for."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from .. import discovery
from ..diagnostics import LinkhomeError
from . import model
from .here import Here
from .posts import Post

if TYPE_CHECKING:
    from .previews import Preview


def of_home(here: Here, profile: model.Profile, socials: Sequence[model.Link], feed: bool) -> model.Head:
    """Return the head of a front page, which is also the page about the creator."""
    site = here.all.site
    title = here.text(site.title) or ": ".join(part for part in (profile.name, profile.tagline) if part)
    description = here.text(site.description) or profile.bio_text or profile.tagline
    me = tuple(link.href for link in socials if link.me)
    image = _of_site(here, profile)
    json_ld = discovery.profile_page(
        name=profile.name,
        kind=profile.kind,
        url=here.url_of(here.path),
        description=description,
        image=_image(here, profile.portrait or profile.cover).src,
        same_as=me,
        language=here.language,
        alternate_name=profile.handle,
    )
    return _head(here, title, description, image, kind="profile", json_ld=json_ld, me=me, feed=feed)


def of_post(here: Here, post: Post, picture: model.Picture | None, profile: model.Profile) -> model.Head:
    """Return the head of a post."""
    image = _of_text(here, post, picture, profile)
    json_ld = discovery.blog_posting(
        title=post.title,
        url=here.url_of(here.path),
        published=post.date,
        updated=post.updated or post.date,
        description=post.summary,
        image=_image(here, picture).src or image.src,
        author=profile.name,
        author_url=here.url_of(f"{here.all.prefix(here.language)}index.html"),
        author_kind=profile.kind,
        language=here.language,
        tags=post.tags,
    )
    title = f"{post.title} – {profile.name}"
    return _head(
        here, title, post.summary, image, kind="article", json_ld=json_ld, dates=(post.date, post.updated), feed=True
    )


def of_page(here: Here, page: Post, picture: model.Picture | None, profile: model.Profile) -> model.Head:
    """Return the head of a further page."""
    image = _of_text(here, page, picture, profile)
    return _head(here, f"{page.title} – {profile.name}", page.summary, image)


def of_kit(here: Here, profile: model.Profile) -> model.Head:
    """Return the head of the page with what a creator takes along, which nobody has to find."""
    text = here.texts["kit_text"].format(name=profile.name)
    return _head(here, f"{here.texts['kit']} – {profile.name}", text, _of_site(here, profile), noindex=True)


def of_list(here: Here, title: str, number: int, count: int, profile: model.Profile) -> model.Head:
    """Return the head of a list of posts."""
    whole = f"{title} – {profile.name}"
    if number > 1:
        whole = f"{title} ({here.texts['page_of'].format(number=number, count=count)}) – {profile.name}"
    return _head(here, whole, profile.tagline, _of_site(here, profile), feed=True)


def of_missing(here: Here, title: str, profile: model.Profile) -> model.Head:
    """Return the head of the page for addresses that lead nowhere."""
    return _head(here, f"{title} – {profile.name}", "", _NONE, noindex=True)


class _Image(NamedTuple):
    """A picture for previews by its full address, and a square one for those who want that."""

    src: str = ""
    alt: str = ""
    size: tuple[int, int] = (0, 0)
    square: str = ""
    square_size: tuple[int, int] = (0, 0)


_NONE = _Image()
_NOTHING = Markup("")


def _head(
    here: Here,
    title: str,
    description: str,
    image: _Image,
    kind: str = "website",
    json_ld: Markup = _NOTHING,
    me: tuple[str, ...] = (),
    dates: tuple[str, str] = ("", ""),
    feed: bool = False,
    noindex: bool = False,
) -> model.Head:
    prefix = here.all.prefix(here.language)
    name = here.text(here.all.site.profile.name)
    feeds: tuple[tuple[str, str, str], ...] = ()
    if feed and here.all.base:
        feeds = (
            (here.way_to(f"{prefix}feed.xml"), "application/atom+xml", name),
            (here.way_to(f"{prefix}feed.json"), "application/feed+json", name),
        )
    return model.Head(
        title=title,
        description=" ".join(description.split())[:300],
        canonical="" if noindex else here.url_of(here.path),
        image=image.src,
        image_alt=image.alt,
        image_size=image.size,
        square=image.square,
        square_size=image.square_size,
        kind=kind,
        locale=here.language.replace("-", "_"),
        author=name,
        published=dates[0],
        modified=dates[1],
        json_ld=json_ld,
        me=me,
        feeds=feeds,
        noindex=noindex,
    )


def site_key(here: Here, profile: model.Profile) -> str:
    """Return a mark of the picture of every page that has none of its own."""
    return repr(_of_site(here, profile))


def _of_site(here: Here, profile: model.Profile) -> _Image:
    """Return the picture of the front page, which is that of every page without one of its own."""
    if own := here.picture(here.all.site.brand.share_image, ("brand", "share_image")):
        return _image(here, own)
    preview = here.all.previews.of_home(here, profile) if here.all.previews else None
    return _drawn(here, preview) if preview else _image(here, profile.cover or profile.portrait)


def _of_text(here: Here, text: Post, picture: model.Picture | None, profile: model.Profile) -> _Image:
    """Return the picture of a post or page: the one that its head names, else the drawn one, else its own."""
    if text.share is not None:
        given = text.share if isinstance(text.share, str) else text.share.file
        with contextlib.suppress(LinkhomeError):  # reported when the page was planned
            near = here.all.media.near(given, text.file.rpartition("/")[0] + "/")
            return _image(here, here.all.media.picture(near, here.root, text.title))
    preview = here.all.previews.of_text(here, text, profile, picture) if here.all.previews else None
    if preview:
        return _drawn(here, preview)
    return _image(here, picture) if picture else _of_site(here, profile)


def _drawn(here: Here, preview: Preview) -> _Image:
    wide, square = preview.sizes
    return _Image(here.url_of(preview.wide), preview.alt, wide, here.url_of(preview.square), square)


def _image(here: Here, picture: model.Picture | None) -> _Image:
    """Return the picture that others show beside a link to the page; only absolute addresses serve there."""
    if picture is None or not here.all.base:
        return _NONE
    place = picture.src.removeprefix(here.root)
    return _Image(here.url_of(place), picture.alt, here.all.media.sizes.get(place, (picture.width, picture.height)))
