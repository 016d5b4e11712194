"""Write web addresses in the letters that every reader of codes knows."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit


def plain(address: str) -> str:
    """Return a web address with its host in the form of the DNS and everything else quoted."""
    parts = urlsplit(address)
    host = ".".join(_label(label) for label in (parts.hostname or "").split("."))
    port = f":{parts.port}" if parts.port else ""
    path, query = quote(parts.path, safe="/%:@!$&'()*+,;=~-._"), quote(parts.query, safe="%:@!$&'()*+,;=~-._/?")
    return urlunsplit((parts.scheme, host + port, path, query, ""))


def _label(label: str) -> str:
    if label.isascii():
        return label
    return "xn--" + unicodedata.normalize("NFC", label.lower()).encode("punycode").decode("ascii")
