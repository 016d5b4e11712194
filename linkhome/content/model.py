"""Define all that a template may see: frozen pages, blocks, links, cards and forms, in one language each.

Every text here is final: the language is chosen, Markdown is rendered (`Markup`), addresses are checked
and written for the page on which they stand, dates carry their printed form. A theme adds no facts.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from .nouns.shown import Card, Event, Media, Player, PostLink, Question
from .nouns.signing import Box, Form, Input, Outage
from .nouns.small import Down, Icon, Link, Moment, Noun, Picture, Source, Window
from .nouns.taken import Download, Kit, Shelf, Swatch

__all__ = [
    "Block",
    "Box",
    "Card",
    "Down",
    "Download",
    "Event",
    "Form",
    "Head",
    "Icon",
    "Input",
    "Kit",
    "Link",
    "Media",
    "Moment",
    "Noun",
    "Outage",
    "Page",
    "Picture",
    "Player",
    "PostLink",
    "Profile",
    "Question",
    "Shelf",
    "Shell",
    "SiteIcon",
    "Source",
    "Swatch",
    "Translation",
    "Window",
]


class Block(Noun, frozen=True, kw_only=True):
    """One block of the home page. ``type`` chooses the template ``blocks/{type}.html``.

    Which of the other fields are set is said by the type: see ``docs/themes.md``.
    """

    type: str
    id: str
    title: str = ""
    text: Markup = Markup("")
    note: str = ""
    href: str = ""
    style: str = ""
    layout: str = ""
    collapsed: bool = False
    window: Window | None = None
    icon: Icon | None = None
    platform: str = ""
    links: tuple[Link, ...] = ()
    cards: tuple[Card, ...] = ()
    pictures: tuple[Picture, ...] = ()
    posts: tuple[PostLink, ...] = ()
    events: tuple[Event, ...] = ()
    questions: tuple[Question, ...] = ()
    form: Form | None = None
    media: Media | None = None
    more: Link | None = None
    card: Link | None = None


class Profile(Noun, frozen=True, kw_only=True):
    """Who this is; every text may be empty, every picture absent."""

    name: str
    kind: str = "person"
    handle: str = ""
    tagline: str = ""
    bio: Markup = Markup("")
    bio_text: str = ""
    pronouns: str = ""
    location: str = ""
    portrait: Picture | None = None
    cover: Picture | None = None
    logo: Picture | None = None
    initials: str = ""
    card: str = ""


class Translation(Noun, frozen=True, kw_only=True):
    """The same page in another language (or this one: ``current``)."""

    language: str
    name: str
    href: str
    url: str
    current: bool = False


class Head(Noun, frozen=True, kw_only=True):
    """What stands in ``<head>``; absolute addresses are empty when the site has no ``url``."""

    title: str
    description: str
    canonical: str = ""
    image: str = ""
    image_alt: str = ""
    image_size: tuple[int, int] = (0, 0)
    square: str = ""
    square_size: tuple[int, int] = (0, 0)
    kind: str = "website"
    locale: str = ""
    author: str = ""
    published: str = ""
    modified: str = ""
    json_ld: Markup = Markup("")
    me: tuple[str, ...] = ()
    #: Address, media type and title of each feed.
    feeds: tuple[tuple[str, str, str], ...] = ()
    noindex: bool = False


class SiteIcon(Noun, frozen=True, kw_only=True):
    """One icon of the site for ``<link>``: ``sizes`` and ``type`` may be empty."""

    rel: str
    href: str
    sizes: str = ""
    type: str = ""


class Shell(Noun, frozen=True, kw_only=True):
    """What every page of one language and depth shares: names, texts, switch, footer.

    ``texts`` are the interface texts; ``home`` is the way to the front page; ``root`` leads from the page to
    the folder of the site (``""``, ``"../"``, …). ``second_address`` is the line that names every address of a
    site with several, else empty. ``outage`` is there while a platform is down;
    ``offline`` says that visitors' browsers keep a copy of the site.
    """

    language: str
    direction: str
    name: str
    home: str
    root: str
    texts: dict[str, str]
    footer_note: Markup = Markup("")
    footer: tuple[Link, ...] = ()
    second_address: Markup = Markup("")
    mode: str = "auto"
    theme_colours: tuple[str, str] = ("", "")
    icon: str = ""
    icons: tuple[SiteIcon, ...] = ()
    manifest: str = ""
    generator: str = ""
    outage: Outage | None = None
    offline: bool = False


class Page(Noun, frozen=True, kw_only=True):
    """One file of HTML to be. ``kind`` is ``home``, ``post``, ``posts``, ``page`` or ``missing`` (404).

    ``cards`` are the embeds below a text; ``frames`` the hosts of every player on the page; ``policy``
    (for a ``<meta>``) names them, and whom a form may ask, and nobody else. ``signs_up`` says that it has a form.
    """

    kind: str
    path: str
    shell: Shell
    head: Head
    profile: Profile
    translations: tuple[Translation, ...] = ()
    title: str = ""
    summary: str = ""
    body: Markup = Markup("")
    picture: Picture | None = None
    date: Moment | None = None
    updated: Moment | None = None
    tags: tuple[str, ...] = ()
    socials: tuple[Link, ...] = ()
    blocks: tuple[Block, ...] = ()
    posts: tuple[PostLink, ...] = ()
    newer: PostLink | None = None
    older: PostLink | None = None
    number: int = 1
    pages: int = 1
    icons: tuple[Icon, ...] = ()
    timed: bool = False
    signs_up: bool = False
    cards: tuple[Card, ...] = ()
    frames: tuple[str, ...] = ()
    policy: Markup = Markup("default-src 'self'; style-src 'self' 'unsafe-inline'")
    kit: Kit | None = None

    def as_context(self) -> dict[str, Any]:
        """Return the names that a template sees at its top level."""
        return {"page": self, **{name: getattr(self, name) for name in ("shell", "head", "profile")}}
