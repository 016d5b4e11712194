"""Define all that a template may see: frozen pages, blocks, links, cards and forms, in one language each.

Every text here is final: the language is chosen, Markdown is rendered (`Markup`), addresses are checked
and written for the page on which they stand, dates carry their printed form. A theme adds no facts.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from msgspec import Struct, field


class Noun(Struct, frozen=True, kw_only=True):
    """Base of everything in this module: immutable, made once by `content.gather`."""


# ------------------------------------------------------------------ small parts


class Source(Noun, frozen=True, kw_only=True):
    """One encoding of a picture for ``<source>``: its media type, and its files with their widths."""

    type: str
    srcset: str


class Picture(Noun, frozen=True, kw_only=True):
    """A picture with its real size; ``alt`` is empty for one that only decorates.

    ``src`` is the file for everybody, ``sources`` (may be empty) the better ones; ``focus`` is a CSS
    ``object-position``. ``colour`` is the average in hex, empty when it is not known. ``tone`` is how light the
    picture is (0 black, 1 white, -1 not known), ``tones`` the same of its top, middle and bottom third; ``stands``
    is which text can be read on it, "light" or "dark". ``prints`` are the theme's own versions of it by name.
    ``ratio`` is width / height.
    """

    src: str
    width: int
    height: int
    alt: str = ""
    sources: tuple[Source, ...] = ()
    focus: str = "50% 50%"
    colour: str = ""
    tone: float = -1.0
    tones: tuple[float, float, float] = (-1.0, -1.0, -1.0)
    stands: str = ""
    prints: dict[str, Picture] = field(default_factory=dict)

    @property
    def placeholder(self) -> str:
        """Return the average colour as three digits: near enough for a moment, and shared by more pictures."""
        red, green, blue = (int(self.colour[at : at + 2], 16) for at in (1, 3, 5)) if self.colour else (0, 0, 0)
        return f"#{round(red / 17):x}{round(green / 17):x}{round(blue / 17):x}" if self.colour else ""

    @property
    def ratio(self) -> float:
        """Return width / height, rounded so that it prints the same everywhere."""
        return round(self.width / self.height, 3) if self.height else 1.0


class Icon(Noun, frozen=True, kw_only=True):
    """An outline: ``name`` is the id of its ``<symbol>``, ``path`` is trusted markup inside a 24×24 box."""

    name: str
    path: Markup


class Moment(Noun, frozen=True, kw_only=True):
    """A day or a point in time: ``iso`` for machines, ``text`` for people, the parts for tickets."""

    iso: str
    text: str
    day: str = ""
    month: str = ""
    year: str = ""
    time: str = ""
    weekday: str = ""


class Window(Noun, frozen=True, kw_only=True):
    """When something is to be seen: milliseconds since 1970 (0: no bound), and whether it is now.

    The build decides ``hidden``; the few bytes of script on a page that has windows decide again.
    """

    since: int = 0
    until: int = 0
    hidden: bool = False


class Link(Noun, frozen=True, kw_only=True):
    """A place to go. ``href`` passed the list of allowed schemes; ``me`` asks for ``rel=me``.

    ``download`` is the name under which a browser shall keep an own file that it cannot show.
    """

    href: str
    title: str
    note: str = ""
    icon: Icon | None = None
    picture: Picture | None = None
    platform: str = ""
    host: str = ""
    style: str = "row"
    button: str = ""
    me: bool = False
    outside: bool = True
    download: str = ""
    window: Window | None = None


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


class Input(Noun, frozen=True, kw_only=True):
    """One field of a form."""

    name: str
    type: str
    label: str
    autocomplete: str
    required: bool = False
    inputmode: str = ""


class Form(Noun, frozen=True, kw_only=True):
    """The sign-up: a plain form that posts to ``action``."""

    action: str
    title: str
    text: Markup
    inputs: tuple[Input, ...]
    hidden: tuple[tuple[str, str], ...]
    consent: Markup
    button: str
    small: Markup


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


# ------------------------------------------------------------------ the page


class Block(Noun, frozen=True, kw_only=True):
    """One block of the home page. ``type`` chooses the template ``blocks/{type}.html``.

    Which of the other fields are set is said by the type: see ``docs/themes.md``.
    """

    type: str
    id: str
    title: str = ""
    text: Markup = Markup("")
    note: str = ""
    href: str = ""
    style: str = ""
    layout: str = ""
    collapsed: bool = False
    window: Window | None = None
    icon: Icon | None = None
    platform: str = ""
    links: tuple[Link, ...] = ()
    cards: tuple[Card, ...] = ()
    pictures: tuple[Picture, ...] = ()
    posts: tuple[PostLink, ...] = ()
    events: tuple[Event, ...] = ()
    questions: tuple[Question, ...] = ()
    form: Form | None = None
    media: Media | None = None
    more: Link | None = None
    card: Link | None = None


class Profile(Noun, frozen=True, kw_only=True):
    """Who this is; every text may be empty, every picture absent."""

    name: str
    kind: str = "person"
    handle: str = ""
    tagline: str = ""
    bio: Markup = Markup("")
    bio_text: str = ""
    pronouns: str = ""
    location: str = ""
    portrait: Picture | None = None
    cover: Picture | None = None
    logo: Picture | None = None
    initials: str = ""
    card: str = ""


class Translation(Noun, frozen=True, kw_only=True):
    """The same page in another language (or this one: ``current``)."""

    language: str
    name: str
    href: str
    url: str
    current: bool = False


class Head(Noun, frozen=True, kw_only=True):
    """What stands in ``<head>``; absolute addresses are empty when the site has no ``url``."""

    title: str
    description: str
    canonical: str = ""
    image: str = ""
    image_alt: str = ""
    image_size: tuple[int, int] = (0, 0)
    square: str = ""
    square_size: tuple[int, int] = (0, 0)
    kind: str = "website"
    locale: str = ""
    author: str = ""
    published: str = ""
    modified: str = ""
    json_ld: Markup = Markup("")
    me: tuple[str, ...] = ()
    #: Address, media type and title of each feed.
    feeds: tuple[tuple[str, str, str], ...] = ()
    noindex: bool = False


class SiteIcon(Noun, frozen=True, kw_only=True):
    """One icon of the site for ``<link>``: ``sizes`` and ``type`` may be empty."""

    rel: str
    href: str
    sizes: str = ""
    type: str = ""


class Download(Noun, frozen=True, kw_only=True):
    """Something that the creator takes along: how it looks, and its files."""

    title: str
    note: str = ""
    picture: Picture | None = None
    files: tuple[Link, ...] = ()


class Shelf(Noun, frozen=True, kw_only=True):
    """Things of one kind on the kit page."""

    title: str
    items: tuple[Download, ...] = ()


class Swatch(Noun, frozen=True, kw_only=True):
    """A colour of the site in light and in dark, as ``#rrggbb``."""

    name: str
    light: str
    dark: str


