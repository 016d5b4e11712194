"""Read what the creator wrote for a provider: every value is checked before it may stand in a form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from ..diagnostics import did_you_mean
from .entry import Names, Provider, Setting
from .filling import places, read
from .places import LONGEST_NAME, LONGEST_VALUE, is_plain, is_secret

#: Keys that say more about a form, whoever the provider is.
_GENERAL = ("names", "hidden", "honeypot", "tags")
#: Beyond this nobody means it.
_MOST = 50
_REMOVE = "remove it, and make a new one at your provider if this file was shared"


class Problem(NamedTuple):
    """Hold one finding: the key of the YAML map that it is about (``provider`` if none), a sentence, what to do.

    ``secret`` says that the value must not be shown again, not even as a line of the creator's file.
    """

    key: str
    message: str
    hint: str
    secret: bool = False


class Pasted(NamedTuple):
    """Hold what was written, checked: values of the settings, and those of ``list`` of which there may be several."""

    values: dict[str, str]
    lists: tuple[str, ...]
    names: Names
    tags: tuple[str, ...]
    hidden: tuple[tuple[str, str], ...]
    honeypot: str
    method: str


def check(provider: Provider, given: Mapping[str, object]) -> tuple[Pasted, list[Problem]]:
    """Return what was written for a provider, and everything that is wrong with it.

    No message repeats a value: it may be one that nobody should see. With problems, what is returned is of no use.
    """
    written = {name: value for name, value in given.items() if value is not None and value not in ("", [], (), {})}
    problems = [*_strangers(provider, written), *_secrets(written)]
    refused = {problem.key for problem in problems}
    sound = {name: value for name, value in written.items() if name not in refused}
    values, lists = _settings(provider, sound, refused, problems)
    names = _names(provider, sound.get("names"), problems)
    tags = _texts("tags", sound.get("tags"), problems)
    if tags and not names.tags:
        problems.append(Problem("tags", f"{provider.name} takes no tags from a form", "remove 'tags'"))
    hidden = _hidden(sound.get("hidden"), problems)
    honeypot = _texts("honeypot", sound.get("honeypot"), problems, longest=LONGEST_NAME, most=1)
    method = str(sound.get("method", provider.method)).strip().lower()
    if method not in ("post", "get"):
        problems.append(Problem("method", "'method' is how the form is sent: post or get", "nearly always it is: post"))
    return Pasted(values, lists, names, tags, hidden, "".join(honeypot[:1]), method), problems


def _strangers(provider: Provider, written: Mapping[str, object]) -> Iterator[Problem]:
    known = [*dict.fromkeys(setting.name for setting in provider.settings), *_GENERAL]
    if provider.action:
        known.append("action")
    if provider.key == "custom":
        known.append("method")
    for name in written:
        if name not in known:
            wants = f"it has: {', '.join(setting.name for setting in provider.settings)}"
            yield Problem(name, f"'{provider.key}' has no '{name}'", did_you_mean(name, known, wants))


def _secrets(written: Mapping[str, object]) -> Iterator[Problem]:
    for name, value in written.items():
        if any(is_secret(text) for text in _texts_in(value)):
            yield Problem(name, "this looks like a secret key; it must not stand in a file", _REMOVE, secret=True)


def _texts_in(value: object, depth: int = 3) -> Iterator[str]:
    if isinstance(value, str):
        yield value[: LONGEST_VALUE * 2]
    elif isinstance(value, Mapping) and depth:
        for key, inner in value.items():
            yield from _texts_in(key, depth - 1)
            yield from _texts_in(inner, depth - 1)
    elif isinstance(value, list | tuple) and depth:
        for inner in value:
            yield from _texts_in(inner, depth - 1)


def _settings(
    provider: Provider, sound: Mapping[str, object], refused: set[str], problems: list[Problem]
) -> tuple[dict[str, str], tuple[str, ...]]:
    values: dict[str, str] = {}
    lists: tuple[str, ...] = ()
    found = _of_address(provider, sound, problems)
    for setting in provider.settings:
        before = len(problems)
        texts = _texts(
            setting.name, _split(setting, sound.get(setting.name)), problems, most=_MOST if setting.many else 1
        )
        texts = tuple(_tidy(setting, text) for text in texts) or tuple(filter(None, [found.get(setting.name, "")]))
        if setting.name in refused or len(problems) > before:
            values[setting.name] = ""
        elif not texts and setting.optional is None:
            problems.append(_missing(provider, setting))
        elif not all(re.fullmatch(setting.pattern, text) for text in texts):
            what = f"'{setting.name}' does not look right for {provider.name}: it is {setting.what}"
            problems.append(Problem(setting.name, what, f"it looks like this: {setting.example}"))
        else:
            values[setting.name] = texts[0] if texts else setting.optional or ""
            lists = texts if setting.name == "list" else lists
    return values, lists


def _of_address(provider: Provider, sound: Mapping[str, object], problems: list[Problem]) -> dict[str, str]:
    """Return the settings that the whole address of the form tells, if the creator pasted that instead of parts."""
    if "action" not in sound or any(setting.name == "action" for setting in provider.settings):
        return {}
    text = "".join(_texts("action", sound["action"], problems, most=1))
    found = read(provider.action, text, patterns_of(provider)) if text else None
    if text and found is None:
        names = " and ".join(f"'{name}'" for name in places(provider.action)) or "no address"
        hint = f"leave 'action' away and write {names}, or take 'provider: custom' for another address"
        problems.append(Problem("action", f"this is not the address of a form of {provider.name}", hint))
    return found or {}


def patterns_of(provider: Provider) -> dict[str, str]:
    """Return what each setting of a provider may look like."""
    return {setting.name: setting.pattern for setting in provider.settings}


def _missing(provider: Provider, setting: Setting) -> Problem:
    message = f"{provider.name} needs '{setting.name}': {setting.what}"
    return Problem("provider", message, f"write: {setting.name}: {setting.example}")


def _split(setting: Setting, written: object) -> object:
    """Return several values that were written as one text with commas between them as a list."""
    if not (setting.many and isinstance(written, str)) or re.fullmatch(setting.pattern, written.strip()):
        return written
    return [text for text in written.split(",") if text.strip()]


def _tidy(setting: Setting, text: str) -> str:
    return text.rstrip("/") if setting.name == "server" else text


def _names(provider: Provider, written: object, problems: list[Problem]) -> Names:
    names = provider.names
    for key, text in _map("names", written, problems):
        known = [name for name in Names.__struct_fields__ if name not in provider.drops]
        if key in provider.drops:
            what = f"{provider.name} cannot keep '{key}' that comes from a form"
            problems.append(Problem("names", what, "remove it here and under 'fields'"))
        elif key not in known:
            hint = did_you_mean(key, known, f"it can be: {', '.join(known)}")
            problems.append(Problem("names", f"'names' has no '{key}'", hint))
        elif len(text) > LONGEST_NAME:
            problems.append(Problem("names", f"the name of '{key}' is too long", 'copy it from name="…" in the form'))
        else:
            names = msgspec.structs.replace(names, **{key: text})
    return names


def _hidden(written: object, problems: list[Problem]) -> tuple[tuple[str, str], ...]:
    return tuple(_map("hidden", written, problems, empty=True))


def _map(key: str, written: object, problems: list[Problem], *, empty: bool = False) -> Iterator[tuple[str, str]]:
    if written is None:
        return
    if not isinstance(written, Mapping) or len(written) > _MOST:
        problems.append(Problem(key, f"'{key}' is a map of names and texts", f"write: {key}: {{name: text}}"))
        return
    for name, value in written.items():
        for item in value if isinstance(value, list | tuple) and empty else [value]:
            text = _text(item)
            if (
                text is None
                or (not text and not empty)
                or not isinstance(name, str)
                or not is_plain(name, LONGEST_NAME)
            ):
                problems.append(
                    Problem(key, f"one of '{key}' is no plain text", "write one line of text for each name")
                )
            else:
                yield name, text


def _texts(
    key: str, written: object, problems: list[Problem], *, longest: int = LONGEST_VALUE, most: int = _MOST
) -> tuple[str, ...]:
    if written is None:
        return ()
    items = list(written) if isinstance(written, list | tuple) else [written]
    texts = [_text(item, longest) for item in items]
    if len(items) > most:
        problems.append(Problem(key, f"'{key}' is one text, not {len(items)}", "leave one of them"))
    elif not all(texts):
        problems.append(
            Problem(key, f"'{key}' is no plain text", "write one line, without line breaks or hidden signs")
        )
    else:
        return tuple(dict.fromkeys(text for text in texts if text))
    return ()


def _text(item: object, longest: int = LONGEST_VALUE) -> str | None:
    if isinstance(item, bool) or not isinstance(item, str | int):
        return None
    text = str(item).strip()
    return text if is_plain(text, longest) else None
