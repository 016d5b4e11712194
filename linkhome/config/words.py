"""Name the forms of values in words that creators use."""

from __future__ import annotations

from collections.abc import Iterable

from .nodes import List, Map, Node
from .rules import Rule

_KINDS = {
    "address": "an address",
    "colour": "a colour",
    "email": "an e-mail address",
    "language": "a language",
    "onward": "an address",
    "path": "the path of a file",
    "phone": "a telephone number",
    "web": "an address",
    "when": "a day",
    "zone": "a time zone",
}


def wanted(rule: Rule) -> str:
    """Say what a key takes: ``text``, ``a list``, ``true, false or a telephone number``."""
    forms = []
    if rule.flag:
        forms.append("true or false")
    if rule.choices:
        forms.append(" or ".join(rule.choices))
    if rule.number:
        forms.append("a whole number")
    if rule.decimal:
        forms.append("a number")
    if rule.text:
        forms.append(_KINDS.get(rule.kind, "text"))
    if rule.items or rule.blocks:
        forms.append("a list")
    if (rule.struct or rule.names) and not rule.spoken:
        forms.append("a map of keys")
    return ", or ".join(forms) or "without a value"


def form(node: Node) -> str:
    """Say what was written instead."""
    if type(node) is List:
        return "a list"
    return "a map of keys" if type(node) is Map else "text"


def listed(words: Iterable[str]) -> str:
    """Join words for a sentence."""
    return ", ".join(words)
