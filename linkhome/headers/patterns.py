"""Say by patterns of addresses which files are which, for servers that know expressions (PCRE, as in both here)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .model import Headers

#: Kinds that older servers do not know by the endings of files.
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "application/manifest+json": ("webmanifest",),
    "font/woff2": ("woff2",),
    "image/avif": ("avif",),
    "image/webp": ("webp",),
    "text/vcard": ("vcf",),
}
_HASH = r"\.[0-9a-f]{8}[-.][^/]*$"


def forever(headers: Headers) -> str:
    """Return the pattern of the addresses of files that never change, wherever the site stands on its host."""
    return f"/(?:{'|'.join(headers.hashed)})/.*{_HASH}"


def never(headers: Headers) -> str:
    """Return the pattern of the addresses of pages, and of the files that tell of a new site."""
    files = "".join(f"|/{re.escape(path)}" for path in headers.at_once)
    return rf"(?:/|\.html?{files})$"