class Kit(Noun, frozen=True, kw_only=True):
    """What the kit page offers; ``fonts`` are names of families."""

    shelves: tuple[Shelf, ...] = ()
    colours: tuple[Swatch, ...] = ()
    fonts: tuple[str, ...] = ()


class Shell(Noun, frozen=True, kw_only=True):
    """What every page of one language and depth shares: names, texts, switch, footer.

    ``texts`` are the interface texts; ``home`` is the way to the front page; ``root`` leads from the page to
    the folder of the site (``""``, ``"../"``, …).
    """

    language: str
    direction: str
    name: str
    home: str
    root: str
    texts: dict[str, str]
    footer_note: Markup = Markup("")
    footer: tuple[Link, ...] = ()
    mode: str = "auto"
    theme_colours: tuple[str, str] = ("", "")
    icon: str = ""
    icons: tuple[SiteIcon, ...] = ()
    manifest: str = ""
    generator: str = ""


class Page(Noun, frozen=True, kw_only=True):
    """One file of HTML to be. ``kind`` is ``home``, ``post``, ``posts``, ``page`` or ``missing`` (404).

    ``cards`` are the embeds below a text; ``frames`` the hosts of every player on the page; ``policy``
    (for a ``<meta>``) names them and nobody else.
    """

    kind: str
    path: str
    shell: Shell
    head: Head
    profile: Profile
    translations: tuple[Translation, ...] = ()
    title: str = ""
    summary: str = ""
    body: Markup = Markup("")
    picture: Picture | None = None
    date: Moment | None = None
    updated: Moment | None = None
    tags: tuple[str, ...] = ()
    socials: tuple[Link, ...] = ()
    blocks: tuple[Block, ...] = ()
    posts: tuple[PostLink, ...] = ()
    newer: PostLink | None = None
    older: PostLink | None = None
    number: int = 1
    pages: int = 1
    icons: tuple[Icon, ...] = ()
    timed: bool = False
    cards: tuple[Card, ...] = ()
    frames: tuple[str, ...] = ()
    policy: str = "frame-src 'none'"
    kit: Kit | None = None

    def as_context(self) -> dict[str, Any]:
        """Return the names that a template sees at its top level."""
        return {"page": self, **{name: getattr(self, name) for name in ("shell", "head", "profile")}}
