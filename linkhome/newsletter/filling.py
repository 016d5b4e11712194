"""Fill the templates of the table, and read them backwards.

``{name}`` stands for a value. In an address every value is percent-encoded, so that none can leave its place: only
``{server}`` and ``{action}`` are addresses themselves, and those were checked (`linkhome.newsletter.places`).
A parameter or hidden field that would be empty because its value was left out is left out, too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, urlsplit

_PLACE = re.compile(r"\{(\w+)\}")
#: Values that are addresses: inserted as they are.
_WHOLE = ("server", "action")


def fill_address(template: str, values: Mapping[str, str]) -> str:
    """Return the address with every value in its place, percent-encoded.

    Raises:
        KeyError: the template has a place for a value that is not there.
    """
    head, mark, query = template.partition("?")
    kept = [part for part in query.split("&") if _is_given(part, values)]
    filled = head + (mark + "&".join(kept) if kept else "")
    safe = "@" if template.startswith("mailto:") else ""

    def put(place: re.Match[str]) -> str:
        return values[place[1]] if place[1] in _WHOLE else quote(values[place[1]], safe=safe)

    return _PLACE.sub(put, filled)


def fill_text(template: str, values: Mapping[str, str]) -> str:
    """Return the text with every value in its place, as it is.

    Raises:
        KeyError: the template has a place for a value that is not there.
    """
    return _PLACE.sub(lambda place: values[place[1]], template)


def fill_pairs(pairs: tuple[tuple[str, str], ...], values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return hidden fields filled in; those of which only an empty value was left are left out."""
    return tuple((name, fill_text(text, values)) for name, text in pairs if _is_given(text, values))


def places(template: str) -> list[str]:
    """Return the names of the values that a template wants, in its order."""
    return _PLACE.findall(template)


def read(template: str, address: str, patterns: Mapping[str, str]) -> dict[str, str] | None:
    """Return the values that make the template to this address; None if none do.

    ``patterns`` says what each value may look like. The order of parameters does not count; one that the template does
    not have makes the address another one. An empty parameter counts as left out.
    """
    head, _, query = template.partition("?")
    given_head, _, given_query = address.partition("#")[0].partition("?")
    fits = re.fullmatch(_as_pattern(head, patterns), given_head)
    if not fits:
        return None
    values = {name: text for name, text in fits.groupdict().items() if text is not None}
    try:
        given = dict(parse_qsl(given_query, keep_blank_values=True, max_num_fields=20))
    except ValueError:
        return None
    for part in query.split("&") if query else ():
        name, _, wanted = part.partition("=")
        text = given.pop(name, "")
        found = re.fullmatch(_as_pattern(wanted, patterns), text)
        if found:
            values |= found.groupdict()
        elif text or not _PLACE.fullmatch(wanted):
            return None
    return None if given else values


def host_of(address: str) -> str:
    """Return the host of an address in lower case, or an empty text if it has none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _is_given(part: str, values: Mapping[str, str]) -> bool:
    wanted = _PLACE.findall(part)
    return not wanted or any(values[name] for name in wanted)


def _as_pattern(template: str, patterns: Mapping[str, str]) -> str:
    pieces = _PLACE.split(template)
    for at in range(0, len(pieces), 2):
        pieces[at] = re.escape(pieces[at])
    for at in range(1, len(pieces), 2):
        pieces[at] = f"(?P<{pieces[at]}>{patterns[pieces[at]]})"
    return "".join(pieces)
