"""Write what nginx is to be told of a site: lines for the ``server`` block that shows it.

nginx reads no files of the site, so a creator includes these in the settings of their server. A ``location`` with
headers of its own would send none of the others, so they stand for the whole server, and what differs is a variable.
"""

from __future__ import annotations

from collections.abc import Iterator

from . import redirects
from .caching import A_WHILE, FOREVER, NEVER
from .model import Headers
from .patterns import ENDINGS, forever, never


def written(headers: Headers) -> str:
    """Return the lines, for nginx 1.18 and later."""
    return "\n".join(_lines(headers)) + "\n"


def _lines(headers: Headers) -> Iterator[str]:
    yield "# For the server block of the site."
    yield f"error_page 404 {headers.base}404.html;"
    yield "charset utf-8;"
    yield f'set $linkhome_cache "{A_WHILE}";'
    yield _if(never(headers), NEVER)
    if headers.hashed:
        yield _if(forever(headers), FOREVER)
    yield "add_header Cache-Control $linkhome_cache;"
    for name, value in (*headers.always, *headers.secure):
        # "always": with the page for wrong addresses, too.
        yield f'add_header {name} "{_quoted(value)}" always;'
    for path, kind in headers.types.items():
        yield f'location = "{_quoted(headers.base + path)}" {{ types {{ }} default_type "{_quoted(kind)}"; }}'
    for kind, endings in ENDINGS.items():
        yield f'location ~ "\\.(?:{"|".join(endings)})$" {{ types {{ }} default_type {kind}; }}'
    yield from redirects.nginx(headers.redirects, headers.base)


def _if(pattern: str, value: str) -> str:
    return f'if ($uri ~ "{pattern}") {{ set $linkhome_cache "{value}"; }}'


def _quoted(value: str) -> str:
    """Return a value as it stands between double quotes."""
    return value.replace("\\", "\\\\").replace('"', '\\"')
