"""Make what stands in a page's ``<head>``: titles, descriptions, and what machines look for."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from .. import discovery
from . import model
from .here import Here
from .posts import Post


def of_home(here: Here, profile: model.Profile, socials: Sequence[model.Link], feed: bool) -> model.Head:
    """Return the head of a front page, which is also the page about the creator."""
    site = here.all.site
    title = here.text(site.title) or ": ".join(part for part in (profile.name, profile.tagline) if part)
    description = here.text(site.description) or profile.bio_text or profile.tagline
    me = tuple(link.href for link in socials if link.me)
    image = _image(here, profile.cover or profile.portrait)
    json_ld = discovery.profile_page(
        name=profile.name,
        kind=profile.kind,
        url=here.url_of(here.path),
        description=description,
        image=_image(here, profile.portrait or profile.cover)[0],
        same_as=me,
        language=here.language,
        alternate_name=profile.handle,
    )
    return _head(here, title, description, image, kind="profile", json_ld=json_ld, me=me, feed=feed)


def of_post(here: Here, post: Post, picture: model.Picture | None, profile: model.Profile) -> model.Head:
    """Return the head of a post."""
    image = _image(here, picture or profile.cover or profile.portrait)
    json_ld = discovery.blog_posting(
        title=post.title,
        url=here.url_of(here.path),
        published=post.date,
        updated=post.updated or post.date,
        description=post.summary,
        image=image[0],
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
    image = _image(here, picture or profile.cover or profile.portrait)
    return _head(here, f"{page.title} – {profile.name}", page.summary, image)


def of_list(here: Here, title: str, number: int, count: int, profile: model.Profile) -> model.Head:
    """Return the head of a list of posts."""
    whole = f"{title} – {profile.name}"
    if number > 1:
        whole = f"{title} ({here.texts['page_of'].format(number=number, count=count)}) – {profile.name}"
    return _head(here, whole, profile.tagline, _image(here, profile.cover or profile.portrait), feed=True)


def of_missing(here: Here, title: str, profile: model.Profile) -> model.Head:
    """Return the head of the page for addresses that lead nowhere."""
    return _head(here, f"{title} – {profile.name}", "", ("", "", (0, 0)), noindex=True)


_Image = tuple[str, str, tuple[int, int]]
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
    src, alt, size = image
    return model.Head(
        title=title,
        description=" ".join(description.split())[:300],
        canonical="" if noindex else here.url_of(here.path),
        image=src,
        image_alt=alt,
        image_size=size,
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


def _image(here: Here, picture: model.Picture | None) -> _Image:
    """Return the picture that others show beside a link to the page; only absolute addresses serve there."""
    if picture is None or not here.all.base:
        return "", "", (0, 0)
    place = picture.src.removeprefix(here.root)
    return here.url_of(place), picture.alt, here.all.media.sizes.get(place, (picture.width, picture.height))
