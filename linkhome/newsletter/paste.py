"""Write the map of `detect` as YAML that people can paste and read."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping

from .entry import Provider

_WIDTH = 100
#: What YAML takes for a text without quotes, in every version of it: no number, no date, nothing special.
_BARE = re.compile(r"[A-Za-z][A-Za-z0-9_./@+-]*(?:://[A-Za-z0-9_./@+-]+)?")
_SPECIAL = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def as_yaml(found: Mapping[str, object], provider: Provider) -> str:
    """Return the key ``newsletter`` with the map, and comments on what is still to do; settings come first.

    What a provider needs and the map does not have stands there as a comment with what it is.
    """
    lines = [f"# Sign-ups go to {provider.name}. Paste this into linkhome.yaml."]
    lines += _comment(provider.remark, "# ") if provider.remark else []
    lines.append("newsletter:")
    settings = {setting.name for setting in provider.settings}
    first = [key for key in found if key in ("provider", *settings)]
    lines += [f"  {key}: {_value(found[key])}" for key in first]
    for setting in provider.settings:
        if setting.name not in found and setting.optional is None:
            lines += [*_comment(f"Missing: {setting.what}.", "  # "), f"  # {setting.name}: {setting.example}"]
    lines += [f"  {key}: {_value(found[key])}" for key in found if key not in first]
    return "\n".join(lines) + "\n"


def _comment(text: str, start: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=start, subsequent_indent=start, break_long_words=False)


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(str(key))}: {_value(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(inner) for inner in value) + "]"
    return _text(str(value))


def _text(text: str) -> str:
    if _BARE.fullmatch(text) and text.lower() not in _SPECIAL:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    # What would not show is written as its number.
    return "".join(sign if sign.isprintable() else _escaped(sign) for sign in quoted)


def _escaped(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"
