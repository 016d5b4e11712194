"""Define the entry that every platform has in the table: names, owner, addresses, what to ask it, how it plays."""

from __future__ import annotations

from msgspec import Struct

#: One pattern: (kind, pattern) or (kind, pattern, the one spelling that all spellings of it share).
Row = tuple[str, str] | tuple[str, str, str]

#: Everything that an address can turn out to be. Themes and cards may rely on these words.
KINDS = frozenset(
    {
        # things that somebody published
        *("video", "short", "live", "clip", "playlist", "post", "article", "track", "album", "episode", "podcast"),
        *("book", "product", "repository", "code", "design", "event", "app", "community", "feed"),
        # people and places of their own
        *("profile", "channel", "shop", "page", "site"),
        # ways to reach somebody, to pay or to do something
        *("mail", "phone", "sms", "chat", "invite", "support", "booking", "form", "map", "calendar"),
        # own files
        *("file", "document", "archive", "audio", "picture", "contact"),
    }
)

#: What a player may do unless its platform says otherwise: permissions, and the walls of the frame.
ALLOW = "autoplay; encrypted-media; fullscreen; picture-in-picture"
SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation allow-forms"


def fits(kind: str, kinds: str) -> bool:
    """Tell whether a kind is among those of a rule or frame."""
    return kind in kinds.split() or kinds == "*"


class Rule(Struct, frozen=True):
    """Hold one question: for which kinds (words, or ``*`` for all), how the answer is read, and the address.

    The address is a template: see `linkhome.platforms.filling`. A rule whose values are missing is left out, so
    several rules of one kind may stand for several spellings of an address.
    """

    kinds: str
    how: str
    address: str


class Frame(Struct, frozen=True):
    """Hold how things of some kinds are played: the frame's address and its attributes.

    ``address`` is a template as in `Rule`; where it is empty no frame can be made from the address of the thing,
    and one that the platform named itself is taken if its host is among ``hosts``. ``aspect`` is ``16:9`` and the
    like; where it is empty, ``height`` is the least height in CSS pixels. ``parents`` adds the site's own hosts,
    as Twitch wants it; ``start`` is what is added for a film that begins later (``&start={start}``, seconds);
    ``keeps`` names parameters of the address that the frame gets, too.
    """

    kinds: str
    address: str
    aspect: str = "16:9"
    height: int = 0
    allow: str = ALLOW
    sandbox: str = SANDBOX
    referrer: str = "strict-origin-when-cross-origin"
    parents: bool = False
    start: str = ""
    keeps: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


class Platform(Struct, frozen=True):
    """Hold what linkhome knows of one platform.

    ``owner`` is the company that can switch it off: the key of the page's cluster risk. It is empty for
    networks that nobody owns. ``hosts`` are written without ``www.`` and count for all their subdomains; one
    may end in a path (``google.com/maps``) or stand for every land (``amazon.*``). ``icon`` names a glyph of
    ``icons.json`` where the platform has none of its own there. ``localised`` says that a first path part
    such as ``de`` or ``intl-fr`` is a language. ``noise`` are parameters that only count visits, beyond those
    that everybody uses.

    What is asked of it: ``asks`` are questions for one thing, better than ``oembed`` (the endpoint up to and
    including ``url=``, for the kinds of ``oembed_kinds``; none given: all things, but not profiles, channels and
    pages); ``feeds`` say where the newest of a channel, profile or podcast is, each rule another way to the same.
    The page itself is asked last, but not for the kinds of ``shells``, whose pages say nothing to programs.
    ``copies`` is False where its terms forbid to keep copies, or where it blocks everybody: it is never asked.
    ``apart`` says in a sentence for the creator what is not possible here, and what to do instead. ``links`` are
    the patterns of short links, ``www`` that addresses are asked with ``www.``, ``referer`` that the site's
    address is named. ``frames`` say how things play; the first that fits counts.
    """

    slug: str
    name: str
    owner: str
    colour: str
    hosts: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    icon: str = ""
    localised: bool = False
    noise: tuple[str, ...] = ()
    oembed: str = ""
    oembed_kinds: str = ""
    asks: tuple[Rule, ...] = ()
    feeds: tuple[Rule, ...] = ()
    frames: tuple[Frame, ...] = ()
    copies: bool = True
    apart: str = ""
    shells: str = ""
    links: tuple[str, ...] = ()
    www: bool = False
    referer: bool = False


class Known(Struct, frozen=True, kw_only=True):
    """Say what an address is. Every text may be empty except ``kind``, ``icon`` and ``colour``.

    ``slug`` is the platform's (or ``mail``, ``phone``, ``sms``); ``handle`` is what people call the account
    (``@lina``, ``@lina@mastodon.social``, ``r/risograph``); ``id`` is the platform's own id of the thing;
    ``label`` is short and for people; ``key`` is the address that all spellings of it share, without
    tracking, for caches. ``owner`` is the company behind it, or the host where nobody owns the network.
    """

    kind: str
    slug: str = ""
    name: str = ""
    handle: str = ""
    id: str = ""
    label: str = ""
    icon: str = "link"
    colour: str = "#5F6368"
    owner: str = ""
    host: str = ""
    key: str = ""
