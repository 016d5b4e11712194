"""An own sound file."""

from __future__ import annotations

from typing import Any

from ...config import schema
from .. import model
from ..here import At, Here


def make(block: schema.AudioBlock, here: Here, at: At) -> dict[str, Any] | None:
    """Return the file with its picture; it plays from the site itself."""
    src = here.href(block.audio, (*at, "audio"))
    if not src:
        return None
    picture = here.picture(block.image, (*at, "image"))
    return {
        "title": here.text(block.title),
        "note": here.text(block.note),
        "media": model.Media(src=src, type=here.all.media.type_of(block.audio)),
        "pictures": (picture,) if picture else (),
    }
