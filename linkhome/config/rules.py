"""Read the types of `schema` into rules: which forms of value a key takes.

Loading and the schema for editors both follow these rules, so they cannot disagree.
"""

from __future__ import annotations

import functools
import types
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

import msgspec
from msgspec import Meta, Struct, UnsetType

from .schema import Block, Keys


class Rule(Struct, frozen=True, kw_only=True):
    """Say which forms a value may take. Several of them may be open at once: a text or a map, true or a number.

    ``kind`` names a check of `kinds`; ``text`` and ``markdown`` may also be a map of languages. ``speaks`` marks a
    picture that must say what it shows; ``decimal`` takes any number, and ``blank`` also nothing.
    """

    text: bool = False
    kind: str = ""
    about: str = ""
    choices: tuple[str, ...] = ()
    flag: bool = False
    number: tuple[int, int] | None = None
    decimal: bool = False
    blank: bool = False
    items: Rule | None = None
    names: Rule | None = None
    values: Rule | None = None
    struct: type[Keys] | None = None
    blocks: bool = False
    speaks: bool = False

    @property
    def spoken(self) -> bool:
        """Tell whether visitors read it, so that it may be a map of languages."""
        return self.kind in ("text", "markdown")


class Slot(NamedTuple):
    """Describe one key of a map: how it is written, which attribute it fills, what it takes."""

    key: str
    attribute: str
    rule: Rule
    required: bool


@functools.cache
def slots(struct: type[Keys]) -> dict[str, Slot]:
    """Return the keys of a map in the order of the schema."""
    return {
        found.encode_name: Slot(found.encode_name, found.name, rule(found.type), found.required)
        for found in msgspec.structs.fields(struct)
    }


@functools.cache
def required(struct: type[Keys]) -> tuple[str, ...]:
    """Return the keys without which a map makes no sense."""
    return tuple(slot.key for slot in slots(struct).values() if slot.required)


def rule(wanted: Any) -> Rule:
    """Return the rule of a type."""
    return Rule(**_forms(wanted))


def _forms(wanted: Any) -> dict[str, Any]:
    origin, inner = get_origin(wanted), get_args(wanted)
    if origin is Annotated:
        return _forms(inner[0]) | _meta(inner[1:])
    if origin is Union or origin is types.UnionType:
        merged: dict[str, Any] = {}
        for one in inner:
            merged |= _forms(one)
        return merged
    if origin is Literal:
        return {"choices": inner}
    if origin is list:
        return {"blocks": True} if inner[0] is Block else {"items": rule(inner[0])}
    if origin is dict:
        return {"names": rule(inner[0]), "values": rule(inner[1])}
    if wanted is str:
        return {"text": True}
    if wanted is bool:
        return {"flag": True}
    if wanted is int:
        return {"number": (0, 999_999)}
    if wanted is float:
        return {"decimal": True}
    if wanted is None or wanted is type(None) or wanted is UnsetType:
        return {}
    if isinstance(wanted, type) and issubclass(wanted, Keys):
        return {"struct": wanted}
    raise TypeError(f"no rule for {wanted!r}")


def _meta(all_meta: tuple[Any, ...]) -> dict[str, Any]:
    forms: dict[str, Any] = {}
    for meta in all_meta:
        if not isinstance(meta, Meta):
            continue
        if meta.description:
            forms["about"] = meta.description
        if meta.ge is not None and meta.le is not None:
            forms["number"] = (int(meta.ge), int(meta.le))
        forms |= meta.extra or {}
    return forms
