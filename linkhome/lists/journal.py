"""Remember when each list last came home whole, and how many people were on it. Nothing of anybody is in it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct, field


class Visit(Struct, frozen=True, omit_defaults=True):
    """Hold one list that came home: ``at`` a moment, so many ``people``, from an export (``api``) or a ``file``.

    ``raw`` is the file of the untouched answers, in ``private/raw/``.
    """

    at: str
    people: int
    how: Literal["api", "file"] = "api"
    raw: str = ""


class Journal(Struct):
    """Hold the last visit to each provider, by its key."""

    visits: dict[str, Visit] = field(default_factory=dict)


def load(path: Path) -> Journal:
    """Return what is remembered; nothing when the file is missing or damaged: then only a comparison is missing."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Journal)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return Journal()


def packed(journal: Journal) -> bytes:
    """Return the file's bytes."""
    return msgspec.json.format(msgspec.json.encode(journal, order="sorted"), indent=1) + b"\n"
