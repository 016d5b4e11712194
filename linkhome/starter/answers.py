"""Check what the creator answers: a usable value comes back, or a `ValueError` whose text says what to do."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from ..diagnostics import did_you_mean


class Answers(NamedTuple):
    """What the creator said. ``url`` may be empty."""

    name: str
    tagline: str
    colour: str
    theme: str
    url: str


def a_name(text: str) -> str:
    """Return a name that fits on a page, or raise ValueError with what to do."""
    return _short(text, "the name", 80)


def a_tagline(text: str) -> str:
    """Return a tagline that fits on a page, or raise ValueError with what to do."""
    return _short(text, "the tagline", 160)


def a_colour(text: str) -> str:
    """Return the colour as #rrggbb, or raise ValueError with what to do."""
    from PIL import ImageColor

    wanted = one_line(text).lower()
    for spelling in (wanted, f"#{wanted}"):
        try:
            red, green, blue = ImageColor.getrgb(spelling)[:3]
        except ValueError:
            continue
        return f"#{red:02X}{green:02X}{blue:02X}"
    raise ValueError(
        f"'{wanted}' is no colour: write it as #9A3B1F, as a colour picker shows it, or as a name such as teal"
    )


def a_theme(text: str) -> str:
    """Return the name of a theme that comes with linkhome, or raise ValueError with the choice."""
    wanted, known = one_line(text), themes()
    if wanted.lower() in known:
        return wanted.lower()
    hint = did_you_mean(wanted, known, f"there are {', '.join(known)}")
    raise ValueError(f"there is no theme '{wanted}': {hint}")


def an_address(text: str) -> str:
    """Return the address with https:// and without a slash at its end, or raise ValueError with what to do."""
    from urllib.parse import urlsplit

    wanted = one_line(text)
    if not wanted:
        return ""
    if "://" not in wanted:
        wanted = f"https://{wanted}"
    try:
        parts = urlsplit(wanted)
        host = parts.hostname or ""
        usable = parts.scheme in ("http", "https") and ("." in host.strip(".") or host == "localhost")
        usable = usable and not set(wanted) & set(" \"'<>\\^`{|}") and not parts.query and not parts.fragment
    except ValueError:
        usable = False
    if not usable:
        raise ValueError(
            f"'{one_line(text)}' is no address of a site: write it as https://lina.example, or leave it empty"
        )
    return wanted.rstrip("/")


def themes() -> list[str]:
    """Return the names of the themes that come with linkhome."""
    from ..theme.locate import bundled

    return list(bundled())


def one_line(text: str) -> str:
    """Return the text without line breaks, control characters and broken surrogates."""
    kept = (" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs"))
    return " ".join("".join(kept).split())


def _short(text: str, what: str, most: int) -> str:
    kept = one_line(text)
    if not kept:
        raise ValueError(f"{what} must not be empty")
    if len(kept) > most:
        raise ValueError(f"{what} has {len(kept)} characters; keep it under {most}")
    return kept
