"""Say with which headers a site is to be served: once, whatever the host is called that sends them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from .caching import AT_ONCE, hashed
from .redirects import Onward

#: What pages of linkhome never ask a browser for; players in frames get nothing of it either. Autoplay, full screen
#: and protected media are not named, since players need them.
NOT_NEEDED = ("browsing-topics", "camera", "geolocation", "microphone", "midi", "payment", "usb")
#: A year, and only this very host: what its other names (mail, shop) can do is not ours to say.
HTTPS_ONLY = ("Strict-Transport-Security", "max-age=31536000")
#: Folders whose files have a hash in their names.
HASHED = ("assets", "media")
#: Files without an ending that says what they are; see RFC 7033, RFC 6415, the AT Protocol's handles, Apple, Matrix.
KINDS = {
    ".well-known/apple-app-site-association": "application/json",
    ".well-known/atproto-did": "text/plain; charset=utf-8",
    ".well-known/host-meta": "application/xrd+xml; charset=utf-8",
    ".well-known/matrix/client": "application/json",
    ".well-known/matrix/server": "application/json",
    ".well-known/webfinger": "application/jrd+json",
}


class Headers(Struct, frozen=True):
    """Hold what a host is to send. Every pair is a name and a value.

    ``always`` goes with every answer, ``secure`` only with those over https. Files in the folders ``hashed`` may be
    kept for ever, the files ``at_once`` not at all. ``types`` are media types of files whose names do not say them.
    ``base`` is the path at which the site stands, with a slash at both ends. ``redirects`` lead on from there.
    """

    always: tuple[tuple[str, str], ...]
    secure: tuple[tuple[str, str], ...] = ()
    hashed: tuple[str, ...] = ()
    at_once: tuple[str, ...] = ()
    types: Mapping[str, str] = {}
    base: str = "/"
    redirects: tuple[Onward, ...] = ()


def headers_of(
    paths: Collection[str], policy: str, base: str = "/", secure: bool = False, redirects: Sequence[Onward] = ()
) -> Headers:
    """Return the headers of a site with these files, whose pages together need ``policy``.

    ``secure`` says that the address of the site begins with https.
    """
    always = (
        ("Content-Security-Policy", policy),
        # Anybody may read what everybody may see; so a copy of the site at another host can stand in for it.
        ("Access-Control-Allow-Origin", "*"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", ", ".join(f"{one}=()" for one in NOT_NEEDED)),
        # With less than the name of the site YouTube's player refuses to play, and shops do not know who sent them.
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("X-Content-Type-Options", "nosniff"),
    )
    return Headers(
        always=always,
        secure=(HTTPS_ONLY,) if secure else (),
        hashed=tuple(folder for folder in HASHED if _all_hashed(folder, paths)),
        at_once=tuple(path for path in AT_ONCE if path in paths),
        types={path: kind for path, kind in KINDS.items() if path in paths},
        base=base,
        redirects=tuple(redirects),
    )


def _all_hashed(folder: str, paths: Collection[str]) -> bool:
    """Tell whether a folder is there, and holds nothing but files with a hash in their names."""
    inside = [path for path in paths if path.startswith(f"{folder}/")]
    return bool(inside) and all(map(hashed, inside))
