"""Decide whether a new answer may take the place of the copy: a good copy is never replaced by a worse one.

Everything here is a function of its arguments. The rules are the reasons to hold an answer back, one function each:
they return a sentence for the creator, or nothing. The copy then stays as it is until a better answer comes or the
creator accepts this one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from ..platforms import recognise
from . import newest, said
from .record import Good, Image, Item

if TYPE_CHECKING:
    from .reading import Reading

#: A text that shrinks to less than this part of itself is taken for a shell, or for somebody's accident.
LEAST = 0.2
#: What has an id of its own, which nobody else can take over as one can a name.
_THINGS = frozenset(
    {
        *("video", "short", "live", "clip", "post", "article", "track", "album", "episode", "picture"),
        *("product", "event", "repository", "code", "design", "book"),
    }
)


class Verdict(Struct, frozen=True):
    """Say what to do: ``good`` is what the copy holds from now on.

    ``state`` is ``new`` (there was none), ``better`` (write it), ``same`` (``good`` is the old one, nothing to
    write) or ``held`` (``good`` is the old one; ``why`` is the reason). With ``better`` and ``same``, ``why`` may
    name what was kept all the same.
    """

    state: str
    good: Good
    why: str = ""


def weigh(
    old: Good | None,
    new: Reading,
    image: Image | None,
    *,
    images: Mapping[str, Image] | None = None,
    platform: str = "",
    today: str = "",
    listed: bool | None = None,
    accept: bool = False,
) -> Verdict:
    """Weigh what a platform says now against what the copy holds.

    ``image`` is the picture of ``new`` as `picture.kept` left it, None when there is none to be had (the old one
    stays); ``images`` those of its items by their address. ``platform`` is its name, ``today`` the day to write down
    as ``fetched``. ``listed`` says that the newest of a channel were asked for (else the answer tells): such an
    answer must have entries, and says of the channel itself only what is not known better. ``accept`` is the
    creator's word that this answer is right, whatever the rules say.
    """
    if listed is None:
        listed = new.source == "feed" or bool(new.items)
    fresh = said.good(new, image, listed=listed)
    items = [said.item(one, (images or {}).get(one.url)) for one in new.items]
    if old is None:
        good = msgspec.structs.replace(fresh, items=newest.merged([], items, _entry), fetched=today or None)
        return Verdict("new", good)
    if not accept and (why := _held(old, fresh, items, platform, listed)):
        return Verdict("held", old, why)
    held = newest.held(old)
    entries = newest.merged(held, items, _entry, accept=accept) if listed or items else old.items
    if accept:
        made = fresh
    elif _fills(old, listed):
        made = msgspec.structs.replace(old, **said.over(fresh, old))
    else:
        made = msgspec.structs.replace(fresh, **said.over(old, fresh))
    made = msgspec.structs.replace(made, items=entries, source=old.source, fetched=old.fetched)
    note = "" if new.image or not old.image or accept or listed else "the answer has no picture, the old one stays"
    if _equal(made, old):
        return Verdict("same", old, note)
    source = old.source if _fills(old, listed) else fresh.source
    return Verdict("better", msgspec.structs.replace(made, source=source, fetched=today or old.fetched), note)


# ------------------------------------------------------------------ the rules


def lost_title(old: Good, new: Good) -> str:
    """Hold an answer without a title, where there was one."""
    return "the answer has no title" if old.title and not new.title else ""


def platform_as_title(old: Good, new: Good, platform: str) -> str:
    """Hold an answer whose title is only the name of the platform: its front door, not the thing."""
    named = bool(platform) and _folded(new.title) == _folded(platform)
    return f"the answer is called only '{new.title}'" if named and _folded(old.title) != _folded(new.title) else ""


def shrunk_text(old: Good, new: Good) -> str:
    """Hold an answer whose text shrank to less than a fifth; one that says none, or cuts it, leaves us ours."""
    if not old.text or not new.text or said.is_cut(new.text, old.text):
        return ""
    before, now = len(old.text), len(new.text)
    return f"its text shrank from {before} to {now} characters" if now < before * LEAST else ""


def other_author(old: Good, new: Good) -> str:
    """Hold an answer by somebody else: an account's name can be taken over. A new name of the same account is none."""
    if not old.author or not new.author or _is_same_name(old.author, new.author):
        return ""
    kind = new.kind or old.kind or recognise(new.url or old.url or "").kind
    if kind in _THINGS and old.author_url and _key(old.author_url) == _key(new.author_url):
        return ""
    return f"its author was '{old.author}' and is now '{new.author}'"


def empty_list(old: Good, items: list[Item]) -> str:
    """Hold a list without entries, where there were some."""
    return "the list is empty" if old.items and not items else ""


def older_list(old: Good, items: list[Item]) -> str:
    """Hold a list whose newest entry is older than ours, and that does not know ours: it comes from a stale cache."""
    known = [one.item for one in newest.held(old) if one.item]
    dated = [item for item in known if _when(item.published) is not None]
    days = [day for item in items if (day := _when(item.published)) is not None]
    if not dated or not days:
        return ""
    ours = max(dated, key=lambda item: _when(item.published) or 0)
    if max(days) >= (_when(ours.published) or 0) or newest.key(ours) in {newest.key(item) for item in items}:
        return ""
    return f"the list ends before our newest entry, '{ours.title or ours.url}'"


_RULES: tuple[Callable[[Good, Good], str], ...] = (lost_title, shrunk_text, other_author)


def _held(old: Good, new: Good, items: list[Item], platform: str, listed: bool) -> str:
    """Return why an answer is held back, or nothing."""
    if listed and (why := empty_list(old, items) or older_list(old, items)):
        return why
    if _fills(old, listed):
        return other_author(old, new)
    return platform_as_title(old, new, platform) or next((why for rule in _RULES if (why := rule(old, new))), "")


def _fills(old: Good, listed: bool) -> bool:
    """Tell whether a list only adds to what somebody better said of its channel."""
    return listed and old.source != "feed" and bool(old.title)


def _entry(old: Item, new: Item) -> Item:
    """Return one entry that both have: the new one with what it does not say, or the old one if that is better."""
    if lost_title(old, new) or shrunk_text(old, new) or other_author(old, new):
        return old
    return msgspec.structs.replace(new, **said.over(old, new))


def _equal(new: Good, old: Good) -> bool:
    same = msgspec.structs.replace(new, items=[]) == msgspec.structs.replace(old, items=[])
    return same and [bytes(one) for one in new.items] == [bytes(one) for one in old.items]


# ------------------------------------------------------------------ comparing


def _folded(text: str | None) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", text or "").casefold() if letter.isalnum())


def _is_same_name(one: str, other: str) -> bool:
    """Tell whether two names are of the same person: ``Lina Marlow`` is ``Lina Marlow (@lina) 🎄``."""
    first, second = _folded(one), _folded(other)
    return one == other or (bool(first and second) and (first in second or second in first))


def _key(address: str | None) -> str:
    return recognise(address).key if address else ""


def _when(text: str | None) -> float | None:
    """Return a day or moment as seconds; a day is its beginning, a moment without a zone is taken for UTC."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (OverflowError, ValueError):
        return None
