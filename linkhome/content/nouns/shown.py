"""Define what blocks and texts show: cards with their players, events, questions, posts, own films and sounds."""

from __future__ import annotations

from markupsafe import Markup

from .small import Down, Icon, Moment, Noun, Picture, Window


class Player(Noun, frozen=True, kw_only=True):
    """A frame of somebody else's that is put on the page after a click, never before.

    ``src`` is an https address on ``host``; ``aspect`` is ``16:9`` and the like, or empty: then ``height`` counts CSS
    pixels. ``allow``, ``sandbox`` and ``referrer`` are the frame's attributes. ``notice`` says before the click who
    will see the visitor, ``always`` names the choice to load such frames without a click.
    """

    src: str
    host: str
    platform: str
    aspect: str = ""
    height: int = 0
    allow: str = ""
    sandbox: str = ""
    referrer: str = ""
    notice: str = ""
    always: str = ""


class Card(Noun, frozen=True, kw_only=True):
    """A post, video, episode from elsewhere, shown from our own files.

    ``kind`` is ``video``, ``short``, ``audio``, ``post``, ``article`` or ``link`` and chooses the card's shape.
    ``what`` tells more: it is also ``episode``, ``photo``, ``product``, ``event``, ``repository`` or ``profile``.
    Without a ``player`` the card is a link and nothing more. ``audio`` is the file of an episode, on ``audio_host``;
    ``starts`` and ``place`` are those of an event, ``price`` is a product's, ``license`` a photo's. ``as_of`` says
    how old a copy is, when the creator wants that to be said.
    """

    kind: str
    href: str
    platform: str
    what: str = ""
    title: str = ""
    text: str = ""
    author: str = ""
    icon: Icon | None = None
    picture: Picture | None = None
    published: Moment | None = None
    duration: str = ""
    aspect: str = ""
    player: Player | None = None
    audio: str = ""
    audio_host: str = ""
    starts: Moment | None = None
    place: str = ""
    price: str = ""
    license: str = ""
    as_of: str = ""
    saved: bool = False
    down: Down | None = None

    @property
    def plays(self) -> bool:
        """Tell whether it is a film or a sound, so that its picture carries the sign for playing."""
        return self.kind in ("video", "short", "audio")


class Event(Noun, frozen=True, kw_only=True):
    """A date: ``window.until`` is when it is over."""

    title: str
    start: Moment
    end: Moment | None = None
    place: str = ""
    note: str = ""
    href: str = ""
    window: Window | None = None


class Question(Noun, frozen=True, kw_only=True):
    """A question and its rendered answer."""

    question: str
    answer: Markup


class PostLink(Noun, frozen=True, kw_only=True):
    """A post as a list shows it."""

    href: str
    title: str
    date: Moment | None = None
    summary: str = ""
    picture: Picture | None = None
    tags: tuple[str, ...] = ()


class Media(Noun, frozen=True, kw_only=True):
    """An own sound or video file; ``language`` is that of its captions."""

    src: str
    type: str
    poster: Picture | None = None
    captions: str = ""
    language: str = ""
