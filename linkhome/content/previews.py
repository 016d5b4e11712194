"""Say what the picture of a page shows when somebody passes its address on; `linkhome.kit` draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import msgspec

from ..config import schema
from ..kit.scene import SIZES, Scene, Shot
from ..texts import direction
from . import model
from .here import Here
from .posts import Post

if TYPE_CHECKING:
    from ..kit.plan import Kit


class Preview(NamedTuple):
    """The places of a page's pictures, wide and square, and what they show."""

    wide: str
    square: str
    alt: str

    @property
    def sizes(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Return width and height of both."""
        return SIZES["wide"], SIZES["square"]


#: So many posts of each language, the newest ones, have pictures of their own: those that a feed holds.
RECENT = 30


class Previews:
    """Order the pictures of one site's pages. ``drawn`` says of which: ``all``, ``recent``, ``pages`` or ``none``."""

    def __init__(self, kit: Kit, drawn: str) -> None:
        self.kit = kit
        self.drawn = drawn
        self._common: dict[str, Scene] = {}
        self._recent: dict[str, frozenset[str]] = {}

    def of_home(self, here: Here, profile: model.Profile) -> Preview | None:
        """Return the pictures of a front page, and of what has none of its own."""
        if self.drawn == "none" or not here.all.base:
            return None
        scene = self.scene(here, profile)
        path = f"{here.all.prefix(here.language)}index.html"
        alt = ": ".join(part for part in (profile.name, profile.tagline) if part)
        return self._ordered(path, scene, alt)

    def of_text(self, here: Here, text: Post, profile: model.Profile, picture: model.Picture | None) -> Preview | None:
        """Return the pictures of a post or a page."""
        post = text.file.startswith("posts/")
        if self.drawn == "none" or not here.all.base or (post and not self._draws(here, text)):
            return None
        date = here.moment(text.date or None) if post else None
        scene = msgspec.structs.replace(
            self.scene(here, profile),
            kind="post" if post else "page",
            title=text.title,
            line="",
            date=date.text if date else "",
            day=(date.day, date.month) if date else ("", ""),
            picture=_shot(here, text.image, picture, text.file.rpartition("/")[0] + "/"),
        )
        return self._ordered(here.path, scene, f"{text.title} – {profile.name}")

    def _draws(self, here: Here, post: Post) -> bool:
        """Tell whether a post has pictures of its own."""
        if self.drawn != "recent":
            return self.drawn == "all"
        if post.language not in self._recent:
            newest = here.all.posts[post.language][:RECENT]
            self._recent[post.language] = frozenset(one.file for one in newest)
        return post.file in self._recent[post.language]

    def _ordered(self, path: str, scene: Scene, alt: str) -> Preview:
        square = msgspec.structs.replace(scene, shape="square")
        return Preview(self.kit.preview(path, scene), self.kit.preview(path, square), alt)

    def scene(self, here: Here, profile: model.Profile) -> Scene:
        """Return what all pictures of a language have in common: the picture of its front page."""
        if here.language not in self._common:
            who, brand = here.all.site.profile, here.all.site.brand
            portrait = _shot(here, who.portrait, profile.portrait)
            logo = None if portrait else _shot(here, brand.logo, profile.logo)
            self._common[here.language] = Scene(
                kind="home",
                shape="wide",
                title=profile.name,
                line=profile.tagline,
                name=profile.name,
                host=host(here.all.base),
                handle=profile.handle,
                language=here.language,
                direction=direction(here.language),
                initials=profile.initials,
                portrait=portrait or logo,
                cover=_shot(here, who.cover, profile.cover),
                logo=logo is not None,
            )
        return self._common[here.language]


def host(address: str) -> str:
    """Return a web address as people say it: without the scheme, ``www.`` and the last slash."""
    parts = urlsplit(address)
    return (parts.netloc.removeprefix("www.") + parts.path.rstrip("/")) if address else ""


def _shot(here: Here, given: schema.Picture | None, shown: model.Picture | None, folder: str = "") -> Shot | None:
    """Return a picture of the creator's to draw with; None for none, and for one that cannot be read."""
    if given is None or shown is None:
        return None
    media = here.all.media
    name = media.near(given if isinstance(given, str) else given.file, folder)
    return Shot(name, media.shown_key(name), shown.focus)
