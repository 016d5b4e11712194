"""Write the file ``.htaccess``, which Apache and hosts like it read in the folder of the site.

Each part asks whether the server has the module that it needs, and leaves out what a hoster may forbid (``Options``):
a word that is not allowed there would take the whole site offline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import redirects
from .caching import A_WHILE, FOREVER, NEVER
from .model import Headers
from .patterns import ENDINGS, forever, never

FILE = ".htaccess"


def written(headers: Headers) -> bytes:
    """Return the file, for Apache 2.4."""
    return ("\n".join(_lines(headers)) + "\n").encode()


def _lines(headers: Headers) -> Iterator[str]:
    yield f"ErrorDocument 404 {headers.base}404.html"
    yield from redirects.apache(headers.redirects, headers.base)
    yield "<IfModule mod_mime.c>"
    yield "  AddDefaultCharset utf-8"
    for kind, endings in ENDINGS.items():
        yield f"  AddType {kind} {' '.join(f'.{one}' for one in endings)}"
    yield "</IfModule>"
    for path, kind in headers.types.items():
        name = path.rpartition("/")[2]
        yield f'<Files "{name}">'
        yield f'  ForceType "{kind}"'
        yield "</Files>"
    yield "<IfModule mod_headers.c>"
    for name, value in headers.always:
        # "always": with the page for wrong addresses, too.
        yield f'  Header always set {name} "{_quoted(value)}"'
    for name, value in headers.secure:
        yield f'  Header always set {name} "{_quoted(value)}" "expr=%{{HTTPS}} == \'on\'"'
    yield f'  Header set Cache-Control "{A_WHILE}"'
    yield "  <IfModule mod_setenvif.c>"
    yield f'    SetEnvIf Request_URI "{never(headers)}" linkhome_never'
    yield f'    Header set Cache-Control "{NEVER}" env=linkhome_never'
    if headers.hashed:
        yield f'    SetEnvIf Request_URI "{forever(headers)}" linkhome_forever'
        yield f'    Header set Cache-Control "{FOREVER}" env=linkhome_forever'
    yield "  </IfModule>"
    yield "</IfModule>"


def _quoted(value: str) -> str:
    """Return a value as it stands between double quotes; a percent sign would begin a variable."""
    return re.sub(r'(["\\])', r"\\\1", value).replace("%", "%%")
