"""Merge what providers and files say of people: nobody is lost, nobody who left is written to by mistake. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from .person import STATUSES, Person, Said, Told

#: Under this name it is remembered what the creator changed in the file.
HAND = "hand"
#: What forbids to write to somebody.
_NO = ("unsubscribed", "bounced")
_CELLS = ("first_name", "last_name", "phone", "name", "source", "consent_version", "consent_ip")


def decide(sayings: Iterable[Said]) -> Said:
    """Return which of several sayings about one person counts.

    A complaint counts for ever. Who unsubscribed, or whose mail came back, is left alone, unless another list has them
    as active since later than that. Of what is left, ``active`` counts more than ``pending``, and what a list says that
    still has the person counts more than what one said that no longer does.
    """
    known = list(sayings)
    for one in known:
        if one.status == "complained":
            return one
    against = [one for one in known if one.status in _NO]
    if against:
        last = max(one.unsubscribed_at for one in against)
        if all(one.unsubscribed_at for one in against):
            later = [one for one in known if one.status == "active" and _since(one) > last and not one.missing_since]
            if later:
                return max(later, key=_since)
        return next((one for one in against if one.status == "unsubscribed"), against[0])
    here = [one for one in known if not one.missing_since] or known
    return next((one for one in here if one.status == "active"), here[0])


def add(old: Person | None, new: Told, at: str, *, proof: bool) -> Person:
    """Return the row of a person after somebody told of them ``at`` a moment.

    With ``proof`` it is what the provider says now, and replaces what it said before. Without (a file of unknown age,
    the same person twice in one list) it is one saying more, and can take no unsubscription back.
    """
    provider = new.person.provider
    row = old or Person(email=new.person.email)
    memory = remembered(row)
    before = memory.get(provider)
    said = new.said
    if not proof and before is not None:
        said = _both(before, said)
    memory[provider] = said
    owner = memory.get(row.provider)
    ours = not row.provider or row.provider == provider or owner is None or bool(owner.missing_since)
    for name in _CELLS:
        value = getattr(new.person, name)
        if value and (ours or not getattr(row, name)):
            setattr(row, name, value)
    row.tags = new.person.tags or row.tags if ours and proof else _union(row.tags, new.person.tags)
    if ours:
        row.provider, row.provider_id = provider, said.id or row.provider_id
    _settle(row, memory)
    row.exported_at = at
    return row


def mark_missing(row: Person, provider: str, at: str, left: bool) -> bool:
    """Note that a complete list has a person no more; ``left`` says that this means they unsubscribed.

    Tells whether that is new.
    """
    memory = remembered(row)
    said = memory.get(provider)
    if said is None or said.missing_since:
        return False
    said.missing_since = at
    if left and said.status not in ("complained", "unsubscribed"):
        said.status, said.unsubscribed_at = "unsubscribed", at
    _settle(row, memory)
    return True


def remembered(row: Person) -> dict[str, Said]:
    """Return what each provider last said of a person; what is not ours in ``extra_json`` is left out.

    Where the row has another status than that comes to, somebody wrote it there by hand: that is a saying, too.
    """
    memory = {name: msgspec.convert(value, Said) for name, value in _extra(row).items() if _is_ours(value)}
    if row.status in STATUSES and (not memory or row.status != decide(memory.values()).status):
        by_hand = HAND if memory else row.provider or HAND
        memory[by_hand] = Said(
            status=row.status,
            id="" if memory else row.provider_id,
            subscribed_at=row.subscribed_at,
            confirmed_at=row.confirmed_at,
            unsubscribed_at=row.unsubscribed_at,
        )
    return memory


def is_there(row: Person, provider: str) -> bool:
    """Tell whether a provider's last complete list had a person."""
    if f'"{provider}"' not in row.extra_json:
        return False
    said = remembered(row).get(provider)
    return said is not None and not said.missing_since


def together(one: Person, other: Person) -> Person:
    """Return one row for two of the same person in the file itself; whatever the first has stays."""
    first, second = remembered(one), remembered(other)
    both = {name: _both(second[name], first[name]) for name in first.keys() & second.keys()}
    for name in (*_CELLS, "provider", "provider_id", "exported_at"):
        if not getattr(one, name):
            setattr(one, name, getattr(other, name))
    one.tags = _union(one.tags, other.tags)
    _settle(one, second | first | both)
    return one


def _both(before: Said, said: Said) -> Said:
    """Return what one provider says of a person in two places."""
    counts = decide((before, said))
    return Said(
        status=counts.status,
        id=said.id or before.id,
        subscribed_at=min(filter(None, (before.subscribed_at, said.subscribed_at)), default="")
        if counts.status != "active"
        else counts.subscribed_at or before.subscribed_at,
        confirmed_at=counts.confirmed_at or before.confirmed_at,
        unsubscribed_at=counts.unsubscribed_at,
        missing_since=before.missing_since and said.missing_since,
        data=before.data | said.data,
    )


def _settle(row: Person, memory: dict[str, Said]) -> None:
    """Let the row say what all sayings together come to."""
    others = {name: value for name, value in _extra(row).items() if not _is_ours(value)}
    if memory:
        counts = decide(memory.values())
        row.status = counts.status
        row.unsubscribed_at = counts.unsubscribed_at if counts.status in (*_NO, "complained") else ""
        owner = memory.get(row.provider, counts)
        row.subscribed_at = owner.subscribed_at or counts.subscribed_at or row.subscribed_at
        row.confirmed_at = owner.confirmed_at or counts.confirmed_at or row.confirmed_at
    row.extra_json = msgspec.json.encode({**others, **memory}).decode() if others or memory else ""


def _extra(row: Person) -> dict[str, Any]:
    if not row.extra_json:
        return {}
    try:
        found = msgspec.json.decode(row.extra_json)
    except (msgspec.DecodeError, RecursionError):
        found = row.extra_json
    return found if type(found) is dict else {"note": found}


def _is_ours(value: Any) -> bool:
    if type(value) is not dict:
        return False
    try:
        msgspec.convert(value, Said)
    except msgspec.ValidationError:
        return False
    return True


def _since(said: Said) -> str:
    return max(said.subscribed_at, said.confirmed_at)


def _union(one: str, other: str) -> str:
    return ",".join(dict.fromkeys(tag for tag in (*one.split(","), *other.split(",")) if tag))
