"""Make cards of posts, videos and episodes from elsewhere: what the creator wrote wins over the saved copy."""

from __future__ import annotations

import msgspec

from ..config import schema
from ..diagnostics import LinkhomeError
from ..embeds.saved import Saved
from ..embeds.wanted import previewed
from ..platforms import recognise
from . import copies, model, outages
from .here import At, Here
from .players import as_of, excerpt, player

#: How a card looks, by the kind of thing that its address is.
SHAPES = {
    "video": "video", "live": "video", "clip": "video", "short": "short", "playlist": "video",
    "track": "audio", "album": "audio", "episode": "audio", "podcast": "audio", "post": "post", "article": "article",
    "picture": "article", "product": "article", "event": "article", "book": "article",
}  # fmt: skip
#: What a card is, where its shape does not say it.
THINGS = {
    "episode": "episode", "podcast": "episode", "picture": "photo", "product": "product", "book": "product",
    "event": "event", "repository": "repository", "code": "repository",
    "profile": "profile", "channel": "profile", "community": "profile", "shop": "profile",
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
    return msgspec.structs.replace(made, **given) if given else made


def saved_cards(address: str, here: Here) -> tuple[model.Card, ...]:
    """Return the cards of a channel's saved copy; none when nothing was saved."""
    saved = load(address, here)
    items = saved.items if saved else ()
    return tuple(_from_saved(item, item.url or address, here) for item in items if not item.hidden)


def load(address: str, here: Here) -> Saved | None:
    """Return the saved copy of an address; a broken one is reported and costs only this card."""
    saved, problems = copies.saved(address, here.all.media)
    here.all.tell(*problems)
    return saved


def preview(link: model.Link, own: schema.LinkItem | schema.LinkBlock, here: Here) -> model.Link:
    """Return a link with what its page says of itself wherever the creator said nothing."""
    saved = load(link.href, here) if previewed(own) and link.outside else None
    if saved is None or saved.hidden:
        return link
    return msgspec.structs.replace(
        link,
        title=link.title if own.title else saved.title or link.title,
        note=link.note if own.note else excerpt(saved.text),
        picture=_picture(saved, here),
    )


def _plain(address: str, here: Here) -> model.Card:
    known = recognise(address)
    shape = _shape(known.kind, known.slug)
    return model.Card(
        kind=shape,
        what=THINGS.get(known.kind, ""),
        href=address,
        platform=known.name or known.host,
        title=known.label,
        icon=here.icon(known.icon or "link"),
        player=player(address, here, shape),
        down=outages.down(address, here),
    )


def _from_saved(saved: Saved, address: str, here: Here) -> model.Card:
    known = recognise(address)
    kind = saved.kind or known.kind
    published = saved.published[:10] if len(saved.published) >= 10 else ""
    # Any page may say in its data that it sells something or invites somewhere.
    what = THINGS.get(kind) or ("event" if saved.starts else "product" if saved.price else "")
    shape = "audio" if saved.audio else _shape(kind, known.slug)
    return model.Card(
        kind="article" if shape == "link" and what in ("event", "product") else shape,
        what=what,
        href=address,
        platform=known.name or known.host,
        title=saved.title,
        text=saved.text,
        author=saved.author,
        icon=here.icon(known.icon or "link"),
        picture=_picture(saved, here),
        published=here.moment(published) if published else None,
        duration=saved.duration,
        aspect=saved.aspect,
        player=None if saved.audio else player(address, here, shape, saved),  # the page plays a sound itself
        audio=saved.audio,
        audio_host=recognise(saved.audio).host if saved.audio else "",
        starts=here.moment(saved.starts) if saved.starts else None,
        place=saved.place,
        price=saved.price,
        license=saved.license,
        as_of=as_of(saved, here),
        saved=True,
        down=outages.down(address, here),
    )


def _picture(saved: Saved, here: Here) -> model.Picture | None:
    """Return the picture of a copy; not of one that its author wants to be uncovered first."""
    media = here.all.media
    if saved.sensitive or not (saved.kept or saved.image):
        return None
    try:
        if saved.kept:
            return copies.picture(saved.kept, media, here.root, saved.alt)
        assert saved.image
        return media.picture(media.project.relative(saved.image), here.root, saved.alt)
    except LinkhomeError as problem:
        here.all.tell(*problem.diagnostics)
        return None


def _shape(kind: str, platform: str) -> str:
    if platform in _AUDIO:
        return "audio"
    return SHAPES.get(kind, "link")
