"""Say how a thing plays on the page once somebody clicks: the frame's address and its attributes. Pure; for the build.

The frame's address is made here from the id of the thing. One that a platform named (in its oEmbed answer, say) is
believed only if it is https, on a host of the table's frames, and not on the site's own host.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from . import addresses
from .entry import Frame, Platform, fits
from .filling import LONGEST, fill, pairs, parts, public
from .known import Place, look
from .spelling import values_of
from .table import ANYWHERE, PLATFORMS

_NO_FACTS: dict[str, str] = {}


class Player(Struct, frozen=True, kw_only=True):
    """Hold a frame that may be put on the page after a click.

    ``src`` is an https address in ASCII that is safe in an attribute once escaped, ``host`` its host (what the page's
    policy must allow) and ``platform`` the name of those who will see the visitor. ``aspect`` is ``16:9`` and the
    like, or empty: then ``height`` is the least height in CSS pixels.
    """

    src: str
    host: str
    aspect: str
    height: int
    allow: str
    sandbox: str
    referrer: str
    platform: str = ""


def player(address: str, host: str = "", found: str = "") -> Player | None:
    """Return how the thing at an address plays, or None when there is no frame for it: the card stays a link.

    ``host`` is the site's own host, which frames never are on and some platforms must be told. ``found`` is a frame's
    address from the saved copy. Any text may be given; nothing is raised.
    """
    own = _bare(host)
    own = own if own == "localhost" else public(own)
    place = look(address)
    made = _own(place, address, own) if place else None
    return made or (_named(found, place, own) if found else None)


def _own(place: Place, address: str, own: str) -> Player | None:
    """Return the player that follows from the address alone."""
    if place.platform is None or not public(place.address.host) or _is_secret(place):
        return None
    frames = [frame for frame in place.platform.frames if frame.address and fits(place.kind, frame.kinds)]
    if not frames:
        return None
    values = values_of(place, address, _NO_FACTS) | {"site": own}
    for frame in frames:
        source = fill(frame.address, values)
        if source and (made := _player(source + _more(frame, place), frame, place.platform, own)):
            return made
    return None


def _named(found: str, place: Place | None, own: str) -> Player | None:
    """Return the player for a frame's address that somebody else named, if it may be believed."""
    text = addresses.clean(found)
    if not text.lower().startswith("https://") or len(text) > LONGEST:
        return None
    inside = look(text)
    if inside is None or "@" in text[8:].partition("/")[0]:
        return None
    made = _own(inside, text, own)
    if made:
        return made
    host = text[8:].replace("\\", "/").partition("/")[0].partition("?")[0].partition("#")[0].lower()
    known = _hosts().get(host) or _server(host, place)
    path = parts("/".join(inside.address.parts))
    if not known or not path:
        return None
    return _player(f"https://{host}/{path}{pairs(inside.address.query)}", known[1], known[0], own)


def _server(host: str, place: Place | None) -> tuple[Platform, Frame] | None:
    """Return the frame of a network without an owner, whose player is on the server that the creator wrote."""
    if place and place.platform in ANYWHERE and place.address.host == host and place.platform.frames:
        return place.platform, place.platform.frames[0]
    return None


def _player(source: str, frame: Frame, platform: Platform, own: str) -> Player | None:
    host = public(source.removeprefix("https://").partition("/")[0].partition("?")[0])
    if not source.startswith("https://") or not host or _bare(host) == own or (frame.parents and not own):
        return None
    if frame.parents:
        source += "".join(f"&parent={parent}" for parent in (own, f"www.{own}", "localhost"))
    return Player(
        src=source,
        host=host,
        aspect=frame.aspect,
        height=frame.height,
        allow=frame.allow,
        sandbox=frame.sandbox,
        referrer=frame.referrer,
        platform=platform.name,
    )


def _more(frame: Frame, place: Place) -> str:
    """Return what the address says beside the id: other parameters that the frame takes, and where it begins."""
    query = dict(place.address.query)
    kept = "".join(f"&{name}={query[name]}" for name in frame.keeps if _is_word(query.get(name, ""), name))
    seconds = _start(query, place.fragment) if frame.start else 0
    return kept + (frame.start.replace("{start}", str(seconds)) if seconds else "")


def _start(query: dict[str, str], fragment: str) -> int:
    """Return where a film begins, in seconds: ``t=90``, ``t=1m30s``, ``start=90``, ``#t=90``; 0 where nothing says."""
    for text in (query.get("t"), query.get("start"), query.get("time_continue"), _after(fragment, "t=")):
        if text and (seconds := _seconds(text)):
            return seconds
    return 0


def _seconds(text: str) -> int:
    total, number = 0, ""
    for letter in text[:20].lower():
        if letter in "0123456789":
            number += letter
        elif letter in "hms" and number:
            total, number = total + int(number) * {"h": 3600, "m": 60, "s": 1}[letter], ""
        elif letter in ".,":
            break
        else:
            return 0
    total += int(number or 0)
    return total if total < 360_000 else 0


def _after(text: str, mark: str) -> str:
    return text.removeprefix(mark) if text.startswith(mark) else ""


def _is_word(text: str, name: str) -> bool:
    least = 9 if name == "list" else 0  # shorter ones are everybody's own, such as WL: watch later
    return least < len(text) <= 64 and text.isascii() and all(letter.isalnum() or letter in "-_" for letter in text)


def _is_secret(place: Place) -> bool:
    """Tell whether an address opens something that is hidden from everybody else: SoundCloud's private links."""
    return (
        place.platform is not None
        and place.platform.slug == "soundcloud"
        and any(part.startswith("s-") and len(part) > 8 for part in place.address.parts[2:])
    )


def _bare(host: str) -> str:
    return host.lower().partition(":")[0].removeprefix("www.").rstrip(".")


@cache
def _hosts() -> dict[str, tuple[Platform, Frame]]:
    """Return every host on which the address of a frame is believed, with whose it is and which walls it gets."""
    from . import plugins

    found: dict[str, tuple[Platform, Frame]] = {}
    added = {platform.slug: platform for rows in plugins.hosts().values() for _, platform in rows}
    for platform in (*PLATFORMS.values(), *added.values()):
        for frame in platform.frames:
            made = frame.address.removeprefix("https://").partition("/")[0].partition("?")[0]
            for host in (made, *frame.hosts):
                if host and "{" not in host:
                    found.setdefault(host, (platform, frame))
    return found
