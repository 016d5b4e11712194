"""Write a page that leads on, by itself, and by a link for browsers that do not follow. It needs no theme, no file."""

from __future__ import annotations

from html import escape

from markupsafe import Markup
from msgspec import Struct

from ..headers.redirects import REFRESH
from ..texts import direction
from .policy import inline

_STYLE = "<style>body{margin:3em 1.5em;font:1.1em/1.5 system-ui,sans-serif}</style>"
#: The hash of the styles, for the policy that a host sends.
STYLE = inline(_STYLE).styles[0]


class Notice(Struct, frozen=True):
    """Say in which language, where to (as a link on this page), in which words; ``canonical`` may be empty."""

    language: str
    href: str
    words: str
    canonical: str = ""


def write(notice: Notice) -> bytes:
    """Return the page. Search engines are sent to where it leads, and nothing at all may be loaded on it."""
    href, words = escape(notice.href), escape(notice.words)
    lines = (
        f'<!doctype html>\n<html lang="{escape(notice.language)}" dir="{direction(notice.language)}">',
        '<meta charset="utf-8">',
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{STYLE}'\">",
        f'{REFRESH} content="0; url={href}">',
        f"<title>{words}</title>",
        Markup('<link rel="canonical" href="{}">').format(notice.canonical) if notice.canonical else "",
        '<meta name="robots" content="noindex">',
        '<meta name="viewport" content="width=device-width">',
        '<meta name="color-scheme" content="light dark">',
        f'{_STYLE}\n<p><a href="{href}">{words}</a></p>\n',
    )
    return "\n".join(filter(None, lines)).encode()
