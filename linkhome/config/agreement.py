"""Check what several keys say together, once each of them is right by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .blocks import kind_of
from .nodes import List, Map, Node, Scalar
from .schema import Contact, Event, Keys, Newsletter, OutageEntry, Scheduled, Site
from .wrong import KindError

if TYPE_CHECKING:
    from .walk import Walk

#: Blocks that show what another key of the site holds, and how to write that key.
_SHOWN = {
    "newsletter": "add the key 'newsletter' with 'provider', and what it wants: 'linkhome newsletter providers' tells",
    "contact": "add the key 'contact' with 'email', 'phone' or another way to reach you",
    "socials": "add the key 'socials' with a list of addresses",
}


def check(walk: Walk, struct: type[Keys], node: Map, values: dict[str, Any]) -> bool:
    """Report what does not fit together in one map and tell whether there was anything."""
    before = len(walk.found)
    if issubclass(struct, Scheduled):
        _order(walk, node, "from", values.get("from_"), "until", values.get("until"))
    elif struct is Event:
        _order(walk, node, "date", values.get("date"), "end", values.get("end"))
    elif struct is OutageEntry:
        _order(walk, node, "since", values.get("since"), "until", values.get("until"))
    elif struct is Contact:
        _contact(walk, node, values)
    elif struct is Newsletter:
        _fields(walk, node, values)
    elif struct is Site:
        _site(walk, node, values)
    return any(found.severity == "error" for found in walk.found[before:])


def languages(root: Map) -> tuple[str, ...]:
    """Return the languages that the site names, the main one first; none when they cannot be read."""
    from .kinds import language

    node = root.get("language")
    if node is None or (type(node) is Scalar and node.empty):
        return ("en",)
    items = node.items if type(node) is List else [node]
    try:
        return tuple(dict.fromkeys(language(item.text) for item in items if type(item) is Scalar and not item.empty))
    except KindError:
        return ()


def _order(walk: Walk, node: Map, first: str, start: Any, last: str, end: Any) -> None:
    place = node.get(last)
    if not isinstance(start, str) or not isinstance(end, str) or place is None:
        return
    # A day that is named as the last one counts to its end: "T" and "~" stand after every time of that day.
    if end.replace("T", " ") + ("~" if len(end) == 10 else "") < start.replace("T", " "):
        walk.wrong(place, f"'{last}' ({end}) is before '{first}' ({start})", "exchange the two, or correct one of them")


def _contact(walk: Walk, node: Map, values: dict[str, Any]) -> None:
    for key in ("sms", "whatsapp"):
        place = node.get(key)
        if values.get(key) is True and not _present(node, "phone") and place is not None:
            hint = f"add 'phone' above, or write the number here: {key}: +41 61 555 01 23"
            walk.wrong(place, f"'{key}: true' needs a telephone number", hint)


def _fields(walk: Walk, node: Map, values: dict[str, Any]) -> None:
    place = node.get("fields")
    fields = values.get("fields")
    if place is None or fields is None:
        return
    if "email" not in fields and "phone" not in fields:
        walk.wrong(place, "a sign-up form must ask for 'email'", "write: fields: [email]")
    _repeated(walk, place, fields)


def _site(walk: Walk, node: Map, values: dict[str, Any]) -> None:
    if (place := node.get("language")) and isinstance(values.get("language"), list):
        if not values["language"]:
            walk.wrong(place, "'language' is empty", "write a language, or remove the key: en")
        _repeated(walk, place, values["language"])
    if (place := node.get("url")) and isinstance(url := values.get("url"), str) and ("?" in url or "#" in url):
        walk.wrong(place, "the address of a site has no ? and no # in it", f"write: {url.split('?')[0].split('#')[0]}")
    home = node.get("home")
    for item in home.items if type(home) is List else ():
        kind = kind_of(item)
        if kind in _SHOWN and not _present(node, kind):
            at = item.entries[kind][0] if type(item) is Map else item
            walk.wrong(at, f"the block '{kind}' has nothing to show", _SHOWN[kind])
    texts = node.get("texts")
    for name, _ in texts.entries.values() if type(texts) is Map and walk.languages else ():
        _listed(walk, name)


def _listed(walk: Walk, name: Scalar) -> None:
    from .kinds import language

    try:
        tag = language(name.text)
    except KindError:
        return
    if tag not in walk.languages:
        hint = f"add it to the key 'language': [{', '.join([*walk.languages, tag])}]"
        walk.warn(name, f"the site has no language '{tag}'", hint)


def _repeated(walk: Walk, place: Node, values: list[str]) -> None:
    items = place.items if type(place) is List else []
    for number, item in enumerate(items):
        if values[number] in values[:number]:
            walk.wrong(item, f"'{values[number]}' is listed twice", "remove one of the two")


def _present(node: Map, key: str) -> bool:
    value = node.get(key)
    return value is not None and not (type(value) is Scalar and value.empty)
