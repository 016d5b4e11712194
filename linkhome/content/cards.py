"""Make cards of posts, videos and episodes from elsewhere: what the creator wrote wins over the saved copy."""

from __future__ import annotations

from ..config import schema
from ..diagnostics import LinkhomeError
from ..embeds.saved import Saved, place, read
from ..platforms import recognise
from . import model
from .here import At, Here

#: How a card looks, by the kind of thing that its address is.
SHAPES = {
    "video": "video", "live": "video", "clip": "video", "short": "short", "playlist": "video",
    "track": "audio", "album": "audio", "episode": "audio", "podcast": "audio", "post": "post", "article": "article",
}  # fmt: skip
_AUDIO = frozenset({"spotify", "soundcloud", "bandcamp", "applemusic", "applepodcasts", "deezer", "tidal", "mixcloud"})


def card(own: schema.Entry, here: Here, at: At) -> model.Card | None:
    """Return the card of one address: the creator's words, else the saved copy, else what the address says.

    None when the saved copy says that its owner does not want to see it.
    """
    saved = load(own.url, here)
    if saved and saved.hidden:
        return None
    made = _from_saved(saved, own.url, here) if saved else _plain(own.url, here)
    changes: dict[str, object] = {
        "title": here.text(own.title),
        "text": here.text(own.text),
        "author": own.author or "",
        "duration": own.duration or "",
        "picture": here.picture(own.image, (*at, "image")),
        "published": here.moment(own.date),
    }
    given = {name: value for name, value in changes.items() if value}
    return _changed(made, given) if given else made


def saved_cards(address: str, here: Here) -> tuple[model.Card, ...]:
    """Return the cards of a channel's saved copy; none when nothing was saved."""
    saved = load(address, here)
    items = saved.items if saved else ()
    return tuple(_from_saved(item, item.url or address, here) for item in items if not item.hidden)


def load(address: str, here: Here) -> Saved | None:
    """Return the saved copy of an address; a broken one is reported and costs only this card."""
    folder = here.all.media.project.saved
    file = place(folder, address)
    if here.all.media.inputs.sha256(file) is None:
        return None
    here.all.media.inputs.listing(file.parent)  # a picture that is put beside the copy later is an input, too
    saved, problems = read(folder, address)
    for problem in problems:
        if problem not in here.all.diagnostics:
            here.all.diagnostics.append(problem)
    return saved


def _plain(address: str, here: Here) -> model.Card:
    known = recognise(address)
    return model.Card(
        kind=_shape(known.kind, known.slug),
        href=address,
        platform=known.name or known.host,
        title=known.label,
        icon=here.icon(known.icon or "link"),
    )


def _from_saved(saved: Saved, address: str, here: Here) -> model.Card:
    known = recognise(address)
    picture = None
    if saved.image and not saved.sensitive:
        try:
            picture = here.all.media.picture(here.all.media.project.relative(saved.image), here.root, saved.alt)
        except LinkhomeError as problem:
            here.all.diagnostics.extend(d for d in problem.diagnostics if d not in here.all.diagnostics)
    published = saved.published[:10] if len(saved.published) >= 10 else ""
    return model.Card(
        kind=_shape(saved.kind or known.kind, known.slug),
        href=address,
        platform=known.name or known.host,
        title=saved.title,
        text=saved.text,
        author=saved.author,
        icon=here.icon(known.icon or "link"),
        picture=picture,
        published=here.moment(published) if published else None,
        duration=saved.duration,
        saved=True,
    )


def _shape(kind: str, platform: str) -> str:
    if platform in _AUDIO:
        return "audio"
    return SHAPES.get(kind, "link")


def _changed(made: model.Card, given: dict[str, object]) -> model.Card:
    return model.Card(**{name: getattr(made, name) for name in made.__struct_fields__} | given)
