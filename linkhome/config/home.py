"""Name every key of the blocks of ``home``: one struct a block type, and the parts that they are made of."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import field

from .vocabulary import (
    Address,
    Count,
    Keys,
    LinkItem,
    Markdown,
    Path,
    Picture,
    Scheduled,
    Shown,
    Text,
    WebAddress,
    When,
)


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

    url: WebAddress
    title: Text | None = None
    text: Text | None = None
    image: Picture | None = None
    date: When | None = None
    author: str | None = None
    duration: str | None = None


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
    layout: Literal["list", "grid", "carousel"] = "grid"


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
