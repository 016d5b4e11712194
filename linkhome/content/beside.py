"""Make the small files that lie beside the pages: feeds, site map, robots, web manifest and icon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from .. import discovery, feeds
from ..texts import direction
from . import inserts, kit
from .addresses import absolute, base_path
from .gathering import Gathering
from .here import Here
from .posts import Post, Texts
from .shell import Look, Surroundings, initials

#: How many posts a feed holds; older ones are on the pages.
IN_FEED = 30


def beside(
    all_: Gathering, arounds: Mapping[str, Surroundings], texts: Texts, pages: Sequence[Post], look: Look
) -> dict[str, bytes]:
    """Return the files by their place in the output."""
    files: dict[str, bytes] = {}
    main = arounds[all_.languages[0]]
    name = main.here("index.html").text(all_.site.profile.name)
    here = main.here("index.html")
    if look.icon and all_.kit:
        kit.order_icons(all_.kit, here, initials(name), look.values)
    elif look.icon:
        files[look.icon] = discovery.site_icon(initials(name), look.fill, look.on_fill)
    if look.manifest:
        files[look.manifest] = discovery.manifest(
            name=name,
            language=main.language,
            direction=direction(main.language),
            icon=look.icon,
            icons=[(place, size) for place, which, size in kit.ICONS if which in ("192", "512") and all_.kit],
            maskable=[(place, size) for place, which, size in kit.ICONS if which == "mask" and all_.kit],
            identity=base_path(all_.base) if all_.base else "",
            theme_colour=look.colours[all_.site.brand.mode == "dark"],
            background_colour=look.colours[all_.site.brand.mode == "dark"],
        )
    if all_.base:
        for language in all_.with_posts:
            feed = _feed(arounds[language], texts)
            prefix = all_.prefix(language)
            files[f"{prefix}feed.xml"] = feeds.atom(feed)
            files[f"{prefix}feed.json"] = feeds.json_feed(feed)
        files["sitemap.xml"] = discovery.sitemap(_places(all_, pages))
        files["robots.txt"] = discovery.robots(absolute(all_.base, "sitemap.xml"))
    return files


def _feed(around: Surroundings, texts: Texts) -> feeds.Feed:
    all_, prefix = around.all, around.all.prefix(around.language)
    here = _Absolute(all_, around.language, f"{prefix}feed.xml", around.texts)
    posts = all_.posts[around.language]
    site = all_.site
    return feeds.Feed(
        url=absolute(all_.base, f"{prefix}index.html"),
        atom_url=absolute(all_.base, f"{prefix}feed.xml"),
        json_url=absolute(all_.base, f"{prefix}feed.json"),
        title=here.text(site.title) or here.text(site.profile.name),
        description=here.text(site.description) or here.text(site.profile.tagline),
        language=around.language,
        author=here.text(site.profile.name),
        entries=tuple(_entry(here, texts, post) for post in posts[:IN_FEED] if post.date),
    )


def _entry(here: Here, texts: Texts, post: Post) -> feeds.Entry:
    published = here.moment(post.date)
    updated = here.moment(post.updated or post.date)
    assert published and updated
    shown = inserts.picture(here, post)
    return feeds.Entry(
        stem="/".join((*post.file.split("/")[1:-1], post.stem)),
        url=absolute(here.all.base, here.all.output_of(post)),
        title=post.title,
        published=_full(published.iso),
        updated=_full(updated.iso),
        summary=post.summary,
        html=str(inserts.body(here, texts, post)),
        tags=post.tags,
        image=shown.src if shown else "",
    )


def _full(iso: str) -> str:
    return iso if "T" in iso else f"{iso}T00:00:00Z"


def _places(all_: Gathering, pages: Sequence[Post]) -> list[discovery.Place]:
    """Return every page that may be found, with its translations and the day of its last change."""
    fronts = {language: f"{all_.prefix(language)}index.html" for language in all_.languages}
    texts = [*pages, *(post for posts in all_.posts.values() for post in posts)]
    return [
        *(_place(all_, path, fronts, "") for path in fronts.values()),
        *(_place(all_, all_.output_of(one), all_.twins(one), (one.updated or one.date)[:10]) for one in texts),
    ]


def _place(all_: Gathering, path: str, twins: Mapping[str, str], changed: str) -> discovery.Place:
    others = {language: absolute(all_.base, twin) for language, twin in twins.items()} if len(twins) > 1 else {}
    return discovery.Place(url=absolute(all_.base, path), changed=changed, translations=others)


class _Absolute(Here):
    """A place outside of the site, such as a feed reader: every address starts with the site's own."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self.root = f"{self.all.base}/"

    def _own(self, target: str, folder: str) -> str:
        return quote(super()._own(target, folder), safe=":/#?&=%")
