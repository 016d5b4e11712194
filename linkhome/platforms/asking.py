"""Say what to ask for an address, and whom: for one thing, or for the newest of a channel. Pure; asks nobody itself.

The questions are built from the table's entries. Only https addresses on hosts that look public come out (http where
the creator wrote it), never one with a name and password, and none of platforms that forbid to keep copies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from .entry import Rule, fits
from .filling import fill, public
from .known import Place, look
from .patterns import match
from .spelling import values_of, written
from .table import ANYWHERE, is_host_of

#: Kinds that hold many things: their newest can be asked for. (An article's page names the feed of its blog.)
MANY = frozenset(
    {"profile", "channel", "page", "shop", "site", "podcast", "community", "playlist", "support", "feed", "article"}
)
#: Kinds that an oEmbed endpoint is not asked for unless its platform names them.
_NO_OEMBED = frozenset({"profile", "channel", "page"})
#: Short links of nobody's platform, and of those in the table that have no pattern there.
_SHORTENERS = frozenset(
    {
        *("t.co", "bit.ly", "buff.ly", "dlvr.it", "goo.gl", "is.gd", "ow.ly", "rb.gy", "tinyurl.com", "trib.al"),
        *("s.id", "shorturl.at", "t.ly", "tiny.cc", "cutt.ly", "rebrand.ly", "geo.music.apple.com"),
        *("link.tospotify.com", "dub.sh", "smarturl.it", "bnds.us", "meetu.ps", "gum.co", "drbl.in"),
    }
)
#: Questions that only find out an id, and the fact that makes them needless.
_RESOLVES = {"channel": "channel", "mastodon-lookup": "account"}
_SECRETS = frozenset({"auth", "token", "key", "secret", "password", "access_token", "api_key", "apikey", "signature"})
_NOTHING: Mapping[str, str] = {}


class Ask(Struct, frozen=True):
    """Hold one question: how its answer is to be read, the address, whether the site's own address is named.

    ``how`` is ``oembed``, ``feed``, ``page``, ``channel`` or the name of an adapter.
    """

    how: str
    url: str
    referer: bool = False


#: Pictures by their host: a part of the address, and what stands there for a larger one.
_LARGER = (
    ("i.ytimg.com", "/hqdefault.", "/maxresdefault."),
    ("i.pinimg.com", "/236x/", "/736x/"),
)


def single(address: str, facts: Mapping[str, str] = _NOTHING) -> tuple[Ask, ...]:
    """Return the questions for one thing, in order of trust; the page itself is the last.

    Empty for what is no web address, for hosts that nobody can reach, and where copies are forbidden.
    ``facts`` is what was resolved once and stored.
    """
    place = look(address)
    if place is None or not _askable(place):
        return ()
    if place.platform is None:
        page = written(address)
        how = ("feed", "page") if place.kind == "feed" else ("page",)
        return tuple(Ask(one, page) for one in how) if page else ()
    platform = place.platform
    values = values_of(place, address, facts)
    asks = [*_ruled(platform.asks, place.kind, values, platform.referer)]
    kinds = platform.oembed_kinds.split()
    known = {ask.how for ask in asks}
    wanted = place.kind in kinds if kinds else place.kind not in _NO_OEMBED
    if platform.oembed and wanted and "oembed" not in known:
        asks.append(Ask("oembed", fill(platform.oembed + "{address}", values), platform.referer))
    if place.kind == "feed":
        asks.append(Ask("feed", values["canonical"]))
    elif not fits(place.kind, platform.shells) and "page" not in known:
        asks.append(Ask("page", values["canonical"]))
    return _distinct(asks)


def newest(address: str, facts: Mapping[str, str] = _NOTHING) -> tuple[Ask, ...]:
    """Return the questions for the newest of a channel, profile, podcast or blog, each another way to the same.

    ``facts`` is what was resolved once and stored: ``channel`` (YouTube's own id), ``did`` (Bluesky), ``account``
    (Mastodon's id), ``user`` (SoundCloud's number), ``feed`` (the address of a feed that was found). Empty where
    it is not possible: `apart` says why.
    """
    place = look(address)
    if place is None or not _askable(place) or any(name.lower() in _SECRETS for name, _ in place.address.query):
        return ()
    found = [Ask("feed", facts["feed"])] if facts.get("feed") and _is_open(facts["feed"]) else []
    if place.platform is None:
        page = written(address)
        return _distinct([*found, Ask("feed" if place.kind == "feed" else "page", page)]) if page else ()
    values = values_of(place, address, facts)
    if place.kind == "feed":
        return _distinct([*found, Ask("feed", values["canonical"])])
    platform = place.platform
    resolved = {how for how, fact in _RESOLVES.items() if facts.get(fact)}
    asks = [*_ruled(platform.feeds, place.kind, values, platform.referer)]
    asks = [ask for ask in asks if ask.how not in resolved] or asks
    stands_anywhere = platform in ANYWHERE and not is_host_of(platform, place.address.host)
    silent = platform.apart or fits(place.kind, platform.shells) or place.kind not in MANY
    if stands_anywhere or not (asks or silent):
        asks.append(Ask("page", values["canonical"]))  # a page may name its feed
    return _distinct([*found, *asks])


def apart(address: str) -> str:
    """Return what is not possible for an address, and what to do instead, in a sentence; nothing if all is."""
    place = look(address)
    if place is None or place.platform is None or not place.platform.apart:
        return ""
    if not place.platform.copies:
        return place.platform.apart
    return place.platform.apart if place.kind in MANY and not newest(address) else ""


def pictures(image: str) -> tuple[str, ...]:
    """Return the addresses of a picture, a larger one first where the platform has it; the last is the one given.

    YouTube names a picture with black bars; the one without them is missing from older films, and then the answer is
    a small grey one. Pinterest names a thumbnail.
    """
    for host, small, large in _LARGER:
        if image.startswith(f"https://{host}/") and small in image:
            return image.replace(small, large, 1), image
    return (image,)


def resolve_first(address: str) -> bool:
    """Tell whether this is a short link, which says what it is only when it is followed."""
    place = look(address)
    if place is None or not _askable(place):
        return False
    if place.platform and any(match(link, place.address) is not None for link in place.platform.links):
        return True
    return place.address.host in _SHORTENERS and bool(place.address.parts)


def _askable(place: Place) -> bool:
    return bool(public(place.address.host)) and (place.platform is None or place.platform.copies)


def _is_open(address: str) -> bool:
    """Tell whether an address that was stored may be asked: a web address without a secret in it."""
    place = look(address)
    hidden = place is None or any(name.lower() in _SECRETS for name, _ in place.address.query)
    return not hidden and address == written(address)


def _ruled(rules: tuple[Rule, ...], kind: str, values: Mapping[str, str], referer: bool) -> Iterator[Ask]:
    for rule in rules:
        if fits(kind, rule.kinds):
            address = fill(rule.address, values)
            if address:
                yield Ask(rule.how, address, referer)


def _distinct(asks: Iterable[Ask]) -> tuple[Ask, ...]:
    return tuple(dict.fromkeys(ask for ask in asks if ask.url))
