"""Check what the creator chose of a theme's options, and say what the choice means for templates and styles."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from ..config.load import Spans
from ..diagnostics import Diagnostic, did_you_mean
from .about import Option

_COLOUR = re.compile("#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
_NUMBER = re.compile(r"[+-]?[0-9]{1,6}(?:\.[0-9]{1,6})?")

#: What ``brand.shape`` and ``brand.density`` mean to every theme: custom properties.
SHAPES = {"square": "0", "soft": ".5rem", "round": "99rem"}
DENSITIES = {"airy": "1.3", "compact": ".72"}


class Options(Struct, frozen=True):
    """The theme's options as chosen or by default.

    ``values`` are what templates see (true or false, a number, a text); ``features`` choose style files;
    ``css`` holds the custom properties ``--o-name`` of numbers and colours.
    """

    values: dict[str, str | float | bool]
    features: frozenset[str]
    css: str


def choose(declared: Mapping[str, Option], chosen: Mapping[str, str], spans: Spans) -> tuple[Options, list[Diagnostic]]:
    """Return the options, and every mistake of the creator's choice with its place."""
    found: list[Diagnostic] = []
    for name in chosen:
        if name not in declared:
            known = "the theme has no options" if not declared else f"its options are: {', '.join(declared)}"
            hint = did_you_mean(name, declared, known)
            found.append(_at_key(spans, f"the theme has no option '{name}'", name, hint))
    values: dict[str, str | float | bool] = {}
    for name, option in declared.items():
        text = chosen.get(name, option.default)
        if problem := _problem(option, text) if name in chosen else "":
            found.append(spans.error(f"'{name}' {problem}", "brand", "options", name, hint=option.about))
            text = option.default
        values[name] = _value(option, text)
    features = {name for name, value in values.items() if value is True}
    features |= {f"{name}-{values[name]}" for name, option in declared.items() if option.type == "choice"}
    printed = [name for name, option in declared.items() if option.type in ("number", "colour") and values[name] != ""]
    css = ";".join(f"--o-{name}:{values[name]}" for name in printed)
    return Options(values, frozenset(features), f":root{{{css}}}" if css else ""), found


def _at_key(spans: Spans, message: str, name: str, hint: str) -> Diagnostic:
    made = spans.error(message, "brand", "options", name, hint=hint)
    return made._replace(span=spans.key("brand", "options", name))


def _problem(option: Option, text: str) -> str:
    if option.type == "choice" and text not in option.values:
        near = did_you_mean(text, option.values)
        return f"cannot be '{text[:40]}': it is one of {', '.join(option.values)}" + (f"; {near}" if near else "")
    if option.type == "switch" and text not in ("true", "false"):
        return "must be true or false"
    if option.type == "colour" and not _COLOUR.fullmatch(text):
        return 'must be a colour, such as "#9A3B1F"'
    if option.type == "number" and not (_NUMBER.fullmatch(text) and option.least <= float(text) <= option.most):
        return f"must be a number from {option.least:g} to {option.most:g}"
    return ""


def _value(option: Option, text: str) -> str | float | bool:
    if option.type == "switch":
        return text == "true"
    if option.type == "number":
        number = float(text or 0)
        return int(number) if number.is_integer() else number
    return text
