"""Name the places of the site and the ways between them.

Every page is a folder with an ``index.html``, and ways between pages are relative and name that file:
so the built folder works at a domain's root, under ``/repo/`` and opened from a disk alike.
"""

from __future__ import annotations

import re
import unicodedata

#: Schemes that may become an address on a page. Everything else (javascript:, data:, file:, …) never does.
SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms"})
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d"})


def scheme(address: str) -> str:
    """Return the scheme of an address in lower case, or an empty text for a relative one."""
    found = _SCHEME.match(address)
    return found[1].lower() if found else ""


def is_safe(address: str) -> bool:
    """Tell whether an address may be written into a page.

    Browsers ignore tabs, line breaks and leading control characters in addresses, so one that has any is refused.
    """
    return not any(c < "!" or c == "\x7f" for c in address) and (scheme(address) or "https") in SCHEMES


def slug(text: str) -> str:
    """Return the text as a part of an address: lower case, words joined by hyphens, letters of any script kept."""
    spelt = unicodedata.normalize("NFC", text.lower().translate(_SPELT))
    kept = "".join(_letter(c) for c in spelt)
    return re.sub("-{2,}", "-", kept).strip("-")[:80].strip("-")


def _letter(c: str) -> str:
    if c < "\u0250":  # Latin letters lose their accents, those of other scripts keep their marks
        c = unicodedata.normalize("NFKD", c)[0]
        return c if c.isalnum() else "-"
    return c if c.isalnum() or unicodedata.category(c)[0] == "M" else "-"


def root_of(path: str) -> str:
    """Return the way from the file ``path`` to the site's folder: ``""`` or ``"../"`` as often as needed."""
    return "../" * path.count("/")


def absolute(base: str, path: str) -> str:
    """Return the public address of the file ``path``; a folder's ``index.html`` is not written."""
    from urllib.parse import quote

    if not base:
        return ""
    plain = path.removesuffix("index.html") if path.split("/")[-1] == "index.html" else path
    return base.rstrip("/") + "/" + quote(plain)


def base_path(url: str) -> str:
    """Return the path under which the site is served, with a slash at both ends (``/`` without an address)."""
    from urllib.parse import urlsplit

    return (urlsplit(url).path if url else "").rstrip("/") + "/"
