"""Give the outline for an icon's name, from the file that ``scripts/vendor_icons.py`` writes.

The file is read once, when the first icon is wanted, and only the wanted icons are parsed.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from linkhome.content.model import Icon

FILE = Path(__file__).with_name("icons.json")


@cache
def icon(name: str) -> Icon | None:
    """Return the icon of a platform or of a thing (``mail``, ``cart``), or None when there is none of that name."""
    line = _lines().get(name)
    if line is None:
        return None
    from markupsafe import Markup

    from linkhome.content.model import Icon

    return Icon(name=name, path=Markup(_decode(line)["path"]))  # noqa: S704 - our own file, checked when it is made


def names() -> tuple[str, ...]:
    """Return every name that ``icon`` knows, in order."""
    return tuple(sorted(_lines()))


def about(name: str) -> dict[str, str]:
    """Return what the file says of an icon beside its outline: title, hex, source, licence."""
    return {key: value for key, value in _decode(_lines()[name]).items() if key != "path"}


@cache
def _lines() -> dict[str, Any]:
    import msgspec

    found: dict[str, Any] = msgspec.json.decode(FILE.read_bytes(), type=dict[str, msgspec.Raw])
    return found


def _decode(line: Any) -> dict[str, str]:
    import msgspec

    return msgspec.json.decode(line, type=dict[str, str])
