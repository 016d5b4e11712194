"""Say whom a page may frame, ask and run, and what it may show, for browsers: its own ``<meta>`` element.

The policy (Content Security Policy Level 3) names exactly the hosts of the players that are on the page and those that
its form may ask, so that nothing else can ever be loaded there, whoever manages to write into it. Scripts are files of
the site itself; what a theme writes into a page is allowed by its hash, see `finished`. What a host is to send along
with every page stands in `headers.policy`.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

OWN = "default-src 'self'"
STYLES = "style-src 'self' 'unsafe-inline'"
#: The policy of a page without players and without a form.
NOBODY = f"{OWN}; {STYLES}"

_INLINE = re.compile(r"<script(?P<given>(?=[\s>/])[^>]*)>(?P<text>.*?)</script", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style(?=[\s>/])[^>]*>(?P<text>.*?)</style", re.DOTALL | re.IGNORECASE)
#: A script that is a file, or no script at all but data. Rules and maps for the browser count as scripts.
_ELSEWHERE = re.compile(r"""\s(?:src\s*=|type\s*=\s*["']?application/(?:[\w.-]+\+)?json)""", re.IGNORECASE)
#: A sound or film that another host has; it plays on a click of the visitor only (``preload="none"``).
_ELSEWHERE_PLAYED = re.compile(r"""<(?:audio|video|source)\s[^>]*?\bsrc=["']?https:""", re.IGNORECASE)
_DRAWN = 'url("data:', "url('data:", "url(data:", '"data:image/', "'data:image/"


class Inline(NamedTuple):
    """Hold the hashes (``sha256-…``) of the scripts and styles that stand in a page, none of them twice.

    ``media`` is ``https:`` if it plays sounds or films of other hosts, which lead on to hosts of their own.
    """

    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    media: tuple[str, ...] = ()


def page_policy(frames: Sequence[str] = (), asks: Sequence[str] | None = None) -> Markup:
    """Return the policy of a page: whose frames, whom its form may ask (None: it has no form), and else its own host.

    Where a form goes is bound to https alone: browsers hold every redirect after it against the list, too, and
    providers lead on to hosts of their own, or to the creator's.
    """
    rules = ["frame-src " + " ".join(f"https://{host}" for host in frames)] if frames else []
    if asks is not None:
        plain = [origin for origin in asks if origin.startswith("http:")]  # a server on this machine
        rules.append(" ".join(("form-action 'self' https:", *plain)))
        rules.append(" ".join(("connect-src 'self'", *asks)))
    # In an attribute between double quotes single ones need no reference; the policy is made of many.
    return Markup(str(escape("; ".join((*rules, NOBODY)))).replace("&#39;", "'"))  # noqa: S704 (it is escaped)


def inline(html: str) -> Inline:
    """Return what stands in a finished page, by its hashes (section 8.4)."""
    scripts = [found["text"] for found in _INLINE.finditer(html) if not _ELSEWHERE.search(found["given"])]
    styles = [found["text"] for found in _STYLE.finditer(html)]
    media = ("https:",) if _ELSEWHERE_PLAYED.search(html) else ()
    return Inline(tuple(map(_hash, dict.fromkeys(scripts))), tuple(map(_hash, dict.fromkeys(styles))), media)


def finished(html: str, fits: Callable[[str], bool] = lambda _: True, css: str = "") -> tuple[str, Inline]:
    """Return a page whose policy allows the scripts and styles that stand in it, by their hashes, and these.

    If the page does not fit with the hash of its styles, which no compression makes shorter, it may have any styles
    inside; a host that sends headers still holds it to these. ``css`` is what the page has in a file.
    """
    here = inline(html)
    own = OWN
    if here.scripts:
        own += "; " + " ".join(("script-src 'self'", *(f"'{one}'" for one in here.scripts)))
    if drawn(html) or drawn(css):
        own += "; img-src 'self' data:"
    if here.media:
        own += "; media-src 'self' https:"
    loose = html if own == OWN else html.replace(NOBODY, f"{own}; {STYLES}", 1)
    exact = loose.replace(STYLES, " ".join(("style-src 'self'", *(f"'{one}'" for one in here.styles))), 1)
    return exact if fits(exact) else loose, here


def restyled(before: str, after: str) -> str:
    """Return ``after``, which is a finished page with other styles than ``before``, with a policy that allows them.

    It is empty where more of the policy may change than hashes.
    """
    if drawn(before) != drawn(after):
        return ""
    for was, now in zip(inline(before).styles, inline(after).styles, strict=False):
        after = after.replace(was, now)
    return after


def drawn(text: str) -> bool:
    """Tell whether there are pictures in this text itself."""
    return any(sign in text for sign in _DRAWN)


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
