"""Name the keys under ``redirects:``, and read both ends of a redirect as far as their texts tell.

An address that leads on is one literal path. There are no patterns, so nothing of what a visitor asks for can become
part of where a redirect leads, and nobody can use the site to send others anywhere (an open redirect).
"""

from __future__ import annotations

import re
from typing import Annotated

from .addresses import address, path
from .nodes import shorten
from .vocabulary import Keys, kind
from .wrong import KindError

#: More of them no host reads: each may need two lines, and Cloudflare takes 2,000.
MOST = 1_000
#: Addresses that a host, a browser or a program asks for by itself, and folders that are full of files.
_TAKEN = frozenset(
    "404 404.html build.json cname index index.html robots.txt sitemap.xml sw.js _headers _redirects".split()  # noqa: SIM905
)
_FOLDERS = frozenset(("api", "assets", "cdn-cgi", "media"))
_MARKS = "-_.~+,@=! "
_LONGEST, _LONGEST_PART = 500, 200
_UNPLACED = re.compile(r"""[\s"<>`\\]""")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")

Source = Annotated[str, kind("source", "An address of the site: /old-page.")]
Target = Annotated[str, kind("onward", "A page of the site, /posts/new, or an address with https:// or mailto:.")]


class Redirect(Keys, frozen=True, kw_only=True):
    """Where an address of the site leads on to."""

    to: Target
    permanent: bool = False


def source(text: str) -> str:
    """Return an address that is to lead on, as it was written, if every host can tell it from all others."""
    if not text.startswith("/"):
        hint = f"did you mean '/{shorten(text)}'?"
        if _SCHEME.match(text):
            hint = "write only what comes after the name of the site: /old-page"
        raise KindError(f"'{shorten(text)}' does not begin with /", hint)
    if "?" in text or "#" in text:
        hint = "hosts do not tell addresses apart by that: leave it out"
        raise KindError(f"'{shorten(text)}' has a {'?' if '?' in text else '#'} in it", hint)
    if "*" in text or ":" in text:
        hint = "a redirect has one address: write each on a line of its own"
        raise KindError(f"'{shorten(text)}' looks like a pattern", hint)
    inside = plain(text)
    if not inside:
        raise KindError(f"'{shorten(text)}' is the front page", "write another address: /old-page")
    _refuse_odd(text, inside)
    if inside.lower() in _TAKEN or inside.split("/")[0].lower() in _FOLDERS:
        raise KindError(f"'{shorten(text)}' cannot lead on: linkhome or the host needs it", "choose another address")
    return text


def plain(text: str) -> str:
    """Return what an address means: decoded, without slashes at its ends. ``/a/`` and ``/a/index.html`` are one.

    What is no UTF-8 becomes a sign that `source` refuses.
    """
    inside = _decoded(text.partition("#")[0]).removeprefix("/")
    inside = "" if inside == "index.html" else inside.removesuffix("/index.html")
    return inside.removesuffix("/")


def onward(text: str) -> str:
    """Return where a redirect leads: a page or file of the site, or an address that a page may link to."""
    text = text.strip(" ")
    if text.startswith("/") and not text.startswith("//"):
        _own(text)
        return text
    found = address(text)
    scheme = _SCHEME.match(found)
    if scheme is None:
        _own(f"/{found}")
    elif scheme[0].lower() in ("tel:", "sms:"):
        hint = "put the number on the page, and lead there"
        raise KindError(f"'{shorten(text)}' is a number: an address cannot dial", hint)
    return found


def _refuse_odd(text: str, inside: str) -> None:
    """Refuse what could not be a folder of the site, or would be read in another way by some host."""
    parts = inside.split("/")
    if "" in parts:
        raise KindError(f"'{shorten(text)}' has two slashes in a row", "write one: /old/page")
    if any(part.startswith(".") for part in parts):
        hint = "such names are for hosts and programs: choose another address"
        raise KindError(f"'{shorten(text)}' has a part that begins with a full stop", hint)
    for sign in inside:
        if not (sign.isalnum() or sign in _MARKS or sign == "/" or _joins(sign)):
            named = f"the sign {sign}" if sign.isprintable() else "a sign that cannot be seen"
            hint = "letters, digits and - _ . ~ + , @ = ! are fine"
            raise KindError(f"'{shorten(text)}' contains {named}", hint)
    if any(part[-1] in ". " or part[0] == " " for part in parts):
        raise KindError(f"'{shorten(text)}' has a part that begins or ends with a space or a full stop", "remove it")
    if len(inside.encode()) > _LONGEST or any(len(part.encode()) > _LONGEST_PART for part in parts):
        hint = f"no more than {_LONGEST} characters, and {_LONGEST_PART} between two slashes"
        raise KindError(f"'{shorten(text)}' is too long", hint)
    if "%2f" in text.lower():
        raise KindError(f"'{shorten(text)}' hides a slash (%2F)", "write the slash itself, or another address")


def _decoded(text: str) -> str:
    """Return a path as it is meant; what it takes is loaded for the few that are not plain."""
    if "%" in text:
        from urllib.parse import unquote

        text = unquote(text)
    if not text.isascii():
        from unicodedata import normalize

        text = normalize("NFC", text)
    return text


def _joins(sign: str) -> bool:
    """Tell whether a sign belongs to the letter before it, as the vowels of some scripts do."""
    if sign.isascii():
        return False
    from unicodedata import category

    return category(sign)[0] == "M"


def _own(text: str) -> None:
    """Refuse an own address that leads out of the site, or has more than a path and a place on the page."""
    way, _, place = text.partition("#")
    if not place.isprintable() or _UNPLACED.search(place):
        raise KindError(f"'{shorten(way)}' has no place of that name", "a place on a page looks like this: #faq")
    if "?" in way:
        hint = "pages of the site are not asked anything: leave the ? and what follows out"
        raise KindError(f"'{shorten(text)}' has a ? in it", hint)
    inside = way.strip("/").removeprefix(".well-known/")
    if inside:
        path(inside)
