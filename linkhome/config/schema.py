"""Name every key that a creator may write: the reference that loading, editors and the manual share.

Each struct is one map of ``linkhome.yaml`` (or of a post's front matter); a field's ``Meta`` carries the
description that editors show and the *kind* of value that `config.load` checks beyond its type.
Text that visitors read may always be a map of languages.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

Languages = dict[str, str]


def _kind(name: str, description: str, **more: Any) -> Meta:
    return Meta(description=description, extra={"kind": name}, **more)


#: Kinds are checked by `config.kinds`; the names are the only thing that the two files share.
Text = Annotated[str | Languages, _kind("text", "Text, or a map of languages: {en: …, de: …}.")]
Markdown = Annotated[str | Languages, _kind("text", "Text in Markdown, or a map of languages.")]
Address = Annotated[str, _kind("address", "A web address, mailto:, tel:, sms:, or the path of an own file.")]
WebAddress = Annotated[str, _kind("web", "An address that starts with https:// (or http://).")]
Path = Annotated[str, _kind("path", "The path of an own file, from the site's folder.")]
Colour = Annotated[str, _kind("colour", "A colour as #rgb or #rrggbb.")]
When = Annotated[str, _kind("when", "A day, 2026-12-01, or a day and time, 2026-12-01 18:00.")]
Language = Annotated[str, _kind("language", "A language tag: en, de, pt-BR.")]
Zone = Annotated[str, _kind("zone", "A time zone: Europe/Zurich.")]
Email = Annotated[str, _kind("email", "An e-mail address.")]
Phone = Annotated[str, _kind("phone", "A telephone number with its country: +41 61 555 01 23.")]
Focus = Annotated[str, _kind("focus", "The point that must stay visible: 40% 20%.")]
Count = Annotated[int, Meta(ge=1, le=50, description="How many to show, 1 to 50.")]


class Keys(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of every map: frozen, and an unknown key is a mistake."""


class PictureFile(Keys, frozen=True, kw_only=True):
    """A picture with what a screen reader says and what a crop keeps."""

    file: Path
    alt: Text | UnsetType = UNSET
    focus: Focus = "50% 50%"


Picture = Path | PictureFile
#: A picture that says something by itself: without ``alt`` it earns a warning.
Shown = Annotated[Picture, Meta(description="A picture: {file: media/x.jpg, alt: …}.", extra={"speaks": True})]


class Scheduled(Keys, frozen=True, kw_only=True):
    """What may be shown for a time only (in the site's time zone)."""

    from_: When | None = field(name="from", default=None)
    until: When | None = None


# ------------------------------------------------------------------ the site


class Profile(Keys, frozen=True, kw_only=True):
    """Who this is."""

    name: Text
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
    logo: Picture | None = None
    fonts: Literal["system"] | Fonts = "system"


Field = Literal["email", "first_name", "last_name", "phone"]


class Newsletter(Keys, frozen=True, kw_only=True):
    """The sign-up form: a plain form that posts to ``action``."""

    action: WebAddress
    title: Text | None = None
    text: Markdown | None = None
    button: Text | None = None
    consent: Markdown | None = None
    small: Markdown | None = None
    fields: list[Field] = field(default_factory=lambda: ["email"])
    names: dict[Field, str] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)


class Contact(Keys, frozen=True, kw_only=True):
    """Other ways to reach the creator."""

    email: Email | None = None
    phone: Phone | None = None
    sms: bool | Phone = False
    whatsapp: bool | Phone = False
    signal: str | None = None
    telegram: str | None = None
    address: Text | None = None


class Footer(Keys, frozen=True, kw_only=True):
    """What stands at the foot of every page beside the pages' own links."""

    note: Markdown | None = None
    links: list[LinkItem | Address] = field(default_factory=list)


class Deploy(Keys, frozen=True, kw_only=True):
    """Where the site is published; read by ``linkhome deploy``, never by the build."""

    target: str
    repository: str | None = None
    branch: str | None = None
    site: str | None = None


# ------------------------------------------------------------------ parts of blocks


class LinkItem(Scheduled, frozen=True, kw_only=True):
    """One link of a group."""

    url: Address
    title: Text | None = None
    note: Text | None = None
    image: Picture | None = None
    icon: str | None = None
    style: Literal["row", "featured", "card"] = "row"
    button: Text | None = None


class Event(Keys, frozen=True, kw_only=True):
    """A date that people can come to."""

    title: Text
    date: When
    end: When | None = None
    place: Text | None = None
    note: Text | None = None
    url: Address | None = None


class Question(Keys, frozen=True, kw_only=True):
    """A question and its answer."""

    question: Text
    answer: Markdown


class Entry(Keys, frozen=True, kw_only=True):
    """What the creator supplies for one card where a platform offers nothing."""

    url: Address
    title: Text | None = None
    text: Text | None = None
    image: Picture | None = None
    date: When | None = None
    author: str | None = None
    duration: str | None = None


# ------------------------------------------------------------------ blocks of the page


class Block(Scheduled, frozen=True, kw_only=True):
    """Base of the blocks of ``home``. ``type`` is the key that names the block."""

    type: ClassVar[str] = ""


