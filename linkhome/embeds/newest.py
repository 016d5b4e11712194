"""Merge the newest of a channel with those that a copy holds, entry by entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from msgspec import Raw, Struct

from ..platforms import recognise
from . import record
from .record import Good, Item, Owner

#: Decides about one entry that both have: what to keep instead of the new one.
Weigh = Callable[[Item, Item], Item]


class Held(Struct, frozen=True):
    """One entry of a copy: as it is written, by what it is known, and whether the creator had a word on it."""

    raw: Raw
    key: str
    item: Item | None
    owned: bool


def held(good: Good) -> list[Held]:
    """Return the entries of a copy, also those that cannot be used: the creator may have written them."""
    return [_held(raw) for raw in good.items]


def key(item: Good) -> str:
    """Return by what an entry is found again: its address in any spelling, else its file, else title and day."""
    address = record.web_address(item.url)
    return (recognise(address).key or address) if address else item.audio or f"{item.title} {item.published}"


def merged(old: Sequence[Held], new: Sequence[Item], weigh: Weigh, *, accept: bool = False) -> list[Raw]:
    """Return the entries to keep: the new ones in their order, then old ones that fell off the end of the list.

    A platform lists its newest ten today and fifteen tomorrow: what stood behind the last entry that both have is
    kept, up to as many as there were. What is missing from the middle was taken down by its author, and goes. What
    the creator had a word on stays in any case. ``accept`` takes the new list as it is, but for that.
    """
    unique = {key(item): item for item in reversed(new[: record.MOST_ITEMS])}
    known = {one.key: one for one in old}
    made = [_entry(known.get(name), item, weigh, accept) for name, item in reversed(unique.items())]
    last = max((at for at, one in enumerate(old) if one.key in unique), default=-1)
    left = [(at, one) for at, one in enumerate(old) if one.key not in unique]
    room = 0 if accept else len(old) - len(made) - sum(one.owned for _, one in left)
    for at, one in left:
        if one.owned:
            made.append(one.raw)
        elif at > last and one.item and room > 0:
            made.append(one.raw)
            room -= 1
    return made


def _entry(old: Held | None, new: Item, weigh: Weigh, accept: bool) -> Raw:
    if old is None:
        return Raw(msgspec.json.encode(new))
    if old.item is None:
        # Nobody can use it, but a slip in the creator's own words must not cost them.
        return old.raw if old.owned else Raw(msgspec.json.encode(new))
    chosen = msgspec.structs.replace(new if accept else weigh(old.item, new), owner=old.item.owner)
    return old.raw if chosen == old.item else Raw(msgspec.json.encode(chosen))


def _held(raw: Raw) -> Held:
    try:
        item = record.parse_item(raw)
    except record.DamagedError:
        return _broken(raw)
    return Held(raw, key(item), item, item.owner != Owner())


def _broken(raw: Raw) -> Held:
    try:
        found: Any = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        found = None
    values = found if isinstance(found, dict) else {}
    address = values.get("url")
    name = key(Item(url=address)) if isinstance(address, str) and record.web_address(address) else ""
    return Held(raw, name, None, bool(values.get("owner")))
