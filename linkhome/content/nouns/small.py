"""Define the small parts of everything: pictures, icons, dates, windows of time, links."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct, field


class Noun(Struct, frozen=True, kw_only=True):
    """Base of everything in this module: immutable, made once by `content.gather`."""


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


class Down(Noun, frozen=True, kw_only=True):
    """Say that a place cannot be reached just now: what to read beside it, and until when that is said."""

    text: str
    window: Window | None = None


class Link(Noun, frozen=True, kw_only=True):
    """A place to go. ``href`` passed the list of allowed schemes; ``me`` asks for ``rel=me``.

    ``download`` is the name under which a browser shall keep an own file that it cannot show. ``down`` is there
    while the company behind it cannot be reached.
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
    down: Down | None = None
