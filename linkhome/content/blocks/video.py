"""An own video file."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from ...config import schema
from .. import model
from ..here import At, Here


def _poster(picture: model.Picture | None) -> model.Picture | None:
    """Return the picture with a WebP as its one file: a poster has no choice, and all that play video show WebP."""
    for source in picture.sources if picture else ():
        if picture and source.type == "image/webp":
            return structs.replace(picture, src=source.srcset.split(", ")[-1].partition(" ")[0])
    return picture


def make(block: schema.VideoBlock, here: Here, at: At) -> dict[str, Any] | None:
    """Return the file with its poster and captions; it plays from the site itself."""
    src = here.href(block.video, (*at, "video"))
    if not src:
        return None
    media = model.Media(
        src=src,
        type=here.all.media.type_of(block.video),
        poster=_poster(here.picture(block.poster, (*at, "poster"))),
        language=here.all.languages[0],
        captions=here.href(block.captions, (*at, "captions")) if block.captions else "",
    )
    return {"title": here.text(block.title), "note": here.text(block.note), "media": media}