class LinkBlock(Block, frozen=True, kw_only=True):
    """One link that stands alone: a row, a card, or the featured thing of the page."""

    type = "link"
    link: Address
    title: Text | None = None
    note: Text | None = None
    image: Picture | None = None
    icon: str | None = None
    style: Literal["row", "featured", "card"] = "row"
    button: Text | None = None


class LinksBlock(Block, frozen=True, kw_only=True):
    """A group of links under a heading; ``collapsed`` folds it."""

    type = "links"
    links: Text
    items: list[LinkItem | Address]
    collapsed: bool = False
    layout: Literal["list", "grid"] = "list"


class SocialsBlock(Block, frozen=True, kw_only=True):
    """The icon row, once more, where it stands."""

    type = "socials"
    socials: Text | None = None


class NewsletterBlock(Block, frozen=True, kw_only=True):
    """The sign-up form of the key ``newsletter``."""

    type = "newsletter"
    newsletter: Text | None = None


class LatestBlock(Block, frozen=True, kw_only=True):
    """The newest of a channel, profile, podcast or blog, from the saved copies or from ``items``."""

    type = "latest"
    latest: WebAddress
    count: Count = 3
    title: Text | None = None
    items: list[Entry] = field(default_factory=list)
    layout: Literal["list", "grid"] = "grid"


class EmbedBlock(Block, frozen=True, kw_only=True):
    """One post, video, episode: a card from the saved copy, or from what is written here."""

    type = "embed"
    embed: WebAddress
    title: Text | None = None
    text: Text | None = None
    image: Picture | None = None
    date: When | None = None
    author: str | None = None
    duration: str | None = None


class PostsBlock(Block, frozen=True, kw_only=True):
    """The newest posts of the folder ``posts/``."""

    type = "posts"
    posts: Count = 3
    title: Text | None = None
    tag: str | None = None


class TextBlock(Block, frozen=True, kw_only=True):
    """A text in Markdown."""

    type = "text"
    text: Markdown
    title: Text | None = None


class ImageBlock(Block, frozen=True, kw_only=True):
    """One picture, with a caption or an address if wanted."""

    type = "image"
    image: Shown
    caption: Text | None = None
    url: Address | None = None


class GalleryBlock(Block, frozen=True, kw_only=True):
    """Several pictures."""

    type = "gallery"
    gallery: list[Shown]
    title: Text | None = None


class VideoBlock(Block, frozen=True, kw_only=True):
    """An own video file."""

    type = "video"
    video: Path
    title: Text | None = None
    poster: Picture | None = None
    captions: Path | None = None
    note: Text | None = None


class AudioBlock(Block, frozen=True, kw_only=True):
    """An own sound file."""

    type = "audio"
    audio: Path
    title: Text | None = None
    image: Picture | None = None
    note: Text | None = None


class EventsBlock(Block, frozen=True, kw_only=True):
    """Dates, the next one first; those that are over are left out."""

    type = "events"
    events: list[Event]
    title: Text | None = None


class FaqBlock(Block, frozen=True, kw_only=True):
    """Questions, folded."""

    type = "faq"
    faq: list[Question]
    title: Text | None = None


class SupportBlock(Block, frozen=True, kw_only=True):
    """Ways to give something back."""

    type = "support"
    support: list[LinkItem | Address]
    title: Text | None = None
    text: Markdown | None = None


class QuoteBlock(Block, frozen=True, kw_only=True):
    """What somebody said."""

    type = "quote"
    quote: Text
    by: Text | None = None
    url: Address | None = None


class ContactBlock(Block, frozen=True, kw_only=True):
    """The ways of the key ``contact``."""

    type = "contact"
    contact: Text | None = None
    text: Markdown | None = None


class DividerBlock(Block, frozen=True, kw_only=True):
    """A pause."""

    type = "divider"
    divider: None = None


BLOCKS: dict[str, type[Block]] = {
    struct.type: struct
    for struct in (
        LinkBlock,
        LinksBlock,
        SocialsBlock,
        NewsletterBlock,
        LatestBlock,
        EmbedBlock,
        PostsBlock,
        TextBlock,
        ImageBlock,
        GalleryBlock,
        VideoBlock,
        AudioBlock,
        EventsBlock,
        FaqBlock,
        SupportBlock,
        QuoteBlock,
        ContactBlock,
        DividerBlock,
    )
}

#: Blocks that may stand as a bare word: ``- newsletter``.
BARE = ("socials", "newsletter", "posts", "contact", "divider")


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
    footer: Footer = field(default_factory=Footer)
    texts: dict[Language, dict[str, str]] = field(default_factory=dict)
    deploy: list[Deploy] = field(default_factory=list)


class FrontMatter(Keys, frozen=True, kw_only=True):
    """The head of a file of ``posts/`` or ``pages/``."""

    title: str | None = None
    date: When | None = None
    updated: When | None = None
    summary: str | None = None
    image: Shown | None = None
    tags: list[str] = field(default_factory=list)
    draft: bool = False
    language: Language | None = None
    slug: Annotated[str, _kind("slug", "The last part of the address: night-trains.")] | None = None
    menu: Literal["footer", "none"] = "footer"
