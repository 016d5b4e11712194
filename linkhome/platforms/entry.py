"""Define the entry that every platform has in the table: names, owner, hosts and address patterns."""

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


class Platform(Struct, frozen=True):
    """Hold what linkhome knows of one platform.

    ``owner`` is the company that can switch it off: the key of the page's cluster risk. It is empty for
    networks that nobody owns. ``hosts`` are written without ``www.`` and count for all their subdomains; one
    may end in a path (``google.com/maps``) or stand for every land (``amazon.*``). ``icon`` names a glyph of
    ``icons.json`` where the platform has none of its own there. ``localised`` says that a first path part
    such as ``de`` or ``intl-fr`` is a language. ``noise`` are parameters that only count visits, beyond those
    that everybody uses.
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
