"""Put together what a saved copy's file shall say: the new record, and what the file has that is not ours to change.

Everything here works on plain values, for a file may hold more than this version of linkhome knows.
"""

from __future__ import annotations

import errno
from typing import Any

import msgspec
from msgspec import Struct

from . import newest
from .places import LIMIT
from .record import Good, Image, Item, Owner, Record

_UNSAID: dict[str, Any] = msgspec.to_builtins(Owner())


def decoded(data: bytes) -> dict[str, Any]:
    """Return what a file says, whoever wrote it; nothing when it is not JSON at all."""
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def values(new: Record) -> dict[str, Any]:
    """Return the record as plain values, without what is not known; the creator's part is there to be filled in."""
    made: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(new))
    owner, good = made.pop("owner", None), made.pop("good", None)
    made = _said(made)
    if good:
        for one in (good, *_items(good)):
            _tidy(one)
        made["good"] = _said(good)
    owner = owner or dict(_UNSAID)
    if isinstance(image := owner["image"], dict):
        owner["image"] = _said(image)
    return made | {"owner": owner}


def _tidy(good: dict[str, Any]) -> None:
    """Write one thing, or one entry of a list, as short as it can be."""
    if isinstance(image := good.get("image"), dict):
        good["image"] = _said(image)
    if isinstance(seconds := good.get("duration"), float) and seconds.is_integer():
        good["duration"] = int(seconds)
    for name in [name for name, value in good.items() if value is None or (name, value) == ("owner", _UNSAID)]:
        del good[name]
    if good.get("items") == []:
        del good["items"]


def _said(found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value not in (None, {}, [])}


def over(old: dict[str, Any], new: dict[str, Any]) -> None:
    """Take over from a file what no refresh may touch; what would make the whole file useless stays behind."""
    _carry_unknown(old, new, Record)
    owner = old.get("owner")
    if isinstance(owner, dict) and (usable := {name: one for name, one in owner.items() if _fits({name: one}, Owner)}):
        new["owner"] = usable
    was, good = old.get("good"), new.get("good")
    if not isinstance(was, dict):
        return
    if good is None:
        if _fits(was, Good):
            new["good"] = was
        return
    _carry_one(was, good, Good)
    known = {_key(item): item for item in _items(was)}
    for item in _items(good):
        if before := known.get(_key(item)):
            _carry_one(before, item, Item)
            if isinstance(before.get("owner"), dict):
                item["owner"] = before["owner"]


def _carry_one(old: dict[str, Any], new: dict[str, Any], shape: type[Struct]) -> None:
    _carry_unknown(old, new, shape)
    was, image = old.get("image"), new.get("image")
    if isinstance(was, dict) and isinstance(image, dict) and was.get("file") == image.get("file"):
        _carry_unknown(was, image, Image)


def _carry_unknown(old: dict[str, Any], new: dict[str, Any], shape: type[Struct]) -> None:
    for name in old.keys() - set(shape.__struct_fields__):
        new.setdefault(name, old[name])


def _fits(values: dict[str, Any], shape: type[Struct]) -> bool:
    try:
        msgspec.json.decode(msgspec.json.encode(values), type=shape)
    except msgspec.ValidationError:
        return False
    return True


def _items(good: dict[str, Any]) -> list[dict[str, Any]]:
    found = good.get("items")
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _key(item: dict[str, Any]) -> str:
    text = {name: value for name, value in item.items() if isinstance(value, str)}.get
    return newest.key(Item(url=text("url"), audio=text("audio"), title=text("title"), published=text("published")))


def differ(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Tell whether a file would say anything else than it does; how it is written is no difference."""
    unsaid = {"schema": 1, "owner": _UNSAID}
    return bool(_stripped(unsaid | old) != _stripped(unsaid | new))


def _stripped(value: Any) -> Any:
    """Return a value without what says nothing."""
    if isinstance(value, dict):
        return {name: _stripped(one) for name, one in value.items() if one is not None}
    return [_stripped(one) for one in value] if isinstance(value, list) else value


def fitting(values: dict[str, Any]) -> bytes:
    """Return the file's bytes; of a list that would make it too large, the last entries are left out.

    Raises:
        OSError: it would be too large all the same.
    """
    while len(data := _canonical(values)) > LIMIT:
        items = values.get("good", {}).get("items") or []
        free = [at for at, item in enumerate(items) if not (isinstance(item, dict) and item.get("owner"))]
        if not free:
            raise OSError(errno.EFBIG, f"it would be larger than {LIMIT // 1024} KB")
        del items[free[-1]]
    return data


def _canonical(values: dict[str, Any]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(values, order="sorted"), indent=1) + b"\n"
