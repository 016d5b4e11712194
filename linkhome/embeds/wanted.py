"""Name every address of a site whose copy is worth keeping: embeds, the newest of channels, previews of links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from ..config import schema
from ..platforms import recognise


class Wanted(Struct, frozen=True):
    """Hold one address that cards show.

    ``many`` is how many of its newest are shown, 0 for a thing by itself; ``told`` says that the creator has given
    the card a title or a picture, so that it needs nothing from elsewhere.
    """

    address: str
    many: int = 0
    told: bool = False


def wanted(site: schema.Site, beside: Iterable[schema.Entry | str] = ()) -> tuple[Wanted, ...]:
    """Return what the site shows from elsewhere, each address once, in the order of the page.

    ``beside`` are the entries of posts and pages. Addresses that differ only in spelling are one.
    """
    found: dict[tuple[str, bool], Wanted] = {}
    for one in (*_of_blocks(site.home), *(_entry(entry) for entry in beside)):
        known = recognise(one.address)
        if not one.address.lower().startswith(("http://", "https://")) or not known.key:
            continue
        key = (known.key, bool(one.many))
        if key not in found or one.many > found[key].many:
            found[key] = one
    # A channel that is also shown as a card has one copy, which has both.
    return tuple(one for (key, many), one in found.items() if many or (key, True) not in found)


def _of_blocks(blocks: Iterable[schema.Block]) -> Iterator[Wanted]:
    for block in blocks:
        match block:
            case schema.EmbedBlock():
                yield Wanted(block.embed, told=bool(block.title or block.image))
            case schema.LatestBlock():
                if block.items:
                    yield from map(_entry, block.items)
                else:
                    yield Wanted(block.latest, block.count)
            case schema.LinkBlock():
                if previewed(block):
                    yield Wanted(block.link)
            case schema.LinksBlock():
                for item in block.items:
                    if isinstance(item, schema.LinkItem) and previewed(item):
                        yield Wanted(item.url)


def previewed(link: schema.LinkBlock | schema.LinkItem) -> bool:
    """Tell whether a link takes a picture and words from its page: a card or the featured one, without a picture."""
    return link.style in ("card", "featured") and link.image is None


def _entry(entry: schema.Entry | str) -> Wanted:
    return Wanted(entry) if isinstance(entry, str) else Wanted(entry.url, told=bool(entry.title or entry.image))
