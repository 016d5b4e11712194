"""Take addresses apart, and give all spellings of one address the same key.

Nothing here raises: what cannot be read as an address comes back as it is.
"""

from __future__ import annotations

from collections.abc import Iterable

from .patterns import Address

#: Parameters that only say where a visitor came from. (So does all that begins with ``utm_``.)
TRACKING = frozenset(
    {
        *("si", "igsh", "igshid", "fbclid", "gclid", "gbraid", "wbraid", "msclkid", "dclid", "mc_cid", "mc_eid"),
        *("ref", "ref_src", "ref_url", "_t", "_r", "is_from_webapp", "sender_device"),
    }
)
#: Hosts that only are another spelling.
_PREFIXES = ("www.", "m.", "mobile.")


def decode(text: str) -> str:
    """Return the text with its percent signs resolved, where that gives readable characters."""
    if "%" not in text:
        return text
    from urllib.parse import unquote  # most addresses have no percent sign

    plain = unquote(text)
    return plain if plain.isprintable() and "\ufffd" not in plain else text


def clean(address: str) -> str:
    """Drop spaces around an address and the control characters that browsers drop inside of it."""
    text = address.strip()
    return text if text.isprintable() else "".join(letter for letter in text if letter.isprintable()).strip()


def split(address: str) -> tuple[str, str]:
    """Return the scheme in lower case (empty: an own file) and the rest."""
    scheme, colon, rest = address.partition(":")
    if not colon or not scheme.isascii() or not scheme[:1].isalpha():
        return "", address
    if not all(letter.isalnum() or letter in "+-." for letter in scheme):
        return "", address
    return scheme.lower(), rest


def web(rest: str) -> tuple[Address, str]:
    """Return host, path parts and parameters of what stands behind ``https://``, and the fragment."""
    body, _, fragment = rest.replace(" ", "%20").partition("#")
    body, _, query = body.replace("\\", "/").partition("?")
    authority, _, path = body.partition("/")
    host = authority.rpartition("@")[2].lower()
    if not host.startswith("["):
        name, colon, port = host.partition(":")
        host = name if not colon or port in ("80", "443", "") else host
    host = host.rstrip(".")
    for prefix in _PREFIXES:
        if host.startswith(prefix) and host.count(".") > 1:
            host = host[len(prefix) :]
            break
    pairs = tuple((key, value) for key, _, value in (pair.partition("=") for pair in query.split("&")) if key)
    return Address(host, tuple(part for part in path.split("/") if part), pairs), fragment


def key(address: Address, noise: Iterable[str] = (), fragment: str = "") -> str:
    """Return the one spelling of a web address: https, no ``www.``, no tracking, parameters in order."""
    kept = sorted(
        pair
        for pair in address.query
        if pair[0] not in TRACKING and not pair[0].startswith("utm_") and pair[0] not in noise
    )
    query = "&".join(f"{name}={value}" if value else name for name, value in kept)
    path = "/".join(("", *address.parts))
    return f"https://{address.host}{path}" + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")
