"""Describe ``linkhome.yaml`` for editors: a JSON Schema (draft 7, which the YAML language servers understand).

It is made from the same rules that loading follows. What an editor cannot know (whether a file exists, how
keys agree with each other) is left to the build.
"""

from __future__ import annotations

import inspect
from typing import Any

import msgspec

from .rules import Rule, Slot, slots
from .schema import BARE, BLOCKS, Keys, Site

# A text without quotes such as 1.10 or true is a number or a truth to an editor; here it is a text.
_TEXT = ["string", "number", "boolean"]
_LANGUAGE = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
_PATTERNS = {
    "address": r"^ *(?:[Hh][Tt][Tt][Pp][Ss]?:|[Mm][Aa][Ii][Ll][Tt][Oo]:|[Tt][Ee][Ll]:|[Ss][Mm][Ss]:|[^:]*[/?#]|[^:]+$)",
    "colour": "^ *#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}) *$",
    "email": "^[^@]+@[^@]+$",
    "focus": "^ *[0-9.]+% +[0-9.]+% *$",
    "language": _LANGUAGE,
    "matrix": "^ *(https://matrix.to/#/)?[@#][^ :]+:[^ ]+ *$",
    "onward": r"^ *(?:/|[Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:|[^:/]*[/?#.]|[^:]+$)",
    "path": r"^(?![/~]|[A-Za-z]+:)[^\\]+$",
    "phone": r"^ *\+[0-9][0-9 ().-]*$",
    "slug": "^[^/ ]+$",
    "source": r"^/[^/*:?#\\][^*:?#\\]*$",
    "web": "^ *[Hh][Tt][Tt][Pp][Ss]?://",
    "when": "^ *[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2})? *$",
}
#: Kinds that an editor could take for a number, because nothing but digits may stand there.
_MAY_BE_NUMBER = frozenset({"", "text", "markdown", "path", "address", "slug"})


def schema() -> dict[str, Any]:
    """Return the JSON Schema of ``linkhome.yaml``."""
    definitions: dict[str, Any] = {}
    root = _map(Site, definitions)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "linkhome.yaml",
        **root,
        "definitions": dict(sorted(definitions.items())),
    }


def _map(struct: type[Keys], definitions: dict[str, Any], also: tuple[str, ...] = ()) -> dict[str, Any]:
    found = slots(struct)
    made: dict[str, Any] = {
        "type": "object",
        "description": inspect.getdoc(struct) or "",
        "properties": {key: _key(slot, struct, definitions) for key, slot in found.items()},
        "additionalProperties": False,
    }
    if needed := list(dict.fromkeys([*also, *(slot.key for slot in found.values() if slot.required)])):
        made["required"] = needed
    return made


def _key(slot: Slot, struct: type[Keys], definitions: dict[str, Any]) -> dict[str, Any]:
    forms = _forms(slot.rule, definitions)
    if not slot.required:  # an optional key without a value counts as absent
        forms = _with_null(forms)
    made = forms[0] if len(forms) == 1 else {"anyOf": forms}
    if "$ref" in made:
        made = {"allOf": [made]}  # draft 7 reads nothing beside a $ref
    if slot.rule.about:
        made = {"description": slot.rule.about, **made}
    return made | _default(slot, struct)


def _with_null(forms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    first = forms[0] if forms else {}
    if "type" in first and "enum" not in first:
        types = first["type"] if isinstance(first["type"], list) else [first["type"]]
        return [first | {"type": [*types, "null"]}, *forms[1:]]
    return [*forms, {"type": "null"}]


def _default(slot: Slot, struct: type[Keys]) -> dict[str, Any]:
    for one in msgspec.structs.fields(struct):
        if one.encode_name == slot.key and isinstance(one.default, str | int | bool):
            return {"default": one.default}
    return {}


def _forms(rule: Rule, definitions: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the forms that a value may take, the most usual one first."""
    forms: list[dict[str, Any]] = []
    if rule.flag:
        forms.append({"type": "boolean"})
    if rule.number:
        forms.append({"type": "integer", "minimum": rule.number[0], "maximum": rule.number[1]})
    if rule.choices:
        forms.append({"type": "string", "enum": list(rule.choices)})
    if rule.text:
        forms.append(_text(rule))
    if rule.spoken:
        forms.append(_named(Rule(text=True, kind="language"), [{"type": _TEXT}]))
    elif rule.names and rule.values:
        forms.append(_named(rule.names, _forms(rule.values, definitions)))
    if rule.items:
        forms.append({"type": "array", "items": _one(_forms(rule.items, definitions))})
    if rule.blocks:
        forms.append({"type": "array", "items": _blocks(definitions)})
    if rule.struct:
        forms.append(_reference(rule.struct, definitions))
    return forms


def _text(rule: Rule) -> dict[str, Any]:
    made: dict[str, Any] = {"type": _TEXT if rule.kind in _MAY_BE_NUMBER else "string"}
    if pattern := _PATTERNS.get(rule.kind):
        made["pattern"] = pattern
    return made


def _named(names: Rule, values: list[dict[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "object", "additionalProperties": _one(values)}
    if names.choices:
        made["propertyNames"] = {"enum": list(names.choices)}
    elif pattern := _PATTERNS.get(names.kind):
        made["propertyNames"] = {"pattern": pattern}
    return made


def _one(forms: list[dict[str, Any]]) -> dict[str, Any]:
    return forms[0] if len(forms) == 1 else {"anyOf": forms}


def _blocks(definitions: dict[str, Any]) -> dict[str, Any]:
    known = [_reference(struct, definitions, (name,)) for name, struct in BLOCKS.items()]
    return {"anyOf": [*known, {"type": "string", "enum": list(BARE)}]}


def _reference(struct: type[Keys], definitions: dict[str, Any], also: tuple[str, ...] = ()) -> dict[str, Any]:
    name = struct.__name__
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _map(struct, definitions, also)
    return {"$ref": f"#/definitions/{name}"}
