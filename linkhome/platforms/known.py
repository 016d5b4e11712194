"""Tell from an address alone what it is: platform, kind, account, label, icon. Never raises, asks nobody."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from . import addresses
from .entry import Known, Platform, Row
from .patterns import Address, match
from .table import ANYWHERE, PATTERNS_ANYWHERE, PLATFORMS, added_platform_of, platform_of

#: Own (and other people's) files by their ending: kind and icon.
FILES: dict[str, tuple[str, str]] = {
    ending: (kind, icon)
    for kind, icon, endings in (
        ("document", "pdf", "pdf"),
        ("document", "file", "doc docx odt rtf txt md ppt pptx odp key pages"),
        ("document", "table", "xls xlsx ods csv numbers"),
        ("archive", "archive", "zip tar gz tgz 7z rar"),
        ("audio", "music", "mp3 m4a ogg oga opus wav flac aac"),
        ("video", "play", "mp4 m4v webm mov ogv mkv"),
        ("picture", "image", "jpg jpeg png gif webp avif svg heic tif tiff"),
        ("calendar", "calendar", "ics"),
        ("contact", "contact", "vcf"),
        ("book", "book", "epub mobi azw3"),
        ("feed", "rss", "rss atom"),
    )
    for ending in endings.split()
}


class Place(Struct, frozen=True):
    """Say where a web address fits in the table: whose it is (None: nobody's), which kind, the pattern's values.

    ``canonical`` is the template of the one spelling, empty where there is none; ``icon`` is that of nobody's pages.
    """

    platform: Platform | None
    kind: str
    values: dict[str, str]
    canonical: str
    address: Address
    fragment: str
    icon: str = ""

    def key(self) -> str:
        """Return the address that all spellings share, as in `Known`."""
        if self.canonical:
            return self.canonical.format_map({**self.values, "host": self.address.host})
        return addresses.key(self.address, self.platform.noise if self.platform else ())


def look(address: str) -> Place | None:
    """Return where a web address fits in the table, with all that its pattern named; None for what is none.

    It reads an address exactly as `recognise` does, for those who want to ask or to play it.
    """
    text = addresses.clean(address)
    scheme, rest = addresses.split(text)
    if scheme in ("http", "https"):
        return _place(rest.lstrip("/\\"))
    if scheme == "spotify":
        return _place(_SPOTIFY + rest.replace(":", "/"))
    if scheme:
        return None
    if text.startswith("//"):
        return _place(text.lstrip("/"))
    return _place(text) if _has_host(text) else None


def recognise(address: str) -> Known:
    """Return what linkhome can tell of an address. Any text gives an answer; what is not known is a ``page``."""
    text = addresses.clean(address)
    scheme, rest = addresses.split(text)
    if scheme in ("http", "https"):
        return _web(rest.lstrip("/\\"))
    if scheme in _SCHEMES:
        return _SCHEMES[scheme](rest)
    if scheme:
        return Known(kind="page", label=_short(text), key=text)
    if text.startswith("//"):
        return _web(text.lstrip("/"))
    return _web(text) if _has_host(text) else _own(text)


def _has_host(text: str) -> bool:
    """Tell whether this is a web address that was written without ``https://``."""
    head = text.partition("/")[0].lower()
    return "." in head and (head.startswith("www.") or platform_of(head, ()) is not None)


def _web(rest: str) -> Known:
    place = _place(rest)
    platform = place.platform
    if platform:
        return _named(platform, place)
    address = place.address
    host = addresses.decode(address.host)
    return Known(kind=place.kind, label=_short(host), icon=place.icon, host=host, key=addresses.key(address))


def _place(rest: str) -> Place:
    address, fragment = addresses.web(rest)
    platform = platform_of(address.host, address.parts) or added_platform_of(address.host, address.parts)
    if platform:
        fits = _first(platform, address)
        return Place(platform, *(fits or ("page", {}, "")), address, fragment)
    for platform, rows in PATTERNS_ANYWHERE:
        fits = _row(rows, address)
        if fits:
            return Place(platform, *fits, address, fragment)
    kind, icon = _page(address)
    return Place(None, kind, {}, "", address, fragment, icon)


def _first(platform: Platform, address: Address) -> tuple[str, dict[str, str], str] | None:
    """Return kind, values and canonical spelling of the first pattern that fits."""
    readings = [address]
    if platform.localised and len(address.parts) > 1 and _is_language(address.parts[0]):
        readings.insert(0, address._replace(parts=address.parts[1:]))
    for reading in readings:
        fits = _row(platform.rows, reading)
        if fits:
            return fits
    return None


def _row(rows: tuple[Row, ...], address: Address) -> tuple[str, dict[str, str], str] | None:
    for row in rows:
        found = match(row[1], address)
        if found is not None:
            return row[0], found, row[2] if len(row) == 3 else ""
    return None


def _named(platform: Platform, place: Place) -> Known:
    kind, found, address, fragment = place.kind, place.values, place.address, place.fragment
    # A fragment is a place on the page, except where it is the whole of the address.
    whole = f"#{fragment}" if platform.slug in ("signal", "matrix") and fragment else ""
    return Known(
        kind=_in_fragment(fragment) if platform.slug == "matrix" else kind,
        slug=platform.slug,
        name=platform.name,
        handle=_handle(platform, kind, found, address.host, fragment),
        id=addresses.decode(found.get("id", "")),
        label=platform.name,
        icon=platform.icon or platform.slug,
        colour=f"#{platform.colour}",
        owner=platform.owner or address.host,
        host=address.host,
        key=place.key() + whole,
    )


def _handle(platform: Platform, kind: str, found: dict[str, str], host: str, fragment: str) -> str:
    if "at" in found:
        name = addresses.decode(found["at"])
        if platform in ANYWHERE and "@" not in name:
            return f"@{name}@{host}"
        return f"@{name}"
    if "name" in found:
        name = addresses.decode(found["name"])
        return f"r/{name}" if platform.slug == "reddit" and kind != "profile" else name
    if "phone" in found:
        return "+" + addresses.decode(found["phone"]).lstrip("+ ")
    if platform.slug == "matrix":
        return addresses.decode(fragment.strip("/").partition("?")[0].partition("/")[0])
    return ""


def _in_fragment(fragment: str) -> str:
    """Tell a person (``#/@lina:matrix.org``) from a room on Matrix."""
    name = addresses.decode(fragment).lstrip("/")
    return "chat" if name.startswith("@") else "community" if name else "page"


def _page(address: Address) -> tuple[str, str]:
    last = address.parts[-1].lower() if address.parts else ""
    if last in ("feed", "rss", "feed.xml", "rss.xml", "atom.xml", "feed.json", "index.xml"):
        return "feed", "rss"
    stem, dot, ending = last.rpartition(".")
    return FILES.get(ending, ("page", "globe")) if dot and stem else ("page", "globe")


def _is_language(part: str) -> bool:
    part = part.removeprefix("intl-")
    head, dash, tail = part.partition("-")
    return len(head) == 2 and head.isalpha() and (not dash or 2 <= len(tail) <= 4)


def _own(text: str) -> Known:
    """Return what an own file or page of the site is, with a name for people: ``Portfolio PDF``."""
    path = text.partition("#")[0].partition("?")[0]
    last = addresses.decode(path.rstrip("/").rpartition("/")[2])
    stem, dot, ending = last.rpartition(".")
    ending = ending.lower()
    if not dot or not stem or ending in ("html", "htm") or path.endswith("/"):
        return Known(kind="page", label=_readable(stem if dot and stem else last) or _short(text), key=text)
    kind, icon = FILES.get(ending, ("file", "file"))
    return Known(kind=kind, label=f"{_readable(stem)} {ending.upper()}", icon=icon, key=text)


def _readable(stem: str) -> str:
    words = " ".join(stem.replace("_", " ").replace("-", " ").split())
    return _short(words[:1].upper() + words[1:])


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"


def _mail(rest: str) -> Known:
    who = addresses.decode(rest.partition("?")[0]).strip()
    name = "E-mail"
    return Known(
        kind="mail", slug="mail", name=name, handle=who, label=_short(who) or name, icon="mail", key=f"mailto:{who}"
    )


def _number(kind: str, scheme: str, rest: str) -> Known:
    who = addresses.decode(rest.partition("?")[0].partition(";")[0].lstrip("/")).strip()
    digits = "".join(letter for letter in who if letter.isdigit() or letter == "+")
    return Known(
        kind=kind, slug=kind, name=_NUMBERS[kind], handle=who, label=_short(who), icon=kind, key=scheme + digits
    )


_SPOTIFY = "open.spotify.com/"
_NUMBERS = {"phone": "Phone", "sms": "SMS"}


def _spotify(rest: str) -> Known:
    return _web(_SPOTIFY + rest.replace(":", "/"))


def _map(rest: str) -> Known:
    return Known(kind="map", label=_short(addresses.decode(rest)), icon="map", key=f"geo:{rest}")


def _chat(scheme: str, slug: str, name: str, rest: str) -> Known:
    who = addresses.decode(rest.partition("?")[0].lstrip("/"))
    icon = slug if slug in PLATFORMS else "chat"
    return Known(kind="chat", slug=slug, name=name, handle=who, label=name, icon=icon, key=f"{scheme}:{rest}")


_SCHEMES: dict[str, Callable[[str], Known]] = {
    "mailto": _mail,
    "tel": lambda rest: _number("phone", "tel:", rest),
    "sms": lambda rest: _number("sms", "sms:", rest),
    "geo": _map,
    "spotify": _spotify,
    "xmpp": lambda rest: _chat("xmpp", "xmpp", "XMPP", rest),
    "skype": lambda rest: _chat("skype", "skype", "Skype", rest),
    "nostr": lambda rest: _chat("nostr", "nostr", "Nostr", rest),
}
