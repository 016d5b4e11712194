"""An own video file."""

from __future__ import annotations

from typing import Any

from ...config import schema
from .. import model
from ..here import At, Here


def make(block: schema.VideoBlock, here: Here, at: At) -> dict[str, Any] | None:
    """Return the file with its poster and captions; it plays from the site itself."""
    src = here.href(block.video, (*at, "video"))
    if not src:
        return None
    media = model.Media(
        src=src,
        type=here.all.media.type_of(block.video),
        poster=here.picture(block.poster, (*at, "poster")),
        language=here.all.languages[0],
        captions=here.href(block.captions, (*at, "captions")) if block.captions else "",
    )
    return {"title": here.text(block.title), "note": here.text(block.note), "media": media}
