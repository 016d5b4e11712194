"""Name every key that a creator may write: the reference that loading, editors and the manual share.

Each struct is one map of ``linkhome.yaml`` (or of a post's front matter). The blocks of ``home`` stand in
`config.home`, the kinds of values in `config.vocabulary`; this module offers all of them. Text that visitors
read may always be a map of languages.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from .home import (
    BARE,
    BLOCKS,
    AudioBlock,
    Block,
    ContactBlock,
    DividerBlock,
    EmbedBlock,
    Entry,
    Event,
    EventsBlock,
    FaqBlock,
    GalleryBlock,
    ImageBlock,
    LatestBlock,
    LinkBlock,
    LinksBlock,
    NewsletterBlock,
    PostsBlock,
    Question,
    QuoteBlock,
    SocialsBlock,
    SupportBlock,
    TextBlock,
    VideoBlock,
)
from .publishing import Deploy
from .redirects import Redirect, Source, Target
from .signup import Fallback, Field, Newsletter
from .vocabulary import (
    Address,
    Colour,
    Count,
    Email,
    Focus,
    Keys,
    Language,
    Languages,
    LinkItem,
    Markdown,
    Path,
    Phone,
    Picture,
    PictureFile,
    Scheduled,
    Shown,
    Text,
    WebAddress,
    When,
    Zone,
    kind,
)
from .well_known import Fediverse, Nostr, Security, WellKnown

__all__ = [
    "BARE",
    "BLOCKS",
    "Address",
    "AudioBlock",
    "Block",
    "Brand",
    "Colour",
    "Contact",
    "ContactBlock",
    "Count",
    "Deploy",
    "DividerBlock",
    "Email",
    "EmbedBlock",
    "Embeds",
    "Entry",
    "Event",
    "EventsBlock",
    "Fallback",
    "FaqBlock",
    "Fediverse",
    "Field",
    "Focus",
    "Fonts",
    "Footer",
    "FrontMatter",
    "GalleryBlock",
    "ImageBlock",
    "Keys",
    "Language",
    "Languages",
    "LatestBlock",
    "LinkBlock",
    "LinkItem",
    "LinksBlock",
    "Markdown",
    "Newsletter",
    "NewsletterBlock",
    "Nostr",
    "OutageEntry",
    "Outages",
    "Path",
    "Phone",
    "Picture",
    "PictureFile",
    "PostsBlock",
    "Profile",
    "Question",
    "QuoteBlock",
    "Redirect",
    "Scheduled",
    "Security",
    "Shown",
    "Site",
    "SocialsBlock",
    "SupportBlock",
    "Text",
    "TextBlock",
    "VideoBlock",
    "WebAddress",
    "WellKnown",
    "When",
    "Zone",
]


class Profile(Keys, frozen=True, kw_only=True):
    """Who this is."""

    name: Text
    given: Text | None = None
    family: Text | None = None
    kind: Literal["person", "organization"] = "person"
    handle: str | None = None
    tagline: Text | None = None
    bio: Markdown | None = None
    pronouns: Text | None = None
    location: Text | None = None
    portrait: Shown | None = None
    cover: Shown | None = None


class Fonts(Keys, frozen=True, kw_only=True):
    """Own font files."""

    heading: Path | None = None
    text: Path | None = None


class Brand(Keys, frozen=True, kw_only=True):
    """How it looks. One colour is enough."""

    theme: str = "base"
    color: Colour | None = None
    second: Colour | None = None
    mode: Literal["auto", "light", "dark"] = "auto"
    shape: Literal["square", "soft", "round"] | None = None
    density: Literal["airy", "normal", "compact"] = "normal"
    background: Literal["plain", "gradient", "grain"] | Path | None = None
    options: dict[str, str] = field(default_factory=dict)
    logo: Picture | None = None
    icon: Picture | None = None
    share: Literal["recent", "all", "pages", "none"] = "recent"
    share_image: Picture | None = None
    kit: bool = True
    fonts: Literal["theme", "system"] | Fonts = "theme"


class Contact(Keys, frozen=True, kw_only=True):
    """Other ways to reach the creator."""

    email: Email | None = None
    phone: Phone | None = None
    sms: bool | Phone = False
    whatsapp: bool | Phone = False
    signal: str | None = None
    matrix: Annotated[str, kind("matrix", "A Matrix address: @lina:matrix.example.")] | None = None
    telegram: str | None = None
    address: Text | None = None


class Footer(Keys, frozen=True, kw_only=True):
    """What stands at the foot of every page beside the pages' own links."""

    note: Markdown | None = None
    links: list[LinkItem | Address] = field(default_factory=list)


class Embeds(Keys, frozen=True, kw_only=True):
    """How the copies of other people's pages are fetched and shown."""

    as_of: Annotated[int, Meta(ge=0, le=3650, description="Days after which a card says how old its copy is.")] = 0
    agent: Annotated[str, Meta(description="What a refresh calls itself when it asks platforms.")] | None = None


class Site(Keys, frozen=True, kw_only=True):
    """The whole of ``linkhome.yaml``."""

    profile: Profile
    url: WebAddress | None = None
    language: Language | list[Language] = "en"
    timezone: Zone = "UTC"
    title: Text | None = None
    description: Text | None = None
    brand: Brand = field(default_factory=Brand)
    socials: list[LinkItem | Address] = field(default_factory=list)
    newsletter: Newsletter | None = None
    contact: Contact | None = None
    home: list[Block] = field(default_factory=list)
    embeds: Embeds = field(default_factory=Embeds)
    footer: Footer = field(default_factory=Footer)
    texts: dict[Language, dict[str, str]] = field(default_factory=dict)
    offline: bool = True
    redirects: dict[Source, Target | Redirect] = field(default_factory=dict)
    deploy: list[Deploy] = field(default_factory=list)
    well_known: WellKnown | None = None


class OutageEntry(Keys, frozen=True, kw_only=True):
    """A platform that is down: the name by which linkhome knows it, and times in the zone of the site."""

    platform: str
    since: When
    until: When | None = None
    note: Text | None = None
    by: Literal["hand", "auto"] = "hand"


class Outages(Keys, frozen=True, kw_only=True):
    """The whole of ``outage.yaml``."""

    outages: list[OutageEntry] = field(default_factory=list)


class FrontMatter(Keys, frozen=True, kw_only=True):
    """The head of a file of ``posts/`` or ``pages/``."""

    title: str | None = None
    date: When | None = None
    updated: When | None = None
    summary: str | None = None
    image: Shown | None = None
    share: Picture | None = None
    tags: list[str] = field(default_factory=list)
    draft: bool = False
    language: Language | None = None
    slug: Annotated[str, kind("slug", "The last part of the address: night-trains.")] | None = None
    menu: Literal["footer", "none"] = "footer"
    embeds: list[Entry | WebAddress] = field(default_factory=list)
